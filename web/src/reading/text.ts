/**
 * Plain text and Markdown: bytes -> string, by the rules of rolefit/reading/text.py: a byte order
 * mark; UTF-16 if every second byte is mostly zero; UTF-8 if all of it is valid; else Windows-1252,
 * or Latin-1 where a byte has no meaning in Windows-1252, with a notice.
 */

import type { Notice } from "../records";
import type { Extract } from "./common";

export interface Decoded {
  readonly text: string;
  readonly notices: readonly Notice[];
}

const MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe, 0, 0], "utf-32-le"], // before UTF-16: it begins with the same two bytes
  [[0, 0, 0xfe, 0xff], "utf-32-be"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
const SAMPLE = 4096; // bytes looked at to tell UTF-16 without a mark
// Windows-1252 from 0x80 to 0x9F, by hand: Node 20's own decoder takes it for Latin-1.
const WESTERN = "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";
const UNDEFINED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]); // browsers give them a meaning, Python none

export function extract(data: Uint8Array): Extract {
  const { text, notices } = decode(data);
  return { pages: [text], notices };
}

/**
 * Text and notices; `declared` is the encoding that the document itself names, if any. A name that
 * browsers do not know is ignored. Never fails: what an encoding cannot express becomes U+FFFD and a notice.
 */
export function decode(data: Uint8Array, declared?: string): Decoded {
  for (const [mark, encoding] of MARKS)
    if (mark.every((byte, i) => data[i] === byte)) return strictOrMarked(data.subarray(mark.length), encoding);
  const wide = wideEncoding(data);
  if (wide) return strictOrMarked(data, wide);
  if (declared !== undefined && isKnown(declared)) return strictOrMarked(data, declared);
  try {
    return { text: decodeAs(data, "utf-8", true), notices: [] };
  } catch {
    return guess(data);
  }
}

/** As XML is decoded: by its mark, else as it says itself, else as UTF-8. Throws what is no such text, or an unknown name. */
export function decodeStrictly(data: Uint8Array, declared = "utf-8"): string {
  for (const [mark, encoding] of MARKS)
    if (mark.every((byte, i) => data[i] === byte)) return decodeAs(data.subarray(mark.length), encoding, true);
  const wide = wideEncoding(data);
  if (wide) return decodeAs(data, wide, true);
  const named = declared.toLowerCase();
  if (["iso-8859-1", "latin1", "latin-1"].includes(named)) return latin1(data);
  const known = new TextDecoder(named).encoding;
  if (known.startsWith("utf-16")) throw new RangeError("encoding specified in XML declaration is incorrect");
  return decodeAs(data, known, true);
}

/** Whether every byte has a meaning in Windows-1252. */
export function fits1252(data: Uint8Array): boolean {
  return !data.some((byte) => UNDEFINED_1252.has(byte));
}

function strictOrMarked(data: Uint8Array, encoding: string): Decoded {
  try {
    return { text: decodeAs(data, encoding, true), notices: [] };
  } catch {
    const message = `The text calls itself ${encoding}, but some of its bytes do not fit; they read as U+FFFD.`;
    return { text: decodeAs(data, encoding, false), notices: [{ code: "encoding-damaged", message }] };
  }
}

function decodeAs(data: Uint8Array, encoding: string, fatal: boolean): string {
  if (encoding === "latin-1") return latin1(data);
  if (encoding === "windows-1252") return latin1(data).replace(/[\x80-\x9f]/g, (c) => WESTERN[c.charCodeAt(0) - 128]!);
  if (encoding.startsWith("utf-32")) return utf32(data, encoding === "utf-32-le", fatal);
  return new TextDecoder(encoding, { fatal, ignoreBOM: true }).decode(data);
}

/** One character a byte. */
export function latin1(data: Uint8Array): string {
  let text = "";
  for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
  return text;
}

function utf32(data: Uint8Array, little: boolean, fatal: boolean): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const parts: string[] = [];
  for (let i = 0; i < data.length; i += 4) {
    const code = i + 4 <= data.length ? view.getUint32(i, little) : 0x110000;
    const good = code < 0xd800 || (code > 0xdfff && code < 0x110000);
    if (!good && fatal) throw new TypeError("not UTF-32");
    parts.push(good ? String.fromCodePoint(code) : "\ufffd");
  }
  return parts.join("");
}

/** UTF-16 without a mark: Western text has a zero in every second byte. */
function wideEncoding(data: Uint8Array): string | null {
  const sample = data.subarray(0, SAMPLE);
  const half = sample.length >> 1;
  if (half < 2 || data.length % 2) return null;
  let even = 0;
  let odd = 0;
  sample.forEach((byte, i) => {
    if (byte === 0) i % 2 ? odd++ : even++;
  });
  if (odd / half > 0.6 && even / half < 0.1) return "utf-16le";
  if (even / half > 0.6 && odd / half < 0.1) return "utf-16be";
  return null;
}

/** Whether browsers take it from a page that was readable as ASCII so far: not UTF-16, nor their own invention. */
function isKnown(encoding: string): boolean {
  if (encoding === "latin-1") return true;
  try {
    const known = new TextDecoder(encoding).encoding;
    return !known.startsWith("utf-16") && known !== "x-user-defined";
  } catch {
    return false;
  }
}

function guess(data: Uint8Array): Decoded {
  const western = fits1252(data);
  const text = decodeAs(data, western ? "windows-1252" : "latin-1", false);
  const message = `The text names no encoding and is not UTF-8; it was read as ${western ? "Windows-1252" : "Latin-1"}.`;
  return { text, notices: [{ code: "encoding-guessed", message }] };
}
