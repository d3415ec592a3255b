/** Postings, saved pages, escaped texts and links, read as Python reads them. */

import { readFileSync } from "node:fs";
import { gunzipSync } from "fflate";
import { expect, test } from "vitest";
import { ReadError } from "../src/errors";
import { read } from "../src/reading";
import { posting } from "../src/reading/chrome";

interface Entry {
  readonly file: string;
  readonly data: string; // base64
  readonly text?: string;
  readonly notices?: readonly string[];
  readonly posting?: readonly string[];
  readonly error?: string;
  readonly cause?: string;
}

const FILE = new URL("../../tests/golden/web/saved.json.gz", import.meta.url);
const golden = JSON.parse(new TextDecoder().decode(gunzipSync(readFileSync(FILE)))) as Entry[];
const noPdf = () => Promise.reject(new Error("no PDF here"));

async function reading({ file, data }: Entry): Promise<Partial<Entry>> {
  try {
    const document = await read(Buffer.from(data, "base64"), file, noPdf);
    const left = posting(document);
    return {
      text: document.text,
      notices: document.notices.map(({ code }) => code),
      posting: left.lines.map(({ start, end }) => left.text.slice(start, end)),
    };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { error: error.name, cause: error.cause };
  }
}

test("the golden cases are enough", () => expect(golden.length).toBeGreaterThan(55));

test.each(golden)("$file is read as Python reads it", async (entry) => {
  const { file: _, data: __, ...expected } = entry;
  expect(await reading(entry)).toEqual(expected);
});
