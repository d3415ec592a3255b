/**
 * Degrees that a text names, with their fields of study.
 *
 * Abbreviations of two letters are read only where the text around them speaks of degrees: "BS in
 * Biology", "BA/BS", "MS, Computer Science"; not "MS Office", "Quincy, MA" or "AS NEEDED".
 */

import { isupper, partition, rfind, rstripOf, stripOf } from "../python";
import type { Fact } from "../records";
import { constant, pattern } from "./data";
import { windows } from "./windows";

export const DEGREES = constant<string[]>("education", "DEGREES"); // rising

const _SHORT = constant<Record<string, number>>("education", "_SHORT");
const _COMPANY = pattern("education", "_COMPANY");
const _ALL = pattern("education", "_ALL");
const _HINT = pattern("education", "_HINT");
const _REACH = constant<number>("education", "_REACH");
const _CAPITALS = pattern("education", "_CAPITALS");
const _STATE = pattern("education", "_STATE");
const _NONE = pattern("education", "_NONE");
const _FIELD = pattern("education", "_FIELD");
const _STOP = pattern("education", "_STOP");
const _ONE = pattern("education", "_ONE");
const _CALLED = pattern("education", "_CALLED");
const _TOWN = pattern("education", "_TOWN");
const _CAPITAL = pattern("education", "_CAPITAL");
const _IN = pattern("education", "_IN");

type Named = readonly [start: number, end: number, rank: number];

/**
 * Every degree that `text` names, in text order.
 *
 * `value` is one of DEGREES, `detail` the field of study or "", the span that of the degree and
 * its field. "Degree" alone counts as a bachelor's where a field or a demand goes with it.
 */
export function findDegrees(text: string): Fact[] {
  const found: Fact[] = [];
  let free = 0;
  for (const [first, last, rank] of named(text)) {
    if (first < free) continue;
    let start = first;
    let [field, after] = fieldOf(text, last);
    const previous = found.at(-1);
    if (previous && previous.value === DEGREES[rank] && same(text.slice(previous.end, start))) {
      found.pop();
      [start, field] = [previous.start, field || previous.detail];
    }
    found.push({ value: DEGREES[rank]!, start, end: after, detail: field });
    free = after;
  }
  return found;
}

/** Start, end and rank, in text order; of overlapping ones the first and longest first. */
function named(text: string): Named[] {
  const found: Named[] = [];
  for (const [first, last] of windows(text, _HINT, _REACH))
    for (const match of _ALL.finditer(text, first, last)) {
      if (_NONE.search(text, Math.max(0, match.start() - 24), match.start())) continue;
      if (!_CAPITALS.fullmatch(match.text_()) || match.text_() === "ged")
        found.push([match.start(), match.end(), Number((match.lastgroup ?? "d0").slice(1))]);
    }
  for (const match of _COMPANY.finditer(text)) {
    const name = stripOf(match.text_(), " /");
    const start = match.end() - name.length;
    if (["MA", "MD", "ME"].includes(name) && _STATE.search(text.slice(Math.max(0, start - 3), start))) continue;
    if (["AS", "BE", "ME"].includes(name)) {
      const line = partition(text.slice(rfind(text, "\n", 0, start) + 1, start + 60), "\n")[0];
      if (isupper(line) && !line.includes("DEGREE")) continue;
    }
    found.push([start, match.end(), _SHORT[name]!]);
  }
  return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

/** Whether two names with `between` between them are one degree: "Bachelor of Science (BS)". */
function same(between: string): boolean {
  return _ONE.fullmatch(between) !== undefined;
}

/** The field of study that follows, and where the whole mention ends. */
function fieldOf(text: string, end: number): [field: string, end: number] {
  const match = _FIELD.match(text, end, Math.min(text.length, end + 170));
  if (!match) return ["", _CALLED.match(text, end)?.end() ?? end];
  const raw = match.text_("field");
  const start = match.start("field");
  let kept = rstripOf(_STOP.sub("", `${raw} `), " ,-/");
  kept = stripOf(_TOWN.split(kept)[0]!, " ,-/");
  if (kept.length < 3 || (!_CAPITAL.search(kept) && !_IN.search(text.slice(end, start))))
    return ["", _CALLED.match(text, end)?.end() ?? end];
  return [kept, start + kept.length];
}
