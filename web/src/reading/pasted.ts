/** Texts copied out of the source of something: JSON, escaped HTML, escaped Markdown; rolefit/reading/pasted.py. */

import { Pattern } from "../language/re";
import { lstrip } from "../python";
import shared from "../shared.json";
import { ofJson } from "./posting";

const { ROUNDS, TAGS } = shared.pasted;
const ENTITIES: Readonly<Record<string, string>> = shared.pasted.ENTITIES;
const ENTITY = new Pattern(shared.pasted._ENTITY);
const TAG = new Pattern(shared.pasted._TAG);
const CLOSING = new Pattern(shared.pasted._CLOSING);
const BREAK = new Pattern(shared.pasted._BREAK);
const STROKE = new Pattern(shared.pasted._STROKE);

type Reads = (source: string) => string;

/** The text as its writer meant it; `page` reads HTML. Throws ReadError. */
export function undone(text: string, name: string, page: Reads): string {
  return ofJson(text, name, (piece) => unescaped(piece, page)) ?? unescaped(text, page);
}

/** Whether a closer look can find anything: most texts hold none of the signs. */
export function mayBeEscaped(text: string): boolean {
  return /[&<\\]|^[\ufeff \t\r\n]*[{[]/.test(text);
}

/** Whether the text, as it stands, is the source of a page. */
export function showsTags(text: string): boolean {
  if (TAG.findall(text).length < TAGS) return false;
  return CLOSING.search(text) !== undefined || BREAK.findall(text).length >= TAGS;
}

/** The text without what was escaped in it; `page` reads HTML. */
export function unescaped(given: string, page: Reads): string {
  let text = given;
  for (let round = 0; round < ROUNDS; round++) {
    if (showsTags(text) || (CLOSING.search(text) && TAG.match(lstrip(text)))) text = page(withBreaks(text));
    else {
      const plain = text.includes("&") ? ENTITY.sub((match) => character(match.group(1), match.group(2), match.group(3)), text) : text;
      if (plain === text) break;
      text = plain;
    }
  }
  return text.includes("\\") ? STROKE.sub((match) => match.text_(1), text) : text;
}

/** Line breaks before the first and after the last tag are kept: there the text is none. */
function withBreaks(text: string): string {
  const tags = [...TAG.finditer(text)];
  const [first, last] = [tags[0]!.start(), tags.at(-1)!.end()];
  const broken = (part: string): string => part.replaceAll("\n", "<br>");
  return broken(text.slice(0, first)) + text.slice(first, last) + broken(text.slice(last));
}

function character(name?: string, number?: string, hexadecimal?: string): string {
  if (name) return ENTITIES[name]!;
  const code = number ? parseInt(number, 10) : parseInt(hexadecimal!, 16);
  const isCharacter = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
  return isCharacter ? String.fromCodePoint(code) : " ";
}
