/** Reading order of a page, as tests/reading/test_pdf.py has it: the same pages, drawn by hand. */

import { expect, test } from "vitest";
import { readingOrder } from "../src/reading/layout";
import type { Characters } from "../src/reading/pieces";

const SIDEBAR = ["SKILLS", "Python", "Go", "SQL", "Docker", "LANGUAGES", "English", "German"];
const BODY = Array.from({ length: 15 }, (_, i) => `body ${i} with a lot of running text about the work`);
const TITLE = "Jane Doe, Senior Engineer of Distributed Systems and Data Platforms in Berlin";

type Block = [lines: readonly string[], x: number, y: number, size?: number];

/** Every letter half as wide as it is high; the lines of a block follow each other closely. */
function page(...blocks: Block[]): Characters {
  const codes: number[] = [];
  const boxes: number[] = [];
  for (const [lines, x, y, size = 10] of blocks)
    lines.forEach((line, row) => {
      const bottom = y - row * 1.3 * size;
      [...line].forEach((letter, i) => {
        codes.push(letter.codePointAt(0)!);
        boxes.push(x + (i * size) / 2, bottom, x + ((i + 1) * size) / 2, bottom + size);
      });
    });
  return { codes, boxes: Float64Array.from(boxes) };
}

const read = (...blocks: Block[]): string[] => readingOrder(page(...blocks), () => undefined);

test("a sidebar on the left is read after the main column", () => {
  expect(read([[TITLE], 40, 800], [SIDEBAR, 40, 760], [BODY, 180, 760])).toEqual([TITLE, ...BODY, ...SIDEBAR]);
});

test("a sidebar on the right is read after the main column", () => {
  expect(read([SIDEBAR, 480, 760], [BODY, 40, 760])).toEqual([...BODY, ...SIDEBAR]);
});

test("what stands below a sidebar and the main column comes last", () => {
  expect(read([[TITLE], 40, 300], [SIDEBAR, 40, 760], [BODY, 180, 760])).toEqual([...BODY, ...SIDEBAR, TITLE]);
});

test("a name at the top of a sidebar comes first with the lines under it", () => {
  const head = ["Senior Engineer", "jane@doe.example"];
  const found = read([["Jane Doe"], 40, 770, 16], [head, 40, 756], [SIDEBAR, 40, 710], [BODY, 180, 770]);
  expect(found).toEqual(["Jane Doe", ...head, ...BODY, ...SIDEBAR]);
});

test("two lists within a page are read from left to right however unequal", () => {
  const wide = SIDEBAR.map((skill) => `Microsoft Office, Salesforce and ${skill}`);
  const text = BODY.map((line) => `${line}, from one margin to the other`);
  const found = read([SIDEBAR, 40, 760], [wide, 200, 760], [text, 40, 600]);
  expect(found).toEqual([...SIDEBAR, ...wide, ...text]);
});

test("a sidebar can be kept apart from a main column that runs on over the page", () => {
  const beside: string[] = [];
  expect(readingOrder(page([SIDEBAR, 40, 760], [BODY, 180, 760]), () => undefined, beside)).toEqual(BODY);
  expect(beside).toEqual(SIDEBAR);
});

test("type as large as a town is looked for no further than type reaches", () => {
  const sides = [[30, 0, 1e9, 1e9], [10, 500, 20, 510], [10, 400, 20, 410]];
  let ticks = 0;
  const lines = readingOrder({ codes: [65, 66, 67], boxes: Float64Array.from(sides.flat()) }, () => ticks++);
  expect(lines.join("").replaceAll(" ", "")).toHaveLength(3);
  expect(ticks).toBeGreaterThanOrEqual(3);
});
