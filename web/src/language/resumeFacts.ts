/**
 * A resume -> what it says of a person: positions, years, level, education, licences, languages.
 *
 * A pure function of the text. "Present" is the latest date that the text names, unless the caller
 * says what it stands for.
 */

import { islower, isupper, maxBy, numberOf, round, rstrip, split, stripOf } from "../python";
import type { Document, Fact, Notice, Position, ResumeFacts } from "../records";
import { constant, pattern } from "./data";
import * as dates from "./dates";
import { DEGREES } from "./education";
import { LEVELS, levelOf } from "./levels";
import { heldLicences } from "./licences";
import { heldDegrees } from "./ownDegrees";
import * as positions from "./positions";
import * as sections from "./sections";
import * as seniority from "./seniority";
import { findLanguages } from "./spoken";
import { atWork } from "./workTime";
import { unbroken } from "./wrapped";

const _FIRST_LINES = constant<number>("resume_facts", "_FIRST_LINES");
const _LONGEST_LINE = constant<number>("resume_facts", "_LONGEST_LINE");
const _WIDE = constant<number>("resume_facts", "_WIDE");
const _NUMBERS = new Map(Object.entries(constant<Record<string, number>>("resume_facts", "_NUMBERS")));
const _CLAIM = pattern("resume_facts", "_CLAIM");
const _MORE = pattern("resume_facts", "_MORE");
const _NOT_ONES_OWN = pattern("resume_facts", "_NOT_ONES_OWN");
const _A_PLAN = pattern("resume_facts", "_A_PLAN");
const _OF_WORK = pattern("resume_facts", "_OF_WORK");
const _LABEL = pattern("resume_facts", "_LABEL");
const _MONTHS = pattern("resume_facts", "_MONTHS");
const _NAMED = constant<number>("resume_facts", "_NAMED");
const _AHEAD = constant<number>("resume_facts", "_AHEAD");
const _BACKWARD = constant<string>("resume_facts", "_BACKWARD");
const _FUTURE = constant<string>("resume_facts", "_FUTURE");

/**
 * What the resume says, each fact with its span in `document.text`.
 *
 * `asOf` is the month (12 * year + month - 1) that "present" stands for; null: the latest month
 * that the document names. Never fails: what is not found is null or empty.
 */
export function resumeFacts(document: Document, asOf: number | null = null): ResumeFacts {
  const text = document.text;
  const [ranges, singles] = dates.find(text);
  const now = asOf === null ? dates.latest(text, ranges, singles) : written(asOf, ranges);
  const held = positions.find(unbroken(document, ranges), ranges, singles, now);
  const worked = atWork(text, ranges, singles, held);
  const headline = headlineOf(document);
  const [years, claimed] = [yearsOf(worked, now), claimedYears(text)];
  return {
    headline,
    positions: held,
    years,
    claimedYears: claimed,
    level: levelOfText(text, held, headline, worked, years === null ? claimed : Math.max(years, claimed ?? 0)),
    education: highestFirst(heldDegrees(text, now)),
    licences: eachOnce(heldLicences(text)),
    languages: findLanguages(text),
    slips: slipsOf(text, ranges, now),
  };
}

/** The month in which it was written at the earliest: whatever it says to have begun has. */
function written(asOf: number, ranges: readonly dates.Span[]): number {
  return Math.max(asOf, ...ranges.map(({ first }) => first).filter((first) => first <= asOf + _AHEAD));
}

/** What a reader of a score should know of dates that cannot be; null where there are none. */
export function slipNotice({ slips }: ResumeFacts): Notice | null {
  if (!slips.length) return null;
  const said = slips.slice(0, _NAMED).map((slip) => `"${slip.detail}" ${slip.value}`);
  if (slips.length > _NAMED) said.push(`and ${slips.length - _NAMED} more`);
  return { code: "dates", message: `dates that cannot be: ${said.join(", ")}; such months are not counted` };
}

/** Dates that cannot be. */
function slipsOf(text: string, ranges: readonly dates.Span[], now: number | null): Fact[] {
  return ranges.flatMap(({ first, last, start, end }) => {
    const future = now !== null && last !== null && last > now;
    const value = future ? _FUTURE : first === dates.UNDATED ? _BACKWARD : "";
    return value ? [{ value, start, end, detail: split(text.slice(start, end)).join(" ") }] : [];
  });
}

function headlineOf(document: Document): Fact | null {
  const headed = new Set(sections.find(document.text).starts);
  const lines = document.lines.slice(0, _FIRST_LINES + 1).map((line) => document.text.slice(line.start, line.end));
  for (const [i, text] of lines.slice(0, _FIRST_LINES).entries()) {
    if (headed.has(document.lines[i]!.start)) return null;
    if (text.length > _LONGEST_LINE) continue;
    const title = stripOf(_MORE.split(text)[0]!, ' \t*•-–|,"');
    if (split(title).length <= 10 && !title.endsWith(".") && levelOf(title)) {
      const start = document.lines[i]!.start + text.indexOf(title);
      const below = lines[i + 1];
      const next = document.lines[i + 1];
      const isBroken = below && next && !headed.has(next.start) && goesOn(text, title, below);
      const end = isBroken ? next.end : start + title.length;
      return { value: split(document.text.slice(start, end)).join(" "), start, end, detail: "" };
    }
  }
  return null;
}

/** Whether a headline was broken into two lines: a long one in capitals, or behind a comma. */
function goesOn(line: string, title: string, below: string): boolean {
  const capitals = isupper(title) && isupper(below) && title.length > _WIDE;
  const comma = rstrip(line).endsWith(`${title},`) && islower(Array.from(below)[0] ?? "");
  return split(below).length <= 3 && (capitals || comma);
}

/** Of all time at work; months that two of the dates share count once. */
function yearsOf(worked: readonly dates.Span[], now: number | null): number | null {
  const spans = worked.map(({ first, last }) => {
    const latest = Math.max(now || first, first); // nobody has worked in the future yet
    return [first, last === null ? latest : Math.min(last, latest)] as const;
  });
  let [months, covered] = [0, -1];
  for (const [first, last] of spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    months += Math.max(0, last - Math.max(first, covered + 1) + 1);
    covered = Math.max(covered, last);
  }
  return spans.length ? round(months / 12, 1) : null;
}

/** The most years of experience that the text claims in words. */
function claimedYears(text: string): number | null {
  const claims: number[] = [];
  for (const match of _CLAIM.finditer(text)) {
    if (_NOT_ONES_OWN.search(text, Math.max(0, match.start() - 30), match.start())) continue;
    const after = match.text_("after");
    const label = _LABEL.search(text, Math.max(0, match.start() - 40), match.start());
    if (label || (_OF_WORK.search(after) && !_A_PLAN.match(after))) {
      const number = match.text_("n").toLowerCase();
      const months = numberOf(_MONTHS.match(after)?.text_("n") ?? "0");
      claims.push((_NUMBERS.get(number) ?? numberOf(number)) + round(months / 12, 1));
    }
  }
  return claims.length ? Math.max(...claims) : null;
}

/** At the title that says most of it, or at the latest dates of work; null without either. */
function levelOfText(
  text: string,
  held: readonly Position[],
  headline: Fact | null,
  worked: readonly dates.Span[],
  years: number | null,
): Fact | null {
  const titled = levelOfTitles(held, headline);
  const latest = maxBy(worked, (span) => (span.last === null ? 1e6 : 0) + (span.last ?? 0));
  const dated = latest && { start: latest.start, end: latest.end, detail: split(text.slice(latest.start, latest.end)).join(" ") };
  const at = titled ?? headline ?? dated;
  return at ? { ...at, value: seniority.read({ text, held, headline, years, titled: titled?.value ?? null }) } : null;
}

/** The highest of the positions that are held now, or were held last; else the headline's. */
function levelOfTitles(held: readonly Position[], headline: Fact | null): Fact | null {
  const known = held.filter((p) => p.last !== null && p.title && levelOf(p.title.value));
  const latest = maxBy(known, (p) => (p.current ? 1e6 : 0) + p.last!);
  const titles = known.filter((p) => p.current === latest!.current && p.last === latest!.last).map((p) => p.title!);
  const found = (titles.length || !headline ? titles : [headline]).flatMap((title): Fact[] => {
    const level = levelOf(title.value);
    return level ? [{ value: level, start: title.start, end: title.end, detail: title.value }] : [];
  });
  return maxBy(found, (fact) => LEVELS.indexOf(fact.value)) ?? null;
}

function highestFirst(degrees: readonly Fact[]): Fact[] {
  return eachOnce(degrees).sort((a, b) => DEGREES.indexOf(b.value) - DEGREES.indexOf(a.value) || a.start - b.start);
}

/** The first of those that say the same. */
function eachOnce(facts: readonly Fact[]): Fact[] {
  const found = new Map<string, Fact>();
  for (const fact of facts) {
    const key = `${fact.value}\n${fact.detail.toLowerCase()}`;
    if (!found.has(key)) found.set(key, fact);
  }
  return [...found.values()];
}
