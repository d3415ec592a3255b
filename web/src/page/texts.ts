/** Both texts side by side; a marked line of one leads to the line of the other that it goes with. */

import { bisectLeft, bisectRight, isBlank } from "../python";
import type { Document, Evidence, Explanation, Line, Status } from "../records";
import { quote, STATUSES, verified } from "../report/explainView";
import { $, h, plural } from "./dom";
import { classOf } from "./parts";

const BUDGET = 300_000; // characters of one text in a page; beyond them only marked lines are shown
const LONGEST_LINE = 4_000; // characters; some files have no line breaks at all
const LIT = 2_500; // milliseconds that a line is lit when one is led to it

/** A span that speaks for a requirement, or is one. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly number: number; // of the requirement
  readonly status: Status;
  readonly faint: boolean; // can be led to, but does not stand out
}

type Lead = (number: number) => void;

/** The texts of one explanation, and the ways between them. */
export class Texts {
  readonly element: HTMLElement;
  private readonly resume: Pane;
  private readonly job: Pane;

  constructor(
    private readonly explanation: Explanation,
    prefix: string,
  ) {
    const { evidence } = explanation;
    const asked = evidence.map(({ requirement: { line }, status }, i) => ({ ...line, number: i + 1, status, faint: false }));
    const shown = evidence.flatMap((item, i) =>
      item.support.map(({ line }, place) => ({
        ...line, number: i + 1, status: item.status, faint: place > 0 || !verified(item),
      })),
    );
    this.job = pane("The advert", explanation.job, asked, `${prefix}j`, (number) => this.leadToResume(number));
    this.resume = pane("The resume", explanation.resume, shown, `${prefix}r`, (number) => this.leadToJob(number));
    this.element = h("div", { class: "texts" }, this.job.element, this.resume.element);
  }

  /** Shows the line of the advert, and the line of the resume that is nearest to it. */
  leadToBoth(number: number, line = this.item(number).support[0]?.line): void {
    this.element.scrollIntoView({ block: "nearest" });
    this.job.show(this.item(number).requirement.line);
    if (line) this.resume.show(line);
    this.say(number, line);
  }

  private leadToResume(number: number): void {
    const line = this.item(number).support[0]?.line;
    if (line) this.resume.show(line, true);
    this.say(number, line);
  }

  private leadToJob(number: number): void {
    const { line } = this.item(number).requirement;
    this.job.show(line, true);
    $("said").textContent = `Requirement ${number}: ${quote(this.explanation.job, line, 200)}`;
  }

  private say(number: number, line: Line | undefined): void {
    const item = this.item(number);
    const found = line ? `${verified(item) ? "" : "nearest line, not enough: "}${quote(this.explanation.resume, line, 200)}` : "no line";
    $("said").textContent = `Requirement ${number}, ${item.status}: ${found}`;
  }

  private item(number: number): Evidence {
    return this.explanation.evidence[number - 1]!;
  }
}

interface Pane {
  readonly element: HTMLElement;
  /** Scrolls the pane to a line and lights it; with `focus` keys go on from there. */
  readonly show: (line: Line, focus?: boolean) => void;
}

function pane(title: string, document: Document, marks: readonly Mark[], prefix: string, lead: Lead): Pane {
  const id = `${prefix}title`;
  const body = h("div", { class: "lines", tabindex: 0, role: "region", "aria-labelledby": id }, ...linesOf(document, marks, prefix, lead));
  const kind = `${KINDS[document.kind] ?? "data"}${document.pages > 1 ? `, ${plural(document.pages, "page")}` : ""}`;
  const head = h("h4", { id }, title, h("span", { class: "hint" }, ` as it was read (${kind})`));
  const show = (line: Line, focus = false): void => {
    const place = touched(document, line)[0];
    const element = place === undefined ? null : body.querySelector<HTMLElement>(`#${prefix}${place}`);
    if (!element) return;
    body.scrollTop = element.offsetTop - body.clientHeight / 3;
    if (focus) {
      body.scrollIntoView({ block: "nearest" });
      element.focus({ preventScroll: true });
    }
    element.classList.add("lit");
    setTimeout(() => element.classList.remove("lit"), LIT);
  };
  return { element: h("section", {}, head, body), show };
}

const KINDS: Readonly<Record<string, string>> = { pdf: "PDF", docx: "Word", odt: "OpenDocument", html: "HTML", rtf: "RTF", text: "text" };

function linesOf(document: Document, marks: readonly Mark[], prefix: string, lead: Lead): HTMLElement[] {
  const byLine = marksByLine(document, marks);
  const parts: HTMLElement[] = [];
  let room = BUDGET;
  let leftOut = 0;
  let before: Line | undefined;
  document.lines.forEach((line, index) => {
    const touching = byLine.get(index);
    room -= Math.min(line.end - line.start, LONGEST_LINE);
    if (room < 0 && !touching) return void leftOut++;
    if (document.pages > 1 && before?.page !== line.page) parts.push(h("p", { class: "page" }, `page ${line.page}`));
    const gap = before !== undefined && document.text.slice(before.end, line.start).split("\n").length > 2;
    const id = touching && `${prefix}${index}`;
    const seen = (touching ?? []).filter((mark) => !mark.faint);
    parts.push(h("p", { id, class: gap && "gap", tabindex: touching && -1 }, ...pieces(document, line, seen, lead)));
    before = line;
  });
  if (leftOut) parts.push(h("p", { class: "hint" }, `… ${plural(leftOut, "line")} left out here; none of them is marked …`));
  return parts;
}

/** {number of a line: the marks that touch it}. */
function marksByLine(document: Document, marks: readonly Mark[]): Map<number, Mark[]> {
  const found = new Map<number, Mark[]>();
  for (const mark of marks)
    for (const index of touched(document, mark)) found.set(index, [...(found.get(index) ?? []), mark]);
  for (const list of found.values()) list.sort((a, b) => a.number - b.number);
  return found;
}

/** Numbers of the lines that a span touches. */
function touched({ lines }: Document, { start, end }: Pick<Line, "start" | "end">): number[] {
  const first = bisectRight(lines, start, (line) => line.end);
  const last = bisectLeft(lines, end, (line) => line.start);
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
}

function pieces(document: Document, line: Line, marks: readonly Mark[], lead: Lead): (Node | string)[] {
  const end = Math.min(line.end, line.start + LONGEST_LINE);
  const edges = marks.flatMap((mark) => [mark.start, mark.end]).filter((edge) => line.start < edge && edge < end);
  const cuts = [...new Set([line.start, end, ...edges])].sort((a, b) => a - b);
  const parts: (Node | string)[] = [];
  cuts.slice(1).forEach((last, i) => {
    const first = cuts[i]!;
    const over = marks.filter((mark) => mark.start < last && first < mark.end);
    parts.push(piece(document.text.slice(first, last), over, lead));
    // A mark may go on in the next line; its number stands where it ends.
    for (const mark of over)
      if (mark.end === last || (last === end && mark.end <= line.end)) parts.push(reference(mark, lead));
  });
  const hidden = line.end - end;
  return hidden ? [...parts, ` … (${plural(hidden, "character")} of this line left out)`] : parts;
}

function piece(words: string, marks: readonly Mark[], lead: Lead): Node | string {
  if (!marks.length || isBlank(words)) return words;
  const best = STATUSES.find((status) => marks.some((mark) => mark.status === status))!;
  // For a mouse the whole line leads on; for the keyboard there is the number beside it.
  return h("mark", { class: classOf(best), onclick: () => lead(marks[0]!.number) }, words);
}

function reference(mark: Mark, lead: Lead): HTMLElement {
  const label = `requirement ${mark.number}, ${mark.status}: show it in the other text`;
  return h("button", { type: "button", class: "ref", "aria-label": label, onclick: () => lead(mark.number) }, mark.number);
}
