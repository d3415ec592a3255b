/** Whether a text is English, told from its commonest words. */

import { constant, pattern, words as wordsOf } from "./data";

export const LEAST = constant<number>("english", "LEAST");
const ENOUGH = constant<number>("english", "ENOUGH");
const _WORD = pattern("english", "_WORD");
const _COMMON = wordsOf("english", "_COMMON");

/** Share of the words that are among English's commonest; null for a text of few words. */
export function share(text: string): number | null {
  const words = _WORD.findall(text).map((word) => word.toLowerCase());
  if (words.length < ENOUGH) return null;
  return words.filter((word) => _COMMON.has(word)).length / words.length;
}
