/** What stands around a job posting in any text; rolefit/reading/chrome.py. */

import { Pattern } from "../language/re";
import { codePoints, firstPoints } from "../python";
import type { Document, Line } from "../records";
import shared from "../shared.json";
import { words } from "./common";
import { ELSEWHERE } from "./furniture";

const { TAIL, SHORT, LEAST } = shared.chrome;
const TRIM = new Pattern(shared.chrome._TRIM);
const HEADING = new Pattern(shared.chrome._HEADING);
const LINE = new Pattern(shared.chrome._LINE);

/**
 * The document with what surrounds its posting made blank; all that is left keeps its place. As it
 * came where too little would be left: then it is no posting with a page around it.
 */
export function posting(document: Document): Document {
  const { text } = document;
  const span = ({ start, end }: Line): string => `${start}-${end}`;
  const gone = new Set([...document.furniture, ...around(document)].map(span));
  const lines = document.lines.filter((line) => !gone.has(span(line)));
  if (lines.length === document.lines.length) return document;
  if (lines.reduce((sum, { start, end }) => sum + words(text.slice(start, end)), 0) < LEAST) return document;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of lines) {
    parts.push(blank(text.slice(at, start)), text.slice(start, end));
    at = end;
  }
  return { ...document, text: [...parts, blank(text.slice(at))].join(""), lines };
}

function blank(text: string): string {
  return text.replace(/\S/g, " ");
}

/** Lines that only web pages have, and all below a heading that names other jobs. */
function around({ text, lines }: Document): Line[] {
  const counts = lines.map(({ start, end }) => words(text.slice(start, end)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const found: Line[] = [];
  let seen = 0;
  let away = false; // whether the lines speak of something else
  lines.forEach((line, number) => {
    const count = counts[number]!;
    const said = TRIM.sub("", firstPoints(text.slice(line.start, line.end), 200));
    if (count && count <= SHORT && ELSEWHERE.fullmatch(said)) {
      away ||= total - seen < TAIL * total;
      found.push(line);
    } else if (away && count <= SHORT && HEADING.search(said) && codePoints(said) < 40) away = false;
    else if (away || LINE.fullmatch(said)) found.push(line);
    seen += count;
  });
  return found;
}
