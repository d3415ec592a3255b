/** The weights of parts.json: matrices in 8 bits with one scale a row, as base64, and whether they belong together. */

import { constant } from "./language/data";
import type { Matrix } from "./matrices";

export const NAMES = constant<readonly string[]>("parts", "NAMES");
export const MOST = constant<readonly number[]>("parts", "MOST"); // points of each
export const SCALARS = constant<readonly string[]>("parts", "SCALARS"); // features that the parts' tokens start from
export const TITLES = constant<number>("parts", "TITLES"); // of a resume, at most
const KINDS = constant<readonly string[]>("parts", "KINDS");

export interface Head {
  readonly weights: ReadonlyMap<string, Matrix>;
  readonly heads: number; // of attention
  readonly spaces: number; // in which units are matched
  readonly scale: number; // by which unit vectors are multiplied
}

export type Packed =
  | { readonly values: readonly number[] }
  | { readonly shape: readonly number[]; readonly scales: readonly number[]; readonly int8: string };

/** A vector is a matrix of one row. Throws Error where it is spoilt. */
export function unpack(packed: Packed): Matrix {
  const found = "values" in packed ? vector(packed.values) : steps(packed);
  if (!found.data.every(Number.isFinite)) throw new Error("a number is not finite");
  return found;
}

function vector(values: readonly number[]): Matrix {
  return { data: Float32Array.from(values), rows: 1, columns: values.length };
}

function steps({ shape, scales, int8 }: Exclude<Packed, { values: unknown }>): Matrix {
  const [rows = 0, columns = 0] = shape;
  const bytes = Int8Array.from(atob(int8), (char) => char.charCodeAt(0));
  if (shape.length !== 2 || bytes.length !== rows * columns || scales.length !== rows)
    throw new Error(`cannot reshape array of size ${bytes.length} into shape ${shown(shape)}`);
  const data = Float32Array.from(bytes, (step, i) => step * Math.fround(scales[Math.floor(i / columns)]!));
  return { data, rows, columns };
}

/** Throws Error where the weights do not belong together. */
export function check({ weights, heads, spaces, scale }: Head): void {
  const ofSize = (name: string): Matrix => {
    const found = weights.get(name);
    if (!found) throw new Error(`'${name}'`);
    return found;
  };
  const { rows: width, columns: hidden } = ofSize("ji.weight");
  const inner = ofSize("blocks.0.f1.weight").rows;
  const matched = ofSize("jm.weight").rows;
  const whole = [heads, spaces, width / heads, matched / spaces].every((count) => Number.isInteger(count) && count > 0);
  if (!whole || !Number.isFinite(scale))
    throw new Error(`${heads} heads, ${spaces} spaces and the scale ${scale} do not go with ${width} and ${matched} columns`);
  for (const [name, shape] of shapes({ width, hidden, inner, matched, spaces })) {
    const { rows, columns } = ofSize(name);
    const found = shape.length === 1 && rows === 1 ? [columns] : [rows, columns];
    if (found.join() !== shape.join()) throw new Error(`${name} has the shape ${shown(found)}, expected ${shown(shape)}`);
  }
}

type Sizes = Readonly<Record<"width" | "hidden" | "inner" | "matched" | "spaces", number>>;

/** Of every weight that is read: a later number than the last would be no number, and so would the points. */
function shapes({ width, hidden, inner, matched, spaces }: Sizes): [string, number[]][] {
  const count = NAMES.length + 1;
  const layer = (name: string, rows: number, columns: number): [string, number[]][] => [
    [`${name}.weight`, [rows, columns]],
    [`${name}.bias`, [rows]],
  ];
  const norm = (name: string): [string, number[]][] => [[`${name}.weight`, [width]], [`${name}.bias`, [width]]];
  const block = (name: string): [string, number[]][] => [
    ...["nq", "ns", "nf"].flatMap((one) => norm(`${name}.${one}`)),
    ...["q", "k", "v", "o", "so"].flatMap((one) => layer(`${name}.${one}`, width, width)),
    ...layer(`${name}.sq`, 3 * width, width),
    ...layer(`${name}.f1`, inner, width),
    ...layer(`${name}.f2`, width, inner),
  ];
  return [
    ["part", [count, width]], ["pb", [count]], ["mean", [SCALARS.length]], ["sd", [SCALARS.length]],
    ["jk.weight", [KINDS.length + 2, width]], ["rk.weight", [2, width]],
    ["jm.weight", [matched, hidden]], ["rm.weight", [matched, hidden]],
    ...layer("ji", width, hidden), ...layer("ri", width, hidden),
    ...layer("mi", width, 2 * spaces), ...layer("pos", width, 2),
    ...layer("x", count * width, SCALARS.length), ...layer("po", 1, width),
    ...["nr", "nj", "no"].flatMap(norm),
    ...block("blocks.0"), ...block("blocks.1"),
  ];
}

/** As Python writes a shape. */
function shown(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
