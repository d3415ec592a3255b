/** The model folder: what each file is called, what it must hash to, and refusing it otherwise. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { Domains } from "./domains";
import { BundleError, TaxonomyError } from "./errors";
import { readTaxonomy, type Taxonomy } from "./language/taxonomy";
import type { MapperFiles } from "./score";
import shared from "./shared.json";
import { Tiers } from "./tiers";

const { format: FORMAT, files: FILES } = shared.bundle;

/** What manifest.json says. */
export interface Manifest {
  readonly format: number;
  readonly name: string;
  readonly version: string;
  readonly encoder: { readonly max_tokens: number; readonly hidden_size: number };
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
  readonly taxonomy?: string; // hash of the taxonomy that the mapper's features came from
  readonly as_of?: string;
  readonly line_scale?: readonly number[];
}

/** An opened model folder. `sha256` names the whole of it: the hash of its manifest. */
export interface Bundle {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly maxTokens: number;
  readonly encoder: Uint8Array; // the ONNX file
  readonly tokenizer: unknown;
  readonly mapper: MapperFiles;
  readonly background: unknown; // features of ordinary pairs; undefined in a bundle without them
  readonly parts: unknown; // the head that reads the four parts of a score; undefined in a bundle without it
  readonly domains: Domains | null; // what professions documents read like; null in a bundle without them
  readonly tiers: Tiers | null; // who can be told apart; null where it is not known
  readonly tokenizerSha256: string;
  readonly encoderSha256: string; // of encoder, tokenizer and limit: what an encoding depends on
  readonly taxonomy: Taxonomy;
  readonly asOf: number | null; // the month "present" stands for: 12 * year + month - 1
  readonly lineScale: readonly [number, number]; // see evidence.assess
}

/** Brings the bytes of one file of the folder, or of the taxonomy. From the second attempt on no cache may be believed. */
export type LoadFile = (name: string, attempt: number) => Promise<Uint8Array>;

const ATTEMPTS = 3; // a download may arrive damaged once or twice

export const MANIFEST = FILES.manifest;
/** Part of the page or of the package, not of the folder. */
export const TAXONOMY = "taxonomy.json";

/** Load every file that inference needs and compare its hash. Throws BundleError. */
export async function openBundle(load: LoadFile): Promise<Bundle> {
  const raw = await load(FILES.manifest, 0);
  const manifest = manifestOf(raw);
  const take = taker(load, manifest);
  const takeJson = async (name: string): Promise<never> => json(await take(name), name) as never;
  const optional = (name: string): Promise<never> | undefined => (name in manifest.files ? takeJson(name) : undefined);
  const domains = await optional(FILES.domains);
  const tiers = await optional(FILES.tiers);
  const encoderSha256 = encoderHash(manifest);
  return {
    name: manifest.name,
    version: manifest.version,
    sha256: hash(raw),
    maxTokens: manifest.encoder.max_tokens,
    asOf: asOfMonth(manifest.as_of ?? "document"),
    lineScale: rising(manifest.line_scale ?? shared.bundle.line_scale),
    tokenizer: await takeJson(FILES.tokenizer),
    mapper: {
      poly: await takeJson(FILES.poly),
      ridge: await takeJson(FILES.ridge),
      neural: await takeJson(FILES.neural),
      own: await optional(FILES.mapper),
    },
    background: await optional(FILES.background),
    tiers: tiers ? Tiers.fromJson(tiers, scoredBy(manifest)) : null,
    parts: await optional(FILES.parts),
    domains: domains ? Domains.fromJson(domains, encoderSha256) : null,
    tokenizerSha256: manifest.files[FILES.tokenizer]?.sha256 ?? "",
    encoderSha256,
    taxonomy: await takeTaxonomy(load, manifest.taxonomy ?? ""),
    encoder: await take(FILES.encoder), // last: the small files fail sooner
  };
}

/** Throws BundleError for one of another format. */
export function manifestOf(raw: Uint8Array): Manifest {
  const manifest = json(raw, FILES.manifest) as Manifest;
  if (manifest.format !== FORMAT)
    throw new BundleError(`bundle format ${FORMAT} expected, got ${manifest.format}. Export the page again`);
  return manifest;
}

/** Brings files that a manifest names, each as it names it. What it returns throws BundleError. */
export function taker(load: LoadFile, { files }: Pick<Manifest, "files">): (name: string) => Promise<Uint8Array> {
  return async (name) => {
    const entry = files[name];
    if (!entry) throw new BundleError(`${FILES.manifest}: expected an entry for ${name}`);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const bytes = await load(name, attempt);
      if (hash(bytes) === entry.sha256) return bytes;
    }
    throw new BundleError(
      `${name}: it arrived altered or incomplete ${ATTEMPTS} times (its SHA-256 differs from the manifest's). ` +
        "Load the page again; if that does not help, the site's copy is damaged and must be exported anew",
    );
  };
}

/** Throws BundleError if the features were fitted with another taxonomy than the one that is there. */
async function takeTaxonomy(load: LoadFile, wanted: string): Promise<Taxonomy> {
  let wrong = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const bytes = await load(TAXONOMY, attempt);
    try {
      const taxonomy = readTaxonomy(bytes);
      if (!wanted || taxonomy.sha256 === wanted) return taxonomy;
      wrong = `the model was made with taxonomy ${wanted.slice(0, 12)}, this is ${taxonomy.sha256.slice(0, 12)}`;
    } catch (error) {
      if (!(error instanceof TaxonomyError)) throw error;
      wrong = error.message;
    }
  }
  throw new BundleError(`${TAXONOMY}: ${wrong}. Load the page again; if that does not help, export it anew`);
}

function encoderHash({ files, encoder }: Manifest): string {
  const hashes = [FILES.encoder, FILES.tokenizer].map((name) => files[name]?.sha256 ?? "");
  return hash(new TextEncoder().encode([...hashes, encoder.max_tokens].join("")));
}

/** Hash of what a bundle's scores depend on. */
function scoredBy(manifest: Manifest): string {
  const hashes = [FILES.poly, FILES.ridge, FILES.neural, FILES.mapper].map((name) => manifest.files[name]?.sha256 ?? "");
  const written = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
  const scale = `(${rising(manifest.line_scale ?? shared.bundle.line_scale).map(written).join(", ")})`;
  return hash(new TextEncoder().encode([encoderHash(manifest), ...hashes, scale].join("")));
}

/** "2026-11" -> 12 * 2026 + 10; "document" -> null. */
function asOfMonth(text: string): number | null {
  if (text === "document") return null;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text))
    throw new BundleError(`${FILES.manifest}: as_of: expected a month such as 2026-11, or \`document\`, got ${text}`);
  return 12 * Number(text.slice(0, 4)) + Number(text.slice(5)) - 1;
}

function rising(pair: readonly number[]): [number, number] {
  const [low, high] = pair;
  if (low === undefined || high === undefined || !(-1 <= low && low < high && high <= 1))
    throw new BundleError(`${FILES.manifest}: line_scale: expected two rising cosines, got ${pair}`);
  return [low, high];
}

function hash(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

function json(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new BundleError(`${name}: expected JSON: ${(error as Error).message}`);
  }
}
