/** Which dates of a resume are time at work, whatever stands around them and in whatever order. */

import { bisectRight, isalpha, isBlank, isupper, rfind, rstrip, strip, stripOf } from "../python";
import type { Position } from "../records";
import { constant, pattern } from "./data";
import { type Span, UNDATED } from "./dates";
import { findDegrees } from "./education";
import { levelOf } from "./levels";
import { Pattern, type Written } from "./re";
import * as sections from "./sections";

interface Model {
  readonly weights: Readonly<Record<string, number>>;
  readonly bias: number;
  readonly least: number;
}

const MODEL = constant<Model>("work_time", "MODEL");
const WEIGHTS = new Map(Object.entries(MODEL.weights));
const STEP = constant<number>("work_time", "STEP");
const _TOKEN = pattern("work_time", "_TOKEN");
const _WORD = pattern("work_time", "_WORD");
const _LINE = pattern("work_time", "_LINE");
const _DIGIT = pattern("work_time", "_DIGIT");
const _PIECE = pattern("work_time", "_PIECE");
const _SENTENCE = pattern("work_time", "_SENTENCE");
const _BEFORE = constant<number>("work_time", "_BEFORE");
const _AFTER = constant<number>("work_time", "_AFTER");
const _BESIDE = constant<number>("work_time", "_BESIDE");
const _KINDS = Object.entries(constant<Record<string, Written>>("work_time", "_KINDS")).map(
  ([kind, written]) => [kind, new Pattern(written)] as const,
);
const _FEW = constant<number>("work_time", "_FEW");
const _HEADING = constant<number>("work_time", "_HEADING");
const _NEAR = constant<number>("work_time", "_NEAR");
const _REACH = constant<number>("work_time", "_REACH");
const _STEM = constant<number>("work_time", "_STEM");
const _LENGTHS = constant<readonly number[]>("work_time", "_LENGTHS");
type Features = Map<string, number>;

/** Those that can be time at work: from one month to another, or to the present. */
function candidates(ranges: readonly Span[], singles: readonly Span[]): Span[] {
  const found = [...ranges.filter((span) => span.first !== UNDATED), ...singles.filter((span) => span.last === null)];
  return found.sort((a, b) => a.start - b.start);
}

/** Those of the dates that are time at work, in text order, and single dates of positions. */
export function atWork(
  text: string,
  ranges: readonly Span[],
  singles: readonly Span[],
  held: readonly Position[],
): Span[] {
  const spans = candidates(ranges, singles);
  const features = featuresOf(text, spans, held);
  const found = spans.filter((_, at) => probability(features[at]!) >= MODEL.least);
  const alone = singles.filter((span) => span.last !== null && heads(span, held));
  return [...found, ...alone].sort((a, b) => a.start - b.start);
}

/** That a range is time at work. */
function probability(features: Features): number {
  let total = MODEL.bias;
  for (const [name, value] of features) total += STEP * (WEIGHTS.get(name) ?? 0) * value;
  return 1 / (1 + Math.exp(-total));
}

/** {feature: value} of each of the spans, which are in text order; `held` are the positions. */
function featuresOf(text: string, spans: readonly Span[], held: readonly Position[]): Features[] {
  const [starts, lines] = spans.length ? headingsOf(text) : [[], []];
  return spans.map((span, at) => {
    let start = rfind(text, "\n", 0, span.start) + 1;
    let end = endOfLine(text, span.end);
    const [previous, next] = [spans[at - 1], spans[at + 1]];
    if (previous && previous.end > start) start = Math.min(previous.end, span.start);
    if (next && next.start < end) end = Math.max(next.start, span.end);
    const [before, after] = [text.slice(start, span.start), text.slice(span.end, end)];
    const found: Features = new Map();
    addWords(found, before, after);
    addShape(found, span, before, after, spans.length, at);
    if (heads(span, held)) found.set("position", 1);
    const heading = bisectRight(starts, span.start) - 1;
    addUnder(found, heading >= 0 ? lines[heading]! : "");
    if (_WORD.findall(before + after).length <= _FEW) {
      found.set("bare", 1);
      addAround(found, text, start, end);
    }
    return found;
  });
}

/** Whether it stands in the heading of a position of the same beginning. */
function heads(span: Span, held: readonly Position[]): boolean {
  return held.some((one) => one.start <= span.start && span.start < one.end && one.first === span.first);
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function addWords(found: Features, before: string, after: string): void {
  const left = _TOKEN.findall(before).map((token) => token.toLowerCase());
  const right = _TOKEN.findall(after).map((token) => token.toLowerCase());
  for (const token of left.slice(-_BEFORE)) if (isalpha(token)) found.set(`b=${token}`, 0.5);
  for (const token of right.slice(0, _AFTER)) if (isalpha(token)) found.set(`a=${token}`, 0.5);
  for (const token of [...left, ...right]) if (isalpha(token)) found.set(`w=${token.slice(0, _STEM)}`, 0.5);
  addKinds(found, "b", before.slice(-_NEAR));
  addKinds(found, "a", after.slice(0, _NEAR));
  found.set(`b1=${left.at(-1) ?? ""}`, 1);
  found.set(`a1=${right[0] ?? ""}`, 0.7);
}

function addKinds(found: Features, place: string, text: string): void {
  for (const [kind, words] of _KINDS) if (words.search(text)) found.set(`${place}:${kind}`, 1);
}

function addShape(found: Features, span: Span, before: string, after: string, of: number, at: number): void {
  const length = span.last === null ? 0 : span.last - span.first;
  const line = before + after;
  const shape: [string, boolean][] = [
    ["open", span.last === null], ["single", span.single], ["starts", !stripOf(before, " \t-•*")],
    ["ends", !stripOf(after, " \t.)")], ["bracket", rstrip(before).endsWith("(")],
    ["title:before", titled(before)], ["title:after", titled(after)], ["degree", findDegrees(line).length > 0],
    ["few", of < 3], ["last", at === of - 1], ["first", at === 0], ["stop", rstrip(line).endsWith(".")],
    ["long", line.length > 120],
    ..._LENGTHS.map((top): [string, boolean] => [`months<${top}`, span.last !== null && length < top]),
  ]; // prettier-ignore
  if (span.single) {
    const said = _SENTENCE.split(before).at(-1)!;
    const words = _WORD.findall(said).map((word) => word.toLowerCase());
    shape.push([`since:${Math.min(words.length, 4)}`, true], [`since:title=${titled(said) ? "True" : "False"}`, true]);
    for (const word of words.slice(-4)) shape.push([`since:${word.slice(0, _STEM)}`, true]);
  }
  for (const [name, holds] of shape) if (holds) found.set(name, 1);
}

function titled(piece: string): boolean {
  return _PIECE.split(piece).some((part) => !isBlank(part) && levelOf(part) !== null);
}

/** The lines above and below a date that stands alone. */
function addAround(found: Features, text: string, start: number, end: number): void {
  const above = text.slice(Math.max(0, start - _REACH), start).replace(/\n+$/, "").split("\n").at(-1)!;
  const below = text.slice(end, end + _REACH).replace(/^\n+/, "").split("\n")[0]!;
  for (const word of _WORD.findall(above).slice(0, _BESIDE)) found.set(`u=${word.toLowerCase()}`, 0.5);
  for (const word of _WORD.findall(below).slice(0, _BESIDE)) found.set(`d=${word.toLowerCase()}`, 0.5);
  addKinds(found, "u", above);
  addKinds(found, "d", below);
  if (titled(above)) found.set("title:up", 1);
  if (titled(below)) found.set("title:down", 1);
}

/** Starts and words of the lines that look like headings; the first of all is a name. */
function headingsOf(text: string): [number[], string[]] {
  const [starts, lines]: [number[], string[]] = [[], []];
  for (const match of [..._LINE.finditer(text)].slice(1)) {
    const line = strip(match.text_());
    const words = _WORD.findall(line).length;
    if (!words || words > _HEADING || _DIGIT.search(line)) continue;
    if (isupper(line) || line.endsWith(":") || sections.find(line).names.length) {
      starts.push(match.start());
      lines.push(line);
    }
  }
  return [starts, lines];
}

/** What the heading says, "" for none. */
function addUnder(found: Features, heading: string): void {
  const name = sections.find(heading).names[0] ?? (heading ? "other" : "");
  for (const word of _WORD.findall(heading.toLowerCase())) found.set(`h=${word.slice(0, _STEM)}`, 0.7);
  found.set(`under=${name}`, 1);
  addKinds(found, "h", heading);
}
