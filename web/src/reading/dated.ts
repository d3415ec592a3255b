/**
 * Columns that are none by themselves: dates beside what they date, and sides that have headings.
 *
 * A resume set as a table has its dates in a narrow column. Read down, they lose what they date; read
 * across, "Oct 2021 -" is parted from "Present" by the title that stands beside. So each date, whole, is
 * read before the rows beside it. The twin of rolefit/reading/dated.py.
 */

import { Pattern, type Written } from "../language/re";
import shared from "../shared.json";
import { isHeading } from "./headed";
import { middle, type Piece } from "./pieces";

const pattern = (name: keyof typeof shared.dated) => new Pattern(shared.dated[name] as unknown as Written);
const number = (name: keyof typeof shared.dated) => shared.dated[name] as unknown as number;
const DATE = pattern("_DATE");
const GOES_ON = pattern("_GOES_ON");
const WENT_ON = pattern("_WENT_ON");
const HEAD = pattern("_HEAD");
const LONGEST = number("_LONGEST");
const SHARE = number("_SHARE");
const LEAST = number("_LEAST");
const ALIGNED = number("_ALIGNED");
const CELL_ROWS = number("_CELL_ROWS");
type Row = readonly Piece[];

/** Whether it says hardly more than a date. */
export function isDate(text: string): boolean {
  return [...text].length <= LONGEST && DATE.search(text) !== undefined;
}

/** Whether both sides hold headings, as cells of rows do not: two columns, however drawn. */
export function hasOwnHeadings(left: Row, right: Row): boolean {
  const [one, other] = [left, right].map((side) => side.filter(({ text }) => isHeading(text)).length);
  return Math.min(one!, other!) >= 1 && Math.max(one!, other!) >= 2;
}

/** Whether `column` holds hardly anything but dates, and what is `beside` it does not. */
export function areDates(column: Row, beside: Row): boolean {
  const found = column.filter(dates).length;
  const others = column.filter((piece) => !dates(piece) && !heads(piece)).length;
  return found >= LEAST && found >= SHARE * (found + others) && beside.filter(dates).length < SHARE * beside.length;
}

const heads = ({ text }: Piece): boolean => isHeading(text) || HEAD.fullmatch(text) !== undefined;
const dates = ({ text }: Piece): boolean => isDate(text);

/** Each date, whole, before the rows beside and below it. */
export function linesOf(column: readonly Row[], rows: readonly Row[]): string[] {
  const lines: string[] = [];
  let at = 0;
  const blocks = blocksOf(column);
  for (const [i, block] of blocks.entries()) {
    const following = blocks[i + 1]?.[0]![0];
    const first = block[0]![0]!;
    for (; at < rows.length && isAbove(rows[at]!, first); at++) lines.push(textOf(rows[at]!, " "));
    const date = block.map((row) => textOf(row, "\t")).join(" ");
    const start = at;
    while (at < rows.length && (!following || isAbove(rows[at]!, following))) at++;
    const beside = besideDate(rows.slice(start, at));
    // One row is the row of a table; of several the date is the head.
    const one = beside.length === 1 && beside[0]!.includes("\t") && !isHeading(first.text);
    lines.push(...(one ? [`${date}\t${beside[0]}`] : [date, ...beside]));
  }
  return lines;
}

/** Rows of one date together: "Oct 2021 -" and, below it, "Present". */
function blocksOf(column: readonly Row[]): Row[][] {
  const blocks: Row[][] = [];
  for (const row of column) {
    const last = blocks.at(-1)?.at(-1)?.at(-1);
    const whole = last && !heads(last) && !heads(row[0]!);
    if (whole && (GOES_ON.search(last.text) || WENT_ON.match(row[0]!.text))) blocks.at(-1)!.push(row);
    else blocks.push([row]);
  }
  return blocks;
}

function isAbove(row: Row, date: Piece): boolean {
  return middle(row[0]!) > date.top;
}

function textOf(row: Row, between: string): string {
  return row.map(({ text }) => text).join(between);
}

/** Rows of text as they are; of cells that are wrapped, each cell whole. */
function besideDate(rows: readonly Row[]): string[] {
  if (!rows.length) return [];
  const starts = rows[0]!.map(({ left }) => left);
  const cells = rows[0]!.map(({ text }) => [text]);
  let wrapped = rows.length > 1 && rows.length <= CELL_ROWS && starts.length > 1;
  for (const piece of wrapped ? rows.slice(1).flat() : []) {
    const near = starts.findIndex((x) => Math.abs(piece.left - x) <= ALIGNED);
    if (near < 0) wrapped = false;
    else cells[near]!.push(piece.text);
  }
  if (wrapped) return [cells.map((cell) => cell.join(" ")).join("\t")];
  return rows.map((row) => textOf(row, "\t"));
}
