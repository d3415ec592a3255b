/** The styles of a DOCX: what they say about text, and what they are based on; rolefit/reading/wordstyles.py. */

import shared from "../shared.json";

/** Attribute values by "namespace local name", as expat names them. */
export type Attributes = Readonly<Record<string, string>>;
export type Given = Readonly<Record<string, string>>; // attributes without namespaces
export type Properties = Map<string, Given>; // by element

export const EFFECTS = ["textFill", "textOutline"]; // paint letters over their colour
export const RUN = new Set([...shared.wordlook._RUN, ...EFFECTS]);
export const PARAGRAPH = new Set(shared.wordlook._PARAGRAPH);
export const OFF = new Set(shared.wordlook._OFF);
const BASES = 20; // a style may be based on itself in a damaged file

export function plain(attributes: Attributes): Given {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) found[key.slice(key.lastIndexOf(" ") + 1)] = value;
  return found;
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
    } else if (name === "noFill" && EFFECTS.includes(parent)) {
      // Letters as if without the effect.
      const found = this.path.includes("rPrDefault") ? this.defaults : this.styles.get(this.open);
      found?.delete(parent);
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
