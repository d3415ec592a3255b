/** A resume without what it says is not there: "No Spark or Kafka yet", "PALS: expired 2022"; rolefit/language/denied.py. */

import { bisectLeft, isBlank } from "../python";
import type { Document, Line } from "../records";
import * as claimKinds from "./claimKinds";
import { heading } from "./claims";
import { constant, pattern } from "./data";
import { covered } from "./personal";
import * as sections from "./sections";
import { findSkills } from "./skills";
import { units } from "./units";

type Place = readonly [start: number, end: number];

const GONE = constant<readonly number[]>("denied", "GONE");
const SURE = constant<number>("denied", "SURE");
const KEPT = constant<number>("denied", "KEPT");
const _MARK = pattern("denied", "_MARK");

/** The document with denials made blank; all that is left keeps its place. */
export function undenied(document: Document): Document {
  const names = findSkills(document.text)
    .flatMap((skill) => skill.mentions.map(({ start, end }): Place => [start, end]))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const headed = new Set(sections.find(document.text).starts);
  const said = units(document).filter((unit) => !headed.has(unit.start));
  const spans = said.flatMap((unit) => denied(document.text, unit, names));
  if (!spans.length) return document;
  const text = covered(
    document.text,
    spans.map(([start, end]) => ({ start, end, kind: "denial" })),
    " ",
  );
  return { ...document, text, lines: document.lines.filter((line) => !isBlank(text.slice(line.start, line.end))) };
}

/** The spans of a unit that deny what they name. */
function denied(text: string, unit: Line, names: readonly Place[]): Place[] {
  const above = heading(text, unit.start);
  const at = (place: number): number => bisectLeft(names, place, ([start]) => start);
  const inside = names.slice(at(unit.start), at(unit.end));
  const said = inside.map(([start, end]) =>
    claimKinds.shares(above, text.slice(unit.start, start), text.slice(end, unit.end)),
  );
  const whole = claimKinds.sharesOfAll(above, text.slice(unit.start, unit.end));
  if (gone(whole) >= SURE && said.every((shares) => shares[0]! < KEPT)) return [[unit.start, unit.end]];
  return inside.filter((_, at) => gone(said[at]!) >= SURE).map((name) => clause(text, unit, name));
}

function gone(shares: readonly number[]): number {
  return GONE.reduce((sum, kind) => sum + shares[kind]!, 0);
}

function clause(text: string, unit: Line, [start, end]: Place): Place {
  let first = unit.start;
  for (const mark of _MARK.finditer(text, unit.start, start)) first = mark.end();
  return [first, _MARK.search(text, end, unit.end)?.start() ?? unit.end];
}
