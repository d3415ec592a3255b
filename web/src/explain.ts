/** Why a match has its score: what each feature did, what the resume shows for each requirement. */

import type { Bundle } from "./bundle";
import { BundleError } from "./errors";
import { assess, CAP, MET, missingLicences, rounded, status, SUPPORT } from "./evidence";
import { constant } from "./language/data";
import { DEGREES } from "./language/education";
import { addingUp, MOST, NAMES } from "./parts";
import type { Job, Resume } from "./prepare";
import { bisectRight, roundHalfEven } from "./python";
import type {
  Comparison,
  Contribution,
  Evidence,
  Explanation,
  Fact,
  Finding,
  Match,
  Part,
  Reading,
  Requirement,
  Skill,
  Status,
} from "./records";
import type { Mapper } from "./score";
import shared from "./shared.json";
import { type Background, shapley } from "./shapley";
import { dot } from "./vectors";

const STATUSES = constant<readonly Status[]>("reader", "STATUSES");
const NEAREST = shared.explained.nearest;
const SHARE = constant<Readonly<Record<string, number>>>("evidence", "SHARE"); // of what a requirement can earn

/**
 * `background` are features of ordinary pairs: contributions say what differs from them. Statuses are by the
 * nearest lines and facts, until `withReadings` puts in what was read.
 */
export function explain(
  match: Match,
  resume: Resume,
  job: Job,
  mapper: Mapper,
  background: Background,
  lineScale: readonly [number, number],
): Explanation {
  const { names, values } = match.features;
  const { base, points } = shapley((row) => mapper.score(row), values, background);
  const contributions: Contribution[] = names.map((feature, i) => ({ feature, value: values[i]!, points: points[i]! }));
  const findings = assess(resume.profile, job.profile, lineScale);
  const lacking = missingLicences(findings);
  const uncapped = points.reduce((sum, point) => sum + point, base);
  const parts = partsOf(match, mapper);
  const shown = findings.map((finding, i) => evidenceOf(finding, job.facts.requirements[i]!, resume, job, undefined));
  return {
    match,
    resume: resume.document,
    job: job.document,
    base,
    contributions: contributions.sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    cappedBy: lacking.length && uncapped > CAP ? capped(lacking) : "",
    ...withPoints(shown, findings, parts),
    ...skillsOf(resume.skills, job.skills),
    comparisons: comparisonsOf(resume, job),
    parts,
  };
}

/** The same explanation, where `readings`, one for each finding, say what is met and by which passage. */
export function withReadings(
  explanation: Explanation,
  resume: Resume,
  job: Job,
  findings: readonly Finding[],
  readings: readonly Reading[],
): Explanation {
  const shown = findings.map((finding, i) => evidenceOf(finding, job.facts.requirements[i]!, resume, job, readings[i]));
  return { ...explanation, ...withPoints(shown, findings, explanation.parts) };
}

/** The four parts; they add up to the mapper's score. Empty if the mapper reads no parts. */
function partsOf({ features: { names, values } }: Match, mapper: Mapper): Part[] {
  const places = NAMES.map((name) => names.indexOf(name));
  if (places.includes(-1)) return [];
  const points = addingUp(mapper.score(values), places.map((place) => values[place]!));
  return NAMES.map((name, i) => ({ name, points: points[i]!, most: MOST[i]! }));
}

/**
 * The evidence with the points of needs that each requirement earns, and the points of needs that none of
 * them carries; all of them together are the needs.
 */
function withPoints(
  shown: readonly Evidence[],
  findings: readonly Finding[],
  parts: readonly Part[],
): Pick<Explanation, "evidence" | "elsewhere"> {
  const needs = parts.find(({ name }) => name === "needs");
  if (!needs) return { evidence: shown, elsewhere: 0 };
  const total = findings.reduce((sum, { ask }) => sum + ask.weight, 0);
  if (!total) return { evidence: shown, elsewhere: needs.points };
  const most = findings.map(({ ask }) => (needs.most * ask.weight) / total);
  const earned = shown.map((item, i) => most[i]! * SHARE[item.status]!);
  const full = earned.reduce((sum, points) => sum + points, 0);
  const kept = full ? Math.min(1, needs.points / full) : 0;
  const evidence = shown.map((item, i) => ({ ...item, points: earned[i]! * kept, most: most[i]! }));
  return { evidence, elsewhere: evidence.reduce((left, { points }) => left - points, needs.points) };
}

/** The bundle's, or the middle of what its mapper knows. Throws BundleError if it is spoilt. */
export function readBackground(bundle: Bundle, mapper: Mapper): Background {
  const names = mapper.featureNames;
  const content = bundle.background;
  if (names.join() === "cosine" || content === undefined) return { rows: [mapper.middle], weights: [1] };
  const { features, rows, weights } = content as Partial<Background & { features: readonly string[] }>;
  const fits =
    features?.join() === names.join() &&
    rows?.length === weights?.length &&
    rows?.every((row) => row.length === names.length && row.every(Number.isFinite));
  if (!fits || !rows || !weights)
    throw new BundleError(
      `${shared.bundle.files.background}: expected a row of ${names.join(", ")} for each weight. ` +
        "Fit the bundle again: rolefit train mapper",
    );
  return { rows, weights };
}

function capped(licences: readonly string[]): string {
  return `not shown in the resume, and the job must have it: ${[...new Set(licences)].join("; ")}`;
}

function evidenceOf(finding: Finding, requirement: Requirement, resume: Resume, job: Job, reading: Reading | undefined): Evidence {
  const { shown, settled, settles, lines, probability } = settledOf(finding, resume, reading);
  const first = settles ? settlingUnits(finding, resume) : [];
  const units = [...new Set([...first, ...lines])].slice(0, SUPPORT);
  const asked = job.profile.encoding.lines[finding.ask.unit]!;
  return {
    requirement,
    status: shown,
    strength: finding.strength,
    support: units.map((unit) => ({
      line: resume.units[unit]!,
      cosine: rounded(dot(resume.profile.encoding.lines[unit]!, asked)),
    })),
    settledBy: settled,
    probability,
    points: 0,
    most: 0,
  };
}

interface Settled {
  readonly shown: Status;
  readonly settled: string;
  readonly settles: boolean; // whether the lines that hold it stand first
  readonly lines: readonly number[];
  readonly probability: number | null;
}

function settledOf(finding: Finding, resume: Resume, reading: Reading | undefined): Settled {
  if (!reading)
    return { shown: status(finding.strength), settled: settledBy(finding, resume), settles: true, lines: finding.units, probability: null };
  const { status: shown, chances, units } = reading;
  const settled = agrees(finding, shown, resume) ? settledBy(finding, resume) : NEAREST;
  const byFact = (finding.cause === "licence" || finding.cause === "education") && settled !== NEAREST;
  const probability = chances.length ? chances[STATUSES.indexOf(shown)]! : null;
  return { shown, settled, settles: byFact && shown !== "not shown", lines: units, probability };
}

/** Whether the fact that rules found says the same as the status beside which it would stand. */
function agrees({ cause, strength, ask }: Finding, shown: Status, { profile }: Resume): boolean {
  if (cause === "years") return (profile.years ?? 0) >= (ask.years ?? 0) === (shown === "met");
  if (cause === "licence" || cause === "education") return status(strength) === shown;
  return shown === "met" || (shown === "partly" && strength < MET);
}

/** The units that hold the skill, degree or licence which settled it, in text order. */
function settlingUnits(finding: Finding, resume: Resume): number[] {
  let places: number[] = [];
  if (finding.cause === "education" && resume.facts.education.length) places = [resume.facts.education[0]!.start];
  else if (finding.cause === "licence")
    places = resume.facts.licences.filter((fact) => finding.shown.includes(fact.value)).map((fact) => fact.start);
  else if (finding.shown.length)
    places = resume.skills
      .filter((skill) => finding.shown.includes(skill.id))
      .flatMap((skill) => skill.mentions.slice(0, 1).map((mention) => mention.start));
  const order = resume.units.map((_, unit) => unit).sort((a, b) => resume.units[a]!.start - resume.units[b]!.start);
  const at = (place: number): number => Math.max(0, bisectRight(order, place, (unit) => resume.units[unit]!.start) - 1);
  const found = [...new Set(places.map(at))].sort((a, b) => a - b);
  return found.map((place) => order[place]!);
}

function settledBy(finding: Finding, resume: Resume): string {
  const { ask, cause, shown } = finding;
  const { profile } = resume;
  if (cause === "licence") return shown.join(", ") || `no ${ask.licences.join(" or ")} shown`;
  if (cause === "education") {
    const degree = profile.education >= 0 ? DEGREES[profile.education] : "no degree";
    return `${degree} shown, ${DEGREES[ask.education]} asked`;
  }
  const labels = new Map(resume.skills.map((skill) => [skill.id, skill.label]));
  const named = shown.map((id) => labels.get(id)!).join(", ");
  if (cause === "years") {
    const years = `${profile.years === null ? "none" : roundHalfEven(profile.years)} of ${roundHalfEven(ask.years!)} years`;
    return named ? `${years}; ${named}` : years;
  }
  if (named) return shown.length === 1 ? `skill: ${named}` : `skills: ${named}`;
  return NEAREST;
}

/** Matched pairs (job's, resume's), missing, extra, each in text order. */
function skillsOf(
  shown: readonly Skill[],
  asked: readonly Skill[],
): Pick<Explanation, "matched" | "missing" | "extra"> {
  const held = new Map(shown.map((skill) => [skill.id, skill]));
  const wanted = new Set(asked.map((skill) => skill.id));
  return {
    matched: asked.filter((skill) => held.has(skill.id)).map((skill) => [skill, held.get(skill.id)!] as const),
    missing: asked.filter((skill) => !held.has(skill.id)),
    extra: shown.filter((skill) => !wanted.has(skill.id)),
  };
}

/** What the job asks for in facts, beside what the resume shows; only what is asked for. */
function comparisonsOf(resume: Resume, job: Job): Comparison[] {
  const { facts: asked } = job;
  const { facts: shown } = resume;
  const found: Comparison[] = [];
  if (asked.years) {
    const { years } = resume.profile;
    const gap = (years ?? 0) - Number(asked.years.value);
    const verdict = gap >= 0 ? "met" : years && gap >= -2 ? "partly" : "not shown";
    const text = years === null ? "" : `${roundHalfEven(years)} years`;
    found.push(comparison("years", `${asked.years.value} years`, text, verdict, asked.years));
  }
  if (asked.level) {
    const gap = resume.profile.level - job.profile.level;
    found.push(ofFacts("level", asked.level, shown.level, !shown.level ? "not shown" : gap >= 0 ? "met" : "partly"));
  }
  if (asked.education) {
    const [best] = [...shown.education].sort((a, b) => DEGREES.indexOf(b.value) - DEGREES.indexOf(a.value));
    const gap = resume.profile.education - job.profile.education;
    const verdict = gap >= 0 ? "met" : best && gap === -1 ? "partly" : "not shown";
    found.push(ofFacts("education", asked.education, best ?? null, verdict));
  }
  return [
    ...found,
    ...named("licence", asked.licences, shown.licences),
    ...named("language", asked.languages, shown.languages),
  ];
}

function named(name: Comparison["name"], wants: readonly Fact[], has: readonly Fact[]): Comparison[] {
  const byValue = (facts: readonly Fact[]) => new Map([...facts].reverse().map((fact) => [fact.value, fact]));
  const held = byValue(has);
  return [...byValue(wants).values()].map((want) => {
    const fact = held.get(want.value) ?? null;
    return ofFacts(name, want, fact, fact ? "met" : "not shown");
  });
}

function ofFacts(name: Comparison["name"], asked: Fact, shown: Fact | null, verdict: Status): Comparison {
  const text = shown === null ? "" : shown.detail ? `${shown.value} (${shown.detail})` : shown.value;
  return comparison(name, asked.value, text, verdict, asked, shown);
}

function comparison(
  name: Comparison["name"],
  asked: string,
  shown: string,
  verdict: Status,
  askedFact: Fact,
  shownFact: Fact | null = null,
): Comparison {
  const shownSpan = shownFact ? ([shownFact.start, shownFact.end] as const) : null;
  return { name, asked, shown, verdict, askedSpan: [askedFact.start, askedFact.end], shownSpan };
}
