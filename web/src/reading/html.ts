/**
 * HTML: what the page shows, block by block. parse5 parses by the same HTML5 rules as the Python
 * reader's lexbor. Left out: scripts, styles, templates, form machinery, and what `csslook` says a
 * person does not see. Linked style sheets are not fetched.
 */

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import shared from "../shared.json";
import { Counter, type Extract, hiddenNotice, words } from "./common";
import { Sheet } from "./css";
import { isLifted, Look, type Style } from "./csslook";
import type { Allowance } from "./limits";
import * as markup from "./markup";
import { type Element, Elements } from "./selectors";
import { decode, fits1252, latin1 } from "./text";

type Node = DefaultTreeAdapterTypes.Node;

const LEFT_OUT = new Set(shared.html.left_out);
const BLOCKS = new Set(shared.html.blocks);
const WESTERN = new Set(shared.html.western);
const PICTURES = "img picture video canvas svg".split(" "); // that text may lie on
// What `display` makes of an element: a line of its own, or a box among others in the line.
const BLOCK_BOXES = new Set([
  ..."block flow-root flex grid list-item table table-row table-row-group table-header-group".split(" "),
  ..."table-footer-group table-caption -webkit-box -webkit-flex".split(" "),
]);
const INLINE_BOXES = new Set(["inline-block", "inline-flex", "inline-grid", "inline-table"]);
const SPREADING = new Set(["flex", "inline-flex", "grid", "inline-grid", "-webkit-box", "-webkit-flex"]); // its children
const SHADOW = /<(\/?)template(?=[\s/>])([^>]*)/gi;
const CHARSET =
  /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,40})/i;
const CLOCK = 1000; // nodes between two looks at the clock
const CELL = "\0"; // the border of a table cell: HTML parsers let no NUL through

/** The page's text; a block or table row is a line, table cells are parted by a tab. */
export function extract(data: Uint8Array, allowance: Allowance, withHidden: boolean): Extract {
  const { text, notices } = decode(data, declared(data));
  const source = withShadows(text);
  const depth = markup.check(source, allowance);
  const tree = parse(source, { scriptingEnabled: false });
  allowance.checkClock();
  const elements = new Elements(tree, tree.mode === "quirks");
  const sheet = new Sheet(elements, depth, allowance);
  const walk = new Walk(sheet, firstLook(elements, sheet), allowance, withHidden);
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

/** With declarative shadow roots as <div>: parsers keep apart what templates hold. */
function withShadows(source: string): string {
  if (!source.toLowerCase().includes("shadowrootmode")) return source;
  const shadows: boolean[] = []; // of the open templates
  return source.replace(SHADOW, (tag: string, end: string, attributes: string) => {
    const isShadow = end ? (shadows.pop() ?? false) : attributes.toLowerCase().includes("shadowrootmode");
    if (!end) shadows.push(isShadow);
    return isShadow ? `<${end}div${attributes}` : tag;
  });
}

function firstLook(elements: Elements, { linked }: Sheet): Look {
  const pictures = PICTURES.some((tag) => elements.select(tag)?.length);
  const look = new Look().with({ linked, pictures });
  return linked ? look.with({ paper: null }) : look;
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

/** What parts an element from its neighbours. */
type Edge = "line" | "cell" | "blank" | "";

/** An open element. */
interface Open {
  readonly look: Look;
  readonly edge: Edge;
  readonly spreads: boolean; // whether its children are boxes of their own
}

interface Step {
  readonly node: Node;
  readonly children: readonly Node[];
  next: number;
}

/** Visits every node in document order, without recursion: nesting may be deep. */
class Walk {
  readonly lines = new Lines();
  readonly hidden = new Counter(); // words left out, by reason
  private readonly open: Open[];

  constructor(
    private readonly sheet: Sheet,
    look: Look,
    private readonly allowance: Allowance,
    private readonly withHidden: boolean,
  ) {
    this.open = [{ look, edge: "", spreads: false }];
  }

  through(root: Node): void {
    const stack: Step[] = [{ node: root, children: childrenOf(root), next: 0 }];
    let visited = 0;
    while (stack.length) {
      const top = stack.at(-1)!;
      const node = top.children[top.next++];
      if (node === undefined) {
        stack.pop();
        if ("attrs" in top.node) this.leave();
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
      this.open.push(this.opened(node));
      this.part(true);
      return true;
    }
    return false;
  }

  private opened(element: Element): Open {
    const around = this.open.at(-1)!;
    const style = this.sheet.style(element);
    let look = around.look.inside(style, element);
    if (look.pictures && look.paper && this.showsPictureBeneath(element, style)) look = look.with({ paper: null });
    const display = style.get("display") ?? "";
    return { look, edge: edgeOf(element.nodeName, display, around.spreads), spreads: SPREADING.has(display) };
  }

  /** Whether a picture in it is out of the flow, so that the rest of it may lie on that. */
  private showsPictureBeneath(element: Element, style: Style): boolean {
    const stacks = style.get("display")?.includes("grid");
    return element.childNodes.some(
      (child) => "attrs" in child && PICTURES.includes(child.nodeName) && (stacks || isLifted(this.sheet.style(child))),
    );
  }

  private text(run: string): void {
    const { look } = this.open.at(-1)!;
    const { reason } = look;
    if (!reason || this.withHidden) add(run, this.lines, look.breaks);
    else {
      const count = words(run);
      if (count) this.hidden.add(reason, count);
    }
  }

  private leave(): void {
    this.part(false);
    this.open.pop();
  }

  private part(starts: boolean): void {
    const { edge } = this.open.at(-1)!;
    if (edge === "line") this.lines.endLine();
    else if (edge === "blank") this.lines.add(" ");
    else if (edge === "cell" && !starts) this.lines.add(CELL);
  }
}

/** `beside` if it is a box among others in a line. */
function edgeOf(tag: string, display: string, beside: boolean): Edge {
  if (BLOCKS.has(tag) || BLOCK_BOXES.has(display)) return "line";
  if (tag === "td" || tag === "th" || display === "table-cell") return "cell";
  return beside || tag === "button" || INLINE_BOXES.has(display) ? "blank" : "";
}

function childrenOf(node: Node): readonly Node[] {
  return "childNodes" in node ? node.childNodes : [];
}

function add(run: string, lines: Lines, breaks: boolean): void {
  if (!breaks) return lines.add(run);
  const [first = "", ...rest] = run.split("\n");
  lines.add(first);
  for (const line of rest) {
    lines.endLine();
    lines.add(line);
  }
}
