/** The names that parts of a resume have, as far as the place of a text depends on them; the twin of headed.py. */

import { Pattern } from "../language/re";
import shared from "../shared.json";

const HEADING = new Pattern(shared.headed._HEADING);
const WORDS = new Set(shared.headed._WORDS);
const LONGEST = shared.headed._LONGEST;

/** The words of a heading, "WORKEXPERIENCE" as "WORK EXPERIENCE"; else the letters given. */
export function parted(letters: string): string {
  const low = letters.toLowerCase();
  if (low.length > LONGEST || low.length !== letters.length || WORDS.has(low)) return letters;
  const ends: (number | null)[] = [0]; // where the last word of a prefix begins
  for (let end = 1; end <= low.length; end++) {
    ends[end] = null;
    for (let start = 0; start < end && ends[end] === null; start++)
      if (ends[start] !== null && WORDS.has(low.slice(start, end))) ends[end] = start;
  }
  const words: string[] = [];
  let end = low.length;
  for (let begin = ends[end]!; end && begin !== null; begin = ends[end]!) {
    words.unshift(letters.slice(begin, end));
    end = begin;
  }
  return end ? letters : words.join(" ");
}

/** Whether it is the name of a part of a resume and nothing else. */
export function isHeading(text: string): boolean {
  return HEADING.fullmatch(text) !== undefined;
}
