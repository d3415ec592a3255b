/** The four parts of a score: a bar of 100 points to look at, and the same in words. */

import type { Explanation } from "../records";
import { whole } from "../report";
import * as view from "../report/explainView";
import { h } from "./dom";
import { capital } from "./parts";

/** Null where the score is not read in parts. */
export function scoreParts(explanation: Explanation): HTMLElement | null {
  const parts = view.parts(explanation);
  if (!parts.length) return null;
  return h(
    "div",
    { class: "score-parts" },
    h("div", { class: "bar", "aria-hidden": "true" }, ...parts.map(slot)),
    h("ul", {}, ...parts.map(words), total(parts, explanation)),
  );
}

/** As wide as what the part may earn, filled as far as it is earned. */
function slot({ name, points, most }: view.Earned): HTMLElement {
  const fill = h("span", {});
  fill.style.width = `${(100 * points) / most}%`;
  const whole = h("span", { class: `slot part-${name}` }, fill);
  whole.style.flexGrow = String(most);
  return whole;
}

function words({ name, label, meaning, points, most }: view.Earned): HTMLElement {
  return h(
    "li",
    { class: `part-${name}` },
    `${capital(label)} `,
    h("span", { class: "of" }, h("strong", {}, points), ` of ${most}`),
    meaning && h("small", {}, meaning),
  );
}

function total(parts: readonly view.Earned[], { match, cappedBy }: Explanation): HTMLElement {
  const sum = parts.reduce((points, part) => points + part.points, 0);
  const held = cappedBy && sum > whole(match.score) ? `, held down to ${whole(match.score)}` : "";
  return h("li", { class: "total" }, h("span", { "aria-hidden": "true" }, "= "), h("span", { class: "hidden" }, "Together "), h("strong", {}, sum), held);
}
