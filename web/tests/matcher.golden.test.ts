import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { openBundle } from "../src/bundle";
import { bestFirst, Matcher, type Prepared } from "../src/matcher";
import type { Document, Encoding } from "../src/records";
import { openSession } from "../src/session";
import { BUNDLE, dot, files, float16, golden, testPdfium } from "./golden";

/** Encoded once: on one thread this is most of the suite's time. */
const encoded = new Map<string, { document: Document; encoding: Encoding }>();
let matcher: Matcher;
const worst = { cosine: 1, lines: 0, score: 0 };

beforeAll(async () => {
  const bundle = await openBundle(async (name) => new Uint8Array(readFileSync(`${BUNDLE}/${name}`)));
  matcher = new Matcher(bundle, await openSession(bundle.encoder, { threads: 1 }), testPdfium);
  for (const entry of golden.documents) {
    if (entry.vector === undefined) continue;
    const document = await matcher.read({ name: entry.file, bytes: files[entry.file]! });
    encoded.set(entry.file, { document, encoding: await matcher.encoder.encodeDocument(document) });
  }
}, 900_000);

afterAll(() => {
  console.log(
    `furthest from Python: cosine ${worst.cosine.toFixed(7)}, line cosines ${worst.lines.toFixed(5)}, ` +
      `score ${worst.score.toFixed(4)}`,
  );
});

test("the golden cases are of the bundle that is scored with", () => {
  expect(matcher.bundle.sha256).toBe(golden.bundle);
});

describe.each(golden.documents.filter((entry) => entry.vector))("$file", (entry) => {
  test("has Python's vector, for the document and for each line", () => {
    const { encoding } = encoded.get(entry.file)!;
    const expected = float16(entry.vector!);
    const cosine = dot(encoding.vector, expected) / Math.sqrt(dot(expected, expected));
    worst.cosine = Math.min(worst.cosine, cosine);
    expect(cosine).toBeGreaterThanOrEqual(0.9999);
    expect(dot(encoding.vector, encoding.vector)).toBeCloseTo(1, 5);
    const recorded = float16(entry.line_cosines!);
    expect(recorded).toHaveLength(2 * encoding.lines.length);
    encoding.lines.forEach((line, i) => {
      const before = encoding.lines.at(i - 1)!;
      const found = [dot(line, encoding.vector), dot(line, before)];
      found.forEach((value, k) => {
        const off = Math.abs(value - recorded[2 * i + k]!);
        worst.lines = Math.max(worst.lines, off);
        expect(off).toBeLessThan(0.002); // float16 alone is off by 0.0005
      });
    });
  });
});

const prepared = (name: string): Prepared => ({ name, notices: [], encoding: encoded.get(name)!.encoding });

describe.each(golden.jobs.map((name, column) => ({ name, column })))("for $name", ({ name, column }) => {
  test("every score is Python's within 0.1 point, and so is the order", () => {
    const matches = matcher.compare(prepared(name), golden.resumes.map(prepared));
    const scores = golden.scores.map((row) => row[column]!);
    matches.forEach((match, i) => {
      const off = Math.abs(match.score - scores[i]!);
      worst.score = Math.max(worst.score, off);
      expect(off).toBeLessThan(0.1);
    });
    const recorded = new Map(golden.resumes.map((resume, i) => [resume, scores[i]!]));
    const order = bestFirst(matches).map((match) => recorded.get(match.resume)!);
    expect(order).toEqual([...order].sort((a, b) => b - a));
  });
});
