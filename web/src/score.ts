/**
 * features -> 0-100 and band, from the bundle's JSON files; the Python twin is rolefit/score.py.
 *
 *     x = clip(values, low, high)
 *     z = (x - mean) / scale
 *     p = every product of up to `degree` of the z's, scikit-learn's order
 *     score = clip(w * ridge(p) + (1 - w) * network(z or p), 0, 100)
 */

import { BundleError, InputError } from "./errors";

export interface MapperFiles {
  readonly poly: PolyJson;
  readonly ridge: RidgeJson;
  readonly neural: NeuralJson;
  readonly own: OwnJson | undefined; // absent in a mapper from elsewhere: one feature, the cosine
}

interface PolyJson {
  readonly degree: number;
  readonly include_bias: boolean;
  readonly n_features_in: number;
  readonly n_output_features: number;
}

interface RidgeJson {
  readonly coefficients: readonly number[] | readonly [readonly number[]];
  readonly intercept: number | readonly [number];
}

interface NeuralJson {
  readonly activation: string;
  readonly n_features_in: number;
  readonly coefs: readonly (readonly (readonly number[])[])[];
  readonly intercepts: readonly (readonly number[])[];
}

interface OwnJson {
  readonly format: number;
  readonly features: readonly string[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  readonly ensemble_weight: number;
  readonly bands: KnotBands | IntervalBands;
}

/** The band at rising scores from 0 to 100; between two of them its ends run straight. */
interface KnotBands {
  readonly scores: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Of older files: a half-width for each interval of scores, which holds its upper end. */
interface IntervalBands {
  readonly upper: readonly number[];
  readonly half_width: readonly number[];
}

/** Of the network: a row of weights for each input, one after the other. */
interface Layer {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

const FORMAT = 1;
const FOREIGN: OwnJson = {
  format: FORMAT,
  features: ["cosine"],
  low: [-Number.MAX_VALUE],
  high: [Number.MAX_VALUE],
  mean: [0],
  scale: [1],
  ensemble_weight: 0.5,
  bands: { scores: [0, 100], low: [0, 0], high: [100, 100] },
};
const ACTIVATIONS: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  logistic: (x) => 0.5 * (1 + Math.tanh(0.5 * x)),
  identity: (x) => x,
};
// Python rounds there too, so that equal pairs tie exactly.
const DECIMALS = 1e10;

/** Features of a pair -> its score. Immutable. */
export class Mapper {
  readonly featureNames: readonly string[];
  private readonly own: OwnJson;
  private readonly terms: readonly (readonly number[])[]; // the features that each term multiplies
  private readonly coefficients: readonly number[];
  private readonly intercept: number;
  private readonly activation: (x: number) => number;
  private readonly layers: readonly Layer[];

  /** Throws BundleError if the files do not fit each other. */
  constructor(private readonly files: MapperFiles) {
    this.own = files.own ?? FOREIGN;
    if (this.own.format !== FORMAT) refuse("mapper.json: format", FORMAT, this.own.format);
    this.featureNames = this.own.features;
    const k = this.own.features.length;
    const { poly, ridge, neural } = files;
    if (poly.n_features_in !== k) refuse("poly_features.json: n_features_in", k, poly.n_features_in);
    this.terms = polynomial(k, poly.degree, poly.include_bias);
    const terms = this.terms.length;
    if (poly.n_output_features !== terms)
      refuse("poly_features.json: n_output_features", terms, poly.n_output_features);
    this.coefficients = ridge.coefficients.flat();
    if (this.coefficients.length !== terms) refuse("ridge_weights.json: coefficients", terms, this.coefficients.length);
    this.intercept = [ridge.intercept].flat()[0]!;
    this.activation =
      ACTIVATIONS[neural.activation] ??
      refuse("neural_weights.json: activation", Object.keys(ACTIVATIONS), neural.activation);
    if (![k, terms].includes(neural.n_features_in))
      refuse("neural_weights.json: n_features_in", `${k} or ${terms}`, neural.n_features_in);
    let inputs = neural.n_features_in;
    neural.coefs.forEach((weight, layer) => {
      const outputs = neural.intercepts[layer]?.length ?? -1;
      if (weight.length !== inputs || weight.some((row) => row.length !== outputs))
        refuse(`neural_weights.json: coefs[${layer}]`, `${inputs} rows of ${outputs}`, `${weight.length} rows`);
      inputs = outputs;
    });
    if (inputs !== 1) refuse("neural_weights.json: outputs", 1, inputs);
    this.layers = neural.coefs.map((rows, layer) => ({
      weights: Float64Array.from(rows.flat()),
      biases: Float64Array.from(neural.intercepts[layer]!),
    }));
  }

  /** The score, 0-100, of one pair's `values` in the order of `featureNames`. */
  score(values: readonly number[]): number {
    if (values.length !== this.featureNames.length || !values.every(Number.isFinite))
      throw new InputError(`feature values: expected ${this.featureNames.length} finite numbers, got ${values}`);
    const { low, high, mean, scale, ensemble_weight: w } = this.own;
    const z = values.map((value, i) => (Math.min(high[i]!, Math.max(low[i]!, value)) - mean[i]!) / scale[i]!);
    const terms = this.terms.map((factors) => factors.reduce((product, i) => product * z[i]!, 1));
    const ridge = terms.reduce((sum, term, i) => sum + term * this.coefficients[i]!, 0) + this.intercept;
    const network = this.network(this.files.neural.n_features_in === terms.length ? terms : z);
    const score = Math.min(100, Math.max(0, w * ridge + (1 - w) * network));
    return Math.round(score * DECIMALS) / DECIMALS;
  }

  /** A pair in the middle of what it was fitted on. */
  get middle(): number[] {
    const { low, high, mean } = this.own;
    return mean.map((value, i) => Math.min(high[i]!, Math.max(low[i]!, value)));
  }

  private network(inputs: readonly number[]): number {
    let hidden: Float64Array = Float64Array.from(inputs);
    this.layers.forEach(({ weights, biases }, layer) => {
      const sums = biases.slice();
      for (let i = 0, at = 0; i < hidden.length; i++) {
        const input = hidden[i]!;
        if (input === 0) at += sums.length; // half of what a layer hands on, and an explanation asks 65,000 times
        else for (let j = 0; j < sums.length; j++) sums[j]! += input * weights[at++]!;
      }
      // The output is linear.
      if (layer < this.layers.length - 1) for (let j = 0; j < sums.length; j++) sums[j] = this.activation(sums[j]!);
      hidden = sums;
    });
    return hidden[0]!;
  }

  /** Where the judge's score lies 9 times in 10; within 0-100. */
  band(score: number): [number, number] {
    const [low, high] = ends(this.own.bands, score);
    return [Math.max(0, Math.min(100, low)), Math.max(0, Math.min(100, high))];
  }
}

function ends(bands: KnotBands | IntervalBands, score: number): [number, number] {
  if ("upper" in bands) {
    const half = bands.half_width[bands.upper.findIndex((end) => score <= end)]!;
    return [score - half, score + half];
  }
  const { scores, low, high } = bands;
  const next = Math.max(1, scores.findIndex((knot) => score <= knot));
  const share = (score - scores[next - 1]!) / (scores[next]! - scores[next - 1]!);
  const between = (values: readonly number[]): number =>
    values[next - 1]! + share * (values[next]! - values[next - 1]!);
  return [between(low), between(high)];
}

function refuse(field: string, expected: unknown, got: unknown): never {
  throw new BundleError(`${field}: expected ${expected}, got ${got}. Copy the bundle again`);
}

/** The terms of scikit-learn's PolynomialFeatures, each as the features it multiplies. */
function polynomial(k: number, degree: number, includeBias: boolean): number[][] {
  const terms: number[][] = includeBias ? [[]] : [];
  let level: number[][] = [[]];
  for (let size = 1; size <= degree; size++) {
    level = level.flatMap((term) =>
      Array.from({ length: k - (term.at(-1) ?? 0) }, (_, i) => [...term, (term.at(-1) ?? 0) + i]),
    );
    terms.push(...level);
  }
  return terms;
}
