/** Several openings in one advert: each under a title of its own, one after the other; rolefit/language/openings.py. */

import { codePoints, isBlank, split, splitlines, strip, stripOf } from "../python";
import { constant, pattern } from "./data";
import { kindOf } from "./jobHeadings";
import { levelOf } from "./levels";

const _LONGEST = constant<number>("openings", "_LONGEST"); // words of a title
const _MOST = constant<number>("openings", "_MOST"); // titles that are looked at
const _NUMBERED = pattern("openings", "_NUMBERED");
const _LABELLED = pattern("openings", "_LABELLED");
const _LINE = constant<number>("openings", "_LINE"); // characters of a line that may be a heading
const _HEADS = constant<number>("openings", "_HEADS"); // headings that are looked at
const _ABOVE = constant<number>("openings", "_ABOVE"); // lines above an opening's first heading among which its title stands
const _BARE = pattern("openings", "_BARE");
const _SENTENCE = pattern("openings", "_SENTENCE");

/**
 * The titles of an advert that holds several openings; none where it holds one. They are numbered from 1 on, or
 * each named by a label; all are short, name an occupation, and have lines of their own below. A list of duties
 * has no such lines, or no occupations. Or two whole adverts stand one below the other: the headings of the first
 * come again, in their order.
 */
export function openings(text: string): string[] {
  for (const found of [numbered(text), [..._LABELLED.finditer(text)].slice(0, _MOST)]) {
    const titles = found.map((match) => match.group("title") ?? "");
    const spoken = found.every((match, i) => split(text.slice(match.end(), found[i + 1]?.start())).length > 2);
    const different = new Set(titles.map((title) => title.toLowerCase())).size > 1;
    if (different && spoken && titles.every(isTitle)) return titles;
  }
  return pasted(splitlines(text));
}

/** The lines numbered 1, 2, 3 and so on, if there is one such row alone. */
function numbered(text: string) {
  const found = [..._NUMBERED.finditer(text)].slice(0, _MOST);
  return found.every((match, i) => Number(match.group("number")) === i + 1) ? found : [];
}

/** The titles above headings that come again and again in one order, [] if none do. */
function pasted(lines: string[]): string[] {
  const kinds = lines.map((line) => (codePoints(line) <= _LINE ? kindOf(line) : null));
  const found = lines.flatMap((_, at) => (kinds[at] ? [at] : [])).slice(0, _HEADS);
  const heads = found.map((at) => ({ at, name: strip(_BARE.sub(" ", lines[at]!.toLowerCase())) }));
  const starts = heads.flatMap((head, place) => (head.name === heads[0]!.name ? [place] : [])).slice(0, _MOST);
  const rows = starts.map((start, i) => heads.slice(start, starts[i + 1]));
  const shared = (rows[0] ?? []).map((head) => head.name).filter((name) => rows.every((row) => row.some((head) => head.name === name)));
  const order = (row: typeof heads) => row.map((head) => head.name).filter((name) => shared.includes(name));
  const alike = rows.every((row) => JSON.stringify(order(row)) === JSON.stringify(shared));
  const asks = (rows[0] ?? []).some((head) => kinds[head.at] === "required" && shared.includes(head.name));
  if (rows.length < 2 || shared.length < 2 || !alike || !asks) return [];
  const titles = rows.map((row) => titleAbove(lines, row[0]!.at));
  return titles.every(Boolean) && new Set(titles.map((title) => title.toLowerCase())).size > 1 ? titles : [];
}

/** Of the lines above `at` the last that is a title and begins something: below a blank. */
function titleAbove(lines: string[], at: number): string {
  let seen = 0;
  for (let n = at - 1; n >= 0 && seen < _ABOVE; n--) {
    if (isBlank(lines[n]!)) continue;
    seen += 1;
    const title = stripOf(lines[n]!, " \t#*");
    if ((n === 0 || isBlank(lines[n - 1]!)) && isTitle(title)) return title;
  }
  return "";
}

function isTitle(line: string): boolean {
  const short = split(line).length <= _LONGEST && !_SENTENCE.search(line);
  return short && levelOf(line) !== null;
}
