/**
 * RTF source -> text: what Python's striprtf makes of it, with its tables. Left out is what striprtf
 * does with the addresses of links, which rolefit does not ask it for, and with raw data, of which
 * `rtfgroups` leaves none.
 */

import shared from "../shared.json";
import { latin1 } from "./text";

const DESTINATIONS = new Set(shared.rtf.destinations);
const SPECIALS = new Map<string, string>(Object.entries(shared.rtf.specials));
const CHARSETS = new Map<string, string>(Object.entries(shared.rtf.charsets));
const PAGES = new Map<string, string>(Object.entries(shared.rtf.pages)); // upper halves of code pages
// Code pages of several bytes a character, as browsers call them.
const WIDE = new Map([
  ["cp932", "shift_jis"],
  ["cp936", "gbk"],
  ["cp949", "euc-kr"],
  ["cp950", "big5"],
]);
const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\n])/gi;
const FONT = /\\f(\d+)[^\n]*?\\fcharset(\d+)[^\n]*?([^;]+);/g;
const FONTS = /\{[^{}]*\\fonttbl/;
const USUAL = "cp1252";

/** A control word whose number cannot be meant. */
export class NonsenseError extends Error {}

/** Bytes in a code page; what it lacks becomes U+FFFD. */
export function decodePage(bytes: Uint8Array, page: string): string {
  if (PAGES.has(page)) return decodeLetters(latin1(bytes), page);
  return new TextDecoder(WIDE.get(page) ?? "utf-8", { ignoreBOM: true }).decode(bytes);
}

/** Text of one character a byte, in a code page of one byte a character. */
export function decodeLetters(text: string, page: string): string {
  const upper = PAGES.get(page)!;
  return text.replace(/[\x80-\xff]/g, (c) => upper[c.charCodeAt(0) - 128]!);
}

/** The group {\fonttbl ...}, or "". */
export function fontTableGroup(source: string): string {
  const start = FONTS.exec(source);
  if (!start) return "";
  let depth = 1;
  const brace = /[{}]/g;
  brace.lastIndex = start.index + start[0].length;
  for (let found = brace.exec(source); found; found = brace.exec(source)) {
    depth += found[0] === "{" ? 1 : -1;
    if (!depth) return source.slice(start.index, brace.lastIndex);
  }
  return source.slice(start.index);
}

/** What a group has of its own; it ends with the group. */
interface Group {
  readonly ucskip: number; // characters that stand for a \u one, for readers without Unicode
  readonly ignorable: boolean;
  readonly silent: boolean; // in a table of fonts or colours
  readonly font: string | undefined;
}

class Reader {
  private readonly fonts = new Map<string, string>(); // code page by number
  private readonly stack: Group[] = [];
  private group: Group = { ucskip: 1, ignorable: false, silent: false, font: undefined };
  private page = USUAL;
  private skip = 0; // characters left to skip after a \u one
  private bytes: number[] = []; // \'xx in a row: several may be one character
  private depth = 0;
  private readonly out: string[] = [];

  read(source: string): string {
    for (const [, font, charset] of fontTableGroup(source).matchAll(FONT))
      this.fonts.set(font!, CHARSETS.get(String(Number(charset))) ?? USUAL);
    for (const [, word, number, hex, symbol, brace, text] of source.matchAll(TOKEN)) {
      if (hex === undefined) this.flush();
      if (brace) {
        if (!this.brace(brace)) break;
      } else if (symbol) this.symbol(symbol);
      else if (word) this.word(word, number);
      else if (hex) {
        if (this.skip > 0) this.skip--;
        else if (!this.group.ignorable) this.bytes.push(parseInt(hex, 16));
      } else if (text) {
        if (this.skip > 0) this.skip--;
        else if (!this.group.ignorable && !this.group.silent) this.out.push(text);
      }
    }
    return this.out.join("");
  }

  private flush(): void {
    if (!this.bytes.length) return;
    const page = this.fonts.get(this.group.font ?? "") ?? this.page;
    this.out.push(decodePage(Uint8Array.from(this.bytes), page));
    this.bytes = [];
  }

  /** Whether the document goes on. */
  private brace(brace: string): boolean {
    this.skip = 0;
    if (brace === "{") {
      this.depth++;
      this.stack.push(this.group);
      return true;
    }
    this.depth--;
    this.group = this.stack.pop() ?? { ...this.group, ucskip: 0, ignorable: true };
    return this.depth > 0;
  }

  private symbol(symbol: string): void {
    this.skip = 0;
    const special = SPECIALS.get(symbol);
    if (special !== undefined) {
      if (!this.group.ignorable) this.out.push(special);
    } else if (symbol === "*") this.group = { ...this.group, ignorable: true };
  }

  private word(word: string, number: string | undefined): void {
    this.skip = 0;
    if (DESTINATIONS.has(word)) this.group = { ...this.group, ignorable: true };
    else if (word === "ansicpg") {
      const page = `cp${number}`;
      this.page = PAGES.has(page) || WIDE.has(page) ? page : "utf-8";
    }
    if (this.group.ignorable || this.group.silent) return;
    const special = SPECIALS.get(word);
    if (special !== undefined) this.out.push(special);
    else if (word === "uc") this.group = { ...this.group, ucskip: whole(number) };
    else if (word === "u") {
      if (number !== undefined) this.out.push(character(Number(number)));
      this.skip = this.group.ucskip;
    } else if (word === "f") this.group = { ...this.group, font: number };
    else if (word === "fonttbl" || word === "colortbl") this.group = { ...this.group, silent: true };
  }
}

function whole(number: string | undefined): number {
  if (number === undefined) throw new NonsenseError("\\uc without a number");
  return Number(number);
}

/** \u counts to 32,767 and goes on from -32,768. */
function character(code: number): string {
  if (code < 0) code += 0x10000;
  if (code < 0 || code > 0x10ffff) throw new NonsenseError(`there is no character ${code}`);
  return String.fromCodePoint(code);
}

/** Throws NonsenseError. */
export function rtfToText(source: string): string {
  return new Reader().read(source);
}
