/**
 * A resume as the reader sees it: passages, what each stands under, and a card of dated facts;
 * rolefit/reader/passages.py, step by step.
 */

import { constant } from "../language/data";
import { find, type Sections } from "../language/sections";
import type { Resume } from "../prepare";
import { bisectRight, roundHalfEven, split, strip } from "../python";
import type { Position } from "../records";

export const PLACES = constant<readonly string[]>("passages", "PLACES");
const MOST = constant<number>("passages", "MOST"); // passages of a resume that are looked at
const POSITIONS = constant<number>("passages", "POSITIONS"); // on the card at most
const DEGREES = constant<number>("passages", "DEGREES");
const LICENCES = constant<number>("passages", "LICENCES");
const RECENT = constant<number>("passages", "RECENT"); // years: what ended so lately goes on
// str.isdigit(): what stands high, low or in a ring is a digit too.
const DIGIT =
  /[\p{Nd}\u{b2}\u{b3}\u{b9}\u{1369}-\u{1371}\u{19da}\u{2070}\u{2074}-\u{2079}\u{2080}-\u{2089}\u{2460}-\u{2468}\u{2474}-\u{247c}\u{2488}-\u{2490}\u{24ea}\u{24f5}-\u{24fd}\u{24ff}\u{2776}-\u{277e}\u{2780}-\u{2788}\u{278a}-\u{2792}\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]/u;

/** A unit of a resume. */
export interface Passage {
  readonly text: string;
  readonly under: string; // the title of the position that it stands under, or ""
  readonly place: number; // of PLACES
  readonly heads: boolean; // whether it begins a position
  readonly traits: readonly number[]; // (6,) years, years ago, heads, words, where, digits
}

export interface Passages {
  readonly each: readonly Passage[];
  readonly card: string; // "Nurse, 4 years, now; work in all 9 years; degree bachelor Nursing; holds ..."
}

/** `asOf` is the month that "present" stands for; null for the latest month that the resume names. */
export function passages(resume: Resume, asOf: number | null): Passages {
  const month = asOf ?? Math.max(0, ...resume.facts.positions.flatMap(({ last }) => last ?? []));
  const { text } = resume.document;
  const known = find(text);
  const positions = [...resume.facts.positions].sort((a, b) => a.start - b.start);
  const starts = positions.map(({ start }) => start);
  const each = resume.units.slice(0, MOST).map((unit, number): Passage => {
    const words = split(text.slice(unit.start, unit.end));
    let place = known.at(unit.start);
    let [under, years, ago] = ["", 0, 0];
    const position = positions[bisectRight(starts, unit.start) - 1];
    if (position && !ended(known, position.start, unit.start)) {
      place = "position";
      under = position.title?.value ?? "";
      years = yearsOf(position, month) ?? 0;
      ago = position.first !== null ? agoOf(position, month) : 0;
    }
    const heads = starts.includes(unit.start);
    return {
      text: words.join(" "),
      under,
      place: Math.max(0, PLACES.indexOf(place)),
      heads,
      traits: [
        Math.min(years, 30) / 10,
        Math.min(ago, 30) / 10,
        Number(heads),
        Math.min(words.length, 40) / 20,
        number / resume.units.length,
        Number(DIGIT.test(words.join(" "))),
      ],
    };
  });
  return { each, card: cardOf(resume, month) };
}

/** Whether another part of the resume has begun since the position that starts at `start`. */
function ended({ starts, names }: Sections, start: number, here: number): boolean {
  const first = bisectRight(starts, start);
  return starts.slice(first).some((at, i) => at <= here && !["experience", "duties", ""].includes(names[first + i]!));
}

function yearsOf({ first, last }: Position, month: number): number | null {
  return first === null ? null : Math.max(0.1, ((last ?? month) - first + 1) / 12);
}

function agoOf({ last }: Position, month: number): number {
  return (month - (last || month)) / 12;
}

function cardOf({ facts }: Resume, month: number): string {
  const years = facts.years || facts.claimedYears;
  const licences = new Set(facts.licences.slice(0, LICENCES).map(({ value }) => value));
  const parts = [
    ...facts.positions.slice(0, POSITIONS).map((position) => held(position, month)),
    ...(years ? [`work in all ${roundHalfEven(years)} years`] : []),
    ...facts.education.slice(0, DEGREES).map(({ value, detail }) => strip(`degree ${value} ${detail}`)),
    ...(licences.size ? [`holds ${[...licences].join(", ")}`] : []),
  ];
  return parts.join("; ") || "nothing dated";
}

function held(position: Position, month: number): string {
  const title = position.title?.value ?? "work";
  const years = yearsOf(position, month);
  if (years === null) return title;
  const ago = agoOf(position, month);
  const when = position.current || ago < RECENT ? "now" : `until ${roundHalfEven(ago)} years ago`;
  return `${title}, ${roundHalfEven(years)} years, ${when}`;
}
