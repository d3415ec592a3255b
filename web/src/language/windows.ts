/** Places worth a closer look: slow patterns are tried around a hint instead of everywhere. */

import { rfind } from "../python";
import type { Pattern } from "./re";

/**
 * Spans of `text` that reach `reach` characters beyond each hint; those that meet are one.
 *
 * They begin and end between words.
 */
export function windows(text: string, hint: Pattern, reach: number): Array<[number, number]> {
  const found: Array<[number, number]> = [];
  for (const match of hint.finditer(text)) {
    const start = rfind(text, " ", 0, Math.max(0, match.start() - reach)) + 1;
    const behind = text.indexOf(" ", match.end() + reach);
    const end = behind < 0 ? text.length : behind;
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  }
  return found;
}
