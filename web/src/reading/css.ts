/**
 * What a page's styles say of its elements: the rules of <style> elements and inline styles;
 * rolefit/reading/css.py, step by step.
 *
 * Linked files are not fetched. Kept is what `csslook` asks for, to tell whether a person sees a text.
 * Rules for print, hover and small screens are left out.
 */

import { firstPoints, lstrip, partition, removesuffix, rstrip, strip } from "../python";
import shared from "../shared.json";
import { attributeOf, reasonOf, type Style } from "./csslook";
import { pattern } from "./cssvalues";
import type { Allowance } from "./limits";
import { type Element, type Elements, listed } from "./selectors";

const { MAX_RULES, MAX_STEPS, MAX_COMBINATORS, MAX_CSS } = shared.css;
const MAX_BRACKETS = 6; // in one selector
const CLOCK = 1000; // elements between two looks at the clock
const COMMENT = pattern(shared.css._COMMENT, "g");
const RULE = pattern(shared.css._RULE, "g");
const AT = pattern(shared.css._AT, "g");
const OTHER_AT = pattern(shared.css._OTHER_AT, "g");
const IMPORT = /@import[^;@]{0,300}/gi;
const NARROW = pattern(shared.css._NARROW);
// The properties that are looked at. Others are not even kept: a rule may have 60,000 of them.
const MATTERS = pattern({ ...shared.css._MATTERS, pattern: `^${shared.css._MATTERS.pattern}` });
// A rule with one of these hides, shows or colours; another does if its lengths do.
const TELLING = [
  ..."display float visibility content-visibility opacity color font font-size background".split(" "),
  ..."background-color background-image".split(" "),
];
// Of the pseudo-classes those are tried that say what an element is, not how it is used (:hover).
const UNTRIED = /(?<!\\):(?!(?:not|is|where|root|first-child|last-child|nth-child)(?![\w-]))/i;
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
}

/** The properties that are looked at; what is important ends with "!important". */
export function declarations(text: string): Style {
  const found = new Map<string, string>();
  for (const part of text.split(";")) {
    if (!MATTERS.test(lstrip(part))) continue;
    const [name, , written] = partition(part, ":");
    let value = strip(written).toLowerCase();
    if (value.endsWith("important")) value = `${rstrip(removesuffix(value, "important"))}important`;
    if (value) put(found, strip(name).toLowerCase(), value);
  }
  return found;
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
    const sources = (elements.select("style") ?? []).map(textOf);
    const source = firstPoints(sources.join("\n"), MAX_CSS).replace(COMMENT, "");
    this.linked = isLinked(elements, source);
    for (const { selector, style } of strongest(rules(source))) {
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
  return named.some((name) => !name.includes("//fonts.")); // those of fonts alone paint nothing
}

function rules(source: string): Rule[] {
  source = source.replace(AT, (_, condition: string, inside: string) => (NARROW.test(condition) ? "" : inside));
  source = source.replace(OTHER_AT, "");
  const found: Rule[] = [];
  for (const [, selectors, body] of source.matchAll(RULE)) {
    const style = declarations(body!);
    if (!style.size) continue;
    const tells = TELLING.some((name) => style.has(name)) || reasonOf(plain(style), "") !== "";
    for (const part of listed(selectors!)) {
      const selector = strip(part);
      if (selector && !UNTRIED.test(selector)) found.push({ selector, weight: weight(selector), style, tells });
    }
  }
  return found;
}

/** In the order in which they apply, and not more than can be tried. */
function strongest(rules: Rule[]): Rule[] {
  const sorted = rules.sort(lighterFirst);
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
  const classes = count(".") + count("[") + count("-child") + count(":root");
  return [count("#"), classes, selector.match(ELEMENT)?.length ?? 0];
}

function lighterFirst({ weight: one }: Rule, { weight: other }: Rule): number {
  return one[0]! - other[0]! || one[1]! - other[1]! || one[2]! - other[2]!;
}
