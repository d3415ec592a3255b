/**
 * Gutters that are hardly wider than a blank, given away by row after row that begins there;
 * rolefit/reading/gutters.py, step by step.
 */

import { roundHalfEven } from "../python";
import shared from "../shared.json";

export const { NARROW, WIDER, ROWS, FAR, LEFT } = shared.gutters;

/** How a character stands to the one drawn before it. */
export interface Link {
  readonly joined: boolean; // in one piece
  readonly stored: number; // blanks that the PDF stores between them
  readonly spaced: boolean; // a word seems to end
  readonly gap: number; // em
}

/** (n,) which characters begin a piece beyond a narrow gutter; `boxes` (4 n,), `links` (n-1,). */
export function beyond(boxes: Float64Array, links: readonly Link[], median: (values: readonly number[]) => number): boolean[] {
  const n = boxes.length / 4;
  const found = new Array<boolean>(n).fill(false);
  const words = links.filter((link) => link.joined && link.spaced).map((link) => link.gap);
  const least = words.length ? Math.max(NARROW, WIDER * median(words)) : NARROW;
  const left = (i: number): number => boxes[4 * i]!;
  const middle = (i: number): number => (boxes[4 * i + 1]! + boxes[4 * i + 3]!) / 2;
  const starts = new Map<number, number>();
  const places: number[] = [];
  for (let i = 0; i < n; i++) {
    const link = links[i - 1];
    if (link && link.joined && !(link.spaced && link.gap >= least)) continue;
    places.push(i);
    const whole = roundHalfEven(Math.min(FAR, Math.max(-FAR, left(i))));
    starts.set(whole, (starts.get(whole) ?? 0) + 1);
  }
  for (const [value, count] of starts) {
    if (count < ROWS) continue;
    const at = places.filter((i) => Math.abs(left(i) - value) <= 0.5);
    if (at.length < ROWS) continue;
    const em = median(at.map((i) => boxes[4 * i + 3]! - boxes[4 * i + 1]!));
    const rows = at.map(middle);
    const [lowest, highest] = [Math.min(...rows) - em / 2, Math.max(...rows) + em / 2];
    const crossing = new Set<number>();
    for (let i = 0; i < n; i++) {
      const y = middle(i);
      if (left(i) < value - 0.6 && boxes[4 * i + 2]! > value - NARROW * em + 0.1 && y > lowest && y < highest)
        crossing.add(roundHalfEven(y * 10) / 10);
    }
    const edges = [...crossing];
    const bands = new Map<number, number[]>(); // between which rows that cross it
    at.forEach((i, k) => {
      const band = edges.filter((edge) => edge < rows[k]!).length;
      bands.set(band, [...(bands.get(band) ?? []), i]);
    });
    for (const held of bands.values())
      if (new Set(held.map((i) => roundHalfEven(middle(i)))).size >= ROWS) for (const i of held) found[i] = true;
  }
  return found;
}
