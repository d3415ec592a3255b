/** Hosts that are not ours, downloads that go wrong, and what the page forbids itself. */

import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exported, launch, open, ready, type Served, serve } from "./site";

let served: Served;
let browser: Browser;

beforeAll(async () => {
  // A host that knows nothing of us, with the site in a folder of its own.
  const root = mkdtempSync(join(tmpdir(), "rolefit-host-"));
  symlinkSync(exported(), join(root, "tools"));
  served = await serve(root, true);
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  served?.stop();
});

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
    await context.unroute("**/model/ridge_weights.json");
    await page.reload();
    expect(await ready(page)).toMatch(/^Ready/);
    await context.close();
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
