import { describe, expect, test } from "vitest";
import type { Ranked } from "../src/engine/protocol";
import { type Choice, fits, isWanted, professions, told } from "../src/page/filters";

const ALL: Choice = { name: "", fit: "", profession: "", musts: false };

function ranked(resume: string, score: number, domains: Readonly<Record<string, number>>, notShown = 0): Ranked {
  const resumeDomains = Object.entries(domains).map(([name, probability]) => ({ name, probability }));
  const match = { resume, score, resumeDomains } as unknown as Ranked["match"];
  return { match, musts: { asked: 2, met: 2 - notShown, partly: 0, licences: [] }, index: 0 };
}

const THREE = [
  ranked("Anna-nurse.pdf", 90, { healthcare: 0.95, teaching: 0.05 }),
  ranked("ben.docx", 50, { teaching: 0.5, healthcare: 0.35, law: 0.1, sales: 0.05 }, 1),
  ranked("cook.txt", 50, { catering: 0.97, healthcare: 0.03 }),
];

describe("a ranking is filtered", () => {
  const names = (choice: Partial<Choice>): string[] =>
    THREE.filter((one) => isWanted(one, { ...ALL, ...choice })).map(({ match }) => match.resume);

  test("by nothing unless something is asked for", () => {
    expect(names({})).toHaveLength(3);
    expect(told(THREE, ALL)).toBe("");
  });

  test("by part of a file's name, in any case", () => {
    expect(names({ name: " NURSE " })).toEqual(["Anna-nurse.pdf"]);
  });

  test("by must-haves, of which none is left that is not shown", () => {
    expect(names({ musts: true })).toEqual(["Anna-nurse.pdf", "cook.txt"]);
  });

  test("by a profession that a resume is likely to be of, even if another is likelier", () => {
    expect(names({ profession: "healthcare" })).toEqual(["Anna-nurse.pdf", "ben.docx"]);
    expect(names({ profession: "sales" })).toEqual([]); // its 5% are beyond the likely ones
  });

  test("by all of it at once", () => {
    expect(names({ profession: "healthcare", musts: true, name: "b" })).toEqual([]);
  });

  test("and says how many others the profession left out", () => {
    expect(told(THREE, { ...ALL, profession: "catering" })).toBe(
      "1 of 3 resumes shown; 2 left out: catering is not among their likely professions",
    );
    expect(told(THREE, { ...ALL, musts: true })).toBe("2 of 3 resumes shown");
  });
});

describe("what there is to choose", () => {
  test("are the likely professions, the most frequent first", () => {
    expect([...professions(THREE)]).toEqual([["healthcare", 2], ["catering", 1], ["law", 1], ["teaching", 1]]);
    expect([...professions([ranked("a", 1, {})])]).toEqual([]);
  });

  test("are the verdicts, best first", () => {
    expect([...fits(THREE).values()]).toEqual([1, 2]);
  });
});
