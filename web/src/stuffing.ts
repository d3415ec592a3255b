/**
 * What is written for a machine rather than for a reader: pasted adverts, stuffed lists, orders.
 *
 * Nothing is refused; a notice says what was seen, and a person decides. `ownWords` is what a resume
 * says apart from a pasted advert, `unlisted` apart from stuffed lists, `unordered` apart from orders to
 * a program. Pure functions: `shingles` of each document can be kept with its
 * profile, they hold no text.
 */

import { crc32 } from "./crc32";
import { constant, pattern } from "./language/data";
import type { Match } from "./language/re";
import { bisectLeft, bisectRight, isBlank, roundHalfEven } from "./python";
import type { Document, Notice, Skill } from "./records";

/** Rising, each once. */
export type Shingles = Uint32Array;

export const WORDS = constant<number>("stuffing", "WORDS");
const PASTED = constant<number>("stuffing", "PASTED");
const PASTED_SHARE = constant<number>("stuffing", "PASTED_SHARE");
const FEWEST = constant<number>("stuffing", "FEWEST");
const REPEATED = constant<number>("stuffing", "REPEATED");
const REPEATED_SKILLS = constant<number>("stuffing", "REPEATED_SKILLS");
const LISTED = constant<number>("stuffing", "LISTED");
const LISTED_RATIO = constant<number>("stuffing", "LISTED_RATIO");
const _WORD = pattern("stuffing", "_WORD");
const _ORDER = pattern("stuffing", "_ORDER");
const _END = pattern("stuffing", "_END");
const utf8 = new TextEncoder();

/** Hashes of every eight words in a row, each once, rising. Case and punctuation do not count. */
export function shingles(text: string): Shingles {
  return Uint32Array.from(new Set(runs([..._WORD.finditer(text)]))).sort();
}

/**
 * The document with whatever it has word for word from the advert made blank: runs of eight words and
 * more. All that is left keeps its place, so spans stay true.
 */
export function ownWords(document: Document, job: Shingles): Document {
  const words = [..._WORD.finditer(document.text)];
  const known = new Set(job);
  const copied = words.map(() => false);
  for (const [first, run] of runs(words).entries()) if (known.has(run)) copied.fill(true, first, first + WORDS);
  const gone: boolean[] = Array.from({ length: document.text.length }, () => false);
  for (const [number, word] of words.entries())
    if (copied[number]) gone.fill(true, word.start(), copied[number + 1] ? words[number + 1]!.start() : word.end());
  return blanked(document, gone);
}

/** A hash for each place where eight words in a row begin, in text order. */
function runs(words: readonly Match[]): Shingles {
  const lowered = words.map((word) => word.text_().toLowerCase());
  const count = Math.max(0, words.length - WORDS + 1);
  return Uint32Array.from({ length: count }, (_, i) => crc32(utf8.encode(lowered.slice(i, i + WORDS).join(" "))));
}

/** A notice if the resume repeats the advert word for word. */
export function pasted(resume: Shingles, job: Shingles): Notice | null {
  const known = new Set(resume);
  const shared = job.filter((run) => known.has(run)).length;
  if (shared < PASTED && (shared < FEWEST || shared < PASTED_SHARE * job.length)) return null;
  const share = roundHalfEven((100 * shared) / job.length);
  return { code: "pasted-advert", message: `${share}% of the advert stands in the resume word for word; not counted` };
}

/**
 * A notice if skills are listed again and again, or many and hardly one is ever used. `skills` are
 * those of a resume, with every mention.
 */
export function stuffed(skills: readonly Skill[]): Notice | null {
  const times = skills.map((skill) => skill.mentions.filter((mention) => mention.manner === "listed").length);
  const often = times.filter((count) => count >= REPEATED).length;
  if (often >= REPEATED_SKILLS) {
    const most = Math.max(...times);
    const { label } = skills[times.indexOf(most)]!;
    const message =
      `${often} skills are listed ${REPEATED} times or more (${label}: ${most} times); ` +
      "skills that are only listed are not counted";
    return { code: "stuffed-skills", message };
  }
  const used = skills.filter((skill, i) => times[i]! < skill.mentions.length).length;
  const listed = skills.length - used;
  if (listed < LISTED || listed < LISTED_RATIO * used) return null;
  const message = `${listed} skills are only listed and not counted, ${used} are used in a sentence`;
  return { code: "stuffed-skills", message };
}

/**
 * The document with its lists of skills made blank; all that is left keeps its place. A line of which
 * they are half or more goes whole: what stands between them is their like.
 */
export function unlisted(document: Document, skills: readonly Skill[]): Document {
  const chars = document.text.split(""); // by code unit, as spans count
  const listed = chars.map(() => false);
  for (const { mentions } of skills)
    for (const { manner, start, end } of mentions) if (manner === "listed") listed.fill(true, start, end);
  const said = chars.map((char) => !isBlank(char));
  for (const { start, end } of document.lines) {
    let [gone, all] = [0, 0];
    for (let at = start; at < end; at++) {
      all += Number(said[at]);
      gone += Number(said[at] && listed[at]);
    }
    if (2 * gone >= all) listed.fill(true, start, end);
  }
  return blanked(document, listed);
}

/**
 * The document without sentences that tell a program what to do, and a notice if it had any. They are
 * made blank; all that is left keeps its place.
 */
export function unordered(document: Document): [Document, Notice | null] {
  const { text } = document;
  const orders = [..._ORDER.finditer(text)];
  if (!orders.length) return [document, null];
  const gone: boolean[] = Array.from({ length: text.length }, () => false);
  const ends = [0, ...[..._END.finditer(text)].map((end) => end.end()), text.length];
  for (const order of orders)
    gone.fill(true, ends[bisectRight(ends, order.start()) - 1]!, ends[bisectLeft(ends, order.end())]!);
  const message = "it tells a program what to do; such sentences are not counted";
  return [blanked(document, gone), { code: "instruction", message }];
}

/** Code units `gone` as blanks; lines of which nothing is left go too. */
function blanked(document: Document, gone: readonly boolean[]): Document {
  const text = document.text.split("").map((char, at) => (gone[at] && !isBlank(char) ? " " : char)).join("");
  return { ...document, text, lines: document.lines.filter((line) => !isBlank(text.slice(line.start, line.end))) };
}
