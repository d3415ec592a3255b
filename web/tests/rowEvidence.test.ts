/** A row of a ranking and the evidence below it say one thing, or say why they do not. */

import { expect, test } from "vitest";
import type { Confirmed, Weighted } from "../src/decide";
import { mustsRead, readsOtherwise } from "../src/page/rowEvidence";
import type { Explanation, Status } from "../src/records";

const read = (...found: readonly (readonly [Status, boolean])[]): Explanation =>
  ({ evidence: found.map(([status, must]) => ({ status, requirement: { must } })) }) as unknown as Explanation;

test("the must-haves of a row are those that were read, with the licences that were named before", () => {
  const before = { met: 2, partly: 0, asked: 3, licences: ["registered nurse licence"] };
  const explanation = read(["met", true], ["met", false], ["partly", true], ["not shown", true], ["not shown", false]);
  expect(mustsRead(before, explanation)).toEqual({ met: 1, partly: 1, asked: 3, licences: ["registered nurse licence"] });
});

const wish = (id: string, text: string, must: boolean) => ({ id, text, must, kind: "required" as const, byLaw: false });
const confirmed: Confirmed = {
  job: "job.txt",
  jobSha256: "",
  wishes: [wish("r1", "Two years of work as a baker", true), wish("r2", "Excel", false), wish("r3", "A food handler card", true)],
};
const weighted = (...statuses: Status[]): Weighted =>
  ({ statuses: statuses.map((status, i) => [`r${i + 1}`, status] as const) }) as unknown as Weighted;

test("a chosen must-have that reads otherwise than it was counted is named, both ways; others are not", () => {
  const explanation = read(["not shown", false], ["met", false], ["met", false]);
  const words = readsOtherwise(confirmed, weighted("met", "partly", "not shown"), explanation);
  expect(words).toContain("“Two years of work as a baker” was counted as met and reads as not shown");
  expect(words).toContain("“A food handler card” was counted as not shown and reads as met");
  expect(words).not.toContain("Excel");
  expect(readsOtherwise(confirmed, weighted("not shown", "partly", "met"), explanation)).toBe("");
});
