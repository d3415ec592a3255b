/** JSON Resume (jsonresume.org), as JSON or YAML, as rolefit/reading/jsonresume.py writes it. */

import * as yaml from "js-yaml";
import { ReadError } from "../errors";
import { commas } from "../python";
import type { Extract } from "./common";
import type { Allowance } from "./limits";
import { bullets, type Entry, type Person, saysSomething, type Section, write } from "./person";
import { decode } from "./text";

const PARTS = ["work", "education", "skills", "volunteer", "projects", "certificates", "languages"];
const KNOWN = new Set([...PARTS, "basics", "awards", "publications", "interests", "references", "meta", "$schema", "certifications"]);
export const MOST = 200_000; // values in it
const MOST_YAML = 1 << 20; // bytes

export type Fields = Readonly<Record<string, unknown>>;

/** Whether it is one, told by its parts. */
export function isResume(data: unknown): data is Fields {
  if (!isRecord(data)) return false;
  const parts = PARTS.filter((name) => Array.isArray(data[name]));
  return parts.length > (isRecord(data["basics"]) ? 0 : 1);
}

/** JSON -> its value, null for what is none. */
export function load(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}

export function extract(data: Uint8Array, allowance: Allowance): Extract {
  const { text, notices } = decode(data);
  const content = load(text);
  if (!isResume(content)) throw senseless(allowance.name, "it begins like JSON Resume and then makes no sense");
  return written(content, allowance, notices);
}

/** Throws DamagedFileError, LimitError. */
export function fromYaml(data: Uint8Array, allowance: Allowance): Extract {
  if (data.length > MOST_YAML) {
    const cause = `it has ${commas(data.length)} bytes of YAML, the limit is ${commas(MOST_YAML)}`;
    throw new ReadError("LimitError", allowance.name, cause, "Save it as JSON.");
  }
  const { text, notices } = decode(data);
  let content: unknown;
  try {
    // Everything as text: a date is to stay as it was written. Nothing else is ever made.
    content = yaml.load(text, { schema: yaml.FAILSAFE_SCHEMA, json: true });
  } catch (error) {
    throw senseless(allowance.name, `its YAML makes no sense (${(error as Error).message})`);
  }
  if (!isResume(content)) throw senseless(allowance.name, "it begins like JSON Resume in YAML and then makes no sense");
  return written(content, allowance, notices);
}

function senseless(name: string, cause: string): ReadError {
  return new ReadError("DamagedFileError", name, cause, "Export it once more.");
}

function written(content: Fields, allowance: Allowance, notices: Extract["notices"]): Extract {
  if (count(content) > MOST) {
    const cause = `it holds more than ${commas(MOST)} values`;
    throw new ReadError("LimitError", allowance.name, cause, "Check where the file comes from.");
  }
  const found = person(content);
  if (!saysSomething(found) && !found.label) {
    const cause = "it has the form of JSON Resume and says nothing";
    throw new ReadError("UnknownFormatError", allowance.name, cause, "Check that it was filled in.");
  }
  return { pages: [write(found)], notices };
}

/** How many values it holds; nothing recurses. */
export function count(content: unknown): number {
  const waiting = [content];
  let found = 0;
  while (waiting.length && found <= MOST) {
    const value = waiting.pop();
    found++;
    if (value !== null && typeof value === "object") for (const inner of Object.values(value)) waiting.push(inner);
  }
  return found;
}

function person(data: Fields): Person {
  const basics = record(data["basics"]);
  const place = record(basics["location"]);
  const contacts = [
    said(basics, "email"), said(basics, "phone"), said(basics, "url", "website"),
    said(place, "city"), said(place, "region"),
    ...records(basics, "profiles").map((one) => said(one, "url") || said(one, "username")),
  ];
  const listed = (heading: string, lines: readonly string[]): Section => ({ heading, entries: [{ lines }] });
  const sections: Section[] = [
    listed("SUMMARY", [said(basics, "summary")]),
    { heading: "EXPERIENCE", entries: records(data, "work").map(position) },
    { heading: "PROJECTS", entries: records(data, "projects").map(project) },
    { heading: "VOLUNTEER EXPERIENCE", entries: records(data, "volunteer").map(position) },
    { heading: "EDUCATION", entries: records(data, "education").map(school) },
    {
      heading: "CERTIFICATIONS",
      entries: records(data, "certificates", "certifications").map((one) => ({
        head: [said(one, "name"), said(one, "issuer")],
        first: said(one, "date"),
      })),
    },
    listed("SKILLS", records(data, "skills").map(skill)),
    listed("LANGUAGES", records(data, "languages").map((one) => pair(said(one, "language", "name"), said(one, "fluency", "level")))),
    { heading: "AWARDS", entries: records(data, "awards").map((one) => dated(one, ["title", "awarder"], "date")) },
    { heading: "PUBLICATIONS", entries: records(data, "publications").map((one) => dated(one, ["name", "publisher"], "releaseDate")) },
    listed("INTERESTS", records(data, "interests").map(skill)),
    ...Object.entries(data)
      .filter(([name]) => !KNOWN.has(name))
      .map(([name, value]) => listed(name.toUpperCase(), texts(value))),
  ];
  return { name: said(basics, "name"), label: said(basics, "label"), contacts: contacts.filter(Boolean), sections };
}

function dated(one: Fields, head: readonly string[], date: string): Entry {
  return { head: head.map((name) => said(one, name)), first: said(one, date), lines: [said(one, "summary")] };
}

function position(one: Fields): Entry {
  return {
    head: [said(one, "position", "title"), said(one, "name", "company", "organization"), said(one, "location")],
    first: said(one, "startDate"),
    last: said(one, "endDate"),
    open: true,
    lines: [said(one, "summary", "description"), ...bullets(texts(one["highlights"]))],
  };
}

function project(one: Fields): Entry {
  const used = texts(one["keywords"]).join(", ");
  return {
    head: [said(one, "name"), texts(one["roles"]).join(", "), said(one, "entity")],
    first: said(one, "startDate"),
    last: said(one, "endDate"),
    lines: [said(one, "description", "summary"), ...bullets(texts(one["highlights"])), used],
  };
}

function school(one: Fields): Entry {
  const degree = said(one, "studyType");
  const field = said(one, "area");
  const courses = texts(one["courses"]).join(", ");
  return {
    head: [degree && field ? `${degree} in ${field}` : degree || field, said(one, "institution")],
    first: said(one, "startDate"),
    last: said(one, "endDate"),
    lines: [courses ? `Courses: ${courses}` : ""],
  };
}

function skill(one: Fields): string {
  const words = texts(one["keywords"]).join(", ");
  return words ? pair(said(one, "name"), words) : said(one, "name");
}

function pair(name: string, more: string): string {
  return name && more ? `${name}: ${more}` : name || more;
}

export function isRecord(value: unknown): value is Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** The entries of the first of `names` that has some; a plain text is an entry with a name. */
function records(data: Fields, ...names: readonly string[]): Fields[] {
  for (const name of names) {
    const value = data[name];
    if (!Array.isArray(value) || !value.length) continue;
    return value.map((one): Fields => (isRecord(one) ? one : { name: one })).filter((one) => Object.keys(one).length);
  }
  return [];
}

/** The first of `names` that has a text or a number. */
function said(data: Fields, ...names: readonly string[]): string {
  for (const name of names) {
    const value = data[name];
    if (typeof value === "string" && value.trim()) return value;
    if (typeof value === "number") return String(value);
  }
  return "";
}

/** All texts and numbers in it, in order, however deep. */
export function texts(value: unknown): string[] {
  const found: string[] = [];
  const waiting = [value];
  while (waiting.length) {
    const one = waiting.pop();
    if (typeof one === "string" && one.trim()) found.push(one);
    else if (typeof one === "number") found.push(String(one));
    else if (one !== null && typeof one === "object") waiting.push(...Object.values(one).reverse());
  }
  return found;
}
