/** How many years of work a line asks for. */

import { numberOf, round } from "../python";
import { constant, pattern } from "./data";

const _NUMBERS = new Map(Object.entries(constant<Record<string, number>>("years_asked", "_NUMBERS")));
const _YEARS = pattern("years_asked", "_YEARS");
const _PLAIN = pattern("years_asked", "_PLAIN");
const _HINT = pattern("years_asked", "_HINT");
const _INSTEAD = pattern("years_asked", "_INSTEAD");
const _PLUS = pattern("years_asked", "_PLUS");
const _MOST = constant<number>("years_asked", "_MOST");
const _AFTER = pattern("years_asked", "_AFTER");
const _BEFORE = pattern("years_asked", "_BEFORE");
const _AT_LEAST = pattern("years_asked", "_AT_LEAST");
const _OR = pattern("years_asked", "_OR");

/** `least` years of work, as `text.slice(start, end)` asks for them. */
export interface Years {
  readonly least: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The least number of years that `text` asks for; months are parts of a year.
 *
 * `optional(start, end)` says which spans are mere wishes: of "5 years, ideally 8" those stay out.
 *
 * Of a range the lower end, of alternatives ("a degree and 3 years, or 7 years") the least one,
 * of several demands the greatest.
 */
export function yearsIn(text: string, optional: (start: number, end: number) => boolean = () => false): Years | null {
  if (!_HINT.search(text)) return null;
  const instead = _INSTEAD.search(text);
  if (instead) {
    // Behind a "plus" years are asked of everybody again.
    const skipped = _PLUS.search(text, instead.end())?.end();
    if (skipped === undefined) return null;
    const after = yearsIn(text.slice(skipped), (start, end) => optional(start + skipped, end + skipped));
    return after && { least: after.least, start: after.start + skipped, end: after.end + skipped };
  }
  const found: Years[] = [];
  for (const match of _YEARS.finditer(text)) {
    const [start, end] = match.span();
    const before = text.slice(Math.max(0, start - 50), start);
    if (_AFTER.match(text, end)) continue;
    if (_BEFORE.search(before) && !_AT_LEAST.search(before)) continue;
    const said = _PLAIN.search(match.text_("least"))?.text_().toLowerCase() ?? "0";
    let number = _NUMBERS.get(said) ?? numberOf(said);
    if (match.text_("unit").toLowerCase().startsWith("month")) number = round(number / 12, 2);
    if (number <= _MOST && !optional(start, end)) found.push({ least: number, start, end });
  }
  if (!found.length) return null;
  return found.reduce((best, next, i) => {
    const either = _OR.search(text, found[i - 1]!.end, next.start);
    return (either ? next.least < best.least : next.least > best.least) ? next : best;
  });
}
