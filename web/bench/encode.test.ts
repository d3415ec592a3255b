/**
 * Speed and memory of the real page in headless Chromium: a resume of N tokens is pasted and checked
 * against a job of a few words, by as many threads as the page takes.
 *
 *     npm run bench          writes bench/results.md
 *
 * Tokens a second are also given by processor time, which a busy machine does not change. Memory is the
 * peak of the tab's whole process (VmHWM), the browser's own share included.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { Browser, Page } from "playwright-core";
import { test } from "vitest";
import { exported, launch, megabytes, open, ready, serve, tabProcess } from "../journey/site";

const LENGTHS = [512, 2048, 4096, 8192];
const CLOCK = 100; // ticks a second in /proc

interface Row {
  readonly threads: string;
  readonly tokens: number;
  readonly seconds: number;
  readonly processor: number;
  readonly peak: number; // MB
}

test("speed and memory by length and threads", async () => {
  const site = exported();
  const rows: Row[] = [];
  const opened: string[] = [];
  for (const plain of [true, false]) {
    const served = await serve(site, plain);
    for (const tokens of LENGTHS) {
      const browser = await launch(); // a new process, so that its peak is this length's
      const began = performance.now();
      const context = await browser.newContext({ serviceWorkers: "block" });
      const { page } = await open(context, served.url);
      const said = await ready(page);
      const threads = /(\d+) thread/.exec(said)![1]!;
      opened.push(`${threads}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
      rows.push({ threads, tokens, ...(await timed(browser, page, tokens)) });
      writeFileSync(new URL("results.md", import.meta.url), report(rows, opened));
      await browser.close();
    }
    served.stop();
  }
}, 3_600_000);

async function timed(browser: Browser, page: Page, tokens: number): Promise<Omit<Row, "threads" | "tokens">> {
  await page.locator("input[value=check]").check({ force: true });
  await page.fill("#job-text", "We look for a nurse.");
  await page.fill("#resume-text", "the ".repeat(tokens - 2));
  const pid = await tabProcess(browser);
  const before = processorSeconds(pid);
  const began = performance.now();
  await page.click("#go");
  await page.waitForSelector("#results .single", { timeout: 1_200_000 });
  const seconds = (performance.now() - began) / 1000;
  return { seconds, processor: processorSeconds(pid) - before, peak: megabytes(pid, "VmHWM") };
}

function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / CLOCK;
}

function report(rows: readonly Row[], opened: readonly string[]): string {
  const lines = rows.map(
    ({ threads, tokens, seconds, processor, peak }) =>
      `| ${threads} | ${tokens.toLocaleString("en-US")} | ${seconds.toFixed(1)} | ${(tokens / seconds).toFixed(0)} | ` +
      `${(tokens / processor).toFixed(0)} | ${peak.toFixed(0)} |`,
  );
  return `# The page in headless Chromium

${cpus().length} cores, ${cpus()[0]!.model}. Written by \`npm run bench\`; the page's first tokens are among those timed.

| threads | tokens | seconds | tokens/s | tokens per processor second | peak of the tab, MB |
|---|---|---|---|---|---|
${lines.join("\n")}

From the first request to "ready", with nothing kept (threads: time): ${opened.join(", ")}.
`;
}
