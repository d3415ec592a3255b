/** Two Encodings -> the named numbers that the mapper turns into a score. A new feature is one function. */

import { BundleError } from "./errors";
import type { Encoding } from "./records";

export type Feature = (resume: Encoding, job: Encoding) => number;

/** Cosine of the document vectors, in [-1, 1]. */
export function cosine(resume: Encoding, job: Encoding): number {
  let product = 0;
  for (let i = 0; i < resume.vector.length; i++) product += resume.vector[i]! * job.vector[i]!;
  return Math.min(1, Math.max(-1, product));
}

export const FEATURES: ReadonlyMap<string, Feature> = new Map([["cosine", cosine]]);

/** The named features of one pair. Throws BundleError if the mapper asks for unknown ones. */
export function pairFeatures(names: readonly string[], resume: Encoding, job: Encoding): number[] {
  const unknown = names.filter((name) => !FEATURES.has(name));
  if (unknown.length)
    throw new BundleError(
      `the mapper asks for features this version does not compute: ${unknown.join(", ")}; ` +
        `known are ${[...FEATURES.keys()].join(", ")}`,
    );
  return names.map((name) => FEATURES.get(name)!(resume, job));
}
