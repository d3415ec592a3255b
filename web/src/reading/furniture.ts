/**
 * Which elements of a web page surround a posting: menus, forms, banners, other jobs;
 * rolefit/reading/furniture.py and pagetree.py, step by step.
 */

import type { DefaultTreeAdapterTypes } from "parse5";
import { Pattern } from "../language/re";
import { firstPoints, split, strip, stripOf } from "../python";
import shared from "../shared.json";
import { words } from "./common";
import type { Allowance } from "./limits";
import type { Element as Node } from "./selectors";

const { MOST, LINKED, LINKS, SHORT, SAID, LEAST, _ANY: ANY } = shared.furniture;
const TAGS = new Set(shared.furniture._TAGS);
const ROLES = new Set(shared.furniture._ROLES);
const NAMES = new Set(shared.furniture._NAMES);
const NAMING = shared.furniture._NAMING;
const FIELDS = new Set(shared.furniture._FIELDS);
const HEADINGS = new Map(Object.entries(shared.furniture._HEADINGS));
const TOKEN = new Pattern(shared.furniture._TOKEN);
export const ELSEWHERE = new Pattern(shared.furniture.ELSEWHERE);
const UNSAID = new Set(shared.pagetree.UNSAID);
const CLOCK = 1000; // nodes between two looks at the clock

/** An element of a page; what is counted includes the elements in it. */
interface Element {
  readonly parent: number; // its place in the list of elements; -1 for the first
  readonly tag: string;
  readonly role: string;
  readonly names: readonly string[];
  readonly isLink: boolean;
  readonly isPosting: boolean; // it says so: schema.org microdata
  words: number;
  linked: number; // words in links
  links: number;
  fields: number; // to be filled in
  titled: boolean; // it holds the page's main heading
  said: string; // how its text begins
  readonly children: number[];
}

/** The elements that surround a posting. Throws LimitError. */
export function furnitureOf(root: DefaultTreeAdapterTypes.Document, allowance: Allowance): Set<Node> {
  const elements: Element[] = [];
  const nodes: Node[] = [];
  const open: { node: DefaultTreeAdapterTypes.Node; around: number }[] = [{ node: root, around: -1 }];
  let visited = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    if (++visited % CLOCK === 0) allowance.checkClock();
    const { node } = next;
    let { around } = next;
    if ("value" in node && node.nodeName === "#text") {
      const count = around >= 0 ? words(node.value) : 0;
      if (count) say(elements, around, count, node.value);
      continue;
    }
    if ("attrs" in node) {
      elements.push(element(around, node));
      nodes.push(node);
      around = elements.length - 1;
      if (UNSAID.has(node.nodeName)) continue;
    }
    if (!("childNodes" in node)) continue;
    for (let i = node.childNodes.length - 1; i >= 0; i--) open.push({ node: node.childNodes[i]!, around });
  }
  return new Set([...new Page(elements).around()].map((place) => nodes[place]!));
}

function element(parent: number, node: Node): Element {
  const given = new Map(node.attrs.map(({ name, value }) => [name, value]));
  const named = firstPoints(NAMING.map((name) => given.get(name) ?? "").join(" "), 400);
  return {
    parent,
    tag: node.nodeName,
    role: (given.get("role") ?? "").toLowerCase(),
    names: TOKEN.findall(named).map((word) => word.toLowerCase()),
    isLink: node.nodeName === "a" && given.has("href"),
    isPosting: (given.get("itemtype") ?? "").toLowerCase().includes("schema.org/jobposting"),
    words: 0,
    linked: 0,
    links: 0,
    fields: FIELDS.has(node.nodeName) && !["hidden", "submit", "button"].includes(given.get("type") ?? "") ? 1 : 0,
    titled: false,
    said: "",
    children: [],
  };
}

/** Note a text of `count` words that stands in an element itself. */
function say(elements: Element[], number: number, count: number, text: string): void {
  elements[number]!.words += count;
  const run = split(firstPoints(text, 2 * SAID)).join(" ");
  for (let one = elements[number]; one && one.said.length < SAID; one = elements[one.parent])
    one.said = firstPoints(strip(`${one.said} ${run}`), SAID);
}

class Page {
  private readonly most: number;

  constructor(private readonly elements: Element[]) {
    this.count();
    this.most = MOST * (elements[0]?.words ?? 0);
  }

  around(): Set<number> {
    const { elements } = this;
    if (!elements[0]?.words) return new Set();
    const gone = this.outside();
    elements.forEach((_, number) => this.isFurniture(number) && gone.add(number));
    const inside = new Set<number>(); // of what is gone; looked at again, it would cost its square
    elements.forEach(({ parent }, number) => {
      if (inside.has(parent) || gone.has(number)) inside.add(number);
      else this.takeBelow(number, gone, inside);
    });
    return this.kept(gone) >= LEAST ? gone : new Set();
  }

  private count(): void {
    const { elements } = this;
    const main = elements.find(({ tag }) => tag === "h1");
    if (main) main.titled = true;
    elements.forEach(({ parent }, number) => elements[parent]?.children.push(number));
    for (const one of [...elements].reverse()) {
      if (one.isLink) [one.linked, one.links] = [one.words, 1];
      const above = elements[one.parent];
      if (!above) continue;
      above.words += one.words;
      above.linked += one.linked;
      above.links += one.links;
      above.fields += one.fields;
      above.titled ||= one.titled;
    }
  }

  /** Words outside of what is gone. */
  private kept(gone: ReadonlySet<number>): number {
    let lost = 0;
    const inside = new Set<number>();
    this.elements.forEach((one, number) => {
      if (inside.has(one.parent)) inside.add(number);
      else if (gone.has(number)) {
        inside.add(number);
        lost += one.words;
      }
    });
    return this.elements[0]!.words - lost;
  }

  /** All beside the one element that calls itself the posting or the main part. */
  private outside(): Set<number> {
    const { elements } = this;
    const numbers = elements.map((_, number) => number);
    let roots = numbers.filter((n) => elements[n]!.isPosting);
    if (!roots.length) roots = numbers.filter((n) => elements[n]!.tag === "main" || elements[n]!.role === "main");
    const [root] = roots;
    if (roots.length !== 1 || root === undefined || elements[root]!.words < LEAST) return new Set();
    if (!elements[root]!.titled && elements[0]!.titled) return new Set();
    const path = new Set<number>();
    for (let number = root; number >= 0; number = elements[number]!.parent) path.add(number);
    const found = [...path].filter((number) => number !== root).flatMap((number) => elements[number]!.children);
    return new Set(found.filter((child) => !path.has(child)));
  }

  private isPage(number: number): boolean {
    const one = this.elements[number]!;
    return one.titled || one.words > this.most;
  }

  private isFurniture(number: number): boolean {
    const one = this.elements[number]!;
    if (this.isPage(number)) return false;
    if (TAGS.has(one.tag) || ROLES.has(one.role) || one.names.some((name) => NAMES.has(name))) return true;
    if (one.tag === "header" || (one.tag === "form" && one.fields)) return true;
    if (one.links >= LINKS && one.linked >= LINKED * one.words) return true;
    return this.namesOtherPages(one);
  }

  /** A list of which each item begins with a link. */
  private namesOtherPages(one: Element): boolean {
    if (one.links < LINKS || one.children.length < LINKS) return false;
    const kinds = new Map<string, number[]>();
    for (const child of one.children) {
      const { tag } = this.elements[child]!;
      kinds.set(tag, [...(kinds.get(tag) ?? []), child]);
    }
    const items = [...kinds.values()].reduce((most, some) => (some.length > most.length ? some : most));
    const begun = items.filter((child) => this.beginsWithLink(child)).length;
    return items.length >= LINKS && begun >= 0.8 * items.length && begun >= 0.6 * one.children.length;
  }

  private beginsWithLink(number: number): boolean {
    let one = this.elements[number]!;
    while (one.links && one.words && !one.isLink) {
      const first = this.elements[this.first(one)];
      if (!first || !one.said.startsWith(first.said)) return false;
      one = first;
    }
    return one.isLink && one.words > 0;
  }

  /** The first element in it that says something; -1 if there is none. */
  private first(one: Element): number {
    return one.children.find((child) => this.elements[child]!.words) ?? -1;
  }

  /** Adds to `gone` what stands under a heading that names something else than this job. */
  private takeBelow(at: number, gone: Set<number>, inside: Set<number>): void {
    const { elements } = this;
    let number = at;
    let one = elements[number]!;
    if (!one.words || one.words > SHORT || !ELSEWHERE.fullmatch(stripOf(one.said, " *•:"))) return;
    const level = HEADINGS.get(one.tag) ?? ANY;
    while (one.parent >= 0 && this.isFirst(number) && !this.isPage(one.parent)) {
      inside.add(number);
      number = one.parent;
      one = elements[number]!;
    }
    if (one.parent < 0) return;
    inside.add(number);
    const beside = elements[one.parent]!.children;
    gone.add(number);
    for (const other of beside.slice(beside.indexOf(number) + 1)) {
      if (this.isPage(other) || this.opens(other) <= level) break;
      gone.add(other);
    }
  }

  private isFirst(number: number): boolean {
    const one = this.elements[number]!;
    const above = this.elements[one.parent]!;
    return this.first(above) === number && above.said.startsWith(one.said);
  }

  /** The level of the heading that an element is or begins with; more than `ANY` if none. */
  private opens(number: number): number {
    let one = this.elements[number];
    while (one && !HEADINGS.has(one.tag)) one = this.elements[this.first(one)];
    return one ? HEADINGS.get(one.tag)! : ANY + 1;
  }
}
