/** A title with its short names spelt out, as its vector is made: an RN and a registered nurse. */

import { constant } from "./data";

const SPELT = new Map(Object.entries(constant<Record<string, string>>("title_words", "SPELT")));

export function spelt(title: string): string {
  return title.replace(/[\p{L}\p{N}]+/gu, (word) => SPELT.get(word.toLowerCase()) ?? word);
}
