/**
 * Names of people in a resume: whose it is, wherever the name comes again, and others named in it.
 *
 * What it cannot find is said in docs/fairness.md.
 */

import { codePoints, isalpha, isdigit, lstrip, split, stripOf, title as titled } from "../python";
import type { Line } from "../records";
import { constant, pattern, words } from "./data";
import { levelOf } from "./levels";
import * as places from "./places";
import { BOUNDARY, escape, Pattern, WORD } from "./re";
import { employerIn } from "./roles";

export type Span = readonly [start: number, end: number];

const _LONGEST_NAME = constant<number>("people", "_LONGEST_NAME");
const _LONGEST_HEAD = constant<number>("people", "_LONGEST_HEAD");
const _GIVEN = words("people", "_GIVEN");
const _AMBIGUOUS = words("people", "_AMBIGUOUS");
const _NO_NAME = words("people", "_NO_NAME");
const _SURNAMES = words("people", "_SURNAMES");
const _NAMELIKE = pattern("people", "_NAMELIKE");
const _INITIAL = pattern("people", "_INITIAL");
const _PARTED = pattern("people", "_PARTED");
const _PARTICLES = words("people", "_PARTICLES");
const _AFTER = pattern("people", "_AFTER");
const _CUT = pattern("people", "_CUT");
const _LABEL = pattern("people", "_LABEL");
const _REVERSED = pattern("people", "_REVERSED");
const _HANDLE_END = pattern("people", "_HANDLE_END");
const _WORD = pattern("people", "_WORD");
const _PARTS = pattern("people", "_PARTS");
const _CAPITAL_BEFORE = pattern("people", "_CAPITAL_BEFORE");
const _CAPITAL_BEHIND = pattern("people", "_CAPITAL_BEHIND");
export const HONORIFIC = pattern("people", "HONORIFIC");
const _KNOWN_PERSON = pattern("people", "_KNOWN_PERSON");
const _LETTERS = "\\p{L}";
const _SMALL = /^\p{Lowercase}/u;
const _EASTERN = /[\u3040-\u9fff\uac00-\ud7a3]/;

/** Spans of names; `header` are the lines in which the person's own is looked for. */
export function* find(
  text: string,
  header: readonly Line[],
  contacts: readonly Span[],
  addresses: readonly Span[],
): Generator<Span> {
  const written = contacts.map(([start, end]) => text.slice(start, end));
  const handles = written
    .filter((contact) => !isdigit(contact.slice(0, 1)))
    .map((contact) => _HANDLE_END.split(contact)[0]!.toLowerCase());
  const above = header.at(-1)?.end ?? 0;
  const person = personIn(text, header, handles, addresses);
  // Below an address or a number a name is expected; without them a title may look like one.
  if (
    person &&
    ([...contacts, ...addresses].some(([start]) => start < above) || !common(text, text.slice(...person)))
  ) {
    yield person;
    yield* again(text, text.slice(...person));
  }
  for (const pattern of [HONORIFIC, _KNOWN_PERSON])
    for (const match of pattern.finditer(text)) if (isName(match.text_("name"))) yield match.span("name");
}

/** Whether no word of it is a known given name, and one is used as a word elsewhere. */
function common(text: string, piece: string): boolean {
  const found = _WORD.findall(piece.toLowerCase());
  const words = found.filter(
    (word) => codePoints(word) > 2 && word !== word.toUpperCase() && !_PARTICLES.has(word),
  );
  if (words.some((word) => _GIVEN.has(word))) return false;
  return words.some((word) => usedAsWord(text, word));
}

/** Whether it stands in the text written in just this way, and in no link or handle. */
function usedAsWord(text: string, word: string): boolean {
  const beside = `(?:${WORD}|[.@/-])`;
  return new Pattern({ pattern: `(?<!${beside})${escape(word)}(?!${beside})`, flags: "u" }).search(text) !== undefined;
}

/** Whether it can be a name at all: not "Ms Office", not "reported to General Manager". */
export function isName(piece: string): boolean {
  const low = split(piece).map((word) => stripOf(word, ".").toLowerCase());
  const title = levelOf(piece) !== null && !_GIVEN.has(low[0]!) && low.length > 1;
  return !low.some((word) => _NO_NAME.has(word)) && !title;
}

/** The span of the name that the resume is headed with, or null. */
function personIn(
  text: string,
  header: readonly Line[],
  handles: readonly string[],
  placesFound: readonly Span[],
): Span | null {
  let best: readonly [score: number, start: number, end: number] | null = null;
  for (const [number, line] of header.entries()) {
    const parted = _PARTED.search(text, line.start, Math.min(line.end, line.start + _LONGEST_NAME));
    const long = line.end - line.start > _LONGEST_HEAD && !(parted && !number);
    const prose = long || ".:!?".includes(text[line.end - 1]!);
    if (prose && (number || !_INITIAL.search(text, line.start, line.end))) continue;
    for (const [place, [start, end]] of [...pieces(text, line)].entries()) {
      if (placesFound.some(([first, last]) => first <= start && end <= last)) continue;
      let score = likeness(text.slice(start, end), handles, !number) - 0.4 * number - 0.3 * Number(place > 1);
      const label = _LABEL.fullmatch(lstrip(text.slice(line.start, start)));
      score += label && start > line.start ? 3 : 0;
      if (score >= 2 && (!best || score > best[0])) best = [score, start, end];
    }
  }
  return best && [best[1], best[2]];
}

function* pieces(text: string, line: Line): Generator<Span> {
  const label = _LABEL.match(text, line.start, line.end);
  // "Candidate" alone, or the beginning of a longer word, is no label.
  let start = label && !isalpha(label.text_()) ? label.end() : line.start;
  const end = _AFTER.search(text, start, line.end)?.start() ?? line.end;
  yield [start, end]; // "Doe, Jane" is one piece
  for (const cut of [..._CUT.finditer(text, start, end)]) {
    yield [start, cut.start()];
    start = cut.end();
  }
  yield [start, end];
}

/** How much a piece of the header reads like a person's name; from 2 it is taken for one. */
function likeness(piece: string, handles: readonly string[], top: boolean): number {
  const plain = _REVERSED.fullmatch(piece) ? piece.replace(",", "") : piece;
  const words = split(plain).map((word) => stripOf(word, "()\"'“”.,"));
  const low = words.map((word) => word.toLowerCase());
  if (!_NAMELIKE.fullmatch(plain) || !low.some((word) => word) || codePoints(plain) > 50) return -9;
  const cased = words.every((word) => !_SMALL.test(word) || _PARTICLES.has(word.toLowerCase()));
  const listed = low.some((word) => [word, ...word.split("-")].some((part) => _GIVEN.has(part)));
  const handled = low.some((word) => codePoints(word) > 2 && handles.some((handle) => handle.includes(folded(word))));
  if (_EASTERN.test(plain)) return plain.length <= 6 ? 2.5 : -9;
  const title = levelOf(piece) !== null && !(listed || handled); // "Emily Baker" is none
  // "Brandon Lane" is one, above all in the top line.
  const [given, surname] = [low[0]!, low[1]!];
  const plainly =
    low.length === 2 && _SURNAMES.has(surname) && (_GIVEN.has(given) || (top && !_NO_NAME.has(given)));
  if (title || (!plainly && low.some((word) => _NO_NAME.has(word))) || places.only(piece)) return -9;
  const firm = employerIn(piece).score >= 2 && !plainly;
  let score = 1.5 * Number(cased) + 2 * Number(handled) + 1.5 * Number(listed) - 3 * Number(firm);
  score += 2 <= words.length && words.length <= 5 ? 0.9 : -1;
  return score;
}

function folded(word: string): string {
  return word.normalize("NFKD").replace(/[^a-z]/g, "");
}

/** Escaped for a pattern that ignores case; Python takes the Turkish letters for an i, JavaScript does not. */
function anyCase(word: string): string {
  return escape(word).replace(/[iI\u0130\u0131]/g, "[i\u0130\u0131]");
}

/** The name wherever else it stands, whole or in part. */
function* again(text: string, name: string): Generator<Span> {
  const parts = _PARTS.findall(name).filter((part) => codePoints(stripOf(part, ".")) > 1);
  const whole = split(name).map(anyCase).join("[ \\xa0]+");
  const forms = [whole];
  if (parts.length > 1) {
    const [first, last] = [anyCase(parts[0]!), anyCase(parts.at(-1)!)];
    forms.push(`${last},[ ]+${first}`, `${first}[ ]+(?:${_LETTERS}\\.?[ ]+)?${last}`);
  }
  for (const form of forms)
    for (const match of new Pattern({ pattern: `${BOUNDARY}(?:${form})(?!${WORD})`, flags: "ui" }).finditer(text))
      yield match.span();
  for (const part of parts) {
    const low = part.toLowerCase();
    if (_AMBIGUOUS.has(low) || codePoints(part) < 3 || _PARTICLES.has(low)) continue;
    if (part !== low && usedAsWord(text, low)) continue; // the text uses it as a common word
    const either = `${BOUNDARY}(?:${escape(part)}|${escape(titled(part))})${BOUNDARY}`;
    for (const match of new Pattern({ pattern: either, flags: "u" }).finditer(text)) {
      // "Ford Motor", "J.P. Morgan": beside another capital it is a firm's, not the person's.
      const before = _CAPITAL_BEFORE.search(text.slice(Math.max(0, match.start() - 20), match.start()));
      const behind = _CAPITAL_BEHIND.match(text, match.end());
      if (!behind && (!before || parts.includes(before.text_(1)))) yield match.span();
    }
  }
}
