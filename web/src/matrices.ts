/**
 * Rows of numbers as a small network reads them: row after row in one Float32Array. Sums are kept in double
 * precision and rounded once, where Python's are float32 throughout; they differ in the last bits.
 */

export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export function matrix(rows: number, columns: number): Matrix {
  return { data: new Float32Array(rows * columns), rows, columns };
}

/** `x @ weight.T + bias`, of the rows from `first` on. Four sums at a time, so that each number of a row is fetched once for them. */
export function linear(x: Matrix, weight: Matrix, bias?: Matrix, first = 0, count = x.rows - first): Matrix {
  const { columns } = x;
  const width = weight.rows;
  const out = matrix(count, width);
  const [rows, w, sums] = [x.data, weight.data, out.data];
  for (let r = 0; r < count; r++) {
    const start = (first + r) * columns;
    let o = 0;
    for (; o + 4 <= width; o += 4) {
      const [one, two, three, four] = [o * columns, (o + 1) * columns, (o + 2) * columns, (o + 3) * columns];
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = 0; i < columns; i++) {
        const value = rows[start + i]!;
        a += value * w[one + i]!;
        b += value * w[two + i]!;
        c += value * w[three + i]!;
        d += value * w[four + i]!;
      }
      const at = r * width + o;
      sums[at] = a;
      sums[at + 1] = b;
      sums[at + 2] = c;
      sums[at + 3] = d;
    }
    for (; o < width; o++) {
      let sum = 0;
      for (let i = 0; i < columns; i++) sum += rows[start + i]! * w[o * columns + i]!;
      sums[r * width + o] = sum;
    }
  }
  if (bias) for (let i = 0; i < sums.length; i++) sums[i]! += bias.data[i % width]!;
  return out;
}

/** `into` with `more` added to its rows from the first on. */
export function add(into: Matrix, more: Matrix): Matrix {
  for (let i = 0; i < more.data.length; i++) into.data[i]! += more.data[i]!;
  return into;
}

/** Each row less its mean, by its standard deviation, times `weight`, plus `bias`. */
export function norm(x: Matrix, weight: Matrix, bias: Matrix, epsilon: number): Matrix {
  const { rows, columns } = x;
  const out = matrix(rows, columns);
  for (let start = 0; start < rows * columns; start += columns) {
    let mean = 0;
    for (let i = 0; i < columns; i++) mean += x.data[start + i]!;
    mean /= columns;
    let variance = 0;
    for (let i = 0; i < columns; i++) variance += (x.data[start + i]! - mean) ** 2;
    const by = 1 / Math.sqrt(variance / columns + epsilon);
    for (let i = 0; i < columns; i++)
      out.data[start + i] = (x.data[start + i]! - mean) * by * weight.data[i]! + bias.data[i]!;
  }
  return out;
}

/** Each run of `size` numbers of a row with length one, in place. */
export function units(x: Matrix, size: number): Matrix {
  for (let start = 0; start < x.data.length; start += size) {
    let length = 0;
    for (let i = start; i < start + size; i++) length += x.data[i]! ** 2;
    length = Math.max(Math.sqrt(length), 1e-12);
    for (let i = start; i < start + size; i++) x.data[i]! /= length;
  }
  return x;
}

/** What the rows of `query` make of `value`, each head of `size` columns for itself, by how well they go with `key`. */
export function attend(query: Matrix, key: Matrix, value: Matrix, heads: number): Matrix {
  const width = query.columns;
  const size = width / heads;
  const scale = 1 / Math.sqrt(size);
  const out = matrix(query.rows, width);
  const shares = new Float64Array(key.rows);
  const sums = new Float64Array(size);
  const [q, k, v] = [query.data, key.data, value.data];
  for (let row = 0; row < query.rows; row++)
    for (let start = 0; start < width; start += size) {
      const from = row * width + start;
      let most = -Infinity;
      for (let n = 0; n < key.rows; n++) {
        const to = n * width + start;
        let sum = 0;
        for (let i = 0; i < size; i++) sum += q[from + i]! * k[to + i]!;
        shares[n] = sum * scale;
        if (shares[n]! > most) most = shares[n]!;
      }
      let total = 0;
      sums.fill(0);
      for (let n = 0; n < key.rows; n++) {
        const share = Math.exp(shares[n]! - most);
        const to = n * width + start;
        total += share;
        for (let i = 0; i < size; i++) sums[i]! += share * v[to + i]!;
      }
      for (let i = 0; i < size; i++) out.data[from + i] = sums[i]! / total;
    }
  return out;
}

/** With the error function, as Python's: Abramowitz and Stegun (1964) 7.1.26, to 1.5e-7. In place. */
export function gelu(x: Matrix): Matrix {
  const { data } = x;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    const z = Math.abs(value) * Math.SQRT1_2;
    const t = 1 / (1 + 0.3275911 * z);
    const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    const erf = Math.sign(value) * (1 - poly * Math.exp(-z * z));
    data[i] = 0.5 * value * (1 + erf);
  }
  return x;
}
