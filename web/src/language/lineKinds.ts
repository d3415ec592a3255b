/** What each line of an advert is: something asked for, a duty, a benefit, the law, furniture. */

import { islower, isupper, split } from "../python";
import type { RequirementKind } from "../records";
import { constant, pattern } from "./data";
import { kindOf } from "./jobHeadings";
import { softmax } from "./learned";

interface Model {
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly bias: readonly number[];
  readonly must: number;
  readonly beside: readonly (readonly number[])[];
  readonly beside_bias: readonly number[];
}

const KINDS = constant<readonly string[]>("line_kinds", "KINDS");
const ASKED = constant<readonly number[]>("line_kinds", "ASKED");
const MODEL = constant<Model>("line_kinds", "MODEL");
const WEIGHTS = new Map(Object.entries(MODEL.weights));
const STEP = constant<number>("line_kinds", "STEP");
const ASKS = constant<number>("line_kinds", "ASKS");
export const MUST = constant<number>("line_kinds", "MUST");
const LEAST = constant<number>("line_kinds", "LEAST");
const BULLETS = constant<readonly string[]>("line_kinds", "BULLETS");
const HEADING = constant<number>("line_kinds", "HEADING");
const _WORD = pattern("line_kinds", "_WORD");
const _ENDS = constant<readonly string[]>("line_kinds", "_ENDS");
const _TITLED = constant<number>("line_kinds", "_TITLED");

/** What a line is, and how sure that is. */
export interface LineKind {
  readonly kind: string; // one of KINDS
  readonly asks: number; // probability that it asks for something
  readonly asked: RequirementKind; // what it would be if it does
  readonly must: number; // probability that whoever lacks it is out, if it is required
}

/** The kind of each line of one advert, in the order given. */
export function read(texts: readonly string[]): LineKind[] {
  const lines = texts.map((text) => split(text).join(" "));
  const first = featuresOf(lines).map(firstLook);
  const alone = first.map(({ sums }) => softmax(sums));
  return beside(lines, alone).map((values, at) => lineKind(secondSums(values), first[at]!.must));
}

/**
 * "required", "preferred" or "duty" for each line; "" for one that asks for nothing. In an advert of
 * which no line surely asks, those count that more likely ask than anything else.
 */
export function asking(lines: readonly LineKind[]): (RequirementKind | "")[] {
  if (lines.some((line) => line.asks >= ASKS)) return lines.map((line) => (line.asks >= ASKS ? line.asked : ""));
  return lines.map((line) => (line.kind === line.asked ? line.asked : ""));
}

function lineKind(sums: readonly number[], must: number): LineKind {
  const shares = softmax(sums);
  const best = (places: readonly number[]): number => places.reduce((a, b) => (shares[b]! > shares[a]! ? b : a));
  return {
    kind: KINDS[best(KINDS.map((_, place) => place))]!,
    asks: ASKED.reduce((sum, place) => sum + shares[place]!, 0),
    asked: KINDS[best(ASKED)] as RequirementKind,
    must: 1 / (1 + Math.exp(-must)),
  };
}

/** The sums of the nine kinds, and the sum of "whoever lacks it is out". */
function firstLook(features: ReadonlyMap<string, number>): { sums: number[]; must: number } {
  const sums = [...MODEL.bias];
  let must = MODEL.must;
  for (const [name, value] of features) {
    const row = WEIGHTS.get(name);
    if (!row) continue;
    for (let place = 0; place < KINDS.length; place++) sums[place]! += STEP * row[place]! * value;
    must += STEP * row.at(-1)! * value;
  }
  return { sums, must };
}

/** What the second look reads of each line: 45 numbers; see rolefit/language/line_kinds.py. */
function beside(lines: readonly string[], alone: readonly (readonly number[])[]): number[][] {
  const headings = lines.map((line, at) => at > 0 && isHeading(line));
  const starts = lines.flatMap((_, at) => (headings[at] || at === 0 ? [at] : []));
  const nothing = KINDS.map(() => 1 / KINDS.length);
  return starts.flatMap((start, number) => {
    const end = starts[number + 1] ?? lines.length;
    const below = alone.slice(start + Number(headings[start]), end);
    const mean = KINDS.map((_, k) => below.reduce((sum, shares) => sum + shares[k]!, 0) / Math.max(1, below.length));
    const heading = headings[start] ? alone[start]! : nothing;
    return lines.slice(start, end).map((_, offset) => {
      const at = start + offset;
      const rows = [at, at - 1, at + 1].map((to) => alone[to] ?? nothing);
      return [...rows.flat().map((share) => Math.log(Math.max(share, LEAST)) / 4), ...mean, ...heading];
    });
  });
}

function secondSums(values: readonly number[]): number[] {
  return MODEL.beside.map(
    (row, kind) => MODEL.beside_bias[kind]! + row.reduce((sum, weight, at) => sum + weight * values[at]!, 0),
  );
}

/** Feature -> value of each line of an advert, its blanks made single; no value is zero. */
function featuresOf(lines: readonly string[]): Map<string, number>[] {
  const words = lines.map((line) => _WORD.findall(line.toLowerCase().replaceAll("\u2019", "'")));
  const headings = lines.map((line, at) => at > 0 && isHeading(line));
  const said = lines.map((line, at) => (at ? kindOf(line) : null));
  const bullets = lines.map((line) => BULLETS.some((bullet) => line.startsWith(bullet)));
  let above: readonly string[] = [];
  let under = "nothing";
  let since = 0;
  const n = lines.length;
  return lines.map((line, at) => {
    const found = wordsOf(words[at]!, above, words[at - 1] ?? [], words[at + 1] ?? []);
    const length = split(line).length;
    const shape: [string, boolean][] = [
      ["short:4", length < 4],
      ["short:8", length < 8],
      ["long:14", length > 14],
      ["long:25", length > 25],
      ["colon", line.endsWith(":")],
      ["upper", isupper(line)],
      ["stop", line.endsWith(".")],
      ["heading", headings[at]!],
      ["lower", line !== "" && islower(String.fromCodePoint(line.codePointAt(0)!))],
      ["line:0", at === 0],
      ["line:3", at < 3],
      ["late", 4 * at > 3 * n],
      ["end:3", at > n - 4],
      ["headless", !above.length],
      ["below", at > 0 && headings[at - 1]!],
      ["few", n < 4],
      [`says=${said[at]}`, said[at] !== null],
      [`under=${under}`, true],
      [`under=${under},short:4`, length < 4],
      [`under=${under},short:8`, length < 8],
      ["bullet", bullets[at]!],
      [`under=${under},bullet`, bullets[at]!],
    ];
    for (const [name, holds] of shape) if (holds) found.set(name, 1);
    if (at) found.set("place", at / n);
    if (since) found.set("since", Math.min(since, 12) / 12);
    since = headings[at] ? 0 : since + 1;
    if (headings[at]) [above, under] = [words[at]!, said[at] ?? "other words"];
    return found;
  });
}

function wordsOf(
  own: readonly string[],
  above: readonly string[],
  before: readonly string[],
  after: readonly string[],
): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of own) found.set(`w=${word}`, 0.7);
  for (let at = 1; at < own.length; at++) found.set(`b=${own[at - 1]} ${own[at]}`, 0.5);
  if (own.length) found.set(`first=${own[0]}`, 1).set(`end=${own.at(-1)}`, 0.7);
  if (own.length > 1) found.set(`first2=${own[0]} ${own[1]}`, 1);
  for (const word of above) found.set(`h=${word}`, 1);
  for (const word of before) found.set(`p=${word}`, 0.4);
  for (const word of after) found.set(`n=${word}`, 0.3);
  return found;
}

/** Whether a line looks like one that says what follows, or is known to. */
function isHeading(line: string): boolean {
  if (kindOf(line) !== null) return true;
  const words = split(line);
  if (!words.length || words.length > HEADING || _ENDS.some((end) => line.endsWith(end))) return false;
  const capitals = words.filter((word) => isupper(String.fromCodePoint(word.codePointAt(0)!))).length;
  return line.endsWith(":") || isupper(line) || capitals >= _TITLED * words.length;
}
