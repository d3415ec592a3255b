/** What every room reads instead of the text as it stands. */

import { beforeAll, expect, test } from "vitest";
import { BLOCK, redacted } from "../src/blind";
import { calm } from "../src/language/runs";
import { useTaxonomy } from "../src/language/taxonomy";
import { fromText } from "../src/reading";
import { taxonomy } from "./taxonomy";

beforeAll(() => useTaxonomy(taxonomy()));

test("a text without capitals is read in capitals, and any other as it is", () => {
  expect(calm("senior nurse, 2 years")).toBe("SENIOR NURSE, 2 YEARS");
  expect(calm("senior Nurse")).toBe("senior Nurse");
  expect(calm("straße, école")).toBe("STRAßE, éCOLE"); // no letter may grow longer
});

test("a name in small letters is covered like any other", () => {
  const text = "jordan whitfield\njordan.whitfield@example.com\n\nexperience\nnurse, 2018 - 2022\n";
  expect(redacted(fromText(text, "t")).text).not.toContain("whitfield");
  expect(redacted(fromText(text, "t")).text).toContain(BLOCK);
});
