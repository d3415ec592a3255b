/**
 * Words as skills are written: C++, C#, .NET, Node.js and R&D keep what makes them that.
 *
 * Texts and taxonomy labels go through the same two functions, so that they meet.
 */

import { codePoints, isalpha, removesuffix } from "../python";
import { constant, pattern } from "./data";

export const TOKEN = pattern("words", "TOKEN");

/** `text` in lower case, character by character, so that offsets stay. */
export function lowered(text: string): string {
  const low = text.toLowerCase();
  if (low.length === text.length) return low;
  return Array.from(text, (char) => (codePoints(char.toLowerCase()) === 1 ? char.toLowerCase() : char)).join("");
}

export function words(text: string): string[] {
  return [...TOKEN.finditer(lowered(text))].map((match) => match.text_());
}

/** What "manage", "manages", "managed" and "managing" share; only for names of several words. */
function stemOf(word: string): string {
  word = removesuffix(word, "'s");
  if (word.length < 4 || !isalpha(word)) return word;
  for (const [ending, kept] of [["ies", "i"], ["ied", "i"], ["sses", "ss"]] as const)
    if (word.endsWith(ending)) return word.slice(0, -ending.length) + kept;
  if (word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) word = word.slice(0, -1);
  for (const ending of ["ing", "ed"]) {
    const rest = removesuffix(word, ending);
    if (rest !== word && rest.length > 2 && !rest.endsWith("eer") && /[aeiouy]/.test(rest)) {
      const doubled = rest.at(-1) === rest.at(-2) && !"lsz".includes(rest.at(-1)!);
      word = doubled ? rest.slice(0, -1) : rest;
      break;
    }
  }
  if (word.length > 3 && word.endsWith("e")) word = word.slice(0, -1);
  return word.length > 3 && word.endsWith("y") ? `${word.slice(0, -1)}i` : word;
}

const _REMEMBERED = constant<number>("words", "_REMEMBERED");
const stems = new Map<string, string>();

/** A word's stem, remembered: a resume has few words that the last one had not. */
export function stem(word: string): string {
  let found = stems.get(word);
  if (found === undefined) {
    if (stems.size > _REMEMBERED) stems.clear();
    stems.set(word, (found = stemOf(word)));
  }
  return found;
}

export function stemmed(tokens: readonly string[]): string {
  return tokens.map(stem).join(" ");
}
