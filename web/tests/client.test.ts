/** The page's side of the worker, once that has failed: nobody waits for an answer that cannot come. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Engine } from "../src/engine/client";
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

test("who asked for evidence or other words is told, before and after; the page is told once", async () => {
  const heard: RunMessage[] = [];
  const asked = engine.explain(0);
  engine.improve({} as Explanation, (message) => heard.push(message));
  const waiting = engine.explain(1);
  worker.onerror!({ message: "out of memory" });
  worker.onerror!({ message: "out of memory" });
  expect(opening).toEqual(["failed"]);
  expect(heard).toMatchObject([{ type: "not-read", error: { remedy: "Load the page again." } }]);
  expect(await waiting).toMatchObject({ cause: expect.stringContaining("out of memory") });
  expect(await engine.explain(2)).toMatchObject({ remedy: "Load the page again." });
  engine.improve({} as Explanation, (message) => heard.push(message));
  expect(heard).toHaveLength(2);
  void asked; // of a run before: its row is gone
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
