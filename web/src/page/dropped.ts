/** Files out of a drop or a file input, folders opened, hidden files left out as on the command line. */

import type { Given } from "../engine/protocol";

export const MOST = 500; // resumes at once

type GivenFile = Extract<Given, { file: File }>;

/** Sorted by path, so that the same folder gives the same order everywhere. */
export function fromInput(files: FileList): GivenFile[] {
  const given = [...files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  return sorted(given.filter(({ name }) => !isHidden(name)));
}

export async function fromDrop(data: DataTransfer): Promise<GivenFile[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some(Boolean)) return fromInput(data.files);
  const found: GivenFile[] = [];
  for (const entry of entries) if (entry) await walk(entry, "", found);
  return sorted(found);
}

async function walk(entry: FileSystemEntry, folder: string, found: GivenFile[]): Promise<void> {
  const name = folder + entry.name;
  if (isHidden(name)) return;
  if (entry instanceof FileSystemFileEntry || entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    found.push({ file, name });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (!batch.length) return;
    for (const inner of batch) await walk(inner, `${name}/`, found);
  }
}

/** Also the lock files that Word leaves beside an open document. */
function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part.startsWith("~$"));
}

function sorted(given: GivenFile[]): GivenFile[] {
  return given.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
