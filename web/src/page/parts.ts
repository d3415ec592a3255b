/** What the views of a result have in common. */

import type { NotRead } from "../engine/protocol";
import type { Match, Notice, Status } from "../records";
import { whole } from "../report";
import { h, plural } from "./dom";

export function heading(text: string): HTMLElement {
  return h("h2", { id: "results-title" }, text);
}

/** The range and the score on a line from 0 to 100; the words stand beside it for those who do not see it. */
export function scale({ band: [low, high], score }: Match): HTMLElement {
  const dot = h("span", { class: "dot" });
  dot.style.left = `${score}%`;
  const spread = h("span", { class: "spread" });
  spread.style.left = `${low}%`;
  spread.style.width = `${high - low}%`;
  return h("span", { class: "scale", "aria-hidden": "true" }, spread, dot);
}

export function range({ band }: Match): string {
  const [low, high] = band.map(whole);
  return `${low}–${high}`;
}

export function notices(before: string, list: readonly Notice[]): HTMLElement | null {
  if (!list.length) return null;
  return h("p", { class: "notice" }, before, list.map((notice) => notice.message.replace(/\.$/, "")).join("; "));
}

const MARKS: Readonly<Record<Status, string>> = { met: "✓", partly: "◐", "not shown": "○" };

export function statusTag(status: Status): HTMLElement {
  return h("span", { class: `status ${classOf(status)}` }, h("span", { "aria-hidden": "true" }, MARKS[status]), ` ${status}`);
}

export function classOf(status: Status): string {
  return status.replace(" ", "-");
}

export function unread(list: readonly NotRead[]): HTMLElement | null {
  if (!list.length) return null;
  const items = list.map(({ file, cause, remedy }) => h("li", {}, h("strong", {}, file), h("p", {}, reason(cause, remedy))));
  return h(
    "section",
    { class: "card unread", "aria-labelledby": "unread-title" },
    h("h3", { id: "unread-title" }, `Not read: ${plural(list.length, "document")}`),
    h("ul", {}, ...items),
  );
}

export function reason(cause: string, remedy: string): string {
  return `${capital(cause)}. ${remedy}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function tone(score: number): string {
  return whole(score) > 68 ? "high" : whole(score) > 40 ? "middle" : "low";
}

export function fileName(path: string): string {
  return path.split("/").at(-1)!;
}
