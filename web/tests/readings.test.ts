/** An explanation is told twice, and once more where it could not be read. */

import { beforeEach, expect, test, vi } from "vitest";
import type { FromEngine } from "../src/engine/protocol";
import { Readings } from "../src/engine/reading";
import type { Explained } from "../src/matcher";
import type { Reader } from "../src/reader";
import type { Explanation } from "../src/records";

const said: FromEngine[] = [];
const states = (): unknown[] => said.map((message) => (message.type === "explained" ? message.reading.state : message.type));
const first = { evidence: [{}] } as unknown as Explanation;
const last = { evidence: [{}], elsewhere: 1 } as unknown as Explanation;
const reader = {} as Reader;
const pair = (read: Explained["read"]): Explained => ({ explanation: first, read });

beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});

test("what is known comes at once, what was read after it; the reader is opened once, and only for what asks for something", async () => {
  let opened = 0;
  const readings = new Readings((message) => said.push(message), async (progress) => (opened++, progress(1, 2), reader));
  await readings.tell(1, 0, { explanation: { evidence: [] } as unknown as Explanation, read: async () => last });
  expect([states(), opened]).toEqual([["read"], 0]);
  said.length = 0;
  const read: Explained["read"] = async (given, progress) => (expect(given).toBe(reader), await progress?.(3, 4), last);
  await readings.tell(1, 7, pair(read));
  expect(said).toEqual([
    { type: "explained", run: 1, index: 7, explanation: first, reading: { state: "reading" } },
    { type: "reading", run: 1, index: 7, what: "loading", done: 1, total: 2 },
    { type: "reading", run: 1, index: 7, what: "reading", done: 3, total: 4 },
    { type: "explained", run: 1, index: 7, explanation: last, reading: { state: "read" } },
  ]);
  await readings.tell(1, 8, pair(read));
  expect(opened).toBe(1);
});

test("a reader that cannot be had is said, with what is known; the next explanation tries again", async () => {
  let there = false;
  const readings = new Readings((message) => said.push(message), async () => {
    if (!there) throw new Error("it cannot be reached");
    return reader;
  });
  await readings.tell(1, 0, pair(async () => last));
  expect(said.at(-1)).toMatchObject({ explanation: first, reading: { state: "by-lines", why: "it cannot be reached" } });
  there = true;
  await readings.tell(1, 0, pair(async () => last));
  expect(states()).toEqual(["reading", "by-lines", "reading", "read"]);
  await readings.tell(1, 0, pair(() => Promise.reject(new Error("out of memory"))));
  expect(said.at(-1)).toMatchObject({ reading: { state: "by-lines", why: "out of memory" } });
});

test("what nobody waits for any more ends: a reading between two runs, the waiting for a download at once", async () => {
  let come = (_: Reader): void => undefined;
  const coming = new Promise<Reader>((resolve) => (come = resolve));
  const readings = new Readings((message) => said.push(message), () => coming);
  const waiting = readings.tell(1, 0, pair(async () => last));
  readings.abandon(1);
  await waiting;
  expect(states()).toEqual(["reading"]);
  come(reader); // it went on loading, and is there for the next run
  const told = readings.tell(2, 0, pair(async (_, progress) => {
    readings.abandon(2);
    await progress?.(0, 2);
    throw new Error("never reached");
  }));
  await told;
  expect(states()).toEqual(["reading", "reading", "reading"]);
});
