/** Edits of a text, and how edits of edits add up. All linear in the number of edits. */

import { bisectLeft, bisectRight } from "../python";

/** Start and end in the old text, what stands there in the new. */
export type Change = readonly [start: number, end: number, text: string];
/** Original start and end, canonical start and end. */
export type Edit = readonly [number, number, number, number];

/** Apply `changes`, which are in order and do not overlap. What changes nothing is no edit. */
export function rewrite(text: string, changes: Iterable<Change>): [string, Edit[]] {
  const parts: string[] = [];
  const edits: Edit[] = [];
  let done = 0;
  let shift = 0;
  for (const [start, end, now] of changes) {
    if (text.slice(start, end) === now) continue;
    edits.push([start, end, start + shift, start + shift + now.length]);
    parts.push(text.slice(done, start), now);
    shift += now.length - (end - start);
    done = end;
  }
  if (!edits.length) return [text, edits];
  parts.push(text.slice(done));
  return [parts.join(""), edits];
}

/**
 * The edits from the oldest text to the newest, through a text in the middle. Edits that overlap in
 * the middle text become one; all others stay as they are.
 */
export function compose(first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  if (!first.length || !second.length) return first.length ? first : second;
  // [start, end in the middle, growth towards the old text, growth towards the new]
  const spans: Edit[] = [
    ...first.map((e): Edit => [e[2], e[3], e[1] - e[0] - (e[3] - e[2]), 0]),
    ...second.map((e): Edit => [e[0], e[1], 0, e[3] - e[2] - (e[1] - e[0])]),
  ].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const composed: Edit[] = [];
  let old = 0; // how far the texts have drifted from the middle one
  let now = 0;
  for (let i = 0; i < spans.length; ) {
    let [start, end, growOld, growNew] = spans[i++]!;
    for (; i < spans.length && spans[i]![0] < end; i++) {
      end = Math.max(end, spans[i]![1]);
      growOld += spans[i]![2];
      growNew += spans[i]![3];
    }
    composed.push([start + old, end + old + growOld, start + now, end + now + growNew]);
    old += growOld;
    now += growNew;
  }
  return composed;
}

/** The change from `old`, which stands at `start`, to `now`, without what they share. */
export function trimmed(start: number, old: string, now: string): Change {
  const least = Math.min(old.length, now.length);
  let head = 0;
  while (head < least && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < least - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return [start + head, start + old.length - tail, now.slice(head, now.length - tail)];
}

/**
 * The span of the original that a span of the edited text was made from; in Python a method of
 * Canonical. A span that cuts through an edit grows to the whole of it; deletions at its edges stay out.
 */
export function original(edits: readonly Edit[], start: number, end: number): [number, number] {
  const before = edits[bisectRight(edits, start, canonicalStart) - 1];
  let first = start;
  if (before) first = start < before[3] ? before[0] : before[1] + start - before[3];
  const last = edits[bisectLeft(edits, end, canonicalStart) - 1];
  const stop = last ? last[1] + Math.max(0, end - last[3]) : end;
  return [first, Math.max(first, stop)];
}

function canonicalStart(edit: Edit): number {
  return edit[2];
}
