/** Files out of a drop or a file input, folders opened, hidden files left out as on the command line. */

import type { Given } from "../engine/protocol";

export const MOST = 500; // resumes at once

export type GivenFile = Extract<Given, { file: File }>;

export interface Chosen {
  readonly files: readonly GivenFile[];
  readonly unopened: readonly string[]; // files and folders that the browser could not open
}

/** Sorted by path, so that the same folder gives the same order everywhere. */
export function fromInput(files: FileList): Chosen {
  const given = [...files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  return { files: sorted(given.filter(({ name }) => !isHidden(name))), unopened: [] };
}

export async function fromDrop(data: DataTransfer): Promise<Chosen> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some(Boolean)) return fromInput(data.files);
  const files: GivenFile[] = [];
  const unopened: string[] = [];
  for (const entry of entries) if (entry) await walk(entry, "", files, unopened);
  return { files: sorted(files), unopened };
}

/** What cannot be opened is left out, and the rest goes on. */
async function walk(entry: FileSystemEntry, folder: string, files: GivenFile[], unopened: string[]): Promise<void> {
  const name = folder + entry.name;
  if (isHidden(name)) return;
  try {
    if (entry.isFile) files.push({ file: await fileOf(entry as FileSystemFileEntry), name });
    else for await (const inner of inside(entry as FileSystemDirectoryEntry)) await walk(inner, `${name}/`, files, unopened);
  } catch {
    unopened.push(name);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((done, failed) => entry.file(done, failed));
}

async function* inside(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (!batch.length) return;
    yield* batch;
  }
}

/**
 * `known` and `added`. A file replaces the one of its path. Outside a folder the path is not known: there
 * it replaces the same file, or one of its name that is `gone`; else both stay, the later as "cv.pdf (2)".
 */
export function merged(known: readonly GivenFile[], added: readonly GivenFile[], gone: ReadonlySet<File> = new Set()): GivenFile[] {
  const all = new Map(known.map((given) => [given.name, given]));
  for (const { file, name } of added) {
    const replaced = (given: GivenFile): boolean =>
      !given.name.includes("/") && given.file.name === file.name && (gone.has(given.file) || isSame(given.file, file));
    const as = name.includes("/") ? name : ([...all.values()].find(replaced)?.name ?? free(name, all));
    all.set(as, { file, name: as });
  }
  return [...all.values()];
}

/** Those of `known` with a name of `added` that were changed or moved since they were chosen: browsers refuse to read them. */
export async function gone(known: readonly GivenFile[], added: readonly GivenFile[]): Promise<Set<File>> {
  const names = new Set(added.map(({ file }) => file.name));
  const found = new Set<File>();
  for (const { file } of known)
    if (names.has(file.name)) await file.slice(0, 1).arrayBuffer().catch(() => found.add(file));
  return found;
}

function isSame(one: File, other: File): boolean {
  return one.size === other.size && one.lastModified === other.lastModified;
}

function free(name: string, taken: ReadonlyMap<string, unknown>): string {
  let as = name;
  for (let copy = 2; taken.has(as); copy++) as = `${name} (${copy})`;
  return as;
}

/** Also the lock files that Word leaves beside an open document. */
function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part.startsWith("~$"));
}

function sorted(given: GivenFile[]): GivenFile[] {
  return given.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
