/**
 * HTML: what the page shows, block by block. parse5 parses by the same HTML5 rules as the Python
 * reader's lexbor. Left out: scripts, styles, templates, form machinery, and what `csslook` says a
 * person does not see. Linked style sheets are not fetched.
 */

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Notice } from "../records";
import shared from "../shared.json";
import { Counter, doubtNotice, type Extract, hiddenNotice, onlyHidden, words } from "./common";
import { Sheet } from "./css";
import { isLifted, Look, type Style } from "./csslook";
import { furnitureOf } from "./furniture";
import type { Allowance } from "./limits";
import * as markup from "./markup";
import * as pasted from "./pasted";
import { ofScripts } from "./posting";
import { Box, Boxes } from "./pageboxes";
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
const PLACED = new Set(["absolute", "fixed"]); // positions of what stands elsewhere
const SPREADING = new Set(["flex", "inline-flex", "grid", "inline-grid", "-webkit-box", "-webkit-flex"]); // its children
const SHADOW = /<(\/?)template(?=[\s/>])([^>]*)/gi;
const CHARSET =
  /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,40})/i;
const POSTING: Notice = { code: "posting-data", message: "Read was the job posting that the page carries as data." };
const CLOCK = 1000; // nodes between two looks at the clock
const CELL = "\0"; // the border of a table cell: HTML parsers let no NUL through

/** The page's text; a block or table row is a line, table cells are parted by a tab. */
export function extract(data: Uint8Array, allowance: Allowance, withHidden: boolean): Extract {
  const { text, notices } = decode(data, declared(data));
  return read(text, notices, allowance, withHidden);
}

/** The text of a page's source. A page that carries a job posting as data (schema.org) is that posting. */
function read(page: string, notices: readonly Notice[], allowance: Allowance, withHidden: boolean): Extract {
  const source = withShadows(page);
  const depth = markup.check(source, allowance);
  const tree = parse(source, { scriptingEnabled: false });
  allowance.checkClock();
  const elements = new Elements(tree, tree.mode === "quirks");
  const sheet = new Sheet(elements, depth, allowance);
  const walk = new Walk(sheet, firstLook(elements, sheet), allowance, withHidden);
  walk.furniture = furnitureOf(tree, allowance);
  walk.through(tree);
  const { hidden, doubted, lines } = walk;
  const why = hidden.mostCommon().filter((reason) => hidden.get(reason));
  const left = hidden.total() ? [hiddenNotice(hidden.total(), why)] : [];
  if (doubted.size) left.push(doubtNotice(doubted.total(), doubted.mostCommon()));
  const [shown, furniture] = lines.text();
  const all = [...notices, ...left];
  const found = ofScripts(dataOf(elements), shown, (part) => piece(part, allowance));
  if (found) return { pages: [found], notices: [...all, POSTING] };
  if (hidden.total() && !shown) throw onlyHidden(allowance.name, hidden.total());
  if (pasted.showsTags(shown)) return { pages: [piece(shown, allowance)], notices: all }; // it shows the source of another
  return { pages: [shown], notices: all, furniture };
}

/** A piece of HTML, perhaps escaped, as text. */
function piece(source: string, allowance: Allowance): string {
  return pasted.unescaped(source, (page) => linesOf(page, allowance));
}

/** What a piece of HTML shows, without a look at its styles. */
export function linesOf(source: string, allowance: Allowance): string {
  markup.check(source, allowance);
  const tree = parse(source, { scriptingEnabled: false });
  allowance.checkClock();
  const elements = new Elements(tree, tree.mode === "quirks");
  const walk = new Walk(new Sheet(elements, 1, allowance), new Look(), allowance, true);
  walk.through(tree);
  return walk.lines.text()[0];
}

/** The page's JSON-LD scripts. */
function dataOf(elements: Elements): string[] {
  const scripts = elements.select('script[type="application/ld+json"]') ?? [];
  return scripts.map((script) => script.childNodes.map((node) => ("value" in node ? node.value : "")).join(""));
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
  private readonly done: [string, boolean][] = []; // and whether all of it is furniture
  private open: string[] = [];
  private aside = true;

  add(run: string, aside = true): void {
    this.open.push(run);
    this.aside &&= aside || !words(run);
  }

  endLine(): void {
    const cells = this.open.join("").split(CELL);
    const line = cells
      .map((cell) => cell.replace(/[ \t\n\r\f\v]+/g, " ").replace(/^ | $/g, ""))
      .filter(Boolean)
      .join("\t");
    if (line) this.done.push([line, this.aside]);
    this.open = [];
    this.aside = true;
  }

  /** The text and the spans of its lines that are furniture. */
  text(): [string, [number, number][]] {
    this.endLine();
    const spans: [number, number][] = [];
    let at = 0;
    for (const [line, aside] of this.done) {
      if (aside) spans.push([at, at + line.length]);
      at += line.length + 1;
    }
    return [this.done.map(([line]) => line).join("\n"), spans];
  }
}

/** What parts an element from its neighbours. */
type Edge = "line" | "cell" | "blank" | "" | "apart";

/** An open element. */
interface Open {
  readonly look: Look;
  readonly edge: Edge;
  readonly spreads: boolean; // whether its children are boxes of their own
  readonly aside: boolean; // whether it is furniture
  readonly tag: string;
  readonly box: Box;
}

interface Step {
  readonly node: Node;
  readonly children: readonly Node[];
  next: number;
}

/** Visits every node in document order, without recursion: nesting may be deep. */
class Walk {
  readonly lines = new Lines();
  furniture: ReadonlySet<Element> = new Set();
  readonly hidden = new Counter(); // words left out, by reason
  readonly doubted = new Counter(); // words that were read, but are hard to see
  private readonly boxes = new Boxes();
  private readonly open: Open[];

  constructor(
    private readonly sheet: Sheet,
    look: Look,
    private readonly allowance: Allowance,
    private readonly withHidden: boolean,
  ) {
    this.open = [{ look, edge: "", spreads: false, aside: false, tag: "", box: new Box() }];
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
    const [resolved, style] = around.look.resolved(this.sheet.style(element));
    const tag = element.nodeName;
    let look = resolved.inside(style, element);
    // It is what opens the rest.
    if (tag === "summary" && around.tag === "details") look = look.with({ folded: this.open.at(-2)!.look.folded });
    if (look.pictures && look.paper && this.showsPictureBeneath(element, style)) look = look.with({ paper: null });
    const display = style.get("display") ?? "";
    let edge = edgeOf(tag, display, around.spreads);
    const apart = ["left", "right"].includes(style.get("float") ?? "") || PLACED.has(style.get("position") ?? "");
    if (edge !== "line" && apart) edge = "apart"; // "Engineer" and, at the far end of the line, its date
    const flows = edge === "line" && !(around.spreads || isLifted(style) || style.has("float"));
    const box = this.boxes.open(element, style, around.box, flows);
    if (box.unseen) look = look.with({ gone: look.gone || box.unseen });
    const aside = around.aside || this.furniture.has(element);
    return { look, edge, spreads: SPREADING.has(display), aside, tag, box };
  }

  /** Whether a picture in it is out of the flow, so that the rest of it may lie on that. */
  private showsPictureBeneath(element: Element, style: Style): boolean {
    const stacks = style.get("display")?.includes("grid");
    return element.childNodes.some(
      (child) => "attrs" in child && PICTURES.includes(child.nodeName) && (stacks || isLifted(this.sheet.style(child))),
    );
  }

  private text(run: string): void {
    const { look, aside, box } = this.open.at(-1)!;
    const reason = this.withHidden ? "" : look.reason || box.tooSmall;
    const count = this.withHidden ? 0 : words(run);
    if (reason) return this.hidden.add(reason, count);
    const doubt = count && (look.doubt || this.boxes.doubt);
    if (doubt) this.doubted.add(doubt, count);
    add(run, this.lines, look.breaks, aside);
  }

  private leave(): void {
    this.part(false);
    this.boxes.close(this.open.pop()!.box);
  }

  private part(starts: boolean): void {
    const { edge } = this.open.at(-1)!;
    if (edge === "line") this.lines.endLine();
    else if (edge === "blank") this.lines.add(" ");
    else if (edge === "apart" || (edge === "cell" && !starts)) this.lines.add(CELL);
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

function add(run: string, lines: Lines, breaks: boolean, aside: boolean): void {
  if (!breaks) return lines.add(run, aside);
  const [first = "", ...rest] = run.split("\n");
  lines.add(first, aside);
  for (const line of rest) {
    lines.endLine();
    lines.add(line, aside);
  }
}
