/** People kept in this browser's own storage, only when asked to, until they are forgotten by a click. */

import type { GivenFile } from "./dropped";

const NAME = "rolefit-people";
const STORE = "files";

/** Keeps the files as they are, in place of those kept before. Rejects where the browser allows no storage or has no room. */
export async function keep(files: readonly GivenFile[]): Promise<void> {
  // Read first: a transaction does not wait for what else is done.
  const rows = await Promise.all(files.map(async ({ file, name }) => ({ name, type: file.type, changed: file.lastModified, bytes: await file.arrayBuffer() })));
  const database = await open();
  try {
    const change = database.transaction(STORE, "readwrite");
    change.objectStore(STORE).clear();
    for (const row of rows) change.objectStore(STORE).put(row, row.name);
    await new Promise<void>((done, failed) => {
      change.oncomplete = () => done();
      change.onabort = change.onerror = () => failed(change.error);
    });
  } finally {
    database.close();
  }
}

/** What is kept; [] where nothing is. */
export async function kept(): Promise<GivenFile[]> {
  if (!(await isThere())) return []; // to look must not make anything
  const database = await open();
  try {
    const rows = await asked(database.transaction(STORE).objectStore(STORE).getAll());
    return (rows as { name: string; type: string; changed: number; bytes: ArrayBuffer }[]).map(({ name, type, changed, bytes }) => ({
      name,
      file: new File([bytes], name.split("/").at(-1)!, { type, lastModified: changed }),
    }));
  } finally {
    database.close();
  }
}

/** Nothing is left of it. */
export async function forget(): Promise<void> {
  await asked(indexedDB.deleteDatabase(NAME));
}

async function isThere(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === NAME);
  } catch {
    return false; // no storage here
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return asked(request);
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
