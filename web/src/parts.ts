/**
 * What a resume earns in the four parts of a score, read from the vectors of both texts' units; what the
 * network is made of is told in rolefit/parts.py, of which this is the twin.
 *
 * Whatever hangs on one document alone is computed once and remembered as long as its Profile is.
 */

import { BundleError } from "./errors";
import { constant } from "./language/data";
import { add, attend, gelu, linear, type Matrix, matrix, norm, units } from "./matrices";
import type { Profile } from "./records";
import { check, type Head, MOST, NAMES, type Packed, SCALARS, TITLES, unpack } from "./partsFile";
import shared from "./shared.json";

export { MOST, NAMES, SCALARS };

const FORMAT = constant<number>("parts", "FORMAT");
const KINDS = constant<readonly string[]>("parts", "KINDS"); // of a job's unit; after these, "more" and titles
const DIGITS = constant<number>("parts", "DIGITS");
const EPSILON = constant<number>("parts", "_EPSILON"); // of LayerNorm
const SHARP = constant<number>("parts", "SHARP"); // of the soft greatest cosine
const REMEDY = constant<string>("parts", "_REMEDY");
const FILE = shared.bundle.files.parts;
const BLOCKS = ["blocks.0.", "blocks.1."] as const;
const CLIP = 4; // standard deviations from the mean that a scalar may be

/** Of a resume: its rows in the spaces in which units are matched, and what each block attends to. */
interface Shown {
  readonly spaces: Matrix;
  readonly memory: readonly (readonly [key: Matrix, value: Matrix])[];
}

/** Of a job: its rows in those spaces, and its tokens before they know how near the resume comes. */
interface Asked {
  readonly spaces: Matrix;
  readonly tokens: Matrix;
}

/** The head of one encoder. */
export class PartsHead {
  private readonly shown = new WeakMap<Profile, Shown>();
  private readonly asked = new WeakMap<Profile, Asked>();

  private constructor(private readonly head: Head) {}

  /**
   * From the parsed file, undefined where there is none. A head that was trained on the vectors of another
   * encoder than the one with the hash `encoder` is refused: it would answer at random. Throws BundleError.
   */
  static fromJson(content: unknown, encoder: string): PartsHead {
    const written = (content ?? {}) as Partial<Record<string, unknown>>;
    if (written.format !== FORMAT) throw new BundleError(`${FILE}: expected format ${FORMAT}. ${REMEDY}`);
    if (written.encoder !== encoder)
      throw new BundleError(
        `${FILE}: expected a head trained on this bundle's encoder (${encoder.slice(0, 12)}), got ` +
          `one of ${String(written.encoder).slice(0, 12)}. ${REMEDY}`,
      );
    try {
      const packed = Object.entries(written.weights as Readonly<Record<string, Packed>>);
      const weights = new Map(packed.map(([name, one]) => [name, unpack(one)]));
      const head = { weights, heads: Number(written.heads), spaces: Number(written.spaces), scale: Number(written.scale) };
      check(head);
      return new PartsHead(head);
    } catch (error) {
      throw new BundleError(`${FILE}: the weights do not fit: ${(error as Error).message}. ${REMEDY}`);
    }
  }

  /** Points of each of NAMES; `scalars` are the features SCALARS of the pair. */
  points(resume: Profile, job: Profile, scalars: readonly number[]): number[] {
    const shown = remembered(this.shown, resume, () => this.readResume(resume));
    const asked = remembered(this.asked, job, () => this.readJob(job));
    const matched = this.linear("mi", this.matches(asked.spaces, shown.spaces));
    const start = this.start(scalars);
    const ofJob = this.norm("nj", add(matched, asked.tokens));
    let tokens = matrix(start.rows + ofJob.rows, start.columns);
    tokens.data.set(start.data);
    tokens.data.set(ofJob.data, start.data.length);
    BLOCKS.forEach((block, i) => {
      // Of the last block's tokens only those of the parts are read any more.
      const kept = i === BLOCKS.length - 1 ? NAMES.length : tokens.rows;
      tokens = this.block(block, tokens, shown.memory[i]!, kept);
    });
    const logits = linear(this.norm("no", tokens), this.weight("po.weight"));
    const [bias, biases] = [this.weight("po.bias").data[0]!, this.weight("pb").data];
    return MOST.map((most, i) => Number((most / (1 + Math.exp(-(logits.data[i]! + bias + biases[i]!)))).toFixed(DIGITS)));
  }

  /** The tokens of the parts, and one more, from what was counted. */
  private start(scalars: readonly number[]): Matrix {
    const [mean, sd, part] = [this.weight("mean").data, this.weight("sd").data, this.weight("part")];
    const clipped = matrix(1, scalars.length);
    scalars.forEach((value, i) => {
      const from = Math.fround(Math.fround(value) - mean[i]!) / sd[i]!;
      clipped.data[i] = Math.min(CLIP, Math.max(-CLIP, from));
    });
    const start = this.linear("x", clipped);
    return add({ data: start.data, rows: part.rows, columns: part.columns }, part);
  }

  private readResume(resume: Profile): Shown {
    const titles = resume.titles.slice(0, TITLES);
    const rows = this.rows(titles, resume.encoding.lines);
    const places = placesOf(titles.length, resume.encoding.lines.length, 1 / TITLES);
    const isTitle = places.map((_, i) => (i < titles.length ? 1 : 0));
    const memory = add(this.linear("ri", rows), this.beside("rk.weight", isTitle, places, isTitle));
    const normed = this.norm("nr", memory);
    return {
      spaces: this.inSpaces("rm.weight", rows),
      memory: BLOCKS.map((block) => [this.linear(`${block}k`, normed), this.linear(`${block}v`, normed)] as const),
    };
  }

  private readJob(job: Profile): Asked {
    const titles = job.titles.slice(0, TITLES);
    const rows = this.rows(titles, job.encoding.lines);
    const places = placesOf(titles.length, job.encoding.lines.length, 0);
    const kinds = places.map((_, i) => (i < titles.length ? KINDS.length + 1 : 0));
    const must = places.map(() => 0);
    for (const ask of job.asks) {
      kinds[titles.length + ask.unit] = KINDS.indexOf(ask.kind);
      must[titles.length + ask.unit] = ask.must ? 1 : 0;
    }
    return {
      spaces: this.inSpaces("jm.weight", rows),
      tokens: add(this.linear("ji", rows), this.beside("jk.weight", kinds, places, must)),
    };
  }

  /** Titles and units, one row each; a text without any is one row of nothing. */
  private rows(titles: readonly Float32Array[], lines: readonly Float32Array[]): Matrix {
    const all = [...titles, ...lines];
    const { columns } = this.weight("ji.weight");
    const rows = matrix(Math.max(1, all.length), columns);
    all.forEach((vector, i) => rows.data.set(vector, i * columns));
    const scale = Math.fround(this.head.scale);
    for (let i = 0; i < rows.data.length; i++) rows.data[i]! *= scale;
    return rows;
  }

  /** What stands beside each vector: what it is, its place, and whether it is a must or a title. */
  private beside(table: string, kinds: readonly number[], places: readonly number[], marked: readonly number[]): Matrix {
    const pairs = matrix(places.length, 2);
    places.forEach((place, i) => pairs.data.set([place, marked[i]!], 2 * i));
    const out = this.linear("pos", pairs);
    const { data, columns } = this.weight(table);
    kinds.forEach((kind, row) => {
      for (let i = 0; i < columns; i++) out.data[row * columns + i]! += data[kind * columns + i]!;
    });
    return out;
  }

  private inSpaces(name: string, rows: Matrix): Matrix {
    const found = linear(rows, this.weight(name));
    return units(found, found.columns / this.head.spaces);
  }

  /** (job's rows, 2 * spaces): greatest and soft greatest cosine in each space. */
  private matches(asked: Matrix, shown: Matrix): Matrix {
    const { spaces } = this.head;
    const width = asked.columns;
    const size = width / spaces;
    const out = matrix(asked.rows, 2 * spaces);
    const [left, right] = [asked.data, shown.data];
    for (let row = 0; row < asked.rows; row++)
      for (let space = 0; space < spaces; space++) {
        const from = row * width + space * size;
        let [greatest, weighted, total] = [-Infinity, 0, 0];
        for (let n = 0; n < shown.rows; n++) {
          const to = n * width + space * size;
          let cosine = 0;
          for (let i = 0; i < size; i++) cosine += left[from + i]! * right[to + i]!;
          const power = Math.exp(SHARP * cosine); // a cosine is 1 at most: no power is too great
          total += power;
          weighted += power * cosine;
          if (cosine > greatest) greatest = cosine;
        }
        out.data[row * 2 * spaces + space] = greatest;
        out.data[row * 2 * spaces + spaces + space] = weighted / total;
      }
    return out;
  }

  /** The first `kept` of the tokens, after they have attended to the resume and to one another. */
  private block(name: string, tokens: Matrix, [key, value]: readonly [Matrix, Matrix], kept: number): Matrix {
    const { heads } = this.head;
    const query = this.linear(`${name}q`, this.norm(`${name}nq`, tokens));
    const first = add(this.linear(`${name}o`, attend(query, key, value, heads)), tokens);
    const own = columnsOf(this.linear(`${name}sq`, this.norm(`${name}ns`, first)), 3);
    const told = attend(firstOf(own[0]!, kept), own[1]!, own[2]!, heads);
    const second = add(this.linear(`${name}so`, told), firstOf(first, kept));
    const inner = gelu(this.linear(`${name}f1`, this.norm(`${name}nf`, second)));
    return add(this.linear(`${name}f2`, inner), second);
  }

  private weight(name: string): Matrix {
    return this.head.weights.get(name)!;
  }

  private linear(name: string, x: Matrix): Matrix {
    return linear(x, this.weight(`${name}.weight`), this.weight(`${name}.bias`));
  }

  private norm(name: string, x: Matrix): Matrix {
    return norm(x, this.weight(`${name}.weight`), this.weight(`${name}.bias`), EPSILON);
  }
}

/**
 * `points` of NAMES as shares of `score`: each between 0 and its most, all of them the score.
 *
 * The mapper has seen more pairs than the head and knows better what they come to. What it adds is given to
 * each part by the room that it has left, what it takes by what it has.
 */
export function addingUp(score: number, points: readonly number[]): number[] {
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const total = sum(points);
  const room = sum(MOST) - total;
  if (score < total) return points.map((has) => (has * score) / total);
  const more = room ? (score - total) / room : 0;
  return points.map((has, i) => has + more * (MOST[i]! - has));
}

/** 0 to 1 over the units of a text; of titles 0, or `step` more each. */
function placesOf(titles: number, lines: number, step: number): number[] {
  if (!titles && !lines) return [0];
  const ofTitles = Array.from({ length: titles }, (_, i) => i * step);
  return [...ofTitles, ...Array.from({ length: lines }, (_, i) => i / Math.max(1, lines - 1))];
}

function firstOf(x: Matrix, rows: number): Matrix {
  return { data: x.data.subarray(0, rows * x.columns), rows, columns: x.columns };
}

/** `x` cut into `count` beside one another. */
function columnsOf(x: Matrix, count: number): Matrix[] {
  const width = x.columns / count;
  return Array.from({ length: count }, (_, part) => {
    const out = matrix(x.rows, width);
    for (let row = 0; row < x.rows; row++) {
      const start = row * x.columns + part * width;
      out.data.set(x.data.subarray(start, start + width), row * width);
    }
    return out;
  });
}

function remembered<T>(known: WeakMap<Profile, T>, profile: Profile, read: () => T): T {
  let found = known.get(profile);
  if (!found) known.set(profile, (found = read()));
  return found;
}
