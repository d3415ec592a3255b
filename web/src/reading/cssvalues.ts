/** What the values of CSS properties say: colours, lengths, sizes of type; rolefit/reading/cssvalues.py. */

import { float, isalpha, numberOf, removesuffix, rstripOf, split, strip } from "../python";
import shared from "../shared.json";

const PIXELS: Readonly<Record<string, number>> = shared.cssvalues.PIXELS;
const NAMED = new Map<string, readonly number[]>(Object.entries(shared.cssvalues.NAMED));
const LENGTH = pattern(shared.cssvalues.LENGTH);
const STARTS_WITH_LENGTH = pattern({ ...shared.cssvalues.LENGTH, pattern: `^${shared.cssvalues.LENGTH.pattern}` });
const RGB = pattern(shared.cssvalues.RGB);
const ONLY_RGB = pattern({ ...shared.cssvalues.RGB, pattern: `^${shared.cssvalues.RGB.pattern}$` });
const ONLY_HSL = pattern({ ...shared.cssvalues.HSL, pattern: `^${shared.cssvalues.HSL.pattern}$` });
const ONLY_SRGB = pattern({ ...shared.cssvalues.SRGB, pattern: `^${shared.cssvalues.SRGB.pattern}$` });
const STARTS_LIGHT = pattern({ ...shared.cssvalues.LIGHT, pattern: `^${shared.cssvalues.LIGHT.pattern}` });
const TWO = pattern({ ...shared.cssvalues.TWO, pattern: `^${shared.cssvalues.TWO.pattern}$` });
const FORMS = [RGB, pattern(shared.cssvalues.HSL), pattern(shared.cssvalues.LIGHT), pattern(shared.cssvalues.SRGB)];
const ONLY_LENGTH = pattern({ ...shared.cssvalues.LENGTH, pattern: `^${shared.cssvalues.LENGTH.pattern}$` });
const CALL = pattern(shared.cssvalues.CALL);
const SUM = pattern(shared.cssvalues.SUM, "g");
const SYSTEM = new Map<string, readonly number[]>(Object.entries(shared.cssvalues.SYSTEM));
const { _DEEPEST: DEEPEST, _LONGEST: LONGEST } = shared.cssvalues;
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
  return pixelsOf(STARTS_WITH_LENGTH.exec(text.includes("(") ? workedOut(text) : text));
}

function pixelsOf(match: RegExpExecArray | null): number | null {
  return match && numberOf(match[1]!) * PIXELS[match[2]!]!;
}

/** A length with its functions replaced by what they come to, where it can be told. */
function workedOut(text: string): string {
  for (let i = 0; i < DEEPEST; i++) {
    const match = text.length > LONGEST ? null : CALL.exec(text);
    if (!match) break;
    const [, name, args] = match;
    const known: number[] = [];
    for (const part of args!.split(",")) {
      const length = worked(part);
      if (length === null) return text;
      known.push(length);
    }
    const clamped = name === "clamp" && known.length === 3;
    const found = clamped
      ? Math.max(known[0]!, Math.min(known[1]!, known[2]!))
      : name === "max"
        ? Math.max(...known)
        : Math.min(...known);
    text = `${text.slice(0, match.index)}${found.toFixed(4)}px${text.slice(match.index + match[0].length)}`;
  }
  return text;
}

/** Of a sum or a product of two; null if it cannot be told. */
function worked(sum: string): number | null {
  const written = strip(sum);
  const signs = written.match(SUM) ?? [];
  const numbers = written.split(SUM).map((part) => {
    const match = ONLY_LENGTH.exec(strip(part));
    // What a share of something comes to is not known.
    return match && !["%", "vw", "vh"].includes(match[2]!) ? pixelsOf(match) : null;
  });
  let found = numbers[0]!;
  for (const [i, sign] of signs.map(strip).entries()) {
    const other = numbers[i + 1]!;
    if (found === null || other === null || (sign === "/" && !other)) return null;
    if (sign === "+") found += other;
    else if (sign === "-") found -= other;
    else if (sign === "*") found *= other;
    else found /= other;
  }
  return found;
}

/** The size that the shorthand `font` names, "" if there is none. */
export function fontSize(font: string): string {
  return LENGTH.exec(font)?.[0] ?? "";
}

/** Pixels; `above` is the size of the type around, `root` that of the page. */
export function sizeOf(text: string, above: number, root: number): number {
  const match = STARTS_WITH_LENGTH.exec(text.includes("(") ? workedOut(text) : text);
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
  for (const form of FORMS) {
    const match = form.exec(text);
    if (match) return colourOf(`${text.slice(match.index).split(")")[0]!})`, above);
  }
  return colourOf(split(text)[0]!, above);
}

/** null if it cannot be told; one that is transparent shows what lies below. */
export function colourOf(text: string, below: Colour | null = null): Colour | null {
  text = strip(text).toLowerCase();
  const two = TWO.exec(text);
  if (two) text = strip(two[1]!);
  if (text === "transparent") return below;
  if (text.startsWith("#") && [4, 5, 7, 9].includes(text.length)) {
    let digits = text.slice(1);
    if (!/^[0-9a-f]+$/.test(digits)) return null;
    if (digits.length < 6) digits = digits.replace(/./g, "$&$&");
    const parts = digits.match(/../g)!.map((pair) => parseInt(pair, 16));
    return over(parts.slice(0, 3), parts.length === 4 ? parts[3]! / 255 : 1, below);
  }
  const match = ONLY_RGB.exec(text) ?? ONLY_HSL.exec(text) ?? ONLY_SRGB.exec(text);
  if (match) return ofNumbers(text.slice(0, 3), strip(match.at(-1)!).split(BETWEEN), below);
  const light = STARTS_LIGHT.exec(text);
  if (light) {
    const least = text.startsWith("ok") && !light[1]!.includes("%") ? 0.97 : 97;
    return numberIn(light[1]!, 0) >= least ? [255, 255, 255] : null;
  }
  return NAMED.get(text) ?? SYSTEM.get(text) ?? null;
}

/** Of the numbers in "rgb(...)" and the like; `form` is the name's beginning. */
function ofNumbers(form: string, values: readonly string[], below: Colour | null): Colour | null {
  if (values.length < 3) return null;
  const bare = (value: string): number => float(rstripOf(value, "%")) ?? NaN;
  const alpha = values.length > 3 ? bare(values[3]!) * (values[3]!.endsWith("%") ? 0.01 : 1) : 1;
  let found: number[];
  if (form === "hsl" || form === "hwb") {
    const hue = float(removesuffix(values[0]!, "deg")) ?? NaN;
    found = ofHue(form, hue, bare(values[1]!) / 100, bare(values[2]!) / 100);
  } else {
    const whole = form === "col" ? 255 : 1;
    found = values.slice(0, 3).map((value) => Math.trunc(bare(value) * (value.includes("%") ? 2.55 : whole)));
  }
  return Number.isNaN(alpha) || !found.every(Number.isFinite) ? null : over(found, alpha, below);
}

/** Of saturation and lightness, or of whiteness and blackness. */
function ofHue(form: string, hue: number, first: number, second: number): number[] {
  const light = form === "hwb" ? (1 - second + first) / 2 : second;
  const spread = form === "hwb" ? Math.max(0, 1 - second - first) : (1 - Math.abs(2 * second - 1)) * first;
  return [0, 240, 120].map((turn) => {
    const at = ((hue + turn) / 60) % 6;
    const place = at < 0 ? at + 6 : at;
    const level = Math.max(0, Math.min(1, Math.abs(place - 3) - 1));
    return Math.trunc(255 * (light + spread * (level - 0.5)) + 0.5);
  });
}

/** What a colour that lets `1 - alpha` shine through makes of what lies below. */
export function over(colour: Colour, alpha: number, below: Colour | null): Colour | null {
  if (alpha < 0.08) return below;
  if (alpha >= 1 || !below) return colour;
  return colour.map((part, i) => Math.trunc(part * alpha + below[i]! * (1 - alpha) + 0.5));
}
