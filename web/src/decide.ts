/** What a person decided must be shown, and what that does to a score; rolefit/decide, as far as musts go. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { InputError } from "./errors";
import { CAP, status } from "./evidence";
import { jobFacts } from "./language/jobFacts";
import { HARD } from "./language/licences";
import { Pattern } from "./language/re";
import { units } from "./language/units";
import { asSeen } from "./prepare";
import { split, stripOf } from "./python";
import { posting } from "./reading/chrome";
import type { Document, Finding, Line, Match, RequirementKind, Status } from "./records";
import shared from "./shared.json";

const BULLET = new Pattern(shared.decided.bullet);
export const PARTS = shared.decided.parts;

/** One requirement as a person wants it counted. */
export interface Wish {
  readonly id: string; // "r3": the advert's third
  readonly text: string;
  readonly kind: RequirementKind;
  readonly must: boolean; // whoever does not show it is held at 60 and listed after those who do
  readonly byLaw: boolean; // the score itself holds down whoever does not show it, unless freed
}

/** All that counts for one advert, as a person confirmed it. */
export interface Confirmed {
  readonly job: string;
  readonly jobSha256: string;
  readonly wishes: readonly Wish[];
}

/** What one decision did to a score. */
export interface Step {
  readonly label: string;
  readonly points: number;
}

/** A score by what a person confirmed. default + points of all steps = score. */
export interface Weighted {
  readonly score: number;
  readonly default: number; // as it is without any decision
  readonly steps: readonly Step[];
  readonly statuses: readonly (readonly [string, Status])[]; // (id of the wish, status)
  readonly lacking: readonly Wish[]; // musts that the resume does not show
  readonly partly: readonly Wish[]; // musts that it shows in part
}

/** What `job` asks for, in its order, each as the score counts it. */
export function requirements(job: Document): Confirmed {
  const seen = asSeen(posting(job));
  const wishes = jobFacts(seen, units(seen)).requirements.map(({ line, kind, must, licences }, index): Wish => {
    const byLaw = must && licences.some((name) => HARD.has(name));
    return { id: `r${index + 1}`, text: wordsOf(job, line), kind, must: byLaw, byLaw };
  });
  return { job: job.name, jobSha256: job.sha256, wishes };
}

/** The line's words without its bullet. */
function wordsOf({ text }: Document, { start, end }: Line): string {
  const flat = stripOf(split(text.slice(start, end)).join(" "), "| ");
  return BULLET.sub("", flat) || flat;
}

/** Whether it matters what a resume shows for single requirements. */
export function counts({ wishes }: Confirmed): boolean {
  return wishes.some(({ must, byLaw }) => must || byLaw);
}

/**
 * `uncapped` is the mapper's score, before a missing licence holds it down; `read` what was read of each requirement,
 * else it goes by the findings. Throws InputError where another advert was confirmed.
 */
export function weigh(
  confirmed: Confirmed,
  match: Match,
  uncapped: number,
  findings: readonly Finding[],
  read: readonly Status[] = findings.map(({ strength }) => status(strength)),
): Weighted {
  const { wishes } = confirmed;
  if (findings.length !== wishes.length)
    throw new InputError(`${wishes.length} requirements were confirmed, and ${findings.length} are read in the advert: confirm those of it`);
  const reads = counts(confirmed);
  const statuses = reads ? wishes.map(({ id }, i) => [id, read[i]!] as const) : [];
  const musts = (wanted: Status): Wish[] => wishes.filter(({ must }, i) => must && statuses[i]?.[1] === wanted);
  const lacking = musts("not shown");
  const wanted = wishes.filter(({ byLaw }, i) => reads && byLaw && !findings[i]!.strength);
  const freed = wanted.length > 0 && !wanted.some(({ must }) => must);
  const held = lacking.length > 0 || (match.score < uncapped && !freed);
  const steps: Step[] = [];
  if (match.score < uncapped && !held) steps.push({ label: "not held down", points: uncapped - match.score });
  const reached = steps.reduce((sum, { points }) => sum + points, match.score);
  let score = Math.min(Math.max(reached, 0), 100);
  if (held && score > CAP) {
    steps.push({ label: `held at ${CAP}`, points: CAP - reached });
    score = CAP;
  }
  return { score, default: match.score, steps, statuses, lacking, partly: musts("partly") };
}

/** Musts shown first, then by the weighted score, then as it is ranked without decisions. */
export function ordered<T extends { readonly match: Match; readonly weighted?: Weighted }>(found: readonly T[]): T[] {
  const key = ({ match, weighted }: T): number[] => [
    weighted?.lacking.length ? 1 : 0,
    -(weighted?.score ?? match.score),
    -match.score,
    -match.features.values[0]!,
  ];
  return [...found].sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    const at = a.findIndex((value, place) => value !== b[place]);
    return at < 0 ? 0 : a[at]! - b[at]!;
  });
}

/** Ready for JSON, as in Python's reports, with the hash that two people have who confirmed the same. */
export function confirmedJson({ job, jobSha256, wishes }: Confirmed) {
  const parts = Object.fromEntries(PARTS.map((name) => [name, 1]));
  const requirements = wishes.map(({ id, text, kind, must }) => ({ id, text, kind, must, weight: 1 }));
  const plain = { job: { name: job, sha256: jobSha256 }, parts, requirements };
  return { ...plain, sha256: hashOf(jobSha256, wishes) };
}

/** Over the same bytes as in Python: sorted keys, ASCII, weights as numbers with a point. */
function hashOf(job: string, wishes: readonly Wish[]): string {
  const quoted = (text: string): string =>
    JSON.stringify(text).replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const parts = [...PARTS].sort().map((name) => `"${name}":1.0`).join(",");
  const asked = wishes.map(
    ({ id, text, kind, must }) => `{"id":"${id}","kind":"${kind}","must":${must},"text":${quoted(text)},"weight":1.0}`,
  );
  const whole = `{"job":"${job}","parts":{${parts}},"requirements":[${asked.join(",")}]}`;
  return bytesToHex(sha256(new TextEncoder().encode(whole)));
}
