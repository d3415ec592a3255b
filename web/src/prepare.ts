/** Document -> Profile: facts, units, vectors. The walk of one document, before it meets another. */

import type { DocumentEncoder } from "./encode";
import { ReadError } from "./errors";
import { weight } from "./evidence";
import { disclaimed } from "./language/claims";
import { clean, withoutLookalikes } from "./language/clean";
import { constant } from "./language/data";
import { undenied } from "./language/denied";
import { DEGREES } from "./language/education";
import { LEAST, share as englishShare } from "./language/english";
import { jobFacts } from "./language/jobFacts";
import { verdict as verdictOf } from "./language/kinds";
import { LEVELS } from "./language/levels";
import { HARD } from "./language/licences";
import { openings } from "./language/openings";
import { impersonal } from "./language/personal";
import { slipNotice } from "./language/resumeFacts";
import { calm } from "./language/runs";
import { inOrder } from "./language/sectionOrder";
import { findSkills } from "./language/skills";
import { spelt } from "./language/titleWords";
import { units } from "./language/units";
import { commas } from "./python";
import { posting } from "./reading/chrome";
import { manyJobs } from "./reading/posting";
import type {
  Ask,
  Document,
  Encoding,
  Fact,
  JobFacts,
  Line,
  Notice,
  Profile,
  Requirement,
  ResumeFacts,
  Skill,
} from "./records";
import shared from "./shared.json";
import { shingles, stuffed, unlisted, unordered } from "./stuffing";
import { rounded } from "./vectors";

const SHORT_TOKENS = shared.short_tokens; // of a text that says too little to be scored with confidence
const TITLES = constant<number>("prepare", "TITLES"); // of a resume that are compared with the job's

const SIDES = constant<{ resume: string; job: string }>("prepare", "_SIDES");

/** A resume with everything that was found in it, text included. */
export interface Resume {
  readonly document: Document;
  readonly units: readonly Line[]; // as the encoder read them: section by section, see `inOrder`
  readonly facts: ResumeFacts;
  readonly skills: readonly Skill[];
  readonly profile: Profile;
  readonly notices: readonly Notice[]; // for a reader of any score of it, the reader's own first
}

/** A job with everything that was found in it, text included. */
export interface Job {
  readonly document: Document;
  readonly units: readonly Line[];
  readonly facts: JobFacts;
  readonly skills: readonly Skill[];
  readonly profile: Profile;
  readonly notices: readonly Notice[]; // for a reader of any score for it, the reader's own first
}

/**
 * `asOf` is the month that "present" stands for: 12 * year + month - 1. Every resume is read without
 * what tells who the person is, and what was written for a machine.
 */
export async function prepareResume(
  document: Document,
  encoder: DocumentEncoder,
  asOf: number | null = null,
): Promise<Resume> {
  const whole = asSeen(document);
  const [ordered, moved] = inOrder(whole);
  const [masked, facts] = impersonal(ordered, asOf);
  let [seen, order] = unordered(undenied(masked));
  let skills = shown(seen.text);
  const stuffing = stuffed(skills);
  if (stuffing) {
    seen = unlisted(seen, skills);
    skills = shown(seen.text);
  }
  const [found, encoding] = await encode(seen, encoder);
  const years = [facts.years, facts.claimedYears].filter((some) => some !== null);
  const profile: Profile = {
    encoding,
    titles: await vectors(resumeTitles(facts), encoder),
    skills: skills.map((skill) => skill.id),
    years: years.length ? Math.max(...years) : null,
    level: place(facts.level, LEVELS),
    education: Math.max(-1, ...facts.education.map((fact) => DEGREES.indexOf(fact.value))),
    licences: valuesOf(facts.licences),
    asks: [],
    shingles: shingles(whole.text),
  };
  const flags = [stuffing, order, slipNotice(facts)].filter((flag) => flag !== null);
  const notices = [...noticesOf(document, profile), ...kindNotices(document, "resume"), ...flags];
  return { document, ...moved.back({ units: found, facts, skills }), profile, notices };
}

export async function prepareJob(document: Document, encoder: DocumentEncoder): Promise<Job> {
  const seen = asSeen(posting(document));
  const [found, encoding] = await encode(seen, encoder);
  const facts = jobFacts(seen, found);
  const skills = findSkills(seen.text);
  const profile: Profile = {
    encoding,
    titles: await vectors(jobTitles(facts), encoder),
    skills: skills.map((skill) => skill.id),
    years: facts.years ? Number(facts.years.value) : null,
    level: place(facts.level, LEVELS),
    education: place(facts.education, DEGREES),
    licences: valuesOf(facts.licences),
    asks: asksOf(found, facts, skills),
    shingles: shingles(seen.text),
  };
  const notices = [...noticesOf(document, profile), ...kindNotices(document, "job")];
  const leftOut = document.lines.length - seen.lines.length;
  if (leftOut) {
    const lines = leftOut === 1 ? "1 line" : `${commas(leftOut)} lines`;
    notices.push({ code: "page-furniture", message: `${lines} of the page around the posting not counted` });
  }
  if (encoding.nTokens >= SHORT_TOKENS && facts.requirements.every(({ kind }) => kind === "duty"))
    notices.push({
      code: "no-requirements",
      message: "no line asks for anything in so many words; duties stand in for requirements",
    });
  return { document, units: found, facts, skills, profile, notices };
}

/** Throws ReadError for what is surely no resume, or no job advert, or holds several. */
export function checkKind(document: Document, side: "resume" | "job"): void {
  const titles = side === "job" ? openings(document.text) : [];
  if (titles.length) throw manyJobs(document.name, titles);
  const [verdict, like] = verdictOf(document.text, side);
  if (verdict !== "refused") return;
  const cause = `it is no ${SIDES[side]}: it reads like ${like}`;
  throw new ReadError("OtherKindError", document.name, cause, "Check that it is the right file.");
}

function kindNotices({ text }: Document, side: "resume" | "job"): Notice[] {
  const [verdict, like] = verdictOf(text, side);
  if (!verdict) return [];
  return [{ code: "other-kind", message: `it may be no ${SIDES[side]}, it reads like ${like}; low confidence` }];
}

/** As a person reads it: a Cyrillic letter in "Pythоn" is an o. Offsets stay. */
export function asSeen(document: Document): Document {
  return { ...document, text: withoutLookalikes(calm(document.text)) };
}

/** Skills that the text claims at least once: "no Kubernetes yet" shows nothing. */
export function shown(text: string): Skill[] {
  return findSkills(text).filter(
    (skill) => !skill.mentions.every((mention) => disclaimed(text, mention.start, mention.end)),
  );
}

/** The headline and the latest positions, each once. */
export function resumeTitles(facts: ResumeFacts): string[] {
  const names = [facts.headline, ...facts.positions.map((position) => position.title)];
  return valuesOf(names.filter((fact) => fact !== null)).slice(0, TITLES);
}

/** The job's title; where none is found, the whole text stands for it. */
export function jobTitles(facts: JobFacts): string[] {
  return facts.title ? [facts.title.value] : [];
}

async function encode(document: Document, encoder: DocumentEncoder): Promise<[readonly Line[], Encoding]> {
  const found = units(document);
  const encoding = await encoder.encodeUnits(document.text, found);
  return [found, { ...encoding, lines: encoding.lines.map(rounded) }];
}

async function vectors(titles: readonly string[], encoder: DocumentEncoder): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (const title of titles) rows.push(rounded(await encoder.encode(spelt(title))));
  return rows;
}

/** Each value once. */
function valuesOf(facts: readonly Fact[]): string[] {
  return [...new Set(facts.map((fact) => fact.value))];
}

function place(fact: Fact | null, ladder: readonly string[]): number {
  return fact ? ladder.indexOf(fact.value) : -1;
}

/**
 * Whether a licence that it asks for is one without which the work may not be done at all. "CPA
 * required" is a wish that some employers drop; "RN licence required" is not.
 */
function byLaw(requirement: Requirement): boolean {
  return !requirement.licences.length || requirement.licences.some((name) => HARD.has(name));
}

/** Of "RN licence and BLS certificate" the one that the law wants: the other does not do. */
function decisive(licences: readonly string[]): readonly string[] {
  const hard = licences.filter((name) => HARD.has(name));
  return hard.length ? hard : licences;
}

function asksOf(found: readonly Line[], facts: JobFacts, skills: readonly Skill[]): Ask[] {
  const numbers = new Map(found.map((unit, number) => [unit.start, number]));
  const mentions = skills
    .flatMap((skill) => skill.mentions.map(({ start }) => ({ start, id: skill.id })))
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  return facts.requirements.map((requirement) => {
    const { line } = requirement;
    const named = mentions.filter(({ start }) => line.start <= start && start < line.end);
    return {
      unit: numbers.get(line.start)!,
      weight: weight(requirement),
      kind: requirement.kind,
      must: requirement.must && byLaw(requirement),
      years: requirement.years,
      education: requirement.education ? DEGREES.indexOf(requirement.education) : -1,
      licences: decisive(requirement.licences),
      skills: [...new Set(named.map(({ id }) => id))],
    };
  });
}

function noticesOf(document: Document, { encoding }: Profile): Notice[] {
  const notices = [...document.notices, ...lengthNotices(encoding)];
  const english = englishShare(document.text);
  if (english !== null && english < LEAST)
    notices.push({
      code: "language",
      message: "this is no English prose, and nothing else is understood; low confidence",
    });
  return [...notices, ...clean(document.text)[2]];
}

function lengthNotices({ nTokens, dropped }: Encoding): Notice[] {
  if (dropped)
    return [
      { code: "truncated", message: `only the first ${commas(nTokens)} of ${commas(nTokens + dropped)} tokens were read` },
    ];
  if (nTokens < SHORT_TOKENS)
    return [{ code: "short", message: `only ${nTokens - 2} tokens of text; low confidence` }];
  return [];
}
