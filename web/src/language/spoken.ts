/** The human languages a text says somebody speaks, and how well. */

import { find, partition, rfind, title } from "../python";
import type { Fact } from "../records";
import { constant, pattern, words } from "./data";
import type { Match } from "./re";
import * as sections from "./sections";

const _SAME = new Map(Object.entries(constant<Record<string, string>>("spoken", "_SAME")));
const _ONE = pattern("spoken", "_ONE");
const _ANY_CASE = pattern("spoken", "_ANY_CASE");
const _LEVEL = pattern("spoken", "_LEVEL");
const _SPEAKS = pattern("spoken", "_SPEAKS");
const _SPOKEN = pattern("spoken", "_SPOKEN");
const _NOT = pattern("spoken", "_NOT");
const _ALONE = pattern("spoken", "_ALONE");
const _LETTERS = pattern("spoken", "_LETTERS");
const _WORDS = words("spoken", "_WORDS");
const _BEHIND = pattern("spoken", "_BEHIND");
const _BESIDE = constant<number>("spoken", "_BESIDE");
const _REACH = constant<number>("spoken", "_REACH");
const _LONGEST = constant<number>("spoken", "_LONGEST");

type Place = readonly [start: number, end: number];

/**
 * Each language once, in text order: value "Spanish", detail how well ("fluent") or "".
 *
 * Counted are names in a section of languages, on a line of nothing else, and beside a word such
 * as "fluent", "bilingual" or "native". An Italian restaurant and programming languages are not.
 */
export function findLanguages(text: string): Fact[] {
  const lines = linesOfInterest(text);
  if (!lines.length) return [];
  const where = sections.find(text);
  const regions: Place[] = [];
  for (const [start, end] of lines) {
    for (const pattern of [_SPEAKS, _SPOKEN])
      for (const match of pattern.finditer(text, start, end))
        if (!_NOT.search(text, Math.max(0, match.start() - 20), match.start())) regions.push(match.span());
    const section = where.at(start);
    const listed = section === "languages" && end - start < _LONGEST;
    const studied = section === "education" || section === "experience"; // there it is what a degree is in
    if (listed || (!studied && alone(text.slice(start, end)))) regions.push([start, end]);
  }
  const found = new Map<string, Fact>();
  for (const [start, end] of regions.sort((a, b) => a[0] - b[0] || a[1] - b[1]))
    for (const name of _ANY_CASE.finditer(text, start, end)) {
      const fact = factOf(text, name);
      const known = found.get(fact.value);
      if (!known || (fact.detail && !known.detail)) found.set(fact.value, fact);
    }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** The lines that name a language at all; most resumes have none, and most lines. */
function linesOfInterest(text: string): Place[] {
  const spans: Place[] = [];
  for (const word of _LETTERS.finditer(text)) {
    const [first, last] = word.span();
    if (!_WORDS.has(word.text_().toLowerCase()) || (spans.length && first < spans.at(-1)![1])) continue;
    const near = Math.max(0, first - _REACH);
    const start = Math.max(near, rfind(text, "\n", near, first) + 1);
    let end = find(text, "\n", last, last + _REACH);
    if (end < 0) end = Math.min(text.length, last + _REACH);
    // The list goes on below.
    if (text[end - 1] === ",") {
      const following = find(text, "\n", end + 1, end + _REACH);
      if (following >= 0) end = following;
    }
    spans.push([start, end]);
  }
  return spans;
}

function alone(line: string): boolean {
  return line.length < 90 && _ALONE.match(line) !== undefined && _ONE.search(line) !== undefined;
}

function factOf(text: string, name: Match): Fact {
  const value = title(name.text_(1));
  const [start, end] = name.span(1);
  return { value: _SAME.get(value) ?? value, start, end, detail: howWell(text, name) };
}

/** The nearest word on the line that says how well: "native Russian", "Spanish (basic)". */
function howWell(text: string, name: Match): string {
  const near = Math.max(0, name.start() - _BESIDE);
  const lineStart = Math.max(near, rfind(text, "\n", near, name.start()) + 1);
  const behind = _BEHIND.match(partition(text.slice(name.end(), name.end() + _BESIDE), "\n")[0]);
  if (behind) return behind.text_(1).toLowerCase();
  const before = [..._LEVEL.finditer(text, lineStart, name.start())];
  return before.at(-1)?.text_().toLowerCase() ?? "";
}
