/** XLSX -> rows of text, as far as a table of candidates needs it; rolefit/reading/workbook.py. */

import { ReadError } from "../errors";
import shared from "../shared.json";
import { unzipped } from "./archives";
import { Allowance } from "./limits";
import type { Opened, Opening, Part } from "./parts";
import { candidates } from "./tables";
import { type Events, local, parse, resolve } from "./xmltree";
import { Zip } from "./zip";

const { _COLUMNS: COLUMNS, _ROWS: ROWS, _AGAIN: AGAIN } = shared.workbook;
const CELL = /^([A-Z]{1,3})(\d{1,7})$/;
const ESCAPE = /_x([0-9A-Fa-f]{4})_/g; // how OOXML writes signs that XML has not
type Sheet = string[][];

/** The rows of its sheets. Of several, each is a table of its own, by its name. */
export function* fromXlsx(part: Part, opening: Opening): Opened {
  // A sheet of thousands of resumes is larger than one document may be.
  const allowance = new Allowance(part.name, { ...opening.limits, bytes: opening.limits.expandedBytes });
  const sheets = [...new Workbook(part.data, allowance).sheets()].filter(([, rows]) => rows.some((row) => row.length));
  if (!sheets.length) throw new ReadError("EmptyDocumentError", part.name, "the workbook is empty", "Check that it was saved.");
  const refused: ReadError[] = [];
  for (const [name, rows] of sheets)
    try {
      yield* candidates(sheets.length === 1 ? part.name : `${part.name}/${name}`, rows, opening);
    } catch (error) {
      if (!(error instanceof ReadError) || error.name !== "ColumnsError") throw error;
      refused.push(error); // a sheet of notes beside the table is no fault
    }
  if (refused.length === sheets.length) throw refused[0]!;
}

class Workbook {
  private readonly archive: Zip;

  constructor(
    data: Uint8Array,
    private readonly allowance: Allowance,
  ) {
    this.archive = new Zip(data);
  }

  /** Rows by the sheet's name, hidden sheets left out. */
  sheets(): Map<string, Sheet> {
    const targets = this.relations();
    const named: [string, string][] = [];
    this.parse("xl/workbook.xml", {
      start: (tag, attributes) => {
        if (local(tag) !== "sheet" || (attributes.state ?? "visible") !== "visible") return;
        const key = Object.entries(attributes).find(([name]) => local(name) === "id")?.[1] ?? "";
        named.push([(attributes.name ?? "sheet").replaceAll("/", "-"), targets.get(key) ?? ""]);
      },
    });
    const strings = this.strings();
    return new Map(named.filter(([, member]) => member).map(([name, member]) => [name, this.rows(member, strings)]));
  }

  private relations(): Map<string, string> {
    const found = new Map<string, string>();
    this.parse("xl/_rels/workbook.xml.rels", {
      start: (tag, attributes) => {
        if (local(tag) === "Relationship" && attributes.Type?.endsWith("/worksheet"))
          found.set(attributes.Id ?? "", resolve("xl/", attributes.Target ?? ""));
      },
    });
    return found;
  }

  /** The texts that cells refer to; what is written above characters is left out. */
  private strings(): string[] {
    const found: string[] = [];
    const words = new Words();
    if (this.archive.members.has("xl/sharedStrings.xml"))
      this.parse("xl/sharedStrings.xml", {
        start: (tag) => {
          if (local(tag) === "si") words.clear();
          words.enter(local(tag));
        },
        end: (tag) => {
          words.leave(local(tag));
          if (local(tag) === "si") found.push(words.text());
        },
        characters: (run) => words.add(run),
      });
    return found;
  }

  private rows(member: string, strings: readonly string[]): Sheet {
    const rows: Sheet = [];
    const words = new Words();
    let [row, column, kind] = [0, 0, ""]; // of the open cell
    this.parse(member, {
      start: (tag, attributes) => {
        const name = local(tag);
        if (name === "row") {
          [row, column] = [this.number(member, attributes.r || String(rows.length + 1)) - 1, -1];
          if (!(rows.length <= row && row < ROWS)) throw this.damaged("its rows are in disorder");
          while (rows.length <= row) rows.push([]);
        } else if (name === "c") {
          const place = CELL.exec(attributes.r ?? "");
          column = place ? columnOf(place[1]!) : column + 1;
          if (column >= COLUMNS || !rows.length) {
            const cause = `a sheet has more than ${COLUMNS} columns`;
            throw new ReadError("LimitError", this.allowance.name, cause, "Keep those that matter.");
          }
          [row, kind] = [rows.length - 1, attributes.t ?? "n"];
          words.clear();
        }
        words.enter(name);
      },
      end: (tag) => {
        words.leave(local(tag));
        const said = local(tag) === "c" ? value(words.text(), kind, strings) : "";
        if (!said) return;
        while (rows[row]!.length <= column) rows[row]!.push("");
        rows[row]![column] = said;
      },
      characters: (run) => words.add(run),
    });
    return rows;
  }

  private parse(member: string, events: Events): void {
    const found = this.archive.members.get(member);
    if (!found) throw this.damaged(`its part ${member} is missing`);
    parse(unzipped(this.archive, found, this.allowance), this.allowance, events);
  }

  private number(member: string, digits: string): number {
    if (/^\s*[+-]?\d+\s*$/.test(digits)) return Number(digits);
    throw this.damaged(`its part ${member} makes no sense (${digits} is no number)`);
  }

  private damaged(cause: string): ReadError {
    return new ReadError("DamagedFileError", this.allowance.name, cause, AGAIN);
  }
}

/** The text in <t>, but not of <rPh>, a reading aid. */
class Words {
  private runs = "";
  private open = false;
  private aside = false;

  clear(): void {
    this.runs = "";
  }

  enter(name: string): void {
    this.aside ||= name === "rPh";
    this.open = (name === "t" || name === "v") && !this.aside;
  }

  leave(name: string): void {
    this.open = false;
    this.aside &&= name !== "rPh";
  }

  add(run: string): void {
    if (this.open) this.runs += run;
  }

  text(): string {
    return this.runs.replace(ESCAPE, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
}

function columnOf(letters: string): number {
  return [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function value(said: string, kind: string, strings: readonly string[]): string {
  if (kind === "s") return (/^\d+$/.test(said) && strings[Number(said)]) || "";
  if (kind === "b") return said === "1" ? "yes" : "no";
  return kind === "e" ? "" : said;
}
