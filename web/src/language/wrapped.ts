/**
 * Lines that a page was too narrow for: how wide it is where they stand, and what goes on below.
 *
 * Shared by units, which are whatever a document says, and positions, whose titles and employers
 * stand in lines that no full stop ends.
 */

import { bisectRight, partition } from "../python";
import type { Document, Line } from "../records";
import { constant, pattern } from "./data";
import type { Span } from "./dates";
import { isProse } from "./roles";
import * as sections from "./sections";

export const NARROW = constant<number>("wrapped", "NARROW");
export const WIDE = constant<number>("wrapped", "WIDE");
export const FULL = constant<number>("wrapped", "FULL");
export const BRIM = constant<number>("wrapped", "BRIM");
export const MARKED = pattern("wrapped", "MARKED");
export const OPEN = pattern("wrapped", "OPEN");
export const ENDED = pattern("wrapped", "ENDED");
const _LASTED = pattern("wrapped", "_LASTED");
const _COLUMN = constant<number>("wrapped", "_COLUMN");
const _AROUND = constant<number>("wrapped", "_AROUND");

/**
 * Of each line: characters of a full one in its column; 0 where the text was not wrapped. A page may
 * have a wide column and a narrow one, read one after the other; so the fullest line counts among
 * those around, on the side where it is shorter.
 */
export function columns(lines: readonly Line[]): number[] {
  if (!lines.length) return [];
  const lengths = lines.map((line) => line.end - line.start);
  const sorted = [...lengths].sort((a, b) => a - b);
  const full = sorted[Math.trunc(0.95 * (lengths.length - 1))]!;
  if (full < NARROW || full > WIDE) return lengths.map(() => 0);
  return lengths.map((_, i) => {
    const width = Math.min(
      Math.max(...lengths.slice(Math.max(0, i - _AROUND), i + 1)),
      Math.max(...lengths.slice(i, i + _AROUND + 1)),
    );
    return width >= _COLUMN ? Math.min(full, width) : full;
  });
}

/** Characters that `head` would have with the first word of the line below. */
export function needed(head: string, tail: string): number {
  return head.length + 1 + partition(tail, " ")[0].length;
}

/**
 * The document with the headings of its positions in one line each, all offsets unchanged. Such a
 * heading has a date range, or ends in a comma or an "and", in a line that is full.
 */
export function unbroken(document: Document, ranges: readonly Span[]): Document {
  const { lines } = document;
  let text = document.text;
  const widths = columns(lines);
  if (!widths.some(Boolean)) return document;
  const headings = new Set(sections.find(text).starts);
  const starts = lines.map((line) => line.start);
  const dated = new Set(ranges.map((span) => bisectRight(starts, span.start) - 1));
  const whole: Line[] = [lines[0]!];
  for (let i = 1; i < lines.length; i++) {
    const before = lines[i - 1]!;
    const line = lines[i]!;
    if (
      !headings.has(before.start) &&
      !headings.has(line.start) &&
      !dated.has(i) &&
      headingGoesOn(document.text, before, line, widths[i - 1]!, dated.has(i - 1))
    ) {
      text = text.slice(0, before.end) + " ".repeat(line.start - before.end) + text.slice(line.start);
      whole.push({ ...whole.pop()!, end: line.end });
    } else whole.push(line);
  }
  return { ...document, text, lines: whole };
}

function headingGoesOn(text: string, before: Line, line: Line, column: number, dated: boolean): boolean {
  const head = text.slice(before.start, before.end);
  const tail = text.slice(line.start, line.end);
  const opens = OPEN.search(head) !== undefined;
  return (
    0 < column &&
    (opens ? FULL : BRIM) * column < needed(head, tail) &&
    head.length < WIDE &&
    before.page === line.page &&
    text.slice(before.end, line.start).split("\n").length === 2 &&
    !MARKED.match(text, line.start, line.end) &&
    !ENDED.search(head) &&
    !(dated && _LASTED.search(head)) &&
    !isProse(tail) &&
    (dated || (opens && !isProse(head)))
  );
}
