/**
 * Dates as resumes write them: "Jan 2012 - Present", "03/09 to 5/11", "Summer 2014".
 *
 * A month is a number, 12 * year + month - 1, so that differences are plain. No clock is read: what
 * "present" means is for the caller to say.
 */

import { isalnum, isdigit, numberOf } from "../python";
import { constant, pattern } from "./data";
import type { Match } from "./re";

const _MONTHS = constant<string[]>("dates", "_MONTHS");
const _SEASONS = constant<Record<string, [number, number]>>("dates", "_SEASONS");
const _LATEST_SHORT = constant<number>("dates", "_LATEST_SHORT");
const _LONGEST = constant<number>("dates", "_LONGEST");
const _DATE = pattern("dates", "_DATE");
const _DAY_FIRST = pattern("dates", "_DAY_FIRST");
const _MONTH_FIRST = pattern("dates", "_MONTH_FIRST");
const _TO = pattern("dates", "_TO");
const _SIGN = pattern("dates", "_SIGN");
const _WIDE = pattern("dates", "_WIDE");
const _NOW = pattern("dates", "_NOW");
const _SHORT_YEAR = pattern("dates", "_SHORT_YEAR");
const _END_OF_FIELD = pattern("dates", "_END_OF_FIELD");
const _HALF = pattern("dates", "_HALF");
const _SINCE = pattern("dates", "_SINCE");
const _GLUED = pattern("dates", "_GLUED");
const _DIGITS = pattern("dates", "_DIGITS");
const _BEFORE = constant<number>("dates", "_BEFORE");
const _AFTER = constant<number>("dates", "_AFTER");

/** From month `first` to month `last`, both included; `last` is null of one that goes on. */
export interface Span {
  readonly first: number;
  readonly last: number | null;
  readonly start: number; // place in the text
  readonly end: number;
  readonly single: boolean; // one date, not two
}

interface Date {
  readonly first: number; // month
  readonly last: number;
  readonly start: number; // place in the text
  readonly end: number;
  readonly form: "month" | "season" | "year" | "short"; // "short" for what is a date only beside another
}

/** The ranges of a text ("from - to"), and the dates that stand alone, each in text order. */
export function find(text: string): [ranges: Span[], singles: Span[]] {
  const dates = [...datesIn(text)];
  const ranges: Span[] = [];
  const singles: Span[] = [];
  for (let number = 0; number < dates.length; ) {
    const date = dates[number]!;
    const [range, used] = rangeOf(text, date, dates[number + 1] ?? null);
    if (range) ranges.push(range);
    else if (date.form !== "short") singles.push(singleOf(text, date));
    number += used;
  }
  // A dash got lost: "20172021".
  for (const glued of _GLUED.finditer(text)) {
    const first = 12 * numberOf(glued.text_(1));
    const last = 12 * numberOf(glued.text_(2));
    if (first <= last) ranges.push(span(first, last, glued.start(1), glued.end(2)));
  }
  ranges.sort((a, b) => a.start - b.start);
  return [ranges, singles];
}

/** The latest month that the text names; a bare year says no more than its January. */
export function latest(text: string, ranges: Iterable<Span>, singles: Iterable<Span>): number | null {
  let found: number | null = null;
  const named = (month: number) => (found = Math.max(found ?? month, month));
  for (const span of ranges) named(span.last ?? span.first);
  for (const single of singles) {
    const bare = isdigit(text.slice(single.start, single.end));
    named(bare ? single.first : (single.last ?? single.first));
  }
  return found;
}

/** Every date. Only the surroundings of digits are searched, most of a text has none. */
function* datesIn(text: string): Generator<Date> {
  const dayFirst = _DAY_FIRST.search(text) !== undefined && !_MONTH_FIRST.search(text);
  let end = 0;
  for (const digits of _DIGITS.finditer(text)) {
    let start = Math.max(end, digits.start() - _BEFORE);
    while (digits.start() >= end) {
      const match = _DATE.search(text, start, stopOf(text, digits));
      if (!match) break;
      start = end = match.end();
      yield dateOf(match, dayFirst);
    }
  }
}

/** Where to stop searching: behind the digits, and not within a word. */
function stopOf(text: string, digits: Match): number {
  let stop = Math.min(text.length, digits.end() + _AFTER);
  while (stop < text.length && isalnum(text[stop]!)) stop++;
  return stop;
}

function dateOf(match: Match, dayFirst: boolean): Date {
  const number = match.lastgroup!.slice(1);
  const year = 12 * yearOf(match.text_(`y${number}`));
  const [start, end] = match.span();
  if ("1234".includes(number)) {
    const month = monthOf(match.text_(`m${number}`));
    return { first: year + month, last: year + month, start, end, form: number === "4" ? "short" : "month" };
  }
  if (number === "5") {
    const [first, last] = _SEASONS[match.text_("s5").toLowerCase()]!;
    return { first: year + first - 1, last: year + last - 1, start, end, form: "season" };
  }
  if (["6", "7", "8", "11"].includes(number)) {
    let month = numberOf(match.text_(`n${number}`)) - 1;
    const other = dayFirst && number === "6" ? numberOf(match.text_("d6")) : 0;
    if (1 <= other && other <= _MONTHS.length) month = other - 1;
    return { first: year + month, last: year + month, start, end, form: number === "8" ? "short" : "month" };
  }
  return { first: year, last: year, start, end, form: number === "9" ? "year" : "short" };
}

function monthOf(name: string): number {
  return _MONTHS.indexOf(name.slice(0, 3).toLowerCase());
}

function yearOf(written: string): number {
  const digits = numberOf(written.slice(written.length > 3 ? -4 : -2));
  if (digits > 99) return digits;
  return digits + (digits <= _LATEST_SHORT ? 2000 : 1900);
}

function span(first: number, last: number | null, start: number, end: number): Span {
  return { first, last, start, end, single: false };
}

/** The range that begins with `date`, and how many dates it takes up. */
function rangeOf(text: string, date: Date, following: Date | null): [Span | null, number] {
  const half = _HALF.search(text, Math.max(0, date.start - 16), date.start);
  // "Jan - Mar 2012"
  if (half && date.form === "month") {
    const first = Math.floor(date.first / 12) * 12 + monthOf(half.text_(1));
    if (first <= date.last) return [span(first, date.last, half.start(), date.end), 1];
  }
  const to = _TO.match(text, date.end);
  const wide = _WIDE.match(text, date.end);
  if (following && (to ?? wide)?.end() === following.start) {
    let last = following.last;
    if (date.form === "year" && following.form === "year" && date.first === last) last += 11; // "2012 - 2012"
    if (sound(date.first, last)) return [span(date.first, last, date.start, following.end), 2];
  }
  if (!to) {
    const lost = wide && date.form !== "short" ? _NOW.match(text, wide.end()) : undefined; // "2020  Present"
    return [lost ? span(date.first, null, date.start, lost.end()) : null, 1];
  }
  const now = _NOW.match(text, to.end());
  if (now) return [span(date.first, null, date.start, now.end()), 1];
  const year = date.form === "year" ? _SHORT_YEAR.match(text, to.end()) : undefined;
  if (year) {
    let last = Math.floor(date.first / 1200) * 1200 + 12 * numberOf(year.text_(1)); // "1998-99"
    if (last < date.first) last += 1200;
    if (sound(date.first, last)) return [span(date.first, last, date.start, year.end()), 1];
  }
  const sign = _SIGN.match(text, date.end);
  if (sign && date.form !== "short" && _END_OF_FIELD.match(text, sign.end()))
    return [span(date.first, null, date.start, sign.end()), 1];
  return [null, 1];
}

function sound(first: number, last: number): boolean {
  return first <= last && last <= first + _LONGEST;
}

function singleOf(text: string, date: Date): Span {
  const since = _SINCE.search(text, Math.max(0, date.start - 14), date.start);
  const last = since ? null : date.form === "year" ? date.first + 11 : date.last;
  return { first: date.first, last, start: date.start, end: date.end, single: true };
}
