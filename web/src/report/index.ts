/** A ranking as people and programs read it; the words and numbers are rolefit/report's. */

import type { Confirmed, Weighted } from "../decide";
import type { ReadError } from "../errors";
import type { Domain, Match, Notice } from "../records";
import shared from "../shared.json";
import type { Tiering } from "../tiers";

export const MEANING = shared.meaning;

/** One job, its matches (best first), and what could not be read. */
export interface Report {
  readonly job: string;
  readonly matches: readonly Match[];
  readonly unread: readonly (Pick<ReadError, "file" | "cause" | "remedy"> & { readonly name: string })[];
  readonly bundle: { readonly name: string; readonly version: string; readonly sha256: string };
  readonly confirmed?: Confirmed; // what a person decided must be shown,
  readonly weighted?: readonly Weighted[]; // and what becomes of each match
  readonly tiering?: Tiering; // who cannot be told apart
}

const ofJob = (notice: Notice): boolean => notice.code.startsWith("job-");

/** Notices of the job, which every match repeats. */
export function aboutJob(report: Pick<Report, "matches">): Notice[] {
  return report.matches[0]?.notices.filter(ofJob) ?? [];
}

/** Notices of the resume alone. */
export function aboutResume(match: Match): Notice[] {
  return match.notices.filter((notice) => !ofJob(notice));
}

/** The fewest of `domains`, most likely first, that together hold 90%; three at most. */
export function likely(domains: readonly Domain[]): Domain[] {
  const found: Domain[] = [];
  for (const domain of domains.slice(0, 3)) {
    found.push(domain);
    if (found.reduce((sum, one) => sum + one.probability, 0) >= 0.9) break;
  }
  return found;
}

/** "healthcare (83%), education (9%)": the likely ones; "" of none. */
export function readsLike(domains: readonly Domain[]): string {
  return likely(domains).map(({ name, probability }) => `${name} (${(100 * probability).toFixed(0)}%)`).join(", ");
}

/** The score as people see it. */
export function whole(score: number): number {
  return Math.floor(score + 0.5);
}

/** The word for the score that people see, so that the two never disagree. */
export function verdict(score: number): string {
  return shared.verdicts.find(([last]) => whole(score) <= (last as number))![1] as string;
}
