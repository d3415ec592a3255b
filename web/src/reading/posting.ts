/** A job posting in JSON, from search engines' data or an applicant tracking system; rolefit/reading/posting.py. */

import { ReadError } from "../errors";
import { Pattern } from "../language/re";
import { partition, split, strip } from "../python";
import shared from "../shared.json";

const { LEAST, DEPTH, NODES, LISTED } = shared.posting;
const TITLES = shared.posting.TITLES;
const FIELDS = shared.posting.FIELDS as [string, string][];
const MARKS = new Set(shared.posting.MARKS);
const RESUME = new Set(shared.posting.RESUME);
const KIND = new Pattern(shared.posting._KIND);
const PLAIN = new Pattern(shared.posting._PLAIN);

type Fields = Readonly<Record<string, unknown>>;
type Fragment = (piece: string) => string; // a piece of HTML, or a plain text, as it is read

const isFields = (value: unknown): value is Fields => !!value && typeof value === "object" && !Array.isArray(value);

/** The posting in a page's JSON-LD; of several the one whose title the page shows alone. */
export function ofScripts(scripts: readonly string[], shown: string, fragment: Fragment): string | null {
  const found = scripts.flatMap((script) => postings(parsed(script), true));
  let texts = textsOf(found, fragment);
  if (texts.length > 1) texts = texts.filter((text) => shown.slice(0, 4000).includes(partition(text, "\n")[0]));
  return texts.length === 1 ? texts[0]! : null;
}

/** The posting that a JSON text is, or null. Throws ReadError. */
export function ofJson(text: string, name: string, fragment: Fragment): string | null {
  if (!/^[\ufeff \t\r\n]*[{[]/.test(text)) return null;
  const value = parsed(text);
  if (isFields(value) && Object.keys(value).some((key) => RESUME.has(key))) return null;
  const texts = textsOf(postings(value, false), fragment);
  if (texts.length > 1) throw manyJobs(name, texts.map((one) => partition(one, "\n")[0]));
  return texts[0] ?? null;
}

/** Whether a value of JSON is a posting, or holds some. */
export function holdsPosting(value: unknown): boolean {
  return postings(value, false).length > 0;
}

export function manyJobs(name: string, titles: readonly string[]): ReadError {
  const some = titles.slice(0, LISTED).join("; ") + (titles.length > LISTED ? "; ..." : "");
  return new ReadError(
    "ManyJobsError",
    name,
    `it holds ${titles.length} job postings (${some}), and one is scored at a time`,
    "Save the posting that you mean in a file of its own.",
  );
}

function textsOf(found: readonly Fields[], fragment: Fragment): string[] {
  return [...new Set(found.map((one) => textOf(one, fragment)).filter((text) => text !== null))];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^[\ufeff \t\r\n]+|[\ufeff \t\r\n]+$/g, ""));
  } catch {
    return null;
  }
}

/** In document order; what is in a posting is no other. */
function postings(value: unknown, typed: boolean): Fields[] {
  const waiting: [unknown, number][] = [[value, 0]];
  const found: Fields[] = [];
  for (let seen = 0; seen < NODES && waiting.length; seen++) {
    const [one, depth] = waiting.pop()!;
    if (isFields(one) && isPosting(one, typed)) {
      found.push(one);
      continue;
    }
    const inner = isFields(one) ? Object.values(one) : one;
    if (Array.isArray(inner) && depth < DEPTH)
      for (const each of [...inner].reverse()) waiting.push([each, depth + 1]);
  }
  return found;
}

function isPosting(one: Fields, typed: boolean): boolean {
  const kinds = Array.isArray(one["@type"]) ? one["@type"] : [one["@type"]];
  if (kinds.some((kind) => KIND.search(String(kind)))) return true;
  return !typed && !!titleOf(one) && Object.keys(one).some((key) => MARKS.has(key)) && says(one);
}

function says(one: Fields): boolean {
  return FIELDS.some(([name, heading]) => {
    const value = one[name];
    if (heading) return false;
    if (name === "lists") return Array.isArray(value) && value.length > 0;
    if (name === "jobAd") return isFields(value) && Object.keys(value).length > 0;
    return typeof value === "string" && value !== "";
  });
}

function titleOf(one: Fields): string {
  const found = TITLES.map((name) => one[name]).find((title) => typeof title === "string" && strip(title));
  return typeof found === "string" ? split(found).join(" ") : "";
}

/** Title, firm and place, then what the posting says, each part once; null if it says little. */
function textOf(one: Fields, fragment: Fragment): string | null {
  const parts: string[] = [];
  const read = new Set<string>();
  for (const [name, heading] of FIELDS) {
    const kind = PLAIN.sub("", name);
    if (isNothing(one[name]) || read.has(kind)) continue;
    const said = saidOf(one[name], fragment).join("\n");
    if (!strip(said) || parts.join("\n").includes(said)) continue;
    read.add(kind);
    parts.push(heading ? `${heading}:\n${said}` : said);
  }
  if (parts.reduce((sum, part) => sum + part.length, 0) < LEAST) return null;
  return [fragment(titleOf(one)), ...factsOf(one), ...parts].filter(Boolean).join("\n");
}

/** What Python takes for false. */
function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return !value.length;
  return isFields(value) ? !Object.keys(value).length : !value;
}

/** The firm and the kind of employment. */
function factsOf(one: Fields): string[] {
  const firms = ["hiringOrganization", "company", "company_name", "companyName"]
    .map((name) => one[name])
    .map((firm) => (isFields(firm) ? firm.name : firm));
  const firm = firms.find((name): name is string => typeof name === "string" && strip(name) !== "");
  const found = firm ? [split(firm).join(" ")] : [];
  const kind = one.employmentType || one.employment_type;
  if (typeof kind === "string") {
    const plain = kind.replaceAll("_", "-");
    found.push(plain.slice(0, 1).toUpperCase() + plain.slice(1).toLowerCase());
  }
  return found;
}

/** The lines of a field, whatever it is made of. */
function saidOf(value: unknown, fragment: Fragment): string[] {
  if (typeof value === "string") return [fragment(value)];
  if (Array.isArray(value)) return value.slice(0, 200).flatMap((each) => saidOf(each, fragment));
  if (!isFields(value)) return [];
  const months = value.monthsOfExperience;
  const whole = partition(String(months ?? ""), ".")[0];
  if (/^\d+$/.test(whole)) return [experience(Number(whole))];
  if ("sections" in value) return saidOf(isFields(value.sections) ? Object.values(value.sections) : value.sections, fragment);
  const said = keysOf(value).map((key) => value[key]).filter((one): one is string => typeof one === "string" && strip(one) !== "");
  return said.map(fragment);
}

/** Lever's lists and SmartRecruiters' sections have a heading and a text of their own. */
function keysOf(value: Fields): string[] {
  if ("content" in value) return ["text", "content"];
  if ("title" in value && "text" in value) return ["title", "text"];
  return ["title", "name", "credentialCategory", "description", "value"];
}

function experience(months: number): string {
  if (months % 12) return `${months} months of experience`;
  return `${months / 12} year${months === 12 ? "" : "s"} of experience`;
}
