/** tests/golden/web/language.json.gz, and how to compare with it: Python's names, offsets in code points. */

import { readFileSync } from "node:fs";
import { gunzipSync } from "fflate";
import type { Document } from "../src/records";

/** LANGUAGE_GOLDEN names another file of the same writer, to check a change on more texts. */
const FILE = process.env.LANGUAGE_GOLDEN ?? new URL("../../tests/golden/web/language.json.gz", import.meta.url);

export interface Found {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly (readonly [number, number, number])[];
  readonly [part: string]: unknown;
}

export const language = JSON.parse(new TextDecoder().decode(gunzipSync(readFileSync(FILE)))) as {
  readonly as_of: number;
  readonly documents: readonly Found[];
};

/** The document as the reading room hands it over. */
export function documentOf(found: Found): Document {
  const units = utf16(found.text);
  const lines = found.lines.map(([start, end, page]) => ({ start: units[start]!, end: units[end]!, page }));
  return { name: found.name, text: found.text, lines, kind: "text", pages: 1, sha256: "", notices: [], furniture: [], columns: [] };
}

/** UTF-16 offset of each code point, and of the end. */
function utf16(text: string): number[] {
  const places: number[] = [];
  let at = 0;
  for (const char of text) {
    places.push(at);
    at += char.length;
  }
  return [...places, at];
}

/** Of an offset as JavaScript counts: the same as Python counts. */
export function codePointsBefore(text: string): (at: number) => number {
  const points = new Map(utf16(text).map((at, i) => [at, i]));
  return (at) => points.get(at)!;
}

/** `value` as Python would have written it: snake_case, null, spans in code points. */
export function asPython(value: unknown, text: string): unknown {
  const points = codePointsBefore(text);
  const walk = (part: unknown, key = ""): unknown => {
    if (part === undefined) return null;
    if (typeof part === "number") return key === "start" || key === "end" ? points(part) : part;
    if (Array.isArray(part)) return part.map((item) => walk(item));
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, item]) => [name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), walk(item, name)]),
    );
  };
  return walk(value);
}
