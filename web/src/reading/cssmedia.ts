/** Whether a rule under a condition applies on a usual desktop; rolefit/reading/cssmedia.py, step by step. */

import { numberOf, split } from "../python";
import shared from "../shared.json";
import { pattern } from "./cssvalues";

const SCREEN: Readonly<Record<string, number>> = shared.cssmedia.SCREEN; // pixels
const UNITS: Readonly<Record<string, number>> = shared.cssmedia._UNITS;
const FEATURES = new Set(shared.cssmedia._FEATURES); // every other is taken not to be there
const SHOWN = new Set(shared.cssmedia._SHOWN); // kinds of media
const SIDES: Readonly<Record<string, string>> = shared.cssmedia._SIDES;
const PLAIN = whole(shared.cssmedia._PLAIN);
const RANGE = whole(shared.cssmedia._RANGE);
const WORDS = whole(shared.cssmedia._WORDS);
const BRACKET = pattern(shared.cssmedia._BRACKET);
const BRACKETS = pattern(shared.cssmedia._BRACKET, "g");
const LONGEST = shared.cssmedia._LONGEST; // characters of a condition that is looked at

function whole(written: { pattern: string; flags: string }): RegExp {
  return pattern({ ...written, pattern: `^(?:${written.pattern})$` });
}

/** Of @media and @container. What is not understood does not apply. */
export function applies(condition: string): boolean {
  return condition.length <= LONGEST && condition.toLowerCase().split(",").some(query);
}

/** Of @supports: today's browsers know what sheets ask for. */
export function isSupported(condition: string): boolean {
  return !condition.trim().toLowerCase().startsWith("not");
}

function query(written: string): boolean {
  const found: boolean[] = [];
  let flat = written
    .replace(BRACKETS, (_, inside: string) => ` #${found.push(feature(split(inside).join(""))) - 1} `)
    .trim();
  while (flat.includes("(")) {
    const inner = BRACKET.exec(flat); // brackets in brackets
    if (!inner) return false;
    found.push(all(inner[1]!, found));
    flat = flat.replaceAll(inner[0], ` #${found.length - 1} `);
  }
  return all(flat, found);
}

/** Terms with "and", "or" and "not" between them; `#3` is the fourth that was found. */
function all(flat: string, found: readonly boolean[]): boolean {
  if (/\bor\b/.test(flat)) return flat.split(/\bor\b/).some((part) => all(part, found));
  const words = split(flat);
  if (words[0] === "not") return !all(words.slice(1).join(" "), found);
  return words
    .filter((word) => !WORDS.test(word))
    .every((word) => (word.startsWith("#") ? found[Number(word.slice(1))]! : SHOWN.has(word)));
}

function feature(said: string): boolean {
  const plain = PLAIN.exec(said);
  if (plain) {
    const [, bound, side, number, unit] = plain;
    const length = numberOf(number!) * UNITS[unit!]!;
    const size = sideOf(side!);
    return bound === "min" ? size >= length : size <= length;
  }
  const range = RANGE.exec(said);
  if (range && (range[3] || range[5])) {
    const size = sideOf(range[4]!);
    const low = !range[3] || compare(numberOf(range[1]!) * UNITS[range[2]!]!, range[3], size);
    return low && (!range[5] || compare(size, range[5], numberOf(range[6]!) * UNITS[range[7]!]!));
  }
  return FEATURES.has(said);
}

function sideOf(name: string): number {
  return SCREEN[SIDES[name] ?? name]!;
}

function compare(one: number, sign: string, other: number): boolean {
  if (sign === "<") return one < other;
  if (sign === "<=") return one <= other;
  return sign === ">" ? one > other : one >= other;
}
