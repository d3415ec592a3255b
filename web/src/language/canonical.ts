/**
 * Which places of a text have a name in the alias file, and what that name is. Python's canonical.py also
 * writes the names into the text; no room of the browser reads such a text.
 */

import { clean } from "./clean";
import * as match from "./match";
import { type Change, compose, original, rewrite } from "./offsets";
import { cut } from "./runs";
import * as sections from "./sections";
import { shipped, type Taxonomy } from "./taxonomy";

/** "Bachelor of Technology" for "b-tech"; offsets are those of the text as given. */
export interface Named {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

export function canonicalNames(text: string): Named[] {
  const known = shipped();
  const [seen, edits] = clean(text);
  const cleaned = cut(seen);
  const where = sections.find(cleaned);
  const hits = match.find(cleaned, known, (offset) => where.at(offset) === "skills");
  const [result, renamed] = rewrite(cleaned, changes(cleaned, hits, known));
  const whole = compose(edits, renamed);
  return renamed.map(([, , from, to]) => {
    const [start, end] = original(whole, from, to);
    return { start, end, name: result.slice(from, to) };
  });
}

function* changes(text: string, hits: readonly match.Hit[], known: Taxonomy): Generator<Change> {
  for (const { start, end, phrase } of hits) {
    const form = known.forms.get(phrase);
    // One case is all that the encoder's vocabulary has.
    if (form && text.slice(start, end).toLowerCase() !== form.toLowerCase()) yield [start, end, form];
  }
}
