/** Which people of one job can be told apart by their scores, and which cannot; rolefit/tiers.py. */

import { BundleError } from "./errors";
import shared from "./shared.json";

/** What tiers.json says; see rolefit/tiers.py. */
interface Content {
  readonly format: number;
  readonly scored_by: string;
  readonly level: number;
  readonly scores: readonly number[];
  readonly spread: readonly number[];
  readonly held: Held;
}

/** How well tiers held on jobs that they were not fitted to. */
interface Held {
  readonly jobs: number;
  readonly across: number; // share of pairs in different tiers that the judge orders the same way
  readonly next: number; // the same of neighbouring tiers
  readonly alike: number; // share of all pairs that the judge gives the same score
}

/** The tier, from 1, of each place of a ranking; who has the same cannot be told apart. */
export interface Tiering extends Held {
  readonly tiers: readonly number[];
  readonly level: number;
}

export class Tiers {
  private constructor(
    private readonly content: Content,
    private readonly gaps: number, // between two people, in spreads
  ) {}

  /** null of a mapper that was fitted anew: better no tiers than those of another. Throws BundleError. */
  static fromJson(content: Content, scoredBy: string): Tiers | null {
    const { format, scores, spread, level } = content;
    const rising = scores?.every((score, i) => !i || scores[i - 1]! < score);
    const sound = scores?.length > 0 && spread?.length === scores.length && spread.every((one) => one > 0);
    if (format !== shared.tiers.format || !rising || !sound || !(level > 0.5 && level < 1))
      throw new BundleError("tiers.json: expected rising scores, a spread above 0 for each and a level below 1");
    return content.scored_by === scoredBy ? new Tiers(content, quantile(level)) : null;
  }

  /** Of `scores`, which fall; those of `apart` begin anew behind the others. */
  tiering(scores: readonly number[], apart: readonly boolean[] = []): Tiering {
    const { level, held } = this.content;
    const tiers: number[] = [];
    let best = 0;
    scores.forEach((score, at) => {
      const begins = !at || apart[at] !== apart[at - 1] || this.areApart(best, score);
      tiers.push((tiers.at(-1) ?? 0) + (begins ? 1 : 0));
      if (begins) best = score;
    });
    return { tiers, level, jobs: held.jobs, across: held.across, next: held.next, alike: held.alike };
  }

  private areApart(one: number, other: number): boolean {
    return Math.abs(one - other) >= this.gaps * this.spread((one + other) / 2);
  }

  private spread(score: number): number {
    const { scores, spread } = this.content;
    const at = scores.findIndex((knot) => score <= knot);
    if (at <= 0) return at ? spread.at(-1)! : spread[0]!;
    const share = (score - scores[at - 1]!) / (scores[at]! - scores[at - 1]!);
    return spread[at - 1]! + share * (spread[at]! - spread[at - 1]!);
  }
}

/** NormalDist().inv_cdf of a level above a half, by halves of what is left; the integral by Simpson's rule. */
function quantile(level: number): number {
  const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const below = (x: number): number => {
    const [steps, step] = [400, x / 400];
    let sum = density(0) + density(x);
    for (let i = 1; i < steps; i++) sum += (i % 2 ? 4 : 2) * density(i * step);
    return 0.5 + (sum * step) / 3;
  };
  let [low, high] = [0, 10];
  for (let halves = 0; halves < 60; halves++) {
    const middle = (low + high) / 2;
    if (below(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
