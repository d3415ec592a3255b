/** What may go wrong where other programs read a resume or a job: columns, boxes, odd headings; rolefit/risks.py. */

import { constant, pattern } from "./language/data";
import { alone, everyday, find } from "./language/sections";
import { commas, partition, rstrip, strip } from "./python";
import type { Shape } from "./reading/shape";
import type { Document, ResumeFacts, Risk } from "./records";

type Spans = Risk["spans"];

const SPACED = pattern("risks", "_SPACED");
const SYMBOL = pattern("risks", "_SYMBOL");
const CONTACT = pattern("risks", "_CONTACT");
const HARMLESS = pattern("risks", "_HARMLESS");
const MANY = constant<number>("risks", "_MANY"); // things that a message names

export function ofFile(document: Document, shape: Shape): Risk[] {
  const found: Risk[] = [];
  const tell = (code: string, message: string): unknown => found.push({ code, message, spans: [] });
  const wide = document.columns.flatMap((columns, page) => (columns > 1 ? [page + 1] : []));
  if (wide.length || shape.columns > 1) {
    const where = wide.length && document.pages > 1 ? ` on page ${wide.join(", ")}` : "";
    tell("columns", `text in columns${where}: programs that read row by row mix them up`);
  }
  if (shape.tables) tell("tables", `${count(shape.tables, "table")}: cells may be read in another order, or glued`);
  if (shape.boxes) tell("text-boxes", `${count(shape.boxes, "text box", "es")}: often left out`);
  if (shape.margins && CONTACT.search(shape.margins))
    tell("contact-in-header", "contact details stand in the page header or footer: often left out");
  else if (shape.margins) tell("page-header", "text in the page header or footer: often left out");
  if (shape.pictures) tell("pictures", `${count(shape.pictures, "picture")}: what they say is read by none`);
  if (shape.charts) tell("charts", `${count(shape.charts, "chart or diagram", "")}: read by hardly any`);
  return found;
}

export function ofText({ text, notices }: Document): Risk[] {
  const places = (kind: typeof SPACED): Spans => [...kind.finditer(text)].map((match) => match.span());
  const spaced = places(SPACED);
  const symbols = places(SYMBOL);
  const letters = "words written with blanks between their letters are read as single letters";
  const signs = `${count(symbols.length, "sign")} of a symbol font: shown elsewhere as boxes`;
  return [
    ...(spaced.length || notices.some(({ code }) => code === "letter-spacing") ? [{ code: "letter-spacing", message: letters, spans: spaced }] : []),
    ...(symbols.length ? [{ code: "symbols", message: signs, spans: symbols }] : []),
  ];
}

export function ofResume(document: Document, facts: ResumeFacts, contacts: number): Risk[] {
  const found: Risk[] = [];
  const tell = (code: string, message: string, spans: Spans = []): unknown => found.push({ code, message, spans });
  const { text } = document;
  const headings = [...alone(text)].map(([start, name]) => ({ start, name, line: partition(text.slice(start, start + 100), "\n")[0] }));
  const learned = new Set(headings.map(({ name }) => name));
  const known = new Set([
    ...headings.map(({ line }) => everyday(line)),
    ...find(text).names.filter((name) => !learned.has(name)),
  ]);
  const missing = ["experience", "education"].filter((name) => !known.has(name));
  if (missing.length) tell("no-heading", `no heading that every program knows for ${missing.join(" and ")}`);
  const odd = headings
    .filter(({ line }) => !everyday(line) && !HARMLESS.fullmatch(strip(line)))
    .map(({ start, line }) => [start, start + rstrip(line).length] as const);
  if (odd.length) {
    const names = odd.slice(0, MANY).map(([start, end]) => `"${strip(text.slice(start, end))}"`);
    tell("odd-headings", `headings that programs may not know: ${names.join(", ")}`, odd);
  }
  const undated = facts.positions.filter(({ first }) => first === null).map(({ start, end }) => [start, end] as const);
  if (undated.length) {
    const verb = undated.length === 1 ? "has" : "have";
    tell("undated", `${count(undated.length, "position")} ${verb} no dates that can be read`, undated);
  }
  const slips = facts.slips.map(({ start, end }) => [start, end] as const);
  if (slips.length) tell("dates", "dates that cannot be, such as an end before the beginning", slips);
  if (!contacts) tell("no-contact", "no e-mail address and no telephone number were found");
  return found;
}

function count(number: number, noun: string, plural = "s"): string {
  return `${commas(number)} ${noun}${number === 1 ? "" : plural}`;
}
