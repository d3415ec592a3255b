import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ReadError } from "../src/errors";
import { read } from "../src/reading";
import { Tokenizer } from "../src/tokens";
import { BUNDLE, files, golden, int32, pythonSpans, testPdfium } from "./golden";

const tokenizer = new Tokenizer(JSON.parse(readFileSync(`${BUNDLE}/tokenizer.json`, "utf8")), 8192);

test("the golden cases are of many formats and enough", () => {
  expect(new Set(golden.documents.map((entry) => entry.kind))).toEqual(new Set(["pdf", "docx", "html", "text"]));
  expect(golden.documents.length).toBeGreaterThanOrEqual(60);
  expect(golden.jobs.length * golden.resumes.length).toBeGreaterThanOrEqual(200);
});

describe.each(golden.documents)("$file", (entry) => {
  test("has the text, the ids and the spans that Python reads", async () => {
    const document = await read(files[entry.file]!, entry.file, testPdfium);
    expect(createHash("sha256").update(document.text).digest("hex")).toBe(entry.text_sha256);
    expect(document).toMatchObject({ kind: entry.kind, pages: entry.pages, sha256: entry.sha256 });
    expect(document.lines).toHaveLength(entry.lines);
    expect(document.notices.map((notice) => notice.code)).toEqual(entry.notices);
    const tokens = tokenizer.encode(document.text);
    expect([...tokens.ids]).toEqual(int32(entry.ids));
    const spans = pythonSpans(document.text, tokens);
    expect(spans.starts).toEqual(int32(entry.starts));
    expect(spans.ends).toEqual(int32(entry.ends));
    expect(tokens.dropped).toBe(entry.dropped);
  });
});

test.each(golden.not_read)("$file is refused as Python refuses it: $error", async ({ file, error, cause }) => {
  const refusal = await read(files[file]!, file, testPdfium).catch((problem: unknown) => problem);
  expect(refusal).toBeInstanceOf(ReadError);
  expect((refusal as ReadError).name).toBe(error);
  if (!cause.includes("(")) expect((refusal as ReadError).cause).toBe(cause); // brackets quote a library
});
