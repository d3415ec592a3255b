/**
 * A piece of a resume's heading -> which of its words are a title, which an employer, and how sure.
 *
 * Scores are small numbers to be added: above 2 something was recognised, around 1 it is only written
 * as such things are, below 0 it is something else.
 */

import {
  isalnum, islower, isupper, lstripOf, partition, remembered, rstrip, rstripOf, split, stripOf,
} from "../python";
import { constant, pattern, words } from "./data";
import { levelOf } from "./levels";
import * as places from "./places";

const _NO = constant<number>("roles", "_NO");

/** Offsets count from the start of the piece. */
export class Found {
  constructor(
    readonly score: number,
    readonly start = 0,
    readonly end = 0,
  ) {}
}

export const NOTHING = new Found(_NO);

export const PLACEHOLDER = pattern("roles", "PLACEHOLDER");
const ORGANISATIONS = words("roles", "ORGANISATIONS");
const _ORGANISATION = pattern("roles", "_ORGANISATION");
const _NAME = pattern("roles", "_NAME");
const _FIRM = pattern("roles", "_FIRM");
const _SUFFIX = pattern("roles", "_SUFFIX");
const _CUTS = pattern("roles", "_CUTS");
export const SHORTENED = pattern("roles", "SHORTENED");
const _EDGE = constant<string>("roles", "_EDGE");
const _OPENING = pattern("roles", "_OPENING");
const _PROSE = pattern("roles", "_PROSE");
const _VERB = pattern("roles", "_VERB");
const _NOUNS = words("roles", "_NOUNS");
const _FIELD = pattern("roles", "_FIELD");
const _BULLET = pattern("roles", "_BULLET");
const _SEVERAL = pattern("roles", "_SEVERAL");
const _YEAR = pattern("roles", "_YEAR");
const _SENTENCES = pattern("roles", "_SENTENCES");
const _LABELLED = pattern("roles", "_LABELLED");
const _BEHIND = pattern("roles", "_BEHIND");
const _BEFORE_CAPITAL = pattern("roles", "_BEFORE_CAPITAL");
const _MAY_BE_VERB = pattern("roles", "_MAY_BE_VERB");
const _COUNTRY = pattern("roles", "_COUNTRY");
const _LONGEST_TITLE = constant<number>("roles", "_LONGEST_TITLE");
const _LONGEST_EMPLOYER = constant<number>("roles", "_LONGEST_EMPLOYER");
const _LETTER = /\p{L}/u;
const _CAPITAL = /\p{Uppercase}/u;

type Split = readonly [titleStart: number, titleEnd: number, start: number, end: number];

/** The span without blanks and signs at its edges; a closing bracket stays with its partner. */
export function trimmed(text: string, start: number, end: number): [number, number] {
  start = _OPENING.match(text, start, end)?.end() ?? start;
  while (start < end && _EDGE.includes(text[start]!)) start++;
  while (end > start && _EDGE.includes(text[end - 1]!)) end--;
  const piece = text.slice(start, end);
  if (text[end] === ")" && piece.split("(").length > piece.split(")").length) end++;
  return [start, end];
}

/** Whether a line tells what was done, rather than name a title, an employer or a place. */
export const isProse = remembered(4096, (text): boolean => {
  const words = split(text);
  if (!words.length || _BULLET.match(text) || words.length > 14 || text.length > 130) return true;
  if (/[.:]$/.test(rstrip(text)) && !SHORTENED.search(rstripOf(text, " :"))) return true;
  if (_SENTENCES.search(text)) return true;
  const first = stripOf(words[0]!, _EDGE);
  const verb = _VERB.match(lstripOf(text, _EDGE));
  if (verb && !(_NOUNS.has(verb.text_().toLowerCase()) && levelOf(text))) return true;
  if (_FIELD.match(lstripOf(text, _EDGE)) || (first.endsWith("ed") && levelOf(text) === null)) return true;
  if (islower(first.slice(0, 1)) && !(words.length <= 6 && levelOf(text))) return true;
  return words.length > 4 && _PROSE.search(text) !== undefined;
});

/** The title, if the whole piece is one; a place or brackets behind it may remain. */
export const titleIn = remembered(8192, (text): Found => {
  let [start, end] = trimmed(text, 0, text.length);
  const place = places.find(text, start, end);
  if (place && place.start() > start) [start, end] = trimmed(text, start, place.start());
  let piece = text.slice(start, end);
  const words = split(piece);
  if (!words.length || words.length > _LONGEST_TITLE + 3) return NOTHING;
  if (PLACEHOLDER.search(piece) || places.only(piece)) return NOTHING;
  if (isProse(piece) || _YEAR.search(piece) || !_LETTER.test(piece)) return NOTHING;
  const bracket = piece.indexOf(" (");
  if (bracket > 3 && piece.length - bracket > 30) {
    end = start + bracket;
    piece = text.slice(start, end);
  }
  // A bar parts a title from something else, unless both sides are titles.
  const bar = piece.indexOf(" | ");
  const beside = bar > 0 && levelOf(piece.slice(bar)) === null;
  if (beside) {
    end = start + bar;
    piece = text.slice(start, end);
  }
  if (levelOf(piece) !== null && islower(piece[0]!)) return new Found(1.5, start, end);
  if (levelOf(piece) !== null && words.length <= _LONGEST_TITLE)
    return new Found(3.0 - employerInside(piece) - Number(beside), start, end);
  if (isOrganisation(piece) || words.length > 6) return new Found(-1.0, start, end);
  const capital = isupper(words[0]!.slice(0, 1));
  return new Found(capital ? 0.8 : -1.0, start, end);
});

/** How much speaks for an employer's name within what reads like a title. */
function employerInside(title: string): number {
  if (_FIRM.search(title)) return 2.5;
  return _SEVERAL.search(title) && isOrganisation(title) ? 0.6 : 0.0;
}

/** The employer, if the piece is one; the place behind it is left out. */
export const employerIn = remembered(8192, (text): Found => {
  const holder = PLACEHOLDER.search(text);
  if (holder) {
    const before = stripOf(text.slice(0, holder.start()), _EDGE);
    return new Found(before ? 2.5 : 4.0, holder.start(), holder.end());
  }
  let [start, end] = trimmed(text, 0, text.length);
  const place = places.find(text, start, end);
  const placed = place ? 1.0 : 0.0;
  if (place) {
    if (place.start() <= start + 1) return NOTHING;
    [start, end] = trimmed(text, start, place.start());
  }
  let piece = text.slice(start, end);
  const words = split(piece);
  if (_COUNTRY.fullmatch(piece) || _LABELLED.search(piece)) return NOTHING;
  if (!words.length || words.length > _LONGEST_EMPLOYER || isProse(piece)) return NOTHING;
  if (!isalnum(words[0]!.slice(0, 1))) return NOTHING;
  if (!_CAPITAL.test(piece)) return NOTHING;
  const cut = _BEHIND.search(piece);
  if (cut && cut.start() > 2 && !_SUFFIX.match(piece, cut.start())) {
    end = start + cut.start();
    piece = text.slice(start, end);
  }
  if (isOrganisation(piece)) {
    const lexical = levelOf(piece) !== null && !_FIRM.search(piece);
    return new Found((lexical ? 0.0 : 2.5) + placed, start, end);
  }
  if (levelOf(piece) !== null) return new Found(-1.5 + placed, start, end);
  return new Found(1.0 + placed, start, end);
});

/** Title and employer of a piece that holds both, and the sum of their scores. */
export const bothIn = remembered(4096, (text): readonly [score: number, title: Found, employer: Found] => {
  let best: readonly [number, Found, Found] = [2 * _NO, NOTHING, NOTHING];
  const holder = PLACEHOLDER.search(text);
  const splits: Split[] = [];
  if (!holder && isProse(stripOf(text, _EDGE)) && !places.find(text)) return best;
  if (holder) {
    const [start, end] = holder.span();
    splits.push([0, start, start, text.length]);
    splits.push([places.at(text, end)?.end() ?? end, text.length, start, end]);
  } else {
    for (const cut of [..._CUTS.finditer(text)].slice(0, 6)) {
      splits.push([0, cut.start(), cut.end(), text.length]);
      splits.push([cut.end(), text.length, 0, cut.start()]);
    }
    const place = places.find(text);
    if (place) splits.push([place.end(), text.length, 0, place.end()]);
    splits.push(...unmarked(text));
  }
  for (const [titleStart, titleEnd, start, end] of splits) {
    let title = titleIn(text.slice(titleStart, titleEnd));
    if (title.score < 0 && holder) title = besidePlaceholder(text.slice(titleStart, titleEnd), titleStart > 0);
    const employer = employerIn(text.slice(start, end));
    if (title.score > 0 && employer.score > 0) {
      const total = title.score + employer.score - 0.3;
      if (total > best[0]) best = [total, moved(title, titleStart), moved(employer, start)];
    }
  }
  return best;
});

/**
 * What stands beside an employer is a title, whatever it is called; or prose follows it.
 *
 * Extraction runs them together: "Cashier Received payments and ...".
 */
function besidePlaceholder(text: string, after: boolean): Found {
  const [start, last] = trimmed(text, 0, text.length);
  const piece = text.slice(start, last);
  if (piece && !places.only(piece) && !isProse(piece))
    return split(text).length <= 6 ? new Found(0.6, start, last) : NOTHING;
  if (!after) return NOTHING;
  for (const blank of [..._BEFORE_CAPITAL.finditer(text.slice(start))].slice(0, 6)) {
    const end = start + blank.start();
    const rest = text.slice(end + 1);
    if (levelOf(text.slice(start, end)) && _MAY_BE_VERB.match(rest)) {
      const following = partition(rest, " ")[0];
      if (following.endsWith("ed") || _VERB.match(following)) return new Found(2.5, start, end);
    }
  }
  return NOTHING;
}

/** Nothing but a blank between them: "Web Developer Northwind Ltd., Dayton". */
function unmarked(text: string): Split[] {
  const splits: Split[] = [];
  for (const blank of [..._BEFORE_CAPITAL.finditer(text)].slice(0, 6)) {
    const [head, tail] = [text.slice(0, blank.start()), text.slice(blank.end())];
    if (levelOf(head) === null || levelOf(partition(tail, ",")[0]) !== null) continue;
    if (isOrganisation(tail) || places.find(tail)) splits.push([0, blank.start(), blank.end(), text.length]);
  }
  return splits;
}

/** Whether some word of it is one that firms, schools and offices carry in their names. */
function isOrganisation(text: string): boolean {
  const names = _NAME.findall(text.toLowerCase());
  return names.some((name) => ORGANISATIONS.has(name)) || _ORGANISATION.search(text) !== undefined;
}

function moved(found: Found, by: number): Found {
  return new Found(found.score, found.start + by, found.end + by);
}
