/**
 * Deflate, unpacked step by step, so that a bomb is seen while it unpacks: who has enough stops
 * asking. fflate inflates.
 */

import { Inflate } from "fflate";

// Packed bytes at a time; no more than a thousand times that comes out of them. Where a stream is
// damaged, smaller steps find all that stands before the damage.
const STEPS = [4096, 64, 1];

/**
 * The content, piece by piece; at the end how many packed bytes it took. Throws Error where it is damaged,
 * and where it ends too early.
 */
export function* inflate(packed: Uint8Array): Generator<Uint8Array, number> {
  let done = 0; // packed bytes whose content was handed over
  let damage: unknown = new Error("unexpected EOF");
  for (const step of STEPS) {
    let piece = packed.subarray(0, 0);
    const inflater = new Inflate((content) => {
      piece = content;
    });
    try {
      let to = 0;
      for (let at = 0; at < packed.length && !isOver(inflater); at = to) {
        to = at < done ? Math.min(at + STEPS[0]!, done) : Math.min(at + step, packed.length);
        inflater.push(packed.subarray(at, to), false);
        if (to <= done) continue;
        done = to;
        yield piece;
      }
      if (isOver(inflater)) return to - left(inflater);
      break;
    } catch (error) {
      damage = error;
    }
  }
  throw damage;
}

interface Inside {
  readonly s: { readonly f?: number; readonly l?: unknown; readonly p?: number };
  readonly p: Uint8Array;
}

/** Whether the last block has ended. fflate does not say; it would keep, and copy, all that follows. */
function isOver(inflater: Inflate): boolean {
  const { s: state } = inflater as unknown as Inside;
  return Boolean(state.f) && !state.l;
}

/** Whole bytes behind the last block, of those that were given. */
function left(inflater: Inflate): number {
  const { s: state, p: rest } = inflater as unknown as Inside;
  return rest.length - (state.p ? 1 : 0);
}
