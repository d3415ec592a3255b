/** What the words around a name say of it: that the writer has or does it, or something else; rolefit/language/claim_kinds.py. */

import { constant, pattern } from "./data";
import { type Features, type Model, shares as sharesOf } from "./learned";

export const KINDS = constant<readonly string[]>("claim_kinds", "KINDS");
const MODEL = constant<Model>("claim_kinds", "MODEL");
const _WORD = pattern("claim_kinds", "_WORD");
const _NOT = pattern("claim_kinds", "_NOT");
const _MARKS = new Map(Object.entries(constant<Record<string, number>>("claim_kinds", "_MARKS")));
const _FAR = constant<number>("claim_kinds", "_FAR");
const _REACH = constant<number>("claim_kinds", "_REACH");
const _PAIRS = constant<number>("claim_kinds", "_PAIRS");
const _STEM = constant<number>("claim_kinds", "_STEM");

/** The probability of each of KINDS for what stands between `before` and `after` in a sentence below `heading`. */
export function shares(heading: string, before: string, after: string): number[] {
  const found = headed(heading);
  for (const [side, words] of [["b", wordsOf(before).reverse()], ["a", wordsOf(after)]] as const) {
    beside(found, side, words);
    if (!words.length) found.set(`${side}end`, 1);
  }
  return sharesOf(MODEL, found);
}

/** The same for a sentence as a whole. */
export function sharesOfAll(heading: string, sentence: string): number[] {
  const words = wordsOf(sentence);
  const found = headed(heading).set("all", 1);
  for (const word of words) found.set(`w=${word}`, 0.6);
  for (const word of words) found.set(`wp=${stem(word)}`, 0.5);
  for (let at = 1; at < words.length; at++) found.set(`w2=${words.slice(at - 1, at + 1).join(" ")}`, 0.6);
  for (let at = 2; at < words.length; at++) found.set(`w3=${words.slice(at - 2, at + 1).join(" ")}`, 0.5);
  if (words.length) found.set(`first=${words[0]}`, 0.7).set(`last=${words.at(-1)}`, 0.7);
  return sharesOf(MODEL, found);
}

/** Of the words on one side of the name, nearest first. */
function beside(found: Features, side: "a" | "b", words: readonly string[]): void {
  let marks = 0;
  words.slice(0, _REACH).forEach((word, place) => {
    marks += _MARKS.get(word) ?? 0;
    const where = marks === 0 ? "n" : marks < _FAR ? "m" : "f";
    found.set(`${side}${where}=${word}`, 0.7).set(`${side}x=${word}`, 0.4).set(`s=${word}`, 0.35);
    if (place < 3) found.set(`${side}${place}=${word}`, 0.7);
    if (Array.from(word).length > _STEM) found.set(`sp=${stem(word)}`, 0.35).set(`${side}p=${stem(word)}`, 0.5);
  });
  const near = words.slice(0, _PAIRS + 1);
  const inOrder = (run: readonly string[]): string => (side === "b" ? [...run].reverse() : run).join(" ");
  for (let at = 1; at < near.length; at++) {
    const pair = inOrder(near.slice(at - 1, at + 1));
    found.set(`s2=${pair}`, 0.35).set(`${side}2=${pair}`, 0.5);
  }
  for (let at = 2; at < near.length; at++) found.set(`s3=${inOrder(near.slice(at - 2, at + 1))}`, 0.35);
  if (near.length > 1) found.set(`${side}02=${inOrder(near.slice(0, 2))}`, 0.7);
}

function headed(heading: string): Features {
  const words = wordsOf(heading);
  const found: Features = new Map(words.map((word) => [`h=${word}`, 0.7]));
  return words.length ? found.set(`hh=${words.slice(0, 2).join(" ")}`, 0.7) : found;
}

function wordsOf(text: string): string[] {
  const lower = text.toLowerCase().replaceAll("\u2019", "'").replaceAll("\u2018", "'");
  return _WORD.findall(_NOT.sub(" n't", lower));
}

function stem(word: string): string {
  return Array.from(word).slice(0, _STEM).join("");
}
