/** The title of a job advert: the words of its text that most likely name the job, or none. */

import { bisectLeft, bisectRight, islower, isupper, remembered, removesuffix, split } from "../python";
import type { Document, Fact, Line } from "../records";
import { constant, pattern, words as wordsOf } from "./data";
import { isOccupation } from "./levels";
import * as places from "./places";

interface Model {
  readonly weights: Readonly<Record<string, number>>;
  readonly none: number;
  readonly ends: readonly string[];
  readonly inside: readonly string[];
}

const MODEL = constant<Model>("job_title", "MODEL");
const WEIGHTS = new Map(Object.entries(MODEL.weights));
const STEP = constant<number>("job_title", "STEP");
const LEAST = constant<number>("job_title", "LEAST");
const OWN = constant<number>("job_title", "OWN");
export const SHORT = constant<number>("job_title", "SHORT");
const LONGEST = constant<number>("job_title", "LONGEST");
const HEAD = constant<number>("job_title", "HEAD");
const _TOKEN = pattern("job_title", "_TOKEN");
const _LABEL = pattern("job_title", "_LABEL");
const _PART = pattern("job_title", "_PART");
const _EXTRA = pattern("job_title", "_EXTRA");
const _HARD = wordsOf("job_title", "_HARD");
const _SHORTENED = wordsOf("job_title", "_SHORTENED");
const _FUNCTION = wordsOf("job_title", "_FUNCTION");
const _ASKS = wordsOf("job_title", "_ASKS");
const ORGANISATIONS = wordsOf("roles", "ORGANISATIONS");
const [ENDS, INSIDE] = [MODEL.ends, MODEL.inside].map(
  (lists) => new Map(lists.flatMap((words, at) => split(words).map((word) => [word, at + 1] as const))),
) as [Map<string, number>, Map<string, number>];

interface Token {
  readonly start: number;
  readonly end: number;
  readonly said: string; // a word in small letters, or a sign
  readonly word: boolean;
}

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly features: readonly string[];
}

/** What the job is called; `kinds` are those of `lineKinds` for `units`. */
export function find(document: Document, units: readonly Line[], kinds: readonly string[]): Fact | null {
  const { text } = document;
  let found = candidates(text, units, kinds);
  const label = _LABEL.match(text);
  if (label) {
    // The line that says that it is the title holds it, known or not.
    const [from, to] = [label.end(), label.end("line")];
    found = found.filter((one) => from <= one.start && one.end <= to);
  }
  const best = likeliest(found, label ? -Infinity : MODEL.none);
  if (!best) return null;
  const { start } = best;
  const end = endOf(text, start, best.end);
  return { value: split(text.slice(start, end)).join(" "), start, end, detail: "" };
}

/** Where a title ends without the place, the hours and the praise behind it. */
function endOf(text: string, start: number, end: number): number {
  for (;;) {
    const last = [..._PART.finditer(text, start + 1, end)].at(-1)?.start();
    if (last === undefined || !(_EXTRA.search(text, last, end) || places.at(text, last))) return end;
    end = last;
  }
}

/** The candidate that most of the probability agrees with; null where most is for none. */
function likeliest(found: readonly Candidate[], none: number): Candidate | null {
  const weights = found.map((one) => one.features.reduce((sum, name) => sum + (WEIGHTS.get(name) ?? 0), 0));
  const most = weights.reduce((high, weight) => Math.max(high, weight), none);
  const shares = weights.map((weight) => Math.exp(STEP * (weight - most)));
  const near = shares.flatMap((share, at) => (share > LEAST ? [at] : []));
  const ends = near.map((at) => found[at]!.end); // rising; only those that touch one another may agree
  const longest = near.reduce((most, at) => Math.max(most, found[at]!.end - found[at]!.start), 0);
  let best: Candidate | null = null;
  let bestShare = Math.exp(STEP * (none - most));
  for (const at of near) {
    const { start, end } = found[at]!;
    const touching = near.slice(bisectRight(ends, start), bisectLeft(ends, end + longest));
    const agreed = touching.reduce((sum, to) => (agree(found[at]!, found[to]!) ? sum + shares[to]! : sum), 0);
    const share = agreed + OWN * shares[at]!;
    if (share > bestShare) [best, bestShare] = [found[at]!, share];
  }
  return best;
}

/** Whether they share half of the longer of the two. */
function agree(left: Candidate, right: Candidate): boolean {
  const shared = Math.min(left.end, right.end) - Math.max(left.start, right.start);
  return 2 * shared >= Math.max(left.end - left.start, right.end - right.start);
}

/** In the order of their ends, each with what is seen of it; see rolefit/language/job_title.py. */
function candidates(text: string, units: readonly Line[], kinds: readonly string[]): Candidate[] {
  const lines = units.map(({ start, end }) => tokens(text, start, end));
  const spans = lines.flatMap((line, at) => spansOf(line, at).map((span) => [at, ...span] as const));
  const times = new Map<string, number>();
  const names = spans.map(([at, first, last]) => plain(lines[at]!.slice(first, last)));
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return spans.map(([at, first, last], number) => {
    const line = lines[at]!;
    const said = Math.min(times.get(names[number]!)!, 4);
    const features = [
      ...ofLine(line, at, kinds[at]!, first, last),
      ...ofContext(lines, at, first, last),
      ...ofWords(text, line.slice(first, last), place(at)),
      `said=${said}`,
      `said=${said},line=${place(at)}`,
    ];
    if (said > 1) features.push(`said,last=${level(ENDS, line[last - 1]!.said)}`);
    return { start: line[first]!.start, end: line[last - 1]!.end, features };
  });
}

function tokens(text: string, from: number, to: number): Token[] {
  return Array.from(_TOKEN.finditer(text, from, to), (match) => ({
    start: match.start(),
    end: match.end(),
    said: match.text_().toLowerCase().replaceAll("’", "'"),
    word: match.group("word") !== undefined,
  }));
}

/** First token, and the one behind the last, of each candidate of a line. */
function spansOf(line: readonly Token[], at: number): [number, number][] {
  const found: [number, number][] = [];
  const short = lengthOf(line) <= SHORT;
  for (let last = 1; last <= line.length; last++) {
    const token = line[last - 1]!;
    if (_FUNCTION.has(token.said) || !(token.word || token.said === ")")) continue;
    const behind = line[last];
    const ends = !behind?.word;
    const closed = ends || _FUNCTION.has(behind.said);
    const known = token.word && isEnd(token.said);
    let [taken, open] = [0, 0];
    for (let first = last - 1; first >= 0; first--) {
      const one = line[first]!;
      const before = line[first - 1];
      if (one.word) taken++;
      open += Number(one.said === "(") - Number(one.said === ")");
      if (parts(line, first) || taken > (short ? SHORT : LONGEST)) break;
      if (!one.word || _FUNCTION.has(one.said) || open) continue;
      const whole = ends && !before?.word && (short || at < HEAD);
      if (known || whole || (closed && before && _ASKS.has(before.said))) found.push([first, last]);
    }
  }
  return found;
}

function parts(line: readonly Token[], at: number): boolean {
  const { said } = line[at]!;
  return _HARD.has(said) && !(said === "." && at > 0 && _SHORTENED.has(line[at - 1]!.said));
}

function lengthOf(line: readonly Token[]): number {
  return line.filter((token) => token.word).length;
}

/** Whether titles end in the word. */
const isEnd = remembered(4096, (word: string): boolean => level(ENDS, word) > 0 || isJob(word));
const isJob = remembered(4096, isOccupation);

/** From 1 to 6; 0 for a word that titles do not have, neither in the singular. */
function level(table: ReadonlyMap<string, number>, word: string): number {
  return table.get(word) ?? table.get(removesuffix(word, "s")) ?? 0;
}

function plain(said: readonly Token[]): string {
  return said.filter((token) => token.word).map((token) => removesuffix(token.said, "s")).join(" ");
}

function place(at: number): string {
  return at < 3 ? String(at) : at < 6 ? "3" : at < 12 ? "6" : "12";
}

function ofLine(line: readonly Token[], at: number, kind: string, first: number, last: number): string[] {
  const words = lengthOf(line);
  const where = place(at);
  const size = words < 5 ? "4" : words < 9 ? "8" : words <= SHORT ? "14" : "long";
  const opens = Number(first === 0);
  const reach = `${opens}${Number(last === line.length)}`;
  return [
    `line=${where}`, `kind=${kind}`, `kind=${kind},line=${where}`,
    `line=${where},size=${size},${reach}`, `size=${size},${reach}`, `line=${where},opens=${opens}`,
  ];
}

function ofContext(lines: readonly (readonly Token[])[], at: number, first: number, last: number): string[] {
  const line = lines[at]!;
  let before = line.slice(Math.max(0, first - 3), first).map((token) => token.said);
  if (!before.length && at) {
    const above = lines[at - 1]!;
    before = [...(above.length < 8 ? above.slice(-2).map((token) => token.said) : []), "^"];
  }
  const after = line.slice(last, last + 2).map((token) => token.said);
  const known = Number(isEnd(line[last - 1]!.said));
  const [left, right] = [before.at(-1) ?? "", after[0] ?? ""];
  const found = [
    `b=${left}`, `b2=${before.slice(-2).join(" ")}`, `b3=${before.join(" ")}`, `a=${right}`, `a2=${after.join(" ")}`,
    `b=${left},${known}`, `a=${right},${known}`,
  ];
  const [prior, next] = [line[first - 1], line[last]];
  if (prior?.word) found.push(`before=${level(INSIDE, prior.said)}`);
  if (next?.word) found.push(`after=${level(INSIDE, next.said)},${level(ENDS, next.said)}`);
  return found;
}

function ofWords(text: string, said: readonly Token[], where: string): string[] {
  const words = said.filter((token) => token.word).map((token) => token.said);
  const inside = words.map((word) => level(INSIDE, word));
  const ends = words.map((word) => level(ENDS, word));
  const [end, n] = [words.at(-1)!, words.length];
  const known = Number(words.some((word) => isJob(word)));
  const spelt = text.slice(said[0]!.start, said.at(-1)!.end);
  return [
    `n=${n}`, `first=${words[0]}`, `last=${end}`, `first:${inside[0]}`, `last:${ends.at(-1)}`,
    `job=${Number(isJob(end))},${Number(ends.at(-1)! > 0)}`, `most=${Math.max(...ends)}`,
    `job=${known},${Number(isEnd(end))},line=${where}`,
    `firm=${Number(words.some((word) => ORGANISATIONS.has(word)))},${known}`,
    `mean=${Math.floor((4 * inside.reduce((sum, value) => sum + value, 0) + n) / (2 * n))}`,
    `suffix=${Array.from(removesuffix(end, "s")).slice(-3).join("")}`,
    ...words.slice(1, -1).map((word) => `in=${word}`),
    ...said.filter((token) => !token.word).map((token) => `sign=${token.said}`),
    `unknown=${Math.min(3, inside.filter((value) => value === 0).length)}`,
    `case=${caseOf(text, spelt, said)}`,
    `digits=${Number(/\p{Nd}/u.test(spelt))}`,
  ];
}

function caseOf(text: string, spelt: string, said: readonly Token[]): string {
  if (isupper(spelt)) return "upper";
  if (islower(spelt)) return "lower";
  const names = said.filter((token) => token.word && !_FUNCTION.has(token.said));
  return names.every(({ start }) => isupper(String.fromCodePoint(text.codePointAt(start)!))) ? "title" : "mixed";
}
