/** Single dates in a text: "Jan 2012", "03/09", "Summer 2014", "Q3 2018", "1. März 2015". */

import { isalnum, numberOf } from "../python";
import { constant, pattern } from "./data";
import type { Match } from "./re";

export const MONTHS = constant<Record<string, number>>("months", "MONTHS");
const SEASONS = constant<Record<string, [number, number]>>("months", "SEASONS");
const _LATEST_SHORT = constant<number>("date_forms", "_LATEST_SHORT");
const _EARLIEST = constant<number>("date_forms", "_EARLIEST");
const _END = constant<number>("date_forms", "_END");
const _YEAR_MONTHS = constant<number>("date_forms", "_YEAR_MONTHS");
const _DATE = pattern("date_forms", "_DATE");
const _DAY_FIRST = pattern("date_forms", "_DAY_FIRST");
const _MONTH_FIRST = pattern("date_forms", "_MONTH_FIRST");
const _DIGITS = pattern("date_forms", "_DIGITS");
const _BEFORE = constant<number>("date_forms", "_BEFORE");
const _AFTER = constant<number>("date_forms", "_AFTER");

export interface Date {
  readonly first: number; // month
  readonly last: number;
  readonly start: number; // place in the text
  readonly end: number;
  // "iso" for "2009-12", "short" for what is a date only beside another, "odd" for a year in which nobody worked
  readonly form: "month" | "season" | "year" | "iso" | "short" | "odd";
}

/** Every date. Only the surroundings of digits are searched, most of a text has none. */
export function* find(text: string): Generator<Date> {
  const monthFirst = _MONTH_FIRST.search(text) !== undefined;
  const dayFirst = _DAY_FIRST.search(text) !== undefined && !monthFirst;
  let end = 0;
  for (const digits of _DIGITS.finditer(text)) {
    let start = Math.max(end, digits.start() - _BEFORE);
    while (digits.start() >= end) {
      const match = _DATE.search(text, start, stopOf(text, digits));
      if (!match) break;
      start = end = match.end();
      yield dateOf(match, dayFirst, monthFirst);
    }
  }
}

/** Where to stop searching: behind the digits, and not within a word. */
function stopOf(text: string, digits: Match): number {
  let stop = Math.min(text.length, digits.end() + _AFTER);
  while (stop < text.length && isalnum(text[stop]!)) stop++;
  return stop;
}

function dateOf(match: Match, dayFirst: boolean, monthFirst: boolean): Date {
  const number = match.lastgroup!.slice(1);
  const written = match.text_(`y${number}`);
  const year = 12 * yearOf(written);
  const [start, end] = match.span();
  if (["1", "2", "3", "4", "18"].includes(number)) {
    const month = MONTHS[match.text_(`m${number}`).toLowerCase()]! - 1;
    const sound = _EARLIEST <= year && year < _END;
    return { first: year + month, last: year + month, start, end, form: !sound ? "odd" : number === "4" ? "short" : "month" };
  }
  if (["5", "12", "13", "14", "15"].includes(number)) {
    const [first, last] = partOfYear(match, number);
    const short = number === "12" && written.length === 2; // "Q3 18"
    return { first: year + first - 1, last: year + last - 1, start, end, form: short ? "short" : "season" };
  }
  if (["6", "7", "8", "11", "17"].includes(number)) {
    let month = numberOf(match.text_(`n${number}`)) - 1;
    const other = number === "6" ? numberOf(match.text_("d6") || "0") : 0;
    const dotted = number === "6" && match.group("by6") === "." && !monthFirst; // "01.03.2016" is German
    if (1 <= other && other <= _YEAR_MONTHS && (dayFirst || dotted)) month = other - 1;
    const iso = number === "7" && !match.group("d7");
    const form = iso ? "iso" : number === "8" || number === "17" ? "short" : "month";
    return { first: year + month, last: year + month, start, end, form };
  }
  return { first: year, last: year, start, end, form: number === "9" ? "year" : "short" };
}

/** First and last month, from 1, of a season, a quarter or a half. */
function partOfYear(match: Match, number: string): readonly [number, number] {
  if (number === "5") return SEASONS[match.text_("s5").toLowerCase()]!;
  if (number === "15") return match.group("h15") === "1" ? [1, 6] : [7, 12];
  const quarter = numberOf(match.text_(`q${number}`));
  return [3 * quarter - 2, 3 * quarter];
}

function yearOf(written: string): number {
  const digits = numberOf(written.slice(written.length > 3 ? -4 : -2));
  if (digits > 99) return digits;
  return digits + (digits <= _LATEST_SHORT ? 2000 : 1900);
}
