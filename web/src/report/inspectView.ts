/** What an inspection says, as rows and as marks in the text; rolefit/report/inspect_view.py and html_inspect.py. */

import { commas, split } from "../python";
import { words } from "../reading/common";
import type { Fact, Inspection, JobFacts, Position, ResumeFacts, Span } from "../records";
import shared from "../shared.json";

const { months: MONTHS, kinds: KINDS, budget: BUDGET } = shared.inspection;
export { BUDGET, KINDS };

/** A name on the left and what was found on the right; an empty name goes on with the last. */
export interface Row {
  readonly name: string;
  readonly text: string;
}

const row = (name: string, text: string): Row => ({ name, text });

/** Groups of rows under their headings, in the order in which they are shown. */
export function rows(found: Inspection): [string, Row[]][] {
  const groups: [string, Row[]][] = [["What was read", reading(found)]];
  if (found.resume) groups.push(["Positions", positions(found.resume)], ["The person", person(found.resume)]);
  if (found.job) groups.push(["What it asks for", requirements(found, found.job)], ["The job", job(found.job)]);
  groups.push(["Skills", skills(found)]);
  if (found.hidden.length) groups.push(["Hidden words, not counted", [row("", found.hidden.join(" "))]]);
  const risks = found.risks.map(({ code, message }) => row(code, message));
  groups.push(["In other programs", risks.length ? risks : [row("", "nothing that is known to go wrong")]]);
  return groups;
}

/** "Mar 2018 - now", or what is said where no dates were read. */
function when({ first, last, current }: Position): string {
  if (first === null) return "no dates";
  return `${month(first)} - ${current ? "now" : month(last || first)}`;
}

function month(number: number): string {
  return `${MONTHS[number % 12]} ${Math.floor(number / 12)}`;
}

function reading({ document, sections }: Inspection): Row[] {
  const pages = document.pages > 1 ? `, ${document.pages} pages` : "";
  const read = [row("format", `${document.kind}${pages}, ${commas(words(document.text))} words`)];
  if (document.columns.length) read.push(row("columns", document.columns.join(", ") + (pages ? " (page by page)" : "")));
  read.push(row("sections", sections.map(({ heading }) => heading).join(" · ") || "no heading was known"));
  return [...read, ...document.notices.map(({ message }) => row("notice", message))];
}

function positions(facts: ResumeFacts): Row[] {
  const found = facts.positions.map((one) =>
    row(when(one), [one.title, one.employer].flatMap((fact) => (fact ? [fact.value] : [])).join(" · ") || "-"),
  );
  return found.length ? found : [row("", "none was found")];
}

function person(facts: ResumeFacts): Row[] {
  const claimed = facts.claimedYears === null ? "" : `, ${shortly(facts.claimedYears)} in its own words`;
  return [
    ...(facts.headline ? [row("headline", facts.headline.value)] : []),
    row("years", (facts.years === null ? "not shown" : shortly(facts.years)) + claimed),
    ...listed(
      ["level", facts.level ? [facts.level] : []],
      ["education", facts.education],
      ["licences", facts.licences],
      ["languages", facts.languages],
      ["cannot be", facts.slips.map((slip) => ({ ...slip, value: slip.detail, detail: slip.value }))],
    ),
  ];
}

/** As Python's "g" writes it. */
function shortly(years: number): string {
  return String(Number(years.toPrecision(6)));
}

function requirements({ document }: Inspection, facts: JobFacts): Row[] {
  const lines = facts.requirements.map(({ must, kind, line }, index) =>
    row(`r${index + 1} ${must ? "must" : kind}`, split(document.text.slice(line.start, line.end)).join(" ")),
  );
  return lines.length ? lines : [row("", "no line asks for anything in so many words")];
}

function job(facts: JobFacts): Row[] {
  const one = (fact: Fact | null): Fact[] => (fact ? [fact] : []);
  const found = listed(
    ["title", one(facts.title)],
    ["years", one(facts.years)],
    ["level", one(facts.level)],
    ["education", one(facts.education)],
    ["licences", facts.licences],
    ["languages", facts.languages],
  );
  return found.length ? found : [row("", "nothing else was found")];
}

function listed(...groups: [string, readonly Fact[]][]): Row[] {
  return groups.flatMap(([name, facts]) =>
    facts.map(({ value, detail }, number) => row(number ? "" : name, value + (detail ? ` (${detail})` : ""))),
  );
}

function skills(found: Inspection): Row[] {
  const known = new Set(found.skills.filter(({ kind }) => kind === "skill").map(({ label }) => label));
  const key = (label: string): string => label.toLowerCase();
  const labels = [...known].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return [row("", labels.length ? labels.join(" · ") : "none was found")];
}

/** What stands out in the text. */
export function marks({ resume, job, skills, sections }: Inspection): Span[] {
  const of = (kind: string, facts: readonly (Fact | null)[]): Span[] =>
    facts.flatMap((fact) => (fact ? [{ start: fact.start, end: fact.end, kind }] : []));
  const found = [
    ...(resume?.positions ?? []).flatMap(({ title, employer }) => [...of("title", [title]), ...of("employer", [employer])]),
    ...of("degree", resume?.education ?? []),
    ...of("licence", resume?.licences ?? []),
    ...of("language", resume?.languages ?? []),
    ...of("title", [job?.title ?? null]),
    ...(job?.requirements ?? []).map(({ must, kind, line }) => ({ start: line.start, end: line.end, kind: must ? "must" : kind })),
    ...skills.filter(({ kind }) => kind === "skill").flatMap(({ mentions }) => mentions.map(({ start, end }) => ({ start, end, kind: "skill" }))),
    ...sections.map(({ start, heading }) => ({ start, end: start + heading.length, kind: "heading" })),
  ];
  return found.filter(({ start, end }) => start < end);
}
