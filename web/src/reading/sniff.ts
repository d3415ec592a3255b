/** What a file is, judged by its bytes alone: names lie. The tables are rolefit/reading/sniff.py's. */

import { ReadError } from "../errors";
import { Pattern, type Written } from "../language/re";
import { commas } from "../python";
import type { Kind } from "../records";
import shared from "../shared.json";
import { isGzip } from "./gzip";
import { isExport } from "./linkedin";
import type { Holder } from "./parts";
import { isTar } from "./tar";
import { decode, latin1 } from "./text";
import { writtenKind } from "./written";
import { BadZip, Zip } from "./zip";

const { save_as: SAVE_AS, again: AGAIN, head: HEAD } = shared.sniff;
const OLD_WORD =
  "Save it as DOCX or PDF and try again; on the command line rolefit reads it where LibreOffice or antiword is installed.";
/** What to do about a picture of a text. */
export const RECOGNISE =
  "Save the original text instead; on the command line rolefit reads pictures where tesseract is installed.";
const ENTRY = "PK\x01\x02"; // begins an entry of an archive's list
const MEMBERS = 10_000; // of an archive; listing them costs memory
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const BOM = [0xef, 0xbb, 0xbf];
const COMMENT = ascii("<!--");
const BLANKS = new Set([32, 9, 10, 11, 12, 13]);
const SIGNATURES = shared.sniff.signatures.map(([hex, what]) => ({ bytes: fromHex(hex!), what: what! }));
// No text begins with these, however much of what follows looks like text.
const CERTAIN = SIGNATURES.filter(({ bytes }) => bytes.some((byte) => byte > 127 || byte === 0) || latin1(bytes) === "bplist00");
// Files that only say where something is, as they begin.
const LINKS = (shared.links.kinds as [Written, string][]).map(([begins, what]) => ({ begins: new Pattern(begins), what }));
const JSON_TEXT = new Pattern(shared.json);
const HTML = new RegExp(`^(?:${shared.sniff.html})`, "is");

export function kindOf(data: Uint8Array, name: string): Kind | Holder {
  if (startsWith(data, OLE)) throw oleError(data, name);
  if (startsWith(data, ascii("PK\x03\x04")) || startsWith(data, ascii("PK\x05\x06"))) return zipKind(data, name);
  const start = find(data.subarray(0, 1024), "%PDF-");
  if (start === 0 || (start > 0 && find(data, " obj") >= 0)) return "pdf";
  if (startsWith(data.subarray(pastBlanks(data, 0)), ascii("{\\rtf"))) return "rtf";
  if (isGzip(data)) return "gzip";
  if (isTar(data)) return "tar";
  if (isBinary(data, decode(data.subarray(0, HEAD)).text)) throw binaryError(name, binaryName(data));
  if (startsWith(data, ascii("%!PS"))) throw unknown(name, "PostScript");
  const ink = inkOf(data);
  const head = decode(data.subarray(ink, ink + HEAD)).text;
  const link = data.length < HEAD && LINKS.find(({ begins }) => begins.match(head));
  if (link)
    throw new ReadError("UnknownFormatError", name, `it is ${link.what}, and holds no document itself`, shared.links.open_it);
  return writtenKind(head, data) || (isPage(head) ? "html" : "text");
}

/** Whether a text that begins like this is HTML. */
export function isPage(head: string): boolean {
  return HTML.test(head) && !JSON_TEXT.match(head);
}

/** Where anything but blanks and comments of HTML begins; 0 if letters are two bytes wide. */
function inkOf(data: Uint8Array): number {
  if (data.subarray(0, HEAD).includes(0)) return 0;
  let start = pastBlanks(data, startsWith(data, BOM) ? BOM.length : 0);
  while (startsWith(data.subarray(start, start + 4), COMMENT)) {
    const end = find(data, "-->", start);
    if (end < 0) break;
    start = pastBlanks(data, end + 3);
  }
  return start;
}

function pastBlanks(data: Uint8Array, start: number): number {
  while (BLANKS.has(data[start] ?? -1)) start++;
  return start;
}

function unknown(name: string, what: string, remedy = SAVE_AS): ReadError {
  return new ReadError("UnknownFormatError", name, `it seems to be ${what}`, remedy);
}

function binaryError(name: string, what: string): ReadError {
  if (shared.sniff.pictures.includes(what))
    return new ReadError("ImageOnlyError", name, "it is a picture, not a text", RECOGNISE);
  return unknown(name, what, shared.sniff.packed.some((packer) => what.includes(packer)) ? shared.sniff.unpack : SAVE_AS);
}

/** Whether the bytes begin as no text does, or decode to characters that no text holds. */
function isBinary(data: Uint8Array, head: string): boolean {
  if (CERTAIN.some(({ bytes }) => startsWith(data, bytes))) return true;
  const odd = head.match(/[\x00-\x08\x0e-\x19\x1c-\x1f]/g)?.length ?? 0;
  return head.includes("\0") || odd > [...head].length / 20;
}

function binaryName(data: Uint8Array): string {
  if (startsWith(data.subarray(4), ascii("ftyp"))) return "a video or HEIC picture";
  return SIGNATURES.find(({ bytes }) => startsWith(data, bytes))?.what ?? "binary data";
}

function oleError(data: Uint8Array, name: string): ReadError {
  if (find(data, utf16("EncryptedPackage")) >= 0)
    return new ReadError(
      "EncryptedError",
      name,
      "it is a password-protected Office file",
      "Open it in Word, remove the password under File > Info, and save it again.",
    );
  for (const [stream, what, remedy] of shared.sniff.ole_streams)
    if (find(data, utf16(stream!)) >= 0)
      return stream === "WordDocument"
        ? new ReadError("UnknownFormatError", name, `it is ${what}`, OLD_WORD)
        : unknown(name, what!, remedy!);
  return unknown(name, "an old Microsoft Office file");
}

function zipKind(data: Uint8Array, name: string): Kind | Holder {
  let count = 0;
  for (let at = find(data, ENTRY); at >= 0; at = find(data, ENTRY, at + ENTRY.length)) count++;
  if (count > MEMBERS)
    throw new ReadError(
      "LimitError",
      name,
      `it is an archive of ${commas(count)} files, the limit is ${commas(MEMBERS)}`,
      "A DOCX holds some twenty: check where the file comes from.",
    );
  let members: ReadonlyMap<string, unknown>;
  try {
    members = new Zip(data).members;
  } catch (error) {
    if (!(error instanceof BadZip)) throw error;
    // The first entries still tell a DOCX that breaks off from any other broken archive.
    if (find(data, "word/") >= 0 || find(data.subarray(30, 49), "[Content_Types].xml") === 0)
      throw new ReadError("DamagedFileError", name, "it is a DOCX file that breaks off or is damaged", AGAIN);
    throw unknown(name, "a damaged ZIP archive");
  }
  for (const [member, what] of shared.sniff.zip_members) if (members.has(member!)) throw unknown(name, what!);
  if (members.has("xl/workbook.xml")) return "xlsx";
  if (members.has("[Content_Types].xml") && [...members.keys()].some((m) => m.startsWith("word/"))) return "docx";
  if (members.has("content.xml") && find(data.subarray(0, 200), shared.written._ODT) >= 0) return "odt";
  for (const [mime, what] of shared.sniff.mime)
    if (find(data.subarray(0, 200), mime!) >= 0) throw unknown(name, what!);
  return isExport(members.keys()) ? "linkedin" : "zip";
}

function startsWith(data: Uint8Array, bytes: ArrayLike<number>): boolean {
  for (let i = 0; i < bytes.length; i++) if (data[i] !== bytes[i]) return false;
  return true;
}

/** Where the (ASCII) text first stands in the bytes, or -1. */
export function find(data: Uint8Array, text: string, from = 0): number {
  const first = text.charCodeAt(0);
  for (let at = data.indexOf(first, from); at >= 0; at = data.indexOf(first, at + 1)) {
    let i = 1;
    while (i < text.length && data[at + i] === text.charCodeAt(i)) i++;
    if (i === text.length) return at;
  }
  return -1;
}

function ascii(text: string): number[] {
  return [...text].map((c) => c.charCodeAt(0));
}

function utf16(text: string): string {
  return [...text].map((c) => `${c}\0`).join("");
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
