/**
 * What each feature did to a score: exact Shapley values against a background of ordinary pairs.
 *
 *     v(S) = mean over the background rows b of score(x where S, b elsewhere)
 *     points[i] = sum over S without i of |S|! (f - |S| - 1)! / f! * (v(S + i) - v(S))
 *
 * All 2^f coalitions are evaluated, so nothing is sampled and the points add up: base + all points =
 * score(x), with base = v(nothing), the score of an average pair.
 */

import { InputError } from "./errors";
import { constant } from "./language/data";

const MAX_FEATURES = constant<number>("shapley", "MAX_FEATURES"); // each feature more doubles the work

/** Features of ordinary pairs, and how many pairs each row stands for. */
export interface Background {
  readonly rows: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/**
 * The base and the points of `score` at `x`, which is called with 2^f rows for each of the background.
 * Throws InputError on other shapes, more than MAX_FEATURES features, an empty background or unusable
 * weights.
 */
export function shapley(
  score: (values: readonly number[]) => number,
  x: readonly number[],
  { rows, weights }: Background,
): { base: number; points: number[] } {
  if (x.length < 1 || x.length > MAX_FEATURES)
    throw new InputError(`x: expected 1 to ${MAX_FEATURES} feature values, got ${x.length}`);
  if (!rows.length || rows.some((row) => row.length !== x.length))
    throw new InputError(`background: expected a row or more of ${x.length} values`);
  const values = coalitionValues(score, x, rows, shares(weights, rows.length));
  return { base: values[0]!, points: pointsOf(values, x.length) };
}

/** `weights` as shares that add up to 1. */
function shares(weights: readonly number[], nRows: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const usable = weights.length === nRows && weights.every((weight) => Number.isFinite(weight) && weight >= 0);
  if (!usable || total <= 0)
    throw new InputError(`weights: expected ${nRows} numbers from 0, not all 0, got ${weights}`);
  return weights.map((weight) => weight / total);
}

/** v of every coalition; bit i of a coalition's number says whether feature i is in. */
function coalitionValues(
  score: (values: readonly number[]) => number,
  x: readonly number[],
  background: readonly (readonly number[])[],
  shares: readonly number[],
): Float64Array {
  const values = new Float64Array(2 ** x.length);
  for (let coalition = 0; coalition < values.length - 1; coalition++)
    background.forEach((row, number) => {
      const mixed = row.map((value, i) => ((coalition >> i) & 1 ? x[i]! : value));
      values[coalition]! += score(mixed) * shares[number]!;
    });
  // With every feature in, all rows are x. Scored alone it is the very score that is explained.
  values[values.length - 1] = score(x);
  return values;
}

/** Coalition values -> Shapley values. */
function pointsOf(values: Float64Array, nFeatures: number): number[] {
  const bySize = Array.from(
    { length: nFeatures },
    (_, size) => (factorial(size) * factorial(nFeatures - size - 1)) / factorial(nFeatures),
  );
  const points = new Array<number>(nFeatures).fill(0);
  for (let coalition = 0; coalition < values.length; coalition++) {
    const share = bySize[bits(coalition)]!;
    for (let i = 0; i < nFeatures; i++)
      if (!((coalition >> i) & 1)) points[i]! += share * (values[coalition | (1 << i)]! - values[coalition]!);
  }
  return points;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

function bits(number: number): number {
  return number ? (number & 1) + bits(number >> 1) : 0;
}
