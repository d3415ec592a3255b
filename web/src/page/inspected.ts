/** What is read of one document: the findings, and the text with what was found in it. */

import type { Document, Inspection, Line, Span } from "../records";
import { BUDGET, KINDS, marks, type Row, rows } from "../report/inspectView";
import { inspectionJson } from "../report/inspectJson";
import { isBlank } from "../python";
import { download, h, plural } from "./dom";
import { fileName, heading } from "./parts";

const LONGEST_LINE = 4_000; // characters; some files have no line breaks at all

export function showInspection(into: HTMLElement, found: Inspection): void {
  const { document, side } = found;
  into.replaceChildren(
    heading(`What is read of ${fileName(document.name)}`),
    h("div", { class: "tools" }, h("p", {}, `Read as a ${side}.`), savers(found)),
    h("div", { class: "groups" }, ...rows(found).map(([title, list], place) => group(title, list, place))),
    h(
      "section",
      { class: "card part" },
      h("h3", { id: "read-text" }, "The text, in the order in which it is read"),
      ...text(document, marks(found)),
    ),
  );
  into.hidden = false;
}

function savers(found: Inspection): HTMLElement {
  const save = (): void => download("rolefit-inspect.json", "application/json", inspectionJson(found));
  return h(
    "div",
    { class: "row" },
    h("button", { type: "button", class: "quiet", onclick: save }, "Save JSON"),
    h("button", { type: "button", class: "quiet", onclick: () => window.print() }, "Print"),
  );
}

function group(title: string, list: readonly Row[], place: number): HTMLElement {
  const id = `read-${place}`;
  const named = list.some(({ name }) => name);
  const line = ({ name, text }: Row): HTMLElement =>
    h("tr", {}, named && (name ? h("th", { scope: "row" }, name) : h("td", {})), h("td", {}, text));
  return h(
    "section",
    { class: "card part", "aria-labelledby": id },
    h("h3", { id }, title),
    h("table", { class: "facts" }, h("tbody", {}, ...list.map(line))),
  );
}

function text(document: Document, found: readonly Span[]): HTMLElement[] {
  const used = KINDS.filter((kind) => found.some((mark) => mark.kind === kind));
  const legend = used.flatMap((kind) => [h("mark", { class: `k-${kind}` }, kind), " "]);
  const body = h("div", { class: "lines read", tabindex: 0, role: "region", "aria-labelledby": "read-text" }, ...lines(document, found));
  return [...(used.length ? [h("p", { class: "legend" }, ...legend)] : []), body];
}

function lines(document: Document, found: readonly Span[]): HTMLElement[] {
  const ordered = [...found].sort((a, b) => a.start - b.start);
  const parts: HTMLElement[] = [];
  let [room, first] = [BUDGET, 0];
  let before: Line | undefined;
  for (const [index, line] of document.lines.entries()) {
    room -= Math.min(line.end - line.start, LONGEST_LINE);
    if (room < 0) {
      parts.push(h("p", { class: "hint" }, `… ${plural(document.lines.length - index, "line")} left out here …`));
      break;
    }
    if (document.pages > 1 && before?.page !== line.page) parts.push(h("p", { class: "page" }, `page ${line.page}`));
    while (first < ordered.length && ordered[first]!.end <= line.start) first++;
    const over = touching(ordered, first, line);
    const gap = before !== undefined && document.text.slice(before.end, line.start).split("\n").length > 2;
    parts.push(h("p", { class: gap && "gap" }, ...pieces(document.text, line, over)));
    before = line;
  }
  return parts;
}

function touching(ordered: readonly Span[], first: number, line: Line): Span[] {
  const over: Span[] = [];
  for (let at = first; at < ordered.length && ordered[at]!.start < line.end; at++)
    if (line.start < ordered[at]!.end) over.push(ordered[at]!);
  return over;
}

function pieces(text: string, line: Line, over: readonly Span[]): (Node | string)[] {
  const end = Math.min(line.end, line.start + LONGEST_LINE);
  const edges = over.flatMap((mark) => [mark.start, mark.end]).filter((edge) => line.start < edge && edge < end);
  const cuts = [...new Set([line.start, end, ...edges])].sort((a, b) => a - b);
  const parts = cuts.slice(1).map((last, i) => {
    const words = text.slice(cuts[i], last);
    const kinds = over.filter((mark) => mark.start < last && cuts[i]! < mark.end).map(({ kind }) => KINDS.indexOf(kind));
    const kind = kinds.length ? KINDS[Math.min(...kinds)]! : "";
    return kind && !isBlank(words) ? h("mark", { class: `k-${kind}`, title: kind }, words) : words;
  });
  const hidden = line.end - end;
  return hidden ? [...parts, ` … (${plural(hidden, "character")} of this line left out)`] : parts;
}
