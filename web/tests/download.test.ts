/** The kept model: it outlives an update that breaks off, and a browser that keeps nothing opens one too. */

import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type LoadFile, MANIFEST, TAXONOMY } from "../src/bundle";
import { openNewest, READER } from "../src/engine/download";

const BASE = "https://host.example/tools/";
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
type Site = Record<string, string>;

/** A site with a model of two files, and the taxonomy that it was made with. */
function site(encoder: string, taxonomy = "words"): Site {
  const files = { "a.json": { sha256: sha256("a") }, "encoder.onnx": { sha256: sha256(encoder) } };
  const manifest = JSON.stringify({ files, taxonomy: sha256(taxonomy) });
  return { [`model/${MANIFEST}`]: manifest, "model/a.json": "a", "model/encoder.onnx": encoder, [TAXONOMY]: taxonomy };
}

let online: Site | undefined; // what the host has; undefined without a network
let asked: string[];
let store: Map<string, string>;

beforeEach(() => {
  asked = [];
  store = new Map();
  const cache = {
    match: async (url: string) => (store.has(url) ? new Response(store.get(url)) : undefined),
    put: async (url: string, answer: Response) => void store.set(url, await answer.text()),
    keys: async () => [...store.keys()].map((url) => ({ url })),
    delete: async (url: string) => store.delete(url),
  };
  vi.stubGlobal("self", { caches: {} });
  vi.stubGlobal("caches", { open: async () => cache });
  vi.stubGlobal("setTimeout", (work: () => void) => queueMicrotask(work)); // no pauses between tries
  vi.stubGlobal("fetch", async (url: string) => {
    const name = url.slice(BASE.length).split("?")[0]!;
    asked.push(name);
    if (!online) throw new TypeError("Failed to fetch");
    return name in online ? new Response(online[name]) : new Response("", { status: 404 });
  });
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** As `openBundle` asks for them; returns the encoder and the taxonomy. */
async function bundle(load: LoadFile): Promise<string> {
  const text = async (name: string, attempt = 0): Promise<string> => new TextDecoder().decode(await load(name, attempt));
  const manifest = JSON.parse(await text(MANIFEST)) as { files: Record<string, { sha256: string }>; taxonomy: string };
  const take = async (name: string, hash: string): Promise<string> => {
    for (let attempt = 0; attempt < 3; attempt++) {
      const content = await text(name, attempt);
      if (sha256(content) === hash) return content;
    }
    throw new Error(`${name} arrived altered`);
  };
  const taxonomy = await take(TAXONOMY, manifest.taxonomy);
  for (const [name, { sha256 }] of Object.entries(manifest.files)) if (name !== "encoder.onnx") await take(name, sha256);
  return `${await take("encoder.onnx", manifest.files["encoder.onnx"]!.sha256)} ${taxonomy}`;
}

const opened = (open = bundle): Promise<string> => openNewest(BASE, () => undefined, open);

describe("a model that was kept", () => {
  beforeEach(async () => {
    online = site("old");
    expect(await opened()).toBe("old words");
    asked = [];
  });

  test("is opened from the copy; only the manifest is asked for", async () => {
    expect(await opened()).toBe("old words");
    expect(asked).toEqual([`model/${MANIFEST}`]);
    online = undefined;
    expect(await opened()).toBe("old words");
  });

  test("is replaced by one that has opened, and what both have is not loaded again", async () => {
    online = site("new", "other words");
    expect(await opened()).toBe("new other words");
    expect(asked).not.toContain("model/a.json");
    expect(store.size).toBe(4);
    online = undefined;
    expect(await opened()).toBe("new other words");
  });

  test.each([
    ["breaks off", () => delete online!["model/encoder.onnx"]],
    ["stays altered", () => (online!["model/encoder.onnx"] = "damaged")],
    ["is no manifest", () => (online![`model/${MANIFEST}`] = "<p>Log in to this network")],
  ])("is used, and kept, where the new one %s", async (_, harm) => {
    online = site("new", "other words");
    harm();
    expect(await opened()).toBe("old words");
    online = undefined;
    expect(await opened()).toBe("old words");
  });

  test("is used where this page cannot open the new one", async () => {
    online = site("new");
    const picky = async (load: LoadFile): Promise<string> => {
      const found = await bundle(load);
      if (found.startsWith("new")) throw new Error("expected a feature that is not there");
      return found;
    };
    expect(await opened(picky)).toBe("old words");
  });

  test("stays where there is no room for the new one", async () => {
    online = site("new");
    const { open } = caches;
    vi.stubGlobal("caches", { open: async (name: string) => ({ ...(await open(name)), put: () => Promise.reject(new DOMException("", "QuotaExceededError")) }) });
    expect(await opened()).toBe("new words");
    online = undefined;
    expect(await opened()).toBe("old words");
  });
});

test("the reader lies in a folder and a store of its own, with the bytes of its manifest to come", async () => {
  const stores: string[] = [];
  const { open } = caches;
  vi.stubGlobal("caches", { open: (name: string) => (stores.push(name), open(name)) });
  online = { "reader/manifest.json": JSON.stringify({ files: { "reader.json": { sha256: sha256("{}") } } }), "reader/reader.json": "{}" };
  const seen: number[][] = [];
  const load = async (take: LoadFile): Promise<string> => new TextDecoder().decode(await take("reader.json", 0));
  expect(await openNewest(BASE, (...progress) => seen.push(progress), load, READER)).toBe("{}");
  expect(stores).toEqual(["rolefit-reader /tools/"]);
  expect(seen.at(-1)).toEqual([2, READER.expected]);
  online = undefined;
  expect(await openNewest(BASE, () => undefined, load, READER)).toBe("{}");
});

describe("without a kept model", () => {
  test("what is wrong is said, and tried once", async () => {
    online = { ...site("new"), "model/encoder.onnx": "damaged" };
    await expect(opened()).rejects.toThrow("encoder.onnx arrived altered");
    expect(asked.filter((name) => name === "model/encoder.onnx")).toHaveLength(3);
  });

  test.each([
    ["refuses to open a store", () => vi.stubGlobal("caches", { open: () => Promise.reject(new DOMException("", "SecurityError")) })],
    ["refuses to look into it", () => vi.stubGlobal("caches", { open: async () => ({ match: () => Promise.reject(new Error()), put: () => Promise.reject(new Error()) }) })],
    ["has none", () => vi.stubGlobal("self", {})],
  ])("it opens in a browser that %s", async (_, forbid) => {
    online = site("new");
    forbid();
    expect(await opened()).toBe("new words");
  });
});
