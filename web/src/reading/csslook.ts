/**
 * How text in a page looks, as far as it decides whether a person sees it; rolefit/reading/csslook.py,
 * step by step.
 *
 * Followed are display, visibility, opacity, font size, colours, places off the screen, boxes without
 * size. Where a background is a picture or gradient, or may come from a linked style sheet or from a
 * picture that lies beneath, the text counts as seen.
 */

import shared from "../shared.json";
import { isClipped, isFilteredOut, isOffScreen, isShrunk } from "./cssboxes";
import { type Colour, colourOf, fontSize, numberIn, over, paperOf, pattern, pixels, sizeOf } from "./cssvalues";
import type { Element } from "./selectors";

const { NEAR, FAINT, TINY, SMALL, NARROW, _DEEPEST: DEEPEST, _LONGEST: LONGEST } = shared.csslook;
const VARIABLE = pattern(shared.csslook.VARIABLE, "g");
const WHOLE = shared.csslook._WHOLE; // they concern everything inside
const KEEPING = ["pre", "pre-wrap", "pre-line", "break-spaces"]; // line breaks, of white-space

export type Style = ReadonlyMap<string, string>;

const NOTHING: Style = new Map();

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

/** How text inside an element looks, as far as it is followed. */
export class Look {
  readonly ink: Colour | null = [0, 0, 0]; // null: not known
  readonly paper: Colour | null = [255, 255, 255];
  readonly size: number = 16; // pixels
  readonly gone: string = ""; // why the whole element is not seen; nothing inside can undo it
  readonly invisible: boolean = false; // by `visibility`, which something inside can undo
  readonly root: number = 16; // pixels: the size of type that "rem" means
  readonly breaks: boolean = false; // whether line breaks are shown
  readonly zoom: number = 1;
  readonly opacity: number = 1;
  readonly filled: Colour | null | false = false; // what paints letters over their colour
  readonly folded: boolean = false; // shown when somebody opens it
  readonly variables: Style = NOTHING;
  readonly linked: boolean = false; // rules that are not known may colour what has a class
  readonly pictures: boolean = false; // what is lifted out of the flow may lie on a picture

  with(change: Partial<Look>): Look {
    return Object.assign(new Look(), this, change);
  }

  /** The look of a child element. */
  inside(style: Style, element: Element): Look {
    const look = this.byAttributes(style, element);
    return style.size ? look.styled(style, element.tagName, this.ink) : look;
  }

  /** As mark-up alone makes it look, and browsers by themselves. */
  private byAttributes(style: Style, element: Element): Look {
    const [tag, has] = [element.tagName, (name: string) => attributeOf(element, name) !== undefined];
    let look: Look = this;
    if (has("hidden") && (style.get("display") ?? "none") === "none")
      look = look.with({ gone: look.gone || "formatted as hidden" });
    const opens = (tag === "dialog" && !has("open")) || has("popover");
    if (opens && (style.get("display") ?? "none") === "none") look = look.with({ gone: look.gone || "formatted as hidden" });
    if (tag === "details" && !has("open")) look = look.with({ folded: true });
    if (tag === "pre") look = look.with({ breaks: true });
    else if (tag === "a" && has("href")) look = look.with({ ink: null }); // blue, unless somebody has been there
    if (this.linked && (has("class") || has("id"))) look = look.with({ paper: null });
    const colour = attributeOf(element, tag === "body" ? "text" : "color");
    if (colour) look = look.with({ ink: colourOf(colour) });
    const paper = attributeOf(element, "bgcolor");
    if (paper) look = look.with({ paper: colourOf(paper) });
    return has("background") ? look.with({ paper: null }) : look;
  }

  private styled(style: Style, tag: string, around: Colour | null): Look {
    let look: Look = this;
    const reason = reasonOf(style, tag) || this.cutOff(style, tag);
    if (reason) look = look.with({ gone: look.gone || reason });
    if (WHOLE.some((name) => style.has(name))) look = look.asAWhole(style);
    const visibility = style.get("visibility");
    if (visibility !== undefined) look = look.with({ invisible: ["hidden", "collapse"].includes(visibility) });
    const blanks = style.get("white-space");
    if (blanks !== undefined) look = look.with({ breaks: KEEPING.includes(blanks) });
    const ink = style.get("color") ?? "initial";
    if (ink === "inherit" || ink === "currentcolor") look = look.with({ ink: around });
    else if (ink !== "initial") look = look.with({ ink: colourOf(ink, look.paper) });
    const fill = style.get("-webkit-text-fill-color") ?? "";
    if (["currentcolor", "initial", "unset"].includes(fill)) look = look.with({ filled: false });
    else if (fill && fill !== "inherit") look = look.with({ filled: colourOf(fill, look.paper) });
    // The background paints the letters.
    if (style.get("background-clip") === "text") look = look.with({ ink: null, filled: false });
    const size = style.get("font-size") || fontSize(style.get("font") ?? "");
    if (size) look = look.with({ size: sizeOf(size, look.size, look.root) });
    if (size && tag === "html") look = look.with({ root: look.size });
    return look.with({ paper: look.paperIn(style) });
  }

  /** With what concerns everything inside. */
  private asAWhole(style: Style): Look {
    let look: Look = this;
    const share = (written: string): number => numberIn(written, 1) * (written.includes("%") ? 0.01 : 1);
    const [opacity, zoom] = [style.get("opacity"), style.get("zoom")];
    if (opacity !== undefined && !fades(style)) look = look.with({ opacity: this.opacity * Math.min(1, share(opacity)) });
    if (zoom !== undefined) look = look.with({ zoom: this.zoom * (share(zoom) || 1) });
    if (numberIn(style.get("font-size-adjust") ?? "", 1) < 0.05) look = look.with({ zoom: 0 });
    const dots = !["none", "initial"].includes(style.get("-webkit-text-security") ?? "none");
    return dots ? look.with({ gone: look.gone || "shown as dots" }) : look;
  }

  /** Why a box that cuts off shows nothing of its letters. */
  private cutOff(style: Style, tag: string): string {
    if (!isCut(style) || grows(style)) return "";
    const size = style.get("font-size");
    const em = size ? sizeOf(size, this.size, this.root) : this.size;
    const small = ["width", "height"].some((side) => {
      const most = side === "width" && isCell(style, tag) ? "" : style.get(`max-${side}`);
      const length = style.get(side) || (most ?? "");
      if (/(?:%|vw|vh)$/.test(length) || style.get(`min-${side}`)) return false;
      const found = pixels(length);
      return found !== null && 0 <= found && found < NARROW * em;
    });
    return small ? "in a box without size" : "";
  }

  /** [the look with the variables that a style sets, the style with theirs put in] */
  resolved(style: Style): [Look, Style] {
    const own = [...style].filter(([name]) => name.startsWith("--"));
    const look = own.length ? this.with({ variables: new Map([...this.variables, ...own]) }) : this;
    if (![...style.values()].some((value) => value.includes("var("))) return [look, style];
    const putIn = (_: string, name: string, otherwise: string | undefined): string =>
      look.variables.get(name) || (otherwise ?? "").trim() || "unknown";
    const done = new Map<string, string>();
    for (const [name, written] of style) {
      let value = written;
      for (let i = 0; i < DEEPEST && value.includes("var(") && value.length <= LONGEST; i++)
        value = value.replace(VARIABLE, putIn);
      done.set(name, value);
    }
    return [look, done];
  }

  private paperIn(style: Style): Colour | null {
    const behind = style.get("background-color") || (style.get("background") ?? "");
    const picture = (style.get("background-image") ?? "") + behind;
    if (picture.includes("url(") || picture.includes("gradient")) return null;
    if (behind && !["transparent", "none", "inherit", "initial"].includes(behind)) return paperOf(behind, this.paper);
    return this.pictures && isLifted(style) ? null : this.paper;
  }

  /** Why text is not seen; "" if it is. */
  get reason(): string {
    if (this.gone) return this.gone;
    if (this.invisible) return "formatted as hidden";
    if (this.size * this.zoom <= TINY) return "tiny";
    if (this.opacity < 0.08) return "drawn invisibly";
    const ink = this.letters;
    return ink && this.paper && near(ink, this.paper) ? "in the colour of its background" : "";
  }

  private get letters(): Colour | null {
    const ink = this.filled === false ? this.ink : this.filled;
    return ink && over(ink, this.opacity, this.paper);
  }

  /** Why text, which is seen, is hard to see; "" if it is not. */
  get doubt(): string {
    if (this.folded) return "folded away";
    if (this.size * this.zoom <= SMALL) return "very small";
    const ink = this.letters;
    return ink && this.paper && near(ink, this.paper, FAINT) ? "very faint" : "";
  }
}

function near(one: Colour, other: Colour, by: number = NEAR): boolean {
  return one.every((part, i) => Math.abs(part - other[i]!) <= by);
}

function fades(style: Style): boolean {
  return [...style.keys()].some((name) => name.startsWith("animation") || name.startsWith("transition"));
}

/** Whether an element is taken out of the flow, so that it may lie on another. */
export function isLifted(style: Style): boolean {
  if (["absolute", "fixed"].includes(style.get("position") ?? "")) return true;
  return ["margin", "margin-top", "margin-bottom"].some((name) => style.get(name)?.startsWith("-"));
}

export function reasonOf(style: Style, tag: string): string {
  if (style.get("display") === "none" || style.get("content-visibility") === "hidden") return "formatted as hidden";
  const opacity = style.get("opacity") ?? "1";
  const still = !fades(style);
  if (still && numberIn(opacity, 1) * (opacity.includes("%") ? 0.01 : 1) < 0.08) return "drawn invisibly";
  if (still && isFilteredOut(style.get("filter") ?? "")) return "drawn invisibly";
  if (isOffScreen(style)) return "outside the page";
  if (still && isClipped(style.get("clip-path") ?? "")) return "covered or cut off";
  return isSizeless(style, tag) || (still && isShrunk(style)) ? "in a box without size" : "";
}

export function isCut(style: Style): boolean {
  return ["hidden", "clip"].includes(style.get("overflow") ?? style.get("overflow-y") ?? "");
}

function grows(style: Style): boolean {
  const flex = style.get("flex") ?? "";
  return flex === "auto" || numberIn(flex, 0) > 0 || numberIn(style.get("flex-grow") ?? "", 0) > 0;
}

function isSizeless(style: Style, tag: string): boolean {
  if (!isCut(style)) return false;
  return ["width", "height"].some((side) => {
    if ((pixels(style.get(`min-${side}`) ?? "") ?? 0) > 1) return false;
    const limited = isNothing(style.get(`max-${side}`) ?? "") && !(side === "width" && isCell(style, tag));
    return limited || (isNothing(style.get(side) ?? "") && !grows(style));
  });
}

/** Of a table, which is as wide as its column, whatever its max-width says. */
function isCell(style: Style, tag: string): boolean {
  return tag === "td" || tag === "th" || style.get("display") === "table-cell";
}

/** A pixel or less; what a share of something comes to is not known. */
function isNothing(length: string): boolean {
  const found = pixels(length);
  return found !== null && 0 <= found && found <= (length.includes("%") ? 0 : 1);
}
