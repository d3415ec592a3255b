/**
 * ids -> Encoding. A document is one unpadded run, so its vectors depend on nothing but itself.
 */

import type { Document, Encoding, Line, Tokens } from "./records";
import type { Tokenizer } from "./tokens";

/** What runs the encoder's graph: onnxruntime-web behind a narrow door (see session.ts). */
export interface Session {
  /** (512,) unit document vector and (n, 512) token vectors, row by row. */
  run(ids: Int32Array): Promise<{ readonly vector: Float32Array; readonly tokens: Float32Array }>;
  /** "WebAssembly SIMD, 2 threads", for people. */
  readonly backend: string;
  readonly threads: number;
}

export class DocumentEncoder {
  constructor(
    readonly tokenizer: Tokenizer,
    readonly session: Session,
  ) {}

  /** The document's vector and one vector for each of its lines, from one pass. */
  encodeDocument(document: Document): Promise<Encoding> {
    return this.encodeUnits(document.text, document.lines);
  }

  /** The vector of `text` and one vector for each of its `units`, from one pass. */
  async encodeUnits(text: string, units: readonly Line[]): Promise<Encoding> {
    const tokens = this.tokenizer.encode(text);
    const { vector, tokens: hidden } = await this.session.run(tokens.ids);
    return {
      vector,
      lines: poolLines(hidden, tokens, units),
      nTokens: tokens.ids.length,
      dropped: tokens.dropped,
    };
  }

  /** The unit vector of a plain text: (512,). */
  async encode(text: string): Promise<Float32Array> {
    return (await this.session.run(this.tokenizer.encode(text).ids)).vector;
  }
}

/**
 * Unit mean of the token vectors inside each line's span: (512,) each. A token belongs to the line in
 * which it starts. Lines without a token (cut off by the limit) are zero.
 */
export function poolLines(hidden: Float32Array, tokens: Tokens, lines: readonly Line[]): Float32Array[] {
  const size = hidden.length / tokens.ids.length;
  const sums = lines.map(() => new Float32Array(size));
  let line = 0;
  for (let token = 0; token < tokens.ids.length; token++) {
    const start = tokens.starts[token]!;
    if (tokens.ends[token]! <= start) continue; // special tokens span nothing
    while (line < lines.length && lines[line]!.end <= start) line++;
    if (line === lines.length) break;
    if (start < lines[line]!.start) continue;
    const sum = sums[line]!;
    const row = token * size;
    for (let i = 0; i < size; i++) sum[i]! += hidden[row + i]!;
  }
  for (const sum of sums) {
    let square = 0;
    for (const value of sum) square += value * value;
    const norm = Math.sqrt(square) || 1;
    for (let i = 0; i < size; i++) sum[i]! /= norm;
  }
  return sums;
}
