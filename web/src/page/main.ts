/** The page: takes two kinds of people to one form, and shows what the engine says. */

import { Engine, type Opened, type RunMessage, usableThreads } from "../engine/client";
import type { FromEngine, Given, NotRead } from "../engine/protocol";
import { MEANING } from "../report";
import { showCheck, showNotRead } from "./check";
import { $, h, plural, roughly } from "./dom";
import { type Chosen, fromDrop, fromInput, type GivenFile, gone, merged, MOST } from "./dropped";
import { followUpdates } from "./offline";
import { reason } from "./parts";
import { showRanking } from "./ranking";
import type { Improver } from "./wording";

type Mode = "rank" | "check";

interface State {
  mode: Mode;
  job: GivenFile | undefined;
  resumes: readonly GivenFile[]; // of which a check takes the first
  opened: Opened | undefined;
  failed: string | undefined; // why the engine does nothing any more
  busy: Mode | undefined; // what is under way
}

const state: State = {
  mode: "rank",
  job: undefined,
  resumes: [],
  opened: undefined,
  failed: undefined,
  busy: undefined,
};
let waiting: (() => void) | undefined; // what to do once the model is there
const NAMED = 3; // files by name in a sentence

const engine = new Engine(new URL("./", location.href).href, usableThreads(), onOpening);

const improver: Improver = {
  start: (explanation, listen) => engine.improve(explanation, listen),
  stop: () => engine.abandon(),
};

// -- The model ---------------------------------------------------------------------------------------------------

function onOpening(message: Exclude<FromEngine, { run: number }>): void {
  const line = $("engine");
  if (message.type === "loading") {
    const percent = Math.min(99, Math.round((100 * message.loaded) / message.total));
    line.textContent = `Loading the model: ${percent}% of ${Math.round(message.total / 2 ** 20)} MiB`;
    if (waiting) showProgress(`Loading the model, ${percent}%`, message.loaded / message.total);
  } else if (message.type === "ready") {
    state.opened = message;
    line.replaceChildren(...readyLine(message));
    $("said").textContent = "Ready";
    waiting?.();
    waiting = undefined;
  } else {
    const what = state.opened ? "The engine could not go on" : "The model could not be opened";
    state.failed = `${what}: ${message.message}`;
    state.opened = undefined;
    waiting = undefined;
    line.textContent = state.failed;
    line.classList.add("bad");
    if (state.busy) finish();
    problem(state.failed); // which is said, too
  }
}

function readyLine({ backend, threads, bundle }: Opened): (Node | string)[] {
  const line: (Node | string)[] = [`Ready: ${bundle.name} ${bundle.version}, ${backend}. `];
  const possible = navigator.hardwareConcurrency || 1;
  if (threads === 1 && possible > 1 && "serviceWorker" in navigator)
    line.push(h("span", {}, "Load the page once more and it may use several threads. "));
  return line;
}

// -- What is given -----------------------------------------------------------------------------------------------

function setMode(mode: Mode): void {
  state.mode = mode;
  document.body.dataset.mode = mode;
  $("resume-title").textContent = mode === "rank" ? "The resumes" : "The resume";
  $("go").textContent = mode === "rank" ? "Rank the resumes" : "Check the match";
  $<HTMLInputElement>("resume-files").multiple = mode === "rank";
  $("resume-files").nextElementSibling!.textContent = mode === "rank" ? "Choose files" : "Choose a file";
  showGiven();
}

function showGiven(): void {
  const remove = (label: string, field: string, forget: () => void): HTMLElement => {
    const onclick = (): void => {
      forget();
      showGiven();
      $(field).focus(); // the button is gone
    };
    return h("button", { type: "button", class: "link", "aria-label": label, onclick }, "Remove");
  };
  const job = $("job-chosen");
  job.hidden = !state.job;
  if (state.job) job.replaceChildren(h("strong", {}, state.job.name), " ", remove("Remove the job's file", "job-file", () => (state.job = undefined)));
  $("job-text").hidden = Boolean(state.job);
  const resumes = $("resume-chosen");
  const count = state.resumes.length;
  resumes.hidden = !count;
  $("drop").classList.toggle("filled", count > 0);
  $("resume-text").hidden = state.mode === "rank" || count > 0;
  if (count) {
    const check = state.mode === "check";
    const more = check ? ` (the first of ${plural(count, "file")}) ` : ` (${kinds(state.resumes)}) `;
    resumes.replaceChildren(
      h("strong", {}, check || count === 1 ? state.resumes[0]!.name : plural(count, "file")),
      count > 1 ? more : " ",
      remove("Remove the chosen resumes", "resume-files", () => (state.resumes = [])),
    );
  }
  if (state.mode === "rank") $("go").textContent = count ? `Rank ${plural(count, "resume")}` : "Rank the resumes";
  problem("");
}

function kinds(files: readonly GivenFile[]): string {
  const counts = new Map<string, number>();
  for (const { file } of files) {
    const ending = /\.(\w{1,5})$/.exec(file.name)?.[1]?.toUpperCase() ?? "other";
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([ending, count]) => `${count} ${ending}`).join(", ");
}

async function addResumes({ files, unopened }: Chosen): Promise<void> {
  const unreadable = await gone(state.resumes, files);
  const all = state.mode === "check" && files.length ? files.slice(0, 1) : merged(state.resumes, files, unreadable);
  const left = all.length - MOST;
  state.resumes = all.slice(0, MOST);
  showGiven();
  const most = left > 0 ? [`${MOST} resumes at once are the most; ${plural(left, "file")} left out.`] : [];
  problem([...most, ...leftOut(unopened)].join(" "));
}

function setJob({ files, unopened }: Chosen): void {
  if (files[0]) state.job = files[0];
  showGiven();
  problem(leftOut(unopened).join(" "));
}

function leftOut(names: readonly string[]): string[] {
  if (!names.length) return [];
  const some = `${names.slice(0, NAMED).join(", ")}${names.length > NAMED ? ", …" : ""}`;
  return [`Could not be opened and left out: ${names.length} (${some}).`];
}

function takesChosen(input: string, take: (chosen: Chosen) => void): void {
  $<HTMLInputElement>(input).addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.files?.length) take(fromInput(field.files));
    field.value = ""; // so that the same file can be chosen again
  });
}

function takesDropped(card: string, take: (chosen: Chosen) => void): void {
  const element = $(card);
  const over = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    element.classList.toggle("over", on);
  };
  element.addEventListener("dragenter", over(true));
  element.addEventListener("dragover", over(true));
  element.addEventListener("dragleave", over(false));
  element.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer) return;
    const failed = (): void => problem("What was dropped could not be opened. Use the button to choose it.");
    fromDrop(event.dataTransfer).then(take).catch(failed);
  });
}

// -- A run -------------------------------------------------------------------------------------------------------

function start(): void {
  if (state.busy) return;
  problem("");
  if (state.failed) return ask(`Load the page again. ${state.failed}`, "go");
  const { mode } = state; // while the model loads, another may be chosen
  const typed = (id: string): string => $<HTMLTextAreaElement>(id).value;
  const job: Given | undefined = state.job ?? (typed("job-text").trim() ? { text: typed("job-text") } : undefined);
  const pasted = mode === "check" && typed("resume-text").trim() ? [{ text: typed("resume-text") }] : [];
  const chosen = mode === "check" ? state.resumes.slice(0, 1) : state.resumes;
  const resumes: readonly Given[] = chosen.length ? chosen : pasted;
  if (!job) return ask("Paste or choose a job first.", "job-text");
  if (!resumes.length) return ask("Choose at least one resume first.", mode === "rank" ? "resume-files" : "resume-text");
  state.busy = mode;
  $("results").hidden = true;
  $<HTMLButtonElement>("go").disabled = true;
  $<HTMLButtonElement>("cancel").disabled = false;
  $("progress").hidden = false;
  showProgress(state.opened ? "Reading the job" : "Loading the model", 0);
  $("progress").scrollIntoView({ block: "nearest" });
  $("cancel").focus();
  const go = (): void => (mode === "rank" ? rank(job, resumes) : check(job, resumes[0]!));
  if (state.opened) go();
  else waiting = go;
}

function rank(job: Given, resumes: readonly Given[]): void {
  const began = performance.now();
  const notRead: NotRead[] = [];
  engine.rank(job, resumes, (message: RunMessage) => {
    if (message.type === "not-read") notRead.push(message.error);
    else if (message.type === "progress") showProgress(timeLeft(began, message.done, message.total), message.done / message.total);
    else if (message.type === "job-not-read" || message.type === "broke-off") noResult(message);
    else if (message.type === "ranked") {
      const { ranked, stopped } = message;
      const { bundle } = state.opened!;
      const explain = (index: number) => engine.explain(index);
      show((into) => showRanking(into, { job: nameOf(job), ranked, notRead, asked: resumes.length, stopped, bundle, explain }));
      $("said").textContent = stopped ? "Stopped. Results are below." : "Done. Results are below.";
    }
  });
}

function check(job: Given, resume: Given): void {
  engine.check(job, resume, (message: RunMessage) => {
    if (message.type === "progress") showProgress("Reading and scoring the resume", message.done / message.total);
    else if (message.type === "job-not-read" || message.type === "broke-off") noResult(message);
    else if (message.type === "not-read") show((into) => showNotRead(into, message.error));
    else if (message.type === "explained") {
      show((into) => showCheck(into, message.explanation, improver));
      $("said").textContent = "Done. The result is below.";
    }
  });
}

function nameOf(given: Given): string {
  return "name" in given ? given.name : "the job";
}

function noResult({ type, error }: Extract<RunMessage, { type: "job-not-read" | "broke-off" }>): void {
  finish();
  const what = type === "job-not-read" ? "The job could not be read." : "There is no result.";
  problem(`${what} ${reason(error.cause, error.remedy)}`);
}

function show(view: (into: HTMLElement) => void): void {
  finish();
  view($("results"));
  $("results").focus();
}

function timeLeft(began: number, done: number, total: number): string {
  const seconds = (performance.now() - began) / 1000;
  const left = done > 2 && seconds > 3 ? `, about ${roughly((seconds / done) * (total - done))} left` : "";
  return `${done - 1} of ${plural(total - 1, "resume")} scored${left}`;
}

function showProgress(text: string, share: number): void {
  $("progress-text").textContent = text;
  $<HTMLProgressElement>("bar").value = share;
}

/** Keys go on from the button that began it, where they were at the one that stops it. */
function finish(): void {
  const { activeElement } = document;
  const lost = activeElement === document.body || $("progress").contains(activeElement);
  state.busy = undefined;
  $("progress").hidden = true;
  $<HTMLButtonElement>("go").disabled = false;
  if (lost) $("go").focus();
}

function problem(text: string): void {
  $("problem").textContent = text;
}

function ask(text: string, field: string): void {
  problem(text);
  $(field).focus();
}

// -- Wiring ------------------------------------------------------------------------------------------------------

$("meaning").textContent = MEANING;
for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=mode]"))
  radio.addEventListener("change", () => setMode(radio.value as Mode));
takesDropped("job-card", setJob);
takesDropped("resume-card", addResumes);
takesChosen("job-file", setJob);
takesChosen("resume-files", addResumes);
takesChosen("resume-folder", addResumes);
// A file that misses the cards must not replace the page.
for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
$("cancel").addEventListener("click", () => {
  $<HTMLButtonElement>("cancel").disabled = true;
  if (waiting || state.busy === "check") {
    waiting = undefined;
    engine.abandon(); // one resume alone has no half of a result
    finish();
  } else {
    $("progress-text").textContent = "Stopping after the document at hand …";
    engine.cancel();
  }
});
$("clear").addEventListener("click", () => {
  engine.abandon();
  finish();
  waiting = undefined;
  state.job = undefined;
  state.resumes = [];
  for (const id of ["job-text", "resume-text"]) $<HTMLTextAreaElement>(id).value = "";
  $("results").replaceChildren();
  $("results").hidden = true;
  showGiven();
  $("job-text").focus();
});
const chosen = document.querySelector<HTMLInputElement>("input[name=mode]:checked");
setMode((chosen?.value as Mode | undefined) ?? "rank"); // browsers keep the choice over a reload
followUpdates($("update"), $("update-now"));
