/**
 * PDF: pdfium names and places every character, `layout` puts them in reading order.
 *
 * The same library as in Python (there natively, here as WebAssembly), so that both sides see the same
 * characters at the same places and a resume gets the same text, token for token.
 */

import { Inflate } from "fflate";
import type { WrappedPdfiumModule } from "@embedpdf/pdfium";
import { ReadError } from "../errors";
import { isBlank } from "../python";
import type { Notice } from "../records";
import shared from "../shared.json";
import type { Extract } from "./common";
import { type Characters, readingOrder } from "./layout";
import type { Allowance } from "./limits";
import { find } from "./sniff";
import { latin1 } from "./text";

export type Pdfium = WrappedPdfiumModule;

const { tail: TAIL, outlines: OUTLINES } = shared.pdf;
const HYPHENS = new Set(shared.pdf.hyphens); // what pdfium makes of a hyphen at a line's end
const AGAIN =
  "Fetch or export it once more; if a viewer still opens it, print it to a new PDF from there.";
const CHUNK = 2000; // characters between two looks at the clock
const STEP = 1 << 14; // packed bytes between two looks at the limits
const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;
const PICTURES = new Set([3, 4, 5]); // FPDF_PAGEOBJ_IMAGE, _SHADING, _FORM

/** The text of every page, column by column. Throws ReadError. */
export function extract(data: Uint8Array, allowance: Allowance, pdfium: Pdfium): Extract {
  const { name } = allowance;
  const end = data.subarray(-TAIL);
  if (find(end, "%%EOF") < 0 && find(end, "startxref") < 0)
    throw damaged(name, "the PDF breaks off: its end is missing");
  checkStreams(data, allowance);
  const { malloc, free } = pdfium.pdfium.wasmExports;
  const place = malloc(data.length);
  pdfium.pdfium.HEAPU8.set(data, place);
  const document = pdfium.FPDF_LoadMemDocument(place, data.length, "");
  try {
    if (!document) throw openError(name, pdfium.FPDF_GetLastError());
    return readPages(pdfium, document, allowance);
  } finally {
    if (document) pdfium.FPDF_CloseDocument(document);
    free(place);
  }
}

function damaged(name: string, cause: string): ReadError {
  return new ReadError("DamagedFileError", name, cause, AGAIN);
}

function openError(name: string, code: number): ReadError {
  if (code === ERROR_PASSWORD || code === ERROR_SECURITY)
    return new ReadError(
      "EncryptedError",
      name,
      "the PDF asks for a password",
      "Save a copy without a password and try again.",
    );
  return damaged(name, "the PDF is damaged or breaks off");
}

function readPages(pdfium: Pdfium, document: number, allowance: Allowance): Extract {
  const count = pdfium.FPDF_GetPageCount(document);
  allowance.checkPages(count);
  const pages: string[] = [];
  const silent: number[] = []; // pages that draw something, but no text
  for (let index = 0; index < count; index++) {
    allowance.checkClock();
    const page = pdfium.FPDF_LoadPage(document, index);
    if (!page) throw damaged(allowance.name, `page ${index + 1} of the PDF cannot be read`);
    try {
      const text = pageText(pdfium, page, allowance);
      pages.push(text);
      if (isBlank(text) && showsSomething(pdfium, page)) silent.push(index + 1);
    } finally {
      pdfium.FPDF_ClosePage(page);
    }
  }
  if (!pages.length) throw damaged(allowance.name, "the PDF has no pages");
  if (pages.every(isBlank)) throw blankError(allowance.name, silent.length > 0);
  return { pages, notices: silentNotice(silent, pages.length) };
}

function blankError(name: string, pictures: boolean): ReadError {
  if (!pictures)
    return new ReadError("EmptyDocumentError", name, "its pages are blank", "Check that it is the right file.");
  return new ReadError(
    "ImageOnlyError",
    name,
    "its pages are pictures without a text layer (a scan or photo)",
    "Run text recognition (OCR) over it, or export it as PDF from the program it was written in.",
  );
}

/** Whether a page without text holds a picture, or letters drawn as outlines. */
function showsSomething(pdfium: Pdfium, page: number): boolean {
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++)
    if (PICTURES.has(pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, i)))) return true;
  return count > OUTLINES;
}

function silentNotice(silent: readonly number[], total: number): Notice[] {
  if (!silent.length) return [];
  const message = `Of ${total} pages, these are pictures without text and were not read: ${silent.join(", ")}.`;
  return [{ code: "pages-without-text", message }];
}

function pageText(pdfium: Pdfium, page: number, allowance: Allowance): string {
  const textpage = pdfium.FPDFText_LoadPage(page);
  if (!textpage) throw damaged(allowance.name, "the text of a page of the PDF cannot be read");
  try {
    const turned = 90 * pdfium.FPDFPage_GetRotation(page);
    const characters = new TextPage(pdfium, textpage, allowance).characters(turned);
    const text = readingOrder(characters, () => allowance.checkClock()).join("\n");
    return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  } finally {
    pdfium.FPDFText_ClosePage(textpage);
  }
}

/** One page's characters with their boxes, as pdfium tells them. */
class TextPage {
  constructor(
    private readonly pdfium: Pdfium,
    private readonly page: number,
    private readonly allowance: Allowance,
  ) {}

  /** `rotation` in degrees: the boxes are turned as the page is shown. */
  characters(rotation: number): Characters {
    const { pdfium, page } = this;
    const { malloc, free } = pdfium.pdfium.wasmExports;
    const memory = malloc(64); // FS_RECTF or FS_MATRIX, a float, two doubles
    try {
      const count = pdfium.FPDFText_CountChars(page);
      const drawn: number[] = [];
      const codes: number[] = [];
      const boxes: number[] = [];
      for (let i = 0; i < count; i++) {
        if (i % CHUNK === 0) this.allowance.checkClock();
        const known = pdfium.FPDFText_GetLooseCharBox(page, i, memory);
        const [left, top, right, bottom] = known ? this.floats(memory, 4) : [0, 0, 0, 0];
        // Blanks that pdfium invents have no height; layout finds the gaps by itself.
        if (top! - bottom! <= 0.01) continue;
        drawn.push(i);
        codes.push(plainCode(pdfium.FPDFText_GetUnicode(page, i)));
        boxes.push(left!, bottom!, right!, top!);
      }
      const narrow = Float64Array.from(boxes);
      this.takeAdvanceWidths(drawn, codes, narrow, memory);
      return { codes, boxes: turn(narrow, rotation) };
    } finally {
      free(memory);
    }
  }

  private floats(at: number, count: number): number[] {
    return [...this.pdfium.pdfium.HEAPF32.subarray(at >> 2, (at >> 2) + count)];
  }

  /**
   * Narrow the boxes, in place, from "advance and ink" to the advance alone: the tip of an "f" sticks
   * out of its advance and would hide a word's gap. What sticks out is the same for every character of
   * one code and box size, so one is asked.
   */
  private takeAdvanceWidths(drawn: number[], codes: number[], boxes: Float64Array, memory: number): void {
    const shifts = new Map<string, readonly [number, number]>();
    const n = codes.length;
    const found: (readonly [number, number])[] = [];
    for (let i = 0; i < n; i++) {
      const width = roundHalfEven((boxes[4 * i + 2]! - boxes[4 * i]!) * 20);
      const height = roundHalfEven((boxes[4 * i + 3]! - boxes[4 * i + 1]!) * 20);
      const kind = `${codes[i]} ${width} ${height}`;
      let shift = shifts.get(kind);
      if (!shift) {
        shift = this.shiftOf(drawn[i]!, codes[i]!, boxes[4 * i]!, boxes[4 * i + 2]!, memory);
        shifts.set(kind, shift);
      }
      found.push(shift);
    }
    // The letters of a ligature share one box, which is the advance of none of them.
    const shared = new Uint8Array(n + 1); // shared[i]: character i has the box of the one before
    for (let i = 1; i < n; i++) {
      let same = 1;
      for (let side = 0; side < 4; side++)
        if (Math.abs(boxes[4 * i + side]! - boxes[4 * i - 4 + side]!) >= 0.01) same = 0;
      shared[i] = same;
    }
    for (let i = 0; i < n; i++) {
      if (shared[i] || shared[i + 1]) continue;
      boxes[4 * i]! += found[i]![0];
      boxes[4 * i + 2]! += found[i]![1];
    }
  }

  /** By how much the left and the right edge of one character's box move. */
  private shiftOf(place: number, code: number, left: number, right: number, memory: number): readonly [number, number] {
    const { pdfium, page } = this;
    const none = [0, 0] as const;
    const object = pdfium.FPDFText_GetTextObject(page, place);
    const font = object ? pdfium.FPDFTextObj_GetFont(object) : 0;
    if (!font || !pdfium.FPDFText_GetMatrix(page, place, memory)) return none;
    const [a, b] = this.floats(memory, 2) as [number, number];
    if (a <= 0 || Math.abs(b) > 0.01 * a) return none; // turned or mirrored text
    pdfium.pdfium.HEAPF32[memory >> 2] = 0;
    pdfium.FPDFFont_GetGlyphWidth(font, code, pdfium.FPDFText_GetFontSize(page, place), memory);
    const advance = this.floats(memory, 1)[0]! * a;
    const origin = memory + 32;
    pdfium.FPDFText_GetCharOrigin(page, place, origin, origin + 8);
    const x = pdfium.pdfium.HEAPF64[origin >> 3]!;
    const size = right - left;
    if (left <= x && x < right && 0.3 * size < advance && advance <= size + 0.01)
      return [x - left, Math.min(0, x + advance - right)];
    return none;
  }
}

/** Hyphens as hyphens; control characters, noncharacters and odd blanks as a blank. */
function plainCode(code: number): number {
  if (HYPHENS.has(code)) return 45;
  return code <= 32 || code === 0xa0 || code === 0xffff || (code >= 127 && code < 160) ? 32 : code;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 ? floor + 1 : floor;
}

/** The boxes as they lie on a page that is shown turned clockwise by `rotation` degrees. */
function turn(boxes: Float64Array, rotation: number): Float64Array {
  if (![90, 180, 270].includes(rotation)) return boxes;
  const turned = new Float64Array(boxes.length);
  for (let i = 0; i < boxes.length; i += 4) {
    const [left, bottom, right, top] = boxes.subarray(i, i + 4) as unknown as [number, number, number, number];
    if (rotation === 90) turned.set([bottom, -right, top, -left], i);
    else if (rotation === 180) turned.set([-right, -top, -left, -bottom], i);
    else turned.set([-top, left, -bottom, right], i);
  }
  return turned;
}

/**
 * Refuse compressed streams that unpack beyond the limits, before pdfium unpacks them. Pictures are
 * left out: pdfium does not decode them for text, and honest scans are large.
 */
function checkStreams(data: Uint8Array, allowance: Allowance): void {
  let total = 0;
  for (let at = find(data, "stream"); at >= 0; at = find(data, "stream", at + 6)) {
    allowance.checkClock();
    let start = at + 6;
    if (data[start] === 13) start++;
    if (data[start] !== 10 || data[start + 1] !== 0x78) continue;
    start++;
    const header = latin1(data.subarray(Math.max(0, at - 4096), at));
    if (header.slice(Math.max(0, header.lastIndexOf(" obj"))).includes("/Image")) continue;
    const end = find(data, "endstream", start);
    const { packed, unpacked } = inflated(data.subarray(start, end < 0 ? data.length : end), allowance, total);
    total += unpacked;
    allowance.checkExpanded(unpacked, packed, total);
  }
}

/** How many bytes a zlib stream has packed and unpacked; stops soon after the limit. */
function inflated(stream: Uint8Array, allowance: Allowance, before: number): { packed: number; unpacked: number } {
  let unpacked = 0;
  let packed = 2; // the zlib header
  const inflater = new Inflate((chunk) => {
    unpacked += chunk.length;
  });
  while (packed < stream.length && before + unpacked <= allowance.limits.expandedBytes) {
    const piece = stream.subarray(packed, packed + STEP);
    packed += piece.length;
    try {
      inflater.push(piece, false);
    } catch {
      break; // not deflate after all, or damaged: pdfium will say
    }
  }
  return { packed, unpacked };
}
