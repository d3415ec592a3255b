/** Which column of a table is the resume, and which names the row; rolefit/reading/columns.py. */

import { ReadError } from "../errors";
import { split, strip } from "../python";
import shared from "../shared.json";

const [RESUME, ABOUT, TEXT, OTHERS] = (["resume", "about", "text", "others"] as const).map((key) => new Set(shared.tables[key])) as [
  Set<string>, Set<string>, Set<string>, Set<string>,
];
const [IDS, NAMES] = [shared.tables.ids, shared.tables.names];
const LONGEST = 60; // characters of a column's name
const PROSE = 200; // characters that a resume has at least, on average, under a name that says nothing
const CLEARLY = 5; // times longer than any other column
const SAMPLE = 200; // rows looked at
const POINTER = /^(?:https?:\/\/\S+|[^\n]{1,200}\.(?:pdf|docx?|rtf|odt|html?|txt))$/i;

export interface Chosen {
  readonly text: number; // place of a column
  readonly id: number | null; // null if rows go by number
}

type Rows = readonly (readonly string[])[];

export function tidy(cell: string): string {
  return split(cell.replaceAll("\ufeff", "")).join(" ");
}

export function words(column: string): string[] {
  return column.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
}

export function isHead(row: readonly string[]): boolean {
  const cells = row.map(tidy);
  const named = cells.filter(Boolean);
  if (cells.length < 2 || named.length < cells.length - 1) return false;
  if (new Set(named.map((cell) => cell.toLowerCase())).size < named.length) return false;
  if (named.some((cell) => cell.length > LONGEST || cell.includes("@") || cell.includes("://"))) return false;
  return isRow(named);
}

export function namesResume(row: readonly string[]): boolean {
  return row.some((cell) => words(cell).length < 4 && words(cell).some((word) => RESUME.has(word)));
}

/** Whether tables of people have columns of these names. */
export function isRow(named: readonly string[]): boolean {
  if (namesResume(named)) return true;
  const known = named.filter((cell) => {
    const parts = words(cell);
    const whole = parts.join(" ");
    if ([...IDS, ...NAMES, "first name", "last name"].includes(whole)) return true;
    return parts.length < 4 && parts.some((word) => OTHERS.has(word) || TEXT.has(word));
  }).length;
  return known > 1 && known >= named.length / 2;
}

/** Throws ColumnsError. */
export function choose(name: string, head: readonly string[], rows: Rows): Chosen {
  const text = guessText(name, head, rows);
  return { text, id: guessId(head, rows, text) };
}

function guessText(name: string, head: readonly string[], rows: Rows): number {
  const lengths = head.map((_, at) => length(rows, at));
  const places = head.map((column, at) => [words(column), at] as const);
  let plain = places
    .filter(([said]) => said.some((word) => RESUME.has(word)) && !said.some((word) => ABOUT.has(word)))
    .map(([, at]) => at)
    .filter((at) => !isPointer(rows, at));
  if (plain.length > 1) plain = plain.filter((at) => lengths[at] === Math.max(...plain.map((one) => lengths[one]!)));
  if (plain.length) return plain[0]!;
  const texts = places.filter(([said]) => said.length < 3 && said.some((word) => TEXT.has(word))).map(([, at]) => at);
  if (texts.length === 1 && lengths[texts[0]!] === Math.max(...lengths)) return texts[0]!;
  const longest = head.map((_, at) => at).sort((a, b) => lengths[b]! - lengths[a]!);
  const rest = Math.max(0, ...longest.slice(1).map((at) => lengths[at]!));
  if (longest.length && lengths[longest[0]!]! >= PROSE && lengths[longest[0]!]! >= CLEARLY * rest) return longest[0]!;
  const named = head.filter(Boolean).map((column) => `"${column}"`).join(", ") || "without names";
  throw new ReadError(
    "ColumnsError",
    name,
    `it is a table, and which of its columns is the resume is not plain: ${named}`,
    'Name that column "resume", or use the command line: --text-column NAME.',
  );
}

function isPointer(rows: Rows, at: number): boolean {
  const said = rows.slice(0, SAMPLE).flatMap((row) => strip(row[at] ?? "") || []);
  return said.length > 0 && said.filter((cell) => POINTER.test(cell)).length > said.length / 2;
}

function length(rows: Rows, at: number): number {
  const sizes = rows.slice(0, SAMPLE).filter((row) => at < row.length).map((row) => [...row[at]!].length);
  return sizes.length ? sizes.reduce((a, b) => a + b) / sizes.length : 0;
}

function guessId(head: readonly string[], rows: Rows, text: number): number | null {
  const said = head.map((column) => words(column).join(" "));
  for (const wanted of [...IDS, ...NAMES])
    for (const [at, have] of said.entries()) if (have === wanted && at !== text && tells(rows, at)) return at;
  return null;
}

/** Whether nearly every row has something there, and no two the same. */
function tells(rows: Rows, at: number): boolean {
  const cells = rows.flatMap((row) => strip(row[at] ?? "") || []);
  return cells.length >= 0.9 * rows.length && new Set(cells).size >= 0.9 * cells.length;
}
