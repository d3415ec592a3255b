/**
 * Two Profiles -> the named numbers that the mapper turns into a score.
 *
 * A feature is a function of one resume and one job. What a document does not say counts as said in the
 * function's comment; no feature is ever NaN.
 */

import { BundleError } from "./errors";
import { NAMES, type PartsHead, SCALARS } from "./parts";
import type { Finding, Profile } from "./records";
import { dot } from "./vectors";

export type Feature = (resume: Profile, job: Profile, findings: readonly Finding[]) => number;

/** Cosine of the document vectors, in [-1, 1]. */
export const cosine: Feature = (resume, job) => clip(dot(resume.encoding.vector, job.encoding.vector), -1, 1);

/**
 * Greatest cosine of the job's title and a title of the resume, in [-1, 1]. Where either has no title,
 * the cosine of the documents stands in.
 */
export const title: Feature = (resume, job, findings) => {
  if (!resume.titles.length || !job.titles.length) return cosine(resume, job, findings);
  return clip(Math.max(...resume.titles.flatMap((one) => job.titles.map((other) => dot(one, other)))), -1, 1);
};

/** Cosine of the job's title and the whole resume, in [-1, 1]; without a title, of the texts. */
export const titleInText: Feature = (resume, job, findings) => {
  const [asked] = job.titles;
  return asked ? clip(dot(asked, resume.encoding.vector), -1, 1) : cosine(resume, job, findings);
};

/** Weighted mean strength of all requirements, in [0, 1]; 0.5 where the job asks for nothing. */
export const coverage: Feature = (_resume, _job, findings) =>
  mean(findings.map(({ ask, strength }) => [ask.weight, strength]), 0.5);

/** The same of required lines alone; of all where none is required. */
export const coverageRequired: Feature = (resume, job, findings) => {
  const required = findings.filter(({ ask }) => ask.kind === "required");
  return mean(required.map(({ ask, strength }) => [ask.weight, strength]), coverage(resume, job, findings));
};

/** Share of the job's skills that the resume names, in [0, 1]; 0.3 where the job names none. */
export const skills: Feature = (resume, job) => {
  if (!job.skills.length) return 0.3;
  const held = new Set(resume.skills);
  return [...new Set(job.skills)].filter((skill) => held.has(skill)).length / job.skills.length;
};

/** Years shown minus years asked, in [-10, 10]; 0 where either is not said. */
export const yearsGap: Feature = (resume, job) =>
  resume.years === null || job.years === null ? 0 : clip(resume.years - job.years, -10, 10);

/** Steps of the ladder from the job's level to the resume's, in [-6, 6]; 0 if not said. */
export const levelGap: Feature = (resume, job) =>
  resume.level >= 0 && job.level >= 0 ? resume.level - job.level : 0;

/** Steps from the least degree asked for to the highest shown, in [-5, 4]; 0 if none asked. */
export const educationGap: Feature = (resume, job) =>
  job.education >= 0 ? resume.education - job.education : 0;

/** Share of the lines asking for a licence that the resume answers, in [0, 1]; 1 if none ask. */
export const licence: Feature = (_resume, _job, findings) => {
  const asked = findings.filter(({ ask }) => ask.licences.length && ask.kind === "required");
  return mean(asked.map(({ strength }) => [1, strength]), 1);
};

/** By the names that mappers use. */
export const FEATURES: ReadonlyMap<string, Feature> = new Map([
  ["cosine", cosine],
  ["title", title],
  ["title_in_text", titleInText],
  ["coverage", coverage],
  ["coverage_required", coverageRequired],
  ["skills", skills],
  ["years_gap", yearsGap],
  ["level_gap", levelGap],
  ["education_gap", educationGap],
  ["licence", licence],
]);

const KNOWN = [...NAMES, ...FEATURES.keys()]; // the parts are read by a head, from several of the others

/** Whether any of the features is one of the four parts. */
export function namesParts(names: readonly string[]): boolean {
  return names.some((name) => NAMES.includes(name));
}

/** Throws BundleError for a name that this version does not compute, and for parts without a head that reads them. */
export function checkNames(names: readonly string[], hasParts: boolean): void {
  const unknown = names.filter((name) => !KNOWN.includes(name));
  if (unknown.length)
    throw new BundleError(
      `the bundle's mapper reads ${unknown.join(", ")}, which this version of rolefit does ` +
        "not compute; export and fit the bundle again",
    );
  if (!hasParts && namesParts(names))
    throw new BundleError("the bundle has no parts.json; copy it again, or run rolefit train parts");
}

/**
 * The named features of one pair; `findings` are those of `assess`, `head` is the bundle's, without which
 * the four parts cannot be named.
 */
export function pairFeatures(
  names: readonly string[],
  resume: Profile,
  job: Profile,
  findings: readonly Finding[],
  head: PartsHead | null = null,
): number[] {
  const value = (name: string): number => FEATURES.get(name)!(resume, job, findings);
  const points = head && namesParts(names) ? head.points(resume, job, SCALARS.map(value)) : [];
  return names.map((name) => points[NAMES.indexOf(name)] ?? value(name));
}

function clip(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function mean(pairs: readonly (readonly [weight: number, value: number])[], missing: number): number {
  const total = pairs.reduce((sum, [weight]) => sum + weight, 0);
  return total ? pairs.reduce((sum, [weight, value]) => sum + weight * value, 0) / total : missing;
}
