/**
 * Boxes of a page that are clipped, turned, shrunk or moved until nothing is left to see;
 * rolefit/reading/cssboxes.py, step by step.
 */

import { float, strip } from "../python";
import shared from "../shared.json";
import type { Style } from "./csslook";
import { numberIn, pattern, pixels } from "./cssvalues";

const { FAR, BEYOND, BELOW, FLAT, BLURRED } = shared.cssboxes;
const CALL = pattern(shared.cssboxes._CALL, "g");
const PARTS = pattern(shared.cssboxes._PARTS);
const ANGLE = pattern({ ...shared.cssboxes._ANGLE, pattern: `^${shared.cssboxes._ANGLE.pattern}$` });
const DEGREES: Readonly<Record<string, number>> = shared.cssboxes._DEGREES;
const CLIPPED = pattern({ ...shared.cssboxes._CLIPPED, pattern: `^${shared.cssboxes._CLIPPED.pattern}$` });
const LIFTED = shared.cssboxes._LIFTED;

export function isOffScreen(style: Style): boolean {
  const of = (name: string): string => style.get(name) ?? "";
  const left = [of("text-indent"), of("margin-left"), of("padding-left")];
  const top = [of("margin-top")];
  if (LIFTED.includes(of("position"))) {
    left.push(of("left"));
    top.push(of("top"));
    if (CLIPPED.test(of("clip"))) return true;
    const [right, bottom] = [pixels(of("right")), pixels(of("bottom"))];
    if (right !== null && (right < -FAR || right > BELOW)) return true;
    if (bottom !== null && (bottom < -BELOW || bottom > BELOW)) return true;
  }
  for (const [name, args] of calls(of("transform")))
    if (["translate", "translatex", "translatey"].includes(name)) {
      (name === "translatey" ? top : left).push(args[0]!); // translate3d moves what carousels move back
      top.push(...args.slice(1, 2));
    }
  const moved = strip(of("translate")).split(PARTS);
  left.push(...moved.slice(0, 1));
  top.push(...moved.slice(1, 2));
  return left.some((side) => beyond(side, BEYOND)) || top.some((side) => beyond(side, BELOW));
}

function beyond(written: string, most: number): boolean {
  const length = pixels(written);
  return length !== null && (length < -FAR || length > most);
}

/** The functions in a value, by their name, with what their brackets hold. */
function calls(written: string): [string, string[]][] {
  return [...written.matchAll(CALL)].map(([, name, args]) => [name!, strip(args!).split(PARTS)]);
}

/** Whether a box is scaled, turned or skewed to nothing. */
export function isShrunk(style: Style): boolean {
  const scales = strip(style.get("scale") ?? "").split(PARTS).slice(0, 2);
  if (scales.some((scale) => scale && isFlat(scale))) return true;
  const turn = strip(style.get("rotate") ?? "").split(PARTS);
  if (turn.length === 2 && ["x", "y"].includes(turn[0]!) && isEdgeOn(turn[1]!)) return true;
  return calls(style.get("transform") ?? "").some(([name, args]) => {
    if (["scale", "scalex", "scaley", "scale3d"].includes(name)) return args.slice(0, 2).some(isFlat);
    if (["rotatex", "rotatey", "skew", "skewx", "skewy"].includes(name)) return isEdgeOn(args[0]!);
    if (name === "rotate3d") return isEdgeOn(args.at(-1)!) && !(args[0] === "0" && args[1] === "0");
    if (name !== "matrix" || args.length !== 6) return false;
    const [a, b, c, d] = args.slice(0, 4).map((arg) => numberIn(arg, 1)) as [number, number, number, number];
    return Math.abs(a * d - b * c) < FLAT * FLAT;
  });
}

function isFlat(scale: string): boolean {
  return Math.abs(numberIn(scale, 1)) * (scale.endsWith("%") ? 0.01 : 1) < FLAT;
}

function isEdgeOn(angle: string): boolean {
  const match = ANGLE.exec(angle);
  const number = match && float(match[1]!);
  if (number === null || number === undefined) return false;
  return Math.abs(Math.cos((number * DEGREES[match![2]!]! * Math.PI) / 180)) < FLAT;
}

/** Of `clip-path`. */
export function isClipped(path: string): boolean {
  return calls(path).some(([name, args]) => {
    const before = (word: string): string[] => (args.includes(word) ? args.slice(0, args.indexOf(word)) : args);
    if (name === "circle") return before("at").slice(0, 1).some(isPoint);
    if (name === "ellipse") return before("at").slice(0, 2).some(isPoint);
    if (name === "inset") {
      const [top, right, bottom, left] = four(before("round"));
      return isWhole(top, bottom) || isWhole(right, left);
    }
    if (name === "polygon") {
      const points = args.filter((arg) => arg !== "evenodd" && arg !== "nonzero");
      return area(points.map((arg) => numberIn(arg, 0))) < 1;
    }
    return (name === "rect" || name === "xywh") && args.slice(0, 4).every(isPoint);
  });
}

function isPoint(length: string): boolean {
  return length !== "" && numberIn(length, 9) <= 1;
}

/** Whether two sides that are cut off meet. */
function isWhole(one: string, other: string): boolean {
  const both = [one, other];
  if (both.every((side) => side.endsWith("%"))) return numberIn(one, 0) + numberIn(other, 0) >= 100;
  return both.some((side) => (side.endsWith("%") ? numberIn(side, 0) >= 100 : (pixels(side) ?? 0) > BEYOND));
}

/** [top, right, bottom, left] as the shorthands of sides write them. */
export function four(values: readonly string[]): [string, string, string, string] {
  const [top, right = top, bottom = top, left = right] = values;
  return top === undefined || values.length > 4 ? ["", "", "", ""] : [top, right!, bottom!, left!];
}

function area(numbers: readonly number[]): number {
  const points: [number, number][] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) points.push([numbers[i]!, numbers[i + 1]!]);
  if (points.length < 3) return points.length ? 0 : 9;
  const sum = points.reduce((total, [x0, y0], i) => {
    const [x1, y1] = points[(i + 1) % points.length]!;
    return total + x0 * y1 - x1 * y0;
  }, 0);
  return Math.abs(sum) / 2;
}

export function isFilteredOut(filters: string): boolean {
  return calls(filters).some(([name, args]) => {
    const share = numberIn(args[0]!, 1) * (args[0]!.endsWith("%") ? 0.01 : 1);
    return (name === "opacity" && share < FLAT) || (name === "blur" && (pixels(args[0]!) ?? 0) >= BLURRED);
  });
}
