import { describe, expect, test } from "vitest";
import { Domains } from "../src/domains";
import { likely, readsLike } from "../src/report";

const written = {
  format: 1, encoder: "abc", names: ["law", "sales", "design"],
  weights: [[1, 0], [0, 1], [0, 0]], intercepts: [0, 0, 0], temperature: 0.5,
};

describe("what a document reads like", () => {
  test("is a softmax of the vector's products, most likely first", () => {
    const found = Domains.fromJson(written, "abc").of(Float32Array.of(0, 1));
    expect(found.map(({ name }) => name)).toEqual(["sales", "law", "design"]);
    expect(found[0]!.probability).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 2), 12);
    expect(found.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
  });

  test("is refused of a head that was fitted to another encoder, or is not whole", () => {
    expect(() => Domains.fromJson(written, "abd")).toThrow(/fitted to this bundle's encoder/);
    expect(() => Domains.fromJson({ ...written, intercepts: [0] }, "abc")).toThrow(/expected format 1/);
  });

  test("is told as far as it is likely, three at most", () => {
    const all = [0.5, 0.2, 0.2, 0.1].map((probability, i) => ({ name: "abcd"[i]!, probability }));
    expect(readsLike(all)).toBe("a (50%), b (20%), c (20%)");
    expect(likely([{ name: "a", probability: 0.93 }, { name: "b", probability: 0.07 }])).toHaveLength(1);
  });
});
