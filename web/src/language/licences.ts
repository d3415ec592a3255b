/** Licences and certificates: those the taxonomy knows by name, and those written in many ways. */

import { partition, rpartition, split } from "../python";
import type { Fact } from "../records";
import { disclaimed } from "./claims";
import { constant, pattern, words } from "./data";
import { Phrases } from "./phrases";
import { findSkills } from "./skills";
import { lowered } from "./words";

export const KINDS = constant<string[]>("licences", "KINDS");
const table = (name: string) => new Map(Object.entries(constant<Record<string, string>>("licences", name)));
const _TITLES = table("_TITLES");
const _RENAMED = table("_RENAMED");

export const HARD = words("licences", "HARD");
export const PHRASES = new Phrases(constant<Record<string, string>>("licences", "_LISTS"));
export const NAMES = words("licences", "NAMES");
const _WORD = pattern("licences", "_WORD");
const _BY_CHANCE = pattern("licences", "_BY_CHANCE");
const _NOT_OWN = pattern("licences", "_NOT_OWN");
const _NOT_YET = pattern("licences", "_NOT_YET");
const _COLLEAGUES = pattern("licences", "_COLLEAGUES");
const _STATE = pattern("licences", "_STATE");
const _NEAR = constant<number>("licences", "_NEAR");

/**
 * Every mention of a licence or certificate, in text order, without overlaps.
 *
 * `value` is the canonical name, `detail` the state that belongs to it, if the text names one.
 * Nurses' titles count: whoever works as a registered nurse holds the licence. "Directs licensed
 * practical nurses" names none.
 */
export function findLicences(text: string): Fact[] {
  const found = PHRASES.find(lowered(text)).map((hit) => [hit.start, hit.end, hit.group] as const);
  for (const skill of findSkills(text, null, [...KINDS, "title"]))
    if (KINDS.includes(skill.kind) || _TITLES.has(skill.label)) {
      const value = canonical(skill.label, skill.kind);
      for (const mention of skill.mentions) found.push([mention.start, mention.end, value]);
    }
  // Of two at one place the longer says more: "class A driver's license". Of two as long, the
  // one of the data file, which comes first.
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const kept: Fact[] = [];
  for (const [start, end, value] of found) {
    const said = text.slice(start, end);
    if (kept.length && start < kept.at(-1)!.end) continue;
    if (_COLLEAGUES.search(said) || _BY_CHANCE.fullmatch(said)) continue;
    kept.push({ value, start, end, detail: state(text, start, end) });
  }
  return kept;
}

/** Those of a resume that the person has, as far as the words around them tell. */
export function heldLicences(text: string): Fact[] {
  return findLicences(text).filter(
    ({ start, end }) =>
      !disclaimed(text, start, end) &&
      !_NOT_OWN.search(text, Math.max(0, start - _NEAR), start) &&
      !_NOT_YET.match(text, end),
  );
}

/**
 * The name of a licence by its label in the taxonomy.
 *
 * The alias file writes names in capitals; those of licences are common nouns.
 */
export function canonical(label: string, kind: string): string {
  const renamed = _TITLES.get(label) ?? _RENAMED.get(label);
  if (renamed) return renamed;
  if (kind === "certificate") return label;
  return split(label)
    .map((word) => (_WORD.fullmatch(word) && word !== "ServSafe" ? word.toLowerCase() : word))
    .join(" ");
}

/** The US state named within a few words of the licence, in its sentence. */
function state(text: string, start: number, end: number): string {
  const before = rpartition(rpartition(text.slice(Math.max(0, start - _NEAR), start), "\n")[2], ". ")[2];
  const after = partition(partition(text.slice(end, end + _NEAR), "\n")[0], ". ")[0];
  const named = _STATE.search(text, start, end) ?? _STATE.search(before) ?? _STATE.search(after);
  return named?.text_() ?? "";
}
