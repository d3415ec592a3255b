/**
 * Two hundred resumes at once, twice: all are ranked, and the tab does not grow with them. MANY=500 makes
 * it as many as the page takes.
 */

import { expect, test } from "vitest";
import { exported, launch, megabytes, open, ready, serve, tabProcess } from "./site";

const MANY = Number(process.env.MANY ?? 200);
const ROUNDS = [40, MANY, MANY]; // files; the first warms up
const PATIENCE = 3_000 * MANY; // milliseconds for a round, on a machine with other work
const TRADES = ["baker", "nurse", "welder", "teacher", "accountant", "driver", "cook", "clerk", "painter", "tailor"];
const GROWTH = 60; // MB from one ranking to the next of the same; one resume's token vectors alone are 1

function resume(number: number): { name: string; mimeType: string; buffer: Buffer } {
  const trade = TRADES[number % TRADES.length]!;
  const text = `Person ${number}\n${trade}\nExperience\n${trade}, House ${number}, 2015 - 2020\nWorked as a ${trade} on order ${number}.\n`;
  return { name: `${trade}-${number}.txt`, mimeType: "text/plain", buffer: Buffer.from(text.repeat(2)) };
}

test(`${MANY} files are ranked, and once more, without the tab growing`, async () => {
  const served = await serve(exported());
  const browser = await launch();
  const { page, complaints } = await open(await browser.newContext({ serviceWorkers: "block" }), served.url);
  await ready(page);
  const sizes: number[] = [];
  const seconds: number[] = [];
  for (const files of ROUNDS) {
    await page.click("#clear");
    await page.fill("#job-text", "Baker\nRequirements\nTwo years of work as a baker of bread and cakes.\n");
    await page.setInputFiles("#resume-files", Array.from({ length: files }, (_, i) => resume(i)));
    const began = performance.now();
    await page.click("#go");
    await page.waitForFunction((files) => document.querySelectorAll("#results tbody .name").length === files, files, { timeout: PATIENCE });
    seconds.push((performance.now() - began) / 1000);
    expect(await page.locator("tbody .name").first().innerText()).toMatch(/^baker-/);
    sizes.push(megabytes(await tabProcess(browser), "VmRSS"));
  }
  console.log(`each round: ${sizes.map((size, i) => `${ROUNDS[i]} files, ${seconds[i]!.toFixed(0)} s, then the tab has ${size.toFixed(0)} MB`).join("; ")}`);
  expect(sizes[2]! - sizes[1]!).toBeLessThan(GROWTH);
  expect(complaints).toEqual([]);
  await browser.close();
  served.stop();
}, 3 * PATIENCE);
