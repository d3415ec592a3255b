/** The headings of an advert: what the lines below one are, and where one stands in mid text. */

import { isupper, rstrip, strip } from "../python";
import { constant, pattern, words as wordsOf } from "./data";

export const REQUIRED = "required";
export const PREFERRED = "preferred";
export const DUTY = "duty";
export const MIXED = "mixed";
export const OTHER = "other";

/** Below the first three stand requirements of that kind, below MIXED anything, below OTHER none. */
export type Heading = typeof REQUIRED | typeof PREFERRED | typeof DUTY | typeof MIXED | typeof OTHER;

const _LONGEST = constant<number>("job_headings", "_LONGEST");
const _WORDS = wordsOf("job_headings", "_WORDS");
const _OTHER = pattern("job_headings", "_OTHER");
const _PREFERRED = pattern("job_headings", "_PREFERRED");
const _NEEDS = pattern("job_headings", "_NEEDS");
const _DUTY = pattern("job_headings", "_DUTY");
const _MIXED = pattern("job_headings", "_MIXED");
const _REQUIRED = pattern("job_headings", "_REQUIRED");
const _SURE = pattern("job_headings", "_SURE");
const _TRIM = pattern("job_headings", "_TRIM");
const _BULLETED = pattern("job_headings", "_BULLETED");
const _ENDS = pattern("job_headings", "_ENDS");
const _WORD = pattern("job_headings", "_WORD");
const _SENTENCES = pattern("job_headings", "_SENTENCES");
const _LEARNT = pattern("job_headings", "_LEARNT");
const _ASKING = pattern("job_headings", "_ASKING");
const _LAST = wordsOf("job_headings", "_LAST");
const _RUN = pattern("job_headings", "_RUN");
const _COLON = pattern("job_headings", "_COLON");
const _BARE = pattern("job_headings", "_BARE");
const _STOP = pattern("job_headings", "_STOP");
const _REACH = constant<number>("job_headings", "_REACH");

/**
 * What stands below `text` if it is a heading, else null. With a colon or a question mark a heading
 * names what follows; without, it says nothing else.
 */
export function kindOf(text: string): Heading | null {
  const bare = _ENDS.sub("", text).replaceAll("’", "'");
  const plain = _TRIM.sub("", bare);
  const words = _WORD.findall(plain);
  if (!words.length || words.length > _LONGEST || _SENTENCES.search(plain)) return null;
  const known = words.every((word) => _WORDS.has(word.toLowerCase()));
  if (bare.endsWith("?") && !_ASKING.match(plain)) return null;
  if (bare.endsWith(":") || bare.endsWith("?"))
    return known || _NEEDS.search(plain) || _DUTY.search(plain) || _SURE.search(plain) ? classOf(plain) : null;
  if (
    _LAST.has(words.at(-1)!.toLowerCase()) &&
    words.every((word) => isupper(first(word)) || _WORDS.has(word.toLowerCase()))
  )
    return classOf(plain);
  if (words.length > Math.floor(_LONGEST / 2) || _BULLETED.match(text) || !isupper(first(plain))) return null;
  return known && !/[.;,]$/.test(bare) ? classOf(plain) : null;
}

function classOf(plain: string): Heading | null {
  if (_PREFERRED.search(plain)) return PREFERRED;
  if (_OTHER.search(plain)) return OTHER;
  if (_NEEDS.search(plain)) return REQUIRED;
  if (_DUTY.search(plain)) return DUTY;
  if (_LEARNT.search(plain)) return REQUIRED;
  if (_MIXED.search(plain)) return MIXED;
  return _REQUIRED.search(plain) ? REQUIRED : null;
}

/** Offsets in `text.slice(start, end)` where a heading in mid text begins or ends. */
export function inline(text: string, start: number, end: number): number[] {
  const cuts: number[] = [];
  for (const colon of _COLON.finditer(text, start, end)) {
    const at = colon.start();
    const glued = isupper(first(text.slice(at + 1, at + 3)));
    const run = _RUN.search(text, Math.max(start, at - _REACH), at);
    if (!run) {
      const said = _STOP.split(text.slice(Math.max(start, at - 2 * _REACH), at)).at(-1)!;
      const kind = glued ? null : kindOf(`${strip(said)}:`);
      if (glued || kind === REQUIRED || kind === PREFERRED || kind === DUTY) cuts.push(at + 1);
    } else if (glued || kindOf(`${run.text_()}:`) !== null) cuts.push(run.start(), at + 1);
  }
  for (const bare of _BARE.finditer(text, start, end)) {
    const before = rstrip(text.slice(start, bare.start()));
    if (before === "" || ".!?•:)".includes(before.at(-1)!)) cuts.push(bare.start(), bare.end());
  }
  return cuts;
}

function first(text: string): string {
  return String.fromCodePoint(text.codePointAt(0)!);
}
