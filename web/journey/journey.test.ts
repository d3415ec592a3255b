/** One way through the whole page, as a recruiter takes it: drop, rank, compare, stop, go offline. */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exported, launch, open, ready, rolefit, type Served, serve } from "./site";

const ROOT = new URL("../../", import.meta.url).pathname;
const SHOTS = new URL("../shots/", import.meta.url).pathname;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const JOB = "job-backend-engineer.txt";
// Short ones of every format, and three that cannot be read.
const RESUMES = [
  "resume-00-0.pdf", "resume-02-2.docx", "resume-02-0.html", "resume-01-0.txt", "resume-03-0.md",
  "text-symbols.txt", "not-read/broken-off.pdf", "not-read/scan.pdf", "not-read/password.pdf",
];
const files = unzipSync(readFileSync(join(ROOT, "tests/golden/web/documents.zip")));

let served: Served;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let elsewhere: string[];
let complaints: string[];

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  served = await serve(exported());
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  ({ page, elsewhere, complaints } = await open(context, served.url));
});

afterAll(async () => {
  await browser?.close();
  served?.stop();
});

function given(name: string) {
  return { name: name.replace(/.*\//, ""), mimeType: "application/octet-stream", buffer: Buffer.from(files[name]!) };
}

async function finished(): Promise<void> {
  await page.waitForSelector("#results:not([hidden])", { timeout: 500_000 });
}

async function shot(name: string): Promise<void> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

async function accessible(): Promise<void> {
  // Handed to the page by the browser's tools: its own policy would refuse a script from elsewhere.
  await page.evaluate(readFileSync(AXE, "utf8"));
  const found = await page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe;
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0]?.html }));
  });
  expect(found).toEqual([]);
}

describe("the page", () => {
  test("opens its model and takes several threads, because it is isolated", async () => {
    expect(await ready(page)).toMatch(/^Ready: .*WebAssembly SIMD, \d thread/);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await accessible();
    await shot("start");
  });

  test("ranks dropped files as the command line does, to a tenth of a point", async () => {
    await page.setInputFiles("#job-file", given(JOB));
    await page.setInputFiles("#resume-files", RESUMES.map(given));
    expect(await page.locator("#go").innerText()).toBe(`Rank ${RESUMES.length} resumes`);
    await page.click("#go");
    await finished();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save JSON" }).click();
    const here = JSON.parse(readFileSync((await (await downloading).path())!, "utf8"));

    const folder = mkdtempSync(join(tmpdir(), "rolefit-journey-"));
    for (const name of [JOB, ...RESUMES]) writeFileSync(join(folder, given(name).name), given(name).buffer);
    const paths = RESUMES.map((name) => join(folder, given(name).name)).sort();
    const there = JSON.parse(rolefit("rank", join(folder, JOB), ...paths, "--json", "--no-cache"));

    const base = (path: string): string => path.split("/").at(-1)!;
    type Result = { file: string; score: number; band: number[]; verdict: string; notices: unknown };
    const plain = (results: Result[]) => results.map(({ file, verdict, notices }) => ({ file: base(file), verdict, notices }));
    expect(plain(here.results)).toEqual(plain(there.results));
    here.results.forEach((result: Result, i: number) => {
      expect(Math.abs(result.score - there.results[i].score)).toBeLessThan(0.1);
      result.band.forEach((end, k) => expect(Math.abs(end - there.results[i].band[k])).toBeLessThan(0.1));
    });
    const refusals = (list: { file: string; error: string; cause: string }[]) =>
      list.map(({ file, error, cause }) => [base(file), error, cause]).sort();
    expect(refusals(here.not_read)).toEqual(refusals(there.not_read));
    expect({ schema: here.schema, bundle: here.bundle, ranked: here.ranked }).toEqual({
      schema: there.schema, bundle: there.bundle, ranked: there.ranked,
    });
  });

  test("shows the texts it has read, by keyboard, in light and dark, on a desk and on a phone", async () => {
    await page.locator(".name").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator(".name").first().getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator(".detail:visible .lines").first().innerText()).toContain("Amara Osei");
    for (const scheme of ["light", "dark"] as const)
      for (const [name, width, height] of [["desk", 1280, 900], ["phone", 390, 844]] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height });
        await accessible();
        await shot(`ranked-${name}-${scheme}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("filters by name", async () => {
    await page.fill("#filter", "docx");
    expect(await page.locator("tbody:visible .name").allInnerTexts()).toEqual(["resume-02-2.docx"]);
  });

  test("stops midway and keeps what was scored", async () => {
    await page.click("#go");
    await page.waitForFunction(() => /^[1-9]\d* of/.test(document.getElementById("progress-text")!.textContent!), null, { timeout: 300_000 });
    await page.click("#cancel");
    await finished();
    expect(await page.locator("#results").innerText()).toMatch(/Stopped after [1-8] of 9/);
    expect(await page.locator("tbody .name").count()).toBeGreaterThan(0);
  });

  test("works without a network after the first load", async () => {
    await page.waitForFunction(async () => Boolean((await navigator.serviceWorker.ready).active));
    served.stop();
    await context.setOffline(true);
    await page.reload();
    expect(await ready(page)).toMatch(/^Ready/);
    await page.locator("input[value=check]").check({ force: true });
    await page.fill("#job-text", "We are looking for a backend engineer who writes Python and Go.");
    await page.setInputFiles("#resume-files", given("resume-00-0.pdf"));
    await page.click("#go");
    await finished();
    expect(Number(await page.locator(".big .number").innerText())).toBeGreaterThan(0);
    await accessible();
    await shot("checked");
  });

  test("has asked nobody else for anything, and broken no rule of its own", () => {
    expect(elsewhere).toEqual([]);
    expect(complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch|An unknown error occurred/.test(text))).toEqual([]);
  });
});
