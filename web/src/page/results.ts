/** The outcome on the page: one match in full, or a ranking with its details, and what was not read. */

import type { NotRead, Shown } from "../engine/protocol";
import { ReadError } from "../errors";
import type { Match, Notice } from "../records";
import { aboutJob, aboutResume, MEANING, type Report, verdict, whole } from "../report";
import { toCsv } from "../report/csv";
import { toJson } from "../report/json";
import { download, h, plural } from "./dom";

/** A finished run, as the page keeps it. */
export interface Outcome {
  readonly mode: "rank" | "check";
  readonly job: Shown;
  readonly matches: readonly Match[]; // best first
  readonly resumes: readonly Shown[]; // in the order of `matches`
  readonly notRead: readonly NotRead[];
  readonly asked: number; // resumes that were given
  readonly stopped: boolean;
  readonly bundle: Report["bundle"];
}

export function showOutcome(into: HTMLElement, outcome: Outcome): void {
  into.replaceChildren(...(outcome.mode === "check" ? single(outcome) : ranking(outcome)));
  into.hidden = false;
}

function single(outcome: Outcome): HTMLElement[] {
  const [match] = outcome.matches;
  if (!match) return [heading("The resume was not read"), unread(outcome.notRead)];
  const [low, high] = match.band.map(whole);
  return [
    heading("The match"),
    h(
      "div",
      { class: `card single ${tone(match.score)}` },
      h("p", { class: "big" }, h("span", { class: "number" }, whole(match.score)), h("span", { class: "of" }, " of 100")),
      h("div", {}, h("p", { class: "fit" }, verdict(match.score)), scale(match), h("p", { class: "hint" }, `between ${low} and ${high}, 9 times in 10`)),
      notices("The resume: ", aboutResume(match)),
      notices("The job: ", aboutJob(outcome)),
      h("p", { class: "hint" }, MEANING),
    ),
    texts(outcome.resumes[0]!, outcome.job),
  ];
}

function ranking(outcome: Outcome): HTMLElement[] {
  const { matches, asked, stopped, notRead } = outcome;
  const rows = matches.map((match, i) => row(match, i, outcome));
  const filter = h("input", { type: "search", id: "filter", placeholder: "Name of a file", autocomplete: "off" });
  const shown = h("span", { class: "hint", role: "status" });
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    let count = 0;
    rows.forEach((group, i) => {
      group.hidden = !matches[i]!.resume.toLowerCase().includes(wanted);
      count += Number(!group.hidden);
    });
    shown.textContent = wanted ? `${count} of ${matches.length} shown` : "";
  });
  const scored = matches.length + notRead.length;
  return [
    heading(`${plural(matches.length, "resume")} for ${fileName(outcome.job.name)}`),
    stopped ? h("p", { class: "banner" }, `Stopped after ${scored} of ${asked}. What was scored until then is below.`) : h("span"),
    notices("The job: ", aboutJob(outcome)),
    tools(outcome, filter, shown),
    matches.length
      ? h(
          "table",
          { class: "ranking" },
          h("caption", { class: "hidden" }, "Resumes, best match first"),
          h("thead", {}, h("tr", {}, th("#", "Place"), th("Resume"), th("Score"), th("Fit"), th("Range", "Range, 9 times in 10"))),
          ...rows,
        )
      : h("p", {}, "No resume could be scored."),
    unread(notRead),
  ].filter((element) => element.textContent || element.tagName === "TABLE");
}

function heading(text: string): HTMLElement {
  return h("h2", { id: "results-title" }, text);
}

function th(text: string, title?: string): HTMLElement {
  return h("th", { scope: "col", title }, text);
}

function tools(outcome: Outcome, filter: HTMLElement, shown: HTMLElement): HTMLElement {
  const report: Report = {
    job: outcome.job.name,
    matches: outcome.matches,
    unread: outcome.notRead as unknown as readonly ReadError[],
    bundle: outcome.bundle,
  };
  const save = (label: string, name: string, type: string, make: () => string): HTMLElement =>
    h("button", { type: "button", class: "quiet", onclick: () => download(name, type, make()) }, label);
  return h(
    "div",
    { class: "tools" },
    h("label", { for: "filter" }, "Filter"),
    filter,
    shown,
    h(
      "div",
      { class: "row" },
      save("Save CSV", "rolefit.csv", "text/csv", () => toCsv(report)),
      save("Save JSON", "rolefit.json", "application/json", () => toJson(report)),
      h("button", { type: "button", class: "quiet", onclick: () => window.print() }, "Print"),
    ),
  );
}

/** One resume: its row, and the texts below it once they are asked for. */
function row(match: Match, index: number, outcome: Outcome): HTMLTableSectionElement {
  const id = `detail-${index}`;
  const [low, high] = match.band.map(whole);
  const cell = h("td", { colspan: 5 });
  const detail = h("tr", { id, class: "detail", hidden: true }, cell);
  const button = h("button", { type: "button", class: "name", "aria-expanded": "false", "aria-controls": id }, match.resume);
  button.addEventListener("click", () => {
    if (!cell.childElementCount) cell.append(texts(outcome.resumes[index]!, outcome.job));
    detail.hidden = !detail.hidden;
    button.setAttribute("aria-expanded", String(!detail.hidden));
  });
  return h(
    "tbody",
    { class: tone(match.score) },
    h(
      "tr",
      {},
      h("td", { class: "place" }, index + 1),
      h("th", { scope: "row" }, button, notices("", aboutResume(match))),
      h("td", { class: "score" }, h("span", { class: "number" }, whole(match.score)), scale(match)),
      h("td", { class: "fit" }, verdict(match.score)),
      h("td", { class: "range" }, `${low}–${high}`),
    ),
    detail,
  );
}

/** The score as a bar and the range around it; the numbers stand beside it for those who do not see it. */
function scale(match: Match): HTMLElement {
  const [low, high] = match.band;
  const bar = h("span", { class: "bar" });
  bar.style.width = `${match.score}%`;
  const range = h("span", { class: "spread" });
  range.style.left = `${low}%`;
  range.style.width = `${high - low}%`;
  return h("span", { class: "scale", "aria-hidden": "true" }, range, bar);
}

function notices(before: string, list: readonly Notice[]): HTMLElement {
  if (!list.length) return h("span");
  return h("p", { class: "notice" }, before, list.map((notice) => notice.message.replace(/\.$/, "")).join("; "));
}

/** Both documents as rolefit read them: what a score rests on can be looked at. */
function texts(resume: Shown, job: Shown): HTMLElement {
  return h("div", { class: "texts" }, text("The resume", resume), text("The job", job));
}

const KINDS: Readonly<Record<Shown["kind"], string>> = { pdf: "PDF", docx: "Word", html: "HTML", rtf: "RTF", text: "text" };

function text(title: string, document: Shown): HTMLElement {
  const pages = document.pages > 1 ? `, ${plural(document.pages, "page")}` : "";
  return h(
    "section",
    { "aria-label": `${title} as it was read` },
    h("h3", {}, title, h("span", { class: "hint" }, ` as it was read (${KINDS[document.kind]}${pages})`)),
    h("div", { class: "lines", tabindex: 0, role: "region", "aria-label": `Text of ${document.name}` }, ...document.lines.map((line) => h("p", {}, line))),
  );
}

function unread(list: readonly NotRead[]): HTMLElement {
  if (!list.length) return h("span");
  return h(
    "section",
    { class: "card unread", "aria-labelledby": "unread-title" },
    h("h3", { id: "unread-title" }, `Not read: ${plural(list.length, "file")}`),
    h(
      "ul",
      {},
      ...list.map(({ file, cause, remedy }) =>
        h("li", {}, h("strong", {}, file), h("p", {}, `${cause[0]!.toUpperCase()}${cause.slice(1)}. ${remedy}`)),
      ),
    ),
  );
}

function tone(score: number): string {
  return whole(score) > 68 ? "high" : whole(score) > 40 ? "middle" : "low";
}

function fileName(path: string): string {
  return path.split("/").at(-1)!;
}
