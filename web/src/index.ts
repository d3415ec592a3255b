/**
 * rolefit for developers who embed it: load, score, rank, explain, improve, inspect, encode.
 *
 *     const rolefit = await load("path/to/bundle");          // Node: a folder; browser: a URL
 *     const match = await rolefit.score(resume, job);        // a text, or { name, bytes } of a file
 *
 * Nothing is fetched but the bundle's and the package's own files from where the caller says they lie.
 */

import { type Bundle, type LoadFile, openBundle, TAXONOMY } from "./bundle";
import { InputError, type ReadError } from "./errors";
import type { Advice, Progress } from "./improve";
import type { Side, Source } from "./intake";
import { Matcher } from "./matcher";
import { once } from "./once";
import type { Reader } from "./reader";
import { openReader } from "./reader/folder";
import type { Limits, OpenPdfium } from "./reading";
import type { Explanation, Inspection, Match } from "./records";
import { openReaderSession, openSession, type SessionOptions } from "./session";

export { BundleError, InputError, ReadError, RolefitError } from "./errors";
export { reworded } from "./improve";
export type { Advice, Gap, Progress, Rewording, Tried } from "./improve";
export type { Side, Source } from "./intake";
export type { Limits } from "./reading";
export type * from "./records";
export { whole, verdict } from "./report";
export { gaining } from "./report/improveView";
export { inspectionJson } from "./report/inspectJson";

export interface LoadOptions {
  readonly threads?: number; // of one document; default 1
  readonly pdfium?: string | URL; // URL of pdfium.wasm; in Node it is found by itself
  readonly taxonomy?: string | URL; // URL of taxonomy.json; by default beside this file
  readonly wasmPaths?: SessionOptions["wasmPaths"]; // of onnxruntime's files; in Node found by itself
  readonly reader?: string | URL; // folder, or URL ending with "/", of what reads requirements; opened by the first explanation
  readonly limits?: Limits;
}

export interface Ranking {
  readonly matches: readonly Match[]; // best first
  readonly notRead: readonly ReadError[];
}

export class Rolefit {
  constructor(
    private readonly matcher: Matcher,
    private readonly reader?: () => Promise<Reader>,
  ) {}

  /** Name, version and hash of the model. */
  get bundle(): Pick<Bundle, "name" | "version" | "sha256"> {
    const { name, version, sha256 } = this.matcher.bundle;
    return { name, version, sha256 };
  }

  /** How well `resume` fits `job`. Throws ReadError. */
  score(resume: Source, job: Source): Promise<Match> {
    return this.matcher.score(resume, job);
  }

  /** Matches of `resumes` to `job`, best first. A resume that cannot be read is listed, not thrown. */
  async rank(job: Source, resumes: Iterable<Source>): Promise<Ranking> {
    const notRead: ReadError[] = [];
    const matches = await this.matcher.rank(job, resumes, notRead);
    return { matches, notRead };
  }

  /**
   * Why `resume` has its score for `job`. What is met is read by the `reader`; without one it goes by the nearest
   * lines and by facts, and every `probability` is null. Throws ReadError, BundleError.
   */
  async explain(resume: Source, job: Source): Promise<Explanation> {
    return this.matcher.explain(resume, job, await this.reader?.());
  }

  /** What a machine reads of one document, as `side` or as what it looks like. Throws ReadError. */
  inspect(source: Source, side: Side | "" = ""): Promise<Inspection> {
    return this.matcher.intake.inspect(source, side);
  }

  /**
   * Where the advert has another word for what the resume says already, and what each gains: about as many
   * scores as there are such words. `progress(done, total)` comes before each; what it throws ends it.
   */
  improve(explanation: Explanation, progress?: Progress): Promise<Advice> {
    return this.matcher.improve(explanation, progress);
  }

  /** Unit vectors of plain texts: (512,) each, in the order given. */
  async encode(texts: readonly string[]): Promise<Float32Array[]> {
    if (typeof texts === "string") throw new InputError("encode() takes a list of texts, got one string");
    const vectors: Float32Array[] = [];
    for (const text of texts) vectors.push(await this.matcher.encoder.encode(text));
    return vectors;
  }
}

/** Open a bundle: a folder in Node, or a URL that ends with "/". Throws BundleError. */
export async function load(where: string | URL, options: LoadOptions = {}): Promise<Rolefit> {
  const taxonomy = options.taxonomy ?? new URL(TAXONOMY, import.meta.url);
  const load = loader(where);
  const bundle = await openBundle((name, attempt) => (name === TAXONOMY ? bytesAt(taxonomy) : load(name, attempt)));
  const session = { threads: options.threads ?? 1, ...(options.wasmPaths && { wasmPaths: options.wasmPaths }) };
  const matcher = new Matcher(bundle, await openSession(bundle.encoder, session), pdfiumFrom(options.pdfium), options.limits);
  const { reader } = options;
  if (reader === undefined) return new Rolefit(matcher);
  const take = loader(reader);
  return new Rolefit(matcher, once(() => openReader(matcher, (name) => take(name, 0), (model) => openReaderSession(model, session))));
}

function isUrl(where: string | URL): boolean {
  return where instanceof URL || /^https?:/.test(where);
}

function loader(where: string | URL): LoadFile {
  return (name) => bytesAt(isUrl(where) ? new URL(name, where) : `${where}/${name}`);
}

async function bytesAt(where: string | URL): Promise<Uint8Array> {
  if (isUrl(where) && new URL(where).protocol !== "file:") return fetchBytes(where);
  const { readFile } = await import("node:fs/promises");
  return new Uint8Array(await readFile(where));
}

async function fetchBytes(url: string | URL): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (!answer.ok) throw new InputError(`${url}: expected a file, got status ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function pdfiumFrom(url: string | URL | undefined): OpenPdfium {
  return once(async () => {
    const { openPdfium } = await import("./pdfium");
    if (url !== undefined) return openPdfium(await fetchBytes(url));
    const [{ createRequire }, { readFile }] = await Promise.all([import("node:module"), import("node:fs/promises")]);
    const path = createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm");
    return openPdfium(new Uint8Array(await readFile(path)));
  });
}
