/** Places as resumes write them behind an employer: "Dayton, OH", "- Pune, India". */

import { pattern } from "./data";
import type { Match } from "./re";

const _PLACE = pattern("places", "_PLACE");

/** The first place with the sign before it, or undefined. */
export function find(text: string, start = 0, end: number | null = null): Match | undefined {
  const last = end ?? text.length;
  const part = text.slice(start, last);
  if (!part.includes(",") && !part.includes("City")) return undefined; // the pattern is slow
  return _PLACE.search(text, start, last);
}

/** The place that begins at `start`, or undefined. */
export function at(text: string, start = 0): Match | undefined {
  return _PLACE.match(text, start);
}

/** Whether the text is a place and nothing else. */
export function only(text: string): boolean {
  const found = _PLACE.match(text);
  return (found !== undefined && text.length - found.end() < 3) || text === "City" || text === "State";
}
