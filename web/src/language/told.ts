/** Positions told in a sentence: "Working with Northwind Ltd. as Engineer since June 2016". */

import { split } from "../python";
import { constant, pattern } from "./data";
import { levelOf } from "./levels";
import type { Place } from "./resumePage";
import { trimmed } from "./roles";

const _WORDS = constant<number>("told", "_WORDS");
const _SENTENCES = pattern("told", "_SENTENCES");
const _REACH = constant<number>("told", "_REACH");
const _EMPLOYER_FIRST = pattern("told", "_EMPLOYER_FIRST");
const _TITLE_FIRST = pattern("told", "_TITLE_FIRST");
const NAMED = /^[\p{Lu}\p{Nd}]/u;

/** The places of title and employer in the sentence that the date ends, or null. */
export function told(text: string, lineStart: number, dateStart: number): readonly [title: Place, employer: Place] | null {
  const start = Math.max(lineStart, dateStart - _REACH);
  for (const pattern of [_EMPLOYER_FIRST, _TITLE_FIRST]) {
    const match = pattern.search(text, start, dateStart);
    if (!match) continue;
    const title = trimmed(text, ...match.span("title"));
    const employer = trimmed(text, ...match.span("employer"));
    const firm = text.slice(...employer);
    if (!NAMED.test(firm) || split(firm).length > _WORDS || _SENTENCES.search(firm)) continue;
    if (levelOf(text.slice(...title)) !== null) return [title, employer];
  }
  return null;
}
