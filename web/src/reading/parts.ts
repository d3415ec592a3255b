/**
 * One file -> the documents in it. Most files are one; archives, mails and tables hold many. As
 * rolefit/reading/parts.py: a member that cannot be taken out is an error among the others.
 */

import { ReadError } from "../errors";
import { commas } from "../python";
import type { Kind, Notice } from "../records";
import shared from "../shared.json";
import { fromZip } from "./archives";
import { isTable } from "./delimited";
import { Allowance, LIMITS, type Limits } from "./limits";
import { fromMail, fromMbox } from "./mail";
import { kindOf } from "./sniff";
import { fromCsv, fromJsonRows } from "./tables";
import { fromGzip, fromTar } from "./tar";
import { fromXlsx } from "./workbook";
import { mayHold } from "./written";

export const HEAD = 1 << 16; // bytes that tell whether a file may hold others

/** One document as bytes; `kind` is "" until it was told from them. */
export interface Part {
  readonly name: string;
  readonly data: Uint8Array;
  readonly kind: Kind | Holder | "";
  readonly notices: readonly Notice[]; // what was guessed on the way to it
}

/** Kinds of what holds documents. */
export type Holder = "zip" | "tar" | "gzip" | "mail" | "mbox" | "csv" | "json-rows" | "xlsx";

export type Opened = Generator<Part | ReadError>;

/** What the opening of one file may still cost. */
export class Opening {
  private members = 0;
  private unpacked = 0;

  constructor(
    readonly name: string,
    readonly limits: Limits,
  ) {}

  /** One more member. Throws a Spent, which ends the whole. */
  count(): void {
    const most = shared.limits.members;
    if (++this.members > most)
      throw this.spent(`more than ${commas(most)} documents lie in it; the others were not read`);
  }

  took(size: number): void {
    const most = shared.limits.archive_expanded;
    this.unpacked += size;
    if (this.unpacked > most)
      throw this.spent(`it unpacks to more than ${commas(most)} bytes; what comes after was not read`);
  }

  private spent(cause: string): Spent {
    return new Spent(new ReadError("LimitError", this.name, cause, "Divide it."));
  }
}

/** All that a file may cost is used up. */
export class Spent extends Error {
  constructor(readonly why: ReadError) {
    super(why.message);
  }
}

const OPENERS: Readonly<Record<Holder, (part: Part, opening: Opening) => Opened>> = {
  zip: fromZip,
  tar: fromTar,
  gzip: fromGzip,
  mail: fromMail,
  mbox: fromMbox,
  csv: fromCsv,
  "json-rows": fromJsonRows,
  xlsx: fromXlsx,
};

/** The documents in a file, in order; one if it is a document itself. Errors are among them, not thrown. */
export function* parts(data: Uint8Array, name: string, limits: Limits = LIMITS): Opened {
  try {
    if (data.length > limits.bytes && !mayHold(data.subarray(0, HEAD))) new Allowance(name, limits).checkBytes(data.length);
    yield* opened({ name, data, kind: "", notices: [] }, new Opening(name, limits), 0);
  } catch (error) {
    if (error instanceof Spent) yield error.why;
    else if (error instanceof ReadError) yield error;
    else throw error;
  }
}

function* opened(found: Part, opening: Opening, depth: number): Opened {
  let part = found;
  try {
    if (!part.kind) part = { ...part, kind: kind(part) };
    if (!holds(part.kind)) {
      new Allowance(part.name, opening.limits).checkBytes(part.data.length);
      yield part;
      return;
    }
    if (depth === shared.limits.depth)
      throw new ReadError(
        "LimitError",
        part.name,
        `it lies in ${depth} others, and holds documents itself`,
        "Unpack it and give its files.",
      );
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    yield error;
    return;
  }
  let empty = true;
  for (const inner of OPENERS[part.kind as Holder](part, opening)) {
    empty = false;
    if (inner instanceof ReadError) yield inner;
    else yield* opened(inner, opening, depth + 1);
  }
  if (empty)
    yield new ReadError("EmptyDocumentError", part.name, "nothing lies in it", "Check that it was packed whole.");
}

export function holds(kind: string): kind is Holder {
  return kind in OPENERS;
}

/** What it is, by its bytes; columns of any name are a table where the file's name says so. */
function kind(part: Part): Kind | Holder {
  if (!part.data.length)
    throw new ReadError(
      "EmptyDocumentError",
      part.name,
      "the file is empty (0 bytes)",
      "Check that it was saved and copied whole.",
    );
  const told = kindOf(part.data, part.name);
  const named = /\.(?:csv|tsv|tab)$/i.test(part.name);
  return told === "text" && named && isTable(part.data) ? "csv" : told;
}
