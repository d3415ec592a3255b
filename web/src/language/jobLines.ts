/** What one line of an advert is, by its own words and the heading above it. */

import { bisectRight, istitle, split } from "../python";
import type { RequirementKind } from "../records";
import { constant, pattern, words as wordsOf } from "./data";
import { DUTY, type Heading, OTHER, PREFERRED, REQUIRED, TAIL } from "./jobHeadings";
import { OPENERS, PHRASES } from "./jobWords";
import type { Hit } from "./phrases";
import { lowered } from "./words";

const _ADDRESS = pattern("job_lines", "_ADDRESS");
const _BREAK = pattern("job_lines", "_BREAK");
const _CLAUSE = pattern("job_lines", "_CLAUSE");
const _LEAD = pattern("job_lines", "_LEAD");
const _ASIDE = pattern("job_lines", "_ASIDE");
const _START = constant<number>("job_lines", "_START");
const _ITEM = constant<number>("job_lines", "_ITEM");
const _SHORT = constant<number>("job_lines", "_SHORT");
const _ASKS = wordsOf("job_lines", "_ASKS");
const _FIRST = pattern("job_lines", "_FIRST");
const _NO_DUTY = pattern("job_lines", "_NO_DUTY");
const _SUBJECT = pattern("job_lines", "_SUBJECT");
const _NO_SUBJECT = pattern("job_lines", "_NO_SUBJECT");
const _QUESTION = pattern("job_lines", "_QUESTION");
const _WORDS = pattern("job_lines", "_WORDS");
const _WE = pattern("job_lines", "_WE");
const _SEEKS = pattern("job_lines", "_SEEKS");
const _COUNTED = pattern("job_lines", "_COUNTED");
const _TOLD = pattern("job_lines", "_TOLD");
const _FIRST_PERSON = pattern("job_lines", "_FIRST_PERSON");
const _WILL = pattern("job_lines", "_WILL");
const _RESPONSIBLE = pattern("job_lines", "_RESPONSIBLE");
const _DEMANDED = pattern("job_lines", "_DEMANDED");

/** A line and the phrases in it; `groups` are the lists of the advert's words that it speaks from. */
export class Said {
  readonly groups: ReadonlySet<string>;
  private readonly bounds: readonly number[];
  private readonly breaks: readonly number[];

  constructor(
    readonly text: string,
    readonly hits: readonly Hit[],
    private readonly title: ReadonlySet<string> = new Set(),
  ) {
    const groups = new Set(hits.map((hit) => hit.group));
    if (groups.has("not_preferred")) groups.delete("preferred");
    this.groups = groups;
    this.bounds = [..._CLAUSE.finditer(text)].map((m) => m.end());
    this.breaks = [..._BREAK.finditer(text)].map((m) => m.end());
  }

  /** It asks for years, a degree or a licence: no mere praise, and no blurb. */
  get counted(): boolean {
    if (!this.groups.has("strong") && !this.groups.has("ask") && !this.text.includes("year")) return false;
    return _COUNTED.search(this.text) !== undefined;
  }

  /** It begins as requirements do: "Ability to", "CDL license", "Strong record keeping". */
  get asksAtOnce(): boolean {
    return this.hits.some((hit) => _ASKS.has(hit.group) && hit.start < _START);
  }

  /** It begins as duties do: "Manages the ...", "Responsible for ...". */
  get opensDuty(): boolean {
    const at = _LEAD.match(this.text)?.end() ?? 0;
    const first = _FIRST.match(this.text, at);
    return (
      first !== undefined &&
      OPENERS.has(first.text_().toLowerCase()) &&
      !_NO_DUTY.match(this.text, at) &&
      (!istitle(this.text.slice(at)) || this.text.length < _START)
    );
  }

  /** "We are the largest ...", "Norvale offers ..."; not "Instructors are expected to". */
  get speaksOfCompany(): boolean {
    const subject = _SUBJECT.match(this.text);
    if (!subject) return false;
    const words = _WORDS.findall(subject.text_().toLowerCase()).slice(0, -1);
    // "The City Manager provides" is what the job does.
    if (words.length && words.every((word) => this.title.has(word))) return false;
    return (
      !_NO_SUBJECT.match(this.text) &&
      (_WE.match(this.text) !== undefined || !["demand", "preferred", "do"].some((group) => this.groups.has(group)))
    );
  }

  /** All that the line asks for would only be nice to have. */
  get preferred(): boolean {
    if (!this.groups.has("preferred")) return false;
    const wishes = this.hits.filter((hit) => hit.group === "preferred").map((hit) => hit.start);
    // "tools, preferably Podman" asks for tools.
    if (wishes[0]! > _START && wishes.every((at) => _ASIDE.match(this.text, at))) return false;
    const wished = new Set(wishes.map((at) => bisectRight(this.breaks, at)));
    const clauses = new Set(wishes.map((at) => this.clause(at)));
    return !this.hits.some(
      (hit) =>
        (hit.group === "demand" && !clauses.has(this.clause(hit.start))) ||
        (_ASKS.has(hit.group) && !wished.has(bisectRight(this.breaks, hit.start))),
    );
  }

  /** Whether the clause around `text.slice(start, end)` says that this would only be nice to have. */
  optional(start: number, end: number): boolean {
    const first = this.clause(start);
    const last = this.clause(Math.max(start, end - 1));
    return this.hits.some((hit) => {
      if (hit.group !== "preferred") return false;
      const clause = this.clause(hit.start);
      return first <= clause && clause <= last;
    });
  }

  private clause(at: number): number {
    return bisectRight(this.bounds, at);
  }
}

/** Each line with the phrases it speaks from; the first is taken for the job's title. */
export function read(texts: readonly string[]): Said[] {
  const title = new Set([..._WORDS.findall((texts[0] ?? "").toLowerCase()), "the", "this", "a"]);
  return texts.map((text) => new Said(text, PHRASES.find(lowered(text)), title));
}

/** The law, benefits, how to apply: nothing that anybody asks for. */
export function isBlurb(said: Said): boolean {
  return said.groups.has("blurb") || _ADDRESS.search(said.text) !== undefined;
}

/**
 * "required", "preferred" or "duty"; "" where the line asks for nothing. The heading above says which;
 * the line's own words say it where they are plainer, and where there is no heading.
 */
export function kindOf(said: Said, heading: Heading | null): RequirementKind | "" {
  if (isBlurb(said) && !(said.counted && said.groups.has("strong"))) return "";
  if (_QUESTION.match(said.text) && !said.counted) return "";
  const words = split(said.text).length;
  if (words < 2 && heading !== REQUIRED && heading !== PREFERRED) return "";
  if (heading === OTHER) {
    if (said.counted || (said.groups.has("must") && said.groups.has("demand")))
      return said.preferred ? PREFERRED : REQUIRED;
    return _TOLD.search(said.text) ? DUTY : "";
  }
  if (heading === TAIL && !(said.counted || (said.asksAtOnce && words < _SHORT))) return "";
  if (heading === REQUIRED || heading === PREFERRED) return underNeeds(said, heading);
  if (said.preferred && !said.opensDuty) return PREFERRED;
  return heading === DUTY ? underDuties(said) : byWords(said);
}

function underNeeds(said: Said, heading: typeof REQUIRED | typeof PREFERRED): RequirementKind | "" {
  const weak = said.groups.has("about") && !said.groups.has("strong");
  if ((said.speaksOfCompany || weak) && !said.counted) return "";
  if (heading === PREFERRED) return said.groups.has("demand") && !said.preferred ? REQUIRED : PREFERRED;
  if (said.preferred) return PREFERRED;
  return _WILL.match(said.text) || _RESPONSIBLE.match(said.text) ? DUTY : REQUIRED;
}

function underDuties(said: Said): RequirementKind | "" {
  if (said.opensDuty) return DUTY;
  if (said.speaksOfCompany && !said.groups.has("do") && !said.counted) return "";
  if ((said.groups.has("strong") && said.counted) || said.groups.has("must")) return REQUIRED;
  const telling = said.hits.filter((hit) => ["ask", "do", "demand", "strong"].includes(hit.group));
  const first = telling.length ? telling.reduce((least, hit) => (before(hit, least) ? hit : least)) : undefined;
  if (first && first.group !== "do" && first.start < 12) return REQUIRED;
  return !said.groups.has("about") || said.groups.has("do") ? DUTY : "";
}

/** The order of Python's tuples. */
function before(one: Hit, other: Hit): boolean {
  if (one.start !== other.start) return one.start < other.start;
  return one.end !== other.end ? one.end < other.end : one.group < other.group;
}

/** Without a heading that says. */
function byWords(said: Said): RequirementKind | "" {
  if (said.opensDuty) return DUTY;
  const { groups } = said;
  const seeks = _SEEKS.search(said.text) !== undefined;
  if ((said.speaksOfCompany || groups.has("about")) && !(said.counted || (seeks && groups.has("ask"))))
    return groups.has("do") && !said.speaksOfCompany ? DUTY : "";
  const strong = groups.has("strong");
  const does = groups.has("do");
  if (strong && (said.counted || !does || groups.has("must"))) return REQUIRED;
  if (does) return DUTY;
  if (_FIRST_PERSON.search(said.text) && !(strong || seeks)) return "";
  return groups.has("ask") || strong ? REQUIRED : "";
}

/** A blurb after which a list of requirements is over; "No felony record" is an item of one. */
export function endsList(said: Said): boolean {
  return isBlurb(said) && !said.asksAtOnce && split(said.text).length > _ITEM;
}

/**
 * "Must have", or "required" of what can be counted. Not of manners: nobody is out for want of a
 * positive attitude that no resume can prove.
 */
export function isMust(said: Said, countable: boolean): boolean {
  if (said.groups.has("must")) return countable || !said.groups.has("soft");
  return countable && _DEMANDED.search(said.text) !== undefined;
}
