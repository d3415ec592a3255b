/** bytes -> Document, for PDF, DOCX, ODT, HTML, RTF, plain text and resumes as data, and for what holds such documents. What a file is, its bytes tell (`sniff`). */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { ReadError } from "../errors";
import type { Document, Kind } from "../records";
import { assemble, type Extract } from "./common";
import * as docx from "./docx";
import * as html from "./html";
import { Allowance, LIMITS, type Limits } from "./limits";
import * as hropen from "./hropen";
import * as jsonresume from "./jsonresume";
import * as linkedin from "./linkedin";
import * as odt from "./odt";
import { type Part, parts } from "./parts";
import * as pasted from "./pasted";
import * as pdf from "./pdf";
import * as rtf from "./rtf";
import * as text from "./text";

export { Allowance, LIMITS, type Limits } from "./limits";
export { HEAD, type Part, parts } from "./parts";
export type { Pdfium } from "./pdf";
export { mayHold } from "./written";

// Resumes as data.
const DATA: Partial<Record<Kind, (data: Uint8Array, allowance: Allowance) => Extract>> = {
  "json-resume": jsonresume.extract,
  "yaml-resume": jsonresume.fromYaml,
  "hr-json": hropen.fromJson,
  "hr-xml": hropen.fromXml,
  linkedin: linkedin.extract,
};
const NAMED = 5; // of the documents in a file, in a message

/** Opens pdfium when the first PDF comes. */
export type OpenPdfium = () => Promise<pdf.Pdfium>;

/**
 * Read the bytes of a file. The text is in reading order, column by column, table cell by table cell;
 * what was shortened, guessed or left out is in `notices`.
 *
 * What a person would not see in a PDF, DOCX or HTML page (white, tiny, covered, outside the page) is
 * left out, with the notice "hidden-text". `withHidden` gives the text as it would be with it, without
 * that notice: the words that a program less careful would have read. Throws ReadError.
 */
export async function read(
  data: Uint8Array,
  name: string,
  openPdfium: OpenPdfium,
  limits: Limits = LIMITS,
  withHidden = false,
): Promise<Document> {
  return readPart(theOnly(parts(data, name, limits), name), openPdfium, limits, withHidden);
}

/** The one document of a file. Throws its ReadError, or SeveralDocumentsError. */
export function theOnly(found: Iterable<Part | ReadError>, name: string): Part {
  const some: (Part | ReadError)[] = [];
  for (const one of found) if (some.push(one) > NAMED) break;
  const [first] = some;
  if (some.length > 1) {
    const names = some.map((one) => (one instanceof ReadError ? one.file : one.name));
    const shown = names.slice(0, NAMED).join(", ") + (names.length > NAMED ? ", …" : "");
    const cause = `it holds more than one document (${shown}) where one was expected`;
    throw new ReadError("SeveralDocumentsError", name, cause, "Give one of them, or rank them all.");
  }
  if (first instanceof ReadError) throw first;
  return first!;
}

/** Throws ReadError. */
export async function readPart(
  part: Part,
  openPdfium: OpenPdfium,
  limits: Limits = LIMITS,
  withHidden = false,
): Promise<Document> {
  const { name, data } = part;
  const kind = part.kind as Kind;
  const pdfium = kind === "pdf" ? await openPdfium() : null;
  const allowance = new Allowance(name, limits); // the clock starts when there is something to read with
  const extract = pdfium
    ? pdf.extract(data, allowance, pdfium, withHidden)
    : extractPlain(kind, data, allowance, withHidden);
  allowance.checkClock();
  const notices = [...part.notices, ...extract.notices];
  return assemble(name, kind, bytesToHex(sha256(data)), { ...extract, notices });
}

/**
 * A plain string as a Document. The text is kept as it is, but for what was escaped in it; a job posting
 * in JSON becomes its text. Throws ReadError if there is only white space, or several postings.
 */
export function fromText(content: string, name: string): Document {
  return assemble(name, "text", bytesToHex(sha256(new TextEncoder().encode(content))), {
    pages: [undone(content, new Allowance(name, LIMITS))],
    notices: [],
  });
}

function extractPlain(kind: Kind, data: Uint8Array, allowance: Allowance, withHidden: boolean): Extract {
  if (kind === "docx") return docx.extract(data, allowance, withHidden);
  if (kind === "html") return html.extract(data, allowance, withHidden);
  if (kind === "rtf") return rtf.extract(data, allowance);
  if (kind === "odt") return odt.extract(data, allowance, withHidden);
  const reader = DATA[kind];
  if (reader) return reader(data, allowance);
  const { pages, ...rest } = text.extract(data);
  return { ...rest, pages: pages.map((page) => undone(page, allowance)) };
}

function undone(content: string, allowance: Allowance): string {
  if (!pasted.mayBeEscaped(content)) return content;
  return pasted.undone(content, allowance.name, (source) => html.linesOf(source, allowance));
}
