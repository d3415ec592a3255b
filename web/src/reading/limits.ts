/** What a document may cost before the reader gives it up; the numbers are rolefit/reading/limits.py's. */

import { ReadError } from "../errors";
import { commas } from "../python";
import shared from "../shared.json";

export const MIB = 1024 * 1024;
export const LINES = 500_000; // of a document; a book has ten thousand
const PAIRS = 50_000_000; // of attributes in one tag
const COPIES = 10; // of formatting elements for each allowed tag

/** Ceilings for one document; what exceeds one is a LimitError, never a shortened text. */
export interface Limits {
  readonly bytes: number; // of the file as it lies on disk
  readonly pages: number; // of a PDF
  readonly expandedBytes: number; // all that is unpacked from a DOCX or from a PDF's streams
  readonly ratio: number; // unpacked size over packed size
  readonly nesting: number; // elements inside each other; a parser slows down with its square
  readonly tags: number; // of an HTML page; large ones have some ten thousand
  readonly attributes: number; // of one HTML tag; a parser slows down with their square
  readonly seconds: number; // wall clock for one document
}

export const LIMITS: Limits = {
  bytes: shared.limits.bytes,
  pages: shared.limits.pages,
  expandedBytes: shared.limits.expanded_bytes,
  ratio: shared.limits.ratio,
  nesting: shared.limits.nesting,
  tags: shared.limits.tags,
  attributes: shared.limits.attributes,
  seconds: shared.limits.seconds,
};

/** The limits at work on one document; the clock starts when it is made. */
export class Allowance {
  private readonly started = performance.now();

  constructor(
    readonly name: string,
    readonly limits: Limits = LIMITS,
  ) {}

  private refuse(cause: string, remedy: string): never {
    throw new ReadError("LimitError", this.name, cause, remedy);
  }

  checkBytes(size: number): void {
    if (size > this.limits.bytes)
      this.refuse(
        `the file has ${commas(size)} bytes, the limit is ${commas(this.limits.bytes)}`,
        "Save it smaller (without pictures).",
      );
  }

  checkPages(pages: number): void {
    if (pages > this.limits.pages)
      this.refuse(
        `it has ${commas(pages)} pages, the limit is ${commas(this.limits.pages)}`,
        "Cut it to the pages that matter.",
      );
  }

  /** `unpacked` from `packed` bytes in one part, `total` unpacked so far in all parts. */
  checkExpanded(unpacked: number, packed: number, total: number): void {
    if (total > this.limits.expandedBytes)
      this.refuse(
        `it unpacks to more than ${commas(this.limits.expandedBytes)} bytes`,
        "A resume is never that large: check where the file comes from.",
      );
    if (unpacked > shared.limits.ratio_floor && unpacked > this.limits.ratio * Math.max(packed, 1))
      this.refuse(
        `a part of it unpacks to more than ${commas(this.limits.ratio)} times its size`,
        "This is how zip bombs look: check where the file comes from.",
      );
  }

  checkNesting(depth: number): void {
    if (depth > this.limits.nesting)
      this.refuse(
        `its elements nest more than ${commas(this.limits.nesting)} deep`,
        "Save the page's text instead.",
      );
  }

  checkTags(tags: number): void {
    if (tags > this.limits.tags)
      this.refuse(
        `the page has ${commas(tags)} tags, the limit is ${commas(this.limits.tags)}`,
        "Save the page's text instead.",
      );
  }

  /** `count` in one tag; `pairs` of attributes in one tag so far, in all tags. */
  checkAttributes(count: number, pairs: number): void {
    if (pairs > PAIRS)
      this.refuse("its tags have more attributes than a page's have", "Save the page's text instead.");
    if (count > this.limits.attributes)
      this.refuse(
        `a tag of it has ${commas(count)} attributes, the limit is ${commas(this.limits.attributes)}`,
        "Save the page's text instead.",
      );
  }

  /** `copies` of formatting elements that are never closed: a parser may make that many. */
  checkCopies(copies: number): void {
    if (copies > COPIES * this.limits.tags)
      this.refuse(
        "it leaves so much formatting open that each of its paragraphs repeats it",
        "Save the page's text instead.",
      );
  }

  isOver(): boolean {
    return performance.now() - this.started > this.limits.seconds * 1000;
  }

  /** Call between units of work that are short by themselves. */
  checkClock(): void {
    if (this.isOver())
      this.refuse(
        `reading it took longer than ${this.limits.seconds} seconds`,
        "Save it in a simpler form (plain text).",
      );
  }
}
