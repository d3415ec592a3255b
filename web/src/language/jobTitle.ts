/** The title of a job advert. */

import { isBlank, isalnum, istitle, rstrip, split } from "../python";
import type { Document, Fact, Line } from "../records";
import { constant, pattern } from "./data";
import * as jobHeadings from "./jobHeadings";
import { levelOf } from "./levels";

const _HEAD = constant<number>("job_title", "_HEAD");
const _LONGEST = constant<number>("job_title", "_LONGEST");
const _NAMED = pattern("job_title", "_NAMED");
const _SOUGHT = pattern("job_title", "_SOUGHT");
const _TAIL = pattern("job_title", "_TAIL");
const _FRONT = pattern("job_title", "_FRONT");
const _LETTERS = pattern("job_title", "_LETTERS");
const _HEADING = pattern("job_title", "_HEADING");

/** What the job is called: its first line, "Job title: X", or "we are looking for a X". */
export function find(document: Document, units: readonly Line[]): Fact | null {
  const { text } = document;
  const first = document.lines[0];
  if (first) {
    const named = _NAMED.match(text, first.start, first.end);
    if (named) return factOf(text, ...named.span("title"));
    const said = text.slice(first.start, first.end);
    if (isTitle(said)) {
      // "Meridian Logistics" stands above "Senior Warehouse Manager" in many adverts.
      const head = document.lines.slice(1, _HEAD);
      const below = repeated(document) ?? (levelOf(said) ? null : namedBelow(text, head));
      return below ?? factOf(text, first.start, first.end);
    }
  }
  const named = _NAMED.search(text);
  if (named) return factOf(text, ...named.span("title"));
  const [unit] = units;
  if (unit && units.length > 1 && isTitle(text.slice(unit.start, unit.end))) return factOf(text, unit.start, unit.end);
  const sought = _SOUGHT.search(text);
  return sought ? factOf(text, ...sought.span("title")) : null;
}

/**
 * The line of the head that stands once more below, if the first does not: boards say a title above their buttons
 * and again above the text, and a firm's name once.
 */
function repeated({ text, lines }: Document): Fact | null {
  const below = new Set(lines.slice(_HEAD).map(({ start, end }) => text.slice(start, end)));
  for (const { start, end } of lines.slice(0, _HEAD)) {
    const said = text.slice(start, end);
    if (below.has(said) && levelOf(said) && !said.includes(":") && isTitle(said)) return factOf(text, start, end);
  }
  return null;
}

/** What the first of `lines` that is a title, or says that it is, names as an occupation. */
function namedBelow(text: string, lines: readonly Line[]): Fact | null {
  for (const line of lines) {
    const named = _NAMED.match(text, line.start, line.end);
    const [start, end] = named ? named.span("title") : [line.start, line.end];
    const said = text.slice(start, end);
    if (levelOf(said) && (named || (!said.includes(":") && isTitle(said)))) return factOf(text, start, end);
  }
  return null;
}

function isTitle(line: string): boolean {
  const words = split(line);
  return (
    0 < words.length &&
    words.length <= _LONGEST &&
    !/[.:?;,]$/.test(rstrip(line)) &&
    (jobHeadings.kindOf(line) === null || (words.length < 4 && istitle(line) && !isHeading(line))) &&
    _LETTERS.search(line) !== undefined
  );
}

function isHeading(line: string): boolean {
  return _HEADING.search(line) !== undefined;
}

/** Without the place, the pay and the praise that titles carry. */
function factOf(text: string, start: number, end: number): Fact | null {
  const front = _FRONT.match(text.slice(start, end));
  if (front && front.end() < end - start) start += front.end();
  for (let tail = _TAIL.search(text, start, end); tail && tail.start() > start; tail = _TAIL.search(text, start, end))
    end = tail.start();
  while (start < end) {
    const letter = String.fromCodePoint(text.codePointAt(start)!);
    if (isalnum(letter)) break;
    start += letter.length;
  }
  while (end > start && (isBlank(text[end - 1]!) || "-–—,|:;/*.".includes(text[end - 1]!))) end--;
  return start < end ? { value: split(text.slice(start, end)).join(" "), start, end, detail: "" } : null;
}
