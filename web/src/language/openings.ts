/** Several openings in one advert: each under a title of its own, one after the other; rolefit/language/openings.py. */

import { split } from "../python";
import { constant, pattern } from "./data";
import { levelOf } from "./levels";

const _LONGEST = constant<number>("openings", "_LONGEST"); // words of a title
const _MOST = constant<number>("openings", "_MOST"); // titles that are looked at
const _NUMBERED = pattern("openings", "_NUMBERED");
const _LABELLED = pattern("openings", "_LABELLED");
const _SENTENCE = pattern("openings", "_SENTENCE");

/**
 * The titles of an advert that holds several openings; none where it holds one. They are numbered from 1 on, or
 * each named by a label; all are short, name an occupation, and have lines of their own below. A list of duties
 * has no such lines, or no occupations.
 */
export function openings(text: string): string[] {
  for (const found of [numbered(text), [..._LABELLED.finditer(text)].slice(0, _MOST)]) {
    const titles = found.map((match) => match.group("title") ?? "");
    const spoken = found.every((match, i) => split(text.slice(match.end(), found[i + 1]?.start())).length > 2);
    const different = new Set(titles.map((title) => title.toLowerCase())).size > 1;
    if (different && spoken && titles.every(isTitle)) return titles;
  }
  return [];
}

/** The lines numbered 1, 2, 3 and so on, if there is one such row alone. */
function numbered(text: string) {
  const found = [..._NUMBERED.finditer(text)].slice(0, _MOST);
  return found.every((match, i) => Number(match.group("number")) === i + 1) ? found : [];
}

function isTitle(line: string): boolean {
  const short = split(line).length <= _LONGEST && !_SENTENCE.search(line);
  return short && levelOf(line) !== null;
}
