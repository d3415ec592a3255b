/**
 * Does what stands far back in a long resume still count in the browser? The documents of `rolefit
 * evaluate long`, ranked by the real page in headless Chromium, beside their scores in Python.
 *
 *     npm run bench          writes bench/long.md
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exported, launch, open, python, ready, ROOT, serve } from "../journey/site";

const HALF = 0.5; // of what the score moves with the paragraph at the first place
type Scores = Readonly<Record<string, number>>; // by the token that the paragraph begins near; 0: without

test("a decisive paragraph counts at least half as much at the end as at the top", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rolefit-long-"));
  execFileSync(python, ["benchmarks/long_documents.py", folder], { cwd: ROOT });
  const native = JSON.parse(readFileSync(join(folder, "scores.json"), "utf8")) as Record<string, Scores>;
  const served = await serve(exported());
  const browser = await launch();
  const { page } = await open(await browser.newContext({ serviceWorkers: "block", acceptDownloads: true }), served.url);
  await ready(page);
  const found: Record<string, Scores> = {};
  for (const [name, scores] of Object.entries(native)) {
    await page.click("#clear");
    await page.setInputFiles("#job-file", join(folder, name, "job.txt"));
    await page.setInputFiles("#resume-files", Object.keys(scores).map((place) => join(folder, name, `${place}.txt`)));
    await page.click("#go");
    await page.waitForSelector("#results:not([hidden])", { timeout: 1_200_000 });
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save JSON" }).click();
    const saved = JSON.parse(readFileSync((await (await downloading).path())!, "utf8"));
    found[name] = Object.fromEntries(
      saved.results.map((match: { file: string; score: number }) => [parseInt(match.file, 10), match.score]),
    );
  }
  await browser.close();
  served.stop();
  writeFileSync(new URL("long.md", import.meta.url), report(found, native));
  for (const scores of Object.values(found)) expect(least(scores)).toBeGreaterThanOrEqual(HALF);
}, 3_600_000);

/** The least share of what the paragraph adds at the first place that it adds at a later one. */
function least(scores: Scores): number {
  const [bare, first, ...later] = places(scores).map((place) => scores[place]!);
  return Math.min(...later.map((score) => (score - bare!) / (first! - bare!)));
}

/** Object keys that are numbers come in their order. */
function places(scores: Scores): string[] {
  return Object.keys(scores);
}

function report(found: Record<string, Scores>, native: Record<string, Scores>): string {
  const [, ...moved] = places(Object.values(found)[0]!);
  const row = (where: string, name: string, scores: Scores): string =>
    `| ${where}: ${name} | ${scores[0]!.toFixed(2)} | ` +
    `${moved.map((place) => `+${(scores[place]! - scores[0]!).toFixed(2)}`).join(" | ")} | ${(100 * least(scores)).toFixed(0)}% |`;
  const rows = Object.keys(found).flatMap((name) => [row("browser", name, found[name]!), row("Python", name, native[name]!)]);
  return `# Long resumes in the browser

Points that one paragraph adds to a resume of 8,000 tokens, by the token it begins near; wanted is half
of the first everywhere. Written by \`npm run bench\`.

| | without | ${moved.join(" | ")} | least share |
|---|---|---|${"---|".repeat(moved.length)}
${rows.join("\n")}
`;
}
