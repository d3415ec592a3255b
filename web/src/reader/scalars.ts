/** What rules found for a requirement, as numbers that the last step of a reading weighs; rolefit/reader/scalars.py. */

import { constant } from "../language/data";
import type { Finding, Profile } from "../records";

const CAUSES = constant<readonly string[]>("scalars", "CAUSES");
const KINDS = constant<readonly string[]>("scalars", "KINDS");
export const FACTS = constant<number>("scalars", "FACTS");

/** (FACTS,): strength and cause of the rules' finding; what is asked beside what is shown; kind. */
export function factsOf({ ask, strength, cause }: Finding, resume: Profile): number[] {
  const { years } = resume;
  const held = ask.licences.filter((name) => resume.licences.includes(name)).length;
  const named = ask.skills.filter((name) => resume.skills.includes(name)).length;
  const asked = ask.years ?? 0;
  return [
    strength,
    ...CAUSES.map((name) => Number(cause === name)),
    Number(asked > 0),
    Math.min(asked, 20) / 10,
    Math.min(years ?? 0, 40) / 10,
    Number(ask.education >= 0),
    ask.education >= 0 ? (resume.education - ask.education) / 3 : 0,
    Number(ask.licences.length > 0),
    ask.licences.length ? held / ask.licences.length : 0,
    Number(ask.skills.length > 0),
    ask.skills.length ? named / ask.skills.length : 0,
    Number(years === null),
    ...KINDS.map((name) => Number(ask.kind === name)),
  ];
}
