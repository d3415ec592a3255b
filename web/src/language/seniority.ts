/** How high a resume's writer stands, as a reader of the whole text would say. */

import { maxBy, numberOf, split } from "../python";
import type { Fact, Position } from "../records";
import { constant, pattern, words } from "./data";
import { type Model, shares } from "./learned";
import { LEVELS, levelOf } from "./levels";

const CLASSES = constant<readonly string[]>("seniority", "CLASSES");
const MODEL = constant<Model>("seniority", "MODEL");
const STEP = constant<number>("seniority", "STEP");
const _WORD = pattern("seniority", "_WORD");
const _STEM = constant<number>("seniority", "_STEM");
const _YEARS = constant<readonly number[]>("seniority", "_YEARS");
const _PEOPLE = constant<readonly number[]>("seniority", "_PEOPLE");
const _MOST_PEOPLE = constant<number>("seniority", "_MOST_PEOPLE");
const _LENGTHS = constant<readonly number[]>("seniority", "_LENGTHS");
const _TITLES = constant<number>("seniority", "_TITLES");
const _SCOPE = words("seniority", "_SCOPE");
const _LED = pattern("seniority", "_LED");

/** What a level is read from; `titled` is the level that the latest titles say. */
export interface Seen {
  readonly text: string;
  readonly held: readonly Position[];
  readonly headline: Fact | null;
  readonly years: number | null;
  readonly titled: string | null;
}

/** One of LEVELS. */
export function read(seen: Seen): string {
  const level = likeliest(shares(MODEL, featuresOf(seen), STEP));
  // The model does not tell these apart; titles do.
  if (level === "entry" && seen.titled === "intern") return "intern";
  return level === "director" && seen.titled === "executive" ? "executive" : level;
}

/** The one of LEVELS that is most probably right. */
function likeliest(found: readonly number[]): string {
  const share = (name: string): number => found[CLASSES.indexOf(name)]!;
  const lead = share("lead");
  const sums: [string, number][] = [
    ["entry", share("entry")], ["mid", share("mid")], ["senior", share("senior") + lead],
    ["manager", share("manager") + lead], ["director", share("director")],
  ]; // prettier-ignore
  return maxBy(sums, ([, sum]) => sum)![0];
}

function featuresOf({ text, held, headline, years, titled }: Seen): Map<string, number> {
  const found = new Map([[`titled=${titled ?? ""}`, 1]]);
  const steps = (name: string, value: number, all: readonly number[]): void => {
    for (const step of all) if (value >= step) found.set(`${name}>=${step}`, 1);
  };
  steps("years", years ?? -1, _YEARS);
  if (years === null) found.set("undated", 1);
  addTitles(found, held, headline);
  for (const word of stems(text)) if (_SCOPE.has(word)) found.set(`scope=${word}`, 0.5);
  const people = [..._LED.finditer(text)].map((match) => numberOf(match.group("behind") || match.text_("before")));
  steps("led", Math.max(0, ...people.filter((n) => n < _MOST_PEOPLE)), _PEOPLE);
  steps("words", split(text).length, _LENGTHS);
  return found;
}

function addTitles(found: Map<string, number>, held: readonly Position[], headline: Fact | null): void {
  found.set(`headline=${levelOf(headline?.value ?? "") ?? ""}`, 1);
  const latest = [...held].sort((a, b) => Number(b.current) - Number(a.current) || (b.last ?? 0) - (a.last ?? 0));
  const titles = latest.flatMap(({ title }) => (title ? [levelOf(title.value)] : []));
  titles.slice(0, _TITLES).forEach((level, at) => found.set(`title${at}=${level ?? ""}`, 1));
  const highest = maxBy(
    titles.flatMap((level) => (level ? [level] : [])),
    (level) => LEVELS.indexOf(level),
  );
  if (highest) found.set(`highest=${highest}`, 1);
}

function stems(text: string): string[] {
  return _WORD.findall(text.toLowerCase()).map((word) => word.slice(0, _STEM));
}
