/**
 * Brings the model: from this browser's own copy if there is one, else from the site, with progress.
 * Files are kept under their hashes, so that a new model leaves the old one whole until it has opened.
 * The bundle compares the hashes; a copy that does not fit is fetched anew.
 */

import { BundleError } from "../errors";
import { type LoadFile, type Manifest, MANIFEST, TAXONOMY } from "../bundle";

const TRIES = 3; // of one request that breaks off
const PAUSE = 800; // milliseconds before the second, twice that before the third

/** A folder of the site that is kept in a store of its own. */
export interface Place {
  readonly folder: "model" | "reader";
  readonly expected: number; // bytes, until the server has said how many there are
}
const MODEL: Place = { folder: "model", expected: 29_000_000 };
/** What reads requirements: 22 MB more, which only evidence needs. */
export const READER: Place = { folder: "reader", expected: 22_700_000 };

export type Progress = (loaded: number, total: number) => void;

/**
 * What `open` makes of the site's newest model; where that cannot be had or opened, of the one that was
 * kept. `base` ends with "/"; files lie in base + the place's folder, the taxonomy beside it.
 */
export async function openNewest<T>(
  base: string,
  progress: Progress,
  open: (load: LoadFile) => Promise<T>,
  place: Place = MODEL,
): Promise<T> {
  const url = new URL(`${place.folder}/${MANIFEST}`, base).href;
  const store = await openStore(base, place);
  const kept = await find(store, url);
  let newest: Uint8Array | undefined;
  try {
    newest = await fetchOnce(url, "no-cache", () => undefined);
    const files = filesOf(newest, base, place, store, progress);
    const opened = await open(files.load);
    await replace(store, url, newest, files.addresses);
    return opened;
  } catch (error) {
    if (!kept || (newest && same(newest, kept))) throw error;
    console.warn("rolefit: the newest model could not be opened, the kept one is tried:", error);
    return open(filesOf(kept, base, place, store, progress).load).catch(() => {
      throw error; // what is wrong with the newest is what can be mended
    });
  }
}

interface Files {
  readonly load: LoadFile;
  readonly addresses: ReadonlyMap<string, boolean>; // in the store, of what was loaded -> whether it lies there
}

/** The files that a manifest names, and the taxonomy that it was made with. */
function filesOf(manifest: Uint8Array, base: string, { folder, expected: least }: Place, store: Cache | undefined, progress: Progress): Files {
  const hashes = hashesIn(manifest);
  const addresses = new Map<string, boolean>();
  const totals = new Map<string, readonly [number, number]>(); // name -> loaded, expected
  const report = (name: string, loaded: number, expected: number): void => {
    totals.set(name, [loaded, expected]);
    const sums = [...totals.values()].reduce((a, b) => [a[0] + b[0], a[1] + b[1]], [0, 0]);
    progress(sums[0]!, Math.max(sums[1]!, least));
  };
  const load: LoadFile = async (name, attempt) => {
    if (name === MANIFEST) return manifest;
    const url = new URL(name === TAXONOMY ? name : `${folder}/${name}`, base).href;
    const address = `${url}?${hashes.get(name)}`;
    const found = attempt === 0 ? await find(store, address) : undefined;
    if (found) {
      addresses.set(address, true);
      return found;
    }
    // The offline copy of the page holds its taxonomy under the plain address; another one asks the site.
    const from = name === TAXONOMY && attempt ? `${url}?${attempt}` : url;
    const bytes = await fetchWhole(from, attempt, (loaded, expected) => report(name, loaded, expected));
    if (hashes.has(name)) addresses.set(address, await keep(store, address, bytes));
    return bytes;
  };
  return { load, addresses };
}

/** name -> SHA-256; empty where it is no manifest, which `openBundle` says in words. */
function hashesIn(manifest: Uint8Array): ReadonlyMap<string, string> {
  try {
    const { files, taxonomy } = JSON.parse(new TextDecoder().decode(manifest)) as Manifest;
    const hashes = Object.entries(files).map(([name, { sha256 }]) => [name, sha256] as const);
    return new Map(taxonomy ? [...hashes, [TAXONOMY, taxonomy]] : hashes);
  } catch {
    return new Map();
  }
}

/** From now on this is the model that opens without a network, if all of it could be kept. */
async function replace(store: Cache | undefined, url: string, manifest: Uint8Array, addresses: Files["addresses"]): Promise<void> {
  if (!store || ![...addresses.values()].every(Boolean) || !(await keep(store, url, manifest))) return;
  try {
    for (const { url: address } of await store.keys())
      if (address !== url && !addresses.has(address)) await store.delete(address);
  } catch {
    // What is left over takes room and does no other harm.
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Undefined where the browser keeps nothing: over plain http from another machine, or told so by its user. */
async function openStore(base: string, { folder }: Place): Promise<Cache | undefined> {
  try {
    return "caches" in self ? await caches.open(`rolefit-${folder} ${new URL(base).pathname}`) : undefined;
  } catch {
    return undefined;
  }
}

async function find(store: Cache | undefined, address: string): Promise<Uint8Array | undefined> {
  try {
    const kept = await store?.match(address);
    return kept && new Uint8Array(await kept.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Whether there was room for it. */
async function keep(store: Cache | undefined, address: string, bytes: Uint8Array): Promise<boolean> {
  if (!store) return false;
  try {
    await store.put(address, new Response(bytes as Uint8Array<ArrayBuffer>));
    return true;
  } catch {
    console.warn(`rolefit: no room to keep ${address}; it will be loaded again next time`);
    return false;
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
