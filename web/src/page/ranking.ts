/** A ranking on the page: the table, its filters, what was not read; evidence opens below a row. */

import type { Confirmed, Weighted } from "../decide";
import type { Explaining } from "../engine/client";
import type { Musts, NotRead, Ranked } from "../engine/protocol";
import type { Match } from "../records";
import { aboutJob, aboutResume, type Report, verdict, whole } from "../report";
import { aggregates, FEWEST } from "../report/aggregates";
import { toCsv } from "../report/csv";
import { decisions as decided, sumOf } from "../report/decidedView";
import { toJson } from "../report/json";
import { headings, meaning } from "../report/tiersView";
import type { Tiering } from "../tiers";
import { $, download, h, plural } from "./dom";
import { filters } from "./filters";
import { fileName, heading, notices, range, scale, tone, unread } from "./parts";
import { byLines } from "./reading";
import { fill, mustsRead } from "./rowEvidence";

/** A finished run, as the page keeps it. */
export interface Outcome {
  readonly job: string;
  readonly ranked: readonly Ranked[]; // best first
  readonly notRead: readonly NotRead[];
  readonly asked: number; // resumes that were given
  readonly stopped: boolean;
  readonly bundle: Report["bundle"];
  readonly explain: (index: number, listen: (message: Explaining) => void) => void;
  readonly confirmed: Confirmed | undefined; // what a person said must be shown
  readonly tiering: Tiering | undefined; // who cannot be told apart
  readonly sealed: boolean; // only counts may leave the page
  readonly byLines: string | undefined; // why what was chosen was not read
}

export function showRanking(into: HTMLElement, outcome: Outcome): void {
  const { ranked, asked, stopped, notRead, job } = outcome;
  const matches = ranked.map(({ match }) => match);
  const rows = ranked.map((one, place) => row(one, place, outcome));
  const tiers = outcome.tiering ? headings(outcome.tiering) : new Map<number, string>();
  for (const [place, words] of tiers) rows[place]!.prepend(h("tr", { class: "tier" }, h("td", { colspan: 6 }, words)));
  const done = ranked.length + notRead.length;
  const parts = [
    heading(`${plural(ranked.length, "resume")} for ${fileName(job)}`),
    stopped && h("p", { class: "banner" }, `Stopped after ${done} of ${asked}. What was scored until then is below.`),
    notices("The job: ", aboutJob({ matches })),
    outcome.confirmed && decisions(outcome.confirmed),
    outcome.byLines && byLines(outcome.byLines, "Rank again to try once more."),
    h("div", { class: "tools" }, ...filters(ranked, rows), savers(outcome, matches)),
    outcome.tiering && tiers.size > 0 && h("p", { class: "hint" }, meaning(outcome.tiering)),
    ranked.length ? table(rows) : h("p", {}, "No resume could be scored."),
    unread(notRead),
  ];
  into.replaceChildren(...parts.filter((part) => part instanceof HTMLElement));
  into.hidden = false;
}

function decisions(confirmed: Confirmed): HTMLElement {
  const list = decided(confirmed).map(([what, text]) => h("li", {}, `${what}: ${text}`));
  return h(
    "section",
    { class: "card part decided", "aria-label": "What you decided" },
    h("p", {}, list.length ? "You decided:" : "You decided that nothing must be shown beyond what the score itself asks for."),
    list.length > 0 && h("ul", {}, ...list),
  );
}

function savers({ job, bundle, notRead, ranked, confirmed, tiering, sealed }: Outcome, matches: readonly Match[]): HTMLElement {
  const weighted = ranked.flatMap((one) => one.weighted ?? []);
  const report: Report = { job, matches, unread: notRead, bundle, ...(confirmed && { confirmed, weighted }), ...(tiering && { tiering }) };
  const save = (label: string, name: string, type: string, make: () => string): HTMLElement =>
    h("button", { type: "button", class: "quiet", onclick: () => download(name, type, make()) }, label);
  if (sealed) {
    const made = aggregates(report, ranked);
    if (!made) return h("p", { class: "hint" }, `Sealed: of fewer than ${FEWEST} people no counts leave this page.`);
    return h("div", { class: "row" }, save("Save counts", "rolefit-counts.json", "application/json", () => made));
  }
  return h(
    "div",
    { class: "row", role: "group", "aria-label": "Save all, whatever the filters" },
    save("Save CSV", "rolefit.csv", "text/csv", () => toCsv(report)),
    save("Save JSON", "rolefit.json", "application/json", () => toJson(report)),
    h("button", { type: "button", class: "quiet", onclick: () => window.print() }, "Print"),
  );
}

function table(rows: readonly HTMLElement[]): HTMLElement {
  const head = [th("#", "Place"), th("Resume"), th("Fit"), th("Range", "Range, 9 times in 10"), th("Score"), th("Must-haves", "By nearest lines and facts, until the row is opened and read")];
  return h(
    "table",
    { class: "ranking" },
    h("caption", { class: "hidden" }, "Resumes, best match first; the name of one opens its evidence"),
    h("thead", {}, h("tr", {}, ...head)),
    ...rows,
  );
}

function th(text: string, title?: string): HTMLElement {
  return h("th", { scope: "col", title }, text);
}

/** One resume: its row, and its evidence below once it is asked for; what is read there counts in the row too. */
function row(one: Omit<Ranked, "musts"> & { musts: Musts }, place: number, outcome: Outcome): HTMLTableSectionElement {
  const { match, weighted, index } = one;
  const id = `detail-${place}`;
  const cell = h("td", { colspan: 6 });
  const detail = h("tr", { id, class: "detail", hidden: true }, cell);
  const button = h("button", { type: "button", class: "name", "aria-expanded": "false", "aria-controls": id }, match.resume);
  const toggle = (): void => {
    detail.hidden = !detail.hidden;
    button.setAttribute("aria-expanded", String(!detail.hidden));
    if (detail.hidden && cell.querySelector(":scope > .failed")) cell.replaceChildren(); // to be tried again
    if (!detail.hidden && !cell.childElementCount)
      fill(cell, `d${place}-`, outcome.confirmed && weighted && [outcome.confirmed, weighted], (listen) => outcome.explain(index, listen), (said, explanation) => {
        announce(said);
        if (!explanation || weighted) return; // what a person decided was counted already
        one.musts = mustsRead(one.musts, explanation);
        stand.replaceChildren(...mustsWords(one.musts));
      });
  };
  const announce = (said: string): void => {
    if (!detail.hidden) $("said").textContent = said;
  };
  const stand = h("td", { class: "musts" }, ...mustsWords(one.musts));
  const line = h(
    "tr",
    { class: "line" },
    h("td", { class: "place" }, place + 1),
    h("th", { scope: "row" }, button, notices("", aboutResume(match))),
    h("td", { class: "fit" }, verdict(weighted?.score ?? match.score)),
    h("td", { class: "range" }, scale(match), h("span", {}, range(match))),
    h("td", { class: "score" }, ...scoreOf(match, weighted)),
    stand,
  );
  // The button inside takes keys (detail 0); for a mouse the whole row is one, unless it selects words.
  line.addEventListener("click", (event) => {
    if (event.detail === 0 || !getSelection()?.toString()) toggle();
  });
  return h("tbody", { class: tone(weighted?.score ?? match.score) }, line, detail);
}

/** By what was decided, with the score without any decision where that is another. */
function scoreOf(match: Match, weighted: Weighted | undefined): (string | number | HTMLElement)[] {
  if (!weighted || whole(weighted.score) === whole(match.score)) return [whole(match.score)];
  return [whole(weighted.score), h("small", { title: sumOf(weighted) }, `without: ${whole(match.score)}`)];
}

function mustsWords({ asked, met, partly, licences }: Musts): (Node | string)[] {
  if (!asked) return [h("span", { class: "hint" }, "none asked")];
  const left = asked - met - partly - licences.length; // licences are named below
  const words = [`${met} of ${asked} met`, partly && `${partly} partly`, left && `${left} not shown`].filter(Boolean).join(", ");
  return [words, ...(licences.length ? [h("small", {}, `not shown: ${[...new Set(licences)].join("; ")}`)] : [])];
}
