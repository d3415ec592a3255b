/** What a machine reads of one document, as JSON: the fields of `rolefit inspect --json` (docs/inspect.md). */

import type { Fact, Inspection, JobFacts, Position, ResumeFacts } from "../records";
import shared from "../shared.json";

export function inspectionJson(found: Inspection): string {
  return `${JSON.stringify(contentOf(found), null, 2)}\n`;
}

export function contentOf(found: Inspection) {
  const { document } = found;
  const at = pointsOf(document.text);
  const placed = <T extends { readonly start: number; readonly end: number }>(one: T): T => ({ ...one, start: at(one.start), end: at(one.end) });
  const fact = (one: Fact | null): Fact | null => one && placed({ value: one.value, start: one.start, end: one.end, detail: one.detail });
  const facts = (list: readonly Fact[]): (Fact | null)[] => list.map(fact);
  return {
    schema: shared.inspection.schema,
    rolefit: shared.version,
    file: document.name,
    kind: document.kind,
    pages: document.pages,
    as: found.side,
    text: document.text,
    lines: document.lines.map(({ start, end, page }) => [at(start), at(end), page]),
    columns: document.columns,
    notices: document.notices.map(({ code, message }) => ({ code, message })),
    hidden: found.hidden,
    sections: found.sections.map(placed),
    resume: found.resume && resume(found.resume),
    job: found.job && job(found.job),
    personal: found.personal.map(placed),
    skills: found.skills.map(({ id, label, group, kind, mentions }) => ({ id, label, group, kind, mentions: mentions.map(placed) })),
    risks: found.risks.map(({ code, message, spans }) => ({ code, message, spans: spans.map((span) => span.map(at)) })),
  };

  function resume({ headline, positions, years, claimedYears, level, education, licences, languages, slips }: ResumeFacts) {
    return {
      headline: fact(headline),
      positions: positions.map(position),
      years,
      claimed_years: claimedYears,
      level: fact(level),
      education: facts(education),
      licences: facts(licences),
      languages: facts(languages),
      slips: facts(slips),
    };
  }

  function position({ title, employer, first, last, current, start, end }: Position) {
    return { title: fact(title), employer: fact(employer), from: month(first), to: month(last), current, start: at(start), end: at(end) };
  }

  function job({ title, requirements, years, level, education, licences, languages }: JobFacts) {
    return {
      title: fact(title),
      requirements: requirements.map(({ kind, must, years, education, licences, line }, index) => ({
        id: `r${index + 1}`, kind, must, years, education, licences, start: at(line.start), end: at(line.end),
      })),
      years: fact(years),
      level: fact(level),
      education: fact(education),
      licences: facts(licences),
      languages: facts(languages),
    };
  }
}

function month(number: number | null): string | null {
  return number === null ? null : `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
}

/** Places as the JSON counts them, in code points: a sign beyond the first plane is two units here, one there. */
function pointsOf(text: string): (at: number) => number {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (at) => at;
  const points = new Uint32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    points[at] = count;
    const second = /[\udc00-\udfff]/.test(text[at + 1] ?? "") && /[\ud800-\udbff]/.test(text[at]!);
    if (!second) count++;
  }
  points[text.length] = count;
  return (at) => points[at]!;
}
