/** What every reader hands over, and how it becomes a Document. */

import { ReadError } from "../errors";
import { commas, lstrip, rstrip, split } from "../python";
import type { Document, Kind, Line, Notice } from "../records";
import { LINES } from "./limits";
import { joined } from "./spaced";

/** A document's text as one format's reader found it. */
export interface Extract {
  readonly pages: readonly string[]; // one text a page; formats without pages have one
  readonly notices: readonly Notice[];
  readonly late?: readonly (readonly [number, string])[]; // number of a page, and what is read after all pages
  readonly furniture?: readonly (readonly [number, number])[]; // spans of lines of the first page: a web page's
  readonly columns?: readonly number[]; // side by side, of each page, where the format shows them
}

// Everything that splitlines() takes for a line break, so that no line contains one.
const LINE = /[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+/g;

// Marks of direction: nobody sees them, and between the words of a date they hide it. Overrides stay.
const TURNING = /[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069\ufeff]/g;

/** How many words there are; rules of dots and dashes are none. */
export function words(text: string): number {
  return split(text).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Counts by reason; Python's Counter. */
export class Counter extends Map<string, number> {
  add(reason: string, count: number): void {
    this.set(reason, (this.get(reason) ?? 0) + count);
  }

  total(): number {
    return [...this.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The reasons, the most frequent first. */
  mostCommon(): string[] {
    return [...this].sort((one, other) => other[1] - one[1]).map(([reason]) => reason);
  }
}

/** `why` in words ("tiny"); `pages` where the format has pages. */
export function hiddenNotice(count: number, why: readonly string[], pages: readonly number[] = []): Notice {
  const left =
    count === 1
      ? "1 word that a person would not see was"
      : `${commas(count)} words that a person would not see were`;
  const where = pages.length ? ` (page ${pages.join(", ")})` : "";
  return { code: "hidden-text", message: `${left} left out${where}: ${why.join("; ")}.` };
}

/** Of words that were read although a person may not see them; `why` in words ("very small"). */
export function doubtNotice(count: number, why: readonly string[], pages: readonly number[] = []): Notice {
  const read = count === 1 ? "1 word is" : `${commas(count)} words are`;
  const [it, was] = count === 1 ? ["it", "was"] : ["they", "were"];
  const where = pages.length ? ` on page ${pages.join(", ")}` : "";
  return { code: "hard-to-see", message: `${read} hard to see${where} (${why.join("; ")}); ${it} ${was} read.` };
}

export function onlyHidden(name: string, count: number): ReadError {
  const cause = `a person would see no text in it, ${commas(count)} words are hidden`;
  return new ReadError("EmptyDocumentError", name, cause, "Ask for a version that shows its text.");
}

/** Join the pages with a line break and find the lines. Throws EmptyDocumentError, LimitError for lines without end. */
export function assemble(name: string, kind: Kind, sha256: string, extract: Extract): Document {
  const lines: Line[] = [];
  let offset = 0;
  const numbered = extract.pages.map((page, index) => [index + 1, page] as const);
  let letterSpaced = 0;
  const parts = [...numbered, ...(extract.late ?? [])].map(([number, page]): [number, string] => {
    if (extract.furniture?.length) return [number, page]; // its spans count every character
    const [text, count] = joined(page.replace(TURNING, ""));
    letterSpaced += count;
    return [number, text];
  });
  for (const [number, page] of parts) {
    for (const match of page.matchAll(LINE)) {
      const line = match[0];
      const start = match.index + line.length - lstrip(line).length;
      const end = match.index + rstrip(line).length;
      if (start < end) lines.push({ start: offset + start, end: offset + end, page: number });
      if (lines.length > LINES)
        throw new ReadError(
          "LimitError",
          name,
          `it has more than ${commas(LINES)} lines`,
          "Cut it to the part that matters.",
        );
    }
    offset += page.length + 1;
  }
  if (!lines.length)
    throw new ReadError(
      "EmptyDocumentError",
      name,
      "there is no text in it, only white space",
      "Check that it is the right file and that it was saved with its text.",
    );
  const pages = Math.max(1, extract.pages.length);
  const text = parts.map(([, part]) => part).join("\n");
  const furniture = (extract.furniture ?? []).map(([start, end]) => ({ start, end, page: 1 }));
  const notices = letterSpaced ? [...extract.notices, spacedNotice(letterSpaced)] : extract.notices;
  return { name, text, lines, kind, pages, sha256, notices, furniture, columns: extract.columns ?? [] };
}

function spacedNotice(count: number): Notice {
  const is = count === 1 ? "1 word is" : `${commas(count)} words are`;
  const it = count === 1 ? "it was read as a word" : "they were read as words";
  return { code: "letter-spacing", message: `${is} written with blanks between the letters; ${it}.` };
}
