/**
 * One employer above several positions with dates of their own: all of them were held there.
 *
 * Profiles name the employer once, with how long it was in all, and under it each title with its dates.
 * Resumes do the same with the dates of all of it, or with nothing but the order of the lines.
 */

import { rstrip, split, strip } from "../python";
import { constant, pattern } from "./data";
import { levelOf } from "./levels";
import * as places from "./places";
import { type Anchor, type Page, type Place, WORK } from "./resumePage";
import { employerIn, isProse, titleIn } from "./roles";

const _HOW_LONG = pattern("grouped", "_HOW_LONG");
const _ONLY_KIND = pattern("grouped", "_ONLY_KIND");
const _WITH_KIND = pattern("grouped", "_WITH_KIND");
const _AREA = pattern("grouped", "_AREA");
const _SAME = pattern("grouped", "_SAME");
const _PARTED = pattern("grouped", "_PARTED");
const _MEASURED = pattern("grouped", "_MEASURED");
const _LETTERS = pattern("grouped", "_LETTERS");
const _LASTED = pattern("grouped", "_LASTED");
const _OWN = pattern("grouped", "_OWN");
const _LONGEST = constant<number>("grouped", "_LONGEST");
const _SURE = constant<number>("grouped", "_SURE");
const _OVERLAP = constant<number>("grouped", "_OVERLAP");
const _APART = constant<number>("grouped", "_APART");

/** A position as far as its lines go. */
export interface Held {
  readonly anchor: Anchor;
  readonly title: Place | null;
  readonly employer: Place | null;
}

interface Head {
  readonly employer: Place;
  readonly line: number; // the last one that speaks of the employer
}

/** The same, each with the employer that stands above several; null for what heads others. */
export function grouped(page: Page, held: readonly Held[]): (Held | null)[] {
  const order = held.map((_, i) => i).sort((a, b) => held[a]!.anchor.span.start - held[b]!.anchor.span.start);
  const found: (Held | null)[] = [...held];
  const heads = headsOf(page);
  let open: Head | null = null;
  for (const i of order) {
    const { anchor, title, employer } = held[i]!;
    const line = page.lineAt(anchor.span.start);
    while (heads.length && heads[0]!.line < line) open = heads.shift()!;
    if (open !== null && isHeaded(page, open.line, line)) open = null;
    if (open !== null && !anchor.span.single) [found[i], open] = under(page, held[i]!, line, open);
    else if (isMeasured(page, anchor, line)) {
      const above = employerAt(page, line - 2);
      // Below such dates is a place, not an employer.
      if (above && (!employer || employer[0] > anchor.span.end))
        found[i] = { anchor, title: title ?? titleAt(page, line - 1), employer: above };
    }
  }
  covered(page, order, found);
  carried(page, order, found);
  return found;
}

function isHeaded(page: Page, after: number, to: number): boolean {
  return [...page.headings].some((number) => after < number && number <= to);
}

/** Employers with how long it was in all on the line below. */
function headsOf(page: Page): Head[] {
  const heads: Head[] = [];
  for (let number = 1; number < page.lines.length; number++) {
    const { start } = page.lines[number - 1]!;
    if (page.headings.has(number - 1) || page.sections.at(start) !== WORK) continue;
    const employer = employerIn(textOf(page, number - 1));
    if (_HOW_LONG.fullmatch(textOf(page, number)) && employer.score > 0)
      heads.push({ employer: [start + employer.start, start + employer.end], line: number });
  }
  return heads;
}

/** A position below a head, and the head that is open then. */
function under(page: Page, held: Held, line: number, head: Head): [Held, Head | null] {
  const { anchor } = held;
  let titleLine = line;
  if (!_LETTERS.search(page.text, ...anchor.places.before)) {
    titleLine = line - 1;
    const named = titleLine > head.line ? _WITH_KIND.fullmatch(textOf(page, titleLine)) : undefined;
    if (named) {
      const { start } = page.lines[titleLine]!;
      const place: Place = [start + named.start("employer"), start + named.end("employer")];
      return [{ anchor, title: titleAt(page, titleLine - 1) ?? held.title, employer: place }, null];
    }
    if (_ONLY_KIND.fullmatch(textOf(page, titleLine))) titleLine--;
  }
  if (titleLine <= head.line) return [held, head];
  const title = titleLine === line ? held.title : (titleAt(page, titleLine) ?? held.title);
  const above = titleLine - 1;
  const other = above > head.line ? employerAt(page, above) : null;
  if (other) return [{ anchor, title, employer: other }, null];
  return [{ anchor, title, employer: head.employer }, head];
}

/** Whether nothing but how long it was stands beside the dates, as in profiles. */
function isMeasured(page: Page, anchor: Anchor, line: number): boolean {
  const { before, after } = anchor.places;
  if (anchor.section !== WORK || line < 2 || !after) return false;
  return !strip(page.text.slice(...before)) && _MEASURED.fullmatch(page.text.slice(...after)) !== undefined;
}

function titleAt(page: Page, number: number): Place | null {
  const { start } = page.lines[number]!;
  const found = titleIn(textOf(page, number));
  return found.score > 0 ? [start + found.start, start + found.end] : null;
}

/** The line as an employer of its own: no place, no prose, no dates. */
function employerAt(page: Page, number: number): Place | null {
  const text = textOf(page, number);
  const found = employerIn(text);
  if (page.dated.has(number) || isProse(text) || levelOf(text) !== null || found.score <= 0) return null;
  const unsure = text.includes(",") || _AREA.search(text) || split(text).length > _LONGEST || !begins(page, number);
  if (places.only(text) || (found.score < _SURE && unsure)) return null;
  const { start } = page.lines[number]!;
  return [start + found.start, start + found.end];
}

/** Whether what stands above a line has come to its end. */
function begins(page: Page, number: number): boolean {
  if (number === 0 || page.headings.has(number - 1) || page.dated.has(number - 1)) return true;
  const above = textOf(page, number - 1);
  if (page.dated.has(number - 2) && above.includes(",") && split(above).length <= _LONGEST) return true; // a place below dates
  if (rstrip(above).endsWith(".") || places.only(above) || _AREA.search(above)) return true;
  return page.text.slice(page.lines[number - 1]!.end, page.lines[number]!.start).split("\n").length > 2;
}

/** Dates of all of it beside the employer: "Northwind Foods (2010 - 2020)", then each title. */
function covered(page: Page, order: readonly number[], found: (Held | null)[]): void {
  for (const [place, i] of order.entries()) {
    const head = found[i] ?? null;
    if (!head || (head.title && levelOf(page.text.slice(...head.title)) !== null)) continue;
    const [start, end] = head.anchor.places.before;
    const employer = employerIn(page.text.slice(start, end));
    if (employer.score < _SURE || head.anchor.span.single) continue;
    const inside: number[] = [];
    for (const j of order.slice(place + 1)) {
      const below = found[j];
      if (!below || below.employer || !isWithin(below.anchor, head.anchor)) break;
      inside.push(j);
    }
    if (inside.length < 2) continue;
    const spans = inside.map((j) => found[j]!.anchor.span);
    const first = Math.min(...spans.map((span) => span.first));
    if (first !== head.anchor.span.first || !spans.some((span) => span.last === head.anchor.span.last)) continue;
    found[i] = null;
    for (const j of inside) found[j] = { ...found[j]!, employer: [start + employer.start, start + employer.end] };
  }
}

function isWithin(anchor: Anchor, around: Anchor): boolean {
  const [one, other] = [anchor.span, around.span];
  const ends = other.last === null || (one.last !== null && one.last <= other.last);
  return anchor.section === around.section && one.first >= other.first && ends;
}

/** A bare title goes on at the employer above that of the title before, where times meet. */
function carried(page: Page, order: readonly number[], found: (Held | null)[]): void {
  let before: Held | null = null;
  for (const i of order) {
    let held: Held | null = found[i] ?? null;
    if (!held || held.anchor.section !== WORK) {
      before = null;
      continue;
    }
    if (held.title && !held.employer && before?.employer && before.title) {
      const title = page.text.slice(...held.title);
      const stands = page.lineAt(before.employer[0]) < page.lineAt(before.title[0]);
      const above = stands && levelOf(page.text.slice(...before.title)) !== null;
      const goesOn = above && meet(held.anchor, before.anchor) && isBare(page, held);
      if (_SAME.search(title) || (goesOn && !_OWN.search(title)))
        held = found[i] = { ...held, employer: before.employer };
    }
    before = held;
  }
}

function meet(earlier: Anchor, later: Anchor): boolean {
  const [ended, began] = [earlier.span.last, later.span.first];
  return ended !== null && -_APART <= ended - began && ended - began <= _OVERLAP;
}

/** Whether the title is one and no more, and nothing else stands on its line. */
function isBare(page: Page, held: Held): boolean {
  if (!held.title) return false;
  const [start, end] = held.title;
  const title = page.text.slice(start, end);
  const line = page.lines[page.lineAt(start)]!;
  const { span } = held.anchor;
  let rest: [number, number][] = [[line.start, start], [end, line.end]];
  if (line.start <= span.start && span.start < line.end)
    rest = [
      [line.start, Math.min(start, span.start)],
      [Math.min(end, span.end), Math.max(start, span.start)],
      [Math.max(end, span.end), line.end],
    ];
  return (
    levelOf(title) !== null &&
    !_PARTED.search(title) &&
    !rest.some(([a, b]) => a < b && _LETTERS.search(_LASTED.sub("", page.text.slice(a, b))))
  );
}

function textOf(page: Page, number: number): string {
  const line = page.lines[number]!;
  return page.text.slice(line.start, line.end);
}
