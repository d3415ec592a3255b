/**
 * A page's characters -> pieces, what stands together on one row, before columns are looked for:
 * rolefit/reading/pieces.py, step by step, with the same numbers.
 *
 * Lengths are in points, y grows upwards as in PDF, `em` is the height of a character's box.
 */

import shared from "../shared.json";
import { boxesAt } from "./mask";
import { beyond, LEFT, type Link, NARROW } from "./gutters";
import { joined as wordsOf } from "./spaced";

const {
  word_gap: WORD_GAP,
  piece_gap: PIECE_GAP,
  backstep: BACKSTEP,
  same_row: SAME_ROW,
  bucket: BUCKET,
  single: SINGLE,
  near: NEAR,
  spread: SPREAD,
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
  readonly apart: boolean; // whether a gutter may be before it, however narrow
}

/** The pieces of a page, by where they begin: from left to right; `tick` is called for each. */
export function piecesOf(characters: Characters, tick: () => void): Piece[] {
  return mend(gathered(cut(characters)), tick);
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
  let links: Link[] = [];
  let pitch = 0; // em; between the letters of the piece before, if it is tracked
  const all = ink.slice(1).map((place, i) => between(boxes, ink[i]!, place));
  const apart = beyond(boxesAt(boxes, ink), all, median);
  let begun = 0; // where a piece without narrow gutters begins
  for (let k = 1; k <= ink.length; k++) {
    const link = all[k - 1];
    if (link?.joined) {
      // What stands left of a gutter is more than a bullet.
      const wide = boxes[4 * ink[k - 1]! + 2]! - boxes[4 * ink[begun]!]! > LEFT * link.em;
      if (!(apart[k] && wide && link.gap * link.em >= NARROW * link.em)) {
        links.push(link);
        continue;
      }
    } else begun = k;
    const before = pitch ? pieces.at(-1) : undefined;
    const [piece, next] = pieceOf(codes, boxes, ink.slice(first, k), first, links, before, pitch);
    pieces.push({ ...piece, apart: apart[first]! });
    pitch = next;
    first = k;
    links = [];
  }
  return pieces;
}

/** How two characters that are drawn one after the other stand to each other; `gap` in em. */
function between(boxes: Float64Array, one: number, other: number): Link & { readonly em: number } {
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
  const stored = other - one - 1;
  const spaced = gap > WORD_GAP * em || (stored > 0 && gap > -WORD_GAP * em && !sameBox);
  return { joined, stored, spaced, gap: gap / em, em };
}

type Box = readonly [number, number, number, number];

/** A piece, and in em how far apart its letters stand if it is tracked; `before` is one that is. */
function pieceOf(
  codes: ArrayLike<number>,
  boxes: Float64Array,
  places: readonly number[],
  order: number,
  links: readonly Link[],
  before: Piece | undefined,
  pitch: number,
): [Piece, number] {
  let left = Infinity;
  let right = -Infinity;
  let bottom = 0;
  let top = 0;
  for (const place of places) {
    left = Math.min(left, boxes[4 * place]!);
    bottom += boxes[4 * place + 1]!;
    right = Math.max(right, boxes[4 * place + 2]!);
    top += boxes[4 * place + 3]!;
  }
  const n = places.length;
  const piece = { text: "", left, bottom: bottom / n, right, top: top / n, order, apart: false };
  const invented = links.filter((link) => link.spaced && !link.stored).length;
  let tracked = n > 3 && invented > 0.6 * (n - 1);
  if (!tracked && n > 1 && n <= 3 && before && sharesPitch(links, pitch)) tracked = sameRow(before, piece);
  const ends = tracked ? wordEnds(links, 0) : links.map((link) => link.spaced);
  const letters = places.map((place) => String.fromCodePoint(codes[place]!));
  const spelled = (between: (i: number) => string) => letters.map((letter, i) => (i ? between(i - 1) : "") + letter).join("");
  let text = spelled((i) => (ends[i] ? " " : ""));
  // Letter by letter, with blanks that are stored.
  if (n > 3 && ends.filter(Boolean).length > SINGLE * n) {
    // Two blanks, of which pdfium gives one, are hardly wider than twice one.
    const wide = wordEnds(links, 1, WORD_GAP / 2);
    const [words, found] = wordsOf(spelled((i) => (ends[i] ? (wide[i] ? "  " : " ") : "")));
    if (found) text = words;
  }
  return [{ ...piece, text }, tracked ? median(links.map((link) => link.gap)) : 0];
}

/** Whether these few letters stand apart as those of the word before do. */
function sharesPitch(links: readonly Link[], pitch: number): boolean {
  return links.every((link) => Math.abs(link.gap - pitch) < NEAR * pitch && link.spaced && !link.stored);
}

/**
 * Of tracked capitals ("E X P E R I E N C E"): a word ends only at a gap that stands out, or where the
 * PDF stores more than `most` blanks.
 */
function wordEnds(links: readonly Link[], most: number, more = WORD_GAP): boolean[] {
  const wide = 1.6 * median(links.map((link) => link.gap)) + more;
  return links.map((link) => link.stored > most || link.gap > wide);
}

/** Letters that stand wider apart than pieces do, but evenly: a line of words after all. */
function gathered(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let run: Piece[] = [];
  for (const piece of pieces) {
    if (run.length && follows(run.at(-1)!, piece)) {
      run.push(piece);
      continue;
    }
    found.push(...oneLine(run));
    run = [piece];
  }
  return [...found, ...oneLine(run)];
}

function follows(letter: Piece, piece: Piece): boolean {
  const gap = piece.left - letter.right;
  const single = [letter, piece].every(({ text }) => [...text].length === 1);
  return single && 0 < gap && gap < SPREAD * height(piece) && sameRow(letter, piece);
}

function oneLine(run: readonly Piece[]): readonly Piece[] {
  if (run.length < 4) return run;
  const gaps = run.slice(1).map((piece, i) => piece.left - run[i]!.right);
  const usual = median(gaps);
  if (gaps.filter((gap) => Math.abs(gap - usual) < NEAR * usual).length / gaps.length < SINGLE) return run;
  const wide = 1.6 * usual + WORD_GAP * height(run[0]!);
  const letters = run.map(({ text }, i) => (i ? (gaps[i - 1]! > wide ? "  " : " ") : "") + text).join("");
  const [text, count] = wordsOf(letters);
  if (!count) return run;
  return [{ ...run.reduce((whole, piece) => join(whole, piece, "")), text }];
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
      const parted = piece.apart && gap >= NARROW * em && other.right - other.left > LEFT * em;
      if (-BACKSTEP * em < gap && gap < PIECE_GAP * em && !parted && sameRow(other, piece)) {
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
    apart: first.apart,
  };
}
