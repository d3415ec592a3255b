import { beforeAll, describe, expect, test } from "vitest";
import { disclaimed } from "../src/language/claims";
import { withoutLookalikes } from "../src/language/clean";
import { findSkills } from "../src/language/skills";
import { readTaxonomy, shipped, useTaxonomy } from "../src/language/taxonomy";
import { asPython, language } from "./language";
import { taxonomy, taxonomyBytes } from "./taxonomy";

test("skills are asked for in vain before a taxonomy was loaded", () => {
  expect(() => shipped()).toThrow(/useTaxonomy/);
});

describe("skills of real documents", () => {
  beforeAll(() => useTaxonomy(taxonomy()));

  test.each(language.documents.map((found) => [found.name, found] as const))("are those of Python: %s", (_, found) => {
    const seen = withoutLookalikes(found.text);
    expect(asPython(findSkills(seen), found.text)).toEqual(found.skills);
    const shown = findSkills(seen).filter((skill) => !skill.mentions.every((m) => disclaimed(seen, m.start, m.end)));
    expect(shown.map((skill) => skill.id)).toEqual(found.shown);
  });
});

describe("skills of a text", () => {
  const named = (text: string) => findSkills(text).map((skill) => skill.label);

  test("keep the place that they have in the text as it was given", () => {
    const text = "\ufeff\u{1f600} P\u0443th\u043en \u2022 Node\u00ad.js";
    const places = findSkills(text).flatMap((skill) => skill.mentions.map((m) => text.slice(m.start, m.end)));
    expect(places).toEqual(["P\u0443th\u043en", "Node\u00ad.js"]);
  });

  test("have the years that the same line says, in digits of any script", () => {
    const years = (text: string) => findSkills(text)[0]!.mentions[0]!.years;
    expect(years("5 years of Python")).toBe(5);
    expect(years("Python (2.5 years)")).toBe(2.5);
    expect(years("\u0663 years of Python")).toBe(3);
    expect(years("5 years. Python")).toBeNull();
  });

  test("are of the kinds that are asked for", () => {
    expect(findSkills("Python, registered nurse licence", null, ["licence"]).map((skill) => skill.kind)).toEqual(["licence"]);
  });

  test("may be ordinary words only where others stand beside them", () => {
    expect(named("go home early, and go on")).toEqual([]);
    expect(named("Swift, Go and Python")).toHaveLength(3);
  });
});

test("a taxonomy that was altered, or is none, is refused", () => {
  const bytes = taxonomyBytes();
  bytes[bytes.length - 100]! ^= 1;
  expect(() => readTaxonomy(bytes)).toThrow(/altered/);
  expect(() => readTaxonomy(new TextEncoder().encode("hello"))).toThrow(/compiled taxonomy/);
  expect(() => readTaxonomy(new TextEncoder().encode('{"format":9}\n{}'))).toThrow(/version 1, got 9/);
});
