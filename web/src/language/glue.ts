/**
 * Where two words were run together: "workunder pressureAdept" hides an end, "JavaScript" none. What
 * tells the two apart stands in the Python twin.
 */

import { isalpha, islower, istitle, isupper, rfind } from "../python";
import { pattern, words } from "./data";

const STARTERS = words("glue", "STARTERS");
const ENDERS = words("glue", "ENDERS");
const NAMES = words("glue", "NAMES");
const _WORD = pattern("glue", "_WORD");
const _SEAM = pattern("glue", "_SEAM");
const _PREFIXES = words("glue", "_PREFIXES");
const _SIGNS = words("glue", "_SIGNS");
const _ADDRESS = pattern("glue", "_ADDRESS");
const _MIXED = pattern("glue", "_MIXED");
const _FIGURE = pattern("glue", "_FIGURE");
const _BRACKET = pattern("glue", "_BRACKET");
const _HEADING = pattern("glue", "_HEADING");
const _DEMAND = pattern("glue", "_DEMAND");
const _OPEN = pattern("glue", "_OPEN");
const _YEARS = pattern("glue", "_YEARS");
const _BLANK = pattern("glue", "_BLANK");

/** Offsets in `text.slice(start, end)` where one thing ends and the next begins without a blank. */
export function seams(text: string, start: number, end: number): number[] {
  let found: number[] = [];
  for (const marks of [_FIGURE, _BRACKET, _HEADING])
    for (const match of marks.finditer(text, start, end)) found.push(match.end());
  for (const match of _DEMAND.finditer(text, start, end)) {
    const before = match.text_("before");
    if (!istitle(before) && !_OPEN.fullmatch(before)) found.push(match.end());
  }
  for (const match of _YEARS.finditer(text, start + 3, end)) {
    const before = text.slice(match.start() - 3, match.start());
    if (isalpha(before) && islower(before)) found.push(match.start());
  }
  if (_MIXED.search(text, start, end))
    for (const word of _WORD.finditer(text, start, end)) {
      const token = word.text_();
      if (!(islower(token) || isupper(token) || istitle(token)))
        found.push(...inside(token).map((at) => word.start() + at));
    }
  if (found.length && _ADDRESS.search(text, start, end)) found = found.filter((at) => !inAddress(text, at));
  return found.sort((a, b) => a - b);
}

function inAddress(text: string, at: number): boolean {
  const first = Math.max(rfind(text, " ", 0, at), rfind(text, "\n", 0, at)) + 1;
  const last = _BLANK.search(text, at);
  return _ADDRESS.search(text, first, last ? last.start() : at) !== undefined;
}

function inside(token: string): number[] {
  const places = [..._SEAM.finditer(token)].map((match) => match.start());
  const edges = [0, ...places, token.length];
  return places.filter((at, number) => glued(token.slice(edges[number], at), token.slice(at, edges[number + 2])));
}

function glued(left: string, right: string): boolean {
  const low = right.toLowerCase();
  if (NAMES.has((left + right).toLowerCase()) || _PREFIXES.has(left)) return false;
  // "VAThe", not "SQLServer"
  if (isupper(left)) return (STARTERS.has(low) && low.length > 1) || ENDERS.has(left.toLowerCase());
  if (isupper(left[0]!)) return ENDERS.has(left.toLowerCase()) || (STARTERS.has(low) && left.length > 2);
  if (isupper(right) && right.length > 1) return left.length > 2 && !_SIGNS.has(right);
  return left.length > 2 || (STARTERS.has(low) && left.length > 1);
}
