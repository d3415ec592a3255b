/**
 * A job title -> how high it stands. Resumes and adverts are read with the same rules.
 *
 * A word such as "manager" or "executive" says little alone: an account executive leads nobody and
 * an assistant manager is no beginner. So the rules go from the exceptions to the plain words.
 */

import { maxBy, remembered, rstripOf, split, stripOf } from "../python";
import { constant, pattern, words } from "./data";

export const LEVELS = constant<string[]>("levels", "LEVELS"); // rising

const _OCCUPATIONS = words("levels", "_OCCUPATIONS");
const _EXECUTIVE = pattern("levels", "_EXECUTIVE");
const _DIRECTOR = pattern("levels", "_DIRECTOR");
const _SMALL_DIRECTOR = pattern("levels", "_SMALL_DIRECTOR");
const _MANAGER = pattern("levels", "_MANAGER");
const _FINAL = words("levels", "_FINAL");
const _LEADS_WORK = pattern("levels", "_LEADS_WORK");
const _NO_CHIEF = pattern("levels", "_NO_CHIEF");
const _SENIOR = pattern("levels", "_SENIOR");
const _NOT_SENIOR = pattern("levels", "_NOT_SENIOR");
const _PLAIN_LEAD = pattern("levels", "_PLAIN_LEAD");
const _INTERN = pattern("levels", "_INTERN");
const _ENTRY = pattern("levels", "_ENTRY");
const _DATA_ENTRY = pattern("levels", "_DATA_ENTRY");
const _DEPUTY = pattern("levels", "_DEPUTY");
const _BEGINNER = pattern("levels", "_BEGINNER");
const _ASSISTS = pattern("levels", "_ASSISTS");
const _ASSISTANT = pattern("levels", "_ASSISTANT");
const _VICE = pattern("levels", "_VICE");
const _HIGH_DEPUTY = pattern("levels", "_HIGH_DEPUTY");
const _SAYS_SENIOR = pattern("levels", "_SAYS_SENIOR");
const _SCHOLAR = pattern("levels", "_SCHOLAR");
const _PLAIN_EXECUTIVE = pattern("levels", "_PLAIN_EXECUTIVE");
const _SPLIT = pattern("levels", "_SPLIT");
const _PART = pattern("levels", "_PART");
const _CUT = pattern("levels", "_CUT");
const _NUMBERED = pattern("levels", "_NUMBERED");
const _STUCK = pattern("levels", "_STUCK");
const _WORD = pattern("levels", "_WORD");
const _SAID = words("levels", "_SAID");
const _LONGEST = constant<number>("levels", "_LONGEST");
const _PARTICIPLES = words("levels", "_PARTICIPLES");

/**
 * The one of LEVELS that the words of a job title mean; null if it is no title.
 *
 * Of several titles in one ("Bookkeeper / Office Manager") the highest counts.
 */
export const levelOf = remembered(4096, (title: string): string | null => {
  const whole = _STUCK.sub((stuck) => `${stuck.text_(1)} `, title.toLowerCase().replaceAll("’", "'"));
  const plain = stripOf(split(_NUMBERED.sub("", whole)).join(" "), " .,:;-*•–|");
  if (!plain || plain.length > 120) return null;
  const found = _SPLIT.split(plain).flatMap((part) => level(part) ?? []);
  return maxBy(found, (one) => LEVELS.indexOf(one)) ?? null;
});

function level(title: string): string | null {
  const parts = _PART.split(title).filter(Boolean);
  const cores = parts.map(coreOf);
  if (title.includes("head of") && !title.startsWith("head of")) cores.push("head of");
  const titled = cores.findIndex(isOccupation);
  if (titled < 0) return null;
  let core = cores[titled]!;
  if ((core === "head" || core === "chief") && /^(?:head of|chief of staff)/.test(parts[titled]!))
    core = split(parts[titled]!).slice(0, 3).join(" ");
  const beside = cores.filter((part, i) => i !== titled && split(part).length < 2).join(" ");
  const found = rank(core);
  // "Engineer, Senior"; "Accounting - Intern"
  return (found === "mid" || found === "senior") && beside ? rank(`${beside} ${core}`) : found;
}

/** "Intern to the Director" is an intern; "Point of Sale Manager" has its noun at the end. */
function coreOf(part: string): string {
  const head = _CUT.split(part)[0]!;
  return isOccupation(head) ? head : part;
}

/** Whether the words (in lower case) name an occupation and are no sentence. */
export function isOccupation(words: string): boolean {
  const names = _WORD.findall(words).map((word) => stripOf(word, ".'"));
  if (!names.length || names.length > _LONGEST || names.some((name) => _SAID.has(name))) return false;
  if (names[0]!.endsWith("ed") && !_PARTICIPLES.has(names[0]!)) return false;
  if (_FINAL.has(names.at(-1)!)) return true;
  return names.some((name) => _OCCUPATIONS.has(name) || _OCCUPATIONS.has(rstripOf(name, "s")));
}

function rank(core: string): string {
  const words = core.replaceAll(".", "");
  if (_INTERN.search(words)) return "intern";
  if (_ENTRY.search(words) && !_DATA_ENTRY.search(words)) return "entry";
  if (_ASSISTS.search(words) && !_DEPUTY.search(words)) return _SAYS_SENIOR.search(words) ? "senior" : "mid";
  if (_VICE.search(words)) return "director";
  if (_EXECUTIVE.search(words)) return "executive";
  if (_SMALL_DIRECTOR.search(words)) return "manager";
  if (_DIRECTOR.search(words)) return "director";
  return rankBelowDirector(words);
}

function rankBelowDirector(words: string): string {
  const senior = _SENIOR.search(_NOT_SENIOR.sub("", words));
  if (_SCHOLAR.search(words) || _PLAIN_EXECUTIVE.search(words)) return senior ? "senior" : "mid";
  if (_LEADS_WORK.search(words)) {
    const beginner = _ASSISTANT.search(words);
    return senior ? "senior" : beginner ? "entry" : "mid";
  }
  if (_DEPUTY.search(words)) return _HIGH_DEPUTY.search(words) ? "manager" : "senior";
  if (_BEGINNER.search(words)) return "entry";
  if (_PLAIN_LEAD.search(words)) return "senior";
  if (_MANAGER.search(_NO_CHIEF.sub("", words))) return "manager";
  return senior ? "senior" : "mid";
}
