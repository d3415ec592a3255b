/** What files of data say about a person, written as a resume; rolefit/reading/person.py. */

import { split, strip } from "../python";
import shared from "../shared.json";

const MONTHS = shared.person.months;
const ISO = /^(\d{4})(?:-(\d\d?)(?:-\d\d?(?:[T ][\d:.,Z+-]*)?)?)?$/;
const SLASHED = /^(?:(\d\d?)[/.])?(\d\d?)[/.](\d{4})$/;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?\/?>/;
const TAGS = new RegExp(TAG.source, "g");
const LINES = new Set("p li br ul ol div tr h1 h2 h3 h4 h5 h6".split(" "));
const BREAK = /[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+/;
const ENTITIES = new Map([["amp", "&"], ["lt", "<"], ["gt", ">"], ["quot", '"'], ["apos", "'"], ["nbsp", "\u00a0"]]);

/** A position, a school, a project; or lines alone. */
export interface Entry {
  readonly head?: readonly string[]; // title, employer, place: what stands in its first line
  readonly first?: string; // dates as they were given
  readonly last?: string;
  readonly open?: boolean; // without an end it goes on
  readonly lines?: readonly string[];
}

export interface Section {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

export interface Person {
  readonly name: string;
  readonly label: string; // the title that the person goes by
  readonly contacts: readonly string[];
  readonly sections: readonly Section[];
}

export function saysSomething({ sections }: Person): boolean {
  return sections.some(({ entries }) => entries.some((entry) => linesOf(entry).length));
}

/** The resume as text, a blank line between entries. */
export function write(person: Person): string {
  const contacts = person.contacts.flatMap((item) => line(item) || []).join(" | ");
  const blocks = [[...lines(person.name), ...lines(person.label), ...(contacts ? [contacts] : [])].join("\n")];
  for (const { heading, entries } of person.sections) {
    const written = entries.flatMap((entry) => linesOf(entry).join("\n") || []);
    if (written.length) blocks.push(heading, ...written);
  }
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

function linesOf(entry: Entry): string[] {
  const head = (entry.head ?? []).flatMap((item) => line(item) || []).join(", ");
  const dates = period(entry.first ?? "", entry.last ?? "", entry.open ?? false);
  return [...(head ? [head] : []), ...(dates ? [dates] : []), ...(entry.lines ?? []).flatMap(lines)];
}

function line(text: string): string {
  return split(lines(text).join(" ")).join(" ");
}

/** The lines of a field, which may hold a page's tags. */
export function lines(text: string): string[] {
  const plain = TAG.test(text) ? unescaped(text.replace(TAGS, untagged)) : text;
  return plain.split(BREAK).flatMap((one) => strip(one) || []);
}

function untagged(_: string, end: string, name: string): string {
  if (name.toLowerCase() === "li" && !end) return "\n- ";
  return LINES.has(name.toLowerCase()) ? "\n" : "";
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, digits?: string, hex?: string, name?: string) => {
    if (name) return ENTITIES.get(name) ?? whole;
    const code = digits ? Number(digits) : parseInt(hex!, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Each item as a line of its own behind a hyphen. */
export function bullets(items: readonly string[]): string[] {
  return items.flatMap(lines).map((flat) => `- ${flat.replace(/^[-•* ]+/, "")}`);
}

function period(first: string, last: string, goesOn: boolean): string {
  const start = date(first);
  const end = date(last) || (goesOn && start ? "Present" : "");
  return start && end ? `${start} - ${end}` : start || end;
}

/** "2019-05-01" as "May 2019"; what is no date of the kind stays as it is. */
function date(text: string): string {
  const flat = line(text);
  const iso = ISO.exec(flat);
  if (iso) return written(iso[1]!, iso[2]);
  const slashed = SLASHED.exec(flat);
  if (!slashed || (slashed[1] && Number(slashed[1]) <= 12)) return flat;
  return written(slashed[3]!, slashed[2]);
}

function written(year: string, month: string | undefined): string {
  const name = month && MONTHS[Number(month) - 1];
  return name ? `${name} ${year}` : year;
}
