import { describe, expect, test } from "vitest";
import { seams } from "../src/language/glue";
import { withoutLookalikes } from "../src/language/clean";
import { units } from "../src/language/units";
import { fromText } from "../src/reading";
import { documentOf, language, asPython } from "./language";

test.each(language.documents.map((found) => [found.name, found] as const))("units are those of Python: %s", (_, found) => {
  const document = documentOf(found);
  const got = asPython(units({ ...document, text: withoutLookalikes(document.text) }), found.text);
  expect((got as { start: number; end: number; page: number }[]).map((u) => [u.start, u.end, u.page])).toEqual(found.units);
});

describe("a text's units", () => {
  const cut = (text: string) => {
    const document = fromText(text, "x");
    return units(document).map((unit) => document.text.slice(unit.start, unit.end));
  };

  test("are its sentences, but no full stop of an abbreviation ends one", () => {
    expect(cut("Works with Dr. Smith and others. Reports to the U.S. office.")).toEqual([
      "Works with Dr. Smith and others.",
      "Reports to the U.S. office.",
    ]);
  });

  test("hold a bullet with the line that it is wrapped into", () => {
    const long = "• Planned the work of nine people in two kitchens, and wrote the";
    expect(cut(`${long}\nreports that the owner read\n• Cooked`)).toEqual([`${long}\nreports that the owner read`, "• Cooked"]);
  });

  test("hold every visible character once, in order", () => {
    for (const found of language.documents) {
      const document = documentOf(found);
      const ink = (text: string) => text.replace(/\s/g, "");
      const lines = document.lines.map((line) => document.text.slice(line.start, line.end)).join("");
      const parts = units(document).map((unit) => document.text.slice(unit.start, unit.end));
      expect(ink(parts.join(""))).toBe(ink(lines));
    }
  });
});

describe("words that were run together", () => {
  const parts = (text: string) => seams(text, 0, text.length).map((at) => text.slice(at));

  test("are parted where one line ended and the next began", () => {
    expect(parts("workunder pressureAdept at sums")).toEqual(["Adept at sums"]);
    expect(parts("RequirementsMust drive")).toEqual(["Must drive"]);
  });

  test("stay whole where they are a name or an address", () => {
    expect(parts("JavaScript, PowerPoint and McDonald")).toEqual([]);
    expect(parts("see www.example.com/jobsAbout there")).toEqual([]);
  });
});
