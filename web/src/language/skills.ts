/** Text -> skills: what it names, where, how, and for how many years if it says so. */

import { numberOf, partition, rpartition } from "../python";
import type { Mention, Skill } from "../records";
import { clean } from "./clean";
import { constant, pattern } from "./data";
import * as match from "./match";
import type { Hit } from "./match";
import { original } from "./offsets";
import * as sections from "./sections";
import type { Sections } from "./sections";
import { shipped, type Taxonomy } from "./taxonomy";

/** What counts as a skill. */
export const KINDS = constant<readonly string[]>("skills", "KINDS");
const _LISTS = constant<readonly string[]>("skills", "_LISTS");
const _REACH = constant<number>("skills", "_REACH");
const _NEAR = constant<number>("skills", "_NEAR");
const _LIST = constant<number>("skills", "_LIST");
const _YEARS = pattern("skills", "_YEARS");
const _TOUCHES = pattern("skills", "_TOUCHES");
const _WRAP = pattern("skills", "_WRAP");
const _PARTED = pattern("skills", "_PARTED");

/**
 * The skills that `text` names, in the order of their first mention. Spans are offsets into `text` as
 * given. `kinds` are those of the alias file. Throws TaxonomyError if none was loaded.
 */
export function findSkills(
  text: string,
  taxonomy: Taxonomy | null = null,
  kinds: readonly string[] = KINDS,
): readonly Skill[] {
  return remembered(text, taxonomy ?? shipped()).filter((skill) => kinds.includes(skill.kind));
}

const KEPT = 8;
const kept: Array<{ readonly text: string; readonly known: Taxonomy; readonly skills: readonly Skill[] }> = [];

/** Kept for a moment: facts, licences and skills of one document all ask for it. */
function remembered(text: string, known: Taxonomy): readonly Skill[] {
  let entry = kept.find((one) => one.known === known && one.text === text);
  if (!entry) {
    kept.push((entry = { text, known, skills: find(text, known) }));
    if (kept.length > KEPT) kept.shift();
  }
  return entry.skills;
}

/** Whatever kind they are. */
function find(text: string, known: Taxonomy): readonly Skill[] {
  const [cleaned, edits] = clean(text);
  const where = sections.find(cleaned);
  const hits = match.find(_WRAP.sub(() => " ", cleaned), known, (offset) => _LISTS.includes(where.at(offset)));
  const found = new Map<number, Mention[]>();
  for (const [number, hit] of hits.entries()) {
    const concept = known.concepts[hit.phrase]!;
    const mentions = found.get(concept) ?? [];
    found.set(concept, mentions);
    const [start, end] = original(edits, hit.start, hit.end);
    const manner = mannerOf(cleaned, hits, number, where);
    mentions.push({ start, end, section: where.at(hit.start), manner, years: yearsOf(cleaned, hit) });
  }
  return Array.from(found, ([number, mentions]) => ({ ...known.concept(number), mentions }));
}

/** What stands before and after the mention on its line. */
function around(text: string, hit: Hit): [string, string] {
  const before = rpartition(text.slice(Math.max(0, hit.start - _REACH), hit.start), "\n")[2];
  const after = partition(text.slice(hit.end, hit.end + _REACH), "\n")[0];
  return [before, after];
}

/** "listed" in a skills section, on a line of its own, or in an enumeration; else "used". */
function mannerOf(text: string, hits: readonly Hit[], number: number, where: Sections): "listed" | "used" {
  const hit = hits[number]!;
  if (_LISTS.includes(where.at(hit.start))) return "listed";
  const [before, after] = around(text, hit);
  const start = hit.start - before.length;
  const end = hit.end + after.length;
  const near = hits.slice(Math.max(0, number - 20), number + 20);
  const named = near.filter((one) => start <= one.start && one.start < end);
  const rest = end - start - named.reduce((sum, one) => sum + one.end - one.start, 0);
  if (named.length >= _LIST && rest < 8 * named.length) return "listed";
  return named.length === 1 && rest <= "•. ".length ? "listed" : "used";
}

/** Of "5 years of Python" and "Python (5 years)": the number; the least of a range. */
function yearsOf(text: string, hit: Hit): number | null {
  const [before, after] = around(text, hit);
  const tail = before.slice(-3 * _NEAR);
  const found = [..._YEARS.finditer(tail)].at(-1);
  if (found && adjoins(tail.slice(found.end()))) return numberOf(found.text_(1));
  const following = _YEARS.search(after.slice(0, 2 * _NEAR));
  if (following && _TOUCHES.fullmatch(after.slice(0, following.start()))) return numberOf(following.text_(1));
  return null;
}

function adjoins(between: string): boolean {
  return between.length <= _NEAR && !_PARTED.search(between);
}
