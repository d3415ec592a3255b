/** What a machine reads of one document, without another one to compare it with; rolefit/inspection.py. */

import type { Side, Source } from "./intake";
import { clean } from "./language/clean";
import { constant } from "./language/data";
import { jobFacts } from "./language/jobFacts";
import { findMasks, type Mask } from "./language/personal";
import { resumeFacts } from "./language/resumeFacts";
import { inOrder } from "./language/sectionOrder";
import { find } from "./language/sections";
import { findSkills } from "./language/skills";
import { units } from "./language/units";
import { asSeen } from "./prepare";
import { partition, rstrip, split } from "./python";
import { fromText, LIMITS, type Limits, type OpenPdfium, parts, readPart, theOnly } from "./reading";
import { posting } from "./reading/chrome";
import { PLAIN, type Shape, shapeOf } from "./reading/shape";
import type { Document, Inspection, JobFacts, ResumeFacts, Section } from "./records";
import { ofFile, ofResume, ofText } from "./risks";

const HIDDEN = constant<number>("inspection", "_HIDDEN"); // words of hidden text that are told

/** As `side`, or "" for what it looks like; `asOf` is the month of "present". The taxonomy must be in use. Throws ReadError. */
export async function inspect(
  source: Source,
  side: Side | "",
  openPdfium: OpenPdfium,
  asOf: number | null,
  limits: Limits = LIMITS,
): Promise<Inspection> {
  const { document, shape, hidden } = await read(source, openPdfium, limits);
  const seen = asSeen(document);
  const [ordered, moved] = inOrder(seen);
  const person = moved.back(resumeFacts(ordered, asOf));
  const advert = asSeen(posting(document)); // as a score reads a job
  const job = jobFacts(advert, units(advert));
  const masks = findMasks(seen);
  const contacts = masks.filter(({ kind }) => kind === "contact").length;
  const as = side || looksLike(seen, person, job, contacts);
  const isResume = as === "resume";
  return {
    document: { ...document, notices: [...document.notices, ...clean(document.text)[2]] },
    side: as,
    hidden,
    sections: sections(seen),
    resume: isResume ? person : null,
    job: isResume ? null : job,
    personal: isResume ? masks.map(({ start, end, kind }: Mask) => ({ start, end, kind })) : [],
    skills: findSkills(seen.text),
    risks: [...ofFile(document, shape), ...ofText(document), ...(isResume ? ofResume(seen, person, contacts) : [])],
  };
}

interface Read {
  readonly document: Document;
  readonly shape: Shape; // how its file is built
  readonly hidden: readonly string[]; // words that a person does not see
}

async function read(source: Source, openPdfium: OpenPdfium, limits: Limits): Promise<Read> {
  if (typeof source === "string") return { document: fromText(source, "text"), shape: PLAIN, hidden: [] };
  if ("text" in source) return { document: source, shape: PLAIN, hidden: [] };
  const part = "data" in source ? source : theOnly(parts(source.bytes, source.name, limits), source.name);
  const document = await readPart(part, openPdfium, limits);
  const hides = document.notices.some(({ code }) => code === "hidden-text");
  const whole = hides ? (await readPart(part, openPdfium, limits, true)).text : "";
  return { document, shape: shapeOf(part.kind, part.data), hidden: hides ? more(document.text, whole) : [] };
}

/** Words of `whole` that `text` has less often, in their order. */
function more(text: string, whole: string): string[] {
  const left = new Map<string, number>();
  for (const word of split(text)) left.set(word, (left.get(word) ?? 0) + 1);
  const found = split(whole).filter((word) => {
    const rest = (left.get(word) ?? 0) - 1;
    left.set(word, rest);
    return rest < 0;
  });
  return found.slice(0, HIDDEN);
}

function sections({ text }: Document): Section[] {
  const known = find(text);
  return known.names.map((name, place) => {
    const start = known.starts[place]!;
    const whole = text.slice(start, known.starts[place + 1] ?? text.length);
    const heading = split(partition(partition(whole, "\n")[0], ":")[0]).join(" ");
    return { name, start, end: start + rstrip(whole).length, heading };
  });
}

/** What it looks like: people have held positions and leave a number, jobs ask for things. */
function looksLike({ text }: Document, person: ResumeFacts, job: JobFacts, contacts: number): Side {
  const { names } = find(text);
  const has = (name: string): number => (names.includes(name) ? 1 : 0);
  const held = person.positions.some(({ first }) => first !== null);
  const asks = job.requirements.filter(({ kind }) => kind !== "duty").length;
  const aPerson = (held ? 2 : 0) + (contacts > 0 ? 1 : 0) + has("education") + has("experience");
  const aJob = (asks > 1 ? 2 : 0) + has("requirements") + has("preferred") + has("duties");
  return aPerson >= aJob ? "resume" : "job";
}
