/** The colours of a DOCX, as its XML writes them; rolefit/reading/wordcolours.py. */

import { float, roundHalfEven } from "../python";
import shared from "../shared.json";
import type { Given } from "./wordstyles";

export type Colour = readonly number[];

const { NEAR } = shared.word;
export const { FAINT } = shared.word;
export const WHITE: Colour = shared.word.WHITE;
const BLACK: Colour = shared.word.BLACK;
export const THEME = new Map<string, Colour>(Object.entries(shared.word.THEME));
export const UNKNOWN: Colour = shared.word.UNKNOWN; // near to no colour

export function number(text: string | undefined): number | null {
  return text ? float(text) : null;
}

/**
 * What an element `color` comes to: the theme's colour, where it names one that is known. The value beside it
 * is what the program that saved the file made of it.
 */
export function inkOf(given: Given): Colour | null {
  const theme = THEME.get(given.themeColor ?? "");
  if (!theme) return colourOf(given.val, given.themeColor);
  const [tint, shade] = [share(given.themeTint), share(given.themeShade)];
  return theme.map((part) => roundHalfEven((part * tint + 255 * (1 - tint)) * shade));
}

/** Of 255, in hexadecimal digits; 1 where nothing is said. */
function share(text: string | undefined): number {
  return text && /^[0-9a-f]{2}$/i.test(text) ? parseInt(text, 16) / 255 : 1;
}

/** null for "auto" and for what is not said. */
export function colourOf(value: string | undefined, theme?: string): Colour | null {
  if (value?.length === 6)
    return /^[0-9a-f]{6}$/i.test(value) ? value.match(/../g)!.map((pair) => parseInt(pair, 16)) : null;
  return theme ? (THEME.get(theme) ?? UNKNOWN) : null;
}

export function near(one: Colour, other: Colour, by: number = NEAR): boolean {
  return one.every((part, i) => Math.abs(part - other[i]!) <= by);
}

/** What shading comes to: the fill, or as much of the pattern's colour as it says. */
export function shade(given: Given): Colour | null {
  const fill = colourOf(given.fill, given.themeFill);
  const pattern = given.val ?? "clear";
  if (pattern === "clear" || pattern === "nil") return fill;
  const ink = colourOf(given.color, given.themeColor) ?? BLACK;
  if (pattern === "solid") return ink;
  const share = number(pattern.startsWith("pct") ? pattern.slice(3) : pattern); // null of stripes
  if (share === null || !(0 <= share && share <= 100) || ink === UNKNOWN || fill === UNKNOWN) return UNKNOWN;
  return ink.map((part, i) => roundHalfEven((part * share + (fill ?? WHITE)[i]! * (100 - share)) / 100));
}
