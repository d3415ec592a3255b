import { describe, expect, test } from "vitest";
import { BundleError } from "../src/errors";
import { addingUp, MOST, NAMES, PartsHead } from "../src/parts";
import { unpack } from "../src/partsFile";
import type { Ask, Profile } from "../src/records";

const WIDTH = 4;
const HIDDEN = 6;
const SCALARS = [0.2, -0.1, 0.3, 0.5, 1, 0, -1, 1];

/** Numbers that look like chance and are the same everywhere. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 0x7fffffff;
    return state / 0x7fffffff - 0.5;
  };
}

function packed(rows: number, columns: number, next: () => number): object {
  const steps = Int8Array.from({ length: rows * columns }, () => Math.round(254 * next()));
  const int8 = btoa(String.fromCharCode(...new Uint8Array(steps.buffer)));
  return { shape: [rows, columns], scales: Array.from({ length: rows }, () => 0.01 + Math.abs(next()) / 100), int8 };
}

/** A head whose weights are of the sizes that belong together, some replaced. */
function written(part: Record<string, unknown> = {}, weights: Record<string, unknown> = {}): Record<string, unknown> {
  const next = chance(7);
  const all: Record<string, unknown> = {};
  const vector = (name: string, length: number, value = next): void => {
    all[name] = { values: Array.from({ length }, value) };
  };
  const layer = (name: string, rows: number, columns: number): void => {
    all[`${name}.weight`] = packed(rows, columns, next);
    vector(`${name}.bias`, rows);
  };
  all["part"] = packed(5, WIDTH, next);
  vector("pb", 5);
  vector("mean", 8);
  vector("sd", 8, () => 1);
  all["jk.weight"] = packed(6, WIDTH, next);
  all["rk.weight"] = packed(2, WIDTH, next);
  for (const name of ["jm.weight", "rm.weight"]) all[name] = packed(4, HIDDEN, next);
  for (const name of ["ji", "ri"]) layer(name, WIDTH, HIDDEN);
  layer("mi", WIDTH, 4);
  layer("pos", WIDTH, 2);
  layer("x", 5 * WIDTH, 8);
  layer("po", 1, WIDTH);
  const norms = ["nr", "nj", "no", ...["blocks.0", "blocks.1"].flatMap((block) => ["nq", "ns", "nf"].map((one) => `${block}.${one}`))];
  for (const name of norms) {
    vector(`${name}.weight`, WIDTH, () => 1 + next());
    vector(`${name}.bias`, WIDTH);
  }
  for (const block of ["blocks.0", "blocks.1"]) {
    for (const one of ["q", "k", "v", "o", "so"]) layer(`${block}.${one}`, WIDTH, WIDTH);
    layer(`${block}.sq`, 3 * WIDTH, WIDTH);
    layer(`${block}.f1`, 6, WIDTH);
    layer(`${block}.f2`, WIDTH, 6);
  }
  return { format: 1, encoder: "0123456789abcdef", heads: 2, spaces: 2, scale: 3, weights: { ...all, ...weights }, ...part };
}

function profile(seed: number, titles: number, units: number, asks: readonly Partial<Ask>[] = []): Profile {
  const next = chance(seed);
  const rows = (count: number) => Array.from({ length: count }, () => Float32Array.from({ length: HIDDEN }, next));
  return { titles: rows(titles), encoding: { lines: rows(units) }, asks } as unknown as Profile;
}

const open = (content: unknown, encoder = "0123456789abcdef") => PartsHead.fromJson(content, encoder);

describe("the four parts", () => {
  const head = open(written());
  const job = profile(11, 1, 3, [{ unit: 0, kind: "required", must: true }, { unit: 2, kind: "duty", must: false }]);

  test("are points from nothing to the most of each, with four decimals", () => {
    const points = head.points(profile(5, 2, 4), job, SCALARS);
    expect(points).toHaveLength(NAMES.length);
    points.forEach((value, i) => {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(MOST[i]!);
      expect(value).toBe(Number(value.toFixed(4)));
    });
  });

  test("are the same for the same pair, whatever was compared before", () => {
    const [one, other] = [profile(5, 2, 4), profile(6, 0, 9)];
    const first = head.points(one, job, SCALARS);
    head.points(other, job, SCALARS);
    head.points(one, profile(12, 0, 2), SCALARS);
    expect(head.points(one, job, SCALARS)).toEqual(first);
    expect(open(written()).points(one, job, SCALARS)).toEqual(first);
  });

  test("hang on both texts, on what is asked for and on what was counted", () => {
    const base = head.points(profile(5, 2, 4), job, SCALARS);
    const other = [
      head.points(profile(6, 2, 4), job, SCALARS),
      head.points(profile(5, 2, 4), profile(12, 1, 3), SCALARS),
      head.points(profile(5, 2, 4), { ...job, asks: [] }, SCALARS),
      head.points(profile(5, 2, 4), job, SCALARS.map((value) => value + 1)),
    ];
    for (const points of other) expect(points).not.toEqual(base);
  });

  test("are points of texts without a line, and of a resume with more titles than are read", () => {
    for (const [resume, wanted] of [[profile(5, 0, 0), profile(7, 0, 0)], [profile(5, 1, 0), job]] as const)
      for (const value of head.points(resume, wanted, SCALARS)) expect(value).toBeGreaterThan(0);
    const many = profile(5, 12, 2);
    expect(head.points(many, job, SCALARS)).toEqual(head.points({ ...many, titles: many.titles.slice(0, 8) }, job, SCALARS));
  });

  test("add up to the mapper's score, each between 0 and its most", () => {
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    for (const score of [0, 12.5, 60, 99, 100]) {
      const points = addingUp(score, [30, 20, 5, 1]);
      expect(sum(points)).toBeCloseTo(score, 9);
      points.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(MOST[i]! + 1e-9);
      });
    }
    expect(addingUp(56, [30, 20, 5, 1])).toEqual([30, 20, 5, 1]);
    expect(addingUp(100, MOST)).toEqual(MOST);
  });
});

describe("the head of a bundle", () => {
  const refused = (content: unknown, encoder?: string): string => {
    try {
      open(content, encoder);
    } catch (error) {
      expect(error).toBeInstanceOf(BundleError);
      return (error as Error).message;
    }
    return "it was taken";
  };

  test("of another encoder is refused: it would answer at random", () => {
    expect(refused(written(), "fedcba9876543210")).toBe(
      "parts.json: expected a head trained on this bundle's encoder (fedcba987654), got one of 0123456789ab. " +
        "Copy the bundle again, or train its parts again: rolefit train parts",
    );
  });

  test("of another format, or that is not there, is refused", () => {
    for (const content of [undefined, null, [], {}, written({ format: 2 })])
      expect(refused(content)).toMatch(/^parts.json: expected format 1. Copy the bundle again/);
  });

  test("whose weights are spoilt is refused, and says which", () => {
    const spoilt: [Record<string, unknown>, RegExp][] = [
      [{ part: packed(4, WIDTH, chance(1)) }, /part has the shape \(4, 4\), expected \(5, 4\)/],
      [{ pb: { values: [1, 2] } }, /pb has the shape \(2,\), expected \(5,\)/],
      [{ "blocks.1.sq.weight": packed(WIDTH, WIDTH, chance(1)) }, /blocks.1.sq.weight has the shape/],
      [{ "blocks.1.so.bias": undefined }, /the weights do not fit/],
      [{ sd: { values: [1, 1, 1, 1, 1, 1, 1, "x"] } }, /a number is not finite/],
      [{ part: { shape: [5, WIDTH], scales: [1, 1, 1, 1, 1], int8: "AAAA" } }, /array of size 3 into shape \(5, 4\)/],
      [{ part: { shape: [5, WIDTH], scales: [1, 1, 1, 1, 1], int8: "*" } }, /the weights do not fit/],
    ];
    for (const [weights, words] of spoilt) expect(refused(written({}, weights))).toMatch(words);
    expect(refused(written({ heads: 3 }))).toMatch(/the weights do not fit: 3 heads/);
    expect(refused(written({ weights: undefined }))).toMatch(/the weights do not fit/);
  });

  test("is unpacked by one scale a row", () => {
    const { data, rows, columns } = unpack({ shape: [2, 2], scales: [0.5, 2], int8: btoa("\x01\xff\x7f\x00") });
    expect([rows, columns, ...data]).toEqual([2, 2, 0.5, -0.5, 254, 0]);
  });
});
