/**
 * LinkedIn's export of one's own data, a ZIP of Profile.csv, Positions.csv, Skills.csv and others, as
 * rolefit/reading/linkedin.py: without birth date, address, connections, messages, and what else is no resume.
 */

import { ReadError } from "../errors";
import shared from "../shared.json";
import { unzipped } from "./archives";
import type { Extract } from "./common";
import { cells } from "./delimited";
import type { Allowance } from "./limits";
import { type Entry, type Person, type Section, write } from "./person";
import { decode } from "./text";
import { type Member, Zip } from "./zip";

type Row = ReadonlyMap<string, string>;
const TELLING = new Set(shared.linkedin._TELLING);
const FILES = shared.linkedin._FILES;
const FIELD = 131_072; // characters of a cell that Python's csv module takes
const AGAIN = shared.linkedin._AGAIN;

export function isExport(members: Iterable<string>): boolean {
  const names = new Set([...members].map(base));
  return names.has("positions.csv") && [...names].filter((name) => TELLING.has(name)).length > 1;
}

function base(member: string): string {
  return member.split(/[\\/]/).at(-1)!.toLowerCase();
}

/** Throws DamagedFileError, EncryptedError, LimitError. */
export function extract(data: Uint8Array, allowance: Allowance): Extract {
  const archive = new Zip(data);
  const members = new Map<string, Member>();
  for (const member of [...archive.all].reverse()) members.set(base(member.name), member);
  const rows = (name: string): Row[] => {
    const member = members.get(`${name}.csv`);
    return member ? rowsOf(unzipped(archive, member, allowance), allowance.name) : [];
  };
  try {
    return { pages: [write(personOf(new Map(FILES.map((name) => [name, rows(name)]))))], notices: [] };
  } catch (error) {
    if (!(error instanceof ReadError) || error.name !== "DamagedFileError") throw error;
    const cause = `a file of LinkedIn's export is damaged (${error.message})`;
    throw new ReadError("DamagedFileError", allowance.name, cause, AGAIN);
  }
}

/** Rows by the names of their columns, which are written this way and that. */
function rowsOf(data: Uint8Array, name: string): Row[] {
  const [first = [], ...lines] = cells(decode(data).text, ",", Infinity).rows;
  if (lines.some((line) => line.some((cell) => cell.length > FIELD)))
    throw new ReadError("DamagedFileError", name, `field larger than field limit (${FIELD})`, AGAIN);
  const head = first.map((column) => column.trim().toLowerCase());
  const named = (line: string[]): Row => new Map(head.slice(0, line.length).map((column, at) => [column, line[at]!]));
  return lines.filter((line) => line.some(Boolean)).map(named);
}

function personOf(files: ReadonlyMap<string, Row[]>): Person {
  const profile: Row = files.get("profile")?.[0] ?? new Map();
  const of = (row: Row, column: string): string => row.get(column) ?? "";
  const entries = (
    file: string,
    head: string[],
    { first = "", last = "", open = false, more = ["description"] } = {},
  ): Entry[] =>
    files.get(file)!.map((row) => ({
      head: head.map((column) => of(row, column)),
      first: of(row, first),
      last: of(row, last),
      open,
      lines: more.map((column) => of(row, column)),
    }));
  const lines = (file: string, column: string, detail = ""): Entry[] => [
    { lines: files.get(file)!.map((row) => [of(row, column), of(row, detail)].filter(Boolean).join(": ")) },
  ];
  const held = { first: "started on", last: "finished on" };
  const sections: Section[] = [
    { heading: "SUMMARY", entries: [{ lines: [of(profile, "summary")] }] },
    { heading: "EXPERIENCE", entries: entries("positions", ["title", "company name", "location"], { ...held, open: true }) },
    { heading: "PROJECTS", entries: entries("projects", ["title"], held) },
    { heading: "VOLUNTEER EXPERIENCE", entries: entries("volunteering", ["role", "company name"], { ...held, open: true }) },
    {
      heading: "EDUCATION",
      entries: entries("education", ["degree name", "school name"], {
        first: "start date",
        last: "end date",
        more: ["notes", "activities"],
      }),
    },
    { heading: "CERTIFICATIONS", entries: entries("certifications", ["name", "authority"], { first: "started on" }) },
    { heading: "SKILLS", entries: lines("skills", "name") },
    { heading: "LANGUAGES", entries: lines("languages", "name", "proficiency") },
    { heading: "COURSEWORK", entries: lines("courses", "name") },
    { heading: "AWARDS", entries: entries("honors", ["title"], { first: "issued on" }) },
    { heading: "PUBLICATIONS", entries: entries("publications", ["name", "publisher"], { first: "published on" }) },
  ];
  const name = [of(profile, "first name"), of(profile, "last name")].filter(Boolean).join(" ");
  return { name, label: of(profile, "headline"), contacts: [], sections };
}
