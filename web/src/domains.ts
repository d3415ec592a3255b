/**
 * A document's vector -> which profession it reads like, as probabilities.
 *
 *     p = softmax((vector @ weights.T + intercepts) / temperature)
 *
 * `domains.json` of a bundle holds all of it.
 */

import { BundleError } from "./errors";
import type { Domain } from "./records";

const FORMAT = 1;

interface Written {
  readonly format: number;
  readonly encoder: string;
  readonly names: readonly string[];
  readonly weights: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
  readonly temperature: number;
}

/** The head of one encoder. */
export class Domains {
  private constructor(
    readonly names: readonly string[],
    private readonly weights: readonly (readonly number[])[], // (domains, hidden)
    private readonly intercepts: readonly number[],
    private readonly temperature: number,
  ) {}

  /** From the parsed file; `encoder` is the hash it must have been fitted to. Throws BundleError. */
  static fromJson(content: unknown, encoder: string): Domains {
    const { format, names = [], weights, intercepts, temperature = 0, encoder: fitted } = content as Partial<Written>;
    const fits = weights?.length === names.length && intercepts?.length === names.length;
    if (format !== FORMAT || names.length < 2 || !fits || !(temperature > 0))
      throw new BundleError(`domains.json: expected format ${FORMAT} with weights and an intercept for each name, and a temperature above 0`);
    if (fitted !== encoder)
      throw new BundleError(`domains.json: expected a head fitted to this bundle's encoder (${encoder.slice(0, 12)}), got one of another`);
    return new Domains(names, weights, intercepts, temperature);
  }

  /** In the order of `names`. */
  probabilities(vector: Float32Array): number[] {
    const scaled = this.weights.map((row, i) => {
      const logit = row.reduce((sum, weight, k) => sum + weight * vector[k]!, this.intercepts[i]!);
      return logit / this.temperature;
    });
    const most = Math.max(...scaled);
    const powers = scaled.map((value) => Math.exp(value - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  }

  /** Every domain with its probability, the most likely first. */
  of(vector: Float32Array): Domain[] {
    const found = this.probabilities(vector).map((probability, i) => ({ name: this.names[i]!, probability }));
    return found.sort((a, b) => b.probability - a.probability);
  }
}
