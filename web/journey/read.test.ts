/** What is read of one document, on the page and on the command line; and piles of people in one file. */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
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

describe("several people at once", () => {
  const JOB = "Baker\nRequirements\n- Two years of work as a baker of bread and cakes\n- Must hold a food handler card\n";
  const PEOPLE: Record<string, string> = {
    ann: "Ann Roe\nBaker\nExperience\nBaker, Mill Lane, May 2015 - June 2021\nBaked bread and cakes. Food handler card.\n",
    ben: "Ben Low\nClerk\nExperience\nClerk, Harbour Office, May 2015 - June 2021\nKept the books of the port.\n",
    cat: "Cat Orr\nCook\nExperience\nCook, Inn, May 2015 - June 2021\nCooked for forty guests and baked the bread.\n",
  };
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const row = ([id, text]: [string, string]): string => `${id},${quoted(text)}\n`;
  const pile = zipSync({
    ...Object.fromEntries(Object.entries(PEOPLE).map(([name, text]) => [`in/${name}.txt`, strToU8(text)])),
    "in/photo.png": Uint8Array.from(Buffer.from("89504e470d0a1a0a0000000d", "hex")),
    ".hidden": strToU8("x"),
  });
  const files: Record<string, Uint8Array> = {
    "pile.zip": pile,
    "people.csv": strToU8(`id,resume\n${Object.entries(PEOPLE).map(row).join("")}empty,\n`),
    "people.jsonl": strToU8(Object.entries(PEOPLE).map(([id, text]) => JSON.stringify({ id, resume: text })).join("\n")),
  };

  test.each(Object.keys(files))("in %s are ranked as on the command line, and what is not read has its reason", async (name) => {
    writeFileSync(join(FOLDER, name), files[name]!);
    writeFileSync(join(FOLDER, "job.txt"), JOB);
    await page.locator("input[value=rank]").check({ force: true });
    await page.click("#clear");
    await page.setInputFiles("#job-file", join(FOLDER, "job.txt"));
    await page.setInputFiles("#resume-files", join(FOLDER, name));
    await page.locator("#resume-chosen").waitFor();
    expect(await page.locator("#go").innerText()).toBe("Rank the resumes"); // how many is not known yet
    await page.click("#go");
    await finished();
    const here = JSON.parse(await saved("Save JSON"));
    const there = JSON.parse(rolefit("rank", join(FOLDER, "job.txt"), join(FOLDER, name), "--json", "--no-cache"));
    const short = (file: string): string => file.slice(file.lastIndexOf(name));
    const plain = (list: { file: string; score: number }[]) => list.map(({ file, score }) => [short(file), Math.round(score)]);
    expect(plain(here.results)).toEqual(plain(there.results));
    expect(here.results).toHaveLength(3);
    const causes = (list: { file: string; cause: string }[]) => list.map(({ file, cause }) => [short(file), cause]);
    // A picture is read by another program where there is one.
    if (!name.endsWith(".zip")) expect(causes(here.not_read)).toEqual(causes(there.not_read));
    expect(await page.locator(".unread li").count()).toBe(here.not_read.length);
    await page.locator(".name").first().click();
    await page.waitForSelector(".evidence .texts", { timeout: 300_000 });
    expect(await page.locator(".evidence .texts").innerText()).toContain("Ann Roe");
  });

  test("are ordered by what a person says must be shown, as on the command line", async () => {
    await page.click("#clear");
    await page.setInputFiles("#job-file", join(FOLDER, "job.txt"));
    await page.setInputFiles("#resume-files", join(FOLDER, "pile.zip"));
    await page.locator("#resume-chosen").waitFor();
    await page.click("#musts-choose");
    await page.locator("#musts-list li").nth(1).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("musts");
    expect(await page.locator("#musts-list input:checked").count()).toBe(0);
    await page.locator("#musts-list label", { hasText: "Must hold a food handler card" }).click();
    await readable("musts");
    await page.click("#go");
    await finished();
    const here = JSON.parse(await saved("Save JSON"));
    const job = join(FOLDER, "job.txt");
    const there = JSON.parse(rolefit("rank", job, join(FOLDER, "pile.zip"), "--must", "food handler card", "--json", "--no-cache"));
    type Result = { file: string; score: number; weighted: { score: number; steps: unknown[]; statuses: object; must_not_shown: string[] } };
    const plain = (list: Result[]) => list.map(({ file, weighted: { score, ...rest } }) => [file.slice(file.lastIndexOf("pile.zip")), Math.round(score), rest.statuses, rest.must_not_shown]);
    expect(plain(here.results)).toEqual(plain(there.results));
    expect(here.confirmed).toEqual({ ...there.confirmed, job: { ...there.confirmed.job, name: here.confirmed.job.name } });
    expect(await page.locator(".decided").innerText()).toContain("must: Must hold a food handler card");
    expect(await page.locator(".musts").allInnerTexts()).toEqual(["1 of 1 met", ...Array(2).fill(expect.stringContaining("not shown: Must hold a food handler card"))]);
    const rows = (await saved("Save CSV")).trim().split("\r\n");
    expect(rows[0]).toContain("yours,must_not_shown,yours_adds_up");
    await page.locator(".name").nth(1).click();
    await page.waitForSelector(".evidence .texts", { timeout: 300_000 });
    await readable("decided");
  });

  test("in a folder are ranked, folders and archives in it opened, with the progress of all", async () => {
    const folder = join(FOLDER, "pile");
    mkdirSync(join(folder, "more"), { recursive: true });
    writeFileSync(join(folder, "dan.txt"), PEOPLE["cat"]!.replace("Cat Orr", "Dan Poe"));
    writeFileSync(join(folder, "more", "people.csv"), files["people.csv"]!);
    await page.click("#clear");
    await page.fill("#job-text", JOB);
    await page.setInputFiles("#resume-folder", folder);
    await page.locator("#resume-chosen", { hasText: "2 files" }).waitFor();
    await page.evaluate(() => {
      const seen: string[] = ((window as unknown as { seen: string[] }).seen = []);
      const text = document.getElementById("progress-text")!;
      new MutationObserver(() => seen.push(text.textContent!)).observe(text, { childList: true, characterData: true, subtree: true });
    });
    await page.click("#go");
    await finished();
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen.filter((text) => text.includes("of 5 resumes scored")).length).toBeGreaterThan(2);
    const names = await page.locator("tbody .name").allInnerTexts();
    expect(names.sort()).toEqual(["pile/dan.txt", "pile/more/people.csv/ann", "pile/more/people.csv/ben", "pile/more/people.csv/cat"]);
    expect(await page.locator(".unread").innerText()).toMatch(/Not read: 1 document[^]*people\.csv\/empty[^]*row 5 says nothing in "resume"/i);
    await page.locator(".name", { hasText: "people.csv/ben" }).click();
    await page.waitForSelector(".evidence .texts", { timeout: 300_000 });
    expect(await page.locator(".evidence .texts").innerText()).toContain("Ben Low");
    await readable("pile");
  });
});

describe("people who are kept, and a sealed page", () => {
  const databases = (): Promise<string[]> => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name!));
  const JOB = "Baker\nRequirements\n- Two years of work as a baker of bread and cakes\n";

  test("are kept only when asked to, come back after a reload, and are forgotten by a click", async () => {
    await page.click("#clear");
    const text = (i: number): string => `Person ${i}\nBaker\nBaked bread and cakes for ${i + 1} years.\n`;
    await page.setInputFiles("#resume-files", Array.from({ length: 6 }, (_, i) => ({ name: `p${i}.txt`, mimeType: "text/plain", buffer: Buffer.from(text(i)) })));
    await page.locator("#kept button").waitFor();
    expect(await databases()).toEqual([]);
    await page.getByRole("button", { name: "Keep these people in this browser" }).click();
    await page.locator("#kept", { hasText: "6 files" }).waitFor();
    await readable("kept");
    await page.reload();
    await ready(page);
    expect(await page.locator("#resume-chosen").isHidden()).toBe(true); // nothing is used by itself
    await page.getByRole("button", { name: "Use them" }).click();
    await page.locator("#resume-chosen", { hasText: "6 files" }).waitFor();
    await page.getByRole("button", { name: "Forget them" }).click();
    await page.locator("#kept", { hasText: "Forget them" }).waitFor({ state: "hidden" });
    expect(await databases()).toEqual([]);
  });

  test("lets counts out alone, and prints nothing", async () => {
    await page.fill("#job-text", JOB);
    await page.check("#sealed");
    await page.click("#go");
    await finished();
    expect(await page.locator(".tools button").allInnerTexts()).toEqual(["Save counts"]);
    const counts = await saved("Save counts");
    expect(counts).not.toMatch(/p\d\.txt|Person/);
    expect(JSON.parse(counts)).toMatchObject({ ranked: 6, professions: { hospitality: 6 } });
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#results").isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });
    await page.uncheck("#sealed");
  });

  test("who cannot be told apart stands in one group", async () => {
    await page.click("#go");
    await page.locator(".tier", { hasText: "these six cannot be told apart" }).waitFor({ timeout: 300_000 });
    expect(JSON.parse(await saved("Save JSON")).tiers.people).toEqual([6]);
  });
});

test("nothing was asked of another place, and the page complained of nothing", () => {
  expect(elsewhere).toEqual([]);
  expect(complaints).toEqual([]);
});
