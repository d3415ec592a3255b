/** What is read of one document, on the page and on the command line; and piles of people in one file. */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exported, launch, open, ready, ROOT, rolefit, type Served, serve } from "./site";

const SHOTS = new URL("../shots/", import.meta.url).pathname;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const FOLDER = mkdtempSync(join(tmpdir(), "rolefit-read-"));

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
  await ready(page);
});

afterAll(async () => {
  await browser?.close();
  served?.stop();
});

async function finished(): Promise<void> {
  await page.waitForSelector("#results:not([hidden])", { timeout: 300_000 });
}

async function saved(button: string): Promise<string> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: button, exact: true }).click();
  return readFileSync((await (await downloading).path())!, "utf8");
}

/** On a desk and on a phone, in light and dark: nothing sticks out, and axe finds nothing. */
async function readable(name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const)
    for (const [where, width, height] of [["phone", 390, 844], ["desk", 1280, 900]] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height });
      await page.evaluate(async () => {
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
      });
      await page.evaluate(readFileSync(AXE, "utf8"));
      const found = await page.evaluate(async () => {
        const axe = (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.screenshot({ path: join(SHOTS, `${name}-${where}-${scheme}.png`), fullPage: true });
    }
  await page.emulateMedia({ colorScheme: "light" });
}

describe("what is read of one document", () => {
  test.each(["resumes/lucia-ferreira-icu-nurse.pdf", "jobs/staff-nurse-icu.html"])("is on the page what the command line says: %s", async (name) => {
    const path = join(ROOT, "examples", name);
    await page.locator("input[value=read]").check({ force: true });
    await page.setInputFiles("#resume-files", path);
    await page.locator("#resume-chosen").waitFor();
    await page.click("#go");
    await finished();
    const there = JSON.parse(rolefit("inspect", path, "--json"));
    expect(JSON.parse(await saved("Save JSON"))).toEqual({ ...there, file: name.split("/")[1] });
    expect(await page.locator("#results").innerText()).toContain(`Read as a ${there.as}.`);
    expect(await page.locator(".read mark").count()).toBeGreaterThan(10);
    await readable(`read-${there.as}`);
    await page.click("#clear");
  });

  test("is told of a text that is pasted, as what one says it is", async () => {
    await page.fill("#resume-text", "Head Baker\nRequirements\n- At least 3 years of work as a baker\n");
    await page.selectOption("#side", "job");
    await page.click("#go");
    await finished();
    expect(await page.locator("#results").innerText()).toMatch(/Read as a job\.[^]*At least 3 years of work as a baker/);
    expect(await page.locator("#said").textContent()).toBe("Done. What was read is below.");
  });

  test("is refused with the reason where the file is no document", async () => {
    const path = join(FOLDER, "old.doc");
    writeFileSync(path, Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from("WordDocument", "utf16le")]));
    await page.setInputFiles("#resume-files", path);
    await page.locator("#resume-chosen").waitFor();
    await page.click("#go");
    await page.locator("#results", { hasText: "old binary Word document" }).waitFor({ timeout: 60_000 });
    expect(await page.locator("#results").innerText()).toContain("Save it as DOCX or PDF");
    await page.click("#clear");
  });
});

test("nothing was asked of another place, and the page complained of nothing", () => {
  expect(elsewhere).toEqual([]);
  expect(complaints).toEqual([]);
});
