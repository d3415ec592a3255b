/**
 * Style sheets -> rules in the order in which they are written, with nesting and conditions undone;
 * rolefit/reading/cssrules.py, step by step. One pass over marks: a sheet made to fool it costs no more
 * than its length.
 */

import { strip } from "../python";
import shared from "../shared.json";
import { applies, isSupported } from "./cssmedia";
import { pattern } from "./cssvalues";
import { listed } from "./selectors";

const { MAX_NESTING, MAX_SELECTOR, MAX_SHEETS } = shared.cssrules;
const MARK = pattern(shared.cssrules._MARK, "g");
const AT = pattern({ ...shared.cssrules._AT, pattern: `^${shared.cssrules._AT.pattern}` });
const NAMED = pattern(shared.cssrules._NAMED); // of a container
const SCOPE = pattern(shared.cssrules._SCOPE);
const ADDRESS = pattern({ ...shared.cssrules._ADDRESS, pattern: `^${shared.cssrules._ADDRESS.pattern}$` });

export interface Rule {
  readonly selectors: string;
  body: string; // its declarations
  readonly layered: boolean; // weaker than rules outside of layers
}

/** An open block: a rule's, or a condition's around rules. */
interface Block {
  rule: Rule | null; // whose declarations stand in it
  around: string; // selectors that those inside are relative to
  layered: boolean;
  applies: boolean;
  readonly parts: string[];
}

/** The rules that apply on a usual desktop. `source` has no comments. */
export function rulesOf(source: string): Rule[] {
  const found: Rule[] = [];
  collect(source, found, { left: MAX_SHEETS }, false);
  return found;
}

function collect(source: string, found: Rule[], sheets: { left: number }, layered: boolean): void {
  const blocks: Block[] = [{ rule: null, around: "", layered, applies: true, parts: [] }];
  let deep = 0; // blocks beyond the nesting that is followed
  let start = 0;
  for (const { 0: sign, index } of source.matchAll(MARK)) {
    if (sign !== "{" && sign !== "}" && sign !== ";") continue;
    const said = strip(source.slice(start, index));
    start = index + 1;
    const block = blocks.at(-1)!;
    if (deep) deep += sign === "{" ? 1 : sign === "}" ? -1 : 0;
    else if (sign === "{") {
      if (blocks.length > MAX_NESTING) deep = 1;
      else blocks.push(opened(said, block, found));
    } else {
      const sheet = said.startsWith("@import") && sign === ";" ? written(said.slice(7), sheets) : "";
      if (sheet) collect(sheet, found, sheets, block.layered);
      else if (said && block.rule) block.parts.push(said);
      if (sign === "}" && blocks.length > 1) close(blocks.pop()!);
    }
  }
  const said = strip(source.slice(start));
  if (said && blocks.at(-1)!.rule && !deep) blocks.at(-1)!.parts.push(said);
  while (blocks.length > 1) close(blocks.pop()!);
}

function close({ rule, parts }: Block): void {
  if (rule) rule.body = parts.join(";");
}

/** The block that begins behind `said`. */
function opened(said: string, around: Block, found: Rule[]): Block {
  const block: Block = { ...around, rule: null, parts: [] };
  const match = AT.exec(said);
  if (match) {
    const [kind, condition] = [match[1]!.toLowerCase(), match[2]!];
    if (kind === "media") block.applies &&= applies(condition);
    else if (kind === "container") block.applies &&= applies(condition.replace(NAMED, ""));
    else if (kind === "supports") block.applies &&= isSupported(condition);
    else if (kind === "layer") block.layered = true;
    else if (kind === "scope") block.around = strip(SCOPE.exec(condition)?.[1] ?? "");
    else block.applies = false; // @font-face, @keyframes, @page and what is to come
    // Its declarations are those of the rule around.
    if (block.applies && around.rule) block.rule = { selectors: around.rule.selectors, body: "", layered: block.layered };
  } else {
    block.rule = { selectors: nested(said, around.around), body: "", layered: block.layered };
    block.around = block.rule.selectors;
  }
  if (block.rule && block.applies && block.rule.selectors.length <= MAX_SELECTOR) found.push(block.rule);
  return block;
}

/** Selectors as if they stood outside. */
function nested(selectors: string, around: string): string {
  if (!around) return selectors.replaceAll("&", ":root");
  const parent = around.includes(",") ? `:is(${around})` : around;
  if (selectors.length + parent.length > MAX_SELECTOR) return "x".repeat(MAX_SELECTOR + 1);
  const parts = listed(selectors).map((part) =>
    part.includes(":scope") || part.includes("&")
      ? part.replaceAll(":scope", "&").replaceAll("&", () => parent)
      : `${parent} ${strip(part)}`,
  );
  return parts.join(", ").slice(0, MAX_SELECTOR + 1);
}

/** The sheet that an address itself holds; "" if it is an address of another file. */
function written(address: string, sheets: { left: number }): string {
  const match = ADDRESS.exec(strip(address));
  if (!match || !sheets.left) return "";
  sheets.left--;
  return ofAddress(match[1]!);
}

/** The sheet in an address "data:text/css,..."; "" if it holds none. */
export function ofAddress(address: string): string {
  const at = address.indexOf(",");
  const head = strip(address.slice(0, Math.max(at, 0))).toLowerCase();
  if (at < 0 || !head.startsWith("data:text/css")) return "";
  const bytes = unquoted(strip(address.slice(at + 1)));
  if (!head.endsWith(";base64")) return new TextDecoder().decode(bytes);
  try {
    const packed = new TextDecoder().decode(bytes).replace(/[^\w+/-]/g, "");
    return new TextDecoder().decode(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)));
  } catch {
    return "";
  }
}

function unquoted(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const part of text.split(/(%[0-9a-f]{2})/i))
    if (/^%[0-9a-f]{2}$/i.test(part)) bytes.push(parseInt(part.slice(1), 16));
    else for (const byte of new TextEncoder().encode(part)) bytes.push(byte);
  return Uint8Array.from(bytes);
}
