/** The worker: opens the model once, then reads, encodes and compares, one document after the other. */

import pdfiumUrl from "@embedpdf/pdfium/pdfium.wasm?url";
import ortMjsUrl from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import ortWasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { manifestOf, MANIFEST, openBundle, taker } from "../bundle";
import { type Confirmed, counts, ordered, requirements, weigh, type Weighted } from "../decide";
import { BundleError, ReadError } from "../errors";
import { missingLicences, status } from "../evidence";
import type { Side, Source } from "../intake";
import { bestFirst, type Compared, type Explained, markDuplicates, Matcher } from "../matcher";
import { once } from "../once";
import * as pdfium from "../pdfium";
import type { Reader } from "../reader";
import { openReader } from "../reader/folder";
import type { Part } from "../reading";
import type { Explanation, Finding, Status } from "../records";
import { cut } from "../report/explainView";
import { checkEngine, openReaderSession, openSession, type SessionOptions } from "../session";
import { countOf, documentsOf, type Held, nameOf, sourceOf } from "./documents";
import { openNewest, type Progress, READER } from "./download";
import type { FromEngine, Given, Musts, NotRead, Ranked, ToEngine } from "./protocol";
import { heard, Readings, UNWANTED } from "./reading";

type Task = Exclude<ToEngine, { type: "cancel" | "abandon" }>;
type Explainer = (resume: Source) => Promise<Explained>;

let matcher: Matcher | undefined;
let site: { readonly base: string; readonly options: SessionOptions } | undefined; // where the reader lies too
let cancelled = 0; // runs up to this one are not wanted any more
let last: { readonly run: number; readonly resumes: readonly (Given | Held)[]; readonly explainer: () => Promise<Explainer> } | undefined;
let under: Promise<void> = Promise.resolve(); // what is being done: the model takes one document at a time
const say = (message: FromEngine): void => self.postMessage(message);
const readings = new Readings(say, (progress) => openedReader(progress));
const absolute = (url: string): string => new URL(url, import.meta.url).href;

self.onmessage = ({ data }: MessageEvent<ToEngine>): void => {
  if (data.type === "cancel") {
    cancelled = data.run;
    readings.stop();
  } else if (data.type === "abandon") {
    cancelled = data.run;
    readings.abandon(data.run);
  }
  // A task that fails as nobody foresaw must not silence those behind it, nor leave the page waiting.
  else under = under.then(() => perform(data)).catch((error: unknown) => gaveUp(data, error));
};

function perform(task: Task): Promise<void> {
  if (task.type === "open") return open(task.base, task.threads);
  if (task.type === "asks") return asks(task.run, task.job);
  if (task.type === "rank") return rank(task);
  if (task.type === "check") return check(task.run, task.job, task.resume);
  if (task.type === "inspect") return inspect(task.run, task.document, task.side);
  if (task.type === "improve") return improve(task.run, task.explanation);
  return explain(task.run, task.index);
}

function gaveUp(task: Task, error: unknown): void {
  const { message } = error as Error;
  if (task.type === "open") return say({ type: "failed", message });
  console.error(error);
  const remedy = "Try again; if that does not help, load the page again.";
  const told: NotRead = { name: "ReadError", file: "", cause: `it broke off (${message})`, remedy };
  if (task.type !== "explain" && task.type !== "improve") say({ type: "broke-off", run: task.run, error: told });
  else say({ type: "not-read", run: task.run, index: task.type === "explain" ? task.index : 0, error: told });
}

async function open(base: string, threads: number): Promise<void> {
  checkEngine();
  const progress = (loaded: number, total: number): void => say({ type: "loading", loaded, total });
  const wasmPaths = { mjs: absolute(ortMjsUrl), wasm: absolute(ortWasmUrl) };
  site = { base, options: { threads, wasmPaths } };
  matcher = await openNewest(base, progress, async (load) => {
    const bundle = await openBundle(load);
    // pdfium too: "ready" promises that the network is not needed any more. A PDF tries again what fails here.
    const reader = openPdfium().catch(() => undefined);
    const [session] = await Promise.all([openSession(bundle.encoder, site!.options), reader]);
    // The session has its own copy of the encoder now; the file's 27 MB are let go.
    return new Matcher({ ...bundle, encoder: new Uint8Array() }, session, openPdfium);
  });
  const { bundle, session } = matcher;
  const { name, version, sha256 } = bundle;
  say({ type: "ready", backend: session.backend, threads: session.threads, bundle: { name, version, sha256 } });
}

const openPdfium = once(async () => pdfium.openPdfium(await pdfiumBytes()));

async function pdfiumBytes(): Promise<Uint8Array> {
  const answer = await fetch(absolute(pdfiumUrl)).catch(() => undefined);
  const bytes = answer?.ok ? await answer.arrayBuffer().catch(() => undefined) : undefined;
  if (!bytes) throw new BundleError("the part of this page that reads PDFs could not be loaded");
  return new Uint8Array(bytes);
}

async function asks(run: number, job: Given): Promise<void> {
  try {
    const document = await matcher!.intake.read(await read(job, JOB));
    say({ type: "asked", run, confirmed: requirements(document) });
  } catch (error) {
    say({ type: "job-not-read", run, error: refusal(error, nameOf(job, JOB)) });
  }
}

async function rank({ run, job, resumes, confirmed }: Extract<Task, { type: "rank" }>): Promise<void> {
  let source: Source;
  let comparing: Comparing;
  try {
    source = await read(job, JOB);
    comparing = await comparer(run, source, confirmed);
  } catch (error) {
    return say({ type: "job-not-read", run, error: refusal(error, nameOf(job, JOB)) });
  }
  const asked: (Given | Held)[] = [...resumes]; // and behind them what else a file of several holds
  last = { run, resumes: asked, explainer: once(() => matcher!.explainer(source)) };
  const compared: Row[] = [];
  const places: number[] = [];
  const total = await countAll(run, resumes);
  let done = 0;
  for (const [index, given] of resumes.entries()) {
    if (run <= cancelled) break;
    let first = true;
    for await (const one of documentsOf(given)) {
      say({ type: "progress", run, done: ++done, total: total + 1 });
      await heard();
      if (run <= cancelled) break;
      const place = first ? index : asked.length;
      first = false;
      if (!(one instanceof ReadError) && "data" in one) asked[place] = { given, part: one.name };
      try {
        if (one instanceof ReadError) throw one;
        compared.push(await comparing.compare(await read(one, RESUME)));
        places.push(place);
      } catch (error) {
        if (error === UNWANTED) break;
        say({ type: "not-read", run, index: place, error: refusal(error, nameOf(one instanceof ReadError ? given : one, RESUME)) });
      }
    }
  }
  const found = markDuplicates(compared);
  const ranked = bestFirst(found).map((match): Ranked => {
    const at = found.indexOf(match);
    const { findings, read } = compared[at]!;
    if (!confirmed) return { match, musts: musts(findings), index: places[at]! };
    const uncapped = matcher!.mapper.score(match.features.values);
    const weighted = weigh(confirmed, match, uncapped, findings, comparing.failed ? undefined : read); // all by one measure
    return { match, musts: decided(confirmed, weighted), weighted, index: places[at]! };
  });
  const order = confirmed ? ordered(ranked) : ranked;
  const tiering = matcher!.bundle.tiers?.tiering(
    order.map(({ match, weighted }) => weighted?.score ?? match.score),
    order.map(({ weighted }) => Boolean(weighted?.lacking.length)),
  );
  say({ type: "ranked", run, stopped: run <= cancelled, asked: total, ranked: order, ...(tiering && { tiering }), ...(comparing.failed && { byLines: comparing.failed }) });
}

interface Row extends Compared {
  readonly read?: readonly Status[]; // of each requirement, where a person decided by them
}

interface Comparing {
  readonly compare: (resume: Source) => Promise<Row>;
  failed: string; // why nothing is read; "" if it is
}

/** What a person decided by is read; a ranking without decisions goes by the nearest lines, which is much sooner. */
async function comparer(run: number, source: Source, confirmed: Confirmed | undefined): Promise<Comparing> {
  if (!confirmed || !counts(confirmed)) {
    const advert = await matcher!.intake.prepare(source, "job");
    const compare = async (resume: Source) => matcher!.compare(await matcher!.intake.prepare(resume, "resume"), advert);
    return { compare, failed: "" };
  }
  const review = await matcher!.reviewer(source);
  const far = (what: "loading" | "reading", done: number, total: number): void => {
    if (what === "loading") say({ type: "reading", run, index: -1, what, done, total });
  };
  const made: Comparing = {
    failed: "",
    async compare(resume) {
      const { compared, read } = await review(resume);
      if (made.failed) return compared;
      try {
        return { ...compared, read: (await readings.of(read, () => run > cancelled, far)).map(({ status }) => status) };
      } catch (error) {
        if (error === UNWANTED) throw error;
        console.warn("rolefit: the reader could not be used:", error);
        made.failed = (error as Error).message;
        return compared;
      }
    },
  };
  return made;
}

/** How many documents the files hold: a ZIP or a table holds many. */
async function countAll(run: number, resumes: readonly Given[]): Promise<number> {
  let total = 0;
  for (const given of resumes) {
    total += await countOf(given);
    await heard();
    if (run <= cancelled) break;
  }
  return total;
}

function read(one: Given | Part | Held, pasted: string): Promise<Source> {
  return sourceOf(one, pasted, (text) => matcher!.intake.read(text));
}

async function check(run: number, job: Given, resume: Given): Promise<void> {
  let explainer: Explainer;
  try {
    explainer = await matcher!.explainer(await read(job, JOB));
  } catch (error) {
    return say({ type: "job-not-read", run, error: refusal(error, nameOf(job, JOB)) });
  }
  say({ type: "progress", run, done: 1, total: 2 });
  await heard();
  if (run > cancelled) await answer(run, 0, () => Promise.resolve(explainer), resume);
}

async function inspect(run: number, given: Given, side: Side | ""): Promise<void> {
  try {
    const inspection = await matcher!.intake.inspect(await read(given, TEXT), side);
    say({ type: "inspected", run, inspection });
  } catch (error) {
    say({ type: "not-read", run, index: 0, error: refusal(error, nameOf(given, TEXT)) });
  }
}

async function explain(run: number, index: number): Promise<void> {
  if (last?.run === run) await answer(run, index, last.explainer, last.resumes[index]!);
}

async function answer(run: number, index: number, open: () => Promise<Explainer>, resume: Given | Held): Promise<void> {
  try {
    const explainer = await open();
    await readings.tell(run, index, await explainer(await read(resume, RESUME)));
  } catch (error) {
    say({ type: "not-read", run, index, error: refusal(error, nameOf(resume, RESUME)) });
  }
}

function openedReader(progress: Progress): Promise<Reader> {
  const { base, options } = site!;
  const open = (model: Uint8Array) => openReaderSession(model, options);
  return openNewest(base, progress, async (load) => openReader(matcher!, taker(load, manifestOf(await load(MANIFEST, 0))), open), READER);
}

/** A score for each change; between two of them it may be stopped. */
async function improve(run: number, explanation: Explanation): Promise<void> {
  try {
    const advice = await matcher!.improve(explanation, async (done, total) => {
      say({ type: "progress", run, done, total });
      await heard();
      if (run <= cancelled) throw UNWANTED;
    });
    say({ type: "improved", run, advice });
  } catch (error) {
    if (error !== UNWANTED) say({ type: "not-read", run, index: 0, error: refusal(error, explanation.resume.name) });
  }
}

function musts(findings: readonly Finding[]): Musts {
  const stand = findings.filter(({ ask }) => ask.must).map(({ strength }) => status(strength));
  const count = (wanted: string): number => stand.filter((one) => one === wanted).length;
  return { met: count("met"), partly: count("partly"), asked: stand.length, licences: missingLicences(findings) };
}

/** The same of what a person confirmed. */
function decided({ wishes }: Confirmed, { lacking, partly }: Weighted): Musts {
  const asked = wishes.filter(({ must }) => must).length;
  const met = asked - lacking.length - partly.length;
  return { met, partly: partly.length, asked, licences: lacking.map(({ text }) => cut(text, SHOWN)) };
}

// What a text is called that was pasted.
const JOB = "the job";
const RESUME = "the resume";
const TEXT = "the text";
const SHOWN = 60; // characters of a requirement beside a person

function refusal(error: unknown, file: string): NotRead {
  if (error instanceof ReadError) return { name: error.name, file: error.file, cause: error.cause, remedy: error.remedy };
  if (error instanceof BundleError)
    return { name: error.name, file, cause: error.message, remedy: "Check the connection and try again." };
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
