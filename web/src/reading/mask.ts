/** Yes or no for every pixel of a drawing, and for every character: what numpy's boolean arrays do in Python. */

import type { Drawing } from "./drawing";

/** (n,) of 0 and 1. */
export type Mask = Uint8Array;

/** (height, width) of 0 and 1. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly bits: Mask;
}

/** (height, width) where a pixel differs from its left or upper neighbour. */
export function edges({ width, height }: Drawing, grey: Uint8Array, contrast: number): Raster {
  const bits = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const beside = x > 0 && Math.abs(grey[i]! - grey[i - 1]!) >= contrast;
      if (beside || (y > 0 && Math.abs(grey[i]! - grey[i - width]!) >= contrast)) bits[i] = 1;
    }
  return { width, height, bits };
}

/** (height, width) where two drawings in colour differ. */
export function changes(one: Drawing, other: Drawing, contrast: number): Raster {
  const { width, height, pixels } = one;
  const bits = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++)
    if (Math.abs(pixels[i]! - other.pixels[i]!) >= contrast) bits[i >> 2] = 1;
  return { width, height, bits };
}

/** The strongest of red, green and blue. */
export function brightest({ pixels }: Drawing): Uint8Array {
  return Uint8Array.from({ length: pixels.length >> 2 }, (_, i) =>
    Math.max(pixels[4 * i]!, pixels[4 * i + 1]!, pixels[4 * i + 2]!),
  );
}

/** (n,) whether any pixel of `raster` lies in the boxes `pixels` (4 n: x0, y0, x1, y1). */
export function touched({ width, height, bits }: Raster, pixels: Int32Array): Mask {
  const row = width + 1;
  const sums = new Int32Array(row * (height + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0, inRow = 0; x < width; x++) {
      inRow += bits[y * width + x]!;
      sums[(y + 1) * row + x + 1] = sums[y * row + x + 1]! + inRow;
    }
  const found = new Uint8Array(pixels.length >> 2);
  for (let i = 0; i < found.length; i++) {
    const [x0, y0, x1, y1] = pixels.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    const sum = sums[y1 * row + x1]! - sums[y0 * row + x1]! - sums[y1 * row + x0]! + sums[y0 * row + x0]!;
    if (x1 > x0 && y1 > y0 && sum > 0) found[i] = 1;
  }
  return found;
}

/** Without members that stand alone. */
export function inRuns(mask: Mask): Mask {
  return mask.map((yes, i) => yes && (mask[i - 1] || mask[i + 1] ? 1 : 0));
}

/** The places of the members. */
export function members(mask: ArrayLike<number>): number[] {
  const found: number[] = [];
  for (let i = 0; i < mask.length; i++) if (mask[i]) found.push(i);
  return found;
}

/** The boxes at `places` of (4 n,) numbers. */
export function boxesAt(boxes: Float64Array, places: readonly number[]): Float64Array {
  const found = new Float64Array(4 * places.length);
  places.forEach((place, i) => found.set(boxes.subarray(4 * place, 4 * place + 4), 4 * i));
  return found;
}
