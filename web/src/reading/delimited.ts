/** Rows of a text whose cells are parted by commas, semicolons, tabs or bars; rolefit/reading/delimited.py. */

import { ReadError } from "../errors";
import { isHead, namesResume } from "./columns";
import { decode } from "./text";

const DELIMITERS = [",", ";", "\t", "|"];
const HINT = /^sep=(.)\r?\n/; // Excel writes this line, and hides it
const HEAD = 1 << 16; // bytes
const SAMPLE = 50; // rows that tell how columns are parted
const AGAIN = "Save it once more as CSV (UTF-8) or XLSX.";

/** The rows, blank ones kept so that numbers stay. Throws DamagedFileError. */
export function parsed(text: string, name: string): string[][] {
  const hint = HINT.exec(text);
  const source = hint ? text.slice(hint[0].length) : text;
  const { rows, open } = cells(source, hint?.[1] ?? delimiterOf(source), Infinity);
  if (!open) return rows;
  const cause = `a quote in row ${rows.length} of the table is never closed`;
  throw new ReadError("DamagedFileError", name, cause, AGAIN);
}

/** As Python's csv module: a quote counts at the start of a cell, and doubled inside of one. */
export function cells(source: string, delimiter: string, most: number): { rows: string[][]; open: boolean } {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  let quoted = false;
  while (at < source.length && rows.length < most) {
    let cell = "";
    if (source[at] === '"') {
      quoted = true;
      for (at++; at < source.length; ) {
        const end = source.indexOf('"', at);
        if (end < 0) {
          row.push(cell + source.slice(at));
          return { rows: [...rows, row], open: true };
        }
        cell += source.slice(at, end);
        at = end + 1;
        if (source[at] !== '"') break;
        cell += '"';
        at++;
      }
    }
    const start = at;
    while (at < source.length && source[at] !== delimiter && source[at] !== "\n" && source[at] !== "\r") at++;
    row.push(cell + source.slice(start, at));
    if (source[at] === delimiter) {
      at++;
      if (at < source.length && source[at] !== "\n" && source[at] !== "\r") continue;
      row.push("");
    }
    rows.push(row.length === 1 && row[0] === "" && !quoted ? [] : row);
    row = [];
    quoted = false;
    if (source[at] === "\r" && source[at + 1] === "\n") at++;
    at++;
  }
  return { rows, open: false };
}

/** What parts the columns: that by which most rows have as many as the first, and several. */
function delimiterOf(source: string): string {
  let found = ",";
  let best: readonly [number, number] = [0, 0];
  for (const delimiter of DELIMITERS) {
    const rows = sample(source, delimiter);
    const width = rows[0]?.length ?? 0;
    const same = rows.filter((row) => row.length === width).length;
    if (width > 1 && (same > best[0] || (same === best[0] && width > best[1]))) [found, best] = [delimiter, [same, width]];
  }
  return found;
}

function sample(source: string, delimiter: string): string[][] {
  return cells(source, delimiter, SAMPLE * 4).rows.filter((row) => row.length).slice(0, SAMPLE);
}

/** Whether a text that begins like this is a table; `whole` if that is all of it. */
export function looksLike(head: string, whole: boolean): boolean {
  if (HINT.test(head)) return true;
  let rows = sample(head, delimiterOf(head));
  if (!whole && rows.length > 1) rows = rows.slice(0, -1);
  const [first] = rows;
  if (!first || first.length < 2 || !isHead(first)) return false;
  if (rows.length < 3 && !namesResume(first)) return false;
  const other = rows.filter((row) => row.length !== first.length).length;
  return other <= rows.length / (rows.length > 10 ? 10 : 4);
}

/** Whether it is one for whoever says so by the name of the file. */
export function isTable(data: Uint8Array): boolean {
  const source = decode(data.subarray(0, HEAD)).text;
  const rows = sample(source, delimiterOf(source));
  const [first] = rows;
  if (!first || (first.length < 2 && !namesResume(first))) return false;
  const whole = data.length > HEAD ? rows.slice(0, -1) : rows;
  return whole.length > 1 && whole.filter((row) => row.length === first.length).length >= 0.9 * whole.length;
}
