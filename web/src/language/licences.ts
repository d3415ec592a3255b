/** Licences and certificates: those the taxonomy knows by name, and those written in many ways. */

import { islower, partition, rpartition, split } from "../python";
import type { Fact } from "../records";
import { disclaimed } from "./claims";
import { constant, pattern, words } from "./data";
import { Phrases, type Hit } from "./phrases";
import { findSkills } from "./skills";
import { lowered } from "./words";

export const KINDS = constant<string[]>("licences", "KINDS");
const table = (name: string) => new Map(Object.entries(constant<Record<string, string>>("licences", name)));
const _TITLES = table("_TITLES");
const _RENAMED = table("_RENAMED");

export const HARD = words("licences", "HARD");
const lists = (name: string) => new Phrases(constant<Record<string, string>>("licences", name));
export const PHRASES = lists("_LISTS");
export const REGISTERS = lists("_REGISTERS");
export const CHECKS = lists("_CHECKS");
const _COVERS = new Map(Object.entries(constant<Record<string, string[]>>("licences", "_COVERS")));
export const NAMES = words("licences", "NAMES");
const _WORD = pattern("licences", "_WORD");
const _REGISTERED = pattern("licences", "_REGISTERED");
const _OF_REGISTER = pattern("licences", "_OF_REGISTER");
const _PAPERS = pattern("licences", "_PAPERS");
const _DRIVING = pattern("licences", "_DRIVING");
const _CODING = pattern("licences", "_CODING");
const _LAW = pattern("licences", "_LAW");
const _COUNSELLING = pattern("licences", "_COUNSELLING");
const _CONDUIT = pattern("licences", "_CONDUIT");
const _PROCESS = pattern("licences", "_PROCESS");
const _BY_CHANCE = pattern("licences", "_BY_CHANCE");
const _NOT_OWN = pattern("licences", "_NOT_OWN");
const LOST = constant<number>("licences", "LOST"); // a probability that it is not held, from which it counts as lost
const _NOT_YET = pattern("licences", "_NOT_YET");
const _COLLEAGUES = pattern("licences", "_COLLEAGUES");
const _STATE = pattern("licences", "_STATE");
const _NEAR = constant<number>("licences", "_NEAR");
const _BEFORE = constant<number>("licences", "_BEFORE");
const _FULL = constant<number>("licences", "_FULL");

/**
 * Every mention of a licence or certificate, in text order, without overlaps.
 *
 * `value` is the canonical name, `detail` the state that belongs to it, if the text names one.
 * Nurses' titles count: whoever works as a registered nurse holds the licence. "Directs licensed
 * practical nurses" names none. Who keeps a register counts where the line speaks of being on it.
 */
export function findLicences(text: string): Fact[] {
  return foundIn(text, PHRASES.find(lowered(text)));
}

function foundIn(text: string, hits: readonly Hit[]): Fact[] {
  const found = hits.map((hit) => [hit.start, hit.end, hit.group] as const);
  for (const { start, end, group } of REGISTERS.find(lowered(text)))
    if (onRegister(text, start, end)) found.push([start, end, group]);
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
    const meant = meaning(value, text, start, end);
    if (meant) kept.push({ value: meant, start, end, detail: state(text, start, end) });
  }
  return kept;
}

function onRegister(text: string, start: number, end: number): boolean {
  const before = rpartition(text.slice(Math.max(0, start - _NEAR), start), "\n")[2];
  const after = partition(text.slice(end, end + _NEAR), "\n")[0];
  if (_OF_REGISTER.match(after)) return false;
  if (end - start < _FULL && islower(text.slice(start, end))) return false;
  return _REGISTERED.search(before) !== undefined || _REGISTERED.search(after) !== undefined;
}

/** The licence that a word of several meanings stands for here; "" if it is none. */
function meaning(value: string, text: string, start: number, end: number): string {
  const line = partition(text.slice(text.lastIndexOf("\n", start - 1) + 1, end + _NEAR), "\n\n")[0];
  if (value === "certified professional coder")
    return _DRIVING.search(text) && !_CODING.search(text) ? "Driver CPC" : value;
  if (value === "licensed professional counselor")
    return _LAW.search(text) && !_COUNSELLING.search(text) ? "Legal Practice Course" : value;
  if (value === "ADR certificate") return end - start > _FULL || _DRIVING.search(text) ? value : "";
  if (value === "emergency medical technician" && text.slice(start, end) === "EMT")
    return _CONDUIT.search(line) ? "" : value;
  if (value === "Professional Scrum Master") return _PROCESS.search(line) ? "" : value;
  return value;
}

/**
 * Those of a resume that the person has, each once, as far as the words around them tell.
 *
 * Of several mentions the one that speaks of a licence. What covers another comes with it: CDL
 * class A is a CDL.
 */
export function heldLicences(text: string): Fact[] {
  const low = lowered(text);
  const best = new Map<string, Fact>();
  for (const fact of foundIn(text, [...PHRASES.find(low), ...CHECKS.find(low)])) {
    const { start, end } = fact;
    if (disclaimed(text, start, end, LOST) || _NOT_YET.match(text, end)) continue;
    if (_NOT_OWN.search(text, Math.max(0, start - _BEFORE), start)) continue;
    for (const value of [fact.value, ...(_COVERS.get(fact.value) ?? [])]) {
      const key = `${value}\n${fact.detail}`;
      const told = best.get(key);
      if (!told || (plain(text, fact) && !plain(text, told))) best.set(key, { ...fact, value });
    }
  }
  return [...best.values()].sort((a, b) => a.start - b.start);
}

/** Whether the line around it speaks of a licence, as the title under a name does not. */
function plain(text: string, { start, end }: Fact): boolean {
  const before = rpartition(text.slice(Math.max(0, start - _BEFORE), start), "\n")[2];
  const after = partition(text.slice(end, end + _BEFORE), "\n")[0];
  return _PAPERS.search(before) !== undefined || _PAPERS.search(after) !== undefined;
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
