/**
 * How a DOCX formats a piece of text, as far as it decides whether a person sees it;
 * rolefit/reading/wordlook.py, step by step.
 *
 * Followed are styles with what they are based on, direct formatting, and what lies behind the text:
 * shading of run, paragraph, cell and table, the fill of a text box, the background of the page. Where
 * a colour is not known (a picture, a table style, a shape in another place, letters with an outline)
 * the text counts as seen.
 */

import { rstripOf, strip } from "../python";
import shared from "../shared.json";
import { words } from "./common";
import { type Colour, colourOf, near, number, shade, THEME, UNKNOWN, WHITE } from "./wordcolours";
import { type Attributes, EFFECTS, type Given, OFF, PARAGRAPH, plain, type Properties, RUN, type Styles } from "./wordstyles";

const { TINY, LOW, FAR, FAR_EMU, LEAST_EMU, BACKDROP_EMU } = shared.wordlook;
const HIGHLIGHTS = new Map<string, Colour>(Object.entries(shared.wordlook._HIGHLIGHTS));
// Elements that hold colours, none of which fills a shape.
const NO_FILL = new Set([...EFFECTS, ..."ln lnRef effectRef fontRef effectLst shadow glow sp3d props3d".split(" ")]);
const CHANGES = new Set(["lumMod", "lumOff", "shade", "tint"]); // of a colour

/** What the text of every part lies on. */
export class Page {
  colour: Colour = WHITE;

  constructor(readonly painted: boolean) {} // whether programs show a background that is not white
}

/** What text lies in: a cell, a text box. */
interface Ground {
  colour: Colour | null; // null: that of the ground below
  hidden: string; // why everything in it is not seen
}

class Shape {
  hidden = "";
  extent: readonly [number, number] = [1e9, 1e9];
  readonly places: number[] = []; // from the margins, EMU

  constructor(
    readonly number: number, // in its part
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

/** What the element says of the shape's fill, if anything. */
function paint(shape: Shape, name: string, given: Given): void {
  if (["blip", "gradFill", "pattFill", "fillRef"].includes(name)) {
    if (given.idx !== "0" && !(name === "fillRef" && shape.painted)) {
      shape.fill = UNKNOWN;
      shape.painted = true;
    }
  } else if (CHANGES.has(name) && shape.fill !== null) shape.fill = UNKNOWN;
  else if (name === "noFill" && !shape.painted) shape.painted = true;
  else if ((name === "srgbClr" || name === "schemeClr") && !shape.painted) {
    const value = given.val ?? "";
    shape.fill = name === "srgbClr" ? colourOf(value) : (THEME.get(value) ?? UNKNOWN);
    shape.painted = true;
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
  readonly growing = new Set<number>(); // small shapes that grow with their text
  private readonly grounds: Ground[] = [];
  private shapes: Shape[] = [];
  private count = 0; // of shapes
  private unfilled = 0; // depth inside what holds colours but fills no shape
  private effect = ""; // on letters, that is open

  /** `believe` and `grown`: what an earlier look at the part, or at another, has met. */
  constructor(
    private readonly styles: Styles,
    private readonly page: Page,
    private readonly believe: boolean,
    private readonly grown: ReadonlySet<number>,
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
    else if (name === "background" && parent === "document" && this.page.painted) {
      const given = plain(attributes);
      this.page.colour = colourOf(given.color, given.themeColor) ?? WHITE;
    } else if (name === "txbxContent") {
      const shape = this.shapes.at(-1) ?? new Shape(0, UNKNOWN);
      this.grounds.push({ colour: shape.fill, hidden: shape.unseen });
    } else if (parent === "rPr" && above === "r" && RUN.has(name) && frame) frame.run.set(name, plain(attributes));
    else if (parent === "pPr" && PARAGRAPH.has(name) && frame) frame.paragraph.set(name, plain(attributes));
    else if (["tcPr", "tblPr", "trPr"].includes(parent) && this.grounds.length) this.table(name, plain(attributes));
  }

  end(name: string): void {
    this.path.pop();
    if (name === "p") this.frames.pop();
    else if (["tbl", "tr", "tc", "txbxContent"].includes(name)) this.grounds.pop();
  }

  private table(name: string, given: Given): void {
    const ground = this.grounds.at(-1)!;
    if (name === "shd") ground.colour = shade(given);
    else if (name === "tblStyle" && this.styles.isFilled(given.val ?? "")) ground.colour = UNKNOWN;
    else if (name === "trHeight" && given.hRule === "exact") {
      const height = number(given.val);
      if (height !== null && height <= LOW) ground.hidden = "in a row without height";
    }
  }

  /** An element of another vocabulary: shapes and their fill, effects on letters. */
  startOther(name: string, attributes: Attributes): void {
    const given = plain(attributes);
    if (NO_FILL.has(name)) {
      this.unfilled++;
      if (EFFECTS.includes(name)) this.startEffect(name);
    } else if (name === "noFill" && this.effect) this.frames.at(-1)!.run.delete(this.effect);
    else if (name === "anchor" || name === "inline")
      this.shapes.push(new Shape(++this.count, null, false, !OFF.has(given.behindDoc ?? "0")));
    else if (["shape", "rect", "roundrect"].includes(name) && given.style !== undefined) this.oldShape(given);
    else if (name === "fill" && this.path.at(-1) === "background" && this.page.painted)
      this.page.colour = UNKNOWN; // a picture or pattern
    const shape = this.shapes.at(-1);
    if (shape) this.shape(shape, name, given);
  }

  private startEffect(name: string): void {
    if (this.path.at(-1) !== "rPr" || this.path.at(-2) !== "r" || !this.frames.length) return;
    this.effect = name;
    this.frames.at(-1)!.run.set(name, {});
  }

  private shape(shape: Shape, name: string, given: Given): void {
    if (name === "docPr" && !OFF.has(given.hidden ?? "0")) shape.hidden = "in a hidden shape";
    else if (name === "extent") {
      shape.extent = [number(given.cx) || 0, number(given.cy) || 0];
      const small = Math.min(...shape.extent) < LEAST_EMU;
      if (small && !this.grown.has(shape.number)) shape.hidden = "in a shape without size";
    } else if (name === "spAutoFit" && Math.min(...shape.extent) < LEAST_EMU) this.growing.add(shape.number);
    else if (name === "wrapNone") shape.floating = true;
    else if (!this.unfilled) paint(shape, name, given);
  }

  /** VML, which has no end that matters here: the next shape replaces it. */
  private oldShape(given: Given): void {
    const shape = new Shape(0, ["f", "false"].includes(given.filled ?? "t") ? null : UNKNOWN, true);
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
    if (NO_FILL.has(name)) {
      this.unfilled--;
      this.effect = "";
    }
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
    if (EFFECTS.some((effect) => this.find(effect))) return "";
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
      const fill = given && shade(given);
      if (fill) return [fill, true];
    }
    const own = this.grounds.findLast((ground) => ground.colour)?.colour;
    return own ? [own, true] : [this.page.colour, false];
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
