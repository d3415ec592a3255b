/**
 * Characters with boxes -> lines in reading order: rolefit/reading/layout.py, step by step, with the
 * same numbers. Pure geometry, no PDF library.
 *
 *     characters -> pieces -> regions -> rows
 *
 * Lengths are in points, y grows upwards as in PDF.
 */

import { roundHalfEven } from "../python";
import shared from "../shared.json";
import * as dated from "./dated";
import { NARROW, ROWS } from "./gutters";
import { type Characters, height, median, middle, type Piece, piecesOf, sameRow } from "./pieces";

const {
  gutter: GUTTER,
  column_rows: COLUMN_ROWS,
  main_width: MAIN_WIDTH,
  name_height: NAME_HEIGHT,
  parted: PARTED,
  max_depth: MAX_DEPTH,
  max_pieces: MAX_PIECES,
} = shared.layout;

interface Page {
  readonly letters: number;
  readonly tick: () => void;
  readonly beside: string[] | undefined; // undefined where a narrow column is read behind the main one
  readonly columns: number[]; // side by side, wherever the page was cut
}

/**
 * The page's lines from top to bottom, column by column; `tick` is called now and then. With `beside`,
 * the lines of a narrow column left of the main one go there; with `columns`, how many stand side by side
 * wherever the page is cut.
 */
export function readingOrder(characters: Characters, tick: () => void, beside?: string[], columns: number[] = []): string[] {
  return orderOf(piecesOf(characters, tick), tick, beside, columns);
}

/** `readingOrder` of pieces. */
export function orderOf(pieces: readonly Piece[], tick: () => void, beside?: string[], columns: number[] = []): string[] {
  return read(pieces, MAX_DEPTH, { letters: letters(pieces), tick, beside, columns });
}

function read(pieces: readonly Piece[], depth: number, page: Page): string[] {
  const found = depth ? columns(pieces, page.tick) : null;
  if (found === null) return rowsOf(pieces).map((row) => row.map((piece) => piece.text).join(" "));
  const [above, left, right, below] = found as [Piece[], Piece[], Piece[], Piece[]];
  page.columns.push(MAX_DEPTH - depth + 2);
  if (dated.areDates(left, right)) {
    const lines = dated.linesOf(rowsOf(left), rowsOf(right));
    return [...read(above, depth - 1, page), ...lines, ...read(below, depth - 1, page)];
  }
  const [head, side] = besideMain(left, right, page.letters);
  page.beside?.push(...read(side, depth - 1, page));
  const parts = page.beside ? [above, head, right, below] : [above, head, right, side, below];
  return parts.flatMap((part) => read(part, depth - 1, page));
}

/**
 * Of the left column, what a person reads before the right one, and what after it. The right one is the
 * main column where it holds most of the page's text, in longer lines: two lists of skills side by side
 * are none. The eye goes to the largest letters first, so a name at the top of the narrow column comes
 * before it, with what stands under it without a gap.
 */
function besideMain(left: Piece[], right: Piece[], page: number): [Piece[], Piece[]] {
  const [narrow, wide] = [left, right].map((side) => Math.max(...side.map((p) => p.right - p.left)));
  if (2 * letters(right) <= page || wide! < MAIN_WIDTH * narrow!) return [left, []];
  const side = rowsOf(left);
  if (tallest(side[0]!) < NAME_HEIGHT * tallest(right)) return [[], left];
  const parted = side.findIndex((row, i) => i > 0 && areParted(side[i - 1]!, row));
  const end = parted < 0 ? side.length : parted;
  return [side.slice(0, end).flat(), side.slice(end).flat()];
}

/** Code points, as Python counts. */
const letters = (pieces: readonly Piece[]): number => pieces.reduce((n, p) => n + [...p.text].length, 0);
const tallest = (pieces: readonly Piece[]): number => Math.max(...pieces.map(height));

/** Whether two rows stand wider apart than the lines of a paragraph. */
function areParted(above: readonly Piece[], below: readonly Piece[]): boolean {
  const gap = Math.min(...above.map((p) => p.bottom)) - Math.max(...below.map((p) => p.top));
  return gap > PARTED * tallest(below);
}

/** Rows from top to bottom, each from left to right. */
export function rowsOf(pieces: readonly Piece[]): Piece[][] {
  const found: Piece[][] = [];
  for (const piece of downwards(pieces)) {
    const row = found.at(-1);
    if (row && sameRow(piece, row[0]!)) row.push(piece);
    else found.push([piece]);
  }
  for (const row of found) row.sort((a, b) => a.left - b.left);
  return found;
}

function downwards(pieces: readonly Piece[]): Piece[] {
  return [...pieces].sort((a, b) => middle(b) - middle(a));
}

/** [above, left, right, below] at the gutter that parts most rows, or null if there is none. */
function columns(pieces: readonly Piece[], tick: () => void): Piece[][] | null {
  if (pieces.length < 2 * COLUMN_ROWS || pieces.length > MAX_PIECES) return null;
  const ordered = downwards(pieces);
  const n = ordered.length;
  const gutter = GUTTER * median(ordered.map(height));
  const narrow = (NARROW / GUTTER) * gutter - 0.1;
  const beside = ordered.map((one) => ordered.map((other) => sameRow(one, other)));
  let most = COLUMN_ROWS - 1; // pieces on the sparser side of the best gutter so far
  let best: Piece[][] | null = null;
  const edges = [...new Set(ordered.map((piece) => roundHalfEven(piece.left)))].sort((a, b) => a - b);
  for (const x of edges) {
    // whole points: pieces of one column start together
    tick();
    const isRight = ordered.map((piece) => piece.left >= x - 0.5);
    const aligned = ordered.filter((piece) => Math.abs(piece.left - x) <= 0.5 && piece.apart).length;
    const strip = aligned >= ROWS ? narrow : gutter;
    const crosses = ordered.map((piece, i) => !isRight[i] && piece.right > x - strip);
    // A row is never cut in two.
    const borders = [-1];
    for (let i = 0; i < n; i++)
      if (crosses[i] || beside[i]!.some((together, j) => together && crosses[j])) borders.push(i);
    borders.push(n);
    for (let b = 1; b < borders.length; b++) {
      const first = borders[b - 1]!;
      const last = borders[b]!;
      if (last - first <= 2 * most) continue;
      const left: number[] = [];
      const right: number[] = [];
      for (let i = first + 1; i < last; i++) (isRight[i] ? right : left).push(i);
      const fewer = Math.min(left.length, right.length);
      const side = (places: number[]): Piece[] => places.map((i) => ordered[i]!);
      if (fewer <= most) continue;
      if (!dated.areDates(side(left), side(right)) && !readsDown(ordered, left, right, beside)) continue;
      most = fewer;
      best = [ordered.slice(0, first + 1), side(left), side(right), ordered.slice(last)];
    }
  }
  return best;
}

/**
 * Whether two sides of a gutter are columns, not the cells of rows. Rows of cells pair every piece of
 * the sparser side with one on the other side, and are drawn pair by pair. Columns are drawn one after
 * the other, or their rows do not meet, or both hold running text.
 */
function readsDown(
  ordered: readonly Piece[],
  left: readonly number[],
  right: readonly number[],
  beside: readonly (readonly boolean[])[],
): boolean {
  const sides = [left, right].map((side) => side.map((i) => ordered[i]!)) as [Piece[], Piece[]];
  if (sides.some((side) => rowsOf(side).length < COLUMN_ROWS)) return false;
  if (sides.some((side) => new Set(side.map(({ text }) => text)).size === 1)) return false; // one sign before each line
  if (dated.hasOwnHeadings(...sides)) return true;
  const drawn = sides
    .flatMap((side, which) => side.map((piece) => ({ order: piece.order, which })))
    .sort((a, b) => a.order - b.order || a.which - b.which);
  const switches = drawn.filter((piece, i) => i && piece.which !== drawn[i - 1]!.which).length;
  const few = Math.min(left.length, right.length);
  if (switches <= 1 + Math.floor(few / 4)) return true;
  const [sparse, dense] = left.length <= right.length ? [left, right] : [right, left];
  const alone = sparse.filter((i) => !dense.some((j) => beside[i]![j])).length;
  const blanks = Math.min(...sides.map((side) => median(side.map((p) => p.text.split(" ").length - 1))));
  return alone >= Math.max(2, few / 4) || (blanks >= 3 && few > 0.6 * Math.max(left.length, right.length));
}
