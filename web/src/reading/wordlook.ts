/**
 * How a DOCX formats a piece of text, as far as it decides whether a person sees it;
 * rolefit/reading/wordlook.py, step by step.
 *
 * Followed are styles with what they are based on, direct formatting, and what lies behind the text:
 * shading of run, paragraph, cell and table, the fill of a text box. Where the background is not
 * known (a picture, a table style, a shape in another place) the text counts as seen.
 */

import { float, rstripOf, strip } from "../python";
import shared from "../shared.json";
import { words } from "./common";

/** Attribute values by "namespace local name", as expat names them. */
export type Attributes = Readonly<Record<string, string>>;
type Given = Readonly<Record<string, string>>; // attributes without namespaces
type Properties = Map<string, Given>; // by element
type Colour = readonly number[];

const { NEAR, TINY, LOW, FAR, FAR_EMU, LEAST_EMU, BACKDROP_EMU, WHITE } = shared.wordlook;
const RUN = new Set(shared.wordlook._RUN);
const PARAGRAPH = new Set(shared.wordlook._PARAGRAPH);
const OFF = new Set(shared.wordlook._OFF);
const THEME = new Map<string, Colour>(Object.entries(shared.wordlook._THEME));
const HIGHLIGHTS = new Map<string, Colour>(Object.entries(shared.wordlook._HIGHLIGHTS));
const UNKNOWN: Colour = shared.wordlook._UNKNOWN; // near to no colour
const BASES = 20; // a style may be based on itself in a damaged file

function plain(attributes: Attributes): Given {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) found[key.slice(key.lastIndexOf(" ") + 1)] = value;
  return found;
}

function number(text: string | undefined): number | null {
  return text ? float(text) : null;
}

/** null for "auto" and for what is not said. */
function colourOf(value: string | undefined, theme?: string): Colour | null {
  if (value?.length === 6)
    return /^[0-9a-f]{6}$/i.test(value) ? value.match(/../g)!.map((pair) => parseInt(pair, 16)) : null;
  return theme ? (THEME.get(theme) ?? UNKNOWN) : null;
}

function near(one: Colour, other: Colour): boolean {
  return one.every((part, i) => Math.abs(part - other[i]!) <= NEAR);
}

/** styles.xml: collected from parser events, asked by `find`. */
export class Styles {
  readonly defaults: Properties = new Map();
  readonly styles = new Map<string, Properties>();
  readonly filled = new Set<string>(); // table styles that shade anything
  usual = ""; // the paragraph style of paragraphs that name none
  private readonly path: string[] = [];
  private open = "";

  start(name: string, attributes: Attributes): void {
    const parent = this.path.at(-1) ?? "";
    this.path.push(name);
    const given = plain(attributes);
    if (name === "style") {
      this.open = given.styleId ?? "";
      this.styles.set(this.open, new Map());
      if (given.type === "paragraph" && !OFF.has(given.default ?? "0")) this.usual = this.open;
    } else if (this.path.includes("rPrDefault")) {
      if (RUN.has(name)) this.defaults.set(name, given);
    } else if (name === "shd" && (parent === "tcPr" || parent === "tblPr")) this.filled.add(this.open);
    else if (
      this.open &&
      ((parent === "rPr" && RUN.has(name)) || (parent === "pPr" && PARAGRAPH.has(name)) || name === "basedOn") &&
      !this.path.includes("tblStylePr")
    )
      this.styles.get(this.open)!.set(parent === "pPr" && name === "shd" ? "paragraph-shd" : name, given);
  }

  end(name: string): void {
    this.path.pop();
    if (name === "style") this.open = "";
  }

  /** What the style, or what it is based on, says about `name`. */
  find(style: string, name: string): Given | null {
    for (let i = 0; i < BASES; i++) {
      const properties = this.styles.get(style);
      if (!properties) return null;
      const found = properties.get(name);
      if (found) return found;
      style = properties.get("basedOn")?.val ?? "";
    }
    return null;
  }

  isFilled(style: string): boolean {
    for (let i = 0; i < BASES; i++) {
      if (this.filled.has(style)) return true;
      style = this.styles.get(style)?.get("basedOn")?.val ?? "";
    }
    return false;
  }
}

/** What text lies in: the page, a cell, a text box. */
interface Ground {
  colour: Colour | null; // null: that of the ground below
  hidden: string; // why everything in it is not seen
}

class Shape {
  hidden = "";
  extent: readonly [number, number] = [1e9, 1e9];
  readonly places: number[] = []; // from the margins, EMU

  constructor(
    public fill: Colour | null = null,
    public painted = false,
    public floating = false, // text may stand on it
  ) {}

  /** Why all of it is not seen; "" if it is. */
  get unseen(): string {
    const longer = Math.max(...this.extent);
    const size = longer < 1e9 ? longer : 0;
    const far = this.places.some((place) => place > 2 * FAR_EMU || place + size < -FAR_EMU / 5);
    return this.hidden || (far ? "outside the page" : "");
  }
}

/** An open paragraph and its open run. */
interface Frame {
  readonly paragraph: Properties;
  run: Properties;
}

/** Follows one part's events; `reason` says whether text at this point is seen. */
export class Look {
  backdrop = false; // whether a shape or picture was met that text may stand on
  onBackdrop = 0; // words in the page's colour that were kept for it
  private readonly path: string[] = [];
  private readonly frames: Frame[] = [];
  private readonly grounds: Ground[] = [{ colour: WHITE, hidden: "" }];
  private shapes: Shape[] = [];

  constructor(
    private readonly styles: Styles,
    private readonly believe: boolean,
  ) {}

  /** A WordprocessingML element. */
  start(name: string, attributes: Attributes): void {
    const parent = this.path.at(-1) ?? "";
    const above = this.path.at(-2) ?? "";
    this.path.push(name);
    const frame = this.frames.at(-1);
    if (name === "p") this.frames.push({ paragraph: new Map(), run: new Map() });
    else if (name === "r" && frame) frame.run = new Map();
    else if (name === "tbl" || name === "tr" || name === "tc") this.grounds.push({ colour: null, hidden: "" });
    else if (name === "txbxContent") {
      const shape = this.shapes.at(-1) ?? new Shape(UNKNOWN);
      this.grounds.push({ colour: shape.fill, hidden: shape.unseen });
    } else if (parent === "rPr" && above === "r" && RUN.has(name) && frame) frame.run.set(name, plain(attributes));
    else if (parent === "pPr" && PARAGRAPH.has(name) && frame) frame.paragraph.set(name, plain(attributes));
    else if (parent === "tcPr" || parent === "tblPr" || parent === "trPr") this.table(name, plain(attributes));
  }

  end(name: string): void {
    this.path.pop();
    if (name === "p") this.frames.pop();
    else if (["tbl", "tr", "tc", "txbxContent"].includes(name) && this.grounds.length > 1) this.grounds.pop();
  }

  private table(name: string, given: Given): void {
    const ground = this.grounds.at(-1)!;
    if (name === "shd") ground.colour = colourOf(given.fill, given.themeFill);
    else if (name === "tblStyle" && this.styles.isFilled(given.val ?? "")) ground.colour = UNKNOWN;
    else if (name === "trHeight" && given.hRule === "exact") {
      const height = number(given.val);
      if (height !== null && height <= LOW) ground.hidden = "in a row without height";
    }
  }

  /** An element of another vocabulary: shapes and their fill. */
  startOther(name: string, attributes: Attributes): void {
    const given = plain(attributes);
    if (name === "anchor" || name === "inline")
      this.shapes.push(new Shape(null, false, !OFF.has(given.behindDoc ?? "0")));
    else if (["shape", "rect", "roundrect"].includes(name) && given.style !== undefined) this.oldShape(given);
    const shape = this.shapes.at(-1);
    if (!shape) return;
    if (name === "docPr" && !OFF.has(given.hidden ?? "0")) shape.hidden = "in a hidden shape";
    else if (name === "extent") {
      shape.extent = [number(given.cx) || 0, number(given.cy) || 0];
      if (Math.min(...shape.extent) < LEAST_EMU) shape.hidden = "in a shape without size";
    } else if (name === "wrapNone") shape.floating = true;
    else this.paint(shape, name, given);
  }

  private paint(shape: Shape, name: string, given: Given): void {
    if (["blip", "gradFill", "pattFill", "fillRef"].includes(name)) {
      if (given.idx !== "0" && !(name === "fillRef" && shape.painted)) {
        shape.fill = UNKNOWN;
        shape.painted = true;
      }
    } else if (name === "noFill" && !shape.painted) shape.painted = true;
    else if ((name === "srgbClr" || name === "schemeClr") && !shape.painted) {
      const value = given.val ?? "";
      shape.fill = name === "srgbClr" ? colourOf(value) : (THEME.get(value) ?? UNKNOWN);
      shape.painted = true;
    }
  }

  /** VML, which has no end that matters here: the next shape replaces it. */
  private oldShape(given: Given): void {
    const shape = new Shape(["f", "false"].includes(given.filled ?? "t") ? null : UNKNOWN, true);
    if (given.style!.replaceAll(" ", "").includes("visibility:hidden")) shape.hidden = "in a hidden shape";
    this.backdrop ||= given.style!.includes("position:absolute") && shape.fill !== null;
    this.shapes = [shape];
  }

  /** The text of an element of another vocabulary: only a shape's place matters. */
  charactersOther(name: string, text: string): void {
    const place = name === "posOffset" ? number(strip(text)) : null;
    if (place !== null) this.shapes.at(-1)?.places.push(place);
  }

  endOther(name: string): void {
    const shape = name === "anchor" || name === "inline" ? this.shapes.pop() : undefined;
    if (!shape) return;
    const seenFill = shape.fill !== null && !near(shape.fill, WHITE);
    const least = Math.min(...shape.extent);
    const large = BACKDROP_EMU <= least && least < 1e9;
    this.backdrop ||= shape.floating && large && seenFill && !shape.unseen;
  }

  /** Why `text`, met at this point, is not seen; "" if it is. */
  reason(text: string): string {
    if (!this.frames.length) return "";
    const hidden = this.grounds.findLast((ground) => ground.hidden)?.hidden;
    if (hidden) return hidden;
    const vanish = this.find("vanish");
    if (vanish && !OFF.has(vanish.val ?? "true")) return "formatted as hidden";
    const [size, stretch] = [this.find("sz"), this.find("w")];
    if (size && (number(size.val) || 99) <= TINY) return "tiny";
    if (stretch && (number(rstripOf(stretch.val ?? "", "%")) || 99) <= 10) return "tiny";
    return this.misplaced() || this.inGroundColour(text);
  }

  private misplaced(): string {
    const spacing = this.findParagraph("spacing") ?? {};
    const line = number(spacing.line);
    if (spacing.lineRule === "exact" && line !== null && line <= LOW) return "in a line without height";
    const { paragraph } = this.frames.at(-1)!;
    const [indent, frame] = [paragraph.get("ind"), paragraph.get("framePr")];
    const places = [indent?.left, indent?.start, frame?.x, frame?.y].map(number);
    const far = places.some((place) => place !== null && (place > FAR || place < -FAR / 2));
    return far ? "outside the page" : "";
  }

  private inGroundColour(text: string): string {
    const found = this.find("color") ?? {};
    const colour = colourOf(found.val, found.themeColor);
    if (!colour) return ""; // "auto" is black or white, whatever can be read
    const [ground, own] = this.ground();
    if (!near(colour, ground)) return "";
    if (this.believe && !own) {
      this.onBackdrop += words(text);
      return "";
    }
    return "in the colour of its background";
  }

  /** [the colour behind the text, whether something of its own gives it] */
  private ground(): [Colour, boolean] {
    const mark = this.find("highlight");
    if (mark && !OFF.has(mark.val ?? "none")) return [HIGHLIGHTS.get(mark.val!) ?? UNKNOWN, true];
    for (const given of [this.find("shd"), this.findParagraph("shd")]) {
      const fill = given && colourOf(given.fill, given.themeFill);
      if (fill) return [fill, true];
    }
    const own = this.grounds.slice(1).findLast((ground) => ground.colour)?.colour;
    return own ? [own, true] : [WHITE, false];
  }

  private find(name: string): Given | null {
    const frame = this.frames.at(-1)!;
    const style = frame.run.get("rStyle")?.val;
    const found = frame.run.get(name) ?? (style ? this.styles.find(style, name) : null);
    return found ?? this.styles.find(this.usual(frame), name) ?? this.styles.defaults.get(name) ?? null;
  }

  private findParagraph(name: string): Given | null {
    const frame = this.frames.at(-1)!;
    return frame.paragraph.get(name) ?? this.styles.find(this.usual(frame), name === "shd" ? "paragraph-shd" : name);
  }

  private usual(frame: Frame): string {
    return frame.paragraph.get("pStyle")?.val || this.styles.usual;
  }
}
