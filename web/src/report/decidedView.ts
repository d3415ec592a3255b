/** What a person decided and what it did, in the words that every report has; rolefit/report/decided_view.py. */

import type { Confirmed, Weighted, Wish } from "../decide";
import { cut } from "./explainView";

const MOST = 60; // characters of a requirement

/** [["must", "RN licence"], ...]; [] where all is as it was. */
export function decisions({ wishes }: Confirmed): [string, string][] {
  const freed = wishes.filter(({ must, byLaw }) => byLaw && !must);
  return [
    ...wishes.filter(({ must }) => must).map((wish): [string, string] => ["must", called(wish)]),
    ...freed.map((wish): [string, string] => ["no must", called(wish)]),
  ];
}

export function called({ text }: Wish): string {
  return cut(text, MOST);
}

/** "76.2, held at 60 -16.2: 60.0": every step, which add up. */
export function sumOf({ default: before, steps, score }: Weighted): string {
  const each = steps.map(({ label, points }) => `${cut(label, MOST)} ${points < 0 ? "" : "+"}${points.toFixed(1)}`);
  return `${before.toFixed(1)}, ${each.join(", ")}: ${score.toFixed(1)}`;
}
