/** What is said where the engine cannot run. */

import { afterEach, expect, test, vi } from "vitest";
import { BundleError } from "../src/errors";
import { checkEngine, openSession } from "../src/session";

afterEach(() => vi.unstubAllGlobals());

test("an engine with vectors is taken", () => {
  expect(checkEngine).not.toThrow();
});

test("a browser without SIMD, or without WebAssembly, is told which ones have it", async () => {
  vi.stubGlobal("WebAssembly", { ...WebAssembly, validate: () => false });
  expect(checkEngine).toThrow(BundleError);
  expect(checkEngine).toThrow(/no WebAssembly with SIMD.*Chrome or Edge 91/s);
  await expect(openSession(new Uint8Array(), { threads: 1 })).rejects.toThrow(/SIMD/);
  vi.stubGlobal("WebAssembly", undefined);
  expect(checkEngine).toThrow(/no WebAssembly/);
});
