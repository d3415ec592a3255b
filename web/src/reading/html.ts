/**
 * HTML: what the page shows, block by block. parse5 parses by the same HTML5 rules as the Python
 * reader's lexbor. Left out: scripts, styles, templates, form machinery, and what `css` says a person
 * does not see. Linked style sheets are not fetched.
 */

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { splitlines } from "../python";
import shared from "../shared.json";
import { Counter, type Extract, hiddenNotice, words } from "./common";
import { Look, Sheet } from "./css";
import type { Allowance } from "./limits";
import * as markup from "./markup";
import { type Element, Elements } from "./selectors";
import { decode, fits1252, latin1 } from "./text";

type Node = DefaultTreeAdapterTypes.Node;

const LEFT_OUT = new Set(shared.html.left_out);
const BLOCKS = new Set(shared.html.blocks);
const WESTERN = new Set(shared.html.western);
const CHARSET =
  /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,40})/i;
const CLOCK = 1000; // nodes between two looks at the clock
const CELL = "\0"; // the border of a table cell: HTML parsers let no NUL through

/** The page's text; a block or table row is a line, table cells are parted by a tab. */
export function extract(data: Uint8Array, allowance: Allowance, withHidden: boolean): Extract {
  const { text: source, notices } = decode(data, declared(data));
  const depth = markup.check(source, allowance);
  const tree = parse(source, { scriptingEnabled: false });
  allowance.checkClock();
  const sheet = withHidden ? null : new Sheet(new Elements(tree, tree.mode === "quirks"), depth, allowance);
  const walk = new Walk(sheet, allowance);
  walk.through(tree);
  const { hidden, lines } = walk;
  const left = hidden.size ? [hiddenNotice(hidden.total(), hidden.mostCommon())] : [];
  return { pages: [lines.text()], notices: [...notices, ...left] };
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

/** Visits every node in document order, without recursion: nesting may be deep. */
class Walk {
  readonly lines = new Lines();
  readonly hidden = new Counter(); // words left out, by reason
  private readonly looks = [new Look()]; // of the open elements
  private preformatted = 0;

  constructor(
    private readonly sheet: Sheet | null, // null if nothing is to be hidden
    private readonly allowance: Allowance,
  ) {}

  through(root: Node): void {
    const stack: Open[] = [{ node: root, children: childrenOf(root), next: 0 }];
    let visited = 0;
    while (stack.length) {
      const top = stack.at(-1)!;
      const node = top.children[top.next++];
      if (node === undefined) {
        stack.pop();
        if ("attrs" in top.node) this.leave(top.node);
        continue;
      }
      if (++visited % CLOCK === 0) this.allowance.checkClock();
      if (this.enter(node)) stack.push({ node, children: childrenOf(node), next: 0 });
    }
  }

  /** Whether its children are to be read. */
  private enter(node: Node): boolean {
    const tag = node.nodeName;
    if ("value" in node && tag === "#text") this.text(node.value);
    else if (tag === "br") this.lines.endLine();
    else if ("attrs" in node && !LEFT_OUT.has(tag)) {
      if (BLOCKS.has(tag)) this.lines.endLine();
      this.preformatted += Number(tag === "pre");
      this.looks.push(this.look(node));
      return true;
    }
    return false;
  }

  private look(element: Element): Look {
    const around = this.looks.at(-1)!;
    return this.sheet ? around.inside(this.sheet.style(element), element) : around;
  }

  private text(run: string): void {
    const { reason } = this.looks.at(-1)!;
    const count = reason ? words(run) : 0;
    if (count) this.hidden.add(reason, count);
    if (!reason) add(run, this.lines, this.preformatted > 0);
  }

  private leave(element: Element): void {
    const tag = element.nodeName;
    this.looks.pop();
    if (BLOCKS.has(tag)) this.lines.endLine();
    else if (tag === "td" || tag === "th") this.lines.add(CELL);
    this.preformatted -= Number(tag === "pre");
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
