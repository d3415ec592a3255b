/**
 * What a resume shows for each thing that a job asks for.
 *
 *     cosines (asks, units)  ->  nearest lines of the resume
 *     named skills, years, degrees, licences                     what can be counted
 *     both                   ->  strength 0-1, "met" / "partly" / "not shown"
 *
 * A requirement that names a licence or a degree is settled by that fact, however near the words of
 * some line are. One that names skills is settled half by them, half by its nearest line; any other by
 * its nearest line alone. Years that are asked for scale what was found.
 */

import { constant } from "./language/data";
import type { Ask, Finding, Profile, Requirement, Status } from "./records";
import { dot } from "./vectors";

export const MET = constant<number>("evidence", "MET"); // least strength to be called so
const PARTLY = constant<number>("evidence", "PARTLY");
const WEIGHTS = constant<Readonly<Record<string, number>>>("evidence", "WEIGHTS");
const MUST_WEIGHT = constant<number>("evidence", "MUST_WEIGHT");
export const SUPPORT = constant<number>("evidence", "SUPPORT"); // lines shown for a requirement at most
export const CAP = constant<number>("evidence", "CAP"); // highest score without a licence that the job must have

/** "met", "partly" or "not shown". */
export function status(strength: number): Status {
  return strength >= MET ? "met" : strength >= PARTLY ? "partly" : "not shown";
}

/** How much a requirement counts in coverage. */
export function weight(requirement: Requirement): number {
  return requirement.must ? MUST_WEIGHT : WEIGHTS[requirement.kind]!;
}

/**
 * A Finding for every ask of the job, in order. `scale` are the cosines of a nearest line that shows
 * nothing and of one that shows it all; they belong to the encoder (`Bundle.lineScale`).
 */
export function assess(resume: Profile, job: Profile, scale: readonly [number, number]): Finding[] {
  const skills = new Set(resume.skills);
  return job.asks.map((ask) => {
    const asked = job.encoding.lines[ask.unit]!;
    // In float32 as in Python, so that lines that say the same tie there and here.
    const row = resume.encoding.lines.map((line) => Math.fround(dot(line, asked)));
    return findingOf(ask, row, resume, skills, scale);
  });
}

/** Licences that the job must have and the resume does not show, one for each such line. */
export function missingLicences(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ ask, strength }) => ask.must && ask.licences.length && strength === 0)
    .map(({ ask }) => ask.licences.join(" or "));
}

function findingOf(
  ask: Ask,
  row: readonly number[],
  resume: Profile,
  skills: ReadonlySet<string>,
  [far, allThere]: readonly [number, number],
): Finding {
  const units = row.map((_, unit) => unit).sort((a, b) => row[b]! - row[a]! || a - b).slice(0, SUPPORT);
  const cosines = units.map((unit) => rounded(row[unit]!));
  const cosine = cosines[0] ?? 0;
  const near = Math.min(1, Math.max(0, (cosine - far) / (allThere - far)));
  return { ask, cosine, units, cosines, ...settle(ask, near, resume, skills) };
}

/** As cosines are kept: sums of float32 may differ beyond that with the order of their parts. */
export function rounded(cosine: number): number {
  return Number(cosine.toFixed(5));
}

/** How strongly it is shown, what settled it, what was found. */
function settle(
  ask: Ask,
  near: number,
  resume: Profile,
  skills: ReadonlySet<string>,
): Pick<Finding, "strength" | "cause" | "shown"> {
  if (ask.licences.length) {
    const held = ask.licences.filter((name) => resume.licences.includes(name));
    return { strength: held.length ? 1 : 0, cause: "licence", shown: held };
  }
  if (ask.education >= 0) {
    const gap = resume.education - ask.education;
    const nearMiss = gap === -1 && resume.education >= 0;
    return { strength: gap >= 0 ? 1 : nearMiss ? 0.5 : 0, cause: "education", shown: [] };
  }
  const named = ask.skills.filter((name) => skills.has(name));
  let strength = near;
  let cause: Finding["cause"] = "line";
  if (ask.skills.length) {
    const share = named.length / ask.skills.length;
    strength = (near + share) / 2;
    cause = share >= near ? "skills" : "line";
  }
  if (ask.years)
    return { strength: strength * Math.min(1, (resume.years ?? 0) / ask.years), cause: "years", shown: named };
  return { strength, cause, shown: named };
}
