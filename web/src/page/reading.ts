/** What the page says while each requirement is read, and where it cannot be. */

import type { RunMessage } from "../engine/protocol";
import { h } from "./dom";

export type Told = Extract<RunMessage, { type: "reading" }>;

/** A bar with words, to be told how far it is. */
export interface Note {
  readonly element: HTMLElement;
  readonly tell: (told: Told) => void;
}

export function far({ what, done, total }: Told): string {
  const percent = Math.min(99, Math.round((100 * done) / total));
  return what === "loading"
    ? `Loading what reads each requirement: ${percent}% of ${Math.round(total / 1e6)} MB, kept for the next time`
    : `Reading what the resume shows for each of them: ${percent}%`;
}

export function note(): Note {
  const words = h("p", { class: "hint" }, "Reading what the resume shows for each of them …");
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Reading each requirement" });
  const tell = (told: Told): void => {
    bar.value = told.done / told.total;
    words.textContent = far(told);
  };
  return { element: h("div", { class: "reading-note" }, words, bar), tell };
}

/** In place of a status that is not known yet. */
export function readingTag(): HTMLElement {
  return h("span", { class: "status reading" }, h("span", { "aria-hidden": "true" }, "… "), "reading");
}

/** Above statuses that nobody read. */
export function byLines(why: string, again: string): HTMLElement {
  return h(
    "p",
    { class: "notice failed" },
    `What reads each requirement could not be used: ${why.replace(/\.$/, "")}. Until it can, what is met goes by the nearest lines and by facts, `,
    `which is wrong more often. ${again}`,
  );
}
