import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type Bundle, openBundle } from "../src/bundle";
import { confirmedJson, ordered, requirements, weigh } from "../src/decide";
import { useTaxonomy } from "../src/language/taxonomy";
import { fromText } from "../src/reading";
import type { Finding, Match } from "../src/records";
import { decisions, sumOf } from "../src/report/decidedView";
import { headings, meaning } from "../src/report/tiersView";
import { loadFile } from "./golden";

/** What Python's rolefit.decide makes of the same adverts and findings. */
const golden = JSON.parse(readFileSync(new URL("../../tests/golden/web/decided.json", import.meta.url), "utf8")) as {
  adverts: { text: string; confirmed: object; musts: string[]; chosen: object }[];
  tiers: { scores: number[]; tiers: number[] }[];
  weighed: { musts: string[]; score: number; uncapped: number; strengths: number[]; weighted: Record<string, unknown> }[];
};
const MATCH = { features: { names: ["cosine"], values: [0.5] } } as unknown as Match;

let bundle: Bundle;

beforeAll(async () => {
  bundle = await openBundle(loadFile);
  useTaxonomy(bundle.taxonomy);
});

test.each(golden.tiers)("who cannot be told apart is who cannot in Python: $scores.length scores", ({ scores, tiers }) => {
  expect(bundle.tiers!.tiering(scores).tiers).toEqual(tiers);
});

test("whoever does not show a must is in no tier with those who do, and tiers are told in words", () => {
  const tiering = bundle.tiers!.tiering([61, 60, 60, 60], [false, false, true, true]);
  expect(tiering.tiers).toEqual([1, 1, 2, 2]);
  expect([...headings(tiering)]).toEqual([[0, "these two cannot be told apart"], [2, "these two cannot be told apart"]]);
  expect(headings(bundle.tiers!.tiering([99, 1])).size).toBe(0);
  expect(meaning(tiering)).toMatch(/On 60 jobs .* \d\d% .* \d\d%/);
});

test.each(golden.adverts)("of an advert the requirements, ids, musts by law and the hash are Python's: $musts", ({ text, confirmed, musts, chosen }) => {
  const found = requirements(fromText(text, "text"));
  expect(confirmedJson(found)).toEqual(confirmed);
  const wishes = found.wishes.map((wish) => ({ ...wish, must: musts.includes(wish.id) }));
  expect(confirmedJson({ ...found, wishes })).toEqual(chosen);
});

test.each(golden.weighed)("musts $musts of a score of $score ($uncapped) do to it what they do in Python", ({ musts, score, uncapped, strengths, weighted }) => {
  const found = requirements(fromText(golden.adverts[0]!.text, "text"));
  const wishes = found.wishes.map((wish) => ({ ...wish, must: musts.includes(wish.id) }));
  const findings = strengths.map((strength) => ({ strength }) as Finding);
  const made = weigh({ ...found, wishes }, { ...MATCH, score }, uncapped, findings);
  expect({ ...made, statuses: Object.fromEntries(made.statuses), lacking: made.lacking.map(({ id }) => id), partly: made.partly.map(({ id }) => id) }).toEqual(weighted);
  expect(made.steps.reduce((sum, { points }) => sum + points, made.default)).toBeCloseTo(made.score, 9);
});

test("those who show every must stand before those who do not, whatever their scores", () => {
  const one = (score: number, lacks: boolean) => ({ match: { ...MATCH, score }, weighted: { score, lacking: lacks ? [{ id: "r1" }] : [] } as never });
  expect(ordered([one(60, true), one(20, false), one(30, false)]).map(({ match }) => match.score)).toEqual([30, 20, 60]);
});

test("another advert than the one that was confirmed is refused", () => {
  const found = requirements(fromText(golden.adverts[0]!.text, "text"));
  expect(() => weigh(found, { ...MATCH, score: 50 }, 50, [])).toThrow(/were confirmed/);
});

test("what was decided is told in words that add up", () => {
  const found = requirements(fromText(golden.adverts[0]!.text, "text"));
  const wishes = found.wishes.map((wish, at) => ({ ...wish, must: at === 0 }));
  expect(decisions({ ...found, wishes })[0]).toEqual(["must", found.wishes[0]!.text]);
  const steps = [{ label: "held at 60", points: -16.25 }];
  expect(sumOf({ score: 60, default: 76.25, steps, statuses: [], lacking: [], partly: [] })).toBe("76.3, held at 60 -16.3: 60.0");
});
