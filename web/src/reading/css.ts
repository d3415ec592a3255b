/**
 * What a page's styles hide: inline styles and the rules of <style> elements, not of linked files;
 * rolefit/reading/css.py, step by step.
 *
 * Only what decides whether a person sees a text is followed: display, visibility, opacity, font size,
 * colours, places off the screen, boxes without size. Rules for print, hover and small screens are
 * left out; where a background is a picture or gradient the text counts as seen.
 */

import { firstPoints, float, isalpha, numberOf, partition, removesuffix, rstripOf, split, strip } from "../python";
import shared from "../shared.json";
import type { Allowance } from "./limits";
import { type Element, Elements } from "./selectors";

const { NEAR, TINY, FAR, MAX_RULES, MAX_STEPS, MAX_COMBINATORS, MAX_CSS } = shared.css;
const PIXELS: Readonly<Record<string, number>> = shared.css._PIXELS;
const NAMED = new Map<string, readonly number[]>(Object.entries(shared.css._NAMED));
const COMMENT = pattern(shared.css._COMMENT, "g");
const RULE = pattern(shared.css._RULE, "g");
const AT = pattern(shared.css._AT, "g");
const OTHER_AT = pattern(shared.css._OTHER_AT, "g");
const NARROW = pattern(shared.css._NARROW);
const MATTERS = pattern(shared.css._MATTERS);
const LENGTH = pattern(shared.css._LENGTH);
const STARTS_WITH_LENGTH = pattern({ ...shared.css._LENGTH, pattern: `^${shared.css._LENGTH.pattern}` });
const RGB = pattern(shared.css._RGB);
const ONLY_RGB = pattern({ ...shared.css._RGB, pattern: `^${shared.css._RGB.pattern}$` });
const BETWEEN = pattern(shared.css._BETWEEN);
const ELEMENT = pattern(shared.css._ELEMENT, "g");
const COMBINED = pattern(shared.css._COMBINED, "g");
const CLIMB = pattern(shared.css._CLIMB, "g");
const SHRUNK = pattern(shared.css._SHRUNK);
const CLIPPED = pattern({ ...shared.css._CLIPPED, pattern: `^${shared.css._CLIPPED.pattern}$` });
const MOVED = pattern(shared.css._MOVED);

export type Style = ReadonlyMap<string, string>;
type Colour = readonly number[];
type Weighed = readonly [weight: readonly number[], selector: string, style: Style];
const NOTHING: Style = new Map();

function pattern(written: { pattern: string; flags: string }, flags = ""): RegExp {
  return new RegExp(written.pattern, written.flags + flags);
}

export function declarations(text: string): Style {
  const found = new Map<string, string>();
  for (const part of text.split(";")) {
    const [before, colon, after] = partition(part, ":");
    const name = strip(before).toLowerCase();
    const value = strip(after).toLowerCase();
    if (!colon || !value) continue;
    if (!found.get(name)?.endsWith("!important") || value.endsWith("!important")) found.set(name, value);
  }
  for (const [name, value] of found) found.set(name, strip(removesuffix(value, "!important")));
  return found;
}

/** The rules of a page's <style> elements, by the element they apply to. */
export class Sheet {
  private readonly styles = new Map<Element, Map<string, string>>();

  /** `depth`: how deep the page's elements nest. Throws LimitError. */
  constructor(elements: Elements, depth: number, allowance: Allowance) {
    const sources = (elements.select("style") ?? []).map(textOf);
    const weighed = rules(firstPoints(sources.join("\n"), MAX_CSS)).map(
      ([selector, style]): Weighed => [weight(selector), selector, style],
    );
    for (const [, selector, style] of weighed.sort(lighterFirst).slice(0, MAX_RULES)) {
      allowance.checkClock();
      if (stepsOf(selector, depth, elements.count) > MAX_STEPS) continue;
      // A selector that makes no sense hides nothing.
      for (const element of elements.select(selector) ?? []) {
        let known = this.styles.get(element);
        if (!known) this.styles.set(element, (known = new Map()));
        for (const [name, value] of style) known.set(name, value);
      }
    }
  }

  style(element: Element): Style {
    const own = attributeOf(element, "style");
    const general = this.styles.get(element) ?? NOTHING;
    return own ? new Map([...general, ...declarations(own)]) : general;
  }
}

function textOf(element: Element): string {
  return element.childNodes.map((node) => ("value" in node ? node.value : "")).join("");
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

function rules(source: string): [string, Style][] {
  source = source.replace(COMMENT, "");
  source = source.replace(AT, (_, condition: string, inside: string) => (NARROW.test(condition) ? "" : inside));
  source = source.replace(OTHER_AT, "");
  const found: [string, Style][] = [];
  for (const [, selectors, body] of source.matchAll(RULE)) {
    if (!MATTERS.test(body!)) continue;
    const style = declarations(body!);
    for (const selector of selectors!.split(","))
      if (!selector.includes(":")) found.push([strip(selector), style]);
  }
  return found.filter(([selector]) => selector);
}

/** At most, to find what a selector names, of a parser that tries every way to climb and to go back: Python's does. */
function stepsOf(selector: string, depth: number, elements: number): number {
  const parts = strip(selector.replace(COMBINED, "$1"));
  const climbs = parts.match(CLIMB)?.length ?? 0;
  const backs = parts.split("~").length - 1;
  if (climbs + backs > MAX_COMBINATORS) return Infinity;
  let ways = 1;
  for (let i = 0; climbs > 1 && i < climbs; i++) ways *= (Math.max(depth, climbs) - i) / (climbs - i);
  return elements * ways * elements ** backs;
}

/** CSS specificity: ids, classes and attributes, element names. */
function weight(selector: string): number[] {
  const count = (mark: string): number => selector.split(mark).length - 1;
  return [count("#"), count(".") + count("["), selector.match(ELEMENT)?.length ?? 0];
}

function lighterFirst([one]: Weighed, [other]: Weighed): number {
  return one[0]! - other[0]! || one[1]! - other[1]! || one[2]! - other[2]!;
}

/** How text inside an element looks, as far as it is followed. */
export class Look {
  readonly ink: Colour | null = [0, 0, 0]; // null: not known
  readonly paper: Colour | null = [255, 255, 255];
  readonly size: number = 16; // pixels
  readonly gone: string = ""; // why the whole element is not seen; nothing inside can undo it
  readonly invisible: boolean = false; // by `visibility`, which something inside can undo

  private with(change: Partial<Look>): Look {
    return Object.assign(new Look(), this, change);
  }

  /** The look of a child element. */
  inside(style: Style, element: Element): Look {
    let look: Look = this;
    if (attributeOf(element, "hidden") !== undefined && (style.get("display") ?? "none") === "none")
      look = look.with({ gone: look.gone || "formatted as hidden" });
    const colour = attributeOf(element, "color");
    if (colour) look = look.with({ ink: colourOf(colour) });
    const paper = attributeOf(element, "bgcolor");
    if (paper) look = look.with({ paper: colourOf(paper) });
    return style.size ? look.styled(style) : look;
  }

  private styled(style: Style): Look {
    let look: Look = this;
    const reason = reasonOf(style);
    if (reason) look = look.with({ gone: look.gone || reason });
    const visibility = style.get("visibility");
    if (visibility !== undefined) look = look.with({ invisible: ["hidden", "collapse"].includes(visibility) });
    const ink = style.get("color");
    if (ink !== undefined && !["inherit", "initial", "currentcolor"].includes(ink))
      look = look.with({ ink: colourOf(ink, look.paper) });
    const size = style.get("font-size") || fontSize(style.get("font") ?? "");
    if (size) look = look.with({ size: sizeOf(size, look.size) });
    const behind = style.get("background-color") || (style.get("background") ?? "");
    const fades = [...style].some(([name, value]) => name.includes("gradient") || value.includes("gradient"));
    if (((style.get("background-image") ?? "") + behind).includes("url(") || fades) return look.with({ paper: null });
    if (behind && !["transparent", "none", "inherit", "initial"].includes(behind))
      return look.with({ paper: paperOf(behind, look.paper) });
    return look;
  }

  /** Why text is not seen; "" if it is. */
  get reason(): string {
    if (this.gone) return this.gone;
    if (this.invisible) return "formatted as hidden";
    if (this.size <= TINY) return "tiny";
    return this.ink && this.paper && near(this.ink, this.paper) ? "in the colour of its background" : "";
  }
}

function near(one: Colour, other: Colour): boolean {
  return one.every((part, i) => Math.abs(part - other[i]!) <= NEAR);
}

function reasonOf(style: Style): string {
  if (style.get("display") === "none" || style.get("content-visibility") === "hidden") return "formatted as hidden";
  const opacity = style.get("opacity") ?? "1";
  const fades = style.has("transition") || [...style.keys()].some((name) => name.startsWith("animation"));
  if (!fades && numberIn(opacity, 1) * (opacity.includes("%") ? 0.01 : 1) < 0.08) return "drawn invisibly";
  if (isOffScreen(style)) return "outside the page";
  const clipped = ["hidden", "clip"].includes(style.get("overflow") ?? style.get("overflow-y") ?? "");
  const sides = ["width", "height", "max-height", "max-width"].map((side) => pixels(style.get(side) ?? ""));
  if (clipped && sides.some((side) => side !== null && 0 <= side && side <= 1)) return "in a box without size";
  return SHRUNK.test(style.get("transform") ?? "") ? "in a box without size" : "";
}

function isOffScreen(style: Style): boolean {
  const names = ["text-indent", "margin-left", "margin-top"];
  if (["absolute", "fixed", "relative"].includes(style.get("position") ?? "")) {
    names.push("left", "top");
    if (CLIPPED.test(style.get("clip") ?? "")) return true;
    const right = pixels(style.get("right") ?? "");
    if (right !== null && right < -FAR) return true;
  }
  const moved = MOVED.exec(style.get("transform") ?? "");
  const lengths = names.map((name) => pixels(style.get(name) ?? ""));
  lengths.push(moved && pixels(moved[1]!));
  return lengths.some((length) => length !== null && length < -FAR);
}

function numberIn(text: string, otherwise: number): number {
  const match = STARTS_WITH_LENGTH.exec(text);
  return match ? numberOf(match[1]!) : otherwise;
}

function pixels(text: string): number | null {
  const match = STARTS_WITH_LENGTH.exec(text);
  return match && numberOf(match[1]!) * PIXELS[match[2]!]!;
}

function fontSize(font: string): string {
  return LENGTH.exec(font)?.[0] ?? "";
}

function sizeOf(text: string, above: number): number {
  const match = STARTS_WITH_LENGTH.exec(text);
  if (!match) return isalpha(text.replaceAll("-", "")) ? 16 : above;
  const [value, unit] = [numberOf(match[1]!), match[2]!];
  if (unit === "em") return value * above;
  return value * (unit === "%" ? above / 100 : PIXELS[unit]!);
}

function paperOf(text: string, above: Colour | null): Colour | null {
  return colourOf(RGB.exec(text)?.[0] ?? split(text)[0]!, above);
}

/** null if it cannot be told; one that is transparent shows what lies below. */
export function colourOf(text: string, below: Colour | null = null): Colour | null {
  text = strip(text).toLowerCase();
  if (text === "transparent") return below;
  if (text.startsWith("#") && [4, 5, 7, 9].includes(text.length)) {
    let digits = text.slice(1);
    if (!/^[0-9a-f]+$/.test(digits)) return null;
    if (digits.length < 6) digits = digits.replace(/./g, "$&$&");
    const parts = digits.match(/../g)!.map((pair) => parseInt(pair, 16));
    return parts.length === 4 && parts[3]! < 20 ? below : parts.slice(0, 3);
  }
  const match = ONLY_RGB.exec(text);
  if (!match) return NAMED.get(text) ?? null;
  const values = strip(match[1]!).split(BETWEEN);
  const numbers = values.slice(0, 3).map((value) => {
    const number = float(rstripOf(value, "%"));
    return number === null ? NaN : Math.trunc(number * (value.includes("%") ? 2.55 : 1));
  });
  const alpha = values.length > 3 ? float(rstripOf(values[3]!, "%")) : 1;
  if (alpha === null || numbers.length < 3 || !numbers.every(Number.isFinite)) return null;
  return alpha < 0.08 ? below : numbers;
}
