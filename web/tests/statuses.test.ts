/** tests/golden/web/statuses.json: of each requirement the status, the chance and the quotes that Python's reader finds. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBundle } from "../src/bundle";
import { Matcher } from "../src/matcher";
import type { Reader } from "../src/reader";
import { openReader } from "../src/reader/folder";
import { MODEL, SETTINGS } from "../src/reader/settings";
import { fromText } from "../src/reading";
import type { Source } from "../src/intake";
import type { Evidence, Explanation } from "../src/records";
import { openReaderSession, openSession } from "../src/session";
import { files, loadFile, READER, testPdfium, testReader } from "./golden";
import { codePointsBefore } from "./language";

interface Said {
  readonly asked: readonly [number, number];
  readonly status: string;
  readonly probability: number | null;
  readonly settled: string;
  readonly quoted: readonly (readonly [number, number])[];
  readonly points: number;
}
const golden = JSON.parse(readFileSync(new URL("../../tests/golden/web/statuses.json", import.meta.url), "utf8")) as {
  readonly bundle: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly pairs: readonly { readonly resume: string; readonly job: string; readonly evidence: readonly Said[]; readonly elsewhere: number }[];
};
const NEAR = 0.01; // of probabilities: int8 sums differ in their last bits from processor to processor
let matcher: Matcher;
let reader: Reader;
let furthest = 0;

beforeAll(async () => {
  const bundle = await openBundle(loadFile);
  matcher = new Matcher(bundle, await openSession(bundle.encoder, { threads: 1 }), testPdfium);
  reader = await testReader(matcher);
});
afterAll(() => console.log(`furthest from Python: probability ${furthest.toFixed(5)}`));

const source = async (name: string): Promise<Source> =>
  name in golden.texts ? fromText(golden.texts[name]!, name) : { name, bytes: files[name]! };

function said({ evidence, resume, job }: Explanation) {
  const [shown, asked] = [codePointsBefore(resume.text), codePointsBefore(job.text)];
  return evidence.map(({ requirement: { line }, status, settledBy, support }: Evidence) => ({
    asked: [asked(line.start), asked(line.end)],
    status,
    settled: settledBy,
    quoted: support.map(({ line: { start, end } }) => [shown(start), shown(end)]),
  }));
}

test("the recorded pairs are of the bundle that is read beside", () => {
  expect(matcher.bundle.sha256).toBe(golden.bundle);
});

describe.each(golden.pairs)("$resume for $job", ({ resume, job, evidence, elsewhere }) => {
  let explained: Explanation;
  beforeAll(async () => void (explained = await matcher.explain(await source(resume), await source(job), reader)), 300_000);

  test("has Python's statuses and quotes", () => {
    expect(said(explained)).toEqual(evidence.map(({ asked, status, settled, quoted }) => ({ asked, status, settled, quoted })));
  });

  test("has Python's probabilities and points", () => {
    explained.evidence.forEach(({ probability, points }, i) => {
      const wanted = evidence[i]!;
      expect(probability === null).toBe(wanted.probability === null);
      const off = Math.abs((probability ?? 0) - (wanted.probability ?? 0));
      furthest = Math.max(furthest, off);
      expect(off).toBeLessThan(NEAR);
      expect(Math.abs(points - wanted.points)).toBeLessThan(0.1);
    });
    expect(Math.abs(explained.elsewhere - elsewhere)).toBeLessThan(0.1);
  });
});

describe("a reading", () => {
  const JOB = "Payroll Administrator\n\nWhat we ask for\n- Experience of running a weekly payroll\n- Forklift licence\n- Brazing copper pipes\n";
  const CLERK = "Ines Calloway\nPayroll clerk\n\nExperience\nPayroll Clerk, Harrow Foods, January 2017 - March 2024\n- Ran the weekly payroll for 240 people in Sage 50\n";
  const COOK = "Leo Brandt\nChef de partie\n\nExperience\nChef, Harrow House, 2015 - 2020\n- Fish, sauces, ordering, rotas\n";
  const found = (explanation: Explanation) => explanation.evidence.map(({ status, probability }) => [status, probability]);

  test("depends on nothing that was read before", async () => {
    const alone = await matcher.explain(CLERK, JOB, await testReader(matcher));
    await matcher.explain(COOK, JOB, reader);
    expect(found(await matcher.explain(CLERK, JOB, reader))).toEqual(found(alone));
  });

  test("changes no score; without it there are no probabilities", async () => {
    const [read, not] = [await matcher.explain(CLERK, JOB, reader), await matcher.explain(CLERK, JOB)];
    expect(read.match.score).toBe(not.match.score);
    expect(read.parts).toEqual(not.parts);
    expect(new Set(not.evidence.map(({ probability }) => probability))).toEqual(new Set([null]));
    expect(read.evidence[0]!.probability).toBeGreaterThan(0);
  });

  test("tells how far it is, reads an advert once, and stops when it is told to", async () => {
    const fresh = await testReader(matcher);
    const { explanation, read } = await (await matcher.explainer(JOB))(CLERK);
    const totals: number[] = [];
    await read(fresh, (done, total) => void (expect(done).toBe(totals.length), totals.push(total)));
    expect(new Set(totals)).toEqual(new Set([totals.length]));
    const again: number[] = [];
    await read(fresh, (_, total) => void again.push(total));
    expect(again).toEqual(explanation.evidence.map((_, __, { length }) => length)); // every text is known
    const stopped = new Error("nobody waits");
    await expect(read(reader, () => Promise.reject(stopped))).rejects.toBe(stopped);
  });
});

describe("a reader's folder", () => {
  const opened = (change: (name: string, bytes: Uint8Array) => Uint8Array, tokenizer = matcher.bundle.tokenizerSha256) =>
    openReader(
      { encoder: matcher.encoder, bundle: { tokenizerSha256: tokenizer, asOf: null } },
      async (name) => change(name, new Uint8Array(readFileSync(`${READER}/${name}`))),
      (model) => openReaderSession(model, { threads: 1 }),
    );
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

  test.each([
    ["of another format", { format: 2 }, /format 1 expected, got 2/],
    ["without its fields", { format: 1 }, /word pieces of another model/],
  ])("with settings %s is refused by name", async (_, settings, why) => {
    const opening = opened((name, bytes) => (name === SETTINGS ? json(settings) : bytes));
    await expect(opening).rejects.toThrow(why);
    await expect(opening).rejects.toThrow(SETTINGS);
  });

  test("with another model, or for other word pieces, is refused", async () => {
    await expect(opened((name, bytes) => (name === MODEL ? bytes.subarray(1) : bytes))).rejects.toThrow(/bytes expected/);
    await expect(opened((_, bytes) => bytes, "0".repeat(64))).rejects.toThrow(/word pieces of another model/);
  });

  test("whose weights do not fit each other is refused", async () => {
    const spoilt = (name: string, bytes: Uint8Array): Uint8Array => {
      if (name !== SETTINGS) return bytes;
      const settings = JSON.parse(new TextDecoder().decode(bytes));
      settings.final.b.pop();
      return json(settings);
    };
    await expect(opened(spoilt)).rejects.toThrow(/weights of shapes/);
  });
});
