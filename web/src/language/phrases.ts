/**
 * Lists of phrases, found in one walk over the words of a text. How a phrase is written, and why this
 * is no single expression, stands in the Python twin: `*` any ending, `#` a number, `~` up to four
 * words, `(a|b)` either.
 */

import { isalnum, removesuffix, split, strip } from "../python";
import { constant, pattern } from "./data";
import { BOUNDARY, Pattern, type Match } from "./re";

const _WORD = pattern("phrases", "_WORD");
const _KEY = constant<number>("phrases", "_KEY");
const _PART = pattern("phrases", "_PART");
const _FIRST = pattern("phrases", "_FIRST");
const _PLAIN = pattern("phrases", "_PLAIN");
const _CHOICE = pattern("phrases", "_CHOICE");
const _LONG = constant<number>("phrases", "_LONG");
const _SIGNS = new Map(
  Object.entries(constant<Record<string, string>>("phrases", "_SIGNS")).map(([sign, body]) => [sign, translated(body)]),
);
const _READ_AS = new Map(
  Object.entries(constant<Record<string, number>>("phrases", "_READ_AS")).map(([from, to]) => [
    String.fromCharCode(Number(from)),
    String.fromCharCode(to),
  ]),
);
const _READ = new RegExp(`[${[..._READ_AS.keys()].map((char) => `\\u${hex(char)}`).join("")}]`, "g");

/** `text.slice(start, end)` is a phrase of the list `group`. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly group: string;
}

/** Made once from the lists; `find` reads a text in time that grows with its words. */
export class Phrases {
  private readonly byKey = new Map<string, Array<readonly [phrase: string, group: string]>>();

  constructor(groups: Readonly<Record<string, string>>) {
    for (const [group, text] of Object.entries(groups))
      for (const phrase of _PART.split(text).map(strip).filter(Boolean)) {
        const found = key(phrase);
        const known = this.byKey.get(found);
        if (known) known.push([phrase, group]);
        else this.byKey.set(found, [[phrase, group]]);
      }
  }

  /** The number of phrases. Throws SyntaxError if one of them is malformed. */
  check(): number {
    const phrases = [...this.byKey.values()].flat();
    for (const [phrase] of phrases) compiled(phrase);
    return phrases.length;
  }

  /** Every phrase in a text of small letters, by its start; phrases may overlap. */
  find(lowered: string): Hit[] {
    const text = lowered.replace(_READ, (char) => _READ_AS.get(char)!);
    const hits: Hit[] = [];
    for (const word of _WORD.finditer(text)) {
      const start = word.start();
      for (const [phrase, group] of this.byKey.get(word.text_().slice(0, _KEY)) ?? []) {
        const end = endOf(phrase, text, start);
        if (end) hits.push({ start, end, group });
      }
    }
    return hits;
  }
}

function key(phrase: string): string {
  const first = _FIRST.match(phrase);
  if (!first || (first.text_(1).length < _KEY && !" '.&\\".includes(first.text_(2))))
    throw new Error(
      `expected a phrase whose first word is whole or begins with ${_KEY} letters, ` +
        `got '${phrase}': write its forms as phrases of their own`,
    );
  return first.text_(1).slice(0, _KEY);
}

/** Where the phrase that stands at `start` ends; 0 if it does not stand there. */
function endOf(phrase: string, text: string, start: number): number {
  const [literal, form] = compiled(phrase);
  if (form) return form.match(text, start)?.end() ?? 0;
  if (!text.startsWith(literal, start)) return 0;
  const end = start + literal.length;
  if (phrase.endsWith("*")) return end;
  const follows = String.fromCodePoint(text.codePointAt(end) ?? 0);
  return isalnum(follows) || follows === "_" ? 0 : end;
}

const remembered = new Map<string, readonly [string, Pattern | null]>();

function compiled(phrase: string): readonly [string, Pattern | null] {
  let found = remembered.get(phrase);
  if (!found) remembered.set(phrase, (found = compile(phrase)));
  return found;
}

function compile(phrase: string): readonly [string, Pattern | null] {
  if (_PLAIN.fullmatch(phrase)) return [removesuffix(phrase, "*"), null];
  const spread = split(_CHOICE.sub(openEnded, phrase)).join(" ");
  const body = [...spread].map((sign) => _SIGNS.get(sign) ?? sign).join("");
  return ["", new Pattern({ pattern: body + (spread.endsWith("*") ? "" : BOUNDARY), flags: "u" })];
}

function openEnded(choice: Match): string {
  const words = choice.text_(1).split("|");
  return `(${words.map((word) => (word.length >= _LONG ? `${word}*` : word)).join("|")})`;
}

/** A sign's expression as JavaScript writes it. */
function translated(body: string): string {
  const word = "\\p{L}\\p{N}_";
  return body.replaceAll("[\\w", `[${word}`).replaceAll("\\w", `[${word}]`).replaceAll("\\d", "\\p{Nd}");
}

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(4, "0");
}
