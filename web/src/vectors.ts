/** Vectors as the rooms compare them. */

const SMALLEST = 2 ** -14; // below it float16 has steps of 2 ** -24

/** Each number, from -1 to 1, rounded to the nearest that float16 has; to the even one of two as near. */
export function rounded(vector: Float32Array): Float32Array {
  const halves = Float32Array.from(vector);
  const bits = new Uint32Array(halves.buffer);
  for (let i = 0; i < halves.length; i++) {
    // Between 0.5 and 1 the steps of float32 are 2 ** -24: a sum there is rounded to them.
    if (Math.abs(halves[i]!) < SMALLEST) halves[i] = Math.fround(halves[i]! + 0.75) - 0.75;
    else bits[i] = (bits[i]! + 0xfff + ((bits[i]! >> 13) & 1)) & ~0x1fff;
  }
  return halves;
}

/** The product of two vectors, summed in double precision. */
export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!;
  return sum;
}
