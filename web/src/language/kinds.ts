/** Whether a text is a resume, a job advert, or neither; rolefit/language/kinds.py, with its weights. */

import { codePoints, firstPoints } from "../python";
import { constant, pattern } from "./data";

interface Model {
  readonly words: Readonly<Record<string, readonly number[]>>;
  readonly counts: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

const KNOWN = constant<number>("kinds", "KNOWN");
const SURE = constant<number>("kinds", "SURE");
const WRITTEN = constant<number>("kinds", "WRITTEN");
const REFUSED = constant<number>("kinds", "REFUSED");
const DOUBTED = constant<number>("kinds", "DOUBTED");
const DATED = constant<number>("kinds", "DATED");
const LENGTH = constant<number>("kinds", "LENGTH");
const MODEL = constant<Model>("kinds", "MODEL");
const WEIGHTS = new Map(Object.entries(MODEL.words));
const PER_LINE = [pattern("kinds", "_CODE"), pattern("kinds", "_STAMP"), pattern("kinds", "_MONEY")];
const PER_CHARACTER = [
  [4, pattern("kinds", "_SIGN")],
  [3, pattern("kinds", "_DIGIT")],
  [20, pattern("kinds", "_ASKED")],
] as const;

/** Probabilities, and what keeps a text from being judged by them. */
export interface Kinds {
  readonly resume: number;
  readonly job: number;
  readonly other: number;
  readonly known: number; // words
  readonly ranges: number; // of years
  readonly machine: number; // share of lines that no person writes
}

/** What the text reads like. */
export function kinds(whole: string): Kinds {
  const text = firstPoints(whole, LENGTH);
  const words = new Set(pattern("kinds", "_WORD").findall(text.toLowerCase()));
  const held = [...words].sort().flatMap((word) => (WEIGHTS.has(word) ? [WEIGHTS.get(word)!] : []));
  const share = 1 / Math.sqrt(Math.max(4, held.length));
  const [counts, ranges] = countsOf(text);
  const sums = [0, 1, 2].map(
    (kind) =>
      MODEL.bias[kind]! +
      share * held.reduce((sum, weight) => sum + weight[kind]!, 0) +
      counts.reduce((sum, count, place) => sum + MODEL.counts[kind]![place]! * count, 0),
  );
  const most = Math.max(...sums);
  const powers = sums.map((value) => Math.exp(value - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const [resume, job, other] = powers.map((power) => power / total);
  return { resume: resume!, job: job!, other: other!, known: held.length, ranges, machine: Math.max(counts[0]!, counts[1]!) };
}

/** Nine shares between 0 and 1, and how many ranges of years there are. */
function countsOf(text: string): [number[], number] {
  const lines = Math.max(1, pattern("kinds", "_LINE").findall(text).length);
  const length = Math.max(1, codePoints(text));
  const ranges = pattern("kinds", "_RANGE").findall(text).length;
  const shares = [
    ...PER_LINE.map((found) => found.findall(text).length / lines),
    ranges / 4,
    pattern("kinds", "_YEAR").findall(text).length / 8,
    pattern("kinds", "_REACH").search(text) ? 1 : 0,
    ...PER_CHARACTER.map(([times, found]) => (times * found.findall(text).length) / length),
  ];
  return [shares.map((one) => Math.min(1, one)), ranges];
}

/** ["", ""] for what may well be as `side` says; else "refused" or "doubted", and what it reads like instead. */
export function verdict(text: string, side: "resume" | "job"): ["" | "refused" | "doubted", string] {
  const found = kinds(text);
  const [right, wrong] = side === "resume" ? [found.resume, found.job] : [found.job, found.resume];
  const few = found.known < KNOWN && found.machine < WRITTEN;
  if (right >= DOUBTED || (few && (side === "job" || found.ranges > 0 || found.other < SURE))) return ["", ""];
  const other = side === "resume" ? "a job advert" : "a resume";
  const like = wrong >= found.other ? other : "neither a resume nor a job advert";
  const dated = side === "resume" && found.ranges >= DATED;
  // Adverts are of more kinds than were seen: only a resume in their place is sure.
  const sure = right < REFUSED && !dated && (side === "resume" || wrong >= found.other);
  return [sure && !few ? "refused" : "doubted", like];
}
