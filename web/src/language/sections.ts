/** Headings: which part of a resume or an advert a place of the text belongs to. */

import { bisectRight, islower, partition, rstrip, split, stripOf } from "../python";
import { constant, pattern } from "./data";

const _NAMES = new Map(Object.entries(constant<Record<string, string>>("sections", "_NAMES")));
const _LONGEST = constant<number>("sections", "_LONGEST");
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

/** A heading is a short line that says nothing else, or what stands before a colon. */
export function find(text: string): Sections {
  const starts: number[] = [];
  const names: string[] = [];
  for (const match of _LINE.finditer(text)) {
    let line = match.text_();
    if (line.length > _LONGEST) {
      const [head, colon] = partition(line.slice(0, _LONGEST + 1), ":");
      line = colon ? head : "";
    }
    const name = section(line) || section(line.includes(":") ? partition(line, ":")[0] : "");
    if (name) {
      starts.push(match.start());
      names.push(name);
    }
  }
  return new Sections(starts, names);
}

function section(line: string): string {
  if (islower(Array.from(line.slice(0, 2))[0] ?? "") && rstrip(line).endsWith(".")) return ""; // the end of a sentence that was wrapped
  const bare = stripOf(_CONTINUED.sub("", _NUMBER.sub("", stripOf(line, _TRIM))), _TRIM);
  const plain = split(bare.toLowerCase().replaceAll("&", "and")).join(" ");
  return _NAMES.get(plain) ?? "";
}
