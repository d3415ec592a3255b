/** The model folder: what each file is called, what it must hash to, and refusing it otherwise. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { BundleError } from "./errors";
import type { MapperFiles } from "./score";
import shared from "./shared.json";

const { format: FORMAT, files: FILES } = shared.bundle;

/** What manifest.json says. */
export interface Manifest {
  readonly format: number;
  readonly name: string;
  readonly version: string;
  readonly encoder: { readonly max_tokens: number; readonly hidden_size: number };
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
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
}

/** Brings the bytes of one file of the folder. From the second attempt on no cache may be believed. */
export type LoadFile = (name: string, attempt: number) => Promise<Uint8Array>;

const ATTEMPTS = 3; // a download may arrive damaged once or twice

export const MANIFEST = FILES.manifest;

/** Load every file that inference needs and compare its hash. Throws BundleError. */
export async function openBundle(load: LoadFile): Promise<Bundle> {
  const raw = await load(FILES.manifest, 0);
  const manifest = json(raw, FILES.manifest) as Manifest;
  if (manifest.format !== FORMAT)
    throw new BundleError(`bundle format ${FORMAT} expected, got ${manifest.format}. Export the page again`);
  const take = async (name: string): Promise<Uint8Array> => {
    const entry = manifest.files[name];
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
  const takeJson = async (name: string): Promise<never> => json(await take(name), name) as never;
  // The page compares texts as wholes so far: it takes the mapper that reads the cosine alone.
  const prefix = FILES.cosine_prefix + FILES.poly in manifest.files ? FILES.cosine_prefix : "";
  const own = prefix + FILES.mapper;
  return {
    name: manifest.name,
    version: manifest.version,
    sha256: hash(raw),
    maxTokens: manifest.encoder.max_tokens,
    tokenizer: await takeJson(FILES.tokenizer),
    mapper: {
      poly: await takeJson(prefix + FILES.poly),
      ridge: await takeJson(prefix + FILES.ridge),
      neural: await takeJson(prefix + FILES.neural),
      own: own in manifest.files ? await takeJson(own) : undefined,
    },
    encoder: await take(FILES.encoder), // last: the small files fail sooner
  };
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
