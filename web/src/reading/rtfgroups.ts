/**
 * RTF -> RTF that `striprtf` reads whole: without raw data, with the text of all groups;
 * rolefit/reading/rtfgroups.py, step by step.
 *
 * striprtf leaves out the groups of headers, footers, footnotes and text boxes. Here their text is put
 * where DOCX has it: headers in their place in front of the body, text boxes behind the shape that
 * holds them, notes and footers at the end.
 */

import type { Allowance } from "./limits";

const RAW = /\\\\|\\binf?sxn-?\d* ?|\\bin(?![a-z])(\d{0,9}) ?/g;
const KEPT = /\\(?:header|footer|footnote|shptxt)/;
const STEP = /\\[\\{}]|[{}]|\\(header[lrf]?|footer[lrf]?|footnote|shptxt|shpgrp|shp)(?![a-z])/g;
const SHAPES = ["shp", "shpgrp"];
const DEPTH = 4; // of such groups in each other: a note in a text box in a header, and one to spare
const CLOCK = 10_000; // steps between two looks at the clock

/** Without raw data (\bin), and with each escaped backslash as \'5c: no word begins there. One character a byte. */
export function withoutRaw(data: string, allowance: Allowance): string {
  if (!data.includes("\\bin")) return data.replaceAll("\\\\", "\\'5c");
  const kept: string[] = [];
  let at = 0;
  let seen = 0;
  RAW.lastIndex = 0;
  for (let found = RAW.exec(data); found; found = RAW.exec(data)) {
    if (++seen % CLOCK === 0) allowance.checkClock();
    kept.push(data.slice(at, found.index));
    if (found[0] === "\\\\") kept.push("\\'5c");
    at = RAW.lastIndex += Number(found[1] ?? 0);
  }
  return kept.join("") + data.slice(at);
}

/** An open group; `outer` is what was written to before it, where it is written elsewhere. */
interface Group {
  word: string;
  outer: string[] | null;
}

/** What was taken out of its place. */
class Moved {
  readonly headers = new Set<string>(); // each is shown once
  boxes: string[] = []; // wait for the end of their shape
  shapes = 0; // that are open
  depth = 0; // of open groups that are written elsewhere
  readonly notes: string[] = [];
  readonly footers = new Set<string>();

  constructor(readonly unshown: readonly string[]) {}

  /** Where the rest of `group` is written to, now that its `word` is known. */
  open(group: Group, word: string, out: string[]): string[] {
    group.word = word;
    if (SHAPES.includes(word)) {
      this.shapes++;
      out.push(`\\${word}`);
      return out;
    }
    this.depth++;
    group.outer = out;
    return [];
  }

  /** Where what follows `group` is written to. */
  close(group: Group, out: string[]): string[] {
    if (!group.outer) {
      out.push("}");
      if (group.word) this.shapes--;
      if (!this.shapes) {
        for (const box of this.boxes) out.push(box);
        this.boxes = [];
      }
      return out;
    }
    this.depth--;
    this.move(group.word, `{\\par ${out.join("")}\\par}`, group.outer);
    group.outer.push("}");
    return group.outer;
  }

  private move(word: string, text: string, out: string[]): void {
    if (word === "footnote") this.notes.push(text);
    else if (word === "shptxt") (this.shapes ? this.boxes : out).push(text);
    else if (this.unshown.includes(word)) return;
    else if (word.startsWith("footer")) this.footers.add(text);
    else if (!this.headers.has(text)) {
      this.headers.add(text);
      out.push(text);
    }
  }
}

/** With the text of headers, footers, footnotes and text boxes where striprtf finds it. */
export function withAllText(source: string, allowance: Allowance): string {
  if (!KEPT.test(source)) return source;
  const moved = new Moved(unshown(source));
  const groups: Group[] = [];
  let out: string[] = [];
  let [at, seen] = [0, 0];
  for (const step of source.matchAll(STEP)) {
    if (seen++ % CLOCK === 0) allowance.checkClock();
    out.push(source.slice(at, step.index));
    at = step.index + step[0].length;
    const [sign, word] = step;
    const group = groups.at(-1);
    if (sign === "}" && group) {
      // What follows the document is no part of it.
      if (groups.length === 1) for (const text of [...moved.notes, ...moved.footers]) out.push(text);
      groups.pop();
      out = moved.close(group, out);
    } else if (word === undefined || !group || group.word || moved.depth === DEPTH) {
      out.push(sign);
      if (sign === "{") groups.push({ word: "", outer: null });
    } else out = moved.open(group, word, out);
  }
  return out.join("") + source.slice(at);
}

/** Headers and footers of first and left pages count where these have their own. */
function unshown(source: string): string[] {
  const first = source.includes("\\titlepg") ? [] : ["headerf", "footerf"];
  const left = source.includes("\\facingp") ? [] : ["headerl", "footerl"];
  return [...first, ...left];
}
