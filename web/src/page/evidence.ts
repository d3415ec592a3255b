/** An explanation on the page: requirement by requirement, both texts, facts, skills. */

import type { Evidence, Explanation, Support } from "../records";
import * as view from "../report/explainView";
import { h } from "./dom";
import { capital, classOf, statusTag } from "./parts";
import { type Note, note, readingTag } from "./reading";
import { Texts } from "./texts";

const ASKED = "What the job asks for, and what the resume shows";
const SKILLS = 40; // of a kind before the rest is folded away

/** All of an explanation but its score and the parts of it. Ids begin with `prefix`. */
export function evidenceView(explanation: Explanation, prefix: string): HTMLElement {
  const texts = new Texts(explanation, prefix);
  return h(
    "div",
    { class: "evidence" },
    professions(explanation),
    requirements(explanation, texts),
    part("Both texts", textsHint(), texts.element),
    facts(explanation),
    skills(explanation),
  );
}

/** The same while its statuses are being read: what is known already, and what is asked. */
export function readingView(explanation: Explanation): Note {
  const { element, tell } = note();
  const groups = view.grouped(explanation.evidence).flatMap(([title, items]) => [
    h("h4", {}, title),
    h("ul", { class: "requirements" }, ...items.map(([number, { requirement }]) => waiting(number, view.quote(explanation.job, requirement.line, 600)))),
  ]);
  const asked = part(ASKED, element, ...groups);
  return { element: h("div", { class: "evidence" }, professions(explanation), asked, facts(explanation), skills(explanation)), tell };
}

function waiting(number: number, asked: string): HTMLElement {
  return h("li", {}, h("span", { class: "place" }, number), h("p", { class: "asked" }, asked), h("div", { class: "found" }, h("p", { class: "tags" }, readingTag())));
}

function part(title: string, ...children: readonly (Node | string | null)[]): HTMLElement {
  return h("section", { class: "part" }, h("h3", {}, title), ...children);
}

function professions(explanation: Explanation): HTMLElement | null {
  const both = view.professions(explanation).map(([whose, words]) => `${whose} reads like ${words}.`);
  return both.length ? h("p", { class: "hint" }, both.join(" ")) : null;
}

function textsHint(): HTMLElement {
  return h("p", { class: "hint" }, "As rolefit read them. A marked line, or the number beside it, leads to the line it goes with on the other side.");
}

function requirements(explanation: Explanation, texts: Texts): HTMLElement {
  const groups = view.grouped(explanation.evidence);
  if (!groups.length) return part("What the job asks for", h("p", {}, view.NO_REQUIREMENTS));
  const [earned, elsewhere] = view.earned(explanation);
  const parts = groups.flatMap(([title, items]) => [
    h("h4", {}, `${title} `, h("span", { class: "hint" }, view.counts(items.map(([, item]) => item)))),
    h("ul", { class: "requirements" }, ...items.map(([number, item]) => requirement(number, item, earned[number - 1]!, explanation, texts))),
  ]);
  return part(
    ASKED,
    ...parts,
    elsewhere ? h("p", { class: "elsewhere" }, `${elsewhere} points for what is shown in other words or elsewhere.`) : null,
  );
}

function requirement(number: number, item: Evidence, points: string, explanation: Explanation, texts: Texts): HTMLElement {
  const asked = view.quote(explanation.job, item.requirement.line, 600);
  const settled = view.settled(item);
  return h(
    "li",
    { class: classOf(item.status) },
    h("span", { class: "place" }, number),
    h("p", { class: "asked" }, lead(asked, () => texts.leadToBoth(number), `${asked}: show it in both texts`)),
    h(
      "div",
      { class: "found" },
      h("p", { class: "tags" }, statusTag(item.status), points && h("span", { class: "points" }, `${points} points`), settled && h("span", { class: "hint" }, capital(settled))),
      ...found(number, item, explanation, texts),
    ),
  );
}

/** The lines that speak for a requirement, or the nearest there is. */
function found(number: number, item: Evidence, explanation: Explanation, texts: Texts): HTMLElement[] {
  if (!item.support.length) return [h("p", { class: "hint" }, "Not shown in the resume.")];
  const [first, ...others] = item.support.map((support) => quoted(number, support, explanation, texts)) as [HTMLElement, ...HTMLElement[]];
  if (!view.verified(item)) return [h("p", { class: "hint" }, "Nearest line, not enough:"), h("div", { class: "nearest" }, first)];
  if (!others.length) return [first];
  const more = others.length === 1 ? "1 more line" : `${others.length} more lines`;
  return [first, h("details", {}, h("summary", {}, more), ...others)];
}

function quoted(number: number, support: Support, explanation: Explanation, texts: Texts): HTMLElement {
  const said = view.quote(explanation.resume, support.line, 400);
  const where = view.page(explanation.resume, support.line);
  const link = lead(said, () => texts.leadToBoth(number, support.line), `${said}: show it in both texts`);
  return h("blockquote", {}, link, where && h("cite", {}, ` ${where}`));
}

function lead(text: string, go: () => void, label: string): HTMLElement {
  return h("button", { type: "button", class: "lead", "aria-label": label, onclick: go }, text);
}

function facts({ comparisons }: Explanation): HTMLElement | null {
  if (!comparisons.length) return null;
  const rows = comparisons.map(({ name, asked, shown, verdict }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, view.COMPARED[name]),
      h("td", {}, asked),
      h("td", {}, shown || "not shown in the resume"),
      h("td", {}, statusTag(verdict)),
    ),
  );
  const head = h("tr", {}, ...["Fact", "Asked", "Shown", "Status"].map((column) => h("th", { scope: "col" }, column)));
  return part("Facts asked, beside facts shown", h("table", { class: "facts" }, h("thead", {}, head), h("tbody", {}, ...rows)));
}

function skills(explanation: Explanation): HTMLElement {
  const both = explanation.matched.map((pair) => view.pairLabel(pair, explanation));
  const missing = explanation.missing.map(view.name);
  const extra = explanation.extra.map(view.name);
  if (!both.length && !missing.length && !extra.length) return part("Skills", h("p", {}, view.NO_SKILLS));
  return part(
    "Skills",
    chips("In both", both, "met"),
    chips("Asked for, not shown in the resume", missing, "not-shown"),
    chips("Also in the resume", extra, "extra"),
  );
}

export function chips(title: string, names: readonly string[], kind: string): HTMLElement | null {
  if (!names.length) return null;
  const list = (some: readonly string[]): HTMLElement => h("ul", { class: `chips ${kind}` }, ...some.map((name) => h("li", {}, name)));
  const rest = names.slice(SKILLS);
  return h(
    "div",
    {},
    h("h4", {}, `${title} `, h("span", { class: "hint" }, `(${names.length})`)),
    list(names.slice(0, SKILLS)),
    rest.length > 0 && h("details", {}, h("summary", {}, `${rest.length} more`), list(rest)),
  );
}
