/** What is told by its colour stands out from what lies beside it, in light and dark. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const CSS = readFileSync(new URL("../src/page/page.css", import.meta.url), "utf8");

function colour(name: string, dark: boolean): number {
  const pair = new RegExp(`--${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(CSS)!;
  const parts = pair[dark ? 2 : 1]!.match(/../g)!.map((part) => parseInt(part, 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

test.each([["light", false], ["dark", true]] as const)("3:1 in %s", (_, dark) => {
  const edge = colour("field", dark);
  for (const ground of ["paper", "card", "tint"].map((name) => colour(name, dark)))
    expect((Math.max(edge, ground) + 0.05) / (Math.min(edge, ground) + 0.05)).toBeGreaterThanOrEqual(3);
});

test.each([["light", false], ["dark", true]] as const)("the parts of a score stand out 3:1 in %s", (_, dark) => {
  for (const part of ["function", "needs", "seniority", "credentials"].map((name) => colour(name, dark)))
    expect((Math.max(part, colour("card", dark)) + 0.05) / (Math.min(part, colour("card", dark)) + 0.05)).toBeGreaterThanOrEqual(3);
});

test("text fields and selects have that edge", () => {
  for (const rule of ['textarea, input[type="search"]', ".tools select"])
    expect(CSS.split(`\n${rule} {`)[1]!.split("}")[0]).toContain("border: 1px solid var(--field)");
});
