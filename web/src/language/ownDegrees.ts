/**
 * The degrees of a resume's writer: not those of people taught, nor those not finished.
 *
 * `findDegrees` finds every degree that a text names; an advert means each of them.
 */

import { partition, rpartition } from "../python";
import type { Fact } from "../records";
import { constant, pattern } from "./data";
import { findDegrees } from "./education";
import * as sections from "./sections";

const _REACH = constant<number>("own_degrees", "_REACH");
const _OF_PEOPLE = pattern("own_degrees", "_OF_PEOPLE");
const _OF_AN_OFFICE = pattern("own_degrees", "_OF_AN_OFFICE");
const _BEGUN = pattern("own_degrees", "_BEGUN");
const _UNFINISHED = pattern("own_degrees", "_UNFINISHED");
const _EXPECTED = pattern("own_degrees", "_EXPECTED");
const _YEAR = pattern("own_degrees", "_YEAR");
const _STOP = pattern("own_degrees", "_STOP");

/** In text order; `now` is the month from which on what is expected is not held. */
export function heldDegrees(text: string, now: number | null = null): Fact[] {
  const known = sections.find(text);
  const found = findDegrees(text);
  return found.filter((fact, i) => {
    const following = found[i + 1]?.start ?? text.length;
    // The field behind a degree may have taken "students" up.
    const name = fact.end - fact.detail.length;
    const before = rpartition(text.slice(Math.max(0, fact.start - _REACH), fact.start), "\n")[2];
    const after = partition(text.slice(fact.end, Math.min(following, fact.end + _REACH)), "\n")[0];
    const behind = partition(text.slice(name, name + _REACH), "\n")[0];
    const atSchool = known.at(fact.start) === "education";
    const theirs = [after, behind.startsWith(" ") ? behind : ` ${behind}`].some(
      (piece) => _OF_PEOPLE.match(piece) || (!atSchool && _OF_AN_OFFICE.match(piece)),
    );
    const said = text.slice(fact.start, fact.end) + _STOP.split(after)[0]!;
    const begun = _BEGUN.search(before) && !said.includes("\n"); // else a second one follows below
    if (theirs || begun || _UNFINISHED.search(said)) return false;
    return now === null || !isToCome(after, now);
  });
}

function isToCome(after: string, now: number): boolean {
  const years = _YEAR.findall(after).map(Number);
  return _EXPECTED.search(after) !== undefined && years.length > 0 && 12 * Math.max(...years) > now;
}
