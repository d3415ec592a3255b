/** How a DOCX formats letters, as far as it decides whether a person sees them; rolefit/reading/wordletters.py. */

import { rstripOf } from "../python";
import shared from "../shared.json";
import { type Colour, colourOf, inkOf, near, number } from "./wordcolours";
import { type Given, isOn } from "./wordstyles";

const { TINY, SMALL, USUAL, NARROW, RAISED } = shared.word;
const SYMBOLS = new Set(shared.word.SYMBOLS);
const SPELLED = new RegExp(shared.word._SPELLED.pattern);

/** What formatting says of a property of letters. */
export type Find = (name: string) => Given | null;

/** Half points. Letters of scripts that join or run to the left have a size of their own. */
export function sizeOf(find: Find): number {
  const other = isOn(find("rtl")) || isOn(find("cs"));
  return number(find(other ? "szCs" : "sz")?.val) || USUAL;
}

/** Why letters are not seen, wherever they stand; "" if they are. */
export function reasonOf(find: Find, text: string): string {
  if (isOn(find("vanish")) || isOn(find("specVanish"))) return "formatted as hidden";
  const size = sizeOf(find);
  if (size <= TINY || valueOf(find, "w", 99) <= NARROW) return "tiny";
  if (Math.abs(valueOf(find, "position")) > RAISED) return "outside the page";
  // Twips: half of a letter's height.
  if (-valueOf(find, "letter-spacing") >= (size * 10) / 2) return "written on top of itself";
  const font = (find("rFonts")?.ascii ?? "").toLowerCase();
  return SYMBOLS.has(font) && SPELLED.test(text) ? "in a font of symbols" : "";
}

/** Why letters are hard to see; "" if they are not. */
export function doubtOf(find: Find, text: string): string {
  // Not a list's page numbers.
  if (isOn(find("webHidden")) && /\p{L}/u.test(text)) return "hidden in one of two views";
  return sizeOf(find) <= SMALL ? "very small" : "";
}

function valueOf(find: Find, name: string, usual = 0): number {
  return number(rstripOf(find(name)?.val ?? "", "%")) || usual;
}

export function isUnpainted(find: Find): boolean {
  return find("textFill")?.none !== undefined && !isOutlined(find);
}

function isOutlined(find: Find): boolean {
  const outline = find("textOutline");
  return outline !== null && outline.none === undefined;
}

/** The colour of letters on a ground; null if it is not known, or "auto": what can be read. */
export function letterInk(find: Find, ground: Colour): Colour | null {
  if (isOutlined(find)) {
    const rim = effectColour(find("textOutline") ?? {});
    if (!rim || !near(rim, ground)) return rim;
  }
  const fill = find("textFill");
  if (fill && fill.none === undefined) return effectColour(fill);
  return inkOf(find("color") ?? {});
}

function effectColour(given: Given): Colour | null {
  return colourOf(given.val, given.themeColor);
}
