/** The page: takes two kinds of people to one form, and shows what the engine says. */

import { Engine, type Opened, type RunMessage, usableThreads } from "../engine/client";
import type { FromEngine, Given, NotRead } from "../engine/protocol";
import { MEANING } from "../report";
import { showCheck, showNotRead } from "./check";
import { $, h, plural, roughly } from "./dom";
import { fromDrop, fromInput, MOST } from "./dropped";
import { followUpdates } from "./offline";
import { reason } from "./parts";
import { showRanking } from "./ranking";
import type { Improver } from "./wording";

type Mode = "rank" | "check";
type GivenFile = Extract<Given, { file: File }>;

interface State {
  mode: Mode;
  job: GivenFile | undefined;
  resumes: GivenFile[];
  opened: Opened | undefined;
  busy: Mode | undefined; // what is under way
}

const state: State = {
  mode: "rank",
  job: undefined,
  resumes: [],
  opened: undefined,
  busy: undefined,
};
let waiting: (() => void) | undefined; // what to do once the model is there

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
    waiting?.();
    waiting = undefined;
  } else {
    line.textContent = `The model could not be opened: ${message.message}`;
    line.classList.add("bad");
    if (waiting) finish();
    waiting = undefined;
    problem(`The model could not be opened. ${message.message}`);
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
  if (mode === "check") state.resumes = state.resumes.slice(0, 1);
  showGiven();
}

function showGiven(): void {
  const remove = (label: string, forget: () => void): HTMLElement =>
    h("button", { type: "button", class: "link", "aria-label": label, onclick: () => (forget(), showGiven()) }, "Remove");
  const job = $("job-chosen");
  job.hidden = !state.job;
  if (state.job) job.replaceChildren(h("strong", {}, state.job.name), " ", remove("Remove the job's file", () => (state.job = undefined)));
  $("job-text").hidden = Boolean(state.job);
  const resumes = $("resume-chosen");
  const count = state.resumes.length;
  resumes.hidden = !count;
  $("drop").classList.toggle("filled", count > 0);
  $("resume-text").hidden = state.mode === "rank" || count > 0;
  if (count)
    resumes.replaceChildren(
      h("strong", {}, count === 1 ? state.resumes[0]!.name : plural(count, "file")),
      count > 1 ? ` (${kinds(state.resumes)}) ` : " ",
      remove("Remove the chosen resumes", () => (state.resumes = [])),
    );
  if (state.mode === "rank") $("go").textContent = count ? `Rank ${plural(count, "resume")}` : "Rank the resumes";
  problem("");
}

function kinds(files: readonly GivenFile[]): string {
  const counts = new Map<string, number>();
  for (const { name } of files) {
    const ending = /\.(\w{1,5})$/.exec(name)?.[1]?.toUpperCase() ?? "other";
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([ending, count]) => `${count} ${ending}`).join(", ");
}

function addResumes(files: readonly GivenFile[]): void {
  if (state.mode === "check") state.resumes = files.slice(0, 1);
  else {
    const known = new Set(state.resumes.map((given) => given.name));
    state.resumes = [...state.resumes, ...files.filter((given) => !known.has(given.name))];
  }
  const left = state.resumes.length - MOST;
  state.resumes = state.resumes.slice(0, MOST);
  showGiven();
  if (left > 0) problem(`${MOST} resumes at once are the most; ${plural(left, "file")} left out.`);
}

function setJob(files: readonly GivenFile[]): void {
  if (files[0]) state.job = files[0];
  showGiven();
}

function takesChosen(input: string, take: (files: GivenFile[]) => void): void {
  $<HTMLInputElement>(input).addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.files?.length) take(fromInput(field.files));
    field.value = ""; // so that the same file can be chosen again
  });
}

function takesDropped(card: string, take: (files: GivenFile[]) => void): void {
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
    if (event.dataTransfer) void fromDrop(event.dataTransfer).then(take);
  });
}

// -- A run -------------------------------------------------------------------------------------------------------

function start(): void {
  if (state.busy) return;
  const typed = (id: string): string => $<HTMLTextAreaElement>(id).value;
  const job: Given | undefined = state.job ?? (typed("job-text").trim() ? { text: typed("job-text") } : undefined);
  const pasted = state.mode === "check" && typed("resume-text").trim() ? [{ text: typed("resume-text") }] : [];
  const resumes: Given[] = state.resumes.length ? state.resumes : pasted;
  if (!job) return ask("Paste or choose a job first.", "job-text");
  if (!resumes.length) return ask("Choose at least one resume first.", state.mode === "rank" ? "resume-files" : "resume-text");
  state.busy = state.mode;
  $("results").hidden = true;
  $<HTMLButtonElement>("go").disabled = true;
  $<HTMLButtonElement>("cancel").disabled = false;
  $("progress").hidden = false;
  showProgress(state.opened ? "Reading the job" : "Loading the model", 0);
  $("progress").scrollIntoView({ block: "nearest" });
  $("cancel").focus();
  const go = (): void => (state.mode === "rank" ? rank(job, resumes) : check(job, resumes[0]!));
  if (state.opened) go();
  else waiting = go;
}

function rank(job: Given, resumes: readonly Given[]): void {
  const began = performance.now();
  const notRead: NotRead[] = [];
  engine.rank(job, resumes, (message: RunMessage) => {
    if (message.type === "not-read") notRead.push(message.error);
    else if (message.type === "progress") showProgress(timeLeft(began, message.done, message.total), message.done / message.total);
    else if (message.type === "job-not-read") jobNotRead(message.error);
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
    else if (message.type === "job-not-read") jobNotRead(message.error);
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

function jobNotRead({ cause, remedy }: NotRead): void {
  finish();
  problem(`The job could not be read. ${reason(cause, remedy)}`);
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

function finish(): void {
  state.busy = undefined;
  $("progress").hidden = true;
  $<HTMLButtonElement>("go").disabled = false;
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
    $("go").focus();
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
