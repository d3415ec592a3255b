/** What every room reads instead of the text as it stands: no run without end, some capitals. */

import { isBlank } from "../python";
import { constant, pattern } from "./data";

const PIECE = constant<number>("runs", "PIECE");
const RUN = pattern("runs", "RUN");
const BREAK = constant<string>("runs", "BREAK");
const JOINT = constant<string>("runs", "JOINT");

/**
 * The text as every room reads it: cut, and in capitals if it has none, because names and titles
 * are known by their capitals. Offsets stay.
 */
export function calm(text: string): string {
  return cut(/\p{Uppercase}/u.test(text) ? text : text.replace(/[a-z]+/g, (run) => run.toUpperCase()));
}

/** The text with every 120th character of an overlong run replaced; offsets stay. */
export function cut(text: string): string {
  return RUN.sub((match) => {
    const run = Array.from(match.text_());
    const between = isBlank(run[0] ?? "") ? JOINT : BREAK;
    // A character of two halves is replaced by two, so that offsets stay here too.
    for (let i = PIECE - 1; i < run.length; i += PIECE) run[i] = between.repeat(run[i]?.length ?? 1);
    return run.join("");
  }, text);
}
