/**
 * Dates as resumes write them: "Jan 2012 - Present", "03/09 to 5/11", "Summer 2014".
 *
 * A month is a number, 12 * year + month - 1, so that differences are plain. No clock is read: what
 * "present" means is for the caller to say.
 */

import { isdigit, numberOf } from "../python";
import { constant, pattern } from "./data";
import { find as datesIn, MONTHS, type Date } from "./dateForms";
import type { Match } from "./re";

const _LONGEST = constant<number>("dates", "_LONGEST");
export const UNDATED = constant<number>("dates", "UNDATED"); // the month of what has no dates, or dates that cannot be
const _TO = pattern("dates", "_TO");
const _AND = pattern("dates", "_AND");
const _BETWEEN = pattern("dates", "_BETWEEN");
const _SIGN = pattern("dates", "_SIGN");
const _WIDE = pattern("dates", "_WIDE");
const _NOW = pattern("dates", "_NOW");
const _NOW_ABROAD = pattern("dates", "_NOW_ABROAD");
const _FROM_NOW = pattern("dates", "_FROM_NOW");
const _SHORT_YEAR = pattern("dates", "_SHORT_YEAR");
const _END_OF_FIELD = pattern("dates", "_END_OF_FIELD");
const _HALF = pattern("dates", "_HALF");
export const SINCE_BEFORE = pattern("dates", "SINCE_BEFORE");
const _GLUED = pattern("dates", "_GLUED");
const _SCHOOL_YEAR = pattern("dates", "_SCHOOL_YEAR");
const _ISO = pattern("dates", "_ISO");

/** From month `first` to month `last`, both included; `last` is null of one that goes on. Of a slip both are UNDATED. */
export interface Span {
  readonly first: number;
  readonly last: number | null;
  readonly start: number; // place in the text
  readonly end: number;
  readonly single: boolean; // one date, not two
}

/** The ranges of a text ("from - to"), and the dates that stand alone, each in text order. */
export function find(text: string): [ranges: Span[], singles: Span[]] {
  const dates = [...datesIn(text)];
  const newestFirst = isNewestFirst(text, dates);
  const ranges: Span[] = [];
  const lone: Date[] = [];
  for (let number = 0, free = 0; number < dates.length; ) {
    const date = dates[number]!;
    const [range, used] = rangeOf(text, date, dates[number + 1] ?? null, free, newestFirst);
    if (range) {
      ranges.push(range);
      free = range.end;
    } else if (date.form !== "short") lone.push(date);
    number += used;
  }
  const more = ofYears(text, lone, ranges);
  const covered = new Set(more.map(({ start }) => start));
  ranges.push(...more);
  ranges.sort((a, b) => a.start - b.start);
  const singles = lone.filter((date) => !covered.has(date.start) && date.form !== "odd");
  return [ranges, singles.map((date) => singleOf(text, date))];
}

/** The latest month that the text names; a bare year says no more than its January. */
export function latest(text: string, ranges: Iterable<Span>, singles: Iterable<Span>): number | null {
  let found: number | null = null;
  const named = (month: number) => {
    if (month !== UNDATED) found = Math.max(found ?? month, month);
  };
  for (const span of ranges) named(span.last ?? span.first);
  for (const single of singles) {
    const bare = isdigit(text.slice(single.start, single.end));
    named(bare ? single.first : (single.last ?? single.first));
  }
  return found;
}

/** Ranges that look like one date: "20172021", "2012/13", and "2005-09" where no month is so written. */
function ofYears(text: string, lone: readonly Date[], ranges: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const glued of _GLUED.finditer(text)) {
    const first = 12 * numberOf(glued.text_(1));
    const last = 12 * numberOf(glued.text_(2));
    if (first <= last) found.push(span(first, last, glued.start(1), glued.end(2)));
  }
  for (const school of _SCHOOL_YEAR.finditer(text)) {
    const year = numberOf(school.text_(1));
    if ((numberOf(school.text_(2)) - year - 1) % 100 === 0)
      found.push(span(12 * year, 12 * year + 12, school.start(1), school.end(2)));
  }
  const months = ranges.some((range) => _ISO.match(text, range.start));
  for (const date of months ? [] : lone.filter(({ form }) => form === "iso")) {
    const [year, ending] = [Math.floor(date.first / 12), (date.first % 12) + 1];
    if (text[date.start + 4] !== "-" || year % 100 >= ending || date.end - date.start !== 7) continue;
    found.push(span(12 * year, 12 * (Math.floor(year / 100) * 100 + ending), date.start, date.end));
  }
  return found;
}

/** Whether the text writes its ranges from the end back: "Present - 03/2018". */
function isNewestFirst(text: string, dates: readonly Date[]): boolean {
  let back = 0;
  for (const [i, date] of dates.entries()) {
    if (date.form !== "short" && fromNow(text, date, 0) !== null) return true;
    const following = dates[i + 1];
    if (following && _TO.match(text, date.end)?.end() === following.start)
      back += Number(date.first > following.last) - Number(date.first < following.first);
  }
  return back > 1;
}

/** Where "Present - " before a date begins. */
function fromNow(text: string, date: Date, free: number): number | null {
  return _FROM_NOW.search(text, Math.max(free, date.start - 30), date.start)?.start("now") ?? null;
}

function span(first: number, last: number | null, start: number, end: number): Span {
  return { first, last, start, end, single: false };
}

/** The range that begins with `date`, and how many dates it takes up. `free` is where the range before it ends. */
function rangeOf(
  text: string,
  date: Date,
  following: Date | null,
  free: number,
  newestFirst: boolean,
): [Span | null, number] {
  const half = date.form === "month" ? _HALF.search(text, Math.max(free, date.start - 24), date.start) : undefined;
  // "Jan - Mar 2012"
  if (half) {
    const first = Math.floor(date.first / 12) * 12 + MONTHS[half.text_("month").toLowerCase()]! - 1;
    if (first <= date.last) return [span(first, date.last, half.start(), date.end), 1];
  }
  const nowAt = date.form === "short" || date.form === "odd" ? null : fromNow(text, date, free);
  if (nowAt !== null) return [span(date.first, null, nowAt, date.end), 1];
  const to = _TO.match(text, date.end);
  const and =
    !to && _BETWEEN.search(text, Math.max(0, date.start - 12), date.start) ? _AND.match(text, date.end) : undefined;
  const gap = to ?? and ?? _WIDE.match(text, date.end);
  if (following && gap?.end() === following.start) {
    const found = between(date, following, newestFirst, (to ?? and) !== undefined);
    if (found) return [found, 2];
  }
  return [and ? null : openOf(text, date, to), 1];
}

/** The range of two dates; a slip where it cannot be and `said` to be one. */
function between(date: Date, following: Date, newestFirst: boolean, said: boolean): Span | null {
  let last = following.last;
  if (date.form === "year" && following.form === "year" && date.first === last) last += 11; // "2012 - 2012"
  const odd = date.form === "odd" || following.form === "odd";
  if (!odd && sound(date.first, last)) return span(date.first, last, date.start, following.end);
  if (newestFirst && !odd && sound(following.first, date.last))
    return span(following.first, date.last, date.start, following.end);
  const whole = date.form !== "short" && following.form !== "short";
  if (said && whole && (odd || date.first > last)) return span(UNDATED, UNDATED, date.start, following.end);
  return null;
}

/** A range whose end is no whole date: "2012 - now", "1998-99", "2015 -". */
function openOf(text: string, date: Date, to: Match | undefined): Span | null {
  if (date.form === "odd") return null;
  if (!to) {
    const wide = _WIDE.match(text, date.end); // "2020  Present"
    const lost = wide && date.form !== "short" ? _NOW.match(text, wide.end()) : undefined;
    return lost ? span(date.first, null, date.start, lost.end()) : signed(text, date);
  }
  const brief = to.group("brief") !== undefined;
  const now = (brief ? _NOW_ABROAD : _NOW).match(text, to.end());
  if (now) return span(date.first, null, date.start, now.end());
  if (brief) return null;
  const year = date.form === "year" ? _SHORT_YEAR.match(text, to.end()) : undefined;
  if (year) {
    let last = Math.floor(date.first / 1200) * 1200 + 12 * numberOf(year.text_(1)); // "1998-99"
    if (last < date.first) last += 1200;
    if (sound(date.first, last)) return span(date.first, last, date.start, year.end());
  }
  return signed(text, date);
}

/** "2015 -", "2015 onwards" */
function signed(text: string, date: Date): Span | null {
  const sign = _SIGN.match(text, date.end);
  if (sign && date.form !== "short" && _END_OF_FIELD.match(text, sign.end()))
    return span(date.first, null, date.start, sign.end());
  return null;
}

function sound(first: number, last: number): boolean {
  return first <= last && last <= first + _LONGEST;
}

function singleOf(text: string, date: Date): Span {
  const since = SINCE_BEFORE.search(text, Math.max(0, date.start - 14), date.start);
  const last = since ? null : date.form === "year" ? date.first + 11 : date.last;
  return { first: date.first, last, start: date.start, end: date.end, single: true };
}
