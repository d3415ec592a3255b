/**
 * What a job seeker can change about a resume that is true already, and what no words can change;
 * rolefit/improve.py, step by step.
 *
 * A rewording puts the advert's word for a skill where the resume uses another word for the same thing.
 * Three rules keep it truthful:
 * - the taxonomy must call both words one thing, and the advert's must be its name, a short form of it,
 *   or another spelling; "Kubernetes" never becomes "EKS", which is only one kind of it;
 * - the sentence must plainly say that the writer did it (`language/claims.ts`);
 * - what it gains is the score of the changed text less that of the text as it stands, never a guess.
 */

import { canonicalNames, type Named } from "./language/canonical";
import { claimed } from "./language/claims";
import { constant, pattern } from "./language/data";
import { findSkills } from "./language/skills";
import { isalnum, numberOf, rfind, rstripOf, split } from "./python";
import type { Comparison, Document, Explanation, Line, Mention, Requirement, Skill } from "./records";

/** Points. A gain below counts as none: see the Python twin. */
const NOISE = constant<number>("improve", "NOISE");
const MOST = constant<number>("improve", "MOST"); // rewordings that are tried: each is a score
const NAMED = constant<readonly string[]>("improve", "NAMED");
const _SMALL = constant<readonly string[]>("improve", "_SMALL");
const _NUMERAL = pattern("improve", "_NUMERAL");
const _BEFORE = pattern("improve", "_BEFORE");
const _AFTER = pattern("improve", "_AFTER");
const _ADDRESS = pattern("improve", "_ADDRESS");
const TOUCHING = 200; // characters on either side that may belong to an address

/** A resume's text -> its score for the same job. */
export type Rescore = (text: string) => Promise<number>;
/** Called before each score; what it throws ends the whole. */
export type Progress = (done: number, total: number) => void | Promise<void>;

/** Another word for what the resume says, at one place. */
export interface Rewording {
  readonly skill: string; // the name of what both words mean
  readonly id: string;
  readonly before: string;
  readonly after: string; // the advert's word
  readonly start: number; // span of `before` in the resume's text
  readonly end: number;
  readonly line: Line; // of the resume
  readonly requirement: Requirement | null; // of the job, that uses the advert's word
}

/** A Rewording that was tried. */
export interface Tried extends Rewording {
  readonly score: number; // with this change alone
  readonly gain: number; // points above the score of the text as it stands
}

/** Something asked for that no rewording can supply. */
export interface Gap {
  readonly kind: Comparison["name"] | "requirement" | "partly" | "skill" | "mention";
  readonly asked: string;
  readonly shown: string; // what the resume says of it; "" if nothing
  readonly cost: number; // points of the needs that it leaves; 0 where that is not known
}

/** What `improve` found. Gains below `noise` points count as none. */
export interface Advice {
  readonly score: number; // of the resume's text as it stands
  readonly rewordings: readonly Tried[]; // largest gain first
  readonly together: number; // score with all that gain; the score as it stands if none does
  readonly gaps: readonly Gap[];
  readonly untried: number; // rewordings beyond the twelve that are tried
  readonly noise: number;
}

/**
 * Truthful rewordings of a resume and what each gains, and the gaps that stay.
 *
 * `rescore` is called with whole texts: the resume's own, each with one change, and at last the one with
 * all changes that gain `noise` points or more.
 */
export async function improve(
  explanation: Explanation,
  rescore: Rescore,
  progress?: Progress,
  noise = NOISE,
): Promise<Advice> {
  const { text } = explanation.resume;
  const found = rewordings(explanation);
  const trying = found.slice(0, MOST);
  const total = 1 + trying.length + Number(trying.length > 1);
  let done = 0;
  const next = async (changed: string): Promise<number> => {
    await progress?.(done++, total);
    return rescore(changed);
  };
  const score = await next(text);
  const tried: Tried[] = [];
  for (const item of trying) {
    const now = await next(reworded(text, [item]));
    tried.push({ ...item, score: now, gain: now - score });
  }
  tried.sort((a, b) => b.gain - a.gain || a.start - b.start);
  const counting = tried.filter(({ gain }) => gain >= noise);
  let together = counting[0]?.score ?? score;
  if (counting.length > 1) together = await next(reworded(text, counting));
  return { score, rewordings: tried, together, gaps: gaps(explanation, found), untried: Math.max(0, found.length - MOST), noise };
}

/** `text` with `changes` made; their spans do not overlap. */
export function reworded(text: string, changes: readonly Rewording[]): string {
  for (const { start, end, after } of [...changes].sort((a, b) => b.start - a.start))
    text = text.slice(0, start) + after + text.slice(end);
  return text;
}

/** Candidates, not yet scored: those of must-haves and requirements first, one for a skill. */
export function rewordings(explanation: Explanation): Rewording[] {
  const { resume, job } = explanation;
  const shown = new Map(findSkills(resume.text, null, NAMED).map((skill) => [skill.id, skill]));
  const names = canonicalNames(resume.text);
  const candidates: Rewording[] = [];
  for (const asked of findSkills(job.text, null, NAMED)) {
    const said = shown.get(asked.id);
    const item = said && rewording(asked, said, explanation, names);
    if (item && !candidates.some(({ start, end }) => item.start < end && start < item.end)) candidates.push(item);
  }
  return candidates.sort((a, b) => urgency(a) - urgency(b));
}

function urgency({ requirement }: Rewording): number {
  if (!requirement) return 3;
  return requirement.must ? 0 : requirement.kind === "preferred" ? 2 : 1;
}

/** The best place to write the advert's word for `asked`, if any is truthful and needed. */
function rewording(asked: Skill, said: Skill, explanation: Explanation, names: readonly Named[]): Rewording | null {
  const { text, lines } = explanation.resume;
  const [requirement, word] = advertWord(asked, explanation);
  const wanted = plain(word);
  const wordAt = ({ start, end }: Mention): string => text.slice(start, end);
  let places = said.mentions.filter((mention) => claimed(text, mention.start, mention.end));
  const supporting = supportingLines(explanation, requirement);
  if (places.some((mention) => plain(wordAt(mention)) === wanted)) {
    // It is there, but perhaps not in the line that speaks for a requirement half met.
    places = places.filter((mention) => within(mention, supporting));
    if (places.some((mention) => plain(wordAt(mention)) === wanted)) return null;
  }
  const fitting = places.filter(
    (mention) => !partOfAddress(text, mention) && truthful(wordAt(mention), word, nameOf(mention, said, text, names)),
  );
  const far = (mention: Mention): number => 2 * Number(!within(mention, supporting)) + Number(mention.manner !== "used");
  const [best] = fitting.sort((a, b) => far(a) - far(b) || a.start - b.start);
  if (!best) return null;
  const { start, end } = best;
  const line = lines.find((one) => one.start < end && start < one.end)!;
  return { skill: short(asked.label), id: asked.id, before: wordAt(best), after: word, start, end, line, requirement };
}

/** The requirement that names the skill, and the word it uses. */
function advertWord({ mentions }: Skill, { job, evidence }: Explanation): [Requirement | null, string] {
  const wordAt = ({ start, end }: Mention): string => split(job.text.slice(start, end)).join(" ");
  for (const { requirement } of evidence)
    for (const mention of mentions) if (within(mention, [requirement.line])) return [requirement, wordAt(mention)];
  return [null, wordAt(mentions[0]!)];
}

/** The best line for a requirement that is met in part; none for one that is met. */
function supportingLines({ evidence }: Explanation, requirement: Requirement | null): Line[] {
  const half = evidence.filter((item) => item.requirement === requirement && item.status === "partly");
  return half.flatMap(({ support }) => support.slice(0, 1).map(({ line }) => line));
}

function within({ start }: Mention, lines: readonly Line[]): boolean {
  return lines.some((line) => line.start <= start && start < line.end);
}

/**
 * The common name of what a mention says. ESCO's own other labels are looser than the alias file's, so of
 * those nothing but the word itself is known.
 */
function nameOf({ start, end }: Mention, said: Skill, text: string, names: readonly Named[]): string {
  const known = names.find((named) => named.start === start && named.end === end);
  if (known) return known.name;
  const word = text.slice(start, end);
  const label = short(said.label);
  return plain(label) === plain(word) ? label : word;
}

/** Whether `after` says no more than `before`, of which `name` is the common name. */
function truthful(before: string, after: string, name: string): boolean {
  const now = plain(after);
  if (!now || rstripOf(plain(before), "s") === rstripOf(now, "s")) return false; // one word to any reader
  if (now === plain(name) || initials(before, after)) return true; // a special or short form becomes the name
  return [before, name].some((long) => initials(after, long) || begins(after, long));
}

/** "JS" of JavaScript, "AWS" of Amazon Web Services, "k8s" of Kubernetes; not "EKS" of it. */
function initials(brief: string, long: string): boolean {
  const little = plain(brief);
  const full = Array.from(plain(long));
  const numeral = _NUMERAL.fullmatch(little);
  if (numeral) {
    const ends = full[0] === numeral.group(1) && full.at(-1) === numeral.group(3);
    return ends && full.length === numberOf(numeral.text_(2)) + 2;
  }
  const capitals = (long.match(/[A-Z]/g) ?? []).join("").toLowerCase();
  const words: string[] = long.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const heads = [words, words.filter((word) => !_SMALL.includes(word))].map((some) => some.map((word) => word[0]).join(""));
  return little.length > 1 && [capitals, ...heads].includes(little);
}

/** "Postgres" of PostgreSQL. */
function begins(brief: string, long: string): boolean {
  const little = plain(brief);
  return split(long).length === 1 && little.length > 1 && plain(long).startsWith(little);
}

/** Letters, digits and the signs that tell C from C++ and C#. */
function plain(word: string): string {
  return Array.from(word.toLowerCase().replaceAll("ß", "ss")).filter((char) => isalnum(char) || char === "+" || char === "#").join("");
}

/** ESCO's "Python (computer programming)" without the bracket. */
function short(label: string): string {
  return label.split(" (")[0]!;
}

/** Whether the mention is part of a link, an address or a file name. */
function partOfAddress(text: string, { start, end }: Mention): boolean {
  const before = _BEFORE.search(text.slice(Math.max(0, start - TOUCHING), start));
  const after = _AFTER.match(text.slice(end, end + TOUCHING));
  return _ADDRESS.search(`${before?.text_() ?? ""}\0${after?.text_() ?? ""}`) !== undefined;
}

/**
 * What the job asks for and the resume does not show, or shows in part; facts first. Requirements stand by
 * the points they leave, most first. One that is met in part and that one of `found` is for is not counted.
 */
export function gaps(explanation: Explanation, found: readonly Rewording[] = []): Gap[] {
  const { job, evidence, comparisons, missing } = explanation;
  const bettered = new Set(found.map(({ requirement }) => requirement));
  const byCost = [...evidence].sort((a, b) => a.points - a.most - (b.points - b.most));
  const half = byCost.filter(({ status, requirement }) => status === "partly" && !bettered.has(requirement));
  return [
    ...comparisons.filter(({ verdict }) => verdict !== "met").map(({ name, asked, shown }): Gap => ({ kind: name, asked, shown, cost: 0 })),
    ...byCost
      .filter(({ status }) => status === "not shown")
      .map(({ requirement, most }): Gap => ({ kind: "requirement", asked: wordsOf(job, requirement.line), shown: "", cost: most })),
    ...half.map(
      ({ requirement, settledBy, points, most }): Gap =>
        ({ kind: "partly", asked: wordsOf(job, requirement.line), shown: settledBy, cost: most - points }),
    ),
    ...missing.map(({ label }): Gap => ({ kind: "skill", asked: short(label), shown: "", cost: 0 })),
    ...onlyMentioned(explanation),
  ];
}

/** Skills that the resume names, but nowhere as something its writer did. */
function onlyMentioned({ resume: { text }, matched }: Explanation): Gap[] {
  const only = matched.filter(([, said]) => !said.mentions.some(({ start, end }) => claimed(text, start, end)));
  return only.map(([asked, said]) => {
    const { start, end } = said.mentions[0]!;
    const stop = text.indexOf("\n", end);
    const line = text.slice(rfind(text, "\n", 0, start) + 1, stop < 0 ? text.length : stop);
    return { kind: "mention", asked: short(asked.label), shown: split(line).join(" "), cost: 0 };
  });
}

function wordsOf(document: Document, line: Line): string {
  return split(document.text.slice(line.start, line.end)).join(" ");
}
