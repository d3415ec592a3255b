/** Which rows of a ranking are shown: by the file's name, by verdict, by must-haves. */

import type { Ranked } from "../engine/protocol";
import { verdict } from "../report";
import { h } from "./dom";

export function filters(ranked: readonly Ranked[], rows: readonly HTMLElement[]): HTMLElement[] {
  const name = h("input", { type: "search", id: "filter", placeholder: "Name of a file", autocomplete: "off" });
  const fit = h("select", { id: "filter-fit" }, h("option", { value: "" }, "every fit"), ...options(ranked));
  const musts = h("input", { type: "checkbox", id: "filter-musts" });
  const shown = h("span", { class: "hint", role: "status" });
  const wanted = ({ match, musts: { asked, met, partly } }: Ranked): boolean =>
    match.resume.toLowerCase().includes(name.value.trim().toLowerCase()) &&
    (!fit.value || verdict(match.score) === fit.value) &&
    (!musts.checked || met + partly === asked);
  const apply = (): void => {
    const kept = ranked.map(wanted);
    rows.forEach((row, i) => (row.hidden = !kept[i]));
    const count = kept.filter(Boolean).length;
    shown.textContent = count < ranked.length ? `${count} of ${ranked.length} shown` : "";
  };
  for (const field of [name, fit, musts]) field.addEventListener("input", apply);
  const asks = ranked.some((one) => one.musts.asked);
  return [
    h("label", { for: "filter" }, "Filter"),
    name,
    h("label", { for: "filter-fit", class: "hidden" }, "Fit"),
    fit,
    ...(asks ? [h("label", { class: "tick" }, musts, "All must-haves shown")] : []),
    shown,
  ];
}

/** The verdicts that there are, best first, with how many have each. */
function options(ranked: readonly Ranked[]): HTMLElement[] {
  const counts = new Map<string, number>();
  for (const { match } of ranked) {
    const word = verdict(match.score);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => h("option", { value: word }, `${word} (${count})`));
}
