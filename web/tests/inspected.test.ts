import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { openBundle } from "../src/bundle";
import { ReadError } from "../src/errors";
import { inspect } from "../src/inspection";
import type { Side } from "../src/intake";
import { useTaxonomy } from "../src/language/taxonomy";
import { contentOf, inspectionJson } from "../src/report/inspectJson";
import { marks, rows } from "../src/report/inspectView";
import { loadFile, testPdfium } from "./golden";

const ROOT = new URL("../../", import.meta.url);
const GOLDEN = new URL("tests/golden/web/", ROOT);
const golden = JSON.parse(new TextDecoder().decode(gunzipSync(readFileSync(new URL("inspected.json.gz", GOLDEN))))) as {
  texts: Record<string, string>;
  entries: { file: string; as: Side | ""; found: Record<string, unknown> }[];
};
const files = new Map<string, Uint8Array>();
for (const name of ["documents", "hidden", "formats"])
  for (const [file, data] of Object.entries(unzipSync(readFileSync(new URL(`${name}.zip`, GOLDEN))))) files.set(file, data);
for (const folder of ["resumes", "jobs"])
  for (const name of readdirSync(new URL(`examples/${folder}/`, ROOT)))
    files.set(`${folder}/${name}`, new Uint8Array(readFileSync(new URL(`examples/${folder}/${name}`, ROOT))));
for (const [name, text] of Object.entries(golden.texts)) files.set(name, new TextEncoder().encode(text));
let asOf: number | null;

beforeAll(async () => {
  const bundle = await openBundle(loadFile);
  useTaxonomy(bundle.taxonomy);
  asOf = bundle.asOf;
});

/** Brackets quote a library. */
function withoutBrackets(cause: string): string {
  return cause.replace(/ \(.*\)$/, "");
}

async function inspected(file: string, side: Side | "") {
  const name = file.split("/").at(-1)!;
  return inspect({ name, bytes: files.get(file)! }, side, testPdfium, asOf);
}

test.each(golden.entries)("$file (as '$as') says in JSON what the command line says", async ({ file, as, found }) => {
  const content: unknown = await inspected(file, as).then(
    (inspection) => JSON.parse(inspectionJson(inspection)) as unknown,
    (error: unknown) => {
      if (!(error instanceof ReadError)) throw error;
      return { error: error.name, cause: withoutBrackets(error.cause) };
    },
  );
  expect(content).toEqual("cause" in found ? { ...found, cause: withoutBrackets(String(found.cause)) } : found);
  expect(Object.keys(content as object)).toEqual(Object.keys(found)); // in the same order
});

describe("what is shown of it", () => {
  test("names positions, years and what other programs may get wrong", async () => {
    const found = await inspected("signs.txt", "resume");
    const groups = new Map(rows(found));
    expect([...groups.keys()]).toEqual(["What was read", "Positions", "The person", "Skills", "In other programs"]);
    expect(groups.get("Positions")![0]).toMatchObject({ name: "May 2019 - now", text: expect.stringContaining("Head Baker · Northwind Foods") });
    expect(groups.get("In other programs")!.map(({ name }) => name)).toContain("letter-spacing");
    const { text } = found.document;
    const marked = marks(found).map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`);
    expect(marked).toContain("employer: Northwind Foods");
    expect(marked).toContain("heading: EXPERIENCE");
  });

  test("lists what a job asks for, must-haves as such", async () => {
    const found = await inspected("advert.txt", "");
    expect(found.side).toBe("job");
    const asked = new Map(rows(found)).get("What it asks for")!;
    expect(asked.map(({ name }) => name)).toContain("r2 must");
    expect(contentOf(found).resume).toBeNull();
  });
});
