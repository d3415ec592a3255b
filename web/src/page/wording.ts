/** The advert's words for what a resume says already: asked for with a button, because each is a score. */

import type { NotRead, RunMessage } from "../engine/protocol";
import type { Advice, Tried } from "../improve";
import type { Explanation } from "../records";
import { whole } from "../report";
import { page, quote } from "../report/explainView";
import { gaining, gapGroups, WORDS } from "../report/improveView";
import { $, h } from "./dom";
import { reason } from "./parts";

/** The engine as this card needs it. */
export interface Improver {
  readonly start: (explanation: Explanation, listen: (message: RunMessage) => void) => void;
  readonly stop: () => void;
}

export function wordingCard(explanation: Explanation, improver: Improver): HTMLElement {
  const body = h("div", { class: "wording", tabindex: -1 });
  const start = h("button", { type: "button", class: "quiet", onclick: () => begin() }, "Try the advert's words");
  const ready = [
    h(
      "p",
      {},
      "The advert may have another word for what the resume says already. Each change is made in the text and scored again, ",
      "so what it gains is measured; that takes some seconds for each.",
    ),
    h("div", { class: "row" }, start),
  ];
  const begin = (): void => {
    const bar = h("progress", { max: 1, value: 0, "aria-label": "Scoring changes" });
    const text = h("p", {}, "Scoring changes …");
    const stop = h("button", { type: "button", class: "quiet", onclick: () => end() }, "Stop here");
    body.replaceChildren(bar, h("div", { class: "row spread" }, text, stop));
    stop.focus();
    $("said").textContent = "Scoring changes.";
    improver.start(explanation, (message) => {
      if (message.type === "progress") {
        bar.value = message.done / message.total;
        text.textContent = `Scoring changes: ${message.done} of ${message.total} done`;
      } else if (message.type === "improved") show(resultOf(message.advice, explanation), summary(message.advice));
      else if (message.type === "not-read") show(failed(message.error), "That did not work.");
    });
  };
  const end = (): void => {
    improver.stop();
    body.replaceChildren(...ready);
    start.focus();
    $("said").textContent = "Stopped.";
  };
  const show = (parts: readonly HTMLElement[], said: string): void => {
    const waiting = body.contains(document.activeElement);
    body.replaceChildren(...parts);
    if (waiting) body.focus({ preventScroll: true }); // its Stop button is gone
    $("said").textContent = said;
  };
  const failed = ({ cause, remedy }: NotRead): HTMLElement[] => [h("p", { class: "notice" }, reason(cause, remedy)), ...ready];
  body.append(...ready);
  return h("section", { class: "card advice", "aria-labelledby": "wording-title" }, h("h3", { id: "wording-title" }, WORDS.rewordings), body);
}

function summary(advice: Advice): string {
  const gain = gaining(advice).length;
  if (!advice.rewordings.length) return "Done. No other word to suggest.";
  return `Done. ${advice.rewordings.length} tried, ${gain} would raise the score.`;
}

function resultOf(advice: Advice, explanation: Explanation): HTMLElement[] {
  const better = gaining(advice);
  const idle = advice.rewordings.filter((item) => !better.includes(item));
  const parts = [
    h("p", {}, `As it stands: ${whole(advice.score)} of 100.`),
    !advice.rewordings.length && h("p", {}, WORDS.no_rewording),
    better.length > 0 && h("ul", {}, ...better.map((item) => change(item, explanation, true))),
    better.length > 1 && h("p", {}, h("strong", {}, `All together: ${whole(advice.together)} of 100.`)),
    idle.length > 0 && h("p", { class: "hint" }, WORDS.no_gain),
    idle.length > 0 && h("ul", {}, ...idle.map((item) => change(item, explanation, false))),
    advice.untried > 0 && h("p", { class: "hint" }, `${advice.untried} more were not tried.`),
    h("p", { class: "hint" }, WORDS.only_if_true),
    gaps(advice),
  ];
  return parts.filter((part) => part instanceof HTMLElement);
}

function change(item: Tried, { resume, job }: Explanation, gains: boolean): HTMLElement {
  const { before, after, line, requirement, gain } = item;
  const where = page(resume, line);
  return h(
    "li",
    {},
    h(
      "p",
      { class: "change" },
      gains && h("strong", { class: "gain" }, `+${gain.toFixed(0)}`, h("span", { class: "hidden" }, " points:")),
      h("span", {}, before),
      h("span", { "aria-hidden": "true" }, "→"),
      h("span", { class: "hidden" }, "becomes"),
      h("strong", {}, after),
    ),
    h("p", { class: "quoted" }, `in “${quote(resume, line, 160)}”`, where && ` (${where})`),
    gains && requirement && h("p", { class: "hint" }, `asked: ${quote(job, requirement.line, 120)}`),
  );
}

/** Folded away: most of it stands above already, as what may be said if it is true. */
function gaps(advice: Advice): HTMLElement {
  const groups = gapGroups(advice);
  if (!groups.length) return h("p", {}, WORDS.no_gaps);
  const lists = groups.flatMap(([title, items]) => [
    title && h("p", { class: "hint" }, title),
    h("ul", { class: "gaps" }, ...items.map((item) => h("li", {}, item))),
  ]);
  return h("details", {}, h("summary", {}, WORDS.gaps), ...lists, h("p", { class: "hint" }, WORDS.not_suggested));
}
