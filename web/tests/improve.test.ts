import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { openBundle } from "../src/bundle";
import { type Advice, improve, reworded, rewordings } from "../src/improve";
import { useTaxonomy } from "../src/language/taxonomy";
import { Matcher } from "../src/matcher";
import { fromText } from "../src/reading";
import type { Explanation } from "../src/records";
import { gaining, gapGroups } from "../src/report/improveView";
import { openSession } from "../src/session";
import type { Reader } from "../src/reader";
import { files, loadFile, testPdfium, testReader } from "./golden";
import { codePointsBefore } from "./language";
import { taxonomy } from "./taxonomy";

/** tests/golden/web/improve.json: what Python says of each pair. */
interface Said {
  readonly resume: string;
  readonly job: string;
  readonly score: number;
  readonly noise: number;
  readonly rewordings: readonly { readonly score: number; readonly gain: number; readonly [part: string]: unknown }[];
  readonly together: number;
  readonly untried: number;
  readonly gaps: readonly { readonly kind: string; readonly asked: string; readonly shown: string; readonly cost?: number }[];
}

const golden = JSON.parse(readFileSync(new URL("../../tests/golden/web/improve.json", import.meta.url), "utf8")) as {
  readonly bundle: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly pairs: readonly Said[];
};
const NEAR = 0.1; // points between Python and the browser
let matcher: Matcher;
let reader: Reader;

beforeAll(async () => {
  const bundle = await openBundle(loadFile);
  matcher = new Matcher(bundle, await openSession(bundle.encoder, { threads: 1 }), testPdfium);
  reader = await testReader(matcher);
  useTaxonomy(taxonomy());
});

const source = (name: string) =>
  name in golden.texts ? fromText(golden.texts[name]!, name) : { name, bytes: files[name]! };

/** As Python writes it, but for scores and gains. */
function written({ rewordings, gaps, untried, noise }: Advice, { resume, job }: Explanation) {
  const points = codePointsBefore(resume.text);
  const said = rewordings.map(({ skill, id, before, after, start, end, line, requirement, gain }) => ({
    skill, id, before, after, start: points(start), end: points(end),
    line: resume.text.slice(line.start, line.end),
    page: line.page,
    requirement: requirement && job.text.slice(requirement.line.start, requirement.line.end),
    counts: gain >= noise,
  }));
  return { noise, rewordings: said, untried, gaps: gaps.map(({ cost: _, ...rest }) => rest) };
}

test("the recorded pairs are of the bundle that is scored with", () => {
  expect(matcher.bundle.sha256).toBe(golden.bundle);
});

describe.each(golden.pairs)("$resume for $job", (said) => {
  test("gets Python's rewordings in Python's order, its gaps, and its scores within 0.1 point", async () => {
    const explanation = await matcher.explain(source(said.resume), source(said.job), reader);
    const advice = await matcher.improve(explanation);
    const { noise, untried, gaps } = said;
    const plain = said.rewordings.map(({ score: _, gain: __, ...rest }) => rest);
    expect(written(advice, explanation)).toEqual({ noise, rewordings: plain, untried, gaps: gaps.map(({ cost: _, ...rest }) => rest) });
    advice.gaps.forEach(({ cost }, i) => expect(Math.abs(cost - (gaps[i]!.cost ?? 0))).toBeLessThan(NEAR));
    const scores = (one: Pick<Said, "score" | "together" | "rewordings">): number[] => [
      one.score, one.together, ...one.rewordings.flatMap(({ score, gain }) => [score, gain]),
    ];
    const expected = scores(said);
    scores(advice as never).forEach((score, i) => expect(Math.abs(score - expected[i]!)).toBeLessThan(NEAR));
  }, 300_000);
});

describe("an improvement", () => {
  const job = fromText("Engineer\n- Kubernetes and JavaScript.\n", "job");
  const explained = (text: string): Explanation =>
    ({ resume: fromText(text, "resume"), job, evidence: [], comparisons: [], missing: [], matched: [] }) as unknown as Explanation;
  const both = explained("Ran services on K8s.\nWrote the JS front end.");
  const rescore = (seen: string[]) => async (text: string) => {
    seen.push(text);
    return 40 + 5 * Number(text.includes("Kubernetes")) + 2 * Number(text.includes("JavaScript"));
  };

  test("is measured on the changed text, and at last on all changes together", async () => {
    const seen: string[] = [];
    const advice = await improve(both, rescore(seen));
    expect(gaining(advice).map(({ after, gain }) => [after, gain])).toEqual([["Kubernetes", 5], ["JavaScript", 2]]);
    expect([advice.score, advice.together]).toEqual([40, 47]);
    expect(seen.at(-1)).toBe("Ran services on Kubernetes.\nWrote the JavaScript front end.");
    expect(seen).toHaveLength(4);
  });

  test("below the noise is none", async () => {
    const advice = await improve(both, async (text) => 40 + 0.9 * Number(text.includes("Kubernetes")));
    expect(advice.rewordings).toHaveLength(2);
    expect(gaining(advice)).toEqual([]);
    expect(advice.together).toBe(40);
  });

  test("tells how far it is, and stops when it is told to", async () => {
    const told: string[] = [];
    await improve(both, rescore([]), (done, total) => void told.push(`${done} of ${total}`));
    expect(told).toEqual(["0 of 4", "1 of 4", "2 of 4", "3 of 4"]);
    const seen: string[] = [];
    const stop = (done: number): void => {
      if (done === 2) throw new Error("stopped");
    };
    await expect(improve(both, rescore(seen), stop)).rejects.toThrow("stopped");
    expect(seen).toHaveLength(2);
  });

  test.each([
    "No experience with K8s so far.",
    "Eager to learn K8s.",
    "Sat next to the K8s team.",
    "My site is https://example.org/K8s and mail K8s@example.org",
    "GOALS\nK8s, JS",
    "Ran Kubernetes.",
    "Baked bread for nine years.",
  ])("is never offered for what nobody claims, or what is there already: %s", (line) => {
    expect(rewordings(explained(`Developer\n\n${line}\n`))).toEqual([]);
  });

  test.each([["Kubernetes", "EKS"], ["Linux", "Ubuntu"], ["JavaScript", "ES6"]])("never makes one kind of a thing of %s", (said, asked) => {
    const explanation = { ...explained(`Ran ${said} for two years.`), job: fromText(`Engineer\n- ${asked} in production.`, "job") };
    expect(rewordings(explanation)).toEqual([]);
  });

  test("changes no more than the words it names", () => {
    const { text } = both.resume;
    const items = rewordings(both);
    expect(reworded(text, items)).toBe(text.replace("K8s", "Kubernetes").replace("JS", "JavaScript"));
  });
});

test("what no rewording can supply is said in the words of the command line", () => {
  const gaps: Advice["gaps"] = [
    { kind: "skill", asked: "SAP", shown: "", cost: 0 },
    { kind: "years", asked: "5 years", shown: "2 years", cost: 0 },
    { kind: "licence", asked: "driving licence", shown: "", cost: 0 },
    { kind: "partly", asked: "- Kafka or RabbitMQ.", shown: "skill: Kafka", cost: 1.26 },
    { kind: "mention", asked: "Go", shown: "- Eager to learn Go.", cost: 0 },
  ];
  const groups = gapGroups({ score: 1, rewordings: [], together: 1, gaps, untried: 0, noise: 1 });
  expect(groups.map(([title]) => title)).toEqual(["", "Shown in part:", "Skills not shown:", "Named, but not as something you did:"]);
  expect(groups[0]![1]).toEqual([
    "Years of work: asked 5 years; the resume shows 2 years",
    "Licence or certificate: asked driving licence; not shown in the resume",
  ]);
  expect(groups.slice(1).flatMap(([, items]) => items)).toEqual(["Kafka or RabbitMQ. · up to 1.3 points (skill: Kafka)", "SAP", "Go: “Eager to learn Go.”"]);
});
