import { beforeAll, describe, expect, test } from "vitest";
import { BLOCK, redacted } from "../src/blind";
import { withoutLookalikes } from "../src/language/clean";
import { findMasks, impersonal } from "../src/language/personal";
import { useTaxonomy } from "../src/language/taxonomy";
import { units } from "../src/language/units";
import { asPython, documentOf, language } from "./language";
import { taxonomy } from "./taxonomy";

/** Of plain letters, without blank lines. */
function resume(text: string) {
  const lines = [...text.matchAll(/.+/g)].map((line) => [line.index, line.index + line[0].length, 1] as const);
  return documentOf({ name: "resume", text, lines });
}

function masked(text: string): string[] {
  return findMasks(resume(text)).map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`);
}

/** Of a text in which a letter of two code units has become two blanks: with one, as in Python. */
function inCodePoints(blanked: string, text: string): string {
  let at = 0;
  return Array.from(text, (char) => {
    const now = blanked.slice(at, (at += char.length));
    return now === char ? char : now[0];
  }).join("");
}

beforeAll(() => useTaxonomy(taxonomy()));

describe.each(language.documents)("$name", (found) => {
  const document = documentOf(found);
  const seen = { ...document, text: withoutLookalikes(document.text) };

  test("tells who the person is where Python says that it does", () => {
    const masks = asPython(findMasks(seen), document.text) as { start: number; end: number; kind: string }[];
    expect(masks.map(({ start, end, kind }) => [start, end, kind])).toEqual(found.masks);
  });

  test("is read without it as Python reads it", () => {
    const [blanked, facts] = impersonal(seen, language.as_of);
    const lines = asPython(units(blanked), document.text) as { start: number; end: number; page: number }[];
    expect({
      text: inCodePoints(blanked.text, seen.text),
      units: lines.map(({ start, end, page }) => [start, end, page]),
      resume: asPython(facts, document.text),
    }).toEqual(found.impersonal);
  });
});

const TEXT = `Jane Q. Doe, RN
12 Elm Street, Dayton, OH 45402 | (937) 555-0142 | jane.doe@example.org
Experience
Nurse, City Hospital
May 2015 - Present
Ms. Doe trained 20 nurses; she reports to Mary Smith
Education
BS in Nursing, Ohio State University, 2014`;

test("name, address, contacts, pronouns and the date of a degree are masked, work is not", () => {
  expect(masked(TEXT)).toEqual([
    "name: Jane Q. Doe",
    "address: 12 Elm Street, Dayton, OH 45402 ",
    "contact: (937) 555-0142",
    "contact: jane.doe@example.org",
    "pronoun or title: Ms",
    "name:  Doe",
    "pronoun or title: she",
    "name: Mary Smith",
    "graduation date: , 2014",
  ]);
});

test("a resume without what tells who the person is keeps its length, lines and other words", () => {
  const [blanked, facts] = impersonal(resume(TEXT));
  expect(blanked.text).toHaveLength(TEXT.length);
  expect(blanked.text.split("\n")).toHaveLength(8);
  expect(blanked.text).not.toMatch(/Jane|Doe|Elm|example|\bshe\b|2014/);
  expect(facts.positions.map(({ title }) => title?.value)).toEqual(["Nurse"]);
  for (const line of blanked.lines) expect(blanked.text.slice(line.start, line.end)).toMatch(/^\S(.*\S)?$/s);
});

test("people see blocks where words were masked, and how many there were of each kind", () => {
  const shown = redacted(resume("Jane Doe\njane.doe@example.org\nhim, his"));
  expect(shown.text).toBe(`${BLOCK.repeat(4)} ${BLOCK.repeat(3)}\n${BLOCK.repeat(20)}\n███, ███`);
  expect(shown.notices).toEqual([
    {
      code: "blind",
      message: "masked before scoring: 1 name, 1 contact, 2 pronouns or titles; others may have been missed",
    },
  ]);
  expect(redacted(resume("Nurse")).notices[0]!.message).toContain("nothing found");
});

test("a name with a hyphen, an apostrophe or a point is found wherever it comes again", () => {
  const names = ["Mary-Ann O'Brien", "O'Brien, Mary-Ann", "mary-ann o'brien"];
  const found = masked(`${names[0]}\nmary@example.org\nNurse\n${names[1]}\n${names[2]}, R.N.`);
  expect(found.filter((mask) => mask.startsWith("name"))).toEqual(names.map((name) => `name: ${name}`));
});

test("a name in Turkish capitals is found in small letters", () => {
  expect(masked("SILA KAYA\nsila@example.org\nNurse\nSıla Kaya").at(-1)).toBe("name: Sıla Kaya");
});

test("a letter of two code units is masked by two signs, so that offsets stay", () => {
  const text = "Name: \u{1d509}ane Doe\nShe likes 😀";
  const { text: shown } = redacted(resume(text));
  expect(shown).toHaveLength(text.length);
  expect(shown.slice(text.indexOf("likes"))).toBe("likes 😀");
});

test("systems, programs and titles are nobody", () => {
  expect(masked("Worked with HIS and Ms Office, reported to General Manager")).toEqual([]);
});
