/** What may leave a sealed page: counts of a ranking that name nobody, and of no group so small that it could. */

import type { Ranked } from "../engine/protocol";
import shared from "../shared.json";
import { likely, type Report, verdict } from "./index";

export const FEWEST = 5; // people of a group that is told of

type Counts = Readonly<Record<string, number | string>>;

/** As JSON; "" where there are too few people for any figure. Without names of files, of the job's too. */
export function aggregates({ bundle, unread, confirmed }: Report, ranked: readonly Ranked[]): string {
  if (ranked.length < FEWEST) return "";
  const scores = ranked.map(({ match, weighted }) => weighted?.score ?? match.score).sort((a, b) => a - b);
  const content = {
    schema: 1,
    rolefit: shared.version,
    bundle,
    ranked: ranked.length,
    not_read: counted(unread.map(({ name }) => name)),
    fewest: FEWEST,
    scores: { mean: mean(scores), quarter: at(scores, 0.25), median: at(scores, 0.5), three_quarters: at(scores, 0.75) },
    verdicts: counted(scores.map(verdict)),
    professions: counted(ranked.flatMap(({ match }) => likely(match.resumeDomains).map(({ name }) => name))),
    musts: (confirmed?.wishes ?? []).filter(({ must }) => must).map(({ id, text }) => ({
      requirement: text,
      stands: counted(ranked.flatMap(({ weighted }) => weighted?.statuses.filter(([wish]) => wish === id).map(([, status]) => status) ?? [])),
    })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** How many there are of each; of few it is only said that they are few. */
function counted(words: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort().map(([word, count]) => [word, count < FEWEST ? `fewer than ${FEWEST}` : count]));
}

function mean(scores: readonly number[]): number {
  return Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

/** Of rising scores, to the nearest five: a score of one person is none of a crowd. */
function at(scores: readonly number[], share: number): number {
  return 5 * Math.round(scores[Math.round(share * (scores.length - 1))]! / 5);
}
