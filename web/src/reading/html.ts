/**
 * HTML: what the page shows, block by block. parse5 parses by the same HTML5 rules as the Python
 * reader's lexbor. Left out: scripts, styles, templates, form machinery, and elements hidden by the
 * `hidden` attribute or by an inline style. Style sheets are not evaluated.
 */

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { splitlines } from "../python";
import shared from "../shared.json";
import type { Extract } from "./common";
import type { Allowance } from "./limits";
import { decode, fits1252, latin1 } from "./text";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const LEFT_OUT = new Set(shared.html.left_out);
const BLOCKS = new Set(shared.html.blocks);
const WESTERN = new Set(shared.html.western);
const HIDDEN = /(?:display\s*:\s*none|visibility\s*:\s*hidden)\b/i;
const CHARSET =
  /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,40})/i;
// Tags that hold one another; the parser closes or never opens the ones left out here.
const NESTING = new RegExp(shared.html.nesting, "gi");
const CLOCK = 1000; // nodes between two looks at the clock
const CELL = "\0"; // the border of a table cell: HTML parsers let no NUL through

/** The page's text; a block or table row is a line, table cells are parted by a tab. */
export function extract(data: Uint8Array, allowance: Allowance): Extract {
  const { text: source, notices } = decode(data, declared(data));
  let depth = 0;
  for (const tag of source.matchAll(NESTING)) {
    depth = tag[1] ? Math.max(0, depth - 1) : depth + 1;
    allowance.checkNesting(depth);
  }
  const lines = new Lines();
  walk(parse(source), lines, allowance);
  return { pages: [lines.text()], notices };
}

/** The encoding that the page names, as browsers understand the name. */
function declared(data: Uint8Array): string | undefined {
  const found = CHARSET.exec(latin1(data.subarray(0, 2048)));
  const name = (found?.[1] ?? found?.[2])?.toLowerCase();
  if (name === undefined) return undefined;
  if (WESTERN.has(name)) return fits1252(data) ? "windows-1252" : "latin-1";
  return name.startsWith("utf-16") ? "utf-8" : name; // readable as ASCII so far, so not UTF-16
}

/** Text runs joined to lines, white space folded as a browser folds it. */
class Lines {
  private readonly done: string[] = [];
  private open: string[] = [];

  add(run: string): void {
    this.open.push(run);
  }

  endLine(): void {
    const cells = this.open.join("").split(CELL);
    const line = cells
      .map((cell) => cell.replace(/[ \t\n\r\f\v]+/g, " ").replace(/^ | $/g, ""))
      .filter(Boolean)
      .join("\t");
    if (line) this.done.push(line);
    this.open = [];
  }

  text(): string {
    this.endLine();
    return this.done.join("\n");
  }
}

interface Open {
  readonly node: Node;
  readonly children: readonly Node[];
  next: number;
}

/** Visit every node in document order, without recursion: nesting may be deep. */
function walk(root: Node, lines: Lines, allowance: Allowance): void {
  const stack: Open[] = [{ node: root, children: childrenOf(root), next: 0 }];
  let visited = 0;
  let preformatted = 0;
  while (stack.length) {
    const top = stack.at(-1)!;
    const node = top.children[top.next++];
    if (node === undefined) {
      stack.pop();
      preformatted -= Number(close(top.node, lines));
      continue;
    }
    if (++visited % CLOCK === 0) allowance.checkClock();
    const tag = node.nodeName;
    if ("value" in node && tag === "#text") add(node.value, lines, preformatted > 0);
    else if (tag === "br") lines.endLine();
    else if ("attrs" in node && !LEFT_OUT.has(tag) && !isHidden(node)) {
      if (BLOCKS.has(tag)) lines.endLine();
      preformatted += Number(tag === "pre");
      stack.push({ node, children: childrenOf(node), next: 0 });
    }
  }
}

function childrenOf(node: Node): readonly Node[] {
  return "childNodes" in node ? node.childNodes : [];
}

function add(run: string, lines: Lines, preformatted: boolean): void {
  if (!preformatted) return lines.add(run);
  const [first = "", ...rest] = splitlines(run);
  lines.add(first);
  for (const line of rest) {
    lines.endLine();
    lines.add(line);
  }
}

/** Leave an element; whether it was preformatted. */
function close(node: Node, lines: Lines): boolean {
  const tag = node.nodeName;
  if (BLOCKS.has(tag)) lines.endLine();
  else if (tag === "td" || tag === "th") lines.add(CELL);
  return tag === "pre";
}

function isHidden(element: Element): boolean {
  return element.attrs.some(({ name, value }) => name === "hidden" || (name === "style" && HIDDEN.test(value)));
}
