/**
 * Whether the words around a name say that the writer did it: "built it in Java" does, "next to the
 * Java team" does not. What is read is the sentence, also where it is wrapped over several lines, and the
 * heading above it.
 */

import { isBlank, islower, lstripOf, rfind, split, strip, stripOf } from "../python";
import * as claimKinds from "./claimKinds";
import { constant, pattern } from "./data";

const UNSURE = constant<number>("claims", "UNSURE");
const DENIED = constant<number>("claims", "DENIED");
const _REACH = constant<number>("claims", "_REACH");
const _UP = constant<number>("claims", "_UP");
const _ABOVE = constant<number>("claims", "_ABOVE");
const _WRAPPED = constant<number>("claims", "_WRAPPED");
const _END = pattern("claims", "_END");
const _BULLET = pattern("claims", "_BULLET");
const _GOES_ON = pattern("claims", "_GOES_ON");

/** Whether what stands at `text.slice(start, end)`, a skill or title, is plainly said of the writer's own doing. */
export function claimed(text: string, start: number, end: number): boolean {
  return doubt(text, start, end) < UNSURE;
}

/**
 * Whether the words around `text.slice(start, end)` take it back: "no Kubernetes", "eager to learn SAP",
 * "read about Go", with a probability of `least`. Not the opposite of `claimed`: of what lies between, both are false.
 */
export function disclaimed(text: string, start: number, end: number, least = DENIED): boolean {
  return doubt(text, start, end) >= least;
}

/** Whether a passage, below `above`, says as a whole that its writer lacks, wishes for or has lost something. */
export function denies(passage: string, above = ""): boolean {
  return 1 - claimKinds.sharesOfAll(above, passage)[0]! >= DENIED;
}

function doubt(text: string, start: number, end: number): number {
  const [first, last] = sentence(text, start, end);
  return 1 - claimKinds.shares(heading(text, first), text.slice(first, start), text.slice(end, last))[0]!;
}

/** The span of the sentence around a name, also where it is wrapped over several lines. */
function sentence(text: string, start: number, end: number): [number, number] {
  const low = Math.max(0, start - _REACH);
  let first = low;
  for (const match of _END.finditer(text, low, start)) first = match.end();
  const high = Math.min(text.length, end + _REACH);
  let last = _END.search(text, end, high)?.start() ?? high;
  for (let i = start - 1; i >= first; i--)
    if (text[i] === "\n" && !wraps(text, i)) {
      first = i + 1;
      break;
    }
  for (let i = end; i < last; i++) if (text[i] === "\n" && !wraps(text, i)) last = i;
  return [first, last];
}

/** Whether the sentence before the line break at `at` goes on after it. */
function wraps(text: string, at: number): boolean {
  const line = strip(text.slice(rfind(text, "\n", 0, at) + 1, at));
  const following = lstripOf(text.slice(at + 1, at + 80), " \t");
  // The rows of a table stand alone.
  if (!line || isBlank(following) || line[0] === "|" || following[0] === "|") return false;
  return islower(following[0]!) || line.length >= _WRAPPED || _GOES_ON.search(line) !== undefined;
}

/** The nearest line above `at` that is a heading: short and bare, or ending in a colon. */
export function heading(text: string, at: number): string {
  const above = text.slice(Math.max(0, at - _ABOVE), at).split("\n").slice(0, -1);
  for (const line of above.slice(-_UP).reverse()) {
    const bare = strip(stripOf(strip(line), "#*_=|"));
    if (!bare) continue;
    if (bare.endsWith(":")) return bare;
    const ends = ".,;!?".includes(bare.at(-1)!);
    if (!_BULLET.match(line) && split(bare).length <= 6 && !ends && !bare.includes(",")) return bare;
  }
  return "";
}
