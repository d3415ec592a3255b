/** The worker: opens the model once, then reads, encodes and compares, one document after the other. */

import pdfiumUrl from "@embedpdf/pdfium/pdfium.wasm?url";
import ortMjsUrl from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import ortWasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { openBundle } from "../bundle";
import { ReadError } from "../errors";
import type { Prepared, Source } from "../intake";
import { bestFirst, type Compared, markDuplicates, Matcher } from "../matcher";
import { Allowance, type Pdfium } from "../reading";
import type { Document } from "../records";
import { openSession } from "../session";
import { downloader } from "./download";
import type { FromEngine, Given, NotRead, Shown, ToEngine } from "./protocol";

let matcher: Matcher | undefined;
let cancelled = false;
const say = (message: FromEngine): void => self.postMessage(message);
const absolute = (url: string): string => new URL(url, import.meta.url).href;

self.onmessage = ({ data }: MessageEvent<ToEngine>): void => {
  if (data.type === "cancel") cancelled = true;
  else if (data.type === "open") void open(data.base, data.threads);
  else void rank(data.run, data.job, data.resumes);
};

async function open(base: string, threads: number): Promise<void> {
  try {
    const load = downloader(base, (loaded, total) => say({ type: "loading", loaded, total }));
    const bundle = await openBundle(load);
    const session = await openSession(bundle.encoder, {
      threads,
      wasmPaths: { mjs: absolute(ortMjsUrl), wasm: absolute(ortWasmUrl) },
    });
    const { name, version, sha256 } = bundle;
    // The session has its own copy of the encoder now; the file's 27 MB are let go.
    matcher = new Matcher({ ...bundle, encoder: new Uint8Array() }, session, openPdfium);
    say({ type: "ready", backend: session.backend, threads: session.threads, bundle: { name, version, sha256 } });
  } catch (error) {
    say({ type: "failed", message: (error as Error).message });
  }
}

let pdfium: Promise<Pdfium> | undefined;
function openPdfium(): Promise<Pdfium> {
  return (pdfium ??= (async () => {
    const [module, answer] = await Promise.all([import("../pdfium"), fetch(absolute(pdfiumUrl))]);
    return module.openPdfium(new Uint8Array(await answer.arrayBuffer()));
  })());
}

async function rank(run: number, job: Given, resumes: readonly Given[]): Promise<void> {
  cancelled = false;
  const total = resumes.length + 1;
  let advert: Prepared;
  try {
    const source = await sourceOf(job, "the job");
    advert = await matcher!.intake.prepare(source, "job", (document) =>
      say({ type: "job", run, job: shown(document) }),
    );
  } catch (error) {
    say({ type: "job-not-read", run, error: refusal(error, "name" in job ? job.name : "the job") });
    return;
  }
  const compared: Compared[] = [];
  const places: number[] = [];
  for (const [index, given] of resumes.entries()) {
    say({ type: "progress", run, done: index + 1, total });
    // Lets a "cancel" that has arrived be heard.
    await new Promise((resolve) => setTimeout(resolve));
    if (cancelled) break;
    try {
      const source = await sourceOf(given, "the resume");
      const resume = await matcher!.intake.prepare(source, "resume", (document) =>
        say({ type: "read", run, index, resume: shown(document) }),
      );
      compared.push(await matcher!.compare(resume, advert));
      places.push(index);
    } catch (error) {
      say({ type: "not-read", run, index, error: refusal(error, "name" in given ? given.name : "the resume") });
    }
  }
  const found = markDuplicates(compared);
  const matches = bestFirst(found);
  say({
    type: "ranked",
    run,
    stopped: cancelled,
    matches,
    places: matches.map((match) => places[found.indexOf(match)]!),
  });
}

async function sourceOf(given: Given, name: string): Promise<Source> {
  if ("text" in given) return { ...(await matcher!.intake.read(given.text)), name };
  new Allowance(given.name).checkBytes(given.file.size); // before a byte of it is read
  return { name: given.name, bytes: await bytesOf(given.file, given.name) };
}

async function bytesOf(file: File, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new ReadError(
      "FileAccessError",
      name,
      "the browser may not open it any more",
      "It was moved, changed or deleted: choose it again.",
    );
  }
}

function refusal(error: unknown, file: string): NotRead {
  if (error instanceof ReadError) return { name: error.name, file: error.file, cause: error.cause, remedy: error.remedy };
  console.error(error);
  const memory = /memory|alloc/i.test(String(error));
  return {
    name: memory ? "LimitError" : "ReadError",
    file,
    cause: memory ? "the browser ran out of memory on it" : `it could not be scored (${(error as Error).message ?? error})`,
    remedy: memory
      ? "Close other tabs and try it alone, or score it on the command line."
      : "Save it as plain text and try again.",
  };
}

function shown(document: Document): Shown {
  const { name, kind, pages, notices, text } = document;
  return { name, kind, pages, notices, lines: document.lines.map((line) => text.slice(line.start, line.end)) };
}
