/** An Explanation made ready to be shown: the twin of rolefit/report/explain_view.py. */

import { split } from "../python";
import type { Comparison, Document, Evidence, Explanation, Line, Skill, Status } from "../records";
import shared from "../shared.json";
import { words } from "./explainWords";
import { readsLike, whole } from "./index";

const { explained } = shared;
export const NEAREST = explained.nearest; // Evidence.settledBy where no fact and no skill decided
export const STATUSES = explained.statuses as readonly Status[];
// Kinds of requirement in the order they matter, and what they are called.
export const KINDS = explained.kinds as unknown as readonly (readonly [string, string])[];
export const COMPARED: Readonly<Record<Comparison["name"], string>> = explained.compared;
export const NO_REQUIREMENTS = explained.no_requirements;
export const NO_SKILLS = explained.no_skills;
const LEAST_ELSEWHERE = 0.5; // points
const BULLET = new RegExp(explained.bullet, "u");

/** What is earned of one part of the score, in whole points. */
export interface Earned {
  readonly name: string;
  readonly label: string;
  readonly meaning: string;
  readonly points: number;
  readonly most: number;
}

/**
 * The four parts in whole points, which add up to the whole score that people see, or to what it was before
 * it was held down; [] where the mapper does not read them.
 */
export function parts({ match, parts, cappedBy }: Explanation): readonly Earned[] {
  const sum = parts.reduce((total, { points }) => total + points, 0);
  const points = rounded(parts.map((part) => part.points), whole(cappedBy ? sum : match.score));
  return parts.map(({ name, most }, i) => ({ name, ...words(name), points: points[i]!, most }));
}

/**
 * What each requirement earns, "2.1 of 3.0", and what of the needs none of them carries, "+1.4". Empty texts
 * where there is nothing to say. The tenths add up to the whole points of the needs.
 */
export function earned(explanation: Explanation): readonly [requirements: readonly string[], elsewhere: string] {
  const { evidence } = explanation;
  const needs = parts(explanation).find(({ name }) => name === "needs");
  if (!needs) return [evidence.map(() => ""), ""];
  const most = evidence.map((item) => Math.floor(10 * item.most + 0.5));
  const tenths = tenthsOf(explanation, needs.points, most);
  const elsewhere = 10 * needs.points - tenths.reduce((sum, one) => sum + one, 0);
  return [
    tenths.map((one, i) => (most[i] ? `${(one / 10).toFixed(1)} of ${(most[i]! / 10).toFixed(1)}` : "")),
    elsewhere >= 10 * LEAST_ELSEWHERE && evidence.length ? `+${(elsewhere / 10).toFixed(1)}` : "",
  ];
}

/**
 * The tenths of a point that each requirement earns of `total`: none beyond its `most`, none of what is not
 * shown. Where no more than they carry is left, they add up to the whole of `total`.
 */
function tenthsOf({ evidence, elsewhere }: Explanation, total: number, most: readonly number[]): number[] {
  const has = evidence.reduce((sum, { points }) => sum + points, 0);
  const room = evidence.reduce((sum, item) => sum + (item.points > 0 ? item.most : 0), 0);
  const told = Math.min(elsewhere, total - has) >= LEAST_ELSEWHERE; // beside them
  const target = Math.min(total, told ? has : room);
  const exact = evidence.map(({ points }) => (has ? (10 * points * target) / has : 0));
  const tenths = exact.map((value, i) => Math.min(most[i]!, Math.floor(value)));
  let left = Math.floor(10 * target + 0.5) - tenths.reduce((sum, one) => sum + one, 0);
  for (const i of exact.map((_, place) => place).sort((a, b) => tenths[a]! - exact[a]! - (tenths[b]! - exact[b]!)))
    if (left > 0 && exact[i]! > 0 && tenths[i]! < most[i]!) {
      tenths[i]!++;
      left--;
    }
  return tenths;
}

/** `parts` as whole numbers that add up to `total`, each as near as that allows. */
function rounded(parts: readonly number[], total: number): number[] {
  const wholes = parts.map(Math.floor);
  const nearest = parts.map((_, i) => i).sort((a, b) => wholes[a]! - parts[a]! - (wholes[b]! - parts[b]!));
  const left = total - wholes.reduce((sum, part) => sum + part, 0);
  for (let i = 0; i < Math.abs(left); i++) wholes[nearest[i % parts.length]!]! += left > 0 ? 1 : -1;
  return wholes;
}

/** [["The resume", "healthcare (83%), education (9%)"], ["The job", ...]]; [] where unknown. */
export function professions({ match }: Explanation): (readonly [string, string])[] {
  const both = [["The resume", match.resumeDomains], ["The job", match.jobDomains]] as const;
  return both.filter(([, domains]) => domains.length).map(([whose, domains]) => [whose, readsLike(domains)] as const);
}

/** "3 met, 1 partly, 2 not shown". */
export function counts(evidence: readonly Evidence[]): string {
  const tally = STATUSES.map((status) => [evidence.filter((item) => item.status === status).length, status] as const);
  return tally.filter(([count]) => count).map((entry) => entry.join(" ")).join(", ");
}

export function kind(evidence: Evidence): string {
  return evidence.requirement.must ? "must have" : evidence.requirement.kind;
}

/** What decided, in words; "" where it was the line that is quoted beside it. */
export function settled(evidence: Evidence): string {
  return evidence.settledBy === NEAREST ? "" : evidence.settledBy;
}

export type Numbered = readonly [number: number, evidence: Evidence];

/**
 * [heading, [[number, evidence]]] of each kind there is; what must be met comes first. Numbers are
 * places in the job's order, from 1.
 */
export function grouped(evidence: readonly Evidence[]): (readonly [string, readonly Numbered[]])[] {
  const numbered = evidence.map((item, i): Numbered => [i + 1, item]);
  const groups = KINDS.map(([key, title]) => [title, numbered.filter(([, item]) => kind(item) === key)] as const);
  return groups.filter(([, items]) => items.length);
}

/** ["must have 1 of 2", "required 4 of 7", ...]: how many of each kind are met. */
export function metOf(explanation: Explanation): string[] {
  return grouped(explanation.evidence).map(([title, items]) => {
    const met = items.filter(([, item]) => item.status === "met").length;
    return `${title.toLowerCase()} ${met} of ${items.length}`;
  });
}

/** The words of `line` on one line, without its bullet, cut after `most` characters. */
export function quote(document: Document, line: Line, most = 300): string {
  return tidy(document.text.slice(line.start, line.end), most);
}

/** `text` on one line, without the bullet it begins with, cut after `most` characters. */
export function tidy(text: string, most: number): string {
  // The edges of a table written in signs, and the comma after a name that was covered.
  const flat = split(text).join(" ").replace(/^[|,; ]+|[| ]+$/g, "");
  return cut(flat.replace(BULLET, "") || flat, most);
}

export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** "page 2", or "" in a document that has no more than one. */
export function page(document: Document, line: Line): string {
  return document.pages > 1 ? `page ${line.page}` : "";
}

/** Whether the lines beside it are evidence, or only the nearest that there are. */
export function verified(evidence: Evidence): boolean {
  return evidence.status !== "not shown";
}

/** A skill of both texts: its name, the resume's word where that differs, its years. */
export function pairLabel([asked, shown]: readonly [Skill, Skill], explanation: Explanation): string {
  const used = surfaces(explanation.resume, shown);
  const label = name(asked);
  const remarks = used.some((word) => plain(word) === plain(label)) ? [] : [`“${used[0]}”`];
  const years = Math.max(...shown.mentions.map((mention) => mention.years ?? 0));
  if (years > 0) remarks.push(`${Number(years.toPrecision(6))} years`);
  return label + (remarks.length ? ` (${remarks.join(", ")})` : "");
}

/** The label without ESCO's bracket: "Python (computer programming)" is Python. */
export function name(skill: Skill): string {
  return skill.label.split(" (")[0]!;
}

/** The words a document uses for a skill, each once, in order. */
export function surfaces(document: Document, skill: Skill): string[] {
  const written = skill.mentions.map(({ start, end }) => split(document.text.slice(start, end)).join(" "));
  return written.length ? [...new Set(written)] : [skill.label];
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
