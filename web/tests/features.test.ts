import { describe, expect, test } from "vitest";
import { assess, missingLicences, status, weight } from "../src/evidence";
import { checkNames, FEATURES, pairFeatures } from "../src/features";
import type { PartsHead } from "../src/parts";
import type { Ask, Profile, Requirement } from "../src/records";
import { rounded } from "../src/vectors";

const SCALE = [0.2, 0.6] as const;
const ask = (part: Partial<Ask> = {}): Ask => ({
  unit: 0, weight: 1, kind: "required", must: false, years: null, education: -1, licences: [], skills: [], ...part,
});
const profile = (part: Partial<Profile> & { lines?: Float32Array[] } = {}): Profile => ({
  encoding: { vector: Float32Array.of(1, 0), lines: part.lines ?? [Float32Array.of(1, 0)], nTokens: 100, dropped: 0 },
  titles: [], skills: [], years: null, level: -1, education: -1, licences: [], asks: [], shingles: new Uint32Array(), ...part,
});
const found = (resume: Partial<Profile> & { lines?: Float32Array[] }, asked: Partial<Ask>) =>
  assess(profile(resume), profile({ asks: [ask(asked)] }), SCALE)[0]!;
const values = (resume: Profile, job: Profile) => {
  const names = [...FEATURES.keys()];
  const list = pairFeatures(names, resume, job, assess(resume, job, SCALE));
  return Object.fromEntries(names.map((name, i) => [name, list[i]]));
};

describe("what a resume shows for one requirement", () => {
  test("is told by its nearest line, where nothing can be counted", () => {
    const lines = [Float32Array.of(0.1, 0), Float32Array.of(0.4, 0), Float32Array.of(0.1, 0)];
    const finding = found({ lines }, {});
    expect(finding).toMatchObject({ cause: "line", units: [1, 0, 2], cosines: [0.4, 0.1, 0.1], cosine: 0.4 });
    expect(finding.strength).toBeCloseTo(0.5);
    expect(status(finding.strength)).toBe("partly");
  });

  test("is settled by a licence, however near the words of a line are", () => {
    expect(found({ licences: ["nurse"] }, { licences: ["doctor", "nurse"] })).toMatchObject({ strength: 1, shown: ["nurse"] });
    const lacking = found({}, { licences: ["doctor", "nurse"], must: true });
    expect(lacking).toMatchObject({ strength: 0, cause: "licence", cosine: 1 });
    expect(missingLicences([lacking])).toEqual(["doctor or nurse"]);
  });

  test("is half shown by the degree below the one asked for", () => {
    const strengths = [-1, 1, 2, 3].map((education) => found({ education }, { education: 2 }).strength);
    expect(strengths).toEqual([0, 0.5, 1, 1]);
  });

  test("is half its skills and half its nearest line, scaled by the years", () => {
    expect(found({ skills: ["a"] }, { skills: ["a", "b"] })).toMatchObject({ strength: 0.75, cause: "line", shown: ["a"] });
    expect(found({ skills: ["a"], years: 1 }, { skills: ["a"], years: 4 })).toMatchObject({ strength: 0.25, cause: "years" });
  });
});

test("what must be there counts more than what is wished for", () => {
  const requirement = { kind: "preferred", must: false } as Requirement;
  expect([weight(requirement), weight({ ...requirement, must: true })]).toEqual([0.5, 1.5]);
});

describe("features", () => {
  test("of documents that say nothing are those of the texts, or say so", () => {
    expect(values(profile(), profile())).toEqual({
      cosine: 1, title: 1, title_in_text: 1, coverage: 0.5, coverage_required: 0.5, skills: 0.3,
      years_gap: 0, level_gap: 0, education_gap: 0, licence: 1,
    });
  });

  test("count what both documents say", () => {
    const resume = profile({
      titles: [Float32Array.of(0, 1), Float32Array.of(0.6, 0.8)], skills: ["a", "c"], years: 20, level: 3, education: 2,
      lines: [Float32Array.of(0.4, 0)],
    });
    const asks = [ask({ weight: 1.5, licences: ["nurse"], must: true }), ask({ weight: 0.5, kind: "preferred" })];
    const job = profile({ titles: [Float32Array.of(1, 0)], skills: ["a", "b"], years: 4, level: 1, education: 3, asks });
    const found = values(resume, job);
    expect(found).toMatchObject({
      title_in_text: 1, coverage_required: 0, skills: 0.5, years_gap: 10, level_gap: 2, education_gap: -1, licence: 0,
    });
    expect(found.title).toBeCloseTo(0.6);
    expect(found.coverage).toBeCloseTo(0.125);
  });

  test("are read by the head where they are parts, from what was counted", () => {
    const resume = profile({ skills: ["a"], years: 6 });
    const job = profile({ skills: ["a", "b"], years: 4 });
    const seen: (readonly number[])[] = [];
    const points = (_one: Profile, _other: Profile, scalars: readonly number[]) => {
      seen.push(scalars);
      return [31, 22, 12, 8];
    };
    const head = { points } as unknown as PartsHead;
    expect(pairFeatures(["needs", "skills", "function"], resume, job, [], head)).toEqual([22, 0.5, 31]);
    expect(seen).toEqual([[1, 1, 1, 0.5, 2, 0, 0, 1]]);
    expect(pairFeatures(["skills"], resume, job, [], head)).toEqual([0.5]);
    expect(seen).toHaveLength(1);
  });

  test("of a later version are refused by their names", () => {
    expect(() => checkNames(["cosine", "charm"], true)).toThrow(/mapper reads charm, which this version of rolefit does not compute/);
    expect(() => checkNames(["needs", "cosine"], false)).toThrow(/the bundle has no parts.json/);
    expect([checkNames(["needs", "cosine"], true), checkNames(["cosine"], false)]).toEqual([undefined, undefined]);
  });
});

test("vectors are rounded to float16, to the even one of two as near", () => {
  const step = 2 ** -11; // between 0.5 and 1
  const numbers = Float32Array.of(0.5 + step / 2, 0.5 + step * 1.5, -0.1, 1, 0, 2 ** -24 * 2.5, 2 ** -15 + 2 ** -26);
  expect([...rounded(numbers)]).toEqual([0.5, 0.5 + 2 * step, -0.0999755859375, 1, 0, 2 ** -23, 2 ** -15]);
});
