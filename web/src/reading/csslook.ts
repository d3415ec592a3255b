/**
 * How text in a page looks, as far as it decides whether a person sees it; rolefit/reading/csslook.py,
 * step by step.
 *
 * Followed are display, visibility, opacity, font size, colours, places off the screen, boxes without
 * size. Where a background is a picture or gradient, or may come from a linked style sheet or from a
 * picture that lies beneath, the text counts as seen.
 */

import shared from "../shared.json";
import { type Colour, colourOf, fontSize, numberIn, paperOf, pattern, pixels, sizeOf } from "./cssvalues";
import type { Element } from "./selectors";

const { NEAR, TINY, FAR } = shared.csslook;
const SHRUNK = pattern(shared.csslook.SHRUNK);
const CLIPPED = pattern({ ...shared.csslook.CLIPPED, pattern: `^${shared.csslook.CLIPPED.pattern}$` });
const MOVED = pattern(shared.csslook.MOVED);
const KEEPING = ["pre", "pre-wrap", "pre-line", "break-spaces"]; // line breaks, of white-space

export type Style = ReadonlyMap<string, string>;

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
    const reason = reasonOf(style, tag);
    if (reason) look = look.with({ gone: look.gone || reason });
    const visibility = style.get("visibility");
    if (visibility !== undefined) look = look.with({ invisible: ["hidden", "collapse"].includes(visibility) });
    const blanks = style.get("white-space");
    if (blanks !== undefined) look = look.with({ breaks: KEEPING.includes(blanks) });
    const ink = style.get("color") ?? "initial";
    if (ink === "inherit" || ink === "currentcolor") look = look.with({ ink: around });
    else if (ink !== "initial") look = look.with({ ink: colourOf(ink, look.paper) });
    const size = style.get("font-size") || fontSize(style.get("font") ?? "");
    if (size) look = look.with({ size: sizeOf(size, look.size, look.root) });
    if (size && tag === "html") look = look.with({ root: look.size });
    return look.with({ paper: look.paperIn(style) });
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
    if (this.size <= TINY) return "tiny";
    return this.ink && this.paper && near(this.ink, this.paper) ? "in the colour of its background" : "";
  }
}

function near(one: Colour, other: Colour): boolean {
  return one.every((part, i) => Math.abs(part - other[i]!) <= NEAR);
}

/** Whether an element is taken out of the flow, so that it may lie on another. */
export function isLifted(style: Style): boolean {
  if (["absolute", "fixed"].includes(style.get("position") ?? "")) return true;
  return ["margin", "margin-top", "margin-bottom"].some((name) => style.get(name)?.startsWith("-"));
}

export function reasonOf(style: Style, tag: string): string {
  if (style.get("display") === "none" || style.get("content-visibility") === "hidden") return "formatted as hidden";
  const opacity = style.get("opacity") ?? "1";
  const fades = [...style.keys()].some((name) => name.startsWith("animation") || name.startsWith("transition"));
  if (!fades && numberIn(opacity, 1) * (opacity.includes("%") ? 0.01 : 1) < 0.08) return "drawn invisibly";
  if (isOffScreen(style)) return "outside the page";
  if (isSizeless(style, tag) || SHRUNK.test(style.get("transform") ?? "")) return "in a box without size";
  return "";
}

function isSizeless(style: Style, tag: string): boolean {
  if (!["hidden", "clip"].includes(style.get("overflow") ?? style.get("overflow-y") ?? "")) return false;
  const flex = style.get("flex") ?? "";
  const grows = flex === "auto" || numberIn(flex, 0) > 0 || numberIn(style.get("flex-grow") ?? "", 0) > 0;
  return ["width", "height"].some((side) => {
    if ((pixels(style.get(`min-${side}`) ?? "") ?? 0) > 1) return false;
    const limited = isNothing(style.get(`max-${side}`) ?? "") && !(side === "width" && isCell(style, tag));
    return limited || (isNothing(style.get(side) ?? "") && !grows);
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
