/**
 * Words that are written with blanks between their letters: "E X P E R I E N C E", "J o h n";
 * rolefit/reading/spaced.py, step by step.
 */

import { Pattern } from "../language/re";
import { lstrip, rstrip, split } from "../python";
import shared from "../shared.json";
import { parted } from "./headed";

const { _MANY: MANY, _SHARE: SHARE, _LONGEST: LONGEST } = shared.spaced;
const MAY_HOLD = new Pattern(shared.spaced._MAY_HOLD);
const PART = new Pattern(shared.spaced._PART);
const ALONE = new Pattern(shared.spaced._ALONE);
const RUN = new Pattern(shared.spaced._RUN);
const GAP = new Pattern(shared.spaced._GAP);
const GRADES = new Pattern(shared.spaced._GRADES);
const VOWEL = new Pattern(shared.spaced._VOWEL);
const HUMP = new Pattern(shared.spaced._HUMP);
const AND = new Pattern(shared.spaced._AND);

/** The text with such words joined, and how many were. */
export function joined(text: string): [string, number] {
  if (!MAY_HOLD.search(text)) return [text, 0];
  let count = 0;
  const made = PART.sub((match) => {
    const part = match.text_();
    const alone = ALONE.fullmatch(part) ? whole(part) : null;
    if (alone !== null) {
      count += split(alone).length;
      return alone;
    }
    let runs = 0;
    const other = RUN.sub((run) => {
      runs++;
      return word(run.text_()) ?? run.text_();
    }, part);
    if (other !== part) count += runs;
    return other;
  }, text);
  return [made, count];
}

/** A part of single signs as words; null if it is none. */
function whole(part: string): string | null {
  const signs = split(part);
  const letters = signs.filter((sign) => sign.toUpperCase() !== sign.toLowerCase());
  if (letters.length < MANY || letters.length < SHARE * signs.length) return null;
  const bare = rstrip(lstrip(part));
  const gaps = [...GAP.finditer(bare)];
  const least = Math.min(...gaps.map((gap) => gap.text_().length));
  const words: string[] = [];
  let start = 0;
  for (const gap of gaps)
    if (gap.text_().length > least) {
      words.push(bare.slice(start, gap.start()));
      start = gap.end();
    }
  words.push(bare.slice(start));
  let made = words.map((one) => split(one).join(""));
  if (!areWords(letters.join("")) || Math.max(...made.map((one) => [...one].length)) > LONGEST) return null;
  if (made.length === 1) made = split(AND.sub((sign) => ` ${sign.text_()} `, made[0]!)).map(splitOf);
  const before = part.slice(0, part.length - lstrip(part).length);
  return before + made.join(" ") + part.slice(rstrip(part).length);
}

function word(run: string): string | null {
  const made = split(run).join("");
  return areWords(made) ? splitOf(made) : null;
}

/** Whether these letters may be words: no grades, no alphabet, nothing without a vowel. */
function areWords(letters: string): boolean {
  const codes = [...letters.toLowerCase()].map((letter) => letter.codePointAt(0)!);
  const climbs = codes.every((code, i) => !i || code - codes[i - 1]! === 1);
  return VOWEL.search(letters.toLowerCase()) !== undefined && !climbs && !GRADES.fullmatch(letters);
}

/** One word, or those of a heading, or what begin with capitals. */
function splitOf(one: string): string {
  const made = parted(one);
  return made === one ? HUMP.sub(" ", one) : made;
}
