/** The lines of a resume around its dates: where a position's title and employer may stand. */

import { bisectRight, islower, split, stripOf } from "../python";
import type { Document, Line } from "../records";
import { constant, pattern, words } from "./data";
import { SINCE_BEFORE, type Span } from "./dates";
import { bothIn, employerIn, isProse, PLACEHOLDER, SHORTENED } from "./roles";
import * as sections from "./sections";
import { Sections } from "./sections";

export type Place = readonly [start: number, end: number]; // a span of the text
export type Name = "before" | "after" | "up" | "up2" | "down" | "down2";

export interface Places extends Readonly<Partial<Record<Name, Place>>> {
  readonly before: Place;
  readonly after: Place;
}

export const WORK = constant<string>("resume_page", "WORK");
const _PARTS = words("resume_page", "_PARTS");
const _BETWEEN = words("resume_page", "_BETWEEN");
const _UNPAID = pattern("resume_page", "_UNPAID");
const _GOES_ON = pattern("resume_page", "_GOES_ON");
const _SENTENCES = pattern("resume_page", "_SENTENCES");
const _STOPPED = pattern("resume_page", "_STOPPED");
const _BARE = pattern("resume_page", "_BARE");
const _MARK = pattern("resume_page", "_MARK");
const _ROLE = constant<number>("resume_page", "_ROLE");
const _REACH = constant<number>("resume_page", "_REACH");
const _SIGNS = constant<string>("resume_page", "_SIGNS");
const _PREPOSITION = pattern("resume_page", "_PREPOSITION");

/** A date that may head a position, and the places around it. */
export interface Anchor {
  readonly span: Span;
  readonly section: string; // "" where no heading stands above
  readonly places: Places; // "before", "after" on its line; "up", "up2", "down", "down2"
}

/** The lines of a document around its dates. */
export class Page {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly headings: ReadonlySet<number>;
  readonly sections: Sections;
  private readonly starts: number[];
  readonly dated: ReadonlySet<number>; // lines that hold a date range
  private readonly unpaid: Place[];

  constructor(document: Document, ranges: readonly Span[]) {
    this.text = document.text;
    this.lines = document.lines;
    this.starts = document.lines.map((line) => line.start);
    const known = sections.find(document.text);
    this.headings = new Set(known.starts.map((start) => this.lineAt(start)));
    this.sections = this.ofResume(known.starts.map((start, i) => [start, known.names[i]!] as const));
    this.dated = new Set(ranges.map((span) => this.lineAt(span.start)));
    this.unpaid = this.sections.starts
      .map((start, i): Place => [start, this.sections.starts[i + 1] ?? this.text.length])
      .filter(([start]) => _UNPAID.search(this.text, start, Math.min(start + 40, this.endOf(start))));
  }

  /** The number of the line that holds the offset, or of the last line before it. */
  lineAt(offset: number): number {
    return Math.max(0, bisectRight(this.starts, offset) - 1);
  }

  linesOf(places: Iterable<Place>): number[] {
    return Array.from(places, ([start]) => this.lineAt(start));
  }

  /** The span with the places around it; null if it stands within a sentence. */
  anchor(span: Span): Anchor | null {
    const first = this.lineAt(span.start);
    const last = this.lineAt(Math.max(span.start, span.end - 1));
    const before = this.before(Math.max(this.lines[first]!.start, span.start - _REACH), span);
    const after: Place = [span.end, Math.max(span.end, Math.min(this.lines[last]!.end, span.end + _REACH))];
    if (withinSentence(this.text.slice(...before), this.text.slice(...after))) return null;
    if (this.unpaid.some(([start, end]) => start <= span.start && span.start < end)) return null;
    const places: Places = {
      before,
      after,
      ...this.neighbours(["up", "up2"], [first - 1, first - 2], false),
      ...this.neighbours(["down", "down2"], [last + 1, last + 2], true),
    };
    const bare = [before, after].every((place) => _BARE.fullmatch(this.text, ...place));
    const item = !places.down && bare ? this.item(last + 1) : undefined;
    return { span, section: this.sections.at(span.start), places: item ? { ...places, down: item } : places };
  }

  /** Without "since", and the full stop of "Baker, Northwind Foods, Dayton." before a date. */
  private before(start: number, span: Span): Place {
    const since = span.single ? SINCE_BEFORE.search(this.text, start, span.start) : undefined;
    const end = since?.start() ?? span.start;
    const match = _STOPPED.search(this.text, start, end);
    if (!match || SHORTENED.search(this.text, start, match.start() + 1)) return [start, end];
    return [start, match.start()];
  }

  /** The first item of a list below dates that stand alone, if it names a position. */
  private item(number: number): Place | undefined {
    const line = this.lines[number];
    if (!line || this.dated.has(number)) return undefined;
    const mark = _MARK.match(this.text, line.start, line.end);
    if (!mark || bothIn(this.text.slice(mark.end(), line.end))[0] < _ROLE) return undefined;
    return [mark.end(), Math.min(line.end, line.start + _REACH)];
  }

  private neighbours(names: readonly Name[], numbers: readonly number[], below: boolean): Partial<Record<Name, Place>> {
    const found: Partial<Record<Name, Place>> = {};
    for (const [i, name] of names.entries()) {
      const number = numbers[i]!;
      const line = this.lines[number];
      if (!line || this.dated.has(number) || this.headings.has(number)) break;
      const text = this.text.slice(line.start, line.end);
      // Below an employer prose may go on in the same line, as extraction joins them.
      if (isProse(text) && !(below && employerIn(text.slice(0, 80)).score >= 2.5)) break;
      found[name] = [line.start, Math.min(line.end, line.start + _REACH)];
    }
    return found;
  }

  /** Without what heads a part of a position only: "Duties", "Salary: 50,000", "Tools". */
  private ofResume(found: Iterable<readonly [number, string]>): Sections {
    const starts: number[] = [];
    const names: string[] = [];
    let atWork = false;
    for (const [start, name] of found) {
      const goesOn = _GOES_ON.search(this.text.slice(start, this.endOf(start)));
      if (_PARTS.has(name) || (atWork && goesOn)) continue;
      atWork = name === WORK || (atWork && _BETWEEN.has(name));
      starts.push(start);
      names.push(atWork && name !== WORK ? "" : name);
    }
    return new Sections(starts, names);
  }

  private endOf(offset: number): number {
    return this.lines[this.lineAt(offset)]!.end;
  }
}

function withinSentence(before: string, after: string): boolean {
  const plain = stripOf(before, _SIGNS);
  if (!plain || PLACEHOLDER.search(plain)) return false;
  const words = split(plain).length;
  if (_PREPOSITION.search(plain)) return words > 6 || islower(plain[0]!) || isProse(plain);
  if (_SENTENCES.search(plain) || islower(plain[0]!)) return true;
  return words > 14 || (isProse(plain) && (words > 4 || stripOf(after, " .)|") !== ""));
}
