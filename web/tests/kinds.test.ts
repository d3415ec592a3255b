/** What is no resume, told as Python tells it. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kinds, verdict } from "../src/language/kinds";

const FILE = new URL("../../tests/golden/web/kinds.json", import.meta.url);
const golden = JSON.parse(readFileSync(FILE, "utf8")) as readonly {
  readonly text: string;
  readonly kinds: readonly number[];
  readonly verdicts: readonly (readonly [string, string])[];
}[];

test("the golden texts are enough", () => expect(golden.length).toBeGreaterThan(100));

test.each(golden)("$text", ({ text, kinds: expected, verdicts }) => {
  const { resume, job, other, known, ranges, machine } = kinds(text);
  [resume, job, other, known, ranges, machine].forEach((value, place) => expect(value).toBeCloseTo(expected[place]!, 5));
  expect([verdict(text, "resume"), verdict(text, "job")]).toEqual(verdicts);
});
