/** A resume with its sections in one order, so that no score depends on where they stand; rolefit/language/section_order.py. */

import { bisectLeft, bisectRight, strip } from "../python";
import type { Document, Line } from "../records";
import { constant } from "./data";
import { alone } from "./sections";

const ORDER = constant<readonly string[]>("section_order", "ORDER");

/** Where each stretch of an ordered text stands in the one that it was made from. */
export class Moved {
  constructor(
    readonly starts: readonly number[], // rising, in the ordered text; the first is 0
    readonly was: readonly number[], // the same places in the original
  ) {}

  /** `record` with every span in it moved to the original's places. */
  back<T>(record: T): T {
    return this.starts.length === 1 ? record : (this.moved(record) as T);
  }

  private moved(record: unknown): unknown {
    if (Array.isArray(record)) return record.map((each) => this.moved(each));
    if (record === null || typeof record !== "object") return record;
    const changed = Object.fromEntries(Object.entries(record).map(([name, value]) => [name, this.moved(value)]));
    if (typeof changed.start !== "number" || typeof changed.end !== "number") return changed;
    const at = bisectRight(this.starts, changed.start) - 1;
    // No fact spans two sections; where one did, it ends with its own.
    const end = Math.min(changed.end, this.starts[at + 1] ?? changed.end);
    const shift = this.was[at]! - this.starts[at]!;
    return { ...changed, start: changed.start + shift, end: end + shift };
  }
}

/** The document with its sections in ORDER, those of one kind by their headings; and the way back. */
export function inOrder(document: Document): [Document, Moved] {
  const { text } = document;
  const headings = [...alone(text)]
    .filter(([, name]) => ORDER.includes(name))
    .map(([start, name]) => ({ start, rank: ORDER.indexOf(name), heading: lineAt(text, start) }));
  const ends = [...headings.map(({ start }) => start), text.length];
  const sorted = headings
    .map((found, at) => ({ ...found, at }))
    .sort((a, b) => a.rank - b.rank || (a.heading < b.heading ? -1 : a.heading > b.heading ? 1 : a.at - b.at));
  if (sorted.every(({ at }, place) => at === place)) return [document, new Moved([0], [0])];
  const blocks = [[0, ends[0]!], ...sorted.map(({ at }) => [ends[at]!, ends[at + 1]!])] as [number, number][];
  const lines: Line[] = [];
  const starts: number[] = [];
  const was: number[] = [];
  const at = (place: number): number => bisectLeft(document.lines, place, (line) => line.start);
  let ordered = "";
  for (const [start, end] of blocks) {
    if (start === end) continue;
    starts.push(ordered.length);
    was.push(start);
    const shift = ordered.length - start;
    const own = document.lines.slice(at(start), at(end));
    for (const line of own) lines.push({ ...line, start: line.start + shift, end: line.end + shift });
    const part = text.slice(start, end);
    ordered += part.endsWith("\n") ? part : `${part}\n`;
  }
  return [{ ...document, text: ordered, lines }, new Moved(starts, was)];
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return strip(end < 0 ? text.slice(start) : text.slice(start, end)).toLowerCase();
}
