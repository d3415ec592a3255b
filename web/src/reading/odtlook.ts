/** How OpenDocument formats a piece of text, as far as it decides whether a person sees it; rolefit/reading/odtlook.py. */

import { float } from "../python";
import shared from "../shared.json";
import { type Colour, colourOf, near, WHITE } from "./wordcolours";
import type { Given } from "./wordstyles";

const { _HIDDEN: HIDDEN, _TINY: TINY, _DEPTH: DEPTH, _POINTS: POINTS } = shared.odt.look;
const SIZE = /^([\d.]{1,9})(pt|in|cm|mm|px|pc|%)$/;
const PROPERTIES = new Set(shared.odt.properties);
const FAMILIES = new Map(Object.entries(shared.odt.families));
const HIDING = new Set(["hidden-text", "hidden-paragraph"]);

/** What a style says; null where it says nothing. */
export interface Style {
  readonly parent: string;
  readonly colour: Colour | null;
  readonly ground: Colour | null;
  readonly size: number | null; // points
  readonly share: number | null; // of the size around
  readonly hidden: boolean | null;
}

const NOTHING: Style = { parent: "", colour: null, ground: null, size: null, share: null, hidden: null };

/** Styles by family and name, as they are met; those of a page come before its text. */
export class Styles {
  private readonly known = new Map<string, Style>();
  private open = "";

  start(name: string, given: Given): void {
    if (name === "style" || name === "default-style") {
      const family = given.family ?? "";
      const parent = given["parent-style-name"] ?? "";
      this.open = `${family}:${given.name ?? ""}`;
      this.known.set(this.open, { ...NOTHING, parent: parent && `${family}:${parent}` });
    } else if (this.open && PROPERTIES.has(name)) this.known.set(this.open, read(this.known.get(this.open)!, given));
  }

  end(name: string): void {
    if (name === "style" || name === "default-style") this.open = "";
  }

  /** With what it inherits. */
  find(family: string, name: string): Style {
    let found = NOTHING;
    let key = `${family}:${name}`;
    for (let depth = 0; depth < DEPTH && key; depth++) {
      const style = this.known.get(key);
      if (!style) break;
      found = over(style, found);
      key = style.parent;
    }
    return found;
  }
}

/** `above` where it says something, else `below`. */
export function over(below: Style, above: Style): Style {
  const sized = above.size !== null || above.share !== null ? above : below;
  return {
    parent: "",
    colour: above.colour ?? below.colour,
    ground: above.ground ?? below.ground,
    size: sized.size,
    share: sized.share,
    hidden: above.hidden ?? below.hidden,
  };
}

function read(style: Style, given: Given): Style {
  const painted = (value: string): Colour | null => colourOf(value.replace(/^#+/, ""));
  let { colour, ground, size, share, hidden } = style;
  if (given.color !== undefined) colour = painted(given.color);
  if (given["use-window-font-color"] === "true") colour = null;
  for (const name of ["background-color", "fill-color"]) if (given[name] !== undefined) ground = painted(given[name]);
  const found = SIZE.exec(given["font-size"] ?? "");
  if (found) {
    const value = float(found[1]!) ?? 12;
    [size, share] = found[2] === "%" ? [null, value / 100] : [value * POINTS[found[2] as keyof typeof POINTS], null];
  }
  if (given.display !== undefined) hidden = given.display === "none";
  return { parent: style.parent, colour, ground, size, share, hidden };
}

interface Look {
  readonly colour: Colour | null; // null: black or white, whatever the ground asks for
  readonly ground: Colour;
  readonly size: number;
  readonly reason: string; // why everything in it is not seen
}

/** Follows the elements of the text; `reason` says why text at this point is not seen. */
export class Grounds {
  private readonly looks: Look[] = [{ colour: null, ground: WHITE, size: 12, reason: "" }];

  constructor(private readonly styles: Styles) {}

  start(name: string, given: Given): void {
    let look = this.looks.at(-1)!;
    const family = FAMILIES.get(name);
    if (family && given["style-name"] !== undefined) {
      let style = this.styles.find(family, given["style-name"]);
      if (family === "paragraph") style = over(this.styles.find(family, ""), style);
      look = inside(look, style);
    }
    const hides =
      (HIDING.has(name) && (given["is-hidden"] ?? "true") === "true") ||
      (name === "section" && given.display === "none") ||
      (name === "table-row" && ["collapse", "filter"].includes(given.visibility ?? ""));
    this.looks.push(hides ? { ...look, reason: HIDDEN } : look);
  }

  end(): void {
    this.looks.pop();
  }

  reason(): string {
    const look = this.looks.at(-1)!;
    if (look.reason) return look.reason;
    if (look.size <= TINY) return "tiny";
    return look.colour && near(look.colour, look.ground) ? "in the colour of its background" : "";
  }
}

function inside(look: Look, style: Style): Look {
  return {
    colour: style.colour ?? look.colour,
    ground: style.ground ?? look.ground,
    size: style.size ?? look.size * (style.share ?? 1),
    reason: style.hidden ? HIDDEN : look.reason,
  };
}
