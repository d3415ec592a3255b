/** The page: takes what is given to the engine, and shows what the engine says. */
import { Engine, type Opened, type RunMessage, usableThreads } from "../engine/client";
import type { FromEngine, Given, NotRead } from "../engine/protocol";
import type { Side } from "../intake";
import { MEANING } from "../report";
import { checkShower, showNotRead } from "./check";
import { $, h, plural } from "./dom";
import { type Chosen, type GivenFile, gone, merged, MOST } from "./dropped";
import { kinds, leftOut, SEVERAL, takesChosen, takesDropped } from "./given";
import { showInspection } from "./inspected";
import { Keeping } from "./keeping";
import { Musts } from "./musts";
import { followUpdates } from "./offline";
import { reason } from "./parts";
import { readyLine, showProgress, timeLeft } from "./progress";
import { type Outcome, showRanking } from "./ranking";
import { far } from "./reading";
import type { Improver } from "./wording";

type Mode = "rank" | "check" | "read";
/** What a mode calls its card, its button and its file chooser. */
const WORDS: Readonly<Record<Mode, readonly [string, string, string]>> = {
  rank: ["The resumes", "Rank the resumes", "Choose files"],
  check: ["The resume", "Check the match", "Choose a file"],
  read: ["A resume or an advert", "Show what is read", "Choose a file"],
};

interface State {
  mode: Mode;
  job: GivenFile | undefined;
  resumes: readonly GivenFile[]; // of which a check takes the first
  opened: Opened | undefined;
  failed: string | undefined; // why the engine does nothing any more
  busy: Mode | undefined; // what is under way
}

const state: State = {
  mode: "rank", job: undefined,
  resumes: [],
  opened: undefined,
  failed: undefined,
  busy: undefined,
};
let waiting: (() => void) | undefined; // what to do once the model is there
const engine = new Engine(new URL("./", location.href).href, usableThreads(), onOpening);
const improver: Improver = {
  start: (explanation, listen) => engine.improve(explanation, listen),
  stop: () => engine.abandon(),
};
const keeping = new Keeping(() => state.resumes, (files) => void addResumes({ files, unopened: [] }), problem);
const musts = new Musts((job, listen) => engine.asks(job, listen), problem);

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

// -- What is given -----------------------------------------------------------------------------------------------

function setMode(mode: Mode): void {
  state.mode = mode;
  document.body.dataset.mode = mode;
  $<HTMLInputElement>("resume-files").multiple = mode === "rank";
  const fields = [$("resume-title"), $("go"), $("resume-files").nextElementSibling!];
  fields.forEach((field, place) => (field.textContent = WORDS[mode][place]!));
  $("resume-hint").textContent = `Paste ${mode === "read" ? "a resume or an advert" : "the resume"}, or drop its file here`;
  showGiven();
}

function showGiven(): void {
  if (!musts.of(givenJob())) musts.forget();
  const remove = (label: string, field: string, forget: () => void): HTMLElement => {
    const onclick = (): void => (forget(), showGiven(), $(field).focus()); // the button is gone
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
    const check = state.mode !== "rank";
    const more = check ? ` (the first of ${plural(count, "file")}) ` : ` (${kinds(state.resumes)}) `;
    resumes.replaceChildren(
      h("strong", {}, check || count === 1 ? state.resumes[0]!.name : plural(count, "file")),
      count > 1 ? more : " ",
      remove("Remove the chosen resumes", "resume-files", () => (state.resumes = [])),
    );
  }
  const known = count && !state.resumes.some(({ name }) => SEVERAL.test(name));
  if (state.mode === "rank") $("go").textContent = known ? `Rank ${plural(count, "resume")}` : WORDS.rank[1];
  problem("");
  void keeping.show();
}

async function addResumes({ files, unopened }: Chosen): Promise<void> {
  const unreadable = await gone(state.resumes, files);
  const all = state.mode !== "rank" && files.length ? files.slice(0, 1) : merged(state.resumes, files, unreadable);
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

// -- A run -------------------------------------------------------------------------------------------------------

function givenJob(): Given | undefined {
  const { value } = $<HTMLTextAreaElement>("job-text");
  return state.job ?? (value.trim() ? { text: value } : undefined);
}

/** Once the model is there. */
function chooseMusts(): void {
  if (state.busy) return;
  const job = givenJob();
  if (!job) return ask("Paste or choose a job first.", "job-text");
  $("results").hidden = true; // evidence of an earlier ranking is not computed any more
  if (state.opened) musts.choose(job);
  else waiting = () => musts.choose(job);
}

function start(): void {
  if (state.busy) return;
  problem("");
  if (state.failed) return ask(`Load the page again. ${state.failed}`, "go");
  const { mode } = state; // while the model loads, another may be chosen
  const job = givenJob();
  const { value: text } = $<HTMLTextAreaElement>("resume-text");
  const pasted = mode !== "rank" && text.trim() ? [{ text }] : [];
  const chosen = mode === "rank" ? state.resumes : state.resumes.slice(0, 1);
  const resumes: readonly Given[] = chosen.length ? chosen : pasted;
  if (!job && mode !== "read") return ask("Paste or choose a job first.", "job-text");
  const what = mode === "read" ? "Paste or choose a document first." : "Choose at least one resume first.";
  if (!resumes.length) return ask(what, mode === "rank" ? "resume-files" : "resume-text");
  state.busy = mode;
  $("results").hidden = true;
  $<HTMLButtonElement>("go").disabled = true;
  $<HTMLButtonElement>("cancel").disabled = false;
  $("progress").hidden = false;
  showProgress(!state.opened ? "Loading the model" : mode === "read" ? "Reading the document" : "Reading the job", 0);
  $("progress").scrollIntoView({ block: "nearest" });
  $("cancel").focus();
  const one = (): void => (mode === "read" ? read(resumes[0]!) : check(job!, resumes[0]!));
  const go = (): void => (mode === "rank" ? rank(job!, resumes) : one());
  if (state.opened) go();
  else waiting = go;
}

function rank(job: Given, resumes: readonly Given[]): void {
  const began = performance.now();
  const notRead: NotRead[] = [];
  const confirmed = musts.of(job);
  const sealed = document.body.classList.toggle("sealed", $<HTMLInputElement>("sealed").checked);
  engine.rank(job, resumes, confirmed, (message: RunMessage) => {
    if (message.type === "not-read") notRead.push(message.error);
    else if (message.type === "progress") showProgress(timeLeft(began, message.done, message.total), message.done / message.total);
    else if (message.type === "reading") showProgress(far(message), message.done / message.total);
    else if (message.type === "job-not-read" || message.type === "broke-off") noResult(message);
    else if (message.type === "ranked") {
      const { ranked, stopped, asked, tiering, byLines } = message;
      const { bundle } = state.opened!;
      const explain: Outcome["explain"] = (index, listen) => engine.explain(index, listen);
      show((into) => showRanking(into, { job: nameOf(job), ranked, notRead, asked, stopped, bundle, explain, confirmed, tiering, sealed, byLines }));
      $("said").textContent = stopped ? "Stopped. Results are below." : "Done. Results are below.";
    }
  });
}

function check(job: Given, resume: Given): void {
  const told = checkShower(show, improver);
  engine.check(job, resume, (message: RunMessage) => {
    if (message.type === "progress") showProgress("Reading and scoring the resume", message.done / message.total);
    else if (message.type === "job-not-read" || message.type === "broke-off") noResult(message);
    else if (message.type === "explained" || message.type === "reading" || message.type === "not-read") told(message);
  });
}

function read(given: Given): void {
  engine.inspect(given, $<HTMLSelectElement>("side").value as Side | "", (message: RunMessage) => {
    if (message.type === "not-read") show((into) => showNotRead(into, message.error));
    else if (message.type === "broke-off") noResult(message);
    else if (message.type === "inspected") {
      show((into) => showInspection(into, message.inspection));
      $("said").textContent = "Done. What was read is below.";
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
takesDropped("job-card", setJob, problem);
takesDropped("resume-card", addResumes, problem);
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
  if (waiting || state.busy !== "rank") {
    waiting = undefined;
    engine.abandon(); // one resume alone has no half of a result
    finish();
  } else {
    $("progress-text").textContent = "Stopping after the document at hand …";
    engine.cancel();
  }
});
$("musts-choose").addEventListener("click", chooseMusts);
$("job-text").addEventListener("input", () => musts.forget());
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
