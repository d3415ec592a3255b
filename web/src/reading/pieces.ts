/**
 * A page's characters -> pieces, what stands together on one row, before columns are looked for:
 * rolefit/reading/pieces.py, step by step, with the same numbers.
 *
 * Lengths are in points, y grows upwards as in PDF, `em` is the height of a character's box.
 */

import shared from "../shared.json";

const {
  word_gap: WORD_GAP,
  piece_gap: PIECE_GAP,
  backstep: BACKSTEP,
  same_row: SAME_ROW,
  bucket: BUCKET,
} = shared.layout;
const SPACE = 32;
const MAX_REACH = 1000; // points; no type is larger, and every bucket within reach is looked into

/** What a page draws, in the order it is drawn. */
export interface Characters {
  readonly codes: ArrayLike<number>; // (n,) code points; blanks are 32
  readonly boxes: Float64Array; // (4 n,) left, bottom, right, top; advance width by line height
}

/** Characters that stand together on one row. */
export interface Piece {
  readonly text: string;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly order: number; // place in the drawing order
}

/** The pieces of a page, by where they begin: from left to right; `tick` is called for each. */
export function piecesOf(characters: Characters, tick: () => void): Piece[] {
  return mend(cut(characters), tick);
}

export const height = (piece: Piece): number => piece.top - piece.bottom;
export const middle = (piece: Piece): number => (piece.top + piece.bottom) / 2;

/** Whether two pieces share enough height to stand on one row. */
export function sameRow(one: Piece, other: Piece): boolean {
  const both = Math.min(one.top, other.top) - Math.max(one.bottom, other.bottom);
  return both >= SAME_ROW * Math.min(height(one), height(other));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Cut the drawing order wherever the next character is not the neighbour of the last one. */
function cut({ codes, boxes }: Characters): Piece[] {
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

/** Join pieces that stand side by side although they were drawn at different times. */
function mend(pieces: readonly Piece[], tick: () => void): Piece[] {
  const mended: Piece[] = [];
  const ends = new Map<string, Set<number>>(); // right end in the grid -> places in `mended`
  const at = (piece: Piece): string =>
    `${Math.floor(piece.right / BUCKET)} ${Math.floor(middle(piece) / BUCKET)}`;
  const tallest = pieces.reduce((most, piece) => Math.max(most, height(piece)), 0);
  const reach = Math.min(tallest, MAX_REACH);
  for (const piece of [...pieces].sort((a, b) => a.left - b.left)) {
    tick();
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
