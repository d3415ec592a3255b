/**
 * Brings the model's files: from this browser's own copy if there is one, else from the site, with
 * progress. The bundle compares hashes; a copy that does not fit is fetched anew.
 */

import { BundleError } from "../errors";
import { type LoadFile, MANIFEST, TAXONOMY } from "../bundle";

const TRIES = 3; // of one request that breaks off
const PAUSE = 800; // milliseconds before the second, twice that before the third
const EXPECTED_BYTES = 29_000_000; // until the server has said how many there are

export type Progress = (loaded: number, total: number) => void;

/** `base` ends with "/"; files lie in base + "model/", the taxonomy beside it. */
export function downloader(base: string, progress: Progress): LoadFile {
  const totals = new Map<string, readonly [number, number]>(); // name -> loaded, expected
  const report = (name: string, loaded: number, expected: number): void => {
    totals.set(name, [loaded, expected]);
    const sums = [...totals.values()].reduce((a, b) => [a[0] + b[0], a[1] + b[1]], [0, 0]);
    progress(sums[0]!, Math.max(sums[1]!, EXPECTED_BYTES));
  };
  return async (name, attempt) => {
    if (name === TAXONOMY) {
      // The offline copy of the page holds it under its plain address; another one asks the site.
      const url = new URL(attempt ? `${name}?${attempt}` : name, base).href;
      return fetchWhole(url, attempt, (loaded, expected) => report(name, loaded, expected));
    }
    const url = new URL(`model/${name}`, base).href;
    const store = await openStore(base);
    if (name === MANIFEST) return manifest(url, store);
    const kept = attempt === 0 ? await store?.match(url) : undefined;
    if (kept) return new Uint8Array(await kept.arrayBuffer());
    const bytes = await fetchWhole(url, attempt, (loaded, expected) => report(name, loaded, expected));
    await keep(store, url, bytes);
    return bytes;
  };
}

/** The newest manifest; without a network the one that was kept. */
async function manifest(url: string, store: Cache | undefined): Promise<Uint8Array> {
  try {
    const bytes = await fetchOnce(url, "no-cache", () => undefined);
    await keep(store, url, bytes);
    return bytes;
  } catch (error) {
    const kept = await store?.match(url);
    if (kept) return new Uint8Array(await kept.arrayBuffer());
    throw error;
  }
}

async function openStore(base: string): Promise<Cache | undefined> {
  // Where the page is opened over plain http from another machine, browsers keep nothing.
  return "caches" in self ? caches.open(`rolefit-model ${new URL(base).pathname}`) : undefined;
}

async function keep(store: Cache | undefined, url: string, bytes: Uint8Array): Promise<void> {
  try {
    await store?.put(url, new Response(bytes as Uint8Array<ArrayBuffer>));
  } catch {
    console.warn(`rolefit: no room to keep ${url}; it will be loaded again next time`);
  }
}

async function fetchWhole(url: string, attempt: number, progress: Progress): Promise<Uint8Array> {
  for (let tries = 1; ; tries++) {
    try {
      return await fetchOnce(url, attempt || tries > 1 ? "reload" : "default", progress);
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE * tries));
    }
  }
}

async function fetchOnce(url: string, cache: RequestCache, progress: Progress): Promise<Uint8Array> {
  let answer: Response;
  try {
    answer = await fetch(url, { cache });
  } catch {
    throw new BundleError(`${url} cannot be reached. Check the connection and load the page again`);
  }
  if (!answer.ok) throw new BundleError(`${url}: expected a file, got status ${answer.status}`);
  const expected = Number(answer.headers.get("content-length") ?? 0);
  const parts: Uint8Array[] = [];
  let loaded = 0;
  const reader = answer.body!.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      loaded += next.value.length;
      progress(loaded, Math.max(expected, loaded));
    }
  } catch {
    throw new BundleError(`${url}: the download broke off. Check the connection and load the page again`);
  }
  const whole = new Uint8Array(loaded);
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}
