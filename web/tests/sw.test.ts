/** The service worker: which requests it answers, and what it adds to the answers. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const SCOPE = "https://host.example/tools/";
let hears: Map<string, (event: unknown) => void>;
const page = new Map<string, Response>();

beforeAll(async () => {
  hears = new Map();
  vi.stubGlobal("self", {
    registration: { scope: SCOPE },
    addEventListener: (type: string, hear: (event: unknown) => void) => hears.set(type, hear),
  });
  vi.stubGlobal("caches", { open: async () => ({ match: async (url: string) => page.get(url)?.clone() }) });
  vi.stubGlobal("fetch", async () => new Response("from the host"));
  page.set(`${SCOPE}index.html`, new Response("the page"));
  page.set(`${SCOPE}assets/worker.js`, new Response("code", { headers: { "Content-Security-Policy": "default-src 'none'" } }));
  await import("../src/sw");
});

afterAll(() => vi.unstubAllGlobals());

/** Undefined where the browser is left to ask the host. */
async function answer(url: string, mode = "navigate"): Promise<Response | undefined> {
  let answered: Promise<Response> | undefined;
  hears.get("fetch")!({ request: { method: "GET", url, mode }, respondWith: (given: Promise<Response>) => (answered = given) });
  return answered;
}

test.each([SCOPE, `${SCOPE}#private`, `${SCOPE}?from=mail`, `${SCOPE}index.html`])("%s is the page", async (url) => {
  expect(await (await answer(url))?.text()).toBe("the page");
});

test.each([`${SCOPE}other/`, `${SCOPE}model/manifest.json`, `${SCOPE}index.htm`, "https://host.example/"])("%s is left to the host", async (url) => {
  expect(await answer(url)).toBeUndefined();
});

test("what the page does not hold comes from the host", async () => {
  expect(await (await answer(`${SCOPE}model/encoder.onnx`, "cors"))?.text()).toBe("from the host");
});

test("the page's own policy is added, and a host's own stays", async () => {
  const html = readFileSync(new URL("../index.html", import.meta.url), "utf8");
  const policy = (response: Response | undefined): string | null | undefined => response?.headers.get("Content-Security-Policy");
  expect(policy(await answer(SCOPE))).toBe(/http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)![1]);
  expect(policy(await answer(`${SCOPE}assets/worker.js`, "same-origin"))).toBe("default-src 'none'");
});
