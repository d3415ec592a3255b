/** The shapes of a DOCX, as far as they decide whether a text in or beneath them is seen; rolefit/reading/wordshapes.py. */

import shared from "../shared.json";
import { type Colour, colourOf, near, number, THEME, UNKNOWN, WHITE } from "./wordcolours";
import { type Given, OFF } from "./wordstyles";

const { FAR_EMU, LEAST_EMU, BACKDROP_EMU, OVER_EMU } = shared.word;
const CHANGES = new Set(shared.word._CHANGES); // of a colour
const AROUND = new Set(shared.word._AROUND);

export class Shape {
  fill: Colour | null = null;
  painted = false;
  hidden = "";
  extent: readonly [number, number] = [1e9, 1e9];
  wrapped = false; // text runs around it
  floating: boolean; // text may stand on it
  speaks = false; // it holds text
  readonly places: number[] = []; // from the margins, EMU

  constructor(
    readonly number = 0, // in its part
    private readonly behind = false, // the text
    private readonly anchored = false, // at a place of its own, not in a line
  ) {
    this.floating = behind;
  }

  /** Why all of it is not seen; "" if it is. */
  get unseen(): string {
    const longer = Math.max(...this.extent);
    const size = longer < 1e9 ? longer : 0;
    const far = this.places.some((place) => place > 2 * FAR_EMU || place + size < -FAR_EMU / 5);
    return this.hidden || (far ? "outside the page" : "");
  }

  /** Whether white text may stand on it. */
  get isBackdrop(): boolean {
    const seenFill = this.fill !== null && !near(this.fill, WHITE);
    return this.floating && this.isLarge(BACKDROP_EMU) && seenFill && !this.unseen;
  }

  /** Whether text may lie beneath it. */
  get covers(): boolean {
    const over = this.anchored && !(this.behind || this.wrapped || this.speaks);
    return over && this.isLarge(OVER_EMU) && this.fill !== null && !this.unseen;
  }

  private isLarge(least: number): boolean {
    const shorter = Math.min(...this.extent);
    return least <= shorter && shorter < 1e9;
  }

  /** An element inside it; `grown` if it grows with its text, `fills` if a colour fills it. */
  say(name: string, given: Given, grown: boolean, fills: boolean): void {
    if (name === "docPr" && !OFF.has(given.hidden ?? "0")) this.hidden = "in a hidden shape";
    else if (name === "extent") {
      this.extent = [number(given.cx) || 0, number(given.cy) || 0];
      if (Math.min(...this.extent) < LEAST_EMU && !grown) this.hidden = "in a shape without size";
    } else if (name === "wrapNone") this.floating = true;
    else if (AROUND.has(name)) this.wrapped = true;
    else if (fills) this.paint(name, given);
  }

  /** What the element says of the fill, if anything. */
  private paint(name: string, given: Given): void {
    if (["pic", "blip", "gradFill", "pattFill", "fillRef"].includes(name)) {
      if (given.idx !== "0" && !(name === "fillRef" && this.painted)) {
        this.fill = UNKNOWN;
        this.painted = true;
      }
    } else if (CHANGES.has(name) && this.fill !== null) this.fill = UNKNOWN;
    else if (name === "noFill" && !this.painted) this.painted = true;
    else if ((name === "srgbClr" || name === "schemeClr") && !this.painted) {
      const value = given.val ?? "";
      this.fill = name === "srgbClr" ? colourOf(value) : (THEME.get(value) ?? UNKNOWN);
      this.painted = true;
    }
  }
}

/** A shape of VML, whose attributes say all that matters. */
export function drawnOfOld(given: Given): Shape {
  const shape = new Shape();
  shape.fill = ["f", "false"].includes(given.filled ?? "t") ? null : UNKNOWN;
  shape.painted = true;
  if (given.style!.replaceAll(" ", "").includes("visibility:hidden")) shape.hidden = "in a hidden shape";
  return shape;
}
