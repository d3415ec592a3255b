/**
 * Text -> the taxonomy's phrases in it: leftmost, longest, linear time.
 *
 * A walk over words instead of characters: the first two words of a place say which lengths a phrase
 * there can have, and each is one look-up.
 */

import { isalnum, islower, isupper, partition, rpartition, rstripOf, split, stripOf } from "../python";
import { constant, pattern } from "./data";
import type { Match } from "./re";
import { ANY, COMPANY, EXACT, EXACT_COMPANY, LENGTHS, NEVER, type Taxonomy } from "./taxonomy";
import { lowered, stem, TOKEN } from "./words";

const _BESIDE = constant<number>("match", "_BESIDE");
const _TIE = pattern("match", "_TIE");
const _SHOUTED = pattern("match", "_SHOUTED");
const _GLUE = constant<string>("match", "_GLUE");
const _SHORT = constant<number>("match", "_SHORT");
const _WINDOW = constant<number>("match", "_WINDOW");

/** `phrase` stands at `text.slice(start, end)`. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly phrase: number;
}

/** Whether names at this offset need no company. */
export type Trusted = (offset: number) => boolean;
type Found = readonly [first: number, length: number, phrase: number];

/**
 * Every phrase of the taxonomy in the cleaned `text`, in order, without overlaps. `trusted(offset)`
 * says where names stand that need no company: in a list of skills.
 */
export function find(text: string, taxonomy: Taxonomy, trusted: Trusted | null = null): Hit[] {
  // The whole text at once: Python's pieces of a thousand characters serve its processor's cache only.
  const matches = [...TOKEN.finditer(lowered(text))];
  const found = phrasesIn(matches.map((match) => match.text_()), taxonomy);
  return inCompany(text, [...chosen(text, matches, found, taxonomy)], taxonomy, trusted);
}

/** Every phrase in any case, overlaps included, the longest first at each word. */
function phrasesIn(plain: readonly string[], taxonomy: Taxonomy): Found[] {
  const { phrases, starts } = taxonomy;
  const stems = [...plain.map(stem), ""];
  const found: Found[] = [];
  for (let i = 0; i < plain.length; i++) {
    const lengths = starts.get(`${stems[i]} ${stems[i + 1]}`);
    if (lengths !== undefined)
      for (const length of LENGTHS[lengths]!) {
        const number = phrases.get(stems.slice(i, i + length).join(" "));
        if (number !== undefined && i + length <= plain.length) found.push([i, length, number]);
      }
    const single = phrases.get(plain[i]!);
    if (single !== undefined) found.push([i, 1, single]);
  }
  return found;
}

/** Leftmost and longest of those that are written as they must be. */
function* chosen(text: string, matches: readonly Match[], found: readonly Found[], taxonomy: Taxonomy): Generator<Hit> {
  let free = 0;
  for (const [first, length, phrase] of found) {
    if (first < free) continue;
    const start = matches[first]!.start();
    const end = matches[first + length - 1]!.end();
    if (taxonomy.rules[phrase] !== ANY && !written(text, start, end, phrase, taxonomy)) continue;
    if (end - start <= _SHORT && glued(text, start, end)) continue;
    yield { start, end, phrase };
    free = first + length;
  }
}

/** Whether an exact phrase stands there as it must be written. */
function written(text: string, start: number, end: number, number: number, taxonomy: Taxonomy): boolean {
  const rule = taxonomy.rules[number];
  if (rule !== EXACT && rule !== EXACT_COMPANY) return true;
  return taxonomy.surfaces.get(number)!.includes(text.slice(start, end));
}

function glued(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 1), start);
  const after = text.slice(end, end + 1);
  if ((before && _GLUE.includes(before)) || (after && `${_GLUE}'`.includes(after))) return true;
  if (before && ".-".includes(before) && isalnum(text.slice(Math.max(0, start - 2), start - 1))) return true;
  return after !== "" && ".-".includes(after) && isalnum(text.slice(end + 1, end + 2));
}

/** Drop what may be an ordinary word, unless it is enumerated with what is none. */
function inCompany(text: string, hits: readonly Hit[], taxonomy: Taxonomy, trusted: Trusted | null): Hit[] {
  const sure = hits.map((hit) => !doubtful(text, hit, taxonomy));
  const never = hits.map((hit) => taxonomy.rules[hit.phrase] === NEVER);
  const forwards = [...hits.keys()];
  for (const order of [forwards, [...forwards].reverse()]) {
    // Forwards, then backwards: in "Swift, Go and Python" Python vouches for Go, Go for Swift.
    let last = -1;
    for (const i of order) {
      if (!sure[i] && last >= 0) sure[i] = enumerated(text, hits[last]!, hits[i]!);
      if (sure[i] && !never[i]) last = i;
    }
  }
  return hits.filter((hit, i) => !never[i] && (sure[i] || (trusted !== null && trusted(hit.start))));
}

/** Names of company; exact ones where case says nothing: first in a sentence, or in capitals. */
function doubtful(text: string, hit: Hit, taxonomy: Taxonomy): boolean {
  const rule = taxonomy.rules[hit.phrase];
  if (rule === COMPANY || rule === EXACT_COMPANY) return true;
  if (rule !== EXACT) return false;
  const name = text.slice(hit.start, hit.end);
  const before = rpartition(text.slice(Math.max(0, hit.start - _WINDOW), hit.start), "\n")[2];
  const after = partition(text.slice(hit.end, hit.end + _WINDOW), "\n")[0];
  const line = `${before}${name}${after}`;
  if (stripOf(line, "• \t.,;") === name) return false; // a line of its own is a list's item
  if (isupper(name)) {
    const rest = line.replace(name, "");
    return isupper(rest) && _SHOUTED.search(rest) !== undefined;
  }
  if (!islower(name.slice(1)) || !isupper(name[0]!)) return false;
  const bare = rstripOf(before, " ");
  return !bare || '.!?:\n•-"'.includes(bare.at(-1)!);
}

function enumerated(text: string, one: Hit, other: Hit): boolean {
  const [first, second] = one.start <= other.start ? [one, other] : [other, one];
  const between = text.slice(first.end, second.start);
  if (between.length > _BESIDE || between.includes("\n") || between.includes(". ")) return false;
  return _TIE.search(between) !== undefined && split(between).length <= 3;
}
