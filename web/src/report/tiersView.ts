/** Tiers in the words that every report has; rolefit/report/tiers_view.py. */

import { commas } from "../python";
import shared from "../shared.json";
import type { Tiering } from "../tiers";

/** How many people there are in each tier, from the first on. */
export function peopleOf({ tiers }: Tiering): number[] {
  const counts: number[] = [];
  for (const tier of tiers) counts[tier - 1] = (counts[tier - 1] ?? 0) + 1;
  return counts;
}

/** What stands above a place (from 0), "" above one who is alone. Nothing where all are apart. */
export function headings(tiering: Tiering): Map<number, string> {
  const people = peopleOf(tiering);
  const found = new Map<number, string>();
  if (!people.some((count) => count > 1)) return found;
  tiering.tiers.forEach((tier, place) => {
    if (tier !== tiering.tiers[place - 1]) found.set(place, called(people[tier - 1]!));
  });
  if (!found.get(0)) found.delete(0); // nothing to be told from, above the first
  return found;
}

/** "these nine cannot be told apart"; "" for one alone. */
function called(people: number): string {
  if (people < 2) return "";
  return `these ${shared.tiers.numbers[people - 2] ?? commas(people)} cannot be told apart`;
}

/** What a tier is and how well it holds. */
export function meaning({ jobs, across, next }: Tiering): string {
  const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;
  return (
    `Who cannot be told apart by score stands in one group. On ${jobs} jobs that the model had not seen the judge ordered ` +
    `${percent(across)} of pairs in different groups the same way, ${percent(next)} of those in neighbouring ones.`
  );
}
