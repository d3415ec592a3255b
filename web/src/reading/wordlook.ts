/**
 * How a DOCX formats a piece of text, as far as it decides whether a person sees it;
 * rolefit/reading/wordlook.py, step by step.
 *
 * Followed are styles with what they are based on, direct formatting, and what lies behind the text:
 * shading of run, paragraph, cell and table, the fill of a text box, the background of the page. Where
 * a colour is not known (a picture, a table style, a shape in another place, letters with an outline)
 * the text counts as seen. What is merely hard to see is read, and named in a notice.
 */

import { strip } from "../python";
import shared from "../shared.json";
import { words } from "./common";
import { type Colour, colourOf, FAINT, near, number, shade, UNKNOWN, WHITE } from "./wordcolours";
import { Fields } from "./wordfields";
import { Grounds } from "./wordgrounds";
import { doubtOf, isUnpainted, letterInk, reasonOf, sizeOf } from "./wordletters";
import { drawnOfOld, Shape } from "./wordshapes";
import { type Attributes, Effect, type Given, keyOf, OFF, PARAGRAPH, plain, type Properties, RUN, type Styles } from "./wordstyles";

const { LOW, FAR, SHALLOW, LEAST_EMU } = shared.word;
const HIGHLIGHTS = new Map<string, Colour>(Object.entries(shared.word._HIGHLIGHTS));
const NO_FILL = new Set(shared.word._NO_FILL); // they hold colours, none of which fills a shape

/** What the text of every part lies on. */
export class Page {
  colour: Colour = WHITE;

  constructor(readonly painted: boolean) {} // whether programs show a background that is not white
}

/** An open paragraph and its open run. */
interface Frame {
  readonly paragraph: Properties;
  run: Properties;
}

/** Follows one part's events; `reason` says whether text at this point is seen. */
export class Look {
  backdrop = false; // whether a shape or picture was met that text may stand on
  covered = false; // whether one was met that text may lie beneath
  onBackdrop = 0; // words in the page's colour that were kept for it
  readonly growing = new Set<number>(); // small shapes that grow with their text
  readonly fields = new Fields();
  private readonly path: string[] = [];
  private readonly frames: Frame[] = [];
  private readonly grounds: Grounds;
  private shapes: Shape[] = [];
  private count = 0; // of shapes
  private unfilled = 0; // depth inside what holds colours but fills no shape
  private readonly effect = new Effect();
  private readonly phantoms: boolean[] = []; // open ones of a formula: whether they are not shown

  /** `believe` and `grown`: what an earlier look at the part, or at another, has met. */
  constructor(
    private readonly styles: Styles,
    private readonly page: Page,
    private readonly believe: boolean,
    private readonly grown: ReadonlySet<number>,
  ) {
    this.grounds = new Grounds(styles);
  }

  /** A WordprocessingML element. */
  start(name: string, attributes: Attributes): void {
    const parent = this.path.at(-1) ?? "";
    const above = this.path.at(-2) ?? "";
    this.path.push(name);
    const frame = this.frames.at(-1);
    if (name === "p") this.frames.push({ paragraph: new Map(), run: new Map() });
    else if (name === "r" && frame) frame.run = new Map();
    else if (name === "tbl" || name === "tr" || name === "tc") this.grounds.open(name);
    else if (name === "background" && parent === "document" && this.page.painted) {
      const given = plain(attributes);
      this.page.colour = colourOf(given.color, given.themeColor) ?? WHITE;
    } else if (name === "txbxContent") {
      this.grounds.open(name, this.shapes.at(-1));
      if (this.shapes.length) this.shapes.at(-1)!.speaks = true;
    } else if (name === "fldChar") this.fields.mark(plain(attributes).fldCharType ?? "");
    else if (name === "fldSimple") this.fields.begin(plain(attributes).instr ?? "");
    else if (parent === "rPr" && above === "r" && RUN.has(name) && frame)
      frame.run.set(keyOf(parent, name), plain(attributes));
    else if (parent === "pPr" && PARAGRAPH.has(name) && frame) frame.paragraph.set(name, plain(attributes));
    else if (["tcPr", "tblPr", "trPr", "tblGrid"].includes(parent)) this.grounds.say(parent, name, plain(attributes));
  }

  end(name: string): void {
    this.path.pop();
    if (name === "p" && this.frames.pop()) this.fields.endParagraph();
    else if (["tbl", "tr", "tc", "txbxContent"].includes(name)) this.grounds.close();
    else if (name === "fldSimple") this.fields.mark("end");
  }

  /** An element of another vocabulary: shapes and their fill, effects, formulas. */
  startOther(name: string, attributes: Attributes): void {
    const given = plain(attributes);
    const frame = this.frames.at(-1);
    if (NO_FILL.has(name)) this.unfilled++;
    if (this.path.at(-1) === "rPr" && this.path.at(-2) === "r" && frame) this.effect.start(name, given, frame.run);
    if (name === "anchor" || name === "inline")
      this.shapes.push(new Shape(++this.count, !OFF.has(given.behindDoc ?? "0"), name === "anchor"));
    else if (["shape", "rect", "roundrect"].includes(name) && given.style !== undefined) {
      const shape = drawnOfOld(given);
      this.backdrop ||= given.style.includes("position:absolute") && shape.fill !== null;
      this.shapes = [shape]; // it has no end that matters here: the next replaces it
    } else if (name === "fill" && this.path.at(-1) === "background" && this.page.painted)
      this.page.colour = UNKNOWN; // a picture or pattern
    else if (name === "r" && frame) {
      frame.run = new Map(); // of a formula
      this.path.push("r");
    } else if (name === "phant") this.phantoms.push(false);
    else if (name === "show" && this.phantoms.length) this.phantoms[this.phantoms.length - 1] = OFF.has(given.val ?? "true");
    const shape = this.shapes.at(-1);
    if (shape) this.shape(shape, name, given);
  }

  private shape(shape: Shape, name: string, given: Given): void {
    if (name === "spAutoFit" && Math.min(...shape.extent) < LEAST_EMU) this.growing.add(shape.number);
    shape.say(name, given, this.grown.has(shape.number), !this.unfilled);
  }

  /** The text of an element of another vocabulary: only a shape's place matters. */
  charactersOther(name: string, text: string): void {
    const place = name === "posOffset" ? number(strip(text)) : null;
    if (place !== null) this.shapes.at(-1)?.places.push(place);
  }

  endOther(name: string): void {
    this.effect.end(name);
    if (NO_FILL.has(name)) this.unfilled--;
    else if (name === "anchor" || name === "inline") {
      const shape = this.shapes.pop();
      this.backdrop ||= shape?.isBackdrop ?? false;
      this.covered ||= shape?.covers ?? false;
    } else if (name === "r" && this.path.at(-1) === "r") this.path.pop();
    else if (name === "phant") this.phantoms.pop();
  }

  /** Why `text`, met at this point, is not seen; "" if it is. */
  reason(text: string): string {
    if (!this.frames.length) return "";
    const hidden = this.grounds.hidden;
    if (hidden) return hidden;
    if (this.fields.hide || this.phantoms.some(Boolean)) return "formatted as hidden";
    return reasonOf(this.find, text) || this.misplaced() || this.inGroundColour(text);
  }

  /** Why `text`, which is seen, is hard to see; "" if it is not. */
  doubt(text: string): string {
    if (!this.frames.length) return "";
    const [ground, own] = this.ground();
    const ink = letterInk(this.find, ground);
    const faint = ink && near(ink, ground, FAINT) && !(this.believe && !own);
    return doubtOf(this.find, text) || (faint ? "very faint" : "");
  }

  private misplaced(): string {
    const spacing = this.findParagraph("spacing") ?? {};
    const line = number(spacing.line);
    const least = Math.max(LOW, (10 * sizeOf(this.find)) / SHALLOW);
    if (spacing.lineRule === "exact" && line !== null && line <= least) return "in a line without height";
    const indent = this.findParagraph("ind") ?? {};
    const frame = this.frames.at(-1)!.paragraph.get("framePr");
    const first = (number(indent.firstLine) || 0) - (number(indent.hanging) || 0);
    const left = (number(indent.left || indent.start) || 0) + first;
    const places = [left, number(frame?.x), number(frame?.y)];
    const far = places.some((place) => place !== null && (place > FAR || place < -FAR / 2));
    return far ? "outside the page" : "";
  }

  private inGroundColour(text: string): string {
    if (isUnpainted(this.find)) return "drawn invisibly";
    const [ground, own] = this.ground();
    const ink = letterInk(this.find, ground);
    if (!ink || !near(ink, ground)) return "";
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
    const own = this.grounds.colour;
    return own ? [own, true] : [this.page.colour, false];
  }

  /** What the run, its styles, the paragraph's or the table's say of a property of letters. */
  private readonly find = (name: string): Given | null => {
    const frame = this.frames.at(-1)!;
    const direct = frame.run.get(name);
    if (direct) return direct;
    for (const style of [frame.run.get("rStyle")?.val, this.usual(frame), this.grounds.tableStyle]) {
      const found = style ? this.styles.find(style, name) : null;
      if (found) return found;
    }
    return this.styles.defaults.get(name) ?? null;
  };

  private findParagraph(name: string): Given | null {
    const frame = this.frames.at(-1)!;
    return frame.paragraph.get(name) ?? this.styles.find(this.usual(frame), keyOf("pPr", name));
  }

  private usual(frame: Frame): string {
    return frame.paragraph.get("pStyle")?.val || this.styles.usual;
  }
}
