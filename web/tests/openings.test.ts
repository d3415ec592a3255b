/** Several openings in one advert, and the title of a board: the cases of tests/language/test_openings.py. */

import { strToU8 as bytes } from "fflate";
import { expect, test } from "vitest";
import { find } from "../src/language/jobTitle";
import { openings } from "../src/language/openings";
import { units } from "../src/language/units";
import { checkKind } from "../src/prepare";
import { read } from "../src/reading";
import { testPdfium } from "./golden";

const NUMBERED =
  "Saltmarsh School is growing!\n1. Maths Teacher\n   Degree in mathematics. Two years of teaching.\n" +
  "2. Caretaker / Electrician\n   Qualified electrician, driving licence.\n3) School Nurse\n   Registered nurse. First aid.\n";

test("openings under numbers and labels are told apart", () => {
  expect(openings(NUMBERED)).toEqual(["Maths Teacher", "Caretaker / Electrician", "School Nurse"]);
  const labelled = "We grow.\nPosition: Line Cook\nTwo years in a kitchen.\nPosition: Bus Driver\nClean licence, early shifts.\n";
  expect(openings(labelled)).toEqual(["Line Cook", "Bus Driver"]);
});

test("two adverts one below the other are two", () => {
  const pasted = "Head Chef\nSaltwater Inn, Oban\n\nAbout the job\nA kitchen of six.\nRequirements\n- 5 years in a kitchen\n\n------\n\nNight Receptionist\nSaltwater Inn, Oban\n\nAbout the job\nYou welcome guests at night.\nRequirements\n- Good spoken English\n";
  expect(openings(pasted)).toEqual(["Head Chef", "Night Receptionist"]);
  expect(openings(pasted.replace("------\n\n", ""))).toEqual(["Head Chef", "Night Receptionist"]);
  expect(openings(pasted.replace("Night Receptionist", "Head Chef"))).toEqual([]);
  expect(openings(pasted.replace("Night Receptionist", "Also for the night"))).toEqual([]);
});

test.each([
  "Line Cook\n1. Cook for sixty guests.\n2. Train the kitchen staff.\n3. Keep the stores.\n",
  "Nurse\nYou work with:\n1. Doctor\n2. Pharmacist\n3. Physiotherapist\nApply by May.\n",
  "1. Nurse\nTwo years on a ward.\n",
  "3. Nurse\nTwo years on a ward.\n4. Cook\nTwo years in a kitchen.\n",
  "Nurse\n\nRequirements\nA licence.\nBenefits\nA pension.\n\nRequirements\nTwo years.\nBenefits\nA car.",
  "Nurse\n\nRequirements\nA licence.\n\nCook\n\nBenefits\nA pension.\n",
])("duties, colleagues and one opening are no several: %j", (text) => expect(openings(text)).toEqual([]));

test("a file of several openings is refused with what to do", async () => {
  const document = await read(bytes(NUMBERED), "jobs.txt", testPdfium);
  expect(() => checkKind(document, "job")).toThrow(/3 job postings \(Maths Teacher; .*file of its own/);
  expect(() => checkKind(document, "resume")).not.toThrow();
});

test("the title of a board is the line that it repeats", async () => {
  const text = "Tidewater Accountant Group\nSenior Data Engineer\nLeeds\nApply\nSave\nSenior Data Engineer\nYou keep our pipelines healthy.";
  const document = await read(bytes(text), "x", testPdfium);
  const lines = units(document);
  expect(find(document, lines, lines.map(() => "title"))?.value).toBe("Senior Data Engineer");
});
