import { beforeAll, describe, expect, test } from "vitest";
import { jobFacts } from "../src/language/jobFacts";
import * as jobHeadings from "../src/language/jobHeadings";
import { withoutLookalikes } from "../src/language/clean";
import { PHRASES } from "../src/language/jobWords";
import { useTaxonomy } from "../src/language/taxonomy";
import { fromText } from "../src/reading";
import { asPython, documentOf, language } from "./language";
import { taxonomy } from "./taxonomy";

beforeAll(() => useTaxonomy(taxonomy()));

test("every phrase by which adverts speak is well-formed", () => {
  expect(PHRASES.check()).toBeGreaterThan(60);
});

describe.each(language.documents)("$name", (found) => {
  test("asks, read as a job, for what Python says that it asks for", () => {
    const document = documentOf(found);
    const seen = { ...document, text: withoutLookalikes(document.text) };
    expect(asPython(jobFacts(seen), document.text)).toEqual(found.job);
  });
});

test("the years of a job are the most that a required line asks for", () => {
  const text = "Nurse\nRequirements:\n- 3 years of experience in care\n- 5 years of experience; 8 years preferred\n- 0.5 years of sales experience";
  const facts = jobFacts(fromText(text, "job"));
  expect(facts.years?.value).toBe("5");
  expect(text.slice(facts.years!.start, facts.years!.end)).toBe("5 years");
});

test("a heading with another word is none, unless a colon says so", () => {
  expect(jobHeadings.kindOf("Requirements")).toBe("required");
  expect(jobHeadings.kindOf("Nice to have")).toBe("preferred");
  expect(jobHeadings.kindOf("Python requirements engineering at scale")).toBeNull();
  expect(jobHeadings.kindOf("Python requirements engineering at scale:")).toBe("required");
});
