/** What a job asks for: its requirements, one by one, and what they add up to. */

import { bisectLeft, rpartition, split } from "../python";
import type { Document, Fact, JobFacts, Line, Requirement, RequirementKind } from "../records";
import { pattern } from "./data";
import { DEGREES, findDegrees } from "./education";
import { DUTY, PREFERRED, REQUIRED } from "./jobHeadings";
import * as jobLines from "./jobLines";
import type { Said } from "./jobLines";
import * as jobTitle from "./jobTitle";
import { levelOf } from "./levels";
import { findLicences, HARD } from "./licences";
import * as lineKinds from "./lineKinds";
import { findSkills } from "./skills";
import { units } from "./units";
import { type Years, yearsIn } from "./yearsAsked";

const _ENTRY = pattern("job_facts", "_ENTRY");
const _LANGUAGE = pattern("job_facts", "_LANGUAGE");
const _OBTAIN = pattern("job_facts", "_OBTAIN");
const _IN_TIME = pattern("job_facts", "_IN_TIME");
const _OR_OBTAIN = pattern("job_facts", "_OR_OBTAIN");
const _NOT_ASKED = pattern("job_facts", "_NOT_ASKED");
const _NOT_NEEDED = pattern("job_facts", "_NOT_NEEDED");
const _ALTERNATIVE = pattern("job_facts", "_ALTERNATIVE");

/**
 * Facts of a job advert; spans are offsets in `document.text`, requirements in text order. `found` are
 * its `units`, where the caller has them already.
 *
 * A unit of the text is "required", "preferred", a "duty", or none of these (what the company says of
 * itself, benefits, how to apply), as `lineKinds` has learned to tell.
 */
export function jobFacts(document: Document, found: readonly Line[] | null = null): JobFacts {
  const parts = partsOf(document, found ?? units(document));
  const title = jobTitle.find(document, parts.map((part) => part.line), parts.map((part) => part.read));
  return {
    title,
    requirements: parts.filter((part) => part.kind).map(requirementOf),
    years: yearsOf(parts),
    level: levelIn(document, parts, title),
    education: educationOf(parts),
    licences: licencesOf(parts, title),
    languages: languagesOf(parts),
  };
}

/** A unit and what it asks for; `kind` is "" where that is nothing. */
interface Part {
  readonly line: Line;
  readonly said: Said;
  readonly read: string; // one of the kinds of lines
  readonly kind: RequirementKind | "";
  readonly must: boolean; // whoever lacks it is out, if it is required
  readonly years: Years | null;
  readonly degrees: readonly Fact[]; // without those that a required line only prefers
  readonly licences: readonly Fact[]; // the same
}

function partsOf(document: Document, spans: readonly Line[]): Part[] {
  const texts = spans.map((span) => document.text.slice(span.start, span.end));
  const said = jobLines.read(texts);
  const read = lineKinds.read(texts);
  const kinds = lineKinds.asking(read);
  const licences = findLicences(document.text);
  return spans.map((span, i) => partOf(span, said[i]!, read[i]!, kinds[i]!, licences));
}

function partOf(
  line: Line,
  said: Said,
  read: lineKinds.LineKind,
  kind: RequirementKind | "",
  licences: readonly Fact[],
): Part {
  if (!kind) return { line, said, read: read.kind, kind, must: false, years: null, degrees: [], licences: [] };
  const [first, last] = [line.start, line.end].map((at) => bisectLeft(licences, at, (fact) => fact.start));
  let here = licences.slice(first, last);
  let degrees = findDegrees(said.text).map((fact) => ({
    ...fact,
    start: fact.start + line.start,
    end: fact.end + line.start,
  }));
  let years: Years | null = null;
  if (kind === REQUIRED) years = yearsIn(said.text, (start, end) => said.optional(start, end));
  else if (kind === PREFERRED) years = yearsIn(said.text);
  const starts = here.map((fact) => fact.start - line.start);
  here = here.filter((fact) => {
    const [start, end] = [fact.start - line.start, fact.end - line.start];
    return !waived(said, start, end) && !replaceable(said, end, starts);
  });
  if (kind === REQUIRED) {
    // "Bachelor's required; Master's a plus" requires only the former.
    here = here.filter((fact) => !optional(line, said, fact));
    degrees = degrees.filter((fact) => !optional(line, said, fact));
  }
  return { line, said, read: read.kind, kind, must: read.must >= lineKinds.MUST, years, degrees, licences: here };
}

/** Whether the line does without the licence at [start, end), or lets it come later. */
function waived(said: Said, start: number, end: number): boolean {
  const before = rpartition(said.text.slice(0, start), ";")[2];
  const after = said.text.slice(end);
  return (
    _OBTAIN.search(before) !== undefined ||
    _OR_OBTAIN.search(after) !== undefined ||
    _IN_TIME.search(said.text) !== undefined ||
    _NOT_ASKED.search(before) !== undefined ||
    _NOT_NEEDED.match(after) !== undefined
  );
}

/** Whether something that is none of the licences found would do instead of the one there. */
function replaceable(said: Said, end: number, starts: readonly number[]): boolean {
  const other = _ALTERNATIVE.match(said.text, end);
  return other !== undefined && !starts.some((start) => end <= start && start < other.end());
}

function optional(line: Line, said: Said, fact: Fact): boolean {
  return said.optional(fact.start - line.start, fact.end - line.start);
}

function requirementOf(part: Part): Requirement {
  const asks = part.kind !== DUTY;
  const degree = part.degrees.length ? Math.min(...part.degrees.map(place)) : null;
  const licences = asks ? [...new Set(part.licences.map((fact) => fact.value))] : [];
  return {
    line: part.line,
    kind: part.kind as RequirementKind,
    must: part.kind === REQUIRED && (licences.some((value) => HARD.has(value)) || part.must),
    years: part.years ? part.years.least : null,
    education: degree !== null && asks ? DEGREES[degree]! : "",
    licences,
  };
}

/** The most that a required line asks for: each of them has to be met. */
function yearsOf(parts: readonly Part[]): Fact | null {
  let most: { readonly years: Years; readonly offset: number } | null = null;
  for (const { kind, years, line } of parts)
    if (kind === REQUIRED && years && (!most || years.least > most.years.least)) most = { years, offset: line.start };
  if (!most) return null;
  const { years, offset } = most;
  return {
    value: String(Number(years.least.toPrecision(6))),
    start: offset + years.start,
    end: offset + years.end,
    detail: "",
  };
}

/** Of each required line the least degree; of all lines the highest of these. */
function educationOf(parts: readonly Part[]): Fact | null {
  const least = parts
    .filter((part) => part.kind === REQUIRED && part.degrees.length)
    .map((part) => part.degrees.reduce((best, fact) => (place(fact) < place(best) ? fact : best)));
  return least.length ? least.reduce((best, fact) => (place(fact) > place(best) ? fact : best)) : null;
}

function place(degree: Fact): number {
  return DEGREES.indexOf(degree.value);
}

/** The required ones, each once; first those that the title itself names by law. */
function licencesOf(parts: readonly Part[], title: Fact | null): Fact[] {
  const found = new Map<string, Fact>();
  if (title)
    for (const fact of findLicences(title.value))
      if (HARD.has(fact.value)) found.set(fact.value, { ...fact, start: title.start, end: title.end });
  for (const part of parts)
    if (part.kind === REQUIRED)
      for (const fact of part.licences) if (!found.has(fact.value)) found.set(fact.value, fact);
  return [...found.values()];
}

/** What the title says, else "entry level" in the text. */
function levelIn({ text }: Document, parts: readonly Part[], title: Fact | null): Fact | null {
  if (title) {
    const { start } = title;
    const line = parts.find((part) => part.line.start <= start && start < part.line.end)?.line;
    const short = line && split(text.slice(line.start, line.end)).length <= jobTitle.SHORT;
    const said = text.slice(start, Math.max(title.end, short ? line.end : 0));
    const level = _ENTRY.search(said) ? null : (levelOf(said) ?? levelOf(title.value));
    if (level) return { value: level, start, end: title.end, detail: "" };
  }
  const match = _ENTRY.search(text);
  return match ? { value: "entry", start: match.start(), end: match.end(), detail: "" } : null;
}

/** Languages asked for; `detail` is "preferred" where that is all the line says. */
function languagesOf(parts: readonly Part[]): Fact[] {
  const found = new Map<string, Fact>();
  for (const part of parts) {
    if ((part.kind !== REQUIRED && part.kind !== PREFERRED) || !part.said.speaksOfLanguages) continue;
    for (const skill of findSkills(part.said.text, null, ["language"])) {
      const name = _LANGUAGE.fullmatch(skill.label)?.group(1);
      if (name === undefined) continue;
      const { start, end } = skill.mentions[0]!;
      const wish = part.kind === PREFERRED || part.said.optional(start, end);
      const known = found.get(name);
      if (known && (!known.detail || wish)) continue;
      const offset = part.line.start;
      found.set(name, { value: name, start: offset + start, end: offset + end, detail: wish ? "preferred" : "" });
    }
  }
  return [...found.values()];
}
