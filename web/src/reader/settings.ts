/** reader.json: what the reader's model is to be used with, and refusing it otherwise. */

import { BundleError } from "../errors";
import { constant } from "../language/data";
import { type Matrix, matrix } from "../matrices";
import { PLACES } from "./passages";
import type { Lengths } from "./prompt";
import { FACTS } from "./scalars";

const FORMAT = constant<number>("reader", "FORMAT");
export const MODEL = constant<string>("reader", "MODEL");
export const SETTINGS = constant<string>("reader", "SETTINGS");
export const STATUSES = constant<readonly string[]>("reader", "STATUSES");
const LENGTHS = ["requirement", "passage", "card", "alone"] as const;

export interface Settings {
  readonly passages: number; // that are read across at most
  readonly lengths: Lengths;
  readonly scale: number;
  readonly near: Readonly<Record<"w1" | "b1" | "w2" | "b2", Matrix>>;
  readonly rarity: Float32Array;
  readonly final: { readonly w: readonly (readonly number[])[]; readonly b: readonly number[] };
  readonly sure: number;
  readonly mix: number;
}

type Json = Readonly<Record<string, unknown>>;

/** Throws BundleError. `modelBytes` has the model beside it, `tokenizerSha256` the tokenizer that is there. */
export function settingsOf(content: unknown, modelBytes: number, tokenizerSha256: string): Settings {
  try {
    const json = content as Json;
    if (json.format !== FORMAT) throw new Error(`format ${FORMAT} expected, got ${String(json.format)}`);
    if (json.tokenizer_sha256 !== tokenizerSha256) throw new Error("it was taught with the word pieces of another model");
    if (json.model_bytes !== modelBytes) throw new Error(`${MODEL} of ${String(json.model_bytes)} bytes expected, got ${modelBytes}`);
    const near = json.near as Json;
    const final = json.final as { w: number[][]; b: number[] };
    const unit = number(json.rarity_unit);
    const settings: Settings = {
      passages: number(json.passages),
      lengths: Object.fromEntries(LENGTHS.map((name) => [name, number((json.lengths as Json)[name])])) as Lengths,
      scale: number(near.scale),
      near: { w1: rows(near.w1), b1: rows([near.b1]), w2: rows(near.w2), b2: rows([near.b2]) },
      rarity: Float32Array.from(json.rarity as number[], (count) => number(count) / unit),
      final: { w: final.w.map((row) => row.map(number)), b: final.b.map(number) },
      sure: number(json.sure),
      mix: number(json.mix),
    };
    check(settings);
    return settings;
  } catch (error) {
    throw new BundleError(`${SETTINGS}: field missing or wrong: ${(error as Error).message}. Export the page again`);
  }
}

function check({ near, final }: Settings): void {
  const inputs = 1 + 2 + PLACES.length + 6;
  const facts = STATUSES.length + FACTS + 1;
  const shapes = [near.w1.columns, final.w.length, ...final.w.map((row) => row.length), final.b.length];
  const wanted = [inputs, STATUSES.length, ...STATUSES.map(() => facts), STATUSES.length];
  if (shapes.join() !== wanted.join()) throw new Error(`weights of shapes ${wanted} expected, got ${shapes}`);
}

function number(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`a number expected, got ${String(value)}`);
  return value;
}

function rows(value: unknown): Matrix {
  const list = value as number[][];
  const found = matrix(list.length, list[0]!.length);
  found.data.set(list.flatMap((row) => row.map(number)));
  return found;
}
