/** The fields of a DOCX ("PAGE", "HYPERLINK ..."): which of them show what they hold; rolefit/reading/wordfields.py. */

import { firstPoints, split } from "../python";
import shared from "../shared.json";

const SILENT = new Set(shared.word.SILENT); // marks for an index, or variables: nothing is shown of them
const CODE = shared.word._CODE; // characters of a code that are looked at

interface Field {
  code: string;
  shows: boolean; // whether its result is open, not its code
  broken: boolean; // its code does not end where it began: perhaps it has no end at all
}

/** The open ones, outermost first. */
export class Fields {
  private readonly open: Field[] = [];

  /** A mark inside a run: "begin", "separate" or "end". */
  mark(kind: string): void {
    if (kind === "begin") this.open.push({ code: "", shows: false, broken: false });
    else if (kind === "separate" && this.open.length) this.open.at(-1)!.shows = true;
    else if (kind === "end") this.open.pop();
  }

  /** A field that is an element; it ends by `mark`. */
  begin(code: string): void {
    this.open.push({ code: firstPoints(code, CODE).toUpperCase(), shows: true, broken: false });
  }

  code(text: string): void {
    const field = this.open.at(-1);
    if (field && field.code.length < CODE) field.code += firstPoints(text, CODE).toUpperCase();
  }

  endParagraph(): void {
    for (const field of this.open) field.broken = !field.shows;
  }

  /** Whether nothing is seen of a text that stands here. */
  get hide(): boolean {
    return this.open.some(({ code, shows, broken }) => (shows ? SILENT.has(split(code)[0] ?? "") : !broken));
  }
}
