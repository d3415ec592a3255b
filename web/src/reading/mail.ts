/**
 * Mails and mailboxes -> what is attached to them; the text of a mail where nothing is attached. As
 * rolefit/reading/mail.py, on a parser of our own: headers, parts, base64 and quoted-printable.
 */

import { ReadError } from "../errors";
import { isBlank } from "../python";
import type { Notice } from "../records";
import shared from "../shared.json";
import { isLitter, isPrintable } from "./archives";
import type { Opened, Opening, Part } from "./parts";
import { decode, latin1 } from "./text";

const NO_RESUME = new Set(shared.mail.no_resume);
const PEOPLE = new Set(shared.mail.people);
const PROGRAMS = new Set(shared.mail.programs);
const HEADERS = /^(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)+/;
const MBOX = /^From \S+[^\n]*\d\d:\d\d[^\n]*\d{4}[^\n]*\r?\n/;
const BEGINS = /(?:^|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n(?=[!-9;-~]+:)/g;
const MOST_PARTS = 1000; // of one mail
const DEPTH = 50; // parts inside parts
const LONGEST = 200; // characters of a name
const AGAIN = "Save the attachment from the mail program and give that.";

/** "mail" or "mbox", "" for what is neither; `head` is how the text begins. */
export function mailKind(head: string): "mail" | "mbox" | "" {
  if (MBOX.test(head) && isMail(head.slice(head.indexOf("\n") + 1))) return "mbox";
  return isMail(head) ? "mail" : "";
}

function isMail(head: string): boolean {
  const block = HEADERS.exec(head)?.[0] ?? "";
  const names = new Set([...block.matchAll(/^([!-9;-~]+):/gm)].map((found) => found[1]!.toLowerCase()));
  const count = (known: ReadonlySet<string>): number => [...names].filter((name) => known.has(name)).length;
  return count(PROGRAMS) > 0 && (count(PEOPLE) > 1 || (names.has("mime-version") && names.has("content-type")));
}

export function* fromMbox(part: Part, opening: Opening): Opened {
  const source = latin1(part.data);
  const starts = [...source.matchAll(BEGINS)];
  for (const [index, start] of starts.entries()) {
    opening.count();
    const end = starts[index + 1]?.index ?? source.length;
    const mail = source.slice(start.index + start[0].length, end).replace(/^>(>*From )/gm, "$1");
    opening.took(mail.length);
    yield { name: `${part.name}/mail ${index + 1}`, data: bytesOf(mail), kind: "mail", notices: [] };
  }
}

export function* fromMail(part: Part, opening: Opening): Opened {
  const whole = parse(latin1(part.data));
  const pieces = [...flat(whole, part.name)];
  const attached = pieces.filter((piece) => piece !== whole && hangs(piece));
  if (!attached.length) {
    yield bodyOf(pieces, part);
    return;
  }
  const seen = new Set<string>();
  for (const [index, piece] of attached.entries()) {
    opening.count();
    const label = nameOf(piece) || (piece.type === "message/rfc822" ? "mail.eml" : `attachment ${index + 1}`);
    const data = contentOf(piece);
    opening.took(data.length);
    yield { name: `${part.name}/${free(label, seen)}`, data, kind: "", notices: [] };
  }
}

interface Piece {
  readonly headers: ReadonlyMap<string, string>;
  readonly type: string; // "text/plain"
  readonly body: string; // one character a byte
}

function parse(source: string): Piece {
  const block = HEADERS.exec(source)?.[0] ?? "";
  const headers = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const at = line.indexOf(":");
    const name = line.slice(0, at).toLowerCase();
    if (at > 0 && !headers.has(name)) headers.set(name, line.slice(at + 1).trim());
  }
  const said = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  return { headers, type: /^[^/\s]+\/[^/\s]+$/.test(said) ? said : "text/plain", body: source.slice(block.length).replace(/^\r?\n/, "") };
}

/** What a mail is made of, in order; a mail that was passed on is one piece. */
function* flat(whole: Piece, name: string): Generator<Piece> {
  const waiting: (readonly [Piece, number])[] = [[whole, 0]];
  let seen = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [piece, depth] = next;
    if (++seen > MOST_PARTS || depth > DEPTH)
      throw new ReadError("LimitError", name, "the mail has more parts than a mail has", AGAIN);
    const boundary = piece.type.startsWith("multipart/") && parameter(piece.headers.get("content-type") ?? "", "boundary");
    if (!boundary) {
      yield piece;
      continue;
    }
    const inner = between(piece.body, boundary).map((source) => parse(source));
    for (const one of inner.reverse()) waiting.push([one, depth + 1]);
  }
}

/** The parts of a body, between the lines of its boundary. */
function between(body: string, boundary: string): string[] {
  const found: string[] = [];
  let start = -1;
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf("\n", at) < 0 ? body.length : body.indexOf("\n", at) + 1;
    const line = body.slice(at, Math.min(end, at + boundary.length + 80)).trimEnd();
    if (line === `--${boundary}` || line === `--${boundary}--`) {
      if (start >= 0) found.push(body.slice(start, at).replace(/\r?\n$/, ""));
      start = end;
      if (line.endsWith(`${boundary}--`)) return found;
    }
    at = end;
  }
  if (start >= 0) found.push(body.slice(start));
  return found;
}

/** A parameter of a header, also in the spelling of RFC 2231. */
function parameter(header: string, name: string): string {
  const found = new Map<string, string>();
  for (const part of header.matchAll(/;\s*([^=;\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g))
    found.set(part[1]!.toLowerCase(), part[2] !== undefined ? part[2].replace(/\\(.)/g, "$1") : part[3]!.trim());
  if (found.has(name)) return found.get(name)!;
  let joined = found.get(`${name}*`) ?? "";
  let encoded = found.has(`${name}*`);
  for (let n = 0; found.has(`${name}*${n}`) || found.has(`${name}*${n}*`); n++) {
    encoded ||= found.has(`${name}*${n}*`);
    joined += found.get(`${name}*${n}*`) ?? found.get(`${name}*${n}`)!;
  }
  if (!encoded) return joined;
  const [charset = "", , text = ""] = joined.split("'", 3).length === 3 ? splitTwice(joined) : ["utf-8", "", joined];
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return decode(bytesOf(bytes), charset || "utf-8").text;
}

function splitTwice(text: string): string[] {
  const first = text.indexOf("'");
  const second = text.indexOf("'", first + 1);
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

function disposition(piece: Piece): string {
  return piece.headers.get("content-disposition")?.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Whether the sender attached it, as far as one can tell. */
function hangs(piece: Piece): boolean {
  const apart = disposition(piece) === "attachment";
  if (NO_RESUME.has(piece.type)) return false;
  if (piece.type.startsWith("image/")) return apart && !piece.headers.get("content-id");
  const name = nameOf(piece);
  return (apart || name !== "" || piece.type === "message/rfc822") && !isLitter(name);
}

/** Of the attachment, or ""; only the last step of a path, as mail programs save it. */
function nameOf({ headers }: Piece): string {
  const given =
    parameter(headers.get("content-disposition") ?? "", "filename") || parameter(headers.get("content-type") ?? "", "name");
  const step = words(given).replaceAll("\\", "/").split("/").at(-1)!;
  const shown = [...step].filter(isPrintable).join("");
  return shown.replace(/^[ .]+|[ .]+$/g, "").slice(-LONGEST);
}

/** Words in the old spelling of mails: =?utf-8?B?...?= */
function words(text: string): string {
  const joined = text.replace(/\?=\s+=\?/g, "?==?");
  return joined.replace(/=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, how: string, said: string) => {
    const bytes = how.toLowerCase() === "b" ? unbase64(said) : unquoted(said.replaceAll("_", " "));
    return decode(bytes, charset.split("*")[0]).text;
  });
}

/** Two attachments may well have one name: the second is "resume (2).pdf". */
function free(name: string, seen: Set<string>): string {
  const dot = name.lastIndexOf(".");
  let label = name;
  for (let copy = 2; seen.has(label); copy++)
    label = dot > 0 ? `${name.slice(0, dot)} (${copy})${name.slice(dot)}` : `${name} (${copy})`;
  seen.add(label);
  return label;
}

/** The attachment's bytes; plain text as UTF-8, as only the mail says what it is written in. */
function contentOf(piece: Piece): Uint8Array {
  const data = decoded(piece);
  const charset = parameter(piece.headers.get("content-type") ?? "", "charset").toLowerCase();
  if (!shared.mail.plain.includes(piece.type) || !charset) return data;
  return new TextEncoder().encode(decode(data, charset).text);
}

function decoded(piece: Piece): Uint8Array {
  const how = piece.headers.get("content-transfer-encoding")?.trim().toLowerCase();
  if (how === "base64") return unbase64(piece.body);
  return how === "quoted-printable" ? unquoted(piece.body) : bytesOf(piece.body);
}

function unbase64(text: string): Uint8Array {
  const plain = text.replace(/[^A-Za-z0-9+/]/g, "");
  return bytesOf(atob(plain.length % 4 === 1 ? plain.slice(0, -1) : plain));
}

function unquoted(text: string): Uint8Array {
  const joined = text.replace(/=[ \t]*\r?\n/g, "");
  return bytesOf(joined.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** What the mail says itself, under the mail's own name: its plain text, else its page. */
function bodyOf(pieces: readonly Piece[], part: Part): Part {
  for (const [wanted, kind] of [["text/plain", "text"], ["text/html", "html"]] as const)
    for (const piece of pieces.filter(({ type }) => type === wanted)) {
      const charset = parameter(piece.headers.get("content-type") ?? "", "charset").toLowerCase() || undefined;
      const { text, notices }: { text: string; notices: readonly Notice[] } = decode(decoded(piece), charset);
      if (isBlank(text)) continue;
      // The mark outweighs what the page says of itself.
      return { name: part.name, data: new TextEncoder().encode(`\ufeff${text}`), kind, notices };
    }
  const cause = "the mail has neither text nor an attachment that could be a resume";
  throw new ReadError("EmptyDocumentError", part.name, cause, "Check that it was saved whole.");
}
