import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { ReadError } from "../src/errors";
import { parts, readPart } from "../src/reading";
import { testPdfium } from "./golden";

const GOLDEN = new URL("../../tests/golden/web/", import.meta.url);
const files = unzipSync(readFileSync(new URL("formats.zip", GOLDEN)));
/** Without what a library says, which stands in brackets. */
const told = (cause: unknown): unknown => (typeof cause === "string" ? cause.replace(/ \([^]*\)$/, "") : cause);
const entries = JSON.parse(readFileSync(new URL("formats.json", GOLDEN), "utf8")) as {
  file: string;
  documents: Record<string, unknown>[];
}[];

test.each(entries)("$file holds the documents that Python finds, and refuses the same", async ({ file, documents }) => {
  const found: unknown[] = [];
  for (const part of parts(files[file]!, file))
    try {
      if (part instanceof ReadError) throw part;
      const { name, kind, text, notices } = await readPart(part, testPdfium);
      found.push({ name, kind, text, notices: notices.map(({ code }) => code) });
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      found.push({ name: error.file, error: error.name, cause: told(error.cause) });
    }
  expect(found).toEqual(documents.map((one) => ("cause" in one ? { ...one, cause: told(one.cause) } : one)));
});
