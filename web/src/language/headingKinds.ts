/** Whether a short line of a resume is the heading of a section, and of which; rolefit/language/heading_kinds.py. */

import { codePoints, islower, isupper, split, strip } from "../python";
import { constant, pattern } from "./data";
import { type Features, type Model, shares } from "./learned";

const KINDS = constant<readonly string[]>("heading_kinds", "KINDS");
const HEADINGS = constant<number>("heading_kinds", "HEADINGS");
const SURE = constant<number>("heading_kinds", "SURE");
const MODEL = constant<Model>("heading_kinds", "MODEL");
const LONGEST = constant<number>("heading_kinds", "LONGEST");
const WORDS = constant<number>("heading_kinds", "WORDS");
const BULLETS = constant<readonly string[]>("heading_kinds", "BULLETS");
const _WORD = pattern("heading_kinds", "_WORD");
const _ADDRESS = pattern("heading_kinds", "_ADDRESS");
const _DATE = pattern("heading_kinds", "_DATE");
const _STEM = constant<number>("heading_kinds", "_STEM");
const _BELOW = constant<number>("heading_kinds", "_BELOW");

/** The section that `line` heads, or ""; `before` and `after` are the lines beside it. */
export function kindOf(before: string, line: string, after: string): string {
  const bare = strip(line);
  if (!bare || codePoints(bare) > LONGEST || split(bare).length > WORDS || _ADDRESS.search(line)) return "";
  const found = shares(MODEL, featuresOf(before, bare, after)).slice(0, HEADINGS);
  const sum = found.reduce((total, share) => total + share, 0);
  return sum >= SURE ? KINDS[found.indexOf(Math.max(...found))]! : "";
}

/** `line` is stripped; no value is zero. */
function featuresOf(before: string, line: string, after: string): Features {
  const words = _WORD.findall(line.toLowerCase());
  const found: Features = new Map();
  for (const word of words) found.set(`w=${word}`, 1);
  for (const word of words) if (codePoints(word) > _STEM) found.set(`p=${stem(word)}`, 0.7);
  for (let at = 1; at < words.length; at++) found.set(`b=${words[at - 1]} ${words[at]}`, 0.7);
  if (words.length) {
    found.set(`first=${words[0]}`, 0.7).set(`last=${words.at(-1)}`, 0.7);
    found.set(`all=${words.join(" ")}`, 1);
  }
  for (let count = 1; count <= Math.min(words.length, WORDS); count++) found.set(`n${count}`, 0.5);
  const upper = isupper(line);
  const titled = split(line).every((word) => isupper(firstOf(word)));
  const shape: [string, boolean][] = [
    ["caps", upper],
    ["title", titled],
    ["colon", line.endsWith(":")],
    ["mid", line.slice(0, -1).includes(":")],
    ["digit", /\p{Nd}/u.test(line)],
    ["date", _DATE.search(line) !== undefined],
    ["comma", line.includes(",")],
    ["stop", line.endsWith(".")],
    ["bullet", BULLETS.includes(firstOf(line))],
    ["lower", islower(firstOf(line))],
    ["at", line.includes("@") || line.includes("://")],
    ["paren", line.includes("(")],
    ["bar", line.includes("|")],
  ];
  for (const [name, holds] of shape) if (holds) found.set(name, 1);
  const above = shapeOf(before);
  const letters = upper ? "upper" : titled ? "titled" : "lower";
  found.set(`above=${above}`, 1).set(`below=${shapeOf(after)}`, 1).set(`${letters},${above}`, 0.7);
  for (const word of _WORD.findall(after.toLowerCase()).slice(0, _BELOW)) found.set(`under=${stem(word)}`, 0.35);
  return found;
}

function shapeOf(line: string): string {
  const bare = strip(line);
  if (!bare) return "blank";
  if (_DATE.search(bare)) return "date";
  if (BULLETS.includes(firstOf(bare))) return "bullet";
  if (split(bare).length > WORDS) return "long";
  return isupper(bare) ? "caps" : "short";
}

function stem(word: string): string {
  return Array.from(word).slice(0, _STEM).join("");
}

function firstOf(text: string): string {
  return text ? String.fromCodePoint(text.codePointAt(0)!) : "";
}
