/** The page's side of the worker, once that has failed: nobody waits for an answer that cannot come. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Engine, type Explaining } from "../src/engine/client";
import type { FromEngine, RunMessage } from "../src/engine/protocol";
import type { Explanation } from "../src/records";

class FakeWorker {
  onmessage: ((event: { data: FromEngine }) => void) | undefined;
  onerror: ((event: { message: string }) => void) | undefined;
  postMessage = vi.fn();
}
let worker: FakeWorker;
let engine: Engine;
const opening: string[] = [];

beforeEach(() => {
  opening.length = 0;
  vi.stubGlobal("Worker", class extends FakeWorker {
    constructor() {
      super();
      worker = this;
    }
  });
  engine = new Engine("https://host.example/", 1, (message) => opening.push(message.type));
});
afterEach(() => vi.unstubAllGlobals());

test("who asked for evidence or other words is told, before and after; the page is told once", () => {
  const heard: RunMessage[] = [];
  const rows: Explaining[] = [];
  engine.explain(0, (message) => rows.push(message)); // of a run before: its row is gone
  engine.improve({} as Explanation, (message) => heard.push(message));
  engine.explain(1, (message) => rows.push(message));
  worker.onerror!({ message: "out of memory" });
  worker.onerror!({ message: "out of memory" });
  expect(opening).toEqual(["failed"]);
  expect(heard).toMatchObject([{ type: "not-read", error: { remedy: "Load the page again." } }]);
  expect(rows).toMatchObject([{ index: 1, error: { cause: expect.stringContaining("out of memory") } }]);
  engine.explain(2, (message) => rows.push(message));
  expect(rows[1]).toMatchObject({ index: 2, error: { remedy: "Load the page again." } });
  engine.improve({} as Explanation, (message) => heard.push(message));
  expect(heard).toHaveLength(2);
});

test("a ranking that is there is left alone, and nothing is heard after a failure", () => {
  const heard: string[] = [];
  engine.rank({ text: "a job" }, [], undefined, (message) => heard.push(message.type));
  worker.onmessage!({ data: { type: "ranked", run: 1, stopped: false, asked: 0, ranked: [] } });
  worker.onmessage!({ data: { type: "failed", message: "no model" } });
  worker.onmessage!({ data: { type: "ranked", run: 1, stopped: false, asked: 0, ranked: [] } });
  expect(heard).toEqual(["ranked"]);
  expect(opening).toEqual(["failed"]);
});

test("evidence is told as it comes, until it is read; a failure on the way is told too", () => {
  const row: string[] = [];
  engine.explain(3, ({ type }) => row.push(type));
  const hear = (data: Partial<FromEngine>): void => worker.onmessage!({ data: { run: 0, index: 3, ...data } as FromEngine });
  hear({ type: "explained", reading: { state: "reading" } });
  hear({ type: "reading", what: "loading", done: 1, total: 2 });
  hear({ type: "explained", reading: { state: "read" } });
  hear({ type: "explained", reading: { state: "read" } });
  expect(row).toEqual(["explained", "reading", "explained"]);

  const checked: string[] = [];
  engine.check({ text: "a job" }, { text: "a resume" }, ({ type }) => checked.push(type));
  hear({ type: "explained", run: 1, index: 0, reading: { state: "reading" } });
  worker.onerror!({ message: "out of memory" });
  expect(checked).toEqual(["explained", "not-read"]);
});
