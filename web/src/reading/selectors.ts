/**
 * CSS selectors, as far as styles that hide text use them: names, classes, ids, attributes, the four
 * combinators, and the pseudo-classes that say what an element is. Python's reader has them from lexbor.
 */

import type { DefaultTreeAdapterTypes } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;
type Test = (element: Element) => boolean;

/** What one element must be, and how it stands to the element of the part before: "", ">", "+", "~" or " ". */
interface Part {
  readonly combinator: string;
  readonly tests: readonly Test[];
  readonly keys: readonly string[]; // under which `Elements` finds its elements; none: anywhere
}

const NAMED = "(?:[\\w\\x80-\\uffff-]|\\\\(?:[0-9a-f]{1,6}\\s?|[^\\n0-9a-f]))+";
const NAME = new RegExp(NAMED, "iy");
const TYPE = new RegExp(`(?:(?:[\\w-]+|\\*)?\\|)?(\\*|${NAMED})`, "iy");
const ATTRIBUTE =
  /\[\s*(?:[\w*-]*\|)?([\w\x80-\uffff-]+)\s*(?:([~|^$*]?=)\s*(?:"([^"]*)"?|'([^']*)'?|([a-z_\x80-\uffff-][\w\x80-\uffff-]*))\s*([is]?)\s*)?(?:\]|$)/iy;
const PSEUDO =
  /:(?:(root|empty|(?:first|last|only)-(?:child|of-type))(?![\w-])|(not|is|where|nth-(?:last-)?(?:child|of-type))\()/iy;
const PLACE = /^(?:(odd)|(even)|([+-]?\d*)n\s*(?:([+-])\s*(\d+))?|([+-]?\d+))$/i; // of :nth-child()
const COMBINATOR = /\s*([>+~])\s*|\s+/y;

/** The elements of a page, to be found by selector. */
export class Elements {
  private readonly all: Element[] = [];
  private readonly known = new Map<string, Element[]>(); // by ".class", "#id" and "name"
  private readonly before = new Map<Element, Element>(); // siblings
  // Among siblings, from 1 on: forwards and backwards, among all and among those of one name.
  private readonly places = new Map<Element, readonly [number, number, number, number]>();

  /** On pages of the "quirks" mode, classes and ids have no case. */
  constructor(
    root: Parent,
    private readonly quirks: boolean,
  ) {
    const open: Parent[] = [root];
    for (let parent = open.pop(); parent; parent = open.pop()) {
      if ("tagName" in parent) this.enter(parent);
      const children = parent.childNodes.filter((child) => "tagName" in child);
      children.slice(1).forEach((child, i) => this.before.set(child, children[i]!));
      // lexbor counts the document type.
      const first = parent.childNodes.some((child) => child.nodeName === "#documentType") ? 2 : 1;
      this.place(children, first);
      for (let child = children.pop(); child; child = children.pop()) open.push(child); // the first is next
    }
  }

  private place(children: readonly Element[], first: number): void {
    const names = new Map<string, number>();
    const counted = (name: string): number => {
      const count = (names.get(name) ?? 0) + 1;
      names.set(name, count);
      return count;
    };
    const kinds = children.map(({ tagName }) => counted(tagName));
    children.forEach((child, i) => {
      const kind = kinds[i]!;
      this.places.set(child, [i + first, children.length - i, kind, names.get(child.tagName)! - kind + 1]);
    });
  }

  /** The elements of some names, in the order of the page. */
  inOrder(...names: readonly string[]): Element[] {
    return this.all.filter(({ tagName }) => names.includes(tagName));
  }

  private enter(element: Element): void {
    this.all.push(element);
    const keys = [element.tagName.toLowerCase()];
    for (const { name, value } of element.attrs)
      if (name === "id") keys.push(`#${this.fold(value)}`);
      else if (name === "class") for (const word of classes(this.fold(value))) keys.push(`.${word}`);
    for (const key of new Set(keys)) {
      const list = this.known.get(key);
      if (list) list.push(element);
      else this.known.set(key, [element]);
    }
  }

  get count(): number {
    return this.all.length;
  }

  private fold(text: string): string {
    return this.quirks ? text.toLowerCase() : text;
  }

  /** The elements that a selector names; null if it makes no sense. */
  select(selector: string): Element[] | null {
    const parts = this.parse(selector.trim());
    if (!parts) return null;
    const lists = parts.at(-1)!.keys.map((key) => this.known.get(key) ?? []);
    const candidates = lists.sort((a, b) => a.length - b.length)[0] ?? this.all;
    const matches = this.test(parts);
    return candidates.filter(matches);
  }

  private test(parts: readonly Part[]): Test {
    const matching = new Matching(parts, (element) => this.before.get(element));
    return (element) => matching.matches(element, parts.length - 1);
  }

  private parse(selector: string): Part[] | null {
    const parts: Part[] = [];
    let at = 0;
    let combinator = "";
    while (at < selector.length) {
      const tests: Test[] = [];
      const keys: string[] = [];
      const end = this.compound(selector, at, tests, keys);
      if (end === at) return null;
      parts.push({ combinator, tests, keys });
      at = end;
      if (at === selector.length) return parts;
      const found = stick(COMBINATOR, selector, at);
      if (!found) return null;
      combinator = found[1] ?? " ";
      at += found[0].length;
    }
    return null;
  }

  /** Reads `div.x[y]` from `at` on, into `tests` and `keys`; where it ends. */
  private compound(selector: string, at: number, tests: Test[], keys: string[]): number {
    const type = stick(TYPE, selector, at);
    if (type && !/^\d/.test(type[1]!)) {
      at += type[0].length;
      if (type[1] !== "*") this.key(unescaped(type[1]!).toLowerCase(), tests, keys);
    }
    for (;;) {
      const mark = selector[at];
      const name = mark === "." || mark === "#" ? stick(NAME, selector, at + 1) : null;
      const attribute = mark === "[" ? stick(ATTRIBUTE, selector, at) : null;
      const pseudo = mark === ":" ? stick(PSEUDO, selector, at) : null;
      if (pseudo) {
        const start = at + pseudo[0].length;
        const end = pseudo[2] ? closing(selector, start) : start;
        const test = this.pseudo((pseudo[1] ?? pseudo[2]!).toLowerCase(), selector.slice(start, end));
        if (!test) return at;
        tests.push(test);
        at = pseudo[2] ? end + 1 : end;
      } else if (attribute) {
        tests.push(attributeTest(attribute));
        at += attribute[0].length;
      } else if (name && !(mark === "." && /^\d/.test(name[0]))) {
        this.key(mark + this.fold(unescaped(name[0])), tests, keys);
        at += 1 + name[0].length;
      } else return at;
    }
  }

  /** What a pseudo-class asks for, with what its brackets hold; null if that makes no sense. */
  private pseudo(name: string, inside: string): Test | null {
    if (name === "root") return (element) => !("tagName" in element.parentNode!);
    if (name === "empty")
      return ({ childNodes }) => childNodes.every((node) => !("tagName" in node) && !("value" in node && node.value));
    if (name.endsWith("-child") || name.endsWith("-of-type")) {
      const among = name.endsWith("-child") ? 0 : 2;
      const placeOf = (back: number) => (element: Element) => this.places.get(element)![among + back]!;
      if (name.startsWith("nth-")) return placeTest(inside.trim(), placeOf(name.startsWith("nth-last") ? 1 : 0));
      const sides = name.startsWith("only") ? [0, 1] : [name.startsWith("first") ? 0 : 1];
      return (element) => sides.every((back) => placeOf(back)(element) === 1);
    }
    const lists = listed(inside).map((selector) => this.parse(selector.trim()));
    if (lists.some((parts) => !parts)) return null;
    const tests = lists.map((parts) => this.test(parts!));
    return (element) => tests.some((test) => test(element)) !== (name === "not");
  }

  private key(key: string, tests: Test[], keys: string[]): void {
    let members: Set<Element> | undefined;
    tests.push((element) => (members ??= new Set(this.known.get(key))).has(element));
    keys.push(key);
  }
}

/** The parts of a list; a comma in brackets parts nothing. */
export function listed(list: string): string[] {
  const found: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: mark, index } of list.matchAll(/[(),]/g))
    if (mark !== ",") depth = Math.max(0, depth + (mark === "(" ? 1 : -1));
    else if (!depth) {
      found.push(list.slice(start, index));
      start = index + 1;
    }
  return [...found, list.slice(start)];
}

/** Where the bracket ends that is open at `start`; the end of the text if it does not. */
function closing(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return text.length;
}

function placeTest(written: string, placeOf: (element: Element) => number): Test | null {
  const found = PLACE.exec(written);
  if (!found) return null;
  const [, odd, even, step, sign, offset, place] = found;
  let [a, b] = [0, Number(place ?? 0)];
  if (odd || even) [a, b] = [2, odd ? 1 : 0];
  else if (step !== undefined) [a, b] = [Number(/\d/.test(step) ? step : `${step}1`), Number(`${sign ?? ""}${offset ?? 0}`)];
  return (element) => {
    const beyond = placeOf(element) - b;
    return a ? beyond % a === 0 && beyond / a >= 0 : beyond === 0;
  };
}

function stick(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function unescaped(name: string): string {
  return name.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gi, (_, hex: string | undefined, other: string) =>
    hex ? String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff)) : other,
  );
}

function classes(value: string): string[] {
  return value.split(/[ \t\n\f\r]+/).filter(Boolean);
}

function attributeTest([, name, operator, double, single, bare, flag]: RegExpExecArray): Test {
  const fold = (text: string): string => (flag?.toLowerCase() === "i" ? text.toLowerCase() : text);
  const wanted = fold(double ?? single ?? bare ?? "");
  const holds = (value: string): boolean => {
    if (operator === undefined) return true;
    if (operator === "=") return value === wanted;
    if (operator === "|=") return value === wanted || value.startsWith(`${wanted}-`);
    if (operator === "~=") return classes(value).includes(wanted);
    if (!wanted) return false;
    if (operator === "^=") return value.startsWith(wanted);
    return operator === "$=" ? value.endsWith(wanted) : value.includes(wanted);
  };
  return (element) => element.attrs.some((a) => a.name.toLowerCase() === name!.toLowerCase() && holds(fold(a.value)));
}

/** One selector at work. What lies before an element is remembered: pages nest deep, selectors are long. */
class Matching {
  private readonly remembered: readonly Map<Element, boolean>[];

  constructor(
    private readonly parts: readonly Part[],
    private readonly siblingBefore: (element: Element) => Element | undefined,
  ) {
    this.remembered = parts.map(() => new Map());
  }

  /** Whether `element` is what the part at `last` says, and stands as the parts before it say. */
  matches(element: Element, last: number): boolean {
    const part = this.parts[last]!;
    return part.tests.every((test) => test(element)) && (last === 0 || this.stands(element, last));
  }

  private stands(element: Element, last: number): boolean {
    const { combinator } = this.parts[last]!;
    const next = combinator === ">" || combinator === " " ? parentOf : this.siblingBefore;
    if (combinator === ">" || combinator === "+") {
      const nearest = next(element);
      return nearest !== undefined && this.matches(nearest, last - 1);
    }
    const remembered = this.remembered[last]!;
    const walked: Element[] = [];
    let found = false;
    for (let other: Element | undefined = element; other && !found; ) {
      const known = remembered.get(other);
      if (known !== undefined) {
        found = known;
        break;
      }
      walked.push(other);
      other = next(other);
      found = other !== undefined && this.matches(other, last - 1);
    }
    for (const other of walked) remembered.set(other, found);
    return found;
  }
}

function parentOf(element: Element): Element | undefined {
  const parent = element.parentNode;
  return parent && "tagName" in parent ? parent : undefined;
}
