/**
 * Lines of a resume -> the positions it says were held, each with title, employer and dates.
 *
 * Every date range that could head a position is an anchor. Around it are six places: before and
 * after it on its line, and two lines above and below. A layout says in which of them the title and
 * the employer stand. All layouts are scored at every anchor; a resume keeps mostly to one, so those
 * that do well over the whole resume are preferred at each anchor.
 */

import { maxBy, split, strip } from "../python";
import type { Document, Fact, Position } from "../records";
import { constant, pattern, words } from "./data";
import { UNDATED, type Span } from "./dates";
import { findDegrees } from "./education";
import { grouped } from "./grouped";
import { levelOf } from "./levels";
import { Page, WORK, type Anchor, type Name, type Place, type Places } from "./resumePage";
import { bothIn, employerIn, Found, isProse, PLACEHOLDER, titleIn } from "./roles";
import { told } from "./told";

const _STUDY = words("positions", "_STUDY");
const _CONSISTENCY = constant<number>("positions", "_CONSISTENCY");
const _LEAST_AT_WORK = constant<number>("positions", "_LEAST_AT_WORK");
const _LEAST_UNKNOWN = constant<number>("positions", "_LEAST_UNKNOWN");
const _LEAST_ELSEWHERE = constant<number>("positions", "_LEAST_ELSEWHERE");
const _LEAST_AMONG_STUDIES = constant<number>("positions", "_LEAST_AMONG_STUDIES");
const _SURE = constant<number>("positions", "_SURE");
const _KNOWN = constant<number>("positions", "_KNOWN");
const _CUSTOMARY = constant<number>("positions", "_CUSTOMARY");
const _UNREAD = constant<number>("positions", "_UNREAD");
const _STUDIED = pattern("positions", "_STUDIED");
const _DEGREE = pattern("positions", "_DEGREE");
const _OFFICE = pattern("positions", "_OFFICE");
const _LASTED = pattern("positions", "_LASTED");
const _WRITTEN = pattern("positions", "_WRITTEN");
const _LONGEST_HEADING = constant<number>("positions", "_LONGEST_HEADING");
const _TWO_PARTS = pattern("positions", "_TWO_PARTS");
type Layout = readonly [title: Name | "", employer: Name | ""];
const _LAYOUTS = constant<Layout[]>("positions", "_LAYOUTS");
const _FAR = constant<Partial<Record<Name, number>>>("positions", "_FAR");

/** What a layout makes of an anchor. */
interface Reading {
  readonly score: number;
  readonly title: Place | null;
  readonly employer: Place | null;
  readonly named: boolean; // a title or an employer was recognised, not only placed
}

type Chosen = readonly [Anchor, Reading];

/** The positions, latest first; `now` is the month that "present" stands for. */
export function find(
  document: Document,
  ranges: readonly Span[],
  singles: readonly Span[],
  now: number | null,
): Position[] {
  const page = new Page(document, [...ranges, ...singles.filter((span) => span.last === null)]);
  const anchorsOf = (spans: readonly Span[]) => spans.flatMap((span) => page.anchor(span) ?? []);
  const taken = new Set<number>();
  const take = (some: readonly Chosen[]) => {
    for (const [anchor] of some) for (const line of page.linesOf(Object.values(anchor.places))) taken.add(line);
  };
  const chosen = [...choose(document.text, anchorsOf(ranges)), ...toldOf(page, [...ranges, ...singles])];
  take(chosen);
  const alone = anchorsOf(singles.filter((span) => !taken.has(page.lineAt(span.start))));
  for (const [anchor, reading] of choose(document.text, alone))
    if (anchor.section === WORK && isCertain(document.text, anchor, reading)) chosen.push([anchor, reading]);
  take(chosen);
  chosen.push(...undated(page, taken));
  const found = new Map<string, Position>();
  for (const [anchor, reading] of withEmployers(page, chosen)) {
    const position = positionOf(document.text, anchor.span, reading, now);
    const title = position.title?.value.toLowerCase();
    const employer = position.employer?.value.toLowerCase();
    const key = JSON.stringify([title, position.first || employer, position.last]);
    if (!found.has(key)) found.set(key, position);
  }
  const dates = (position: Position) => `${position.first} ${position.last}`;
  const titled = new Set([...found.values()].filter((position) => position.title).map(dates));
  const held = [...found.values()].filter((position) => position.title || !titled.has(dates(position)));
  return held.sort((a, b) => (b.last ?? 0) - (a.last ?? 0) || (b.first ?? 0) - (a.first ?? 0) || a.start - b.start);
}

/** With the employers that stand above several positions. */
function withEmployers(page: Page, chosen: readonly Chosen[]): Chosen[] {
  const held = chosen.map(([anchor, { title, employer }]) => ({ anchor, title, employer }));
  const found = grouped(page, held);
  return chosen.flatMap(([anchor, reading], i): Chosen[] => {
    const after = found[i];
    return after ? [[anchor, { ...reading, title: after.title, employer: after.employer }]] : [];
  });
}

/** The best reading of each anchor that is a position. */
function choose(text: string, anchors: readonly Anchor[]): Chosen[] {
  const readings = anchors.map((anchor) => readingsOf(text, anchor));
  const totals = new Map<string, number>();
  for (const ofAnchor of readings)
    for (const [layout, reading] of ofAnchor)
      totals.set(layout, (totals.get(layout) ?? 0) + Math.max(0, reading.score) / anchors.length);
  const chosen: Chosen[] = [];
  for (const [i, anchor] of anchors.entries()) {
    const best = maxBy(readings[i]!, ([layout, reading]) => reading.score + _CONSISTENCY * totals.get(layout)!);
    if (!best) continue;
    let reading = best[1];
    if (!reading.named && totals.get(best[0])! < _CUSTOMARY)
      reading = { score: reading.score, title: null, employer: null, named: false };
    if (holds(text, anchor, reading)) chosen.push([anchor, reading]);
  }
  return chosen;
}

/** Positions of which a sentence tells. */
function* toldOf(page: Page, spans: readonly Span[]): Generator<Chosen> {
  for (const span of spans) {
    const line = page.lines[page.lineAt(span.start)]!;
    const section = page.sections.at(span.start);
    if (_STUDY.has(section) || (span.single && span.last !== null)) continue;
    const places = told(page.text, line.start, span.start);
    if (!places) continue;
    const [title, employer] = places;
    const before: Place = [line.start, span.start];
    const anchor = { span, section, places: { before, after: [span.end, span.end] as const } };
    yield [anchor, { score: _SURE, title, employer, named: true }];
  }
}

/** Whether one date alone heads a position: beside a title, or an employer made anonymous. */
function isCertain(text: string, anchor: Anchor, reading: Reading): boolean {
  if (reading.title && levelOf(text.slice(...reading.title)) !== null) return reading.score > _LEAST_AT_WORK;
  const [start, end] = [anchor.places.before[0], anchor.places.after[1]];
  return PLACEHOLDER.search(text, start, end) !== undefined && reading.score > _LEAST_AT_WORK;
}

/** Headings without dates, where title and employer are both beyond doubt. */
function undated(page: Page, taken: ReadonlySet<number>): Chosen[] {
  const found: Chosen[] = [];
  for (const [number, line] of page.lines.entries()) {
    const section = page.sections.at(line.start);
    if (section !== WORK || taken.has(number) || page.headings.has(number)) continue;
    const text = page.text.slice(line.start, line.end);
    const below = page.lines[number + 1];
    const anonymous = PLACEHOLDER.search(page.text, line.start, (below ?? line).end);
    if (text.length > _LONGEST_HEADING || !(anonymous || _TWO_PARTS.search(text))) continue;
    const span = { first: UNDATED, last: null, start: line.start, end: line.start, single: true };
    const on: Places = { before: [line.start, line.start], after: [line.start, line.end] };
    const places: Places = below && !taken.has(number + 1) ? { ...on, down: [below.start, below.end] } : on;
    const anchor = { span, section, places };
    const readings = readingsOf(page.text, anchor);
    const both = [keyOf(["after", "after"]), keyOf(["after", "down"])].flatMap((key) => readings.get(key) ?? []);
    const best = maxBy(both, (reading) => reading.score);
    if (best && best.score >= _SURE) found.push([anchor, best]);
  }
  return found;
}

/** Whether it is a position, in view of the section. */
function holds(text: string, anchor: Anchor, reading: Reading): boolean {
  if (reading.title && _DEGREE.search(text, ...reading.title)) return false;
  if (reading.employer && findDegrees(text.slice(...reading.employer)).some(({ start }) => start === 0)) return false;
  if (_STUDY.has(anchor.section) && reading.score < _LEAST_AMONG_STUDIES) return false;
  const measured = anchor.section === WORK && !anchor.span.single && anchor.places.after;
  if (measured && _LASTED.fullmatch(text, ...measured)) return true; // nobody but a profile says how long it was
  const around = Object.values(anchor.places).map(([start, end]) => text.slice(start, end)).join(" ");
  const beyondDoubt = reading.score > _SURE || PLACEHOLDER.search(around);
  if (anchor.section === WORK && (beyondDoubt || !anchor.span.single)) return reading.score >= _LEAST_AT_WORK;
  if (_STUDIED.search(around)) return false;
  if (anchor.section && reading.title && _OFFICE.search(text.slice(...reading.title))) return false;
  const least = anchor.section ? _LEAST_ELSEWHERE : _LEAST_UNKNOWN;
  return reading.title !== null && reading.score >= least;
}

/** By the layout's key, in the order of _LAYOUTS. */
function readingsOf(text: string, anchor: Anchor): Map<string, Reading> {
  const pieces = {} as Record<Name, string>;
  for (const [name, place] of Object.entries(anchor.places)) pieces[name as Name] = text.slice(...(place as Place));
  const filled = (["before", "after"] as const).filter(
    (name) => _WRITTEN.search(pieces[name]) && !_LASTED.fullmatch(pieces[name]),
  );
  const unread = filled.filter((name) => !proseAfter(pieces[name], name));
  const found = new Map<string, Reading>();
  for (const layout of _LAYOUTS) {
    const used = new Set(layout.filter((name) => name !== ""));
    if ([...used].some((name) => pieces[name] === undefined) || (used.has("up2") && !used.has("up"))) continue;
    const [titleAt, employerAt] = layout;
    const both = titleAt && titleAt === employerAt ? bothIn(pieces[titleAt]) : null;
    const title = both ? both[1] : titleAt ? titleIn(pieces[titleAt]) : new Found(-0.5);
    const employer = both ? both[2] : employerAt ? employerIn(pieces[employerAt]) : new Found(0.0);
    if (!both && Math.min(title.score, employer.score) < -1.0) continue;
    let score = both ? both[0] : title.score + employer.score;
    score += [...used].reduce((sum, name) => sum + (_FAR[name] ?? 0), 0);
    score += _UNREAD * unread.filter((name) => !used.has(name)).length;
    if (score > 0)
      found.set(keyOf(layout), {
        score,
        title: placed(title, titleAt && anchor.places[titleAt]),
        employer: placed(employer, employerAt && anchor.places[employerAt]),
        named: title.score >= _KNOWN || employer.score >= _KNOWN,
      });
  }
  return found;
}

function keyOf(layout: Layout): string {
  return layout.join(" ");
}

function proseAfter(piece: string, name: Name): boolean {
  return name === "after" && isProse(strip(piece));
}

function placed(found: Found, place: Place | "" | undefined): Place | null {
  if (!place || found.end <= found.start) return null;
  return [place[0] + found.start, place[0] + found.end];
}

function positionOf(text: string, span: Span, reading: Reading, now: number | null): Position {
  const { first } = span;
  let last = span.last;
  // Nobody has worked in the future yet.
  if (last === null || (now !== null && last > now)) last = Math.max(now || first, first);
  const places = [reading.title, reading.employer].filter((place) => place !== null);
  return {
    title: factOf(text, reading.title),
    employer: factOf(text, reading.employer),
    first: first === UNDATED ? null : first,
    last: first === UNDATED ? null : last,
    current: span.last === null && first !== UNDATED,
    start: Math.min(span.start, ...places.map(([start]) => start)),
    end: Math.max(span.end, ...places.map(([, end]) => end)),
  };
}

function factOf(text: string, place: Place | null): Fact | null {
  if (!place) return null;
  return { value: split(text.slice(...place)).join(" "), start: place[0], end: place[1], detail: "" };
}
