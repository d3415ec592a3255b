/**
 * Document -> units: the smallest things that it says, each a span of the text.
 *
 * A unit is a heading, a bullet with its wrapped lines, a sentence, or a line of a list; about 3 to 40
 * words. Lines are joined first, and what they make is cut after.
 */

import { bisectRight, isBlank, islower } from "../python";
import type { Document, Line } from "../records";
import { constant, pattern } from "./data";
import * as glue from "./glue";
import * as jobHeadings from "./jobHeadings";
import { calm } from "./runs";
import { BRIM, columns, ENDED, FULL, MARKED, NARROW, needed, OPEN, WIDE } from "./wrapped";

type Span = readonly [start: number, end: number];

const _LIST = constant<number>("units", "_LIST");
const _WORDS = constant<number>("units", "_WORDS");
const _APART = constant<number>("units", "_APART");
const _TOLD = pattern("units", "_TOLD");
const _INNER_BULLET = pattern("units", "_INNER_BULLET");
const _DOTS = pattern("units", "_DOTS");
const _DASHES = pattern("units", "_DASHES");
const _GLUED_DASHES = pattern("units", "_GLUED_DASHES");
const _BARS = pattern("units", "_BARS");
const _SENTENCE = pattern("units", "_SENTENCE");
const _SHORTENED = pattern("units", "_SHORTENED");
const _GLUED = pattern("units", "_GLUED");
const _OPENS = pattern("units", "_OPENS");
const _LAST_WORD = pattern("units", "_LAST_WORD");
const _NO_END = pattern("units", "_NO_END");
const _SEMICOLON = pattern("units", "_SEMICOLON");
const _COMMA = pattern("units", "_COMMA");
const _BLANK = pattern("units", "_BLANK");
const _SAID = pattern("units", "_SAID");

/**
 * In text order, without overlap; together they hold every visible character once. A unit may span
 * line breaks; `page` is that of its first character.
 */
export function units(document: Document): Line[] {
  document = { ...document, text: calm(document.text) };
  const starts = document.lines.map((line) => line.start);
  const found: Line[] = [];
  for (const [start, end] of blocks(document))
    for (const [first, last] of spans(document.text, start, end)) {
      const line = document.lines[Math.max(0, bisectRight(starts, first) - 1)]!;
      found.push({ start: first, end: last, page: line.page });
    }
  return found;
}

/** Lines with their wrapped continuations. */
function blocks(document: Document): Span[] {
  const { lines, text } = document;
  if (!lines.length) return [];
  const widths = columns(lines);
  const joined: Span[] = [[lines[0]!.start, lines[0]!.end]];
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    const [start] = joined.at(-1)!;
    if (continues(text, start, lines[i - 1]!, line, widths[i - 1]!))
      joined[joined.length - 1] = [start, line.end];
    else joined.push([line.start, line.end]);
  }
  return joined;
}

/** Whether `line` goes on with what began at `start` and reaches to the end of `before`. */
function continues(text: string, start: number, before: Line, line: Line, column: number): boolean {
  const gap = text.slice(before.end, line.start);
  if (gap.split("\n").length > 2 || MARKED.match(text, line.start, line.end)) return false;
  const head = text.slice(before.start, before.end);
  const tail = text.slice(line.start, line.end);
  if (head.length > WIDE) return false;
  const wanted = needed(head, tail);
  const full = 0 < column && FULL * column < wanted;
  const lower = islower(tail[0]!) || "($&".includes(tail[0]!);
  // A list item or a paragraph goes on while its lines are full, whatever letter comes next.
  const running =
    0 < column &&
    BRIM * column < wanted &&
    (start < before.start || MARKED.match(text, start, before.end) !== undefined) &&
    _TOLD.search(tail) !== undefined;
  if (ENDED.search(head)) return ":;".includes(head.at(-1)!) && (running || (full && lower));
  const opens = OPEN.search(head) !== undefined;
  if (lower) return full || opens || head.length >= 2 * NARROW;
  return running || (opens && (full || head.length >= 2 * NARROW));
}

function spans(text: string, start: number, end: number): Span[] {
  const cuts = new Set(ends(_INNER_BULLET, text, start, end));
  const add = (places: Iterable<number>): void => {
    for (const place of places) cuts.add(place);
  };
  add(glue.seams(text, start, end));
  add(sentences(text, start, end));
  if (end - start > _LIST || cuts.size) add(jobHeadings.inline(text, start, end));
  if (end - start > _LIST) {
    for (const marks of [_DOTS, _GLUED_DASHES, _BARS]) {
      const found = ends(marks, text, start, end);
      if (found.length > 1) add(found);
    }
    add(dashes(text, start, end));
  }
  return pieces(text, start, end, cuts).flatMap((piece) => short(text, ...piece));
}

function ends(marks: typeof _BLANK, text: string, start: number, end: number): number[] {
  return Array.from(marks.finditer(text, start, end), (match) => match.end());
}

/** Where dashes begin the items of a list, not the halves of "Manager - Telecommunications". */
function dashes(text: string, start: number, end: number): number[] {
  const found = [..._DASHES.finditer(text, start, end)];
  if (found.length < 3) return [];
  const names = new Set(found.map((match) => match.text_(1))).size < 0.6 * found.length;
  if (names || found.at(-1)!.end() - found[0]!.end() < _APART * found.length) return [];
  return found.map((match) => match.end());
}

function* sentences(text: string, start: number, end: number): Generator<number> {
  for (const match of _SENTENCE.finditer(text, start, end)) {
    const before = text.slice(Math.max(start, match.start() - 12), match.start());
    const after = text.slice(match.end(), match.end() + 3);
    const stop = text[match.start()] === ".";
    if (match.group(1)) {
      if (!stop || !_SHORTENED.search(before)) yield match.end();
    } else if (_GLUED.search(before) && ((/^\d/.test(after) && stop) || _OPENS.match(after))) {
      const word = _LAST_WORD.search(before);
      if (!word || !_NO_END.search(word.text_())) yield match.end();
    }
  }
}

/** The trimmed spans between the cuts; what says nothing (a bullet alone) joins its follower. */
function pieces(text: string, start: number, end: number, cuts: Iterable<number>): Span[] {
  const found: Span[] = [];
  let first = start;
  let silent = start; // between the two nothing is said, so nobody looks there again
  const inner = [...cuts].filter((cut) => start < cut && cut < end).sort((a, b) => a - b);
  for (const cut of [...inner, end]) {
    let span = trim(text, first, cut);
    if (!span) continue;
    if (!_SAID.search(text, Math.max(silent, span[0]), span[1])) {
      if (cut < end) {
        [first, silent] = span;
        continue;
      }
      const last = found.pop();
      if (last) span = [last[0], span[1]];
    }
    found.push(span);
    first = silent = cut;
  }
  return found;
}

function trim(text: string, start: number, end: number): Span | null {
  while (start < end && isBlank(text[start]!)) start++;
  while (end > start && isBlank(text[end - 1]!)) end--;
  return start < end ? [start, end] : null;
}

/** Cut what is too long at its semicolons, then commas, as evenly as they allow. */
function short(text: string, start: number, end: number): Span[] {
  const words = ends(_BLANK, text, start, end).length + 1;
  if (words <= _WORDS && end - start <= _LIST) return [[start, end]];
  for (const marks of [_SEMICOLON, _COMMA, _BLANK]) {
    const places = ends(marks, text, start, end).filter((place) => Math.min(place - start, end - place) > 20);
    if (!places.length) continue;
    const off = (place: number): number => Math.abs(2 * place - start - end);
    const middle = places.reduce((best, place) => (off(place) < off(best) ? place : best));
    if (marks !== _BLANK && Math.min(middle - start, end - middle) * 5 < end - start) continue;
    if (marks === _BLANK && end - start <= 2 * _LIST && words <= 2 * _WORDS) break;
    return [...short(text, ...or(text, start, middle)), ...short(text, ...or(text, middle, end))];
  }
  return [[start, end]];
}

function or(text: string, start: number, end: number): Span {
  return trim(text, start, end) ?? [start, end];
}
