/** Which rows of a ranking are shown: by the file's name, by verdict, by profession, by must-haves. */

import type { Ranked } from "../engine/protocol";
import { likely, verdict } from "../report";
import { h, plural } from "./dom";

/** What is asked for; "" and false ask for nothing. */
export interface Choice {
  readonly name: string; // part of a file's name
  readonly fit: string;
  readonly profession: string;
  readonly musts: boolean; // none of them is "not shown"
}

export function filters(ranked: readonly Ranked[], rows: readonly HTMLElement[]): HTMLElement[] {
  const name = h("input", { type: "search", id: "filter", placeholder: "Name of a file", autocomplete: "off" });
  const fit = select("filter-fit", "every fit", fits(ranked));
  const known = professions(ranked);
  const profession = select("filter-profession", "every profession", known);
  const musts = h("input", { type: "checkbox", id: "filter-musts" });
  const shown = h("span", { class: "hint shown", role: "status" });
  const apply = (): void => {
    const choice = { name: name.value, fit: fit.value, profession: profession.value, musts: musts.checked };
    rows.forEach((row, i) => (row.hidden = !isWanted(ranked[i]!, choice)));
    shown.textContent = told(ranked, choice);
  };
  for (const field of [name, fit, profession, musts]) field.addEventListener("input", apply);
  const asks = ranked.some((one) => one.musts.asked);
  return [
    h("label", { for: "filter" }, "Filter"),
    name,
    h("label", { for: "filter-fit", class: "hidden" }, "Fit"),
    fit,
    ...(known.size ? [h("label", { for: "filter-profession", class: "hidden" }, "Profession"), profession] : []),
    ...(asks ? [h("label", { class: "tick" }, musts, "All must-haves shown")] : []),
    shown,
  ];
}

export function isWanted({ match, musts }: Ranked, choice: Choice): boolean {
  return (
    match.resume.toLowerCase().includes(choice.name.trim().toLowerCase()) &&
    (!choice.fit || verdict(match.score) === choice.fit) &&
    (!choice.profession || reads({ match }, choice.profession)) &&
    (!choice.musts || musts.met + musts.partly === musts.asked)
  );
}

/** Whether it is one of the resume's likely professions; as in `rolefit rank --domain`. */
function reads({ match }: Pick<Ranked, "match">, profession: string): boolean {
  return likely(match.resumeDomains).some(({ name }) => name === profession);
}

/** "3 of 12 shown; 8 left out: law is not among their likely professions"; "" if all are shown. */
export function told(ranked: readonly Ranked[], choice: Choice): string {
  const count = ranked.filter((one) => isWanted(one, choice)).length;
  if (count === ranked.length) return "";
  const others = choice.profession ? ranked.filter((one) => !reads(one, choice.profession)).length : 0;
  const why = others ? `; ${others} left out: ${choice.profession} is not among their likely professions` : "";
  return `${count} of ${plural(ranked.length, "resume")} shown${why}`;
}

/** The verdicts that there are, best first, with how many have each. */
export function fits(ranked: readonly Ranked[]): ReadonlyMap<string, number> {
  return counted(ranked.map(({ match }) => verdict(match.score)));
}

/** The likely professions of all, the most frequent first, with how many read like each. */
export function professions(ranked: readonly Ranked[]): ReadonlyMap<string, number> {
  const found = counted(ranked.flatMap(({ match }) => likely(match.resumeDomains).map(({ name }) => name)));
  return new Map([...found].sort(([a, some], [b, more]) => more - some || (a < b ? -1 : 1)));
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function select(id: string, every: string, options: ReadonlyMap<string, number>): HTMLSelectElement {
  const each = Array.from(options, ([word, count]) => h("option", { value: word }, `${word} (${count})`));
  return h("select", { id }, h("option", { value: "" }, every), ...each);
}
