/**
 * HR Open and HR-XML, JSON or XML, of staffing systems and of Europass; rolefit/reading/hropen.py. Both
 * become one tree of names without case, and a thing is found by any of the names that it goes by.
 */

import { ReadError } from "../errors";
import { strip } from "../python";
import shared from "../shared.json";
import type { Extract } from "./common";
import { count, isRecord, load, MOST, texts } from "./jsonresume";
import type { Allowance } from "./limits";
import { type Entry, type Person, saysSomething, write } from "./person";
import { decode } from "./text";
import { local, parse } from "./xmltree";

type Held = Node | string;
/** By name; "" is its own text. */
type Node = Map<string, Held[]>;
type Records = Readonly<Record<string, unknown>>;

const ROOTS = new Set(shared.hropen._ROOTS);
const PARTS = new Set(shared.hropen._PARTS);
const PAPERS = shared.hropen._PAPERS;
const WORDS = shared.hropen._WORDS; // where the words of a thing stand if it is a record itself

/** Whether JSON is such a record: a person beside profiles, or both inside of something. */
export function isCandidate(data: unknown): data is Records {
  if (!isRecord(data)) return false;
  const names = Object.keys(data).map(plain);
  if (names.some((name) => name === "person" || name === "candidateperson") && names.some((name) => PARTS.has(name))) return true;
  const inner = Object.values(data).filter(isRecord);
  return inner.length === 1 && names.some((name) => ROOTS.has(name)) && isCandidate(inner[0]);
}

/** Whether the first element, as it is written, begins such a record. */
export function isCandidateXml(root: string): boolean {
  return ROOTS.has(local(root.replaceAll(":", " ")).toLowerCase());
}

export function fromJson(data: Uint8Array, allowance: Allowance): Extract {
  const { text, notices } = decode(data);
  const content = load(text);
  return written(count(content) > MOST ? new Map() : treeOf(content), allowance, notices);
}

/** Throws DamagedFileError, LimitError, UnknownFormatError. */
export function fromXml(data: Uint8Array, allowance: Allowance): Extract {
  const root: Node = new Map();
  const open = [root];
  parse(data, allowance, {
    start(tag, attributes) {
      const node: Node = new Map();
      for (const [name, value] of Object.entries(attributes)) put(node, local(name).toLowerCase(), value);
      put(open.at(-1)!, local(tag).toLowerCase(), node);
      open.push(node);
    },
    end() {
      open.pop();
    },
    characters(run) {
      const node = open.at(-1)!;
      node.set("", [`${node.get("")?.[0] ?? ""}${run}`]);
    },
  });
  return written(root, allowance, []);
}

function put(node: Node, name: string, value: Held): void {
  const held = node.get(name);
  if (held) held.push(value);
  else node.set(name, [value]);
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Keys without case and signs; {"item": [...]} is the list that it wraps. What nests without end says nothing. */
function treeOf(value: unknown): Node {
  try {
    return tree(isRecord(value) ? value : {});
  } catch (error) {
    if (error instanceof RangeError) return new Map();
    throw error;
  }
}

function tree(value: Records): Node {
  const node: Node = new Map();
  for (const [key, given] of Object.entries(value)) {
    const name = plain(key);
    const inner = isRecord(given) && Object.keys(given).join() === "item" ? given["item"] : given;
    for (const one of Array.isArray(inner) ? (inner as unknown[]) : [inner]) {
      if (isRecord(one)) put(node, name, tree(one));
      else if (typeof one === "boolean") put(node, name, String(one));
      else if (one !== null && !Array.isArray(one)) put(node, name, texts(one).join(""));
    }
  }
  return node;
}

function written(root: Node, allowance: Allowance, notices: Extract["notices"]): Extract {
  const person = personOf(root);
  if (saysSomething(person)) return { pages: [write(person)], notices };
  const full = find(root, "textresume").map(saidBy).find(Boolean);
  if (full) return { pages: [full], notices };
  const cause = "it is a record of HR Open or HR-XML without positions, education or skills";
  throw new ReadError("UnknownFormatError", allowance.name, cause, "Export the whole candidate.");
}

function personOf(root: Node): Person {
  const named = find(root, "personname", "name")[0] ?? new Map<string, Held[]>();
  const both = [one(named, "given", "givenname"), one(named, "family", "familyname")].filter(Boolean).join(" ");
  const inside = (parts: Node[], ...names: string[]): Node[] => parts.flatMap((part) => inner(part, ...names));
  const jobs = inside(find(root, "employment", "employmenthistory", "employments"), "employerorg", "employerhistory", "employer");
  const schools = inside(find(root, "education", "educationhistory"), "schoolorinstitution", "educationorganizationattendance");
  const papers = inside(find(root, "licensesandcertifications", ...PAPERS), ...PAPERS);
  const [skills, tongues] = competencies(root);
  const listed = (items: string[]): Entry[] => [{ lines: [items.join(", ")] }];
  const titled = find(root, "profilename", "headline")[0];
  const title = titled ? saidBy(titled) : "";
  return {
    name: one(named, "formattedname") || both,
    label: title.toLowerCase() === "candidate profile" ? "" : title,
    contacts: [],
    sections: [
      { heading: "SUMMARY", entries: [{ lines: find(root, "executivesummary", "objective").map(saidBy) }] },
      { heading: "EXPERIENCE", entries: jobs.flatMap(positions) },
      { heading: "EDUCATION", entries: schools.map(school) },
      { heading: "CERTIFICATIONS", entries: papers.map(paper) },
      { heading: "SKILLS", entries: listed(skills) },
      { heading: "LANGUAGES", entries: listed(tongues) },
    ],
  };
}

/** Each position held with one employer. */
function positions(job: Node): Entry[] {
  const employer = one(job, "employerorgname", "organizationname", "orgname", "organization");
  const found = all(job, "positionhistory", "positionhistories", "position").filter(isNode);
  return (found.length ? found : [job]).map((held) => {
    const own = dates(held);
    const said = all(held, "description", "descriptions", "summary");
    if (held !== job) said.push(...all(job, "description", "descriptions"));
    const where = one(held, "orgname", "organizationname") || employer;
    const title = one(held, "title", "positiontitle", "positiontitles");
    return { head: [title, where], ...(own.first ? own : dates(job)), lines: said.map(saidBy) };
  });
}

function school(place: Node): Entry {
  const degrees = all(place, "degree", "educationdegree", "educationdegrees", "degrees");
  const named = degrees.map((degree) => (isNode(degree) ? one(degree, "degreename", "name", "degreetype") : degree));
  const degree = named.find(Boolean) || one(place, "degreename", "programname", "programs", "educationlevelcodes");
  const records = degrees.filter(isNode);
  const majors = [place, ...records].flatMap((node) => all(node, "degreemajor", "majors", "major").map(saidBy));
  const field = majors.filter(Boolean).join(", ");
  const { first, last } = dates(place);
  const dated = records.map((node) => one(node, "degreedate", "date")).find(Boolean) ?? "";
  return {
    head: [degree && field ? `${degree} in ${field}` : degree || field, one(place, "schoolname", "organizationname", "institution", "school")],
    first,
    last: last || dated,
  };
}

function paper(one_: Node): Entry {
  const name = one(one_, "name", "certificationname", "licensename", "certificationtypecode", "type");
  const issuer = one(one_, "issuingauthority", "issuingauthorityname");
  return { head: [name, issuer], first: one(one_, "firstissued", "issued", "firstissueddate") };
}

/** Skills and languages. */
function competencies(root: Node): [string[], string[]] {
  const skills: string[] = [];
  const tongues = find(root, "languages", "language")
    .flatMap((part) => inner(part, "language"))
    .map((tongue) => one(tongue, "languagename", "languagecode", "language", "name") || saidBy(tongue));
  const kinds = ["competency", "personcompetency", "personcompetencies", "skill"];
  for (const part of find(root, "competencies", "skills", "qualifications", ...kinds))
    for (const able of inner(part, ...kinds)) {
      const isTongue = one(able, "taxonomyid").toLowerCase() === "language";
      (isTongue ? tongues : skills).push(one(able, "competencyname", "name") || saidBy(able));
    }
  return [[...new Set(skills.filter(Boolean))], [...new Set(tongues.filter(Boolean))]];
}

/** Start, end, and whether it goes on. */
function dates(given: Node): { first: string; last: string; open: boolean } {
  let held = given;
  for (const name of ["employmentperiod", "attendanceperiod", "datesofattendance"])
    for (const node of held.get(name) ?? []) if (isNode(node)) held = new Map([...held, ...node]);
  const on = one(held, "current", "ongoing", "currentindicator", "currentemployer").toLowerCase() === "true";
  const last = one(held, "enddate", "end");
  return { first: one(held, "startdate", "start"), last: on ? "" : last, open: on || !last };
}

function isNode(held: Held): held is Node {
  return typeof held !== "string";
}

/** The entries of a part: those of these names in it, or the part itself, of a list. */
function inner(part: Node, ...names: string[]): Node[] {
  const found = all(part, ...names).filter(isNode);
  return found.length ? found : [part];
}

/** Records of these names anywhere, in order; what lies in one that was found is not one. */
function find(root: Node, ...names: string[]): Node[] {
  const found: Node[] = [];
  const waiting: [string, Held][] = [["", root]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [name, node] = next;
    if (names.includes(name)) found.push(isNode(node) ? node : new Map([["", [node]]]));
    else if (isNode(node)) {
      const lower = [...node].flatMap(([key, held]) => held.map((each): [string, Held] => [key, each]));
      for (const each of lower.reverse()) waiting.push(each);
    }
  }
  return found;
}

function all(node: Node, ...names: string[]): Held[] {
  return names.flatMap((name) => node.get(name) ?? []);
}

/** What the first of `names` says that says something. */
function one(node: Node, ...names: string[]): string {
  return all(node, ...names).map(saidBy).find(Boolean) ?? "";
}

function saidBy(held: Held): string {
  let node: Held = held;
  for (let depth = 0; depth < 4; depth++) {
    if (!isNode(node)) return strip(node); // words lie a few records deep at most
    const next: Held | undefined = all(node, ...WORDS).find((each) => isNode(each) || strip(each));
    if (next === undefined) return "";
    node = next;
  }
  return "";
}
