/** The styles of a DOCX: what they say about text, and what they are based on; rolefit/reading/wordstyles.py. */

import shared from "../shared.json";

/** Attribute values by "namespace local name", as expat names them. */
export type Attributes = Readonly<Record<string, string>>;
export type Given = Readonly<Record<string, string>>; // attributes without namespaces
export type Properties = Map<string, Given>; // by element

export const EFFECTS = shared.word.EFFECTS; // paint letters over their colour
export const RUN = new Set(shared.word.RUN);
export const PARAGRAPH = new Set(shared.word.PARAGRAPH);
export const OFF = new Set(shared.word.OFF);
const BASES = 20; // a style may be based on itself in a damaged file

export function plain(attributes: Attributes): Given {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) found[key.slice(key.lastIndexOf(" ") + 1)] = value;
  return found;
}

/** Under which a property is kept: two of a paragraph have the name of one of a run. */
export function keyOf(parent: string, name: string): string {
  if (parent === "pPr" && name === "shd") return "paragraph-shd";
  return parent === "rPr" && name === "spacing" ? "letter-spacing" : name;
}

export function isOn(given: Given | null): boolean {
  return given !== null && !OFF.has(given.val ?? "true");
}

/** An effect on letters while its element is open: how it paints them. */
export class Effect {
  private open = "";
  private solid = false;

  /**
   * Write what is known of the effect into the properties of its run or style. Nothing is known of gradients;
   * "none" is an effect that paints nothing.
   */
  start(name: string, given: Given, into: Properties | undefined): void {
    if (EFFECTS.includes(name)) {
      this.open = name;
      this.solid = false;
      into?.set(name, {});
    } else if (!this.open || !into?.has(this.open)) return;
    else if (name === "noFill") into.set(this.open, { none: "1" });
    else if (name === "solidFill" || name === "gradFill") this.solid = name === "solidFill";
    else if ((name === "srgbClr" || name === "schemeClr") && this.solid)
      into.set(this.open, { [name === "srgbClr" ? "val" : "themeColor"]: given.val ?? "" });
    else if (name === "alpha") into.set(this.open, isMost(given.val ?? "") ? { none: "1" } : {}); // shines through
    else if (["lumMod", "lumOff", "shade", "tint"].includes(name)) into.set(this.open, {});
  }

  end(name: string): void {
    if (EFFECTS.includes(name)) this.open = "";
  }
}

function isMost(thousandths: string): boolean {
  return /^[0-9]+$/.test(thousandths) && Number(thousandths.slice(0, 9)) > 92_000;
}

/** styles.xml: collected from parser events, asked by `find`. */
export class Styles {
  readonly defaults: Properties = new Map();
  readonly styles = new Map<string, Properties>();
  readonly filled = new Set<string>(); // table styles that shade anything
  usual = ""; // the paragraph style of paragraphs that name none
  private readonly path: string[] = [];
  private readonly effect = new Effect();
  private open = "";

  start(name: string, attributes: Attributes): void {
    const parent = this.path.at(-1) ?? "";
    this.path.push(name);
    const given = plain(attributes);
    if (name === "style") {
      this.open = given.styleId ?? "";
      this.styles.set(this.open, new Map());
      if (given.type === "paragraph" && !OFF.has(given.default ?? "0")) this.usual = this.open;
    } else if (EFFECTS.some((effect) => this.path.includes(effect))) this.effect.start(name, given, this.running());
    else if (this.path.includes("rPrDefault")) {
      if (RUN.has(name)) this.defaults.set(keyOf(parent, name), given);
    } else if (name === "shd" && (parent === "tcPr" || parent === "tblPr")) this.filled.add(this.open);
    else if (
      this.open &&
      !this.path.includes("tblStylePr") &&
      ((parent === "rPr" && RUN.has(name)) || (parent === "pPr" && PARAGRAPH.has(name)) || name === "basedOn")
    )
      this.styles.get(this.open)!.set(keyOf(parent, name), given);
  }

  /** Where the properties of letters go that are open. */
  private running(): Properties | undefined {
    if (this.path.includes("rPrDefault")) return this.defaults;
    return this.path.includes("tblStylePr") ? undefined : this.styles.get(this.open);
  }

  end(name: string): void {
    this.path.pop();
    this.effect.end(name);
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
