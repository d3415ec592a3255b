/** Advice made ready to be shown, in the words of `rolefit improve` (rolefit/report/improve_terminal.py). */

import type { Advice, Gap, Tried } from "../improve";
import shared from "../shared.json";
import { COMPARED, NEAREST, tidy } from "./explainView";

export const WORDS = shared.improved;
const LONGEST = 160; // characters of a requirement or line that is quoted

/** The rewordings that gain, largest first. */
export function gaining({ rewordings, noise }: Advice): Tried[] {
  return rewordings.filter(({ gain }) => gain >= noise);
}

/** Gaps of one kind: ["Shown in part:", ["a line (skill: Go)", ...]]; facts have no title. */
export type GapGroup = readonly [title: string, items: readonly string[]];

/** Facts first; only the kinds that there are. */
export function gapGroups({ gaps }: Advice): GapGroup[] {
  const of = (kind: Gap["kind"], say: (gap: Gap) => string): string[] => gaps.filter((gap) => gap.kind === kind).map(say);
  const groups: GapGroup[] = [
    ["", gaps.flatMap((gap) => (gap.kind in COMPARED ? [fact(gap)] : []))],
    [WORDS.not_shown, of("requirement", wanted)],
    [WORDS.in_part, of("partly", (gap) => wanted(gap) + (gap.shown && gap.shown !== NEAREST ? ` (${gap.shown})` : ""))],
    [WORDS.no_skill, of("skill", ({ asked }) => asked)],
    [WORDS.only_named, of("mention", ({ asked, shown }) => `${asked}: “${tidy(shown, LONGEST)}”`)],
  ];
  return groups.filter(([, items]) => items.length);
}

function wanted({ asked, cost }: Gap): string {
  return tidy(asked, LONGEST) + (cost ? ` · up to ${cost.toFixed(1)} points` : "");
}

function fact({ kind, asked, shown }: Gap): string {
  return `${COMPARED[kind as keyof typeof COMPARED]}: asked ${asked}; ${shown ? `the resume shows ${shown}` : "not shown in the resume"}`;
}
