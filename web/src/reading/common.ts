/** What every reader hands over, and how it becomes a Document. */

import { ReadError } from "../errors";
import { lstrip, rstrip } from "../python";
import type { Document, Kind, Line, Notice } from "../records";

/** A document's text as one format's reader found it. */
export interface Extract {
  readonly pages: readonly string[]; // one text a page; formats without pages have one
  readonly notices: readonly Notice[];
}

// Everything that splitlines() takes for a line break, so that no line contains one.
const LINE = /[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+/g;

/** Join the pages with a line break and find the lines. Throws EmptyDocumentError. */
export function assemble(name: string, kind: Kind, sha256: string, extract: Extract): Document {
  const lines: Line[] = [];
  let offset = 0;
  extract.pages.forEach((page, index) => {
    for (const match of page.matchAll(LINE)) {
      const line = match[0];
      const start = match.index + line.length - lstrip(line).length;
      const end = match.index + rstrip(line).length;
      if (start < end) lines.push({ start: offset + start, end: offset + end, page: index + 1 });
    }
    offset += page.length + 1;
  });
  if (!lines.length)
    throw new ReadError(
      "EmptyDocumentError",
      name,
      "there is no text in it, only white space",
      "Check that it is the right file and that it was saved with its text.",
    );
  const pages = Math.max(1, extract.pages.length);
  return { name, text: extract.pages.join("\n"), lines, kind, pages, sha256, notices: extract.notices };
}
