/** How a file is built, beyond its text: what other programs that read resumes stumble over; rolefit/reading/shape.py. */

import { strip } from "../python";
import { latin1 } from "./text";
import { BadZip, type Member, Zip } from "./zip";

/** Counts; 0 where there is none or the format does not show it. */
export interface Shape {
  readonly tables: number;
  readonly boxes: number; // text boxes
  readonly pictures: number;
  readonly charts: number; // charts and diagrams
  readonly columns: number; // side by side, where the format says so itself
  readonly margins: string; // text of page headers and footers
}

export const PLAIN: Shape = { tables: 0, boxes: 0, pictures: 0, charts: 0, columns: 1, margins: "" };
const LARGEST = 20_000_000; // bytes of a part of a Word file that are looked at
const CHART = /^word\/(?:charts\/chart|diagrams\/data)\d*\.xml$/;
const MARGIN = /^word\/(?:header|footer)\d*\.xml$/;
const BODY = "word/document.xml";

/** Of a file that was read already, so that its size and its parts are known to be sound. */
export function shapeOf(kind: string, data: Uint8Array): Shape {
  if (kind === "docx") return ofWord(data);
  if (kind === "html")
    return {
      ...PLAIN,
      tables: count(data, /<table[ >]/gi),
      pictures: count(data, /<(?:img|svg|canvas|object|embed)[ >]/gi),
    };
  return kind === "pdf" ? { ...PLAIN, pictures: count(data, /\/Subtype[ \t\n\r\f\v]*\/Image\b/g) } : PLAIN;
}

function count(data: Uint8Array | string, pattern: RegExp): number {
  return (typeof data === "string" ? data : latin1(data)).match(pattern)?.length ?? 0;
}

function ofWord(data: Uint8Array): Shape {
  let body = "";
  let charts = 0;
  const margins: string[] = [];
  try {
    const archive = new Zip(data);
    for (const member of archive.all) {
      if (CHART.test(member.name)) charts++;
      const part = MARGIN.test(member.name) || member.name === BODY ? unpacked(archive, member) : null;
      if (part === null) continue;
      if (member.name === BODY) body = latin1(part);
      else margins.push(textOf(part));
    }
  } catch (error) {
    if (!(error instanceof BadZip)) throw error;
    return PLAIN; // a Word file of another making; its text was read all the same
  }
  const columns = [...body.matchAll(/<w:cols\b[^>]*\bw:num="(\d{1,2})"/g)].map((found) => Number(found[1]));
  return {
    tables: count(body, /<w:tbl[ >]/g),
    // Word writes a box twice, for itself and for programs that know it by its older name.
    boxes: Math.floor((count(body, /<w:txbxContent[ >]/g) + 1) / 2),
    pictures: count(body, /<(?:pic:pic|v:imagedata)[ >]/g),
    charts,
    columns: Math.max(1, ...columns),
    margins: margins.filter(Boolean).join("\n"),
  };
}

/** null for what is too large to be looked at. */
function unpacked(archive: Zip, member: Member): Uint8Array | null {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (const piece of archive.unpack(member)) {
    size += piece.length;
    if (size > LARGEST) return null;
    pieces.push(piece.slice());
  }
  const whole = new Uint8Array(size);
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0);
  return whole;
}

function textOf(part: Uint8Array): string {
  const xml = new TextDecoder().decode(part);
  const runs = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<\/w:p>/g)].map((found) => found[1] ?? "\n");
  return strip(runs.join("").replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
}
