/** Opens pdfium from the bytes of its WebAssembly file: it never fetches anything by itself. */

import { init } from "@embedpdf/pdfium";
import type { Pdfium } from "./reading";

export async function openPdfium(wasm: Uint8Array): Promise<Pdfium> {
  const binary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer;
  const pdfium = await init({ wasmBinary: binary });
  pdfium.PDFiumExt_Init();
  return pdfium;
}
