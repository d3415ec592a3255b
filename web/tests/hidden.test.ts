import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { parse } from "parse5";
import { describe, expect, test } from "vitest";
import { ReadError } from "../src/errors";
import { float } from "../src/python";
import { LIMITS, read } from "../src/reading";
import { colourOf } from "../src/reading/cssvalues";
import { Elements } from "../src/reading/selectors";
import { testPdfium } from "./golden";

interface Reading {
  readonly text?: string;
  readonly lines?: number;
  readonly pages?: number;
  readonly notices?: readonly (readonly [string, string])[];
  readonly error?: string;
  readonly cause?: string;
}

const GOLDEN = new URL("../../tests/golden/web/", import.meta.url);
const files = unzipSync(readFileSync(new URL("hidden.zip", GOLDEN)));
const golden = JSON.parse(readFileSync(new URL("hidden.json", GOLDEN), "utf8")) as readonly {
  readonly file: string;
  readonly seen: Reading;
  readonly whole: Reading;
}[];

async function reading(file: string, withHidden: boolean): Promise<Reading> {
  try {
    const document = await read(files[file]!, file, testPdfium, LIMITS, withHidden);
    const { text, lines, pages, notices } = document;
    return { text, lines: lines.length, pages, notices: notices.map(({ code, message }) => [code, message]) };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { error: error.name, cause: withoutQuote(error.cause) };
  }
}

/** Brackets quote a library. */
function withoutQuote(cause: string): string {
  return cause.replace(/ \(.*\)$/, "");
}

const expected = (recorded: Reading): Reading =>
  recorded.cause === undefined ? recorded : { ...recorded, cause: withoutQuote(recorded.cause) };

describe.each(golden)("$file", ({ file, seen, whole }) => {
  test("is read as Python reads it: text, notices, words that were left out", async () => {
    expect(await reading(file, false)).toEqual(expected(seen));
  });

  test("has with its hidden words the text that Python gets", async () => {
    expect(await reading(file, true)).toEqual(expected(whole));
  });
});

test("the golden files hide words in every format and in many ways", () => {
  const hiding = golden.filter(({ seen }) => seen.notices?.some(([code]) => code === "hidden-text"));
  const reasons = new Set(hiding.flatMap(({ seen }) => seen.notices![0]![1].split(": ")[1]!.slice(0, -1).split("; ")));
  expect(new Set(hiding.map(({ file }) => file.split(".")[1]))).toEqual(new Set(["pdf", "docx", "html"]));
  expect(reasons.size).toBeGreaterThanOrEqual(10);
  expect(golden.filter(({ file, seen }) => file.includes("honest") && seen.text).length).toBeGreaterThanOrEqual(10);
});

describe("a selector", () => {
  const page = (head: string) =>
    parse(`${head}<div id=Top class="A b"><p n=1 class=x>t<p n=2 lang=en-GB>u</div><section><div><p n=3>v</div><ul><li n=4><li n=5 class=x></ul>`);
  const found = (selector: string, head = "<!doctype html>") => {
    const tree = page(head);
    const elements = new Elements(tree, tree.mode === "quirks").select(selector);
    return elements?.map((element) => element.attrs.find(({ name }) => name === "n")?.value ?? element.tagName) ?? null;
  };

  test("finds by name, class, id, attribute and place", () => {
    expect(found("p")).toEqual(["1", "2", "3"]);
    expect(found("div > P.x")).toEqual(["1"]);
    expect(found("section p, p")).toBeNull(); // lists are cut before
    expect(found("section p")).toEqual(["3"]);
    expect(found("#Top p + p")).toEqual(["2"]);
    expect(found("p ~ p[lang|=en]")).toEqual(["2"]);
    expect(found("[n='1'], ")).toBeNull();
    expect(found("*.x")).toEqual(["1", "5"]);
    expect(found("body div p")).toEqual(["1", "2", "3"]);
  });

  test("finds by what an element is, but not by how it is used", () => {
    expect(found("p:not(.x)")).toEqual(["2", "3"]);
    expect(found("p:not(.x, [lang])")).toEqual(["3"]);
    expect(found("*:is(.x, section > div) ")).toEqual(["1", "div", "5"]);
    expect(found("div :where(p:not(:first-child))")).toEqual(["2"]);
    expect(found(":root")).toEqual(["html"]);
    expect(found("li:last-child")).toEqual(["5"]);
    expect(found("li:nth-child(odd)")).toEqual(["4"]);
    expect(found("p:nth-child( 2n )")).toEqual(["2"]);
    expect(found("p:nth-child(-n + 1)")).toEqual(["1", "3"]);
    for (const selector of ["p:hover", "p::before", "p:not(", "p:not()", "p:nth-child(x)", "p:rooted"])
      expect(found(selector)).toBeNull();
  });

  test("has no case for classes and ids on pages of the quirks mode alone", () => {
    expect(found("#top .X")).toEqual([]);
    expect(found("#top .X", "")).toEqual(["1"]);
  });

  test("that makes no sense finds nothing", () => {
    for (const selector of ["", "> p", "p >", "..x", "p.", "a.5", "p {", "!x"]) expect(found(selector)).toBeNull();
  });

  test("of many steps on a page that nests deep takes no longer than its steps", () => {
    const tree = parse(`<!doctype html>${"<div>".repeat(2000)}<b>`);
    expect(new Elements(tree, false).select(`x ${"div ".repeat(8)}b`)).toEqual([]);
  });
});

test("colours are told as far as they can be told", () => {
  const below = [1, 2, 3];
  expect(["#fff", "#FFFFFFFF", "rgb(255 255 255)", "white"].map((text) => colourOf(text))).toEqual(Array(4).fill([255, 255, 255]));
  expect(["transparent", "#fff0", "rgba(9,9,9,0)"].map((text) => colourOf(text, below))).toEqual([below, below, below]);
  expect(["#ggg", "rgb(1,2)", "rgb(nan,0,0)", "nosuch", ""].map((text) => colourOf(text))).toEqual(Array(5).fill(null));
});

test("numbers are read as Python's float() reads them", () => {
  expect([" 1.5\n", "-.5e1", "1_000", "5.", "inf", "٣"].map(float)).toEqual([1.5, -5, 1000, 5, Infinity, 3]);
  expect(["", "1__0", "0x10", "1 2", "e5", "."].map(float)).toEqual(Array(6).fill(null));
});
