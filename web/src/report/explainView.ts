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
const BULLET = new RegExp(explained.bullet, "u");

/** One step of the way from an average pair's score to this one, in whole points. */
export interface Step {
  readonly feature: string; // "" for what is no feature: the cap
  readonly label: string;
  readonly meaning: string;
  readonly value: string; // in words; "" where there is none
  readonly points: number;
  readonly before: number; // the score before the step; may leave 0-100 on the way
  readonly after: number;
}

/**
 * The average pair's score and the steps, largest first, which end at the score shown. Each number is
 * rounded up or down so that they add up to the whole score that people see.
 */
export function baseAndSteps(explanation: Explanation): readonly [number, readonly Step[]] {
  const score = whole(explanation.match.score);
  const parts = [explanation.base, ...explanation.contributions.map(({ points }) => points)];
  const total = parts.reduce((sum, part) => sum + part, 0);
  const reached = explanation.cappedBy ? whole(Math.min(100, Math.max(0, total))) : score;
  const [base, ...points] = rounded(parts, reached) as [number, ...number[]];
  const steps: Step[] = [];
  let at = base;
  explanation.contributions.forEach(({ feature, value }, i) => {
    const { label, meaning, show } = words(feature);
    const change = points[i]!;
    steps.push({ feature, label, meaning, value: show(value), points: change, before: at, after: at + change });
    at += change;
  });
  if (explanation.cappedBy && at > score) {
    const meaning = `The score is held down: ${explanation.cappedBy}.`;
    steps.push({ feature: "", label: "Held down", meaning, value: "", points: score - at, before: at, after: score });
  }
  return [base, steps];
}

/** `parts` as whole numbers that add up to `total`, each as near as that allows. */
function rounded(parts: readonly number[], total: number): number[] {
  const wholes = parts.map(Math.floor);
  const nearest = parts.map((_, i) => i).sort((a, b) => wholes[a]! - parts[a]! - (wholes[b]! - parts[b]!));
  const left = total - wholes.reduce((sum, part) => sum + part, 0);
  for (let i = 0; i < Math.abs(left); i++) wholes[nearest[i % parts.length]!]! += left > 0 ? 1 : -1;
  return wholes;
}

export function signed(points: number): string {
  return points > 0 ? `+${points}` : points ? `\u2212${-points}` : "0";
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
