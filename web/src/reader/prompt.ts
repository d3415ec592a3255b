/**
 * Texts as the reader's model takes them; rolefit/reader/prompt.py.
 *
 *     alone    [CLS] text [SEP]
 *     across   [CLS] kind | title | requirement [SEP] passage [SEP] ... card [SEP]
 */

import { constant } from "../language/data";
import type { Tokenizer } from "../tokens";
import type { Passages } from "./passages";

const REQUIREMENT = constant<number>("prompt", "REQUIREMENT");
const CARD = constant<number>("prompt", "CARD");
export const PASSAGE = constant<number>("prompt", "PASSAGE"); // the first of the passages' parts

/** Tokens of each text that are read at most. */
export type Lengths = Readonly<Record<"requirement" | "passage" | "card" | "alone", number>>;

/** Ids, and the part that each belongs to. */
export interface Row {
  readonly ids: readonly number[];
  readonly parts: readonly number[];
}

/** Tokenizes each text once, however often it is asked for. */
export class Prompt {
  private readonly start: number;
  private readonly end: number;
  private readonly known = new Map<string, readonly number[]>();
  private readonly rare = new Map<string, readonly [ReadonlySet<number>, number]>();

  constructor(
    private readonly tokenizer: Tokenizer,
    private readonly lengths: Lengths,
    private readonly rarity: Float32Array, // (vocabulary,)
  ) {
    const { ids } = tokenizer.encode("");
    this.start = ids[0]!;
    this.end = ids.at(-1)!;
  }

  alone(text: string): number[] {
    return [this.start, ...this.ids(text, this.lengths.alone), this.end];
  }

  /** One requirement and the passages in `order`. */
  across(kind: string, title: string, asked: string, shown: Passages, order: readonly number[]): Row {
    const told = order.map((unit, number) => {
      const { text, under, heads } = shown.each[unit]!;
      return [under && !heads ? `${under}: ${text}` : text, this.lengths.passage, PASSAGE + number] as const;
    });
    const pieces = [
      [`${kind} | ${title} | ${asked}`, this.lengths.requirement, REQUIREMENT] as const,
      ...told,
      [shown.card, this.lengths.card, CARD] as const,
    ];
    const ids = [this.start];
    const parts = [REQUIREMENT];
    for (const [text, most, part] of pieces)
      for (const id of [...this.ids(text, most), this.end]) {
        ids.push(id);
        parts.push(part);
      }
    return { ids, parts };
  }

  /** Rarity of the tokens in common, as shares of the requirement's and of the passage's. */
  inCommon(asked: string, passage: string): readonly [number, number] {
    const [left, askedRare] = this.rarityOf(asked);
    const [right, passageRare] = this.rarityOf(passage);
    const both = this.sum([...left].filter((token) => right.has(token)));
    return [both / (askedRare + 1e-6), both / (passageRare + 1e-6)];
  }

  /** Without special tokens. */
  private ids(text: string, most: number): readonly number[] {
    let ids = this.known.get(text);
    if (!ids) this.known.set(text, (ids = Array.from(this.tokenizer.encode(text).ids.subarray(1, -1))));
    return ids.slice(0, most);
  }

  private rarityOf(text: string): readonly [ReadonlySet<number>, number] {
    let found = this.rare.get(text);
    if (!found) {
      const tokens = new Set(this.ids(text, this.lengths.alone));
      this.rare.set(text, (found = [tokens, this.sum([...tokens])]));
    }
    return found;
  }

  private sum(tokens: readonly number[]): number {
    return tokens.reduce((sum, token) => sum + this.rarity[token]!, 0);
  }
}
