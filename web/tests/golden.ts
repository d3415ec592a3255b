/** tests/golden/web as the tests need it: files, and what Python made of them. */

import { readFileSync } from "node:fs";
import { unzipSync, unzlibSync } from "fflate";
import { TAXONOMY } from "../src/bundle";
import { openPdfium } from "../src/pdfium";
import type { Reader } from "../src/reader";
import { openReader, type ReaderHost } from "../src/reader/folder";
import type { OpenPdfium, Pdfium } from "../src/reading";
import type { Tokens } from "../src/records";
import { openReaderSession } from "../src/session";
import { taxonomyBytes } from "./taxonomy";

const ROOT = new URL("../../", import.meta.url);
const GOLDEN = new URL("tests/golden/web/", ROOT);
export const BUNDLE = new URL("src/rolefit/models/default", ROOT).pathname;
export const READER = new URL("src/rolefit/models/reader", ROOT).pathname;

export interface Entry {
  readonly file: string;
  readonly kind: string;
  readonly pages: number;
  readonly lines: number;
  readonly sha256: string;
  readonly text_sha256: string;
  readonly notices: readonly string[];
  readonly ids: string;
  readonly starts: string;
  readonly ends: string;
  readonly dropped: number;
  readonly vector?: string;
  readonly line_cosines?: string;
}

export interface Golden {
  readonly bundle: string;
  readonly documents: readonly Entry[];
  readonly jobs: readonly string[];
  readonly resumes: readonly string[];
  readonly features: readonly string[];
  readonly scores: readonly (readonly number[])[]; // [resume][job]
  readonly values: readonly (readonly (readonly number[])[])[]; // [resume][job][feature]
  readonly pair_notices: readonly (readonly (readonly string[])[])[]; // [resume][job]
  readonly not_read: readonly { readonly file: string; readonly error: string; readonly cause: string }[];
}

/** WEB_GOLDEN names another file of the same writer. */
const FILE = process.env.WEB_GOLDEN ?? new URL("golden.json", GOLDEN);
export const golden = JSON.parse(readFileSync(FILE, "utf8")) as Golden;
export const files: Readonly<Record<string, Uint8Array>> = unzipSync(readFileSync(new URL("documents.zip", GOLDEN)));

/** The files of the shipped bundle, and the taxonomy. */
export async function loadFile(name: string): Promise<Uint8Array> {
  return name === TAXONOMY ? taxonomyBytes() : new Uint8Array(readFileSync(`${BUNDLE}/${name}`));
}

/** The shipped reader. */
export function testReader(matcher: ReaderHost): Promise<Reader> {
  const take = async (name: string): Promise<Uint8Array> => new Uint8Array(readFileSync(`${READER}/${name}`));
  return openReader(matcher, take, (model) => openReaderSession(model, { threads: 1 }));
}

export function int32(packed: string): number[] {
  return [...new Int32Array(unpack(packed))];
}

export function float16(packed: string): number[] {
  const view = new DataView(unpack(packed));
  return Array.from({ length: view.byteLength / 2 }, (_, i) => half(view.getUint16(2 * i, true)));
}

function unpack(packed: string): ArrayBuffer {
  return unzlibSync(Buffer.from(packed, "base64")).slice().buffer;
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
}

/** Spans in code points, as Python counts. */
export function pythonSpans(text: string, tokens: Tokens): { starts: number[]; ends: number[] } {
  const place = new Int32Array(text.length + 1); // code points before each UTF-16 unit
  for (let i = 0; i < text.length; i++) {
    const second = /[\udc00-\udfff]/.test(text[i]!) && i > 0 && /[\ud800-\udbff]/.test(text[i - 1]!);
    place[i + 1] = place[i]! + (second ? 0 : 1);
  }
  return { starts: [...tokens.starts].map((i) => place[i]!), ends: [...tokens.ends].map((i) => place[i]!) };
}

let pdfium: Promise<Pdfium> | undefined;
export const testPdfium: OpenPdfium = () =>
  (pdfium ??= openPdfium(
    readFileSync(new URL("../node_modules/@embedpdf/pdfium/dist/pdfium.wasm", import.meta.url)),
  ));

export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  return sum;
}
