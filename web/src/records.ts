/**
 * What crosses a wall between two rooms; the Python twin is rolefit/records.py.
 *
 *     bytes -> Document -> tokens -> Encoding -> Features -> Match
 *
 * Units: offsets count UTF-16 code units of `Document.text` (what JavaScript slices by; Python counts
 * code points), end exclusive; pages count from 1; scores run from 0 to 100, cosines from -1 to 1.
 */

export interface Notice {
  readonly code: string; // stable, for programs
  readonly message: string; // for people
}

/** One visible line: `text.slice(start, end)`, without its line break. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly page: number; // from 1; always 1 where the format has no pages
}

export type Kind =
  | "pdf" | "docx" | "odt" | "html" | "rtf" | "text"
  | "json-resume" | "yaml-resume" | "hr-json" | "hr-xml" | "linkedin";

export interface Document {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly Line[]; // in reading order; blank lines are left out
  readonly kind: Kind;
  readonly pages: number;
  readonly sha256: string; // of the bytes that were read
  readonly notices: readonly Notice[];
  readonly furniture: readonly Line[]; // lines of a web page that would surround a job posting
  readonly columns: readonly number[]; // side by side, of each page; empty where the format does not show it
}

/** A text as the encoder reads it, special tokens included. */
export interface Tokens {
  readonly ids: Int32Array; // (n,)
  readonly starts: Int32Array; // (n,) offsets; special tokens are 0, 0
  readonly ends: Int32Array; // (n,)
  readonly dropped: number; // tokens beyond the encoder's limit that were cut off
}

/** A document as vectors. All rows have unit length. */
export interface Encoding {
  readonly vector: Float32Array; // (512,)
  readonly lines: readonly Float32Array[]; // (512,) each; zero for lines cut off by the limit
  readonly nTokens: number; // tokens encoded, special tokens included
  readonly dropped: number;
}

/** What one unit of a job asks for: a Requirement without its words. */
export interface Ask {
  readonly unit: number; // row of Encoding.lines
  readonly weight: number; // what it counts in coverage
  readonly kind: RequirementKind;
  readonly must: boolean;
  readonly years: number | null;
  readonly education: number; // place in DEGREES, -1 for none
  readonly licences: readonly string[]; // any one will do
  readonly skills: readonly string[]; // ids of skills that the unit names
}

export type RequirementKind = "required" | "preferred" | "duty";

/**
 * A document as it is compared: numbers and names of concepts, no sentence of it. What it does not say
 * is null, -1 or empty.
 */
export interface Profile {
  readonly encoding: Encoding; // its `lines` are the document's units, rounded to float16
  readonly titles: readonly Float32Array[]; // a job's own; a resume's headline, then positions, latest first; float16
  readonly skills: readonly string[]; // ids
  readonly years: number | null; // a resume: worked in all; a job: asked for at least
  readonly level: number; // place in LEVELS
  readonly education: number; // place in DEGREES; a resume: the highest; a job: the least required
  readonly licences: readonly string[]; // a resume: all; a job: those required
  readonly asks: readonly Ask[]; // of a job
  readonly shingles: Uint32Array; // hashes of every few words in a row: see stuffing.ts
}

/** What a resume shows for one Ask. */
export interface Finding {
  readonly ask: Ask;
  readonly strength: number; // 0-1
  readonly cosine: number; // of the nearest unit; 0 if the resume has none
  readonly units: readonly number[]; // of the resume, nearest first
  readonly cosines: readonly number[]; // of the same
  readonly cause: "licence" | "education" | "years" | "skills" | "line"; // what settled it
  readonly shown: readonly string[]; // what was found: licences, ids of skills
}

/** One place of the text that names a skill. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly section: string; // "skills", "experience", ...; "" where no heading stands above
  readonly manner: "listed" | "used"; // in an enumeration, or in a sentence
  readonly years: number | null; // only if the same line says so
}

/** A skill that a document names, with every place that names it. */
export interface Skill {
  readonly id: string; // the ESCO URI, or "rolefit:..." for skills that ESCO does not have
  readonly label: string;
  readonly group: string;
  readonly kind: string;
  readonly mentions: readonly Mention[];
}

/** One thing that a text says, and where it says it. */
export interface Fact {
  readonly value: string; // canonical: "bachelor", "registered nurse licence", "Spanish", "senior"
  readonly start: number;
  readonly end: number;
  readonly detail: string; // what belongs to it: the field of a degree, the state of a licence
}

/** A job that a resume says was held. Months count from year 0: 12 * year + month - 1. */
export interface Position {
  readonly title: Fact | null;
  readonly employer: Fact | null;
  readonly first: number | null;
  readonly last: number | null; // that month included; of a current one the month read "as of"
  readonly current: boolean;
  readonly start: number; // span of the heading: title, employer and dates
  readonly end: number;
}

/** What a resume says about a person; null or empty where it does not say. */
export interface ResumeFacts {
  readonly headline: Fact | null;
  readonly positions: readonly Position[]; // latest first
  readonly years: number | null; // of work in all, overlaps counted once
  readonly claimedYears: number | null; // "over 12 years of experience"
  readonly level: Fact | null;
  readonly education: readonly Fact[]; // highest first
  readonly licences: readonly Fact[];
  readonly languages: readonly Fact[];
  readonly slips: readonly Fact[]; // dates that cannot be; value says why, detail is what is written
}

/** A line of a job that asks for something, or a duty that whoever comes must do. */
export interface Requirement {
  readonly line: Line;
  readonly kind: RequirementKind;
  readonly must: boolean;
  readonly years: number | null;
  readonly education: string; // least of DEGREES that would do; "" where the line asks for none
  readonly licences: readonly string[]; // any one of these will do
}

/** What a job asks for; null or empty where it does not say. */
export interface JobFacts {
  readonly title: Fact | null;
  readonly requirements: readonly Requirement[]; // in text order
  readonly years: Fact | null;
  readonly level: Fact | null;
  readonly education: Fact | null;
  readonly licences: readonly Fact[];
  readonly languages: readonly Fact[];
}

/** Named numbers of one pair, in the order the mapper was fitted on. */
export interface Features {
  readonly names: readonly string[];
  readonly values: readonly number[];
}

/** A profession that a document reads like. */
export interface Domain {
  readonly name: string;
  readonly probability: number; // 0-1; those of a document's domains add up to 1
}

/** How well one resume fits one job. */
export interface Match {
  readonly resume: string; // Document.name
  readonly job: string;
  readonly score: number; // 0-100
  readonly band: readonly [number, number]; // where the judge's score lies 9 times in 10
  readonly features: Features;
  readonly notices: readonly Notice[];
  readonly resumeDomains: readonly Domain[]; // all, most likely first; empty if the bundle has none
  readonly jobDomains: readonly Domain[];
}

export type Status = "met" | "partly" | "not shown";

/** What a model that reads (reader/) makes of one requirement and one resume. */
export interface Reading {
  readonly status: Status;
  readonly chances: readonly number[]; // of "not shown", "partly", "met"; together 1. Empty where a fact settled it
  readonly units: readonly number[]; // of the resume, what says so most plainly first
}

/** A line of the resume that speaks for a requirement. */
export interface Support {
  readonly line: Line;
  readonly cosine: number; // of the line and the requirement
}

/** One requirement, and what the resume shows for it. */
export interface Evidence {
  readonly requirement: Requirement;
  readonly status: Status;
  readonly strength: number; // 0-1, by the nearest line and what can be counted
  readonly support: readonly Support[]; // best first; at most 3
  readonly settledBy: string; // in words: "skill: Python", "6 of 5 years", "registered nurse licence", ...
  readonly probability: number | null; // of the status, by the reader; null where there is none
  readonly points: number; // of needs that it earns
  readonly most: number; // and could earn
}

/** What one feature did to the score. base + all points = the mapper's score, exactly. */
export interface Contribution {
  readonly feature: string;
  readonly value: number;
  readonly points: number;
}

/** What a resume earns of one part of the score: "function" 34 of 40. */
export interface Part {
  readonly name: string; // of NAMES in parts.ts
  readonly points: number;
  readonly most: number;
}

/** A fact that the job asks for beside what the resume shows. */
export interface Comparison {
  readonly name: "years" | "level" | "education" | "licence" | "language";
  readonly asked: string;
  readonly shown: string; // "" where nothing is shown
  readonly verdict: Status;
  readonly askedSpan: readonly [number, number] | null;
  readonly shownSpan: readonly [number, number] | null;
}

/** Why a match has its score. */
export interface Explanation {
  readonly match: Match;
  readonly resume: Document;
  readonly job: Document;
  readonly base: number; // the score of an average pair
  readonly contributions: readonly Contribution[]; // largest first, whichever the sign
  readonly cappedBy: string; // why the score was held down, in words; "" if it was not
  readonly evidence: readonly Evidence[]; // in the job's order
  readonly matched: readonly (readonly [Skill, Skill])[]; // (the job's, the resume's)
  readonly missing: readonly Skill[]; // of the job, not shown in the resume
  readonly extra: readonly Skill[]; // of the resume, not asked for
  readonly comparisons: readonly Comparison[];
  /** The four parts, which add up to the score before it was held down; empty where the mapper does not read them. */
  readonly parts: readonly Part[];
  readonly elsewhere: number; // points of needs that no single requirement carries
}

/** A place of a text, and what stands there. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/** From a heading to the next one. */
export interface Section {
  readonly name: string; // of language/sections.ts
  readonly start: number;
  readonly end: number;
  readonly heading: string; // as it is written
}

/** What another program may misread; `code` is stable, `message` is for people. */
export interface Risk {
  readonly code: string;
  readonly message: string;
  readonly spans: readonly (readonly [number, number])[]; // where, if it has a place
}

/** What a machine reads of one document. */
export interface Inspection {
  readonly document: Document;
  readonly side: "resume" | "job";
  readonly hidden: readonly string[]; // words that a person would not see; they are not in the text
  readonly sections: readonly Section[];
  readonly resume: ResumeFacts | null;
  readonly job: JobFacts | null;
  readonly personal: readonly Span[]; // of a resume: what is masked before it is scored
  readonly skills: readonly Skill[];
  readonly risks: readonly Risk[];
}
