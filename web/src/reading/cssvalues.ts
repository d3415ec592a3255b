/** What the values of CSS properties say: colours, lengths, sizes of type; rolefit/reading/cssvalues.py. */

import { float, isalpha, numberOf, rstripOf, split, strip } from "../python";
import shared from "../shared.json";

const PIXELS: Readonly<Record<string, number>> = shared.cssvalues.PIXELS;
const NAMED = new Map<string, readonly number[]>(Object.entries(shared.cssvalues.NAMED));
const LENGTH = pattern(shared.cssvalues.LENGTH);
const STARTS_WITH_LENGTH = pattern({ ...shared.cssvalues.LENGTH, pattern: `^${shared.cssvalues.LENGTH.pattern}` });
const RGB = pattern(shared.cssvalues.RGB);
const ONLY_RGB = pattern({ ...shared.cssvalues.RGB, pattern: `^${shared.cssvalues.RGB.pattern}$` });
const BETWEEN = pattern(shared.cssvalues.BETWEEN);

export type Colour = readonly number[];

export function pattern(written: { pattern: string; flags: string }, flags = ""): RegExp {
  return new RegExp(written.pattern, written.flags + flags);
}

export function numberIn(text: string, otherwise: number): number {
  const match = STARTS_WITH_LENGTH.exec(text);
  return match ? numberOf(match[1]!) : otherwise;
}

export function pixels(text: string): number | null {
  const match = STARTS_WITH_LENGTH.exec(text);
  return match && numberOf(match[1]!) * PIXELS[match[2]!]!;
}

/** The size that the shorthand `font` names, "" if there is none. */
export function fontSize(font: string): string {
  return LENGTH.exec(font)?.[0] ?? "";
}

/** Pixels; `above` is the size of the type around, `root` that of the page. */
export function sizeOf(text: string, above: number, root: number): number {
  const match = STARTS_WITH_LENGTH.exec(text);
  if (!match) return isalpha(text.replaceAll("-", "")) ? 16 : above;
  const [value, unit] = [numberOf(match[1]!), match[2]!];
  const own = new Map([
    ["em", above],
    ["%", above / 100],
    ["rem", root],
  ]);
  return value * (own.get(unit) ?? PIXELS[unit]!);
}

/** The colour in the value of `background`. */
export function paperOf(text: string, above: Colour | null): Colour | null {
  return colourOf(RGB.exec(text)?.[0] ?? split(text)[0]!, above);
}

/** null if it cannot be told; one that is transparent shows what lies below. */
export function colourOf(text: string, below: Colour | null = null): Colour | null {
  text = strip(text).toLowerCase();
  if (text === "transparent") return below;
  if (text.startsWith("#") && [4, 5, 7, 9].includes(text.length)) {
    let digits = text.slice(1);
    if (!/^[0-9a-f]+$/.test(digits)) return null;
    if (digits.length < 6) digits = digits.replace(/./g, "$&$&");
    const parts = digits.match(/../g)!.map((pair) => parseInt(pair, 16));
    return parts.length === 4 && parts[3]! < 20 ? below : parts.slice(0, 3);
  }
  const match = ONLY_RGB.exec(text);
  if (!match) return NAMED.get(text) ?? null;
  const values = strip(match[1]!).split(BETWEEN);
  const numbers = values.slice(0, 3).map((value) => {
    const number = float(rstripOf(value, "%"));
    return number === null ? NaN : Math.trunc(number * (value.includes("%") ? 2.55 : 1));
  });
  const alpha = values.length > 3 ? float(rstripOf(values[3]!, "%")) : 1;
  if (alpha === null || numbers.length < 3 || !numbers.every(Number.isFinite)) return null;
  return alpha < 0.08 ? below : numbers;
}
