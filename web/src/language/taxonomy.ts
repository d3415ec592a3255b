/**
 * The compiled taxonomy: one JSON header, a line break, one JSON body in columns, so that it loads at
 * once. What is in it stands in the Python twin.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { TaxonomyError } from "../errors";
import { constant } from "./data";

const FORMAT = constant<number>("taxonomy", "FORMAT");
// How a phrase may be written. NEVER hides what it covers; COMPANY needs another skill beside it.
export const ANY = constant<number>("taxonomy", "ANY");
export const EXACT = constant<number>("taxonomy", "EXACT");
export const COMPANY = constant<number>("taxonomy", "COMPANY");
export const EXACT_COMPANY = constant<number>("taxonomy", "EXACT_COMPANY");
export const NEVER = constant<number>("taxonomy", "NEVER");
/** LENGTHS[bits] are the numbers of words that `Taxonomy.starts` means by them, longest first. */
export const LENGTHS = constant<readonly (readonly number[])[]>("taxonomy", "LENGTHS");

export interface Concept {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly kind: string;
}

/** Made by `readTaxonomy`. */
export interface Taxonomy {
  readonly sha256: string;
  readonly sources: readonly Readonly<Record<string, string>>[];
  readonly phrases: ReadonlyMap<string, number>; // key -> number of the phrase
  readonly concepts: ArrayLike<number>; // of each phrase; -1 for what is never a skill
  readonly rules: ArrayLike<number>; // of each phrase
  readonly surfaces: ReadonlyMap<number, readonly string[]>; // of the exact phrases
  readonly forms: ReadonlyMap<number, string>; // the alias file's name of a phrase, where it has one
  readonly starts: ReadonlyMap<string, number>; // first two words of a key -> the lengths it can have, one bit each
  concept(number: number): Concept;
}

interface Header {
  readonly format?: unknown;
  readonly sha256?: string;
  readonly sources: readonly Record<string, string>[];
}

interface Body {
  readonly concepts: Readonly<Record<keyof Concept, string>>;
  readonly phrases: {
    readonly key: string;
    readonly concept: readonly number[];
    readonly rule: string;
    readonly surface: Readonly<Record<string, readonly string[]>>;
    readonly form: Readonly<Record<string, string>>;
  };
  readonly starts: { readonly words: string; readonly lengths: readonly number[] };
}

let used: Taxonomy | undefined;

/** From now on `shipped` is this taxonomy: a page loads it as a file, and no room may wait for one. */
export function useTaxonomy(taxonomy: Taxonomy): void {
  used = taxonomy;
}

/** Throws TaxonomyError if none was given to `useTaxonomy`. */
export function shipped(): Taxonomy {
  if (!used) throw new TaxonomyError("expected a taxonomy, none was loaded yet. Give one to useTaxonomy first.");
  return used;
}

/** Of the bytes after gunzip. Throws TaxonomyError if they are altered, or of another format. */
export function readTaxonomy(bytes: Uint8Array): Taxonomy {
  const cut = bytes.indexOf(10); // the header's line break
  const header = headerOf(bytes.subarray(0, Math.max(0, cut)));
  if (header.format !== FORMAT)
    throw new TaxonomyError(`expected a taxonomy of version ${FORMAT}, got ${JSON.stringify(header.format)}`);
  const body = bytes.subarray(cut + 1);
  if (bytesToHex(sha256(body)) !== header.sha256)
    throw new TaxonomyError("the taxonomy's content does not fit its SHA-256; it was altered. Load it anew.");
  return assemble(header, JSON.parse(new TextDecoder().decode(body)) as Body);
}

function headerOf(bytes: Uint8Array): Header {
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof header === "object" && header !== null && "format" in header) return header as Header;
  } catch {
    // Said below.
  }
  throw new TaxonomyError("expected a compiled taxonomy, got other data");
}

function assemble(header: Header, body: Body): Taxonomy {
  const { key, concept, rule, surface, form } = body.phrases;
  const columns = {
    id: body.concepts.id.split("\n"),
    label: body.concepts.label.split("\n"),
    group: body.concepts.group.split("\n"),
    kind: body.concepts.kind.split("\n"),
  };
  return {
    sha256: header.sha256!,
    sources: header.sources,
    phrases: new Map(key.split("\n").map((phrase, number) => [phrase, number])),
    concepts: Int32Array.from(concept),
    rules: Uint8Array.from(rule, Number),
    surfaces: byNumber(surface),
    forms: byNumber(form),
    starts: new Map(body.starts.words.split("\n").map((words, i) => [words, body.starts.lengths[i]!])),
    concept: (number) => ({
      id: columns.id[number]!,
      label: columns.label[number]!,
      group: columns.group[number]!,
      kind: columns.kind[number]!,
    }),
  };
}

/** JSON has no numbers for keys. */
function byNumber<T>(table: Readonly<Record<string, T>>): Map<number, T> {
  return new Map(Object.entries(table).map(([number, value]) => [Number(number), value]));
}
