/** Headings: which part of a resume or an advert a place of the text belongs to. */

import { bisectRight, codePoints, firstPoints, isBlank, islower, partition, remembered, rstrip, split, stripOf } from "../python";
import { constant, pattern } from "./data";
import { kindOf } from "./headingKinds";

const KNOWN = new Map(Object.entries(constant<Record<string, string>>("sections", "KNOWN")));
export const LONGEST = constant<number>("sections", "LONGEST");
const _PAGE = constant<number>("sections", "_PAGE"); // lines that hardly anybody writes without a blank one
const _LINE = pattern("sections", "_LINE");
const _TRIM = constant<string>("sections", "_TRIM");
const _NUMBER = pattern("sections", "_NUMBER");
const _CONTINUED = pattern("sections", "_CONTINUED");

/** Found once for a text; `at(offset)` is the section's name, "" above the first heading. */
export class Sections {
  constructor(
    readonly starts: readonly number[],
    readonly names: readonly string[],
  ) {}

  at(offset: number): string {
    return this.names[bisectRight(this.starts, offset) - 1] ?? "";
  }
}

/** A heading is a short line that says nothing else, or a known one before a colon. */
export const find = remembered(32, (text: string): Sections => {
  const found = [...alone(text)];
  const taken = new Set(found.map(([start]) => start));
  for (const match of _LINE.finditer(text)) {
    const [head, colon] = partition(firstPoints(match.text_(), LONGEST + 1), ":");
    const name = colon && !taken.has(match.start()) ? everyday(head) : "";
    if (name) found.push([match.start(), name]);
  }
  found.sort((a, b) => a[0] - b[0]);
  return new Sections(
    found.map(([start]) => start),
    found.map(([, name]) => name),
  );
});

/** Where each line begins that is a heading and nothing else, and the section that it opens. */
export function* alone(text: string): Generator<[number, string]> {
  const lines = text.split("\n");
  // Not every format keeps blank lines; where a page has none, they may stand anywhere.
  const hasBlanks = lines.length < _PAGE || lines.slice(0, -1).some(isBlank);
  const below = [...lines.slice(1), ""]; // the next line that says something
  for (let at = below.length - 2; at >= 0; at--) if (isBlank(below[at]!)) below[at] = below[at + 1]!;
  let start = 0;
  let top = true; // on top stands a name or a title
  for (const [at, line] of lines.entries()) {
    let name = codePoints(line) <= LONGEST ? everyday(line) : "";
    if (!name && !top) name = kindOf(hasBlanks ? lines[at - 1]! : "", line, below[at]!);
    if (name) yield [start, name];
    start += line.length + 1;
    top &&= isBlank(line);
  }
}

/** The section of a heading that everybody writes, or "". */
export function everyday(line: string): string {
  if (islower(Array.from(line.slice(0, 2))[0] ?? "") && rstrip(line).endsWith(".")) return ""; // the end of a sentence that was wrapped
  const bare = stripOf(_CONTINUED.sub("", _NUMBER.sub("", stripOf(line, _TRIM))), _TRIM);
  const plain = split(bare.toLowerCase().replaceAll("&", "and")).join(" ");
  return KNOWN.get(plain) ?? "";
}
