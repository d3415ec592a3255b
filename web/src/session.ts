/** onnxruntime-web behind the narrow door that encode.ts asks for. */

import * as ort from "onnxruntime-web/wasm";
import type { Session } from "./encode";
import { BundleError } from "./errors";

export interface SessionOptions {
  readonly threads: number; // 1 where the page is not cross-origin isolated
  readonly wasmPaths?: { readonly mjs: string; readonly wasm: string }; // where onnxruntime's own files lie
}

/** Throws BundleError if onnxruntime cannot load the file. */
export async function openSession(model: Uint8Array, options: SessionOptions): Promise<Session> {
  ort.env.logLevel = "error";
  ort.env.wasm.numThreads = options.threads;
  if (options.wasmPaths) ort.env.wasm.wasmPaths = { ...options.wasmPaths };
  let session: ort.InferenceSession;
  try {
    session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  } catch (error) {
    throw new BundleError(`the encoder cannot be opened: ${(error as Error).message}`);
  }
  const threads = ort.env.wasm.numThreads ?? 1;
  return {
    threads,
    backend: `WebAssembly SIMD, ${threads} thread${threads > 1 ? "s" : ""}`,
    async run(ids) {
      const wide = BigInt64Array.from(ids, BigInt);
      const input = new ort.Tensor("int64", wide, [wide.length]);
      const { vector, tokens } = await session.run({ ids: input }, ["vector", "tokens"]);
      return { vector: vector!.data as Float32Array, tokens: tokens!.data as Float32Array };
    },
  };
}
