import { beforeAll, describe, expect, test } from "vitest";
import { withoutLookalikes } from "../src/language/clean";
import * as dates from "../src/language/dates";
import { findDegrees } from "../src/language/education";
import { levelOf } from "../src/language/levels";
import { findLicences, PHRASES } from "../src/language/licences";
import { resumeFacts } from "../src/language/resumeFacts";
import { findLanguages } from "../src/language/spoken";
import { useTaxonomy } from "../src/language/taxonomy";
import { yearsIn } from "../src/language/yearsAsked";
import { round } from "../src/python";
import { asPython, documentOf, language } from "./language";
import { taxonomy } from "./taxonomy";

/** Of plain letters, without blank lines. */
function resume(text: string) {
  const lines = [...text.matchAll(/.+/g)].map((line) => [line.index, line.index + line[0].length, 1] as const);
  return documentOf({ name: "resume", text, lines });
}

beforeAll(() => useTaxonomy(taxonomy()));

describe.each(language.documents)("$name", (found) => {
  test("says, read as a resume, what Python says that it says", () => {
    const document = documentOf(found);
    const seen = { ...document, text: withoutLookalikes(document.text) };
    expect(asPython(resumeFacts(seen, language.as_of), document.text)).toEqual(found.resume);
  });
});

test("every phrase by which licences are found is well-formed", () => {
  expect(PHRASES.check()).toBeGreaterThan(100);
});

test("what is held now lasts to the month that the caller names, or to the latest of the text", () => {
  const text = "Experience\nNurse, City Hospital\nMay 2015 - Present\nCashier, Food Market\nJan 2012 - Mar 2014";
  const spans = (asOf: number | null) =>
    resumeFacts(resume(text), asOf).positions.map(({ first, last }) => [first, last]);
  const [may2015, jan2012, mar2014] = [12 * 2015 + 4, 12 * 2012, 12 * 2014 + 2];
  expect(spans(12 * 2020)).toEqual([[may2015, 12 * 2020], [jan2012, mar2014]]);
  expect(spans(null)).toEqual([[may2015, may2015], [jan2012, mar2014]]);
});

test("a month of two positions counts once", () => {
  const text = "Experience\nNurse, City Hospital\n01/2010 - 12/2011\nCashier, Food Market\n01/2011 - 12/2012";
  expect(resumeFacts(resume(text)).years).toBe(3);
});

test("offsets behind a letter of two code units are those of the text", () => {
  const text = "😀 😀\nI hold a BS in Biology from 2012 to 2014 and speak fluent Spanish";
  const [degree] = findDegrees(text);
  expect(text.slice(degree!.start, degree!.end)).toBe("BS in Biology");
  const [[range]] = dates.find(text);
  expect(text.slice(range!.start, range!.end)).toBe("2012 to 2014");
  const [spoken] = findLanguages(text);
  expect(text.slice(spoken!.start, spoken!.end)).toBe("Spanish");
});

test("a dash that got lost is read as one", () => {
  const [ranges] = dates.find("20172021 School\n2015  2016 College");
  expect(ranges.map(({ first, last }) => [first, last])).toEqual([[12 * 2017, 12 * 2021], [12 * 2015, 12 * 2016]]);
});

test("a licence names its state where its sentence does", () => {
  const [licence] = findLicences("Registered Nurse license, Ohio. Worked in Texas");
  expect([licence!.value, licence!.detail]).toEqual(["registered nurse licence", "Ohio"]);
});

test("the level of a title is that of its highest part", () => {
  expect(levelOf("Bookkeeper / Office Manager")).toBe("manager");
  expect(levelOf("Account Executive")).toBe("mid");
  expect(levelOf("Engineer, Senior")).toBe("senior");
  expect(levelOf("we were responsible for the manager")).toBeNull();
});

test("of a range of years the lower end is asked for, of alternatives the least", () => {
  expect(yearsIn("3-5 years of experience")?.least).toBe(3);
  expect(yearsIn("a degree and 3 years, or 7 years")?.least).toBe(3);
  expect(yearsIn("18 months of experience")?.least).toBe(1.5);
  expect(yearsIn("founded 20 years ago")).toBeNull();
});

test("a number in the middle is rounded to the even digit, as in Python", () => {
  expect([0.25, 0.75, 0.35, 2.5].map((value) => round(value, 1))).toEqual([0.2, 0.8, 0.3, 2.5]);
  expect([0.125, 0.375, 1.005].map((value) => round(value, 2))).toEqual([0.12, 0.38, 1]);
});
