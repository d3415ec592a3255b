/**
 * Unicode and layout cleaning: what two people see as the same text becomes the same text.
 *
 * In this order, each step a list of edits: characters (NFC, ligatures, styled letters, quotes, soft
 * hyphens, invisible characters), look-alike letters of other alphabets, layout (white space, bullets,
 * broken lines). What a person could not have seen is reported as a Notice.
 */

import { commas, isalnum, isalpha, isascii, rfind, split } from "../python";
import type { Notice } from "../records";
import { constant, pattern, words as wordsOf } from "./data";
import { compose, rewrite, trimmed, type Change, type Edit } from "./offsets";

export const BULLET = constant<string>("clean", "BULLET");
const _WRAP = constant<number>("clean", "_WRAP");
const _UNSEEN = pattern("clean", "_UNSEEN");
const _RUN = pattern("clean", "_RUN");
const _PLAIN = new Map(Object.entries(constant<Record<string, string>>("clean", "_PLAIN")));
const _STYLED = pattern("clean", "_STYLED");
/** What a case-blind search takes for i and s, by code points. */
const _FOLDED = Object.entries(constant<Record<string, number>>("clean", "_FOLDED"));
const _LOOKALIKES = new Map(Object.entries(constant<Record<string, string>>("clean", "_LOOKALIKES")));
const _FOREIGN_LETTER = pattern("clean", "_FOREIGN_LETTER");
const _FOREIGN = pattern("clean", "_FOREIGN");
const _SPACE = pattern("clean", "_SPACE");
const _MARK = pattern("clean", "_MARK");
const _BREAK = pattern("clean", "_BREAK");
const _PREFIXES = wordsOf("clean", "_PREFIXES");

/** The cleaned text, its edits from `text`, and what a reader of the score should know. */
export function clean(text: string): [string, readonly Edit[], Notice[]] {
  const notices: Notice[] = [];
  const unseen = isascii(text) ? 0 : _UNSEEN.findall(text).length;
  if (unseen) {
    const message = `The text holds ${commas(unseen)} invisible characters; they were left out.`;
    notices.push({ code: "zero-width", message });
  }
  let cleaned = text;
  let edits: readonly Edit[] = [];
  const step = (changes: Iterable<Change>): void => {
    const [next, more] = rewrite(cleaned, changes);
    cleaned = next;
    edits = compose(edits, more);
  };
  step(characters(cleaned));
  const swaps = [...lookalikes(cleaned)];
  if (swaps.length) {
    const message =
      `${commas(swaps.length)} ${swaps.length === 1 ? "word mixes" : "words mix"} Latin with look-alike letters` +
      " of another alphabet; they were read as Latin.";
    notices.push({ code: "homoglyphs", message });
    step(swaps);
    step(characters(cleaned));
  }
  step(bullets(cleaned));
  step(spaces(cleaned));
  step(lineBreaks(cleaned));
  return [cleaned, edits, notices];
}

/** The text with look-alike letters read as the Latin ones they pose as; as long as before. */
export function withoutLookalikes(text: string): string {
  if (isascii(text)) return text;
  let seen = rewrite(text, lookalikes(text))[0];
  for (const [from, to] of _FOLDED)
    seen = seen.replaceAll(String.fromCodePoint(Number(from)), String.fromCodePoint(to));
  return seen;
}

function* characters(text: string): Generator<Change> {
  for (const match of _RUN.finditer(text)) {
    let start = match.start();
    let old = match.text_();
    const before = text[start - 1] ?? "";
    if (old > "\x7f" && " " <= before && before <= "~") {
      start--; // an accent that follows becomes one with it
      old = before + old;
    }
    const now = folded(old);
    if (old !== now) yield trimmed(start, old, now);
  }
}

const REMEMBERED = 4096;
const remembered = new Map<string, string>();

function folded(run: string): string {
  let found = remembered.get(run);
  if (found === undefined) {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(run, (found = fold(run)));
  }
  return found;
}

function fold(run: string): string {
  if (run[0] === "\r") return "\n";
  if (run.length === 1 && run < " ") return "\v\f".includes(run) ? "\n" : " ";
  if (run === "\x7f") return " ";
  return Array.from(_UNSEEN.sub("", run), plain).join("").normalize("NFC");
}

function plain(character: string): string {
  const known = _PLAIN.get(character);
  if (known !== undefined) return known;
  // Ligatures: fi, fl, ...
  if ("\ufb00" <= character && character <= "\ufb06") return character.normalize("NFKC");
  if (_STYLED.match(character)) return character.normalize("NFKC");
  return "\u2002\u2003\u2009\u3000".includes(character) ? " " : character;
}

/** Words of Latin and look-alike letters, or of nothing else where all the rest is Latin. */
function* lookalikes(text: string): Generator<Change> {
  if (!_FOREIGN_LETTER.search(text)) return;
  const words = Array.from(_FOREIGN.finditer(text), (match) => [match.start(), match.text_()] as const);
  const genuine = words.some(([, word]) => [...word].some((c) => !_LOOKALIKES.has(c) && !isascii(c)));
  for (const [start, word] of words) {
    const now = Array.from(word, (c) => _LOOKALIKES.get(c) ?? c).join("");
    if (isascii(now) && (!genuine || [...word].some(isascii))) yield [start, start + word.length, now];
  }
}

/** Wide gaps become a tab (they part columns), blank lines one; edges of lines are bare. */
function* spaces(text: string): Generator<Change> {
  for (const match of _SPACE.finditer(text)) {
    const old = match.text_();
    const breaks = old.split("\n").length - 1;
    let now = old.includes("\t") || old.length > 2 ? "\t" : " ";
    if (match.start() === 0 || match.end() === text.length) now = "";
    else if (breaks) now = breaks === 1 ? "\n" : "\n\n";
    if (old !== now) yield [match.start(), match.end(), now];
  }
}

function* bullets(text: string): Generator<Change> {
  for (const match of _MARK.finditer(text)) yield [match.start(), match.end(), BULLET];
}

/** A word or a sentence that the page's width broke is made whole. */
function* lineBreaks(text: string): Generator<Change> {
  for (const match of _BREAK.finditer(text)) {
    const at = match.start();
    const line = rfind(text, "\n", 0, at) + 1;
    const whole = match.text_() === "\n";
    if (at === 0 || at - line < (whole ? _WRAP : 2)) continue;
    const before = text[at - 1]!;
    if (whole) {
      if (isalnum(before) || ",&/)".includes(before)) yield [at, at + 1, before === "/" ? "" : " "];
    } else if (isalpha(before)) {
      const first = split(text.slice(line, at).replaceAll("-", " ")).at(-1)!.toLowerCase();
      yield [at, at + 2, _PREFIXES.has(first) ? "-" : ""];
    }
  }
}
