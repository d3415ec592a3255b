/**
 * OpenDocument text, packed (.odt) or flat (.fodt), as rolefit/reading/odt.py: headers, body, footnotes,
 * footers; one paragraph or table row a line. Left out is what a person would not see.
 */

import { ReadError } from "../errors";
import { isBlank } from "../python";
import shared from "../shared.json";
import { unzipped } from "./archives";
import { Counter, type Extract, hiddenNotice, onlyHidden, words } from "./common";
import type { Allowance } from "./limits";
import { Grounds, Styles } from "./odtlook";
import { find } from "./sniff";
import { append, rowLines } from "./wordml";
import { type Attributes, plain } from "./wordstyles";
import { type Events, local, parse } from "./xmltree";
import { Zip } from "./zip";

const AGAIN = "Fetch or export it once more, or save it as DOCX.";
const CELLS = new Set(["table-cell", "covered-table-cell"]);
const LEFT_OUT = new Set(shared.odt.left_out);
const BLOCKS = new Set(["text-box", "note-body", "header", "footer", ...CELLS]);
const MANY_BLANKS = 1000; // that one element may stand for

export function extract(data: Uint8Array, allowance: Allowance, withHidden: boolean): Extract {
  const body = new Story(withHidden);
  const packed = data[0] === 0x50 && data[1] === 0x4b;
  if (!packed) parse(data, allowance, body);
  const pictures = packed ? readParts(data, allowance, body) : find(data, "<draw:image") >= 0;
  const lines = [...body.around("header"), ...body.lines, ...body.around("footer")];
  if (lines.every(isBlank)) throw withoutText(allowance.name, body.hidden.total(), pictures);
  const notices = body.hidden.size ? [hiddenNotice(body.hidden.total(), body.hidden.mostCommon())] : [];
  return { pages: [lines.join("\n")], notices };
}

/** Whether there are pictures. */
function readParts(data: Uint8Array, allowance: Allowance, body: Story): boolean {
  const archive = new Zip(data);
  const { members } = archive;
  const manifest = members.get("META-INF/manifest.xml");
  if (manifest && find(unzipped(archive, manifest, allowance), "encryption-data") >= 0) {
    const remedy = "Open it, save it without a password, and try again.";
    throw new ReadError("EncryptedError", allowance.name, "it asks for a password", remedy);
  }
  let total = 0;
  for (const part of ["styles.xml", "content.xml"]) {
    const member = members.get(part); // what styles are based on comes first
    if (!member) {
      if (part === "styles.xml") continue;
      throw new ReadError("DamagedFileError", allowance.name, "its part content.xml is missing", AGAIN);
    }
    const xml = unzipped(archive, member, allowance);
    total += xml.length;
    allowance.checkExpanded(0, 0, total);
    parse(xml, allowance, body);
  }
  return [...members.keys()].some((name) => name.startsWith("Pictures/"));
}

function withoutText(name: string, hidden: number, pictures: boolean): ReadError {
  if (hidden) return onlyHidden(name, hidden);
  if (pictures) {
    const remedy = "Run text recognition (OCR) over it, or save the original text.";
    return new ReadError("ImageOnlyError", name, "it holds pictures but no text", remedy);
  }
  return new ReadError("EmptyDocumentError", name, "there is no text in it", "Check that it is the right file.");
}

interface Paragraph {
  text: string;
  readonly boxes: string[]; // lines of text boxes and notes, read after it
}

/** Collects lines from the parser's events; of the body, and of headers and footers apart. */
class Story implements Events {
  readonly hidden = new Counter(); // words left out, by reason
  readonly lines: string[] = [];
  private readonly styles = new Styles();
  private readonly grounds = new Grounds(this.styles);
  private readonly margins = { header: [] as string[][], footer: [] as string[][] };
  private readonly blocks: string[][] = [this.lines];
  private readonly rows: string[][][] = [];
  private readonly paragraphs: Paragraph[] = [];
  private skipping = 0; // depth inside what is left out

  constructor(private readonly withHidden: boolean) {}

  /** Each header or footer once, however many pages have it. */
  around(kind: "header" | "footer"): string[] {
    return [...new Map(this.margins[kind].map((block) => [JSON.stringify(block), block])).values()].flat();
  }

  start(tag: string, attributes: Attributes): void {
    const name = local(tag);
    if (this.skipping || LEFT_OUT.has(name)) {
      this.skipping++;
      return;
    }
    const given = plain(attributes);
    this.styles.start(name, given);
    this.grounds.start(name, given);
    if (isParagraph(name, tag)) this.paragraphs.push({ text: "", boxes: [] });
    else if (BLOCKS.has(name)) this.blocks.push([]);
    else if (name === "table-row") this.rows.push([]);
    else if (name === "s") {
      const count = given.c ?? "1";
      this.add(" ".repeat(Math.min(/^\d+$/.test(count) ? Number(count) : 1, MANY_BLANKS)));
    } else if (name === "tab") this.add("\t");
    else if (name === "line-break") this.add("\n");
  }

  end(tag: string): void {
    if (this.skipping) {
      this.skipping--;
      return;
    }
    const name = local(tag);
    this.styles.end(name);
    this.grounds.end();
    if (isParagraph(name, tag)) {
      const { text, boxes } = this.paragraphs.pop()!;
      append(this.blocks.at(-1)!, [text, ...boxes]);
    } else if (name === "table-row") append(this.blocks.at(-1)!, rowLines(this.rows.pop()!));
    else if (BLOCKS.has(name)) this.close(name, this.blocks.pop()!);
  }

  private close(name: string, block: string[]): void {
    if (name === "header" || name === "footer") this.margins[name].push(block);
    else if (!CELLS.has(name)) append(this.paragraphs.at(-1)?.boxes ?? this.blocks.at(-1)!, block);
    else if (this.rows.length) this.rows.at(-1)!.push(block);
    else append(this.blocks.at(-1)!, block);
  }

  characters(text: string): void {
    // Line breaks of the file are blanks, as in a web page.
    if (!this.skipping && this.paragraphs.length) this.add(text.replace(/[\n\t]/g, " "));
  }

  private add(text: string): void {
    const reason = this.withHidden ? "" : this.grounds.reason();
    if (!reason && this.paragraphs.length) this.paragraphs.at(-1)!.text += text;
    const count = reason ? words(text) : 0;
    if (count) this.hidden.add(reason, count);
  }
}

function isParagraph(name: string, tag: string): boolean {
  return (name === "p" || name === "h") && tag.includes("text:1.0");
}
