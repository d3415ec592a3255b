/**
 * What a page's mark-up would cost a parser, told from its source before one sees it;
 * rolefit/reading/markup.py, step by step.
 *
 * parse5 cannot be interrupted. What makes it slow or large out of all proportion: nesting, more tags
 * than a page has, many attributes in one tag (each is compared with all before it), and formatting
 * elements that stay open: every paragraph behind them gets a copy of all of them.
 */

import { codePoints } from "../python";
import shared from "../shared.json";
import type { Allowance } from "./limits";

// Without "u": a class of single units is passed without a memory of its every sign. A quote counts
// behind "=" only. This cannot fail, so nothing is ever tried twice.
const TAG =
  /<!--(?:-?>|[^]*?(?:--!?>|$))|<[!?][^>]*|<(\/?)([a-z][^\s/>]*)((?:[^>=]+|=\s*(?:"[^"]*"|'[^']*')?){0,3000})/gi;
const ATTRIBUTE = /[^\s/>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?|=/g;
const EQUALS = /=/g;
const OPENING = /</g;
// Where tags are text. Not inside <svg> and <math>, which know no such elements.
const RAW = new Map(
  ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"].map((name) => [
    name,
    new RegExp(`</${name}(?![\\w-])`, "gi"),
  ]),
);
const FORMATTING = new Set("a b big code em font i nobr s small strike strong tt u".split(" "));
// Tags that hold one another; the parser closes or never opens the ones left out here.
const NESTING = new RegExp(shared.html.nesting, "iy");
const MANY = 1400; // signs; half of what the pattern passes in one tag
const CLOCK = 1000; // tags between two looks at the clock
const SHORT = 100; // characters; a tag no longer than that holds few attributes

/** How deep elements nest in it, at most. Throws LimitError for what no parser should see. */
export function check(source: string, allowance: Allowance): number {
  allowance.checkTags(count(OPENING, source));
  let [depth, deepest, openFormats, copies, pairs, foreign, seen] = [0, 0, 0, 0, 0, 0, 0];
  for (let tag = next(TAG, source, 0); tag; tag = next(TAG, source, TAG.lastIndex)) {
    if (++seen % CLOCK === 0) allowance.checkClock();
    const [, end, written = "", attributes = ""] = tag;
    const name = written.toLowerCase();
    const step = end ? -1 : 1;
    if (codePoints(attributes) > SHORT) {
      const found = attributesIn(attributes);
      pairs += found * found;
      allowance.checkAttributes(found, pairs);
    }
    if (name === "svg" || name === "math") foreign = Math.max(0, foreign + step);
    if (FORMATTING.has(name)) openFormats = Math.max(0, openFormats + step);
    copies += openFormats;
    allowance.checkCopies(copies);
    if (name && next(NESTING, source, tag.index)) {
      depth = Math.max(0, depth + step);
      deepest = Math.max(deepest, depth);
      allowance.checkNesting(depth);
    }
    const raw = step === 1 && !foreign ? RAW.get(name) : undefined;
    if (raw) TAG.lastIndex = next(raw, source, TAG.lastIndex)?.index ?? source.length;
  }
  return deepest;
}

/** "=" also stands in values; a tag so full of them that the pattern above stopped has too many. */
function attributesIn(text: string): number {
  const [found, signs] = [count(ATTRIBUTE, text), count(EQUALS, text)];
  return signs > MANY ? Math.max(found, signs) : found;
}

function next(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** How often a pattern finds something; a list of what it finds could be as long as the text. */
function count(pattern: RegExp, text: string): number {
  let found = 0;
  for (pattern.lastIndex = 0; pattern.test(text); ) found++;
  return found;
}
