import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BundleError, InputError } from "../src/errors";
import { Mapper, type MapperFiles } from "../src/score";
import { BUNDLE } from "./golden";

const json = (name: string) => JSON.parse(readFileSync(`${BUNDLE}/${name}.json`, "utf8"));
/** Of the shipped bundle, the one that reads the cosine alone. */
const shipped: MapperFiles = {
  poly: json("cosine_poly_features"),
  ridge: json("cosine_ridge_weights"),
  neural: json("cosine_neural_weights"),
  own: json("cosine_mapper"),
};
/** Two features, degree 2: [a, b, aa, ab, bb]; the network adds nothing. */
const small: MapperFiles = {
  poly: { degree: 2, include_bias: false, n_features_in: 2, n_output_features: 5 },
  ridge: { coefficients: [1, 10, 100, 1000, 10000], intercept: 5 },
  neural: { activation: "relu", n_features_in: 2, coefs: [[[1], [-1]], [[0]]], intercepts: [[0], [0]] },
  own: {
    format: 1, features: ["a", "b"], low: [-1, -1], high: [1, 1], mean: [0, 0], scale: [1, 1], ensemble_weight: 1,
    bands: { upper: [10, 100], half_width: [3, 20] },
  },
};

describe("a mapper", () => {
  test("multiplies features in scikit-learn's order", () => {
    expect(new Mapper(small).score([0.1, 0.02])).toBeCloseTo(5 + 0.1 + 0.2 + 1 + 2 + 4, 9);
  });

  test("clips inputs to the range that it was fitted on, and scores to 0-100", () => {
    const mapper = new Mapper(small);
    expect(mapper.score([9, 0])).toBe(mapper.score([1, 0]));
    expect(mapper.score([1, 1])).toBe(100);
    expect(mapper.score([0, -0.05])).toBeGreaterThanOrEqual(0);
  });

  test("gives each score the band of its interval, the upper end included", () => {
    const mapper = new Mapper(small);
    expect(mapper.band(10)).toEqual([7, 13]);
    expect(mapper.band(10.01)).toEqual([0, 30.009999999999998]);
    expect(mapper.band(95)).toEqual([75, 100]);
  });

  test("rises with the cosine where resumes are", () => {
    const mapper = new Mapper(shipped);
    const scores = [0.2, 0.35, 0.5, 0.65].map((cosine) => mapper.score([cosine]));
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
  });

  test("of elsewhere, without mapper.json, knows nothing of its errors", () => {
    const mapper = new Mapper({ ...shipped, own: undefined });
    expect(mapper.featureNames).toEqual(["cosine"]);
    expect(mapper.band(40)).toEqual([0, 100]);
  });

  test("whose files do not fit each other is refused by name", () => {
    expect(() => new Mapper({ ...small, ridge: { coefficients: [1], intercept: 0 } })).toThrow(/ridge_weights.json/);
    expect(() => new Mapper({ ...small, neural: { ...small.neural, activation: "sine" } })).toThrow(BundleError);
    expect(() => new Mapper({ ...small, neural: { ...small.neural, coefs: [[[1]], [[0]]] } })).toThrow(/coefs\[0\]/);
  });

  test("refuses values that are no numbers", () => {
    expect(() => new Mapper(small).score([Number.NaN, 0])).toThrow(InputError);
    expect(() => new Mapper(small).score([1])).toThrow(InputError);
  });
});
