/** What is given -> the documents in it, one after the other, so that no more than one is held. */

import { ReadError } from "../errors";
import type { Source } from "../intake";
import { Allowance, HEAD, mayHold, type Part, parts } from "../reading";
import type { Document } from "../records";
import shared from "../shared.json";
import type { Given } from "./protocol";

/** One of several documents in a file, by its name; it is read anew when it is asked for. */
export interface Held {
  readonly given: Given;
  readonly part: string;
}

/** A text or a file; of a file that holds several documents each of them, of one that holds one that. */
export async function* documentsOf(given: Given): AsyncGenerator<Given | Part | ReadError> {
  if ("text" in given) return yield given;
  try {
    const bytes = await bytesOf(given.file, given.name);
    yield* parts(bytes, given.name);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    yield error;
  }
}

/** How many documents there are, those that cannot be read among them. */
export async function countOf(given: Given): Promise<number> {
  let count = 0;
  for await (const _ of documentsOf(given)) count++;
  return count;
}

/** `read` makes a text a document, which is called `pasted`. Throws ReadError. */
export async function sourceOf(
  one: Given | Part | Held,
  pasted: string,
  read: (text: string) => Promise<Document>,
): Promise<Source> {
  if ("data" in one) return one;
  if ("text" in one) return { ...(await read(one.text)), name: pasted };
  if ("file" in one) return { name: one.name, bytes: await bytesOf(one.file, one.name) };
  for await (const part of documentsOf(one.given)) {
    if (part instanceof ReadError && part.file === one.part) throw part;
    if ("data" in part && part.name === one.part) return part;
  }
  throw new ReadError("FileAccessError", one.part, "it is not in its file any more", "The file was changed: choose it again.");
}

export function nameOf(one: Given | Part | Held, pasted: string): string {
  if ("part" in one) return one.part;
  return "name" in one ? one.name : pasted;
}

async function bytesOf(file: File, name: string): Promise<Uint8Array> {
  try {
    // Before all of it is read; what holds others may be larger.
    const holds = file.size <= shared.limits.archive_bytes && mayHold(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
    if (!holds) new Allowance(name).checkBytes(file.size);
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw new ReadError(
      "FileAccessError",
      name,
      "the browser may not open it any more",
      "It was moved, changed or deleted: choose it again.",
    );
  }
}
