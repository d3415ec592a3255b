/** gzip -> its bytes, piece by piece, counted as they come; several streams in a row are one, as in zlib. */

import { ReadError } from "../errors";
import { crc32 } from "../crc32";
import { inflate } from "./inflate";
import { Allowance } from "./limits";
import { type Opening, type Part, Spent } from "./parts";

export const GZIP = [0x1f, 0x8b, 8] as const;
const CHUNK = 1 << 16;
const [CHECKED, EXTRA, NAMED, COMMENT] = [2, 4, 8, 16]; // flags of a header
const AGAIN = "Fetch or pack it once more.";

export function isGzip(data: Uint8Array): boolean {
  return GZIP.every((byte, at) => data[at] === byte);
}

/** The unpacked bytes of a gzip file. Throws Spent: what is wrong with the stream ends the whole. */
export function* gunzipped(part: Part, opening: Opening): Generator<Uint8Array, void> {
  const allowance = new Allowance(part.name, opening.limits);
  let unpacked = 0;
  for (const piece of streams(part)) {
    unpacked += piece.length;
    opening.took(piece.length);
    try {
      allowance.checkExpanded(unpacked, part.data.length, 0);
    } catch (error) {
      throw error instanceof ReadError ? new Spent(error) : error;
    }
    yield piece;
  }
}

function* streams(part: Part): Generator<Uint8Array, void> {
  let rest = part.data;
  do {
    const start = headed(rest);
    if (start < 0) throw damaged(part.name, "it ends too early");
    let crc = 0;
    const stream = inflate(rest.subarray(start));
    try {
      for (let next = stream.next(); ; next = stream.next()) {
        if (next.done) {
          rest = rest.subarray(start + next.value);
          break;
        }
        crc = crc32(next.value, crc);
        if (next.value.length) yield next.value;
      }
    } catch (error) {
      if (error instanceof Spent || error instanceof ReadError) throw error;
      throw damaged(part.name, (error as Error).message);
    }
    if (rest.length < 8) throw damaged(part.name, "it ends too early");
    const view = new DataView(rest.buffer, rest.byteOffset, 8);
    if (view.getUint32(0, true) !== crc) throw damaged(part.name, "incorrect data check");
    rest = rest.subarray(8);
  } while (isGzip(rest));
}

/** Where what is packed begins, -1 if the header breaks off. */
function headed(data: Uint8Array): number {
  const flags = data[3] ?? 0;
  let at = 10;
  if (flags & EXTRA) at += 2 + (data[at] ?? 0) + 256 * (data[at + 1] ?? 0);
  for (const flag of [NAMED, COMMENT])
    if (flags & flag) {
      const end = data.indexOf(0, at);
      if (end < 0) return -1;
      at = end + 1;
    }
  if (flags & CHECKED) at += 2;
  return at < data.length ? at : -1;
}

function damaged(name: string, why: string): Spent {
  return new Spent(new ReadError("DamagedFileError", name, `the archive breaks off or is damaged (${why})`, AGAIN));
}

/** Bytes asked for in any number, of pieces of any length. */
export class Pieces {
  private piece: Uint8Array = new Uint8Array();

  constructor(private readonly pieces: Iterator<Uint8Array>) {}

  /** So many bytes; fewer at the end. */
  read(size: number): Uint8Array {
    let found = new Uint8Array(Math.min(size, this.piece.length || CHUNK));
    let at = 0;
    for (const part of this.some(size)) {
      if (at + part.length > found.length) {
        const larger = new Uint8Array(Math.min(size, Math.max(2 * found.length, at + part.length)));
        larger.set(found.subarray(0, at));
        found = larger;
      }
      found.set(part, at);
      at += part.length;
    }
    return found.subarray(0, at);
  }

  /** The same, piece by piece. */
  *some(size: number): Generator<Uint8Array, void> {
    for (let missing = size; missing > 0; ) {
      if (!this.piece.length) {
        const next = this.pieces.next();
        if (next.done) return;
        this.piece = next.value;
        continue;
      }
      const part = this.piece.subarray(0, missing);
      this.piece = this.piece.subarray(part.length);
      missing -= part.length;
      yield part;
    }
  }

  /** Puts back what was read, to be read once more. */
  again(head: Uint8Array): void {
    const both = new Uint8Array(head.length + this.piece.length);
    both.set(head);
    both.set(this.piece, head.length);
    this.piece = both;
  }
}
