/**
 * text -> ids with character offsets, by the rules of the bundle's tokenizer.json (BERT's normaliser and
 * word splitter, WordPiece). Cutting at the encoder's limit is always reported.
 *
 * Written here because @huggingface/tokenizers gives ids without offsets, and lines need offsets.
 */

import { BundleError } from "./errors";
import type { Tokens } from "./records";
import shared from "./shared.json";

interface TokenizerJson {
  readonly added_tokens: readonly { readonly id: number; readonly content: string; readonly normalized: boolean }[];
  readonly normalizer: {
    readonly type: string;
    readonly clean_text: boolean;
    readonly handle_chinese_chars: boolean;
    readonly strip_accents: boolean | null;
    readonly lowercase: boolean;
  };
  readonly pre_tokenizer: { readonly type: string };
  readonly post_processor: { readonly special_tokens: Readonly<Record<string, { readonly ids: readonly number[] }>> };
  readonly model: {
    readonly type: string;
    readonly vocab: Readonly<Record<string, number>>;
    readonly unk_token: string;
    readonly continuing_subword_prefix: string;
    readonly max_input_chars_per_word: number;
  };
}

/** The tables of the library that made the vocabularies: older than any browser's. */
const REMOVED = ranges(shared.characters.removed);
const WHITE = ranges(shared.characters.white);
const CHINESE = ranges(shared.characters.chinese);
const PUNCTUATION = ranges(shared.characters.punctuation);
const MARKS = ranges(shared.characters.marks);

/** One word as the model's vocabulary knows it: characters after normalising, each with its source. */
interface Word {
  readonly chars: string[];
  readonly starts: number[]; // of the character in the text that each was made from
  readonly ends: number[];
}

/** What a character becomes; the same for every place it stands. */
interface Class {
  readonly chars: readonly string[]; // normalised; empty if it is left out
  readonly white: boolean;
  readonly alone: boolean; // punctuation and Chinese characters are words by themselves
}

export class Tokenizer {
  private readonly vocab: ReadonlyMap<string, number>;
  private readonly unknown: number;
  private readonly cls: number;
  private readonly sep: number;
  private readonly added: RegExp;
  private readonly addedIds: ReadonlyMap<string, number>;
  private readonly longest: number; // characters of the longest entry of the vocabulary
  private readonly classes = new Map<string, Class>();

  constructor(
    private readonly json: TokenizerJson,
    readonly maxTokens: number,
  ) {
    const { normalizer, model } = json;
    const known =
      normalizer?.type === "BertNormalizer" &&
      json.pre_tokenizer?.type === "BertPreTokenizer" &&
      model?.type === "WordPiece" &&
      json.added_tokens.every((token) => !token.normalized);
    if (!known)
      throw new BundleError("tokenizer.json: expected a BERT WordPiece tokenizer. Copy the bundle again");
    this.vocab = new Map(Object.entries(model.vocab));
    this.unknown = this.id(model.unk_token);
    this.cls = this.id("[CLS]");
    this.sep = this.id("[SEP]");
    this.addedIds = new Map(json.added_tokens.map((token) => [token.content, token.id]));
    const contents = [...this.addedIds.keys()].sort((a, b) => b.length - a.length);
    this.added = new RegExp(contents.map((c) => c.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
    this.longest = Math.max(...[...this.vocab.keys()].map((piece) => piece.length));
  }

  private id(token: string): number {
    const id = this.vocab.get(token);
    if (id === undefined) throw new BundleError(`tokenizer.json: expected ${token} in the vocabulary`);
    return id;
  }

  /**
   * `text` with [CLS] in front and [SEP] behind. At most `maxTokens` ids are kept, [SEP] among them;
   * `dropped` says how many were not.
   */
  encode(text: string): Tokens {
    const found: Found = { ids: [this.cls], starts: [0], ends: [0] };
    let from = 0;
    for (const match of text.matchAll(this.added)) {
      this.encodePart(text, from, match.index, found);
      from = match.index + match[0].length;
      put(found, this.addedIds.get(match[0])!, match.index, from);
    }
    this.encodePart(text, from, text.length, found);
    const total = found.ids.length + 1;
    const dropped = Math.max(0, total - this.maxTokens);
    if (dropped) for (const list of Object.values(found)) list.length = this.maxTokens - 1;
    put(found, this.sep, 0, 0);
    return {
      ids: Int32Array.from(found.ids),
      starts: Int32Array.from(found.starts),
      ends: Int32Array.from(found.ends),
      dropped,
    };
  }

  private encodePart(text: string, from: number, to: number, found: Found): void {
    let word: Word = { chars: [], starts: [], ends: [] };
    const endWord = (): void => {
      if (!word.chars.length) return;
      this.pieces(word, found);
      word = { chars: [], starts: [], ends: [] };
    };
    for (let at = from; at < to; ) {
      const char = String.fromCodePoint(text.codePointAt(at)!);
      const end = at + char.length;
      const { chars, white, alone } = this.classOf(char);
      if (white || alone) endWord();
      if (!white)
        for (const part of chars) {
          word.chars.push(part);
          word.starts.push(at);
          word.ends.push(end);
        }
      if (alone) endWord();
      at = end;
    }
    endWord();
  }

  private classOf(char: string): Class {
    let found = this.classes.get(char);
    if (!found) {
      found = this.classify(char);
      this.classes.set(char, found);
    }
    return found;
  }

  private classify(char: string): Class {
    const { clean_text, handle_chinese_chars, strip_accents, lowercase } = this.json.normalizer;
    const left = { chars: [], white: false, alone: false };
    const code = char.codePointAt(0)!;
    if (clean_text && has(REMOVED, code)) return left;
    if (has(WHITE, code)) return { ...left, white: true };
    let text = char;
    if (strip_accents ?? lowercase) text = [...text.normalize("NFD")].filter((c) => !has(MARKS, c.codePointAt(0)!)).join("");
    if (lowercase) text = [...text].map((c) => c.toLowerCase()).join("");
    const chinese = handle_chinese_chars && has(CHINESE, code);
    const chars = [...text];
    const single = chars.length === 1 && has(PUNCTUATION, chars[0]!.codePointAt(0)!);
    return { chars, white: false, alone: chinese || single };
  }

  /** The longest piece of the vocabulary first; a word that cannot be spelt is one unknown token. */
  private pieces({ chars, starts, ends }: Word, found: Found): void {
    const { max_input_chars_per_word: most, continuing_subword_prefix: prefix } = this.json.model;
    const before = found.ids.length;
    let at = chars.length > most ? -1 : 0;
    while (at >= 0 && at < chars.length) {
      let end = Math.min(chars.length, at + this.longest);
      let id: number | undefined;
      for (; end > at; end--) {
        id = this.vocab.get((at ? prefix : "") + chars.slice(at, end).join(""));
        if (id !== undefined) break;
      }
      if (id === undefined) at = -1;
      else {
        put(found, id, starts[at]!, ends[end - 1]!);
        at = end;
      }
    }
    if (at >= 0) return;
    for (const list of Object.values(found)) list.length = before;
    put(found, this.unknown, starts[0]!, ends.at(-1)!);
  }
}

/** First and last code point of each range, one after the other. */
function ranges(written: string): Int32Array {
  const ends = written.split(" ").map((range) => range.split("-"));
  return Int32Array.from(ends.flatMap(([first, last]) => [parseInt(first!, 16), parseInt(last ?? first!, 16)]));
}

function has(ranges: Int32Array, code: number): boolean {
  for (let at = 0; at < ranges.length; at += 2) if (code <= ranges[at + 1]!) return ranges[at]! <= code;
  return false;
}

type Found = Record<"ids" | "starts" | "ends", number[]>;

function put(found: Found, id: number, start: number, end: number): void {
  found.ids.push(id);
  found.starts.push(start);
  found.ends.push(end);
}
