/** One resume for one job, as its writer reads it: how it stands, what to say differently, the evidence. */

import type { Explaining } from "../engine/client";
import type { NotRead, Reading } from "../engine/protocol";
import type { Explanation } from "../records";
import { aboutJob, aboutResume, MEANING, verdict, whole } from "../report";
import * as view from "../report/explainView";
import { type Advice, advice } from "./advice";
import { $, h, plural } from "./dom";
import { evidenceView, readingView } from "./evidence";
import { capital, heading, notices, range, scale, statusTag, tone, unread } from "./parts";
import { byLines, type Told } from "./reading";
import { scoreParts } from "./scoreParts";
import { type Improver, wordingCard } from "./wording";

const FIRST = 8; // pieces of advice before the rest is folded away

/** Shows what is heard of a check: the first of it by `show`, and in its place what is read later. */
export function checkShower(show: (view: (into: HTMLElement) => void) => void, improver: Improver): (message: Explaining) => void {
  let tell: ((told: Told) => void) | undefined;
  return (message) => {
    if (message.type === "reading") return tell?.(message);
    if (message.type === "not-read") return show((into) => showNotRead(into, message.error));
    const { explanation, reading } = message;
    const put = (into: HTMLElement): void => void (tell = showCheck(into, explanation, reading, improver));
    if (tell) put($("results"));
    else show(put);
    $("said").textContent = reading.state === "reading" ? "The score is below. Reading each requirement." : "Done. The result is below.";
  };
}

/** Returns what is to be told how far the reading is. While it goes on, nothing is said of what is met, nor what to change. */
function showCheck(into: HTMLElement, explanation: Explanation, reading: Reading, improver: Improver): (told: Told) => void {
  const waiting = reading.state === "reading" ? readingView(explanation) : undefined;
  const tools = h(
    "div",
    { class: "tools" },
    h("div", { class: "row" }, h("button", { type: "button", class: "quiet", onclick: () => window.print() }, "Print")),
  );
  const lost = into.contains(document.activeElement) && document.activeElement !== into;
  into.replaceChildren(
    heading("How the resume matches the job"),
    score(explanation, !waiting),
    ...(reading.state === "by-lines" ? [byLines(reading.why, "Check the match again to try once more.")] : []),
    ...(waiting ? [] : [changes(explanation), wordingCard(explanation, improver)]),
    h("div", { class: "card" }, waiting?.element ?? evidenceView(explanation, "c-")),
    tools,
  );
  into.hidden = false;
  if (lost) into.focus({ preventScroll: true }); // what had it is not there any more
  return (told) => waiting?.tell(told);
}

export function showNotRead(into: HTMLElement, error: NotRead): void {
  into.replaceChildren(heading("The resume was not read"), unread([error])!);
  into.hidden = false;
}

function score(explanation: Explanation, read: boolean): HTMLElement {
  const { match, evidence, cappedBy } = explanation;
  return h(
    "div",
    { class: `card single ${tone(match.score)}` },
    h("p", { class: "fit" }, capital(verdict(match.score))),
    h("p", { class: "spread-words" }, h("strong", {}, range(match)), " of 100, 9 times in 10; most likely ", h("strong", { class: "number" }, whole(match.score))),
    scale(match),
    scoreParts(explanation),
    read && evidence.length > 0 && h("p", {}, `Of what the job asks for: ${view.counts(evidence)}.`),
    cappedBy && h("p", { class: "notice" }, `Held down: ${cappedBy}.`),
    notices("The resume: ", aboutResume(match)),
    notices("The job: ", aboutJob({ matches: [match] })),
    h("p", { class: "hint" }, MEANING),
  );
}

function changes(explanation: Explanation): HTMLElement {
  const all = advice(explanation);
  const title = h("h3", { id: "advice-title" }, "What to say differently");
  const body = all.length
    ? [
        h("p", {}, "The resume may leave out what its writer has done. Go through what was not found:"),
        list(all.slice(0, FIRST)),
        all.length > FIRST && h("details", {}, h("summary", {}, `${plural(all.length - FIRST, "more line")}`), list(all.slice(FIRST))),
        h("p", { class: "hint" }, "Write only what is true. Nothing here says that you have done these things; what you have not done, leave as it is."),
      ]
    : [h("p", {}, "Everything that the job asks for was found. Nothing needs other words.")];
  return h("section", { class: "card advice", "aria-labelledby": "advice-title" }, title, ...body);
}

function list(some: readonly Advice[]): HTMLElement {
  return h(
    "ul",
    {},
    ...some.map(({ status, condition, words, kind }) =>
      h("li", {}, h("p", { class: "tags" }, statusTag(status), h("span", { class: "hint" }, kind)), h("p", {}, condition), h("blockquote", {}, words)),
    ),
  );
}
