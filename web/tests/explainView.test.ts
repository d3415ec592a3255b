import { describe, expect, test } from "vitest";
import { advice } from "../src/page/advice";
import type { Evidence, Explanation, Skill, Status } from "../src/records";
import { baseAndSteps, counts, grouped, pairLabel, quote, signed } from "../src/report/explainView";
import { fromText } from "../src/reading";

const job = await fromText("- Registered Nurse licence\n- Python and Go\nWe use Kubernetes\n", "job");
const resume = await fromText("Wrote services in python\n", "resume");

function evidence(line: number, status: Status, some: Partial<Evidence["requirement"]> = {}): Evidence {
  const requirement = { line: job.lines[line]!, kind: "required" as const, must: false, years: null, education: "", licences: [], ...some };
  return { requirement, status, strength: 0, support: [], settledBy: "the nearest line" };
}

function skill(label: string, text: string, words: string): Skill {
  const start = text.indexOf(words);
  const mention = { start, end: start + words.length, section: "", manner: "used" as const, years: null };
  return { id: label, label, group: "", kind: "", mentions: [mention] };
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
  extra: [], comparisons: [],
};

describe("an explanation", () => {
  test("has whole points that add up to the score people see", () => {
    const [base, steps] = baseAndSteps(explanation);
    expect(base + steps.reduce((sum, { points }) => sum + points, 0)).toBe(45);
    expect(steps.map(({ label, value }) => [label, value])).toEqual([["Overall likeness", "0.50 of 1"], ["Skills in common", "25%"]]);
    expect([3, 0, -2].map(signed)).toEqual(["+3", "0", "\u22122"]);
  });

  test("ends with what holds the score down", () => {
    const [, steps] = baseAndSteps({ ...explanation, match: { ...explanation.match, score: 25 }, cappedBy: "no licence" });
    expect(steps.at(-1)).toMatchObject({ label: "Held down", points: -20, after: 25 });
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
