/**
 * WordprocessingML events -> lines. Knows the vocabulary, not the files.
 *
 * A paragraph is a line. A table row is one line (cells parted by a tab) if no cell holds more than
 * one line, as in a table of facts; else its cells follow each other, as in tables used for layout.
 * A text box stands inside a paragraph's run: its lines follow that paragraph's line.
 */

import { isBlank, split, strip } from "../python";
import shared from "../shared.json";
import { Counter, words } from "./common";
import { number } from "./wordcolours";
import type { Look } from "./wordlook";
import { type Attributes, OFF, plain } from "./wordstyles";
import { local } from "./xmltree";

const { word: W, math: MATH, compatibility: COMPATIBILITY, reference_ids: REFERENCE_IDS } = shared.docx;
const REMOVED = new Set(shared.docx.removed);
const KNOWN = shared.word._KNOWN; // what stands in other vocabularies is shown by some programs, not by all
const LETTER = shared.word._LETTER as [number, number]; // twips: a page where nothing is said
const BREAKS: Readonly<Record<string, string>> = shared.docx.breaks;

interface Paragraph {
  text: string;
  readonly boxes: string[]; // lines of the text boxes anchored in it
}

/** What a section says of its headers and footers. */
export interface Section {
  readonly references: Map<string, string>; // "element type" -> id
  first: boolean; // whether its first page has its own
  readonly sides: Map<string, number>; // of its pages, and the margins, twips
}

/** Whether a section's text begins beyond the edge. */
function isOffPage({ sides }: Section): boolean {
  const [width, height] = [sides.get("w") ?? LETTER[0], sides.get("h") ?? LETTER[1]];
  return (sides.get("left") ?? 0) >= width || (sides.get("top") ?? 0) >= height;
}

/**
 * Relationship ids of the headers and footers that any page shows, in order. A section without its own
 * shows that of the section before; `even` pages may have their own.
 */
export function shownParts(sections: readonly Section[], even: boolean): string[] {
  const shown = new Set<string>();
  const current = new Map<string, string>();
  for (const { references, first } of sections) {
    for (const [kind, id] of references) current.set(kind, id);
    for (const [kind, id] of current)
      if (kind.endsWith(" first") ? first : kind.endsWith(" even") ? even : true) shown.add(id);
  }
  return [...shown];
}

/** Collects the lines of one part (body, header, notes) from its parser events. */
export class Story {
  readonly sections: Section[] = [];
  readonly hidden = new Counter(); // words left out, by reason
  readonly doubted = new Counter(); // words that were read, but are hard to see
  readonly names = new Map<string, string>(); // of other vocabularies, by prefix
  private readonly blocks: string[][] = [[]]; // a cell, a text box or the whole story
  private readonly rows: string[][][] = []; // open rows: their cells' lines
  private readonly paragraphs: Paragraph[] = []; // open paragraphs, outermost first
  private readonly choices: boolean[] = []; // open AlternateContents: whether a Choice was read
  private skipping = 0; // depth inside an element that is left out
  private inText = false;
  private readonly others: string[] = []; // open elements of other vocabularies
  private foreign = 0; // how many of them Word does not know
  private inCode = false; // of a field
  private sectionStart = 0; // the first line of the open section
  private sectionEnds = false; // with the open paragraph

  constructor(
    readonly look: Look,
    private readonly withHidden: boolean,
  ) {}

  lines(): string[] {
    return this.blocks[0]!;
  }

  start(tag: string, attributes: Attributes): void {
    if (this.skipping) {
      this.skipping++;
      return;
    }
    const name = word(tag);
    if (name === null) return this.startOther(tag, attributes);
    if (!REMOVED.has(name) && name !== "tabs") this.look.start(name, attributes);
    if (name === "t") this.inText = true;
    else if (name === "p") this.paragraphs.push({ text: "", boxes: [] });
    else if (REMOVED.has(name)) this.skipping = 1;
    else if (name === "tc" || name === "txbxContent") this.blocks.push([]);
    else if (name === "tr") this.rows.push([]);
    else if (name === "sectPr") this.sections.push({ references: new Map(), first: false, sides: new Map() });
    else if (["headerReference", "footerReference", "titlePg", "pgSz", "pgMar"].includes(name))
      this.startOfSection(name, attributes);
    else if (name === "instrText") this.inCode = true;
    else if (name === "tabs") this.skipping = 1; // tab stops are also called "tab"
    else if (Object.hasOwn(BREAKS, name)) this.add(BREAKS[name]!);
  }

  end(tag: string): void {
    if (this.skipping) {
      this.skipping--;
      return;
    }
    const name = word(tag);
    if (name !== null) this.look.end(name);
    if (name === null) this.endOther(tag);
    else if (name === "t") this.inText = false;
    else if (name === "instrText") this.inCode = false;
    else if (name === "p") this.endParagraph();
    else if (name === "sectPr") {
      this.sectionEnds = true;
      if (!this.paragraphs.length) this.endSection();
    } else if (name === "tc") {
      const cell = this.blocks.pop()!;
      if (this.rows.length) this.rows.at(-1)!.push(cell);
      else append(this.blocks.at(-1)!, cell);
    } else if (name === "txbxContent") {
      const box = this.blocks.pop()!;
      append(this.paragraphs.at(-1)?.boxes ?? this.blocks.at(-1)!, box);
    } else if (name === "tr") append(this.blocks.at(-1)!, rowLines(this.rows.pop()!));
  }

  private endOther(tag: string): void {
    this.others.pop();
    this.look.endOther(local(tag));
    if (!isKnown(tag)) this.foreign--;
    if (tag === `${COMPATIBILITY}AlternateContent`) this.choices.pop();
    else if (tag === `${MATH}t`) this.inText = false;
  }

  private endParagraph(): void {
    const paragraph = this.paragraphs.pop()!;
    append(this.blocks.at(-1)!, [paragraph.text, ...paragraph.boxes]);
    if (this.sectionEnds && !this.paragraphs.length && this.blocks.length === 1) this.endSection();
  }

  /** Leave out a section whose margins are larger than its pages. */
  private endSection(): void {
    this.sectionEnds = false;
    const lines = this.blocks[0]!;
    const section = this.sections.at(-1);
    if (section && isOffPage(section) && !this.withHidden) {
      const count = lines.slice(this.sectionStart).reduce((sum, line) => sum + words(line), 0);
      if (count) this.hidden.add("outside the page", count);
      lines.length = this.sectionStart;
    }
    this.sectionStart = lines.length;
  }

  characters(text: string): void {
    if (this.skipping) return;
    if (this.inText) this.add(text);
    else if (this.inCode) this.look.fields.code(text);
    else if (this.others.length) this.look.charactersOther(this.others.at(-1)!, text);
  }

  private startOfSection(name: string, attributes: Attributes): void {
    const section = this.sections.at(-1);
    if (!section) return;
    const given = plain(attributes);
    if (name === "titlePg") {
      section.first = !OFF.has(given.val ?? "true");
      return;
    }
    if (name === "pgSz" || name === "pgMar") {
      for (const key of ["w", "h", "left", "top"]) {
        const side = number(given[key]);
        if (side !== null) section.sides.set(key, side);
      }
      return;
    }
    for (const key of REFERENCE_IDS)
      if (attributes[key] !== undefined) section.references.set(`${name} ${given.type ?? "default"}`, attributes[key]);
  }

  private startOther(tag: string, attributes: Attributes): void {
    if (tag === `${MATH}t`) this.inText = true;
    else if (tag === `${COMPATIBILITY}AlternateContent`) this.choices.push(false);
    else if (tag === `${COMPATIBILITY}Choice` && this.choices.length) {
      const wanted = split(plain(attributes).Requires ?? "");
      const known = wanted.every((prefix) => isKnown(this.names.get(prefix) ?? ""));
      this.skipping = this.choices.at(-1) || !known ? 1 : 0;
      this.choices[this.choices.length - 1] ||= known;
    } else if (tag === `${COMPATIBILITY}Fallback` && this.choices.at(-1)) this.skipping = 1;
    if (this.skipping) return;
    this.others.push(local(tag));
    if (!isKnown(tag)) this.foreign++;
    this.look.startOther(local(tag), attributes);
  }

  private add(text: string): void {
    const reason = this.withHidden ? "" : this.look.reason(text);
    if (reason) this.hidden.add(reason, words(text));
    else if (this.paragraphs.length) {
      this.paragraphs.at(-1)!.text += text;
      const count = this.withHidden ? 0 : words(text);
      const doubt = count && (this.foreign ? "unknown to Word" : this.look.doubt(text));
      if (doubt) this.doubted.add(doubt, count);
    }
  }
}

function isKnown(name: string): boolean {
  return KNOWN.some((known) => name.startsWith(known));
}

/** list.extend(): a call with a hundred thousand arguments fails. */
export function append(list: string[], more: readonly string[]): void {
  for (const item of more) list.push(item);
}

/** The local name of a WordprocessingML element, null for other vocabularies. */
function word(tag: string): string | null {
  const namespace = W.find((prefix) => tag.startsWith(prefix));
  return namespace === undefined ? null : tag.slice(namespace.length);
}

/** A row of a table: one line, or the lines of its cells one after the other. */
export function rowLines(cells: string[][]): string[] {
  const filled = cells.map((cell) => cell.filter((line) => !isBlank(line)));
  if (filled.every((cell) => cell.length <= 1 && !cell.join("").includes("\n")))
    return [filled.flatMap((cell) => (cell.length ? [strip(cell[0]!)] : [])).join("\t")];
  return cells.flat();
}
