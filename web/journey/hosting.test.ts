/** Hosts that are not ours, downloads that go wrong, and what the page forbids itself. */

import { mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exported, launch, open, ready, type Served, serve } from "./site";

let site: string;
let served: Served;
let browser: Browser;

beforeAll(async () => {
  // A host that knows nothing of us, with the site in a folder of its own.
  const root = mkdtempSync(join(tmpdir(), "rolefit-host-"));
  site = exported();
  symlinkSync(site, join(root, "tools"));
  served = await serve(root, true);
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  served?.stop();
});

/** A baker for a bakery's job. */
async function begin(page: Page): Promise<void> {
  await page.fill("#job-text", "Baker\nRequirements\nTwo years of work as a baker of bread and cakes.\n");
  const buffer = Buffer.from("Ann\nBaker\nBaked bread and cakes for three years.\n");
  await page.setInputFiles("#resume-files", { name: "ann.txt", mimeType: "text/plain", buffer });
  await page.click("#go");
}

describe("on a plain host, in a sub-folder", () => {
  test("it opens with one thread, and with several from the second visit on", async () => {
    const context = await browser.newContext();
    const { page, complaints } = await open(context, `${served.url}tools/`);
    expect(await ready(page)).toMatch(/1 thread/);
    await page.waitForFunction(() => Boolean(navigator.serviceWorker.controller), null, { timeout: 120_000 });
    await page.reload();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await ready(page)).toMatch(/[2-8] threads/);
    expect(complaints).toEqual([]);

    // What the page says of itself in its text does not cover its worker; the header that was added does.
    const worker = page.workers().find((one) => /\/worker-[^/]+\.js$/.test(one.url()))!;
    const refused = await worker.evaluate(async () => {
      const broken = new Promise<string>((resolve) =>
        self.addEventListener("securitypolicyviolation", (event) => resolve((event as SecurityPolicyViolationEvent).effectiveDirective)),
      );
      await fetch("http://127.0.0.1:9/").catch(() => undefined);
      return broken;
    });
    expect(refused).toBe("connect-src");

    // What else the host has there is no page of ours.
    await page.goto(`${served.url}tools/model/manifest.json`);
    expect(JSON.parse(await page.locator("body").innerText())).toHaveProperty("files");
    await page.goto(`${served.url}tools/index.html?from=mail#private`);
    expect(await page.locator("h1").innerText()).toBe("rolefit");
    await context.close();
  });

  test("a model that arrives altered is fetched again, one that stays altered is refused in words", async () => {
    const context = await browser.newContext({ serviceWorkers: "block" });
    let altered = 0;
    await context.route("**/model/ridge_weights.json", async (route) => {
      altered++;
      await route.fulfill({ body: "{}", contentType: "application/json" });
    });
    const { page } = await open(context, `${served.url}tools/`);
    expect(await ready(page)).toMatch(/could not be opened: ridge_weights.json: it arrived altered .* 3 times/);
    expect(altered).toBe(3);
    await begin(page);
    expect(await page.locator("#problem").innerText()).toMatch(/^Load the page again\. The model could not be opened/);
    await context.unroute("**/model/ridge_weights.json");
    await page.reload();
    expect(await ready(page)).toMatch(/^Ready/);
    await context.close();
  });

  test("a new model that breaks off leaves the kept one, which is used", async () => {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const { page } = await open(context, `${served.url}tools/`);
    const before = await ready(page);
    expect(before).toMatch(/^Ready/);
    const manifest = JSON.parse(readFileSync(join(site, "model/manifest.json"), "utf8"));
    manifest.version = "99.0.0";
    manifest.files["ridge_weights.json"].sha256 = "0".repeat(64);
    await context.route("**/model/manifest.json", (route) => route.fulfill({ json: manifest }));
    await context.route("**/model/ridge_weights.json", (route) => route.abort());
    await page.reload();
    expect(await ready(page)).toBe(before);
    await context.route("**/model/**", (route) => route.abort()); // routes that come later are asked first
    await page.reload();
    expect(await ready(page)).toBe(before);
    await context.close();
  });

  test("without its reader it says so, and by what statuses go; with it they are read when the row is opened again", async () => {
    const context = await browser.newContext({ serviceWorkers: "block" });
    await context.route("**/reader/**", (route) => route.abort());
    const { page } = await open(context, `${served.url}tools/`);
    await ready(page);
    await begin(page);
    const row = page.locator(".name").first();
    await row.click({ timeout: 240_000 });
    const told = page.locator(".detail .notice.failed");
    await told.waitFor({ timeout: 120_000 });
    expect(await told.innerText()).toMatch(/reader\/manifest\.json cannot be reached[^]*nearest lines and by facts, which is wrong more often\. Close the row/);
    expect(await page.locator(".status.reading").count()).toBe(0);
    expect(await page.locator(".requirements .status").count()).toBeGreaterThan(0);
    await context.unroute("**/reader/**");
    await row.click();
    await row.click();
    await page.waitForSelector(".evidence .texts", { timeout: 240_000 });
    expect(await told.count()).toBe(0);
    await context.close();
  });

  test("what is begun while the model loads is done as it was begun; without a model it ends", async () => {
    for (const comes of [true, false]) {
      const context = await browser.newContext({ serviceWorkers: "block" });
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await context.route("**/model/manifest.json", async (route) => {
        await held;
        await (comes ? route.continue() : route.abort());
      });
      const { page } = await open(context, `${served.url}tools/`);
      await begin(page);
      expect(await page.locator("#progress").isVisible()).toBe(true);
      if (comes) await page.locator("input[value=check]").check({ force: true });
      release();
      if (comes) await page.waitForSelector("#results .ranking", { timeout: 240_000 });
      else {
        await page.locator("#problem", { hasText: "could not be opened" }).waitFor();
        expect(await page.evaluate(() => document.activeElement?.id)).toBe("go");
      }
      expect(await page.locator("#progress").isVisible()).toBe(false);
      await context.close();
    }
  });

  test("a request to another place is refused by the page's own policy", async () => {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const { page } = await open(context, `${served.url}tools/`);
    const refused = await page.evaluate(async () => {
      const broken = new Promise<string>((resolve) =>
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective)),
      );
      await fetch("http://127.0.0.1:9/").catch(() => undefined);
      return broken;
    });
    expect(refused).toBe("connect-src");
    await context.close();
  });
});
