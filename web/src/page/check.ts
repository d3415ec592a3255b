/** One resume for one job, as its writer reads it: how it stands, what to say differently, the evidence. */

import type { NotRead } from "../engine/protocol";
import type { Explanation } from "../records";
import { aboutJob, aboutResume, MEANING, verdict, whole } from "../report";
import * as view from "../report/explainView";
import { type Advice, advice } from "./advice";
import { h, plural } from "./dom";
import { evidenceView } from "./evidence";
import { capital, heading, notices, range, scale, statusTag, tone, unread } from "./parts";
import { scoreParts } from "./scoreParts";
import { type Improver, wordingCard } from "./wording";

const FIRST = 8; // pieces of advice before the rest is folded away

export function showCheck(into: HTMLElement, explanation: Explanation, improver: Improver): void {
  const tools = h(
    "div",
    { class: "tools" },
    h("div", { class: "row" }, h("button", { type: "button", class: "quiet", onclick: () => window.print() }, "Print")),
  );
  into.replaceChildren(
    heading("How the resume matches the job"),
    score(explanation),
    changes(explanation),
    wordingCard(explanation, improver),
    evidenceCard(explanation),
    tools,
  );
  into.hidden = false;
}

export function showNotRead(into: HTMLElement, error: NotRead): void {
  into.replaceChildren(heading("The resume was not read"), unread([error])!);
  into.hidden = false;
}

function score(explanation: Explanation): HTMLElement {
  const { match, evidence, cappedBy } = explanation;
  return h(
    "div",
    { class: `card single ${tone(match.score)}` },
    h("p", { class: "fit" }, capital(verdict(match.score))),
    h("p", { class: "spread-words" }, h("strong", {}, range(match)), " of 100, 9 times in 10; most likely ", h("strong", { class: "number" }, whole(match.score))),
    scale(match),
    scoreParts(explanation),
    evidence.length > 0 && h("p", {}, `Of what the job asks for: ${view.counts(evidence)}.`),
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

function evidenceCard(explanation: Explanation): HTMLElement {
  return h("div", { class: "card" }, evidenceView(explanation, "c-"));
}
