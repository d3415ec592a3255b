/**
 * Characters with boxes -> lines in reading order: rolefit/reading/layout.py, step by step, with the
 * same numbers. Pure geometry, no PDF library.
 *
 *     characters -> pieces -> rows and columns -> lines
 *
 * Lengths are in points, y grows upwards as in PDF, `em` is the height of a character's box.
 */

import { roundHalfEven } from "../python";
import shared from "../shared.json";

const {
  word_gap: WORD_GAP,
  piece_gap: PIECE_GAP,
  gutter: GUTTER,
  backstep: BACKSTEP,
  same_row: SAME_ROW,
  column_rows: COLUMN_ROWS,
  main_width: MAIN_WIDTH,
  name_height: NAME_HEIGHT,
  parted: PARTED,
  max_depth: MAX_DEPTH,
  max_pieces: MAX_PIECES,
  bucket: BUCKET,
} = shared.layout;
const SPACE = 32;

/** What a page draws, in the order it is drawn. */
export interface Characters {
  readonly codes: ArrayLike<number>; // (n,) code points; blanks are 32
  readonly boxes: Float64Array; // (4 n,) left, bottom, right, top; advance width by line height
}

interface Piece {
  readonly text: string;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly order: number; // place in the drawing order
}

interface Page {
  readonly letters: number;
  readonly tick: () => void;
  readonly beside: string[] | undefined; // undefined where a narrow column is read behind the main one
}

/**
 * The page's lines from top to bottom, column by column; `tick` is called now and then. With `beside`,
 * the lines of a narrow column left of the main one go there.
 */
export function readingOrder(characters: Characters, tick: () => void, beside?: string[]): string[] {
  const pieces = mend(cutPieces(characters));
  return read(pieces, MAX_DEPTH, { letters: letters(pieces), tick, beside });
}

/** Cut the drawing order wherever the next character is not the neighbour of the last one. */
function cutPieces({ codes, boxes }: Characters): Piece[] {
  const ink: number[] = [];
  for (let i = 0; i < codes.length; i++) if (codes[i] !== SPACE) ink.push(i);
  const pieces: Piece[] = [];
  let first = 0; // of the open piece, an index into `ink`
  let gaps: number[] = [];
  let spaced: boolean[] = [];
  let blanks: boolean[] = [];
  for (let k = 1; k <= ink.length; k++) {
    const link = k < ink.length ? between(boxes, ink[k - 1]!, ink[k]!) : null;
    if (link?.joined) {
      gaps.push(link.gap);
      spaced.push(link.spaced);
      blanks.push(link.blank);
      continue;
    }
    pieces.push(pieceOf(codes, boxes, ink.slice(first, k), first, spell(gaps, spaced, blanks)));
    first = k;
    gaps = [];
    spaced = [];
    blanks = [];
  }
  return pieces;
}

/** How two characters that are drawn one after the other stand to each other; `gap` in em. */
function between(boxes: Float64Array, one: number, other: number) {
  const [left0, bottom0, right0, top0] = boxes.subarray(4 * one, 4 * one + 4) as unknown as Box;
  const [left1, bottom1, right1, top1] = boxes.subarray(4 * other, 4 * other + 4) as unknown as Box;
  const height0 = Math.max(top0 - bottom0, 0.1);
  const height1 = Math.max(top1 - bottom1, 0.1);
  const em = Math.max(height0, height1);
  const sameRow = Math.min(top0, top1) - Math.max(bottom0, bottom1) >= SAME_ROW * Math.min(height0, height1);
  const gap = left1 - right0;
  // A ligature's letters share one box, so a repeated box is no step back.
  const sameBox =
    Math.abs(left1 - left0) < 0.01 &&
    Math.abs(bottom1 - bottom0) < 0.01 &&
    Math.abs(right1 - right0) < 0.01 &&
    Math.abs(top1 - top0) < 0.01;
  const joined = (sameRow && gap < PIECE_GAP * em && gap > -BACKSTEP * em) || sameBox;
  const blank = other - one > 1;
  const spaced = gap > WORD_GAP * em || (blank && gap > -WORD_GAP * em && !sameBox);
  return { joined, blank, spaced, gap: gap / em };
}

type Box = readonly [number, number, number, number];

function pieceOf(
  codes: ArrayLike<number>,
  boxes: Float64Array,
  places: readonly number[],
  order: number,
  spaces: readonly boolean[],
): Piece {
  let text = "";
  let left = Infinity;
  let right = -Infinity;
  let bottom = 0;
  let top = 0;
  places.forEach((place, i) => {
    if (i && spaces[i - 1]) text += " ";
    text += String.fromCodePoint(codes[place]!);
    left = Math.min(left, boxes[4 * place]!);
    bottom += boxes[4 * place + 1]!;
    right = Math.max(right, boxes[4 * place + 2]!);
    top += boxes[4 * place + 3]!;
  });
  return { text, left, bottom: bottom / places.length, right, top: top / places.length, order };
}

/**
 * Where one piece has spaces: (n-1,) each. `gaps` in em, `spaced` where a word seems to end, `blanks`
 * where the PDF stores a blank.
 */
function spell(gaps: readonly number[], spaced: boolean[], blanks: readonly boolean[]): boolean[] {
  const invented = spaced.filter((space, i) => space && !blanks[i]).length;
  if (gaps.length < 3 || invented / gaps.length <= 0.6) return spaced;
  // Tracked capitals ("E X P E R I E N C E"): a word ends only at a gap that stands out.
  const wide = 1.6 * median(gaps) + WORD_GAP;
  return gaps.map((gap, i) => blanks[i]! || gap > wide);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

const height = (piece: Piece): number => piece.top - piece.bottom;
const middle = (piece: Piece): number => (piece.top + piece.bottom) / 2;

function sameRow(one: Piece, other: Piece): boolean {
  const both = Math.min(one.top, other.top) - Math.max(one.bottom, other.bottom);
  return both >= SAME_ROW * Math.min(height(one), height(other));
}

/** Join pieces that stand side by side although they were drawn at different times. */
function mend(pieces: readonly Piece[]): Piece[] {
  const mended: Piece[] = [];
  const ends = new Map<string, Set<number>>(); // right end in the grid -> places in `mended`
  const at = (piece: Piece): string =>
    `${Math.floor(piece.right / BUCKET)} ${Math.floor(middle(piece) / BUCKET)}`;
  const reach = Math.max(0, ...pieces.map(height));
  for (const piece of [...pieces].sort((a, b) => a.left - b.left)) {
    const y = Math.floor(middle(piece) / BUCKET);
    const near: number[] = [];
    const last = Math.floor((piece.left + BACKSTEP * reach) / BUCKET);
    for (let x = Math.floor((piece.left - PIECE_GAP * reach) / BUCKET); x <= last; x++)
      for (const dy of [-1, 0, 1]) near.push(...(ends.get(`${x} ${y + dy}`) ?? []));
    let index = mended.length;
    for (const candidate of near.sort((a, b) => b - a)) {
      const other = mended[candidate]!;
      const em = Math.max(height(other), height(piece));
      const gap = piece.left - other.right;
      if (-BACKSTEP * em < gap && gap < PIECE_GAP * em && sameRow(other, piece)) {
        ends.get(at(other))!.delete(candidate);
        index = candidate;
        mended[index] = join(other, piece, gap > WORD_GAP * em ? " " : "");
        break;
      }
    }
    if (index === mended.length) mended.push(piece);
    const key = at(mended[index]!);
    const bucket = ends.get(key);
    if (bucket) bucket.add(index);
    else ends.set(key, new Set([index]));
  }
  return mended;
}

function join(first: Piece, second: Piece, space: string): Piece {
  return {
    text: first.text + space + second.text,
    left: first.left,
    bottom: Math.min(first.bottom, second.bottom),
    right: Math.max(first.right, second.right),
    top: Math.max(first.top, second.top),
    order: Math.min(first.order, second.order),
  };
}

function read(pieces: readonly Piece[], depth: number, page: Page): string[] {
  const found = depth ? columns(pieces, page.tick) : null;
  if (found === null) return rows(pieces).map((row) => row.map((piece) => piece.text).join(" "));
  const [above, left, right, below] = found as [Piece[], Piece[], Piece[], Piece[]];
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
  const side = rows(left);
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
function rows(pieces: readonly Piece[]): Piece[][] {
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
  const beside = ordered.map((one) => ordered.map((other) => sameRow(one, other)));
  let most = COLUMN_ROWS - 1; // pieces on the sparser side of the best gutter so far
  let best: Piece[][] | null = null;
  const edges = [...new Set(ordered.map((piece) => roundHalfEven(piece.left)))].sort((a, b) => a - b);
  for (const x of edges) {
    // whole points: pieces of one column start together
    tick();
    const isRight = ordered.map((piece) => piece.left >= x - 0.5);
    const crosses = ordered.map((piece, i) => !isRight[i] && piece.right > x - gutter);
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
      if (fewer <= most || !readsDown(ordered, left, right, beside)) continue;
      most = fewer;
      const side = (places: number[]): Piece[] => places.map((i) => ordered[i]!);
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
  if (sides.some((side) => rows(side).length < COLUMN_ROWS)) return false;
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
