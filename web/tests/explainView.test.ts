import { describe, expect, test } from "vitest";
import { advice } from "../src/page/advice";
import type { Evidence, Explanation, Part, Skill, Status } from "../src/records";
import { counts, earned, grouped, pairLabel, parts, quote } from "../src/report/explainView";
import { fromText } from "../src/reading";

const job = await fromText("- Registered Nurse licence\n- Python and Go\nWe use Kubernetes\n", "job");
const resume = await fromText("Wrote services in python\n", "resume");

function evidence(line: number, status: Status, some: Partial<Evidence["requirement"]> = {}): Evidence {
  const requirement = { line: job.lines[line]!, kind: "required" as const, must: false, years: null, education: "", licences: [], ...some };
  return { requirement, status, strength: 0, support: [], settledBy: "the nearest line", probability: null, points: 0, most: 0 };
}

function skill(label: string, text: string, words: string): Skill {
  const start = text.indexOf(words);
  const mention = { start, end: start + words.length, section: "", manner: "used" as const, years: null };
  return { id: label, label, group: "", kind: "", mentions: [mention] };
}

function partsOf(...points: number[]): Part[] {
  return ["function", "needs", "seniority", "credentials"].map((name, i) => ({ name, points: points[i]!, most: [40, 35, 15, 10][i]! }));
}

/** With needs of so many points, of which each requirement has [points, most]. */
function explained(needs: number, elsewhere: number, items: readonly [number, number][], rest = 24.2): Explanation {
  const score = needs + rest;
  const shown = items.map(([points, most]) => ({ ...evidence(1, points ? "met" : "not shown"), points, most }));
  return { ...explanation, match: { ...explanation.match, score }, parts: partsOf(rest, needs, 0, 0), evidence: shown, elsewhere };
}

const explanation: Explanation = {
  match: {
    resume: "resume", job: "job", score: 44.6, band: [20, 60], features: { names: [], values: [] },
    notices: [], resumeDomains: [], jobDomains: [],
  },
  resume, job, base: 30.4,
  contributions: [{ feature: "cosine", value: 0.5, points: 20.7 }, { feature: "skills", value: 0.25, points: -6.5 }],
  cappedBy: "",
  evidence: [evidence(1, "partly"), evidence(0, "not shown", { must: true, licences: ["registered nurse licence"] })],
  matched: [[skill("Python (computer programming)", job.text, "Python"), skill("Python (computer programming)", resume.text, "python")]],
  missing: [skill("Go", job.text, "Go"), skill("Kubernetes", job.text, "Kubernetes")],
  extra: [], comparisons: [], elsewhere: 0,
  parts: partsOf(12.3, 20.4, 9.3, 2.6),
};

describe("an explanation", () => {
  test("has parts in whole points that add up to the score people see", () => {
    const sum = (some: Explanation) => parts(some).reduce((total, { points }) => total + points, 0);
    expect(parts(explanation).map(({ label, points, most }) => [label, points, most])).toEqual([
      ["Function", 12, 40], ["Needs", 21, 35], ["Seniority", 9, 15], ["Credentials", 3, 10],
    ]);
    expect(sum(explanation)).toBe(45);
    const capped = { ...explanation, match: { ...explanation.match, score: 25 }, cappedBy: "no licence" };
    expect(sum(capped)).toBe(45); // before it was held down
    expect(parts({ ...explanation, parts: [] })).toEqual([]);
  });

  test("has tenths of each requirement that add up to the whole points of the needs", () => {
    const tenths = ([list, elsewhere]: readonly [readonly string[], string]) =>
      [...list, elsewhere].reduce((total, text) => total + Math.round(10 * Number(text.split(" of ")[0])), 0);
    const all = explained(20.4, 6.1, [[14.3, 17.5], [0, 17.5]]);
    expect(earned(all)).toEqual([["14.3 of 17.5", "0.0 of 17.5"], "+6.7"]);
    for (const some of [all, explained(20.4, 0, [[10.2, 11.67], [10.2, 11.67], [0, 11.67]]), explained(20.4, 0.2, [[20.2, 35]])])
      expect(tenths(earned(some))).toBe(210);
  });

  test("never says that what is not shown earns something, nor more than the most", () => {
    for (const needs of [3.4, 3.49, 3.5, 3.9])
      for (const shown of [1, 3, 6]) {
        const items = Array.from({ length: 7 }, (_, i): [number, number] => [i < shown ? needs / shown : 0, 5]);
        const [list, elsewhere] = earned(explained(needs, 0, items));
        for (const text of list.slice(shown)) expect(text).toBe("0.0 of 5.0");
        expect(elsewhere).toBe("");
      }
    const [full] = earned(explained(2.9, 0, [[1.45, 1.45], [1.45, 1.45]], 1.6));
    for (const text of full) expect(Number(text.split(" of ")[0])).toBeLessThanOrEqual(Number(text.split(" of ")[1]));
  });

  test("says nothing of points where they are not read, or where no line asks for anything", () => {
    expect(earned({ ...explanation, parts: [] })).toEqual([["", ""], ""]);
    expect(earned({ ...explanation, evidence: [], elsewhere: 20.4 })).toEqual([[], ""]);
  });

  test("names what must be met first, and keeps the numbers of the job's order", () => {
    expect(grouped(explanation.evidence).map(([title, items]) => [title, items.map(([number]) => number)])).toEqual([
      ["Must have", [2]], ["Required", [1]],
    ]);
    expect(counts(explanation.evidence)).toBe("1 partly, 1 not shown");
    expect(quote(job, job.lines[1]!)).toBe("Python and Go");
    expect(pairLabel(explanation.matched[0]!, explanation)).toBe("Python");
  });
});

describe("advice", () => {
  test("is one condition for each line and skill that was not found, in the advert's words", () => {
    const found = advice(explanation);
    expect(found.map(({ words }) => words)).toEqual(["Registered Nurse licence", "Python and Go", "Kubernetes"]);
    for (const { condition } of found) expect(condition).toMatch(/^If you .*, say so in the advert's words:$/);
    expect(found[0]!.condition).toContain("registered nurse licence");
  });

  test("is nothing where all was found", () => {
    expect(advice({ ...explanation, evidence: [evidence(0, "met")], missing: [] })).toEqual([]);
  });
});
