/** Multinomial logistic regressions whose features have names and whose weights are small numbers; rolefit/language/learned.py. */

import { constant } from "./data";

const STEP = constant<number>("learned", "STEP");

export interface Model {
  readonly bias: readonly number[]; // one a kind
  readonly weights: Readonly<Record<string, readonly number[]>>; // of each feature, in steps of STEP
}

export type Features = Map<string, number>;

const tables = new WeakMap<Model, ReadonlyMap<string, readonly number[]>>();

/** The probability of each kind, in the model's order. A feature that it does not know counts nothing. */
export function shares(model: Model, features: ReadonlyMap<string, number>, step = STEP): number[] {
  let weights = tables.get(model);
  if (!weights) tables.set(model, (weights = new Map(Object.entries(model.weights))));
  const sums = [...model.bias];
  for (const [name, value] of features) {
    const row = weights.get(name);
    if (row) for (let kind = 0; kind < sums.length; kind++) sums[kind]! += step * row[kind]! * value;
  }
  return softmax(sums);
}

export function softmax(sums: readonly number[]): number[] {
  const most = Math.max(...sums);
  const powers = sums.map((value) => Math.exp(value - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
