/** onnxruntime-web behind the narrow door that encode.ts asks for. */

import * as ort from "onnxruntime-web/wasm";
import type { Session } from "./encode";
import { BundleError } from "./errors";
import { constant } from "./language/data";
import type { ReaderSession } from "./reader";

export interface SessionOptions {
  readonly threads: number; // 1 where the page is not cross-origin isolated
  readonly wasmPaths?: { readonly mjs: string; readonly wasm: string }; // where onnxruntime's own files lie
}

// A module of one function that adds two vectors: what has no SIMD calls it invalid.
const VECTORS = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

/** Throws BundleError where the engine cannot run at all: to be asked before 27 MB are fetched. */
export function checkEngine(): void {
  if (typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(VECTORS))) return;
  throw new BundleError(
    "this browser has no WebAssembly with SIMD, which the model needs. Use a newer one (Chrome or Edge 91, " +
      "Firefox 89, Safari 16.4, or later), or rolefit on the command line",
  );
}

const PASSAGE = constant<number>("reader", "PASSAGE"); // mark of a passage, whichever it is
const ALONE = constant<number>("reader", "ALONE"); // mark of a text that is read alone

/** Throws BundleError if onnxruntime cannot load the file. */
export async function openSession(model: Uint8Array, options: SessionOptions): Promise<Session> {
  const session = await created(model, options, "encoder");
  const threads = ort.env.wasm.numThreads ?? 1;
  return {
    threads,
    backend: `WebAssembly SIMD, ${threads} thread${threads > 1 ? "s" : ""}`,
    async run(ids) {
      const { vector, tokens } = await session.run({ ids: whole(ids) }, ["vector", "tokens"]);
      return { vector: vector!.data as Float32Array, tokens: tokens!.data as Float32Array };
    },
  };
}

/** Throws BundleError if onnxruntime cannot load the file. */
export async function openReaderSession(model: Uint8Array, options: SessionOptions): Promise<ReaderSession> {
  const session = await created(model, options, "reader");
  return {
    async alone(ids) {
      const feed = { ids: whole(ids), marks: whole(ids.map(() => ALONE)), parts: whole(ids.map(() => 0)) };
      return (await session.run(feed, ["vector"])).vector!.data as Float32Array;
    },
    async across({ ids, parts }) {
      const feed = { ids: whole(ids), marks: whole(parts.map((part) => Math.min(part, PASSAGE))), parts: whole(parts) };
      const { status, points } = await session.run(feed, ["status", "points"]);
      return { status: status!.data as Float32Array, points: points!.data as Float32Array };
    },
  };
}

async function created(model: Uint8Array, options: SessionOptions, what: string): Promise<ort.InferenceSession> {
  checkEngine();
  ort.env.logLevel = "error";
  ort.env.wasm.numThreads = options.threads;
  if (options.wasmPaths) ort.env.wasm.wasmPaths = { ...options.wasmPaths };
  try {
    return await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  } catch (error) {
    throw new BundleError(`the ${what} cannot be opened: ${(error as Error).message}`);
  }
}

function whole(numbers: Iterable<number>): ort.Tensor {
  const wide = BigInt64Array.from(Array.from(numbers, BigInt));
  return new ort.Tensor("int64", wide, [wide.length]);
}
