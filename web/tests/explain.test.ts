import { describe, expect, test } from "vitest";
import { assess } from "../src/evidence";
import { explain, readBackground } from "../src/explain";
import { pairFeatures } from "../src/features";
import type { Job, Resume } from "../src/prepare";
import type { Ask, Fact, Line, Match, Profile, Requirement, Skill } from "../src/records";
import { Mapper, type MapperFiles } from "../src/score";
import { shapley } from "../src/shapley";
import type { Bundle } from "../src/bundle";

const linear = (values: readonly number[]) => 2 * values[0]! - values[1]!;

describe("Shapley values", () => {
  const background = { rows: [[0, 1, 5], [2, 3, -5]], weights: [1, 1] };

  test("of a linear score are each coefficient times its distance", () => {
    const { base, points } = shapley(linear, [4, 4, 9], background);
    expect(base).toBe(0);
    expect(points).toEqual([6, -2, 0].map((value) => expect.closeTo(value, 9)));
  });

  test("add up to the score where features work together", () => {
    const curved = ([a, b, c]: readonly number[]) => Math.min(100, 50 + 20 * (a! * c! + 3 * Math.tanh(a! + b!)));
    const { base, points } = shapley(curved, [0.3, -0.4, 0.9], { ...background, weights: [3, 1] });
    expect(points.reduce((sum, point) => sum + point, base)).toBeCloseTo(curved([0.3, -0.4, 0.9]), 9);
  });

  test("are refused for shapes that do not fit", () => {
    expect(() => shapley(linear, new Array(13).fill(0), background)).toThrow(/1 to 12/);
    expect(() => shapley(linear, [1], background)).toThrow(/background/);
    expect(() => shapley(linear, [1, 2, 3], { ...background, weights: [0, 0] })).toThrow(/weights/);
  });
});

const NAMES = ["cosine", "skills"];
const files: MapperFiles = {
  poly: { degree: 1, include_bias: false, n_features_in: 2, n_output_features: 2 },
  ridge: { coefficients: [10, 90], intercept: 0 },
  neural: { activation: "relu", n_features_in: 2, coefs: [[[0], [0]], [[0]]], intercepts: [[0], [0]] },
  own: {
    format: 1, features: NAMES, low: [-1, 0], high: [1, 1], mean: [0, 0], scale: [1, 1], ensemble_weight: 1,
    bands: { scores: [0, 100], low: [0, 80], high: [20, 100] },
  },
};
const PARTS = ["function", "needs", "seniority", "credentials"];
const ofParts = new Mapper({
  poly: { degree: 1, include_bias: false, n_features_in: 4, n_output_features: 4 },
  ridge: { coefficients: [1, 1, 1, 1], intercept: 0 },
  neural: { activation: "relu", n_features_in: 4, coefs: [[[0], [0], [0], [0]], [[0]]], intercepts: [[0], [0]] },
  own: {
    format: 1, features: PARTS, low: [0, 0, 0, 0], high: [40, 35, 15, 10], mean: [0, 0, 0, 0], scale: [1, 1, 1, 1], ensemble_weight: 1,
    bands: { scores: [0, 100], low: [0, 80], high: [20, 100] },
  },
});
const line = (start: number, end: number): Line => ({ start, end, page: 1 });
const fact = (value: string, start: number, detail = ""): Fact => ({ value, start, end: start + value.length, detail });
const skill = (id: string, start: number): Skill => ({
  id, label: id.toUpperCase(), group: "", kind: "skill",
  mentions: [{ start, end: start + 1, section: "", manner: "used", years: null }],
});
const encoding = { vector: Float32Array.of(1, 0), lines: [Float32Array.of(1, 0), Float32Array.of(0, 1)], nTokens: 9, dropped: 0 };
const nothing = { encoding, titles: [], skills: [], years: null, level: -1, education: -1, licences: [], asks: [], shingles: new Uint32Array() };
const requirement = (part: Partial<Requirement>): Requirement => ({
  line: line(0, 9), kind: "required", must: false, years: null, education: "", licences: [], ...part,
});
const ask = (part: Partial<Ask>): Ask => ({
  unit: 0, weight: 1, kind: "required", must: false, years: null, education: -1, licences: [], skills: [], ...part,
});

describe("an explanation", () => {
  const resume = {
    document: { name: "resume" },
    units: [line(0, 9), line(10, 19)],
    facts: {
      headline: null, positions: [], years: 2.5, claimedYears: null, level: fact("mid", 0),
      education: [fact("bachelor", 12, "physics")], licences: [], languages: [fact("Spanish", 10)],
    },
    skills: [skill("python", 11), skill("sql", 3)],
    profile: { ...nothing, skills: ["python", "sql"], years: 2.5, level: 2, education: 2 } satisfies Profile,
  } as unknown as Resume;
  const asks = [
    ask({ skills: ["python"] }),
    ask({ years: 5, weight: 0.5 }),
    ask({ education: 3 }),
    ask({ licences: ["nurse"], must: true, weight: 0.001 }),
  ];
  const job = {
    document: { name: "job" },
    units: [line(0, 9)],
    facts: {
      title: null, years: fact("4", 3), level: fact("senior", 0), education: fact("master", 5),
      requirements: [requirement({}), requirement({ years: 5 }), requirement({}), requirement({ must: true })],
      licences: [fact("nurse", 1)], languages: [fact("Spanish", 2), fact("French", 6)],
    },
    skills: [skill("python", 1), skill("rust", 4)],
    profile: { ...nothing, asks, skills: ["python", "rust"], level: 3, education: 3 } satisfies Profile,
  } as unknown as Job;
  const mapper = new Mapper(files);
  const values = pairFeatures(NAMES, resume.profile, job.profile, assess(resume.profile, job.profile, [0.2, 0.6]));
  const match = { features: { names: NAMES, values } } as unknown as Match;
  const found = explain(match, resume, job, mapper, { rows: [[0.5, 0.1]], weights: [1] }, [0.2, 0.6]);

  test("begins at an ordinary pair and names the largest part first", () => {
    expect(found.base).toBeCloseTo(14);
    expect(found.contributions.map((part) => part.feature)).toEqual(["skills", "cosine"]);
    const sum = found.contributions.reduce((total, part) => total + part.points, found.base);
    expect(sum).toBeCloseTo(mapper.score(values), 6);
  });

  test("has no parts where the mapper does not read them", () => {
    expect([found.parts, found.elsewhere, found.evidence.map(({ most }) => most)]).toEqual([[], 0, [0, 0, 0, 0]]);
  });

  test.each([20, 30])("shares out %d points of needs among what is shown, and says what is left", (needs) => {
    const points = [30, needs, 5, 1];
    const some = explain({ features: { names: PARTS, values: points } } as unknown as Match, resume, job, ofParts, { rows: [[20, 10, 5, 5]], weights: [1] }, [0.2, 0.6]);
    expect(some.parts.map(({ name, most }) => [name, most])).toEqual([["function", 40], ["needs", 35], ["seniority", 15], ["credentials", 10]]);
    some.parts.forEach((part, i) => expect(part.points).toBeCloseTo(points[i]!, 6));
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    expect(sum(some.evidence.map(({ most }) => most))).toBeCloseTo(35, 9);
    expect(sum(some.evidence.map((item) => item.points)) + some.elsewhere).toBeCloseTo(needs, 6);
    const carried = (35 * (1 + 0.25 + 0.5)) / 2.501; // met in full, the partly met half
    expect(some.elsewhere).toBeCloseTo(Math.max(0, needs - carried), 6);
    const [met, partly, , lacking] = some.evidence.map((item) => item.points / item.most) as [number, number, number, number];
    expect(partly).toBeCloseTo(met / 2, 9);
    expect([met <= 1, lacking]).toEqual([true, 0]);
  });

  test("says why a score is held down, only where it is", () => {
    const explained = (values: number[]) =>
      explain({ ...match, features: { names: NAMES, values } }, resume, job, mapper, { rows: [[0.5, 0.1]], weights: [1] }, [0.2, 0.6]);
    expect(explained([1, 0.8]).cappedBy).toBe("not shown in the resume, and the job must have it: nurse");
    expect(explained([0.5, 0.1]).cappedBy).toBe("");
  });

  test("shows for each requirement what settled it, that line first", () => {
    expect(found.evidence.map((one) => [one.settledBy, one.status])).toEqual([
      ["skill: PYTHON", "met"],
      ["2 of 5 years", "partly"],
      ["bachelor shown, master asked", "partly"],
      ["no nurse shown", "not shown"],
    ]);
    expect(found.evidence[0]!.support.map((one) => one.line.start)).toEqual([10, 0]);
    expect(found.evidence[1]!.support.map((one) => [one.line.start, one.cosine])).toEqual([[0, 1], [10, 0]]);
  });

  test("parts skills into matched, missing and extra", () => {
    expect(found.matched.map(([asked, shown]) => [asked.mentions[0]!.start, shown.mentions[0]!.start])).toEqual([[1, 11]]);
    expect([found.missing, found.extra].map((list) => list.map((one) => one.id))).toEqual([["rust"], ["sql"]]);
  });

  test("lays the facts that are asked for beside those that are shown", () => {
    expect(found.comparisons.map(({ name, asked, shown, verdict }) => [name, asked, shown, verdict])).toEqual([
      ["years", "4 years", "2 years", "partly"],
      ["level", "senior", "mid", "partly"],
      ["education", "master", "bachelor (physics)", "partly"],
      ["licence", "nurse", "", "not shown"],
      ["language", "French", "", "not shown"],
      ["language", "Spanish", "Spanish", "met"],
    ]);
    expect(found.comparisons[2]).toMatchObject({ askedSpan: [5, 11], shownSpan: [12, 20] });
  });
});

describe("a bundle's background", () => {
  const bundle = (background: unknown) => ({ background }) as Bundle;
  const mapper = new Mapper(files);

  test("is the middle of what its mapper knows, where it has none", () => {
    expect(readBackground(bundle(undefined), mapper)).toEqual({ rows: [[0, 0]], weights: [1] });
  });

  test("of other features is refused", () => {
    const spoilt = { features: ["cosine"], rows: [[1]], weights: [1] };
    expect(() => readBackground(bundle(spoilt), mapper)).toThrow(/background.json: expected a row of cosine, skills/);
    expect(() => readBackground(bundle({}), mapper)).toThrow(/background.json/);
    const good = { features: NAMES, rows: [[1, 2]], weights: [3] };
    expect(readBackground(bundle(good), mapper)).toEqual({ rows: [[1, 2]], weights: [3] });
  });
});
