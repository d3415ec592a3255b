/** No run without end, which a room's patterns would search anew from each of its characters. */

import { isBlank } from "../python";
import { constant, pattern } from "./data";

const PIECE = constant<number>("runs", "PIECE");
const RUN = pattern("runs", "RUN");
const BREAK = constant<string>("runs", "BREAK");
const JOINT = constant<string>("runs", "JOINT");

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
