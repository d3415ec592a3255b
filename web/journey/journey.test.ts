/** One way through the whole page, as a recruiter takes it: drop, rank, compare, stop, go offline. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { unzipSync } from "fflate";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exported, launch, open, ready, rolefit, type Served, serve } from "./site";

const ROOT = new URL("../../", import.meta.url).pathname;
const SHOTS = new URL("../shots/", import.meta.url).pathname;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const NURSE = "staff-nurse-icu.html"; // a job that must have a licence
const ENGINEER = "backend-engineer.txt";
const golden = unzipSync(readFileSync(join(ROOT, "tests/golden/web/documents.zip")));
// In one folder for both: the examples, and among the good files three that cannot be read.
const FOLDER = mkdtempSync(join(tmpdir(), "rolefit-journey-"));
const RESUMES = [
  ...readdirSync(join(ROOT, "examples/resumes")).map((name) => copied(name, readFileSync(join(ROOT, "examples/resumes", name)))),
  ...["broken-off", "scan", "password"].map((name) => copied(`${name}.pdf`, golden[`not-read/${name}.pdf`]!)),
].sort();
for (const name of [NURSE, ENGINEER]) copied(name, readFileSync(join(ROOT, "examples/jobs", name)));
// Texts that say much in other words than their adverts.
const REWORDED = JSON.parse(readFileSync(join(ROOT, "tests/golden/web/improve.json"), "utf8")).texts as Record<string, string>;
for (const [name, text] of Object.entries(REWORDED)) copied(name, Buffer.from(text));

function copied(name: string, bytes: Uint8Array): string {
  writeFileSync(join(FOLDER, name), bytes);
  return name;
}

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

function path(name: string): string {
  return join(FOLDER, name);
}

/** Chooses the files, in the mode at hand, and starts. */
async function begin(job: string, resumes: readonly string[]): Promise<void> {
  await page.click("#clear");
  await page.setInputFiles("#job-file", path(job));
  await page.setInputFiles("#resume-files", resumes.map(path));
  await page.click("#go");
}

async function saved(button: string): Promise<string> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return readFileSync((await (await downloading).path())!, "utf8");
}

/** The ranking here and on the command line, of the same files. */
async function both(job: string) {
  const here = JSON.parse(await saved("Save JSON"));
  const there = JSON.parse(rolefit("rank", path(job), ...RESUMES.map(path), "--json", "--no-cache"));
  return { here, there };
}

/** The line that is lit in a pane of both texts lies inside it, once it has been scrolled. */
async function litInside(place: number): Promise<void> {
  const inside = (place: number): boolean => {
    const line = document.querySelector(`.texts section:nth-child(${place}) .lit`);
    const pane = line?.closest(".lines")?.getBoundingClientRect();
    const box = line?.getBoundingClientRect();
    return Boolean(pane && box && pane.top <= box.top && box.bottom <= pane.bottom);
  };
  await page.waitForFunction(inside, place, { timeout: 20_000 });
  await page.waitForFunction(() => !document.querySelector(".lit"));
}

async function finished(): Promise<void> {
  await page.waitForSelector("#results:not([hidden])", { timeout: 500_000 });
}

async function shot(name: string): Promise<void> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

/** On a desk and on a phone, in light and dark. */
async function pictures(name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const)
    for (const [where, width, height] of [["phone", 390, 844], ["desk", 1280, 900]] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height });
      await shot(`${name}-${where}-${scheme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  await page.emulateMedia({ colorScheme: "light" });
}

async function accessible(): Promise<void> {
  // A change of scheme or size is there when the page has drawn it, and nothing moves any more.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
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
    expect(await page.locator("#said").textContent()).toBe("Ready");
    await accessible();
    await shot("start");
  });

  test.each([ENGINEER, NURSE])("ranks the examples for %s as the command line does, to a tenth of a point", async (job) => {
    await begin(job, RESUMES);
    await finished();
    const { here, there } = await both(job);
    type Result = { file: string; score: number; band: number[]; features: Record<string, number>; verdict: string; notices: unknown };
    const plain = (results: Result[]) => results.map(({ file, verdict, notices }) => ({ file: basename(file), verdict, notices }));
    expect(plain(here.results)).toEqual(plain(there.results));
    here.results.forEach((result: Result, i: number) => {
      expect(Math.abs(result.score - there.results[i].score)).toBeLessThan(0.1);
      expect(Object.keys(result.features)).toEqual(Object.keys(there.results[i].features));
      result.band.forEach((end, k) => expect(Math.abs(end - there.results[i].band[k])).toBeLessThan(0.1));
    });
    const domains = (results: { domains: { name: string }[] }[]) => results.map((result) => result.domains.map(({ name }) => name));
    expect(domains(here.results)).toEqual(domains(there.results));
    const refusals = (list: { file: string; error: string; cause: string }[]) =>
      list.map(({ file, error, cause }) => [basename(file), error, cause]).sort();
    expect(refusals(here.not_read)).toEqual(refusals(there.not_read));
    expect(refusals(here.not_read)).toHaveLength(3);
    expect({ schema: here.schema, bundle: here.bundle, ranked: here.ranked }).toEqual({
      schema: there.schema, bundle: there.bundle, ranked: there.ranked,
    });
  });

  test("says of nobody that something is lacking, and saves a table of all", async () => {
    // The advert lets the licence be had later, so nobody is held down for want of it.
    expect(await page.locator(".musts", { hasText: "not shown:" }).count()).toBe(0);
    expect(await page.locator("#results").innerText()).not.toMatch(/\black(s|ing)?\b/i);
    const rows = (await saved("Save CSV")).trim().split("\r\n");
    expect(rows[0]).toContain("place,file,score");
    expect(rows).toHaveLength(1 + RESUMES.length);
  });

  test("opens the evidence of a row by keyboard, with the statuses, quotes and points of the command line", async () => {
    const first = page.locator(".name").first();
    const name = await first.innerText();
    await first.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".evidence .status.reading", { timeout: 120_000 });
    expect(await page.locator(".evidence .status.reading").count()).toBe(await page.locator(".evidence .requirements .status").count());
    await pictures("reading");
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.waitForSelector(".evidence .texts", { timeout: 300_000 });
    expect(await first.getAttribute("aria-expanded")).toBe("true");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("name");
    const there = JSON.parse(rolefit("explain", path(name), path(NURSE), "--json"));
    const evidence = page.locator(".evidence").first();
    const read = await evidence.locator(".requirements > li").evaluateAll((items) =>
      items.map((item) => {
        const said = (part: string): string => (item.querySelector(part)?.textContent ?? "").replace(/^[^\w]+/, "");
        return [Number(said(".place")), said(".status"), said("blockquote .lead").slice(0, 40)];
      }),
    );
    type Asked = { status: string; must: boolean; support: { text: string }[] };
    const plain = (text: string): string => text.split(/\s+/).join(" ").replace(/^[^\w]+/, "").slice(0, 40);
    expect(read.sort(([a], [b]) => Number(a) - Number(b))).toEqual(
      there.requirements.map(({ status, support }: Asked, i: number) => [i + 1, status, plain(support[0]?.text ?? "")]),
    );
    const musts = there.requirements.filter(({ must }: Asked) => must);
    const met = musts.filter(({ status }: Asked) => status === "met").length;
    expect(await page.locator(".musts").first().innerText()).toMatch(new RegExp(`^(Must-haves: )?${met} of ${musts.length} met`));
    const points = (await page.locator(".score-parts li strong").allInnerTexts()).map(Number);
    expect(points.slice(0, -1).reduce((a, b) => a + b, 0)).toBe(points.at(-1));
    there.parts.forEach((part: { points: number }, i: number) => expect(Math.abs(points[i]! - part.points)).toBeLessThan(1.1));
    expect(await evidence.locator(".chips.met li").count()).toBe(there.skills.matched.length);
    expect(await page.locator("#said").textContent()).toBe("Done. The evidence is below the row.");
  });

  test("a mark of one text leads to its line in the other, which is scrolled to", async () => {
    const [job, resume] = [1, 2].map((place) => page.locator(`.evidence .texts section:nth-child(${place})`));
    await job!.locator(".ref").first().focus();
    await page.keyboard.press("Enter");
    await litInside(2);
    expect(await page.locator("#said").innerText()).toMatch(/^Requirement \d+, (met|partly|not shown)/);
    for (const mark of [resume!.locator("mark").first(), resume!.locator("mark").last()]) {
      await mark.click();
      await litInside(1);
    }
    await page.locator(".evidence .requirements .asked .lead").last().click();
    await litInside(1);
    await page.locator(".evidence .requirements blockquote:visible .lead").last().click();
    await litInside(2);
  });

  test("is readable in light and dark, on a desk and on a phone", async () => {
    for (const scheme of ["light", "dark"] as const)
      for (const [name, width, height] of [["desk", 1280, 900], ["phone", 390, 844]] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height });
        await accessible();
        await shot(`ranked-${name}-${scheme}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
    await page.emulateMedia({ colorScheme: "light", media: "print" });
    await page.setViewportSize({ width: 794, height: 1123 });
    await shot("ranked-print");
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("keeps the resumes of one profession, the same as the command line does, and counts the others", async () => {
    await page.selectOption("#filter-profession", "healthcare");
    const there = JSON.parse(rolefit("rank", path(NURSE), ...RESUMES.map(path), "--domain", "healthcare", "--json", "--no-cache"));
    const files = there.results.map(({ file }: { file: string }) => basename(file));
    expect(await page.locator("tbody:visible .name").allInnerTexts()).toEqual(files);
    const left = RESUMES.length - 3 - files.length;
    expect(await page.locator(".tools .shown").innerText()).toContain(`${left} left out: healthcare is not among`);
    await accessible();
    await pictures("profession");
    await page.selectOption("#filter-profession", "");
  });

  test("filters by name, by fit and by must-haves", async () => {
    const names = (): Promise<string[]> => page.locator("tbody:visible .name").allInnerTexts();
    await page.fill("#filter", "accountant");
    expect(await names()).toEqual(["helen-marchetti-senior-accountant.docx"]);
    await page.fill("#filter", "");
    const word = await page.locator(".line .fit").first().innerText();
    await page.selectOption("#filter-fit", word);
    expect(new Set(await page.locator("tbody:visible .line .fit").allInnerTexts())).toEqual(new Set([word]));
    await page.selectOption("#filter-fit", "");
    await page.check("#filter-musts");
    const some = await names();
    expect(some).not.toHaveLength(0);
    expect(some.length).toBeLessThan(RESUMES.length - 3);
    expect(await page.locator("tbody:visible .musts", { hasText: "not shown" }).count()).toBe(0);
  });

  test("stops midway and keeps what was scored", async () => {
    await begin(ENGINEER, RESUMES);
    await page.waitForFunction(() => /^[1-9]\d* of/.test(document.getElementById("progress-text")!.textContent!), null, { timeout: 300_000 });
    await page.click("#cancel");
    await finished();
    expect(await page.locator("#results").innerText()).toMatch(/Stopped after ([1-9]|1[0-4]) of 15/);
    expect(await page.locator("tbody .name").count()).toBeGreaterThan(0);
  });

  test("keeps both of two files with one name, and the list while one of them may be checked", async () => {
    const give = async (text: string, chosen: string): Promise<void> => {
      await page.setInputFiles("#resume-files", { name: "resume.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
      await page.locator("#resume-chosen", { hasText: chosen }).waitFor();
    };
    await page.click("#clear");
    await page.fill("#job-text", "Baker\nRequirements\nTwo years of work as a baker of bread and cakes.\n");
    await give("Ann\nBaker\nBaked bread and cakes for three years.\n", "resume.txt");
    await give("Ben\nClerk\nKept the books of a large bakery for three years.\n", "2 files (2 TXT)");
    await page.locator("#resume-chosen button").focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("resume-files");
    await give("Ann\nBaker\nBaked bread and cakes for three years.\n", "resume.txt");
    await give("Ben\nClerk\nKept the books of a large bakery for three years.\n", "2 files");
    await page.locator("input[value=check]").check({ force: true });
    expect(await page.locator("#resume-chosen").innerText()).toContain("resume.txt (the first of 2 files)");
    await page.locator("input[value=rank]").check({ force: true });
    await page.click("#go");
    await finished();
    expect((await page.locator("tbody .name").allInnerTexts()).sort()).toEqual(["resume.txt", "resume.txt (2)"]);
  });

  test("says why a job is refused, and keys go on from the button", async () => {
    await begin("scan.pdf", RESUMES.slice(0, 1));
    await page.locator("#problem", { hasText: /^The job could not be read/ }).waitFor({ timeout: 120_000 });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("go");
  });

  test("tries the advert's words when asked, stops when told, and gains what the command line says", async () => {
    const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.textContent);
    await page.locator("input[value=check]").check({ force: true });
    await begin("platform.txt", ["platform-resume.txt"]);
    await finished();
    const start = page.getByRole("button", { name: "Try the advert's words" });
    await start.waitFor({ timeout: 300_000 });
    await start.focus();
    await page.keyboard.press("Enter");
    // No picture of it under way: a quick machine is done in two seconds, and pictures take as long.
    await page.waitForFunction(() => document.activeElement?.textContent === "Stop here");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("Try the advert's words");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".change", { timeout: 120_000 });
    const there = JSON.parse(rolefit("improve", path("platform-resume.txt"), path("platform.txt"), "--json"));
    type Change = { before: string; after: string; gain: number; counts: boolean };
    const raised = there.rewordings.filter(({ counts }: Change) => counts).length;
    expect(raised).toBeGreaterThan(1);
    const said = `Done. ${there.rewordings.length} tried, ${raised} would raise the score.`;
    expect(await page.locator("#said").innerText()).toBe(said);
    const expected = there.rewordings.map(({ before, after, gain, counts }: Change) =>
      `${counts ? `+${gain.toFixed(0)} points:` : ""}${before}→becomes${after}`,
    );
    expect(await page.locator(".change").allTextContents()).toEqual(expected);
    const words = await page.locator(".wording").innerText();
    expect(words).toContain(`All together: ${Math.floor(there.together + 0.5)} of 100.`);
    expect(words).not.toMatch(/\black(s|ing)?\b/i);
    await page.locator(".wording summary").click();
    expect(await page.locator(".gaps li").count()).toBe(there.gaps.length);
    await accessible();
    await pictures("wording");
  });

  test("works without a network after the first load", async () => {
    await page.waitForFunction(async () => Boolean((await navigator.serviceWorker.ready).active));
    served.stop();
    await context.setOffline(true);
    await page.reload();
    expect(await ready(page)).toMatch(/^Ready/);
    await page.locator("input[value=check]").check({ force: true });
    await begin(NURSE, ["rosalind-mbatha-med-surg-nurse.txt"]);
    await finished();
    expect(Number(await page.locator(".single .number").innerText())).toBeGreaterThan(0);
    expect(await page.locator(".advice").count()).toBe(0); // nothing is said of what is met while it is being read
    await page.locator(".advice li p:nth-child(2)").first().waitFor({ timeout: 300_000 });
    expect(await page.locator(".notice.failed").count()).toBe(0); // the reader was kept, too
    for (const words of await page.locator(".advice li p:nth-child(2)").allTextContents())
      expect(words).toMatch(/^If you .* say so in the advert's words:$/);
    await accessible();
    await shot("checked-desk-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    await accessible();
    await shot("checked-phone-dark");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  test("has asked nobody else for anything, and broken no rule of its own", () => {
    expect(elsewhere).toEqual([]);
    expect(complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch|An unknown error occurred/.test(text))).toEqual([]);
  });
});
