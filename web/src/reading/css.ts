/**
 * What a page's styles say of its elements: the rules of <style> elements and inline styles;
 * rolefit/reading/css.py, step by step.
 *
 * Linked files are not fetched. Kept is what `csslook` asks for, to tell whether a person sees a text.
 * Rules for print and small screens are left out (`cssmedia`).
 */

import { firstPoints, lstrip, partition, removesuffix, rstrip, split, strip } from "../python";
import shared from "../shared.json";
import { four } from "./cssboxes";
import { attributeOf, reasonOf, type Style } from "./csslook";
import { ofAddress, rulesOf } from "./cssrules";
import { pattern } from "./cssvalues";
import type { Allowance } from "./limits";
import { type Element, type Elements, listed } from "./selectors";

const { MAX_RULES, MAX_STEPS, MAX_COMBINATORS, MAX_CSS } = shared.css;
const MAX_BRACKETS = 6; // in one selector
const CLOCK = 1000; // elements between two looks at the clock
const COMMENT = pattern(shared.css._COMMENT, "g");
const IMPORT = /@import[^;@]{0,300}/gi;
const USED = pattern(shared.css._USED, "g");
const { MAX_VARIABLES } = shared.css; // that a page uses
const LOGICAL = new Map<string, string>(Object.entries(shared.css._LOGICAL));
const SIDES = shared.css._SIDES;
// The properties that are looked at. Others are not even kept: a rule may have 60,000 of them.
const MATTERS = pattern({ ...shared.css._MATTERS, pattern: `^${shared.css._MATTERS.pattern}` });
// A rule with one of these hides, shows or colours; another does if its lengths do.
const TELLING = new Set(shared.css._TELLING);
// Of the pseudo-classes those are tried that say what an element is, not how it is used (:hover).
const UNTRIED =
  /(?<!\\):(?!(?:not|is|where|root|empty|(?:first|last|only)-(?:child|of-type)|nth-(?:last-)?(?:child|of-type))(?![\w-]))/i;
// True of every element as long as nobody touches it.
const UNTOUCHED = /:not\(\s{0,9}:(?:hover|active|focus|focus-within|focus-visible|target)\s{0,9}\)/gi;
const ESCAPED = /\\./g; // in a name: "md\:block"
const ELEMENT = pattern(shared.css._ELEMENT, "g");
const COMBINED = pattern(shared.css._COMBINED, "g");
const CLIMB = pattern(shared.css._CLIMB, "g");
const NOTHING: Style = new Map();

interface Rule {
  readonly selector: string;
  readonly weight: readonly number[];
  readonly style: Style;
  readonly tells: boolean; // it hides, shows or colours
  readonly layered: boolean;
}

/** The properties that are looked at; what is important ends with "!important". */
export function declarations(text: string): Style {
  const found = new Map<string, string>();
  for (const part of text.split(";")) {
    if (!MATTERS.test(lstrip(part))) continue;
    const [name, , written] = partition(part, ":");
    let value = strip(written).toLowerCase();
    if (value.endsWith("important")) value = `${rstrip(removesuffix(value, "important"))}important`;
    if (value) declare(found, strip(name).toLowerCase(), value);
  }
  return found;
}

/** Keep a declaration, that of a shorthand by its sides. */
function declare(found: Map<string, string>, written: string, value: string): void {
  const name = LOGICAL.get(written) ?? written;
  if (["inset", "margin", "padding"].includes(name)) {
    const prefix = name === "inset" ? "" : `${name}-`;
    const mark = value.endsWith("!important") ? "!important" : "";
    four(split(removesuffix(value, "!important"))).forEach((length, i) => {
      const side = SIDES[i]!;
      if (length && (name === "inset" || side !== "right")) put(found, prefix + side, length + mark);
    });
  } else if (["margin-left", "margin-top", "padding-left"].includes(name))
    put(found, name, split(value)[0]! + (value.includes("!important") ? "!important" : ""));
  else put(found, name, value);
}

function put(style: Map<string, string>, name: string, value: string): void {
  if (!style.get(name)?.endsWith("!important") || value.endsWith("!important")) style.set(name, value);
}

/** `above` wins but over what is important. */
function over(below: Style, above: Style): Style {
  const both = new Map(below);
  for (const [name, value] of above) put(both, name, value);
  return both;
}

function plain(style: Style): Style {
  const values = [...style].map(([name, value]) => [name, strip(removesuffix(value, "!important"))] as const);
  return new Map(values.filter(([, value]) => value));
}

/** The rules of a page's <style> elements, by the element they apply to. */
export class Sheet {
  readonly linked: boolean; // whether there are rules that are not known
  private readonly styles = new Map<Element, Style>();

  /** `depth`: how deep the page's elements nest. Throws LimitError. */
  constructor(
    elements: Elements,
    depth: number,
    private readonly allowance: Allowance,
  ) {
    const sources = elements.inOrder("style", "link").map(sheetOf);
    const source = firstPoints(sources.join("\n"), MAX_CSS).replace(COMMENT, "");
    this.linked = isLinked(elements, source);
    for (const { selector, style } of strongest(rules(source, variablesOf(elements, source)))) {
      allowance.checkClock();
      if (stepsOf(selector, depth, elements.count) > MAX_STEPS) continue;
      this.apply(style, elements.select(selector) ?? []); // a selector that makes no sense hides nothing
    }
  }

  /** Elements of the same rules share one style: there may be 200,000 of them. */
  private apply(style: Style, elements: readonly Element[]): void {
    const grown = new Map<Style, Style>();
    elements.forEach((element, i) => {
      if (i % CLOCK === 0) this.allowance.checkClock();
      const before = this.styles.get(element) ?? NOTHING;
      let after = grown.get(before);
      if (!after) grown.set(before, (after = over(before, style)));
      this.styles.set(element, after);
    });
  }

  style(element: Element): Style {
    const own = attributeOf(element, "style");
    const general = this.styles.get(element) ?? NOTHING;
    return plain(own ? over(general, declarations(own)) : general);
  }
}

function textOf(element: Element): string {
  return element.childNodes.map((node) => ("value" in node ? node.value : "")).join("");
}

function isLinked(elements: Elements, source: string): boolean {
  const named: string[] = source.match(IMPORT) ?? [];
  for (const link of elements.select("link") ?? []) {
    const styles = attributeOf(link, "rel")?.toLowerCase().includes("stylesheet");
    if (styles || attributeOf(link, "as") === "style") named.push(attributeOf(link, "href") ?? "");
  }
  // Those of fonts alone paint nothing; those in an address are known.
  return named.some((name) => !name.includes("//fonts.") && !name.toLowerCase().includes("data:text/css"));
}

function sheetOf(element: Element): string {
  if (element.tagName === "style") return textOf(element);
  if (!attributeOf(element, "rel")?.toLowerCase().includes("stylesheet")) return "";
  return ofAddress(attributeOf(element, "href") ?? "");
}

/** The names of those that are used, in small letters: `var(--Ink)` is looked up as all values are. */
function variablesOf(elements: Elements, source: string): ReadonlySet<string> {
  const inline = (elements.select('[style*="var("]') ?? []).map((element) => attributeOf(element, "style") ?? "");
  const used = [source, ...inline].flatMap((text) => Array.from(text.toLowerCase().matchAll(USED), ([, name]) => name!));
  return new Set([...new Set(used)].slice(0, MAX_VARIABLES));
}

function rules(source: string, variables: ReadonlySet<string>): Rule[] {
  const found: Rule[] = [];
  for (const { selectors, body, layered } of rulesOf(source)) {
    const declared = [...declarations(body)].filter(([name]) => !name.startsWith("--") || variables.has(name));
    if (!declared.length) continue;
    const style: Style = new Map(declared);
    const names = declared.map(([name]) => name);
    const tells =
      names.some((name) => TELLING.has(name) || name.startsWith("--")) || reasonOf(plain(style), "") !== "";
    for (const selector of triedOf(selectors)) found.push({ selector, weight: weight(selector), style, tells, layered });
  }
  return found;
}

/** The selectors that are tried. */
function triedOf(selectors: string): string[] {
  return listed(selectors).flatMap((part) => {
    const written = strip(part);
    const selector = written.replace(UNTOUCHED, "");
    if (!written || UNTRIED.test(selector)) return [];
    return selector && !" >+~".includes(selector.at(-1)!) ? [selector] : [`${selector}*`];
  });
}

/** In the order in which they apply, and not more than can be tried. */
function strongest(rules: Rule[]): Rule[] {
  const sorted = rules.sort((one, other) => Number(other.layered) - Number(one.layered) || lighterFirst(one, other));
  return (sorted.length > MAX_RULES ? sorted.filter((rule) => rule.tells) : sorted).slice(-MAX_RULES);
}

/** At most, to find what a selector names, of a parser that tries every way to climb and to go back: Python's does. */
function stepsOf(selector: string, depth: number, elements: number): number {
  const parts = strip(selector.replace(COMBINED, "$1"));
  const count = (mark: string): number => parts.split(mark).length - 1;
  const climbs = parts.match(CLIMB)?.length ?? 0;
  const backs = count("~") + count("nth-");
  if (climbs + backs > MAX_COMBINATORS || count("(") > MAX_BRACKETS) return Infinity;
  let ways = 1;
  for (let i = 0; climbs > 1 && i < climbs; i++) ways *= (Math.max(depth, climbs) - i) / (climbs - i);
  return elements * ways * elements ** backs;
}

/** CSS specificity: ids, classes, attributes and places, element names. */
function weight(selector: string): number[] {
  selector = selector.replace(ESCAPED, "x");
  const count = (mark: string): number => selector.split(mark).length - 1;
  const classes = count(".") + count("[") + count("-child") + count("-of-type") + count(":empty") + count(":root");
  return [count("#"), classes, selector.match(ELEMENT)?.length ?? 0];
}

function lighterFirst({ weight: one }: Rule, { weight: other }: Rule): number {
  return one[0]! - other[0]! || one[1]! - other[1]! || one[2]! - other[2]!;
}
