/**
 * What in a resume tells who a person is: names, contacts, addresses, age, sex.
 *
 * What it cannot find is said in docs/fairness.md. Pictures never reach this point: the readers take
 * text only.
 */

import { bisectLeft, isupper, lstrip, lstripOf, rstrip } from "../python";
import type { Document, Line, Position, ResumeFacts } from "../records";
import { constant, pattern } from "./data";
import * as dates from "./dates";
import { findDegrees } from "./education";
import * as people from "./people";
import * as places from "./places";
import type { Match } from "./re";
import { resumeFacts } from "./resumeFacts";
import * as sections from "./sections";

export const KINDS = constant<string[]>("personal", "KINDS");
const _NO_SPACE = pattern("personal", "_NO_SPACE");
const _HEADER = constant<number>("personal", "_HEADER");

const _EMAIL = pattern("personal", "_EMAIL");
const _LINK = pattern("personal", "_LINK");
const _PHONE = pattern("personal", "_PHONE");
const _PHONE_LABEL = pattern("personal", "_PHONE_LABEL");
const _A_DATE = pattern("personal", "_A_DATE");
const _NORM = pattern("personal", "_NORM");
const _AMOUNT = pattern("personal", "_AMOUNT");
const _DIGIT = pattern("personal", "_DIGIT");
const _NUMBER = pattern("personal", "_NUMBER");
const _YEAR = pattern("personal", "_YEAR");
const _STREET = pattern("personal", "_STREET");
const _TOWN = pattern("personal", "_TOWN");
const _ZIP = pattern("personal", "_ZIP");
const _LABELLED = pattern("personal", "_LABELLED");
const _HOME = pattern("personal", "_HOME");
const _BIRTH = pattern("personal", "_BIRTH");
const _AGE = pattern("personal", "_AGE");
const _PRONOUN = pattern("personal", "_PRONOUN");
const _DATE = pattern("personal", "_DATE");
const _PERIOD = pattern("personal", "_PERIOD");
const _COMMA = pattern("personal", "_COMMA");
const _GRADUATED = pattern("personal", "_GRADUATED");

/** A span of the text that says who the person is. `kind` is one of KINDS. */
export interface Mask {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/**
 * The resume as it is scored, masks and dates as blanks, and the facts found in it.
 *
 * Dates have told the facts how long somebody worked; what else the encoder could read from them is
 * age and gaps.
 *
 * Blanks of the same length, so that every offset stays; and blanks, because the tokenizer drops
 * white space: of a masked name the encoder sees neither an odd character nor a length.
 */
export function impersonal(document: Document, asOf: number | null = null): [Document, ResumeFacts] {
  const masked = blanked(document, identity(document));
  const facts = resumeFacts(masked, asOf);
  const graduated = graduation(masked, facts.positions);
  return [blanked(masked, [...graduated, ...datesIn(masked.text)]), facts];
}

/** Dates in every form: those that the facts are read from, and whatever else looks like one. */
function* datesIn(text: string): Generator<Mask> {
  for (const match of _PERIOD.finditer(text)) yield mask(match.span(), "date");
  for (const { start, end } of dates.find(text).flat()) yield mask([start, end], "date");
}

/** All that `impersonal` masks, in text order. Masks of different kinds may overlap. */
export function findMasks(document: Document): Mask[] {
  const found = identity(document);
  const masked = blanked(document, found);
  found.push(...graduation(masked, resumeFacts(masked).positions));
  return merged(found);
}

/** White space stays, so that no line break goes. */
export function covered(text: string, masks: Iterable<Mask>, sign: string): string {
  const parts: string[] = [];
  let last = 0;
  const cover = (match: Match): string => sign.repeat(match.text_().length);
  for (const mask of joined(masks)) {
    parts.push(text.slice(last, mask.start), _NO_SPACE.sub(cover, text.slice(mask.start, mask.end)));
    last = mask.end;
  }
  return [...parts, text.slice(last)].join("");
}

function blanked(document: Document, masks: readonly Mask[]): Document {
  const text = covered(document.text, masks, " ");
  return { ...document, text, lines: [...bared(text, document.lines)] };
}

function identity(document: Document): Mask[] {
  const text = document.text;
  const header = headerOf(document);
  const above = header.at(-1)?.end ?? 0;
  const found = [...contactsIn(text, above), ...labelled(text), ...addressesIn(text, above)];
  for (const match of _AGE.finditer(text)) found.push(mask(match.span(), "date of birth or age"));
  found.push(...pronouns(text));
  const [contacts, addresses] = ["contact", "address"].map((kind) =>
    found.filter((one) => one.kind === kind).map((one) => [one.start, one.end] as const),
  );
  const named = [...people.find(text, header, contacts!, addresses!)].map((span) => mask(span, "name"));
  named.sort((a, b) => a.start - b.start);
  // "Smith, MD" reads like a town in Maryland.
  return [...found.filter((one) => one.kind !== "address" || !cuts(one, named)), ...named];
}

function mask([start, end]: people.Span, kind: string): Mask {
  return { start, end, kind };
}

/** In text order, without overlaps, whatever their kinds. */
function joined(masks: Iterable<Mask>): Mask[] {
  return merged(Array.from(masks, (one) => ({ ...one, kind: "" })));
}

/** In text order; what overlaps within a kind counts once. */
function merged(masks: readonly Mask[]): Mask[] {
  const found = new Map<string, Mask[]>();
  for (const one of [...masks].sort(inOrder)) {
    const row = found.get(one.kind) ?? [];
    found.set(one.kind, row);
    const last = row.at(-1);
    if (last && one.start < last.end) row[row.length - 1] = { ...last, end: Math.max(last.end, one.end) };
    else if (one.start < one.end) row.push(one);
  }
  return [...found.values()].flat().sort(inOrder);
}

function inOrder(a: Mask, b: Mask): number {
  return a.start - b.start || a.end - b.end;
}

/** Lines without blanks at their edges, and without those of which nothing is left. */
function* bared(text: string, lines: Iterable<Line>): Generator<Line> {
  for (const line of lines) {
    const whole = text.slice(line.start, line.end);
    const start = line.start + whole.length - lstrip(whole).length;
    if (start < line.end) yield { start, end: line.start + rstrip(whole).length, page: line.page };
  }
}

function headerOf(document: Document): Line[] {
  const known = sections.find(document.text);
  let first = known.starts[0] ?? document.text.length;
  if (document.lines.length && first <= document.lines[0]!.start)
    first = known.starts[1] ?? document.text.length; // a page that begins with a heading
  return document.lines.slice(0, _HEADER).filter((line) => line.start < first);
}

function* contactsIn(text: string, above: number): Generator<Mask> {
  for (const pattern of [_EMAIL, _LINK])
    for (const match of pattern.finditer(text)) yield mask(match.span(), "contact");
  for (const match of _PHONE_LABEL.finditer(text)) yield mask(match.span("number"), "contact");
  for (const match of _PHONE.finditer(text)) {
    const number = match.text_();
    const digits = _DIGIT.findall(number);
    const groups = _NUMBER.findall(number);
    const years = groups.filter((group) => _YEAR.fullmatch(group)).length;
    const marked = groups.length > 1 || /^[+(0]/.test(number) || match.start() < above;
    const at = match.start();
    const other = _A_DATE.match(text, at) ?? _NORM.search(text.slice(Math.max(0, at - 8), at));
    const amount = at >= above ? _AMOUNT.match(text, at) : undefined;
    const long = 9 <= digits.length && digits.length <= 15;
    if (long && years < 2 && marked && !other && !amount) yield mask(match.span(), "contact");
  }
}

function* labelled(text: string): Generator<Mask> {
  for (const match of _LABELLED.finditer(text)) {
    const label = match.text_("label").toLowerCase();
    let kind = "personal detail";
    if (_HOME.search(label)) kind = "address";
    else if (_BIRTH.search(label) && !label.includes("place")) kind = "date of birth or age";
    yield mask(match.span("value"), kind);
  }
}

function* addressesIn(text: string, above: number): Generator<Mask> {
  for (const pattern of [_STREET, _ZIP])
    for (const match of pattern.finditer(text)) {
      let end = match.end();
      if (pattern === _STREET && end < above) {
        const rest = _TOWN.match(text, end); // in the head the town follows
        end = rest && !rest.text_().includes("@") ? rest.end() : end;
      }
      yield mask([match.start(), end], "address");
    }
  // "Dayton, OH" below the header is where somebody worked, and stays.
  for (let place = places.find(text, 0, above); place; place = places.find(text, place.end(), above)) {
    const found = place.text_();
    const start = place.start() + found.length - lstripOf(found, " \t,|(-–—").length;
    yield mask([start, place.end()], "address");
  }
}

/** Dates on lines of an education section, beside a degree or a word like "graduated". */
function graduation(document: Document, positions: readonly Position[]): Mask[] {
  const text = document.text;
  const known = sections.find(text);
  const found: Mask[] = [];
  const degrees = findDegrees(text).map((fact) => fact.start).sort((a, b) => a - b);
  for (const line of document.lines) {
    const section = known.at(line.start);
    const taught = section === "education";
    const here = bisectLeft(degrees, line.start) < bisectLeft(degrees, line.end);
    const degree = here && section !== "experience";
    if (!(taught || degree || _GRADUATED.search(text, line.start, line.end))) continue;
    for (const match of _DATE.finditer(text, line.start, line.end)) {
      const near = taught || degree || besideGraduation(text, line, match);
      const at = match.start();
      if (!near || positions.some(({ start, end }) => start <= at && at < end)) continue;
      // The comma before it would still tell that there was a date.
      const comma = _COMMA.search(text.slice(line.start, at));
      found.push(mask([comma ? line.start + comma.start() : at, match.end()], "graduation date"));
    }
  }
  return found;
}

function besideGraduation(text: string, line: Line, date: Match): boolean {
  const around = text.slice(Math.max(line.start, date.start() - 40), Math.min(line.end, date.end() + 15));
  return _GRADUATED.search(around) !== undefined;
}

function* pronouns(text: string): Generator<Mask> {
  for (const match of _PRONOUN.finditer(text))
    // HIS, HER2, HE are systems, genes and higher education
    if (!isupper(match.text_())) yield mask(match.span(), "pronoun or title");
  for (const match of people.HONORIFIC.finditer(text)) {
    const group = match.group("sex") ? "sex" : "sex2";
    if (match.group(group) && people.isName(match.text_("name")))
      yield mask(match.span(group), "pronoun or title"); // "Ms Office" is a program
  }
}

function cuts(one: Mask, named: readonly Mask[]): boolean {
  const before = bisectLeft(named, one.start, (name) => name.start);
  const near = named.slice(Math.max(0, before - 4), before); // names hardly overlap
  return near.some((name) => name.start < one.start && one.start < name.end && name.end < one.end);
}
