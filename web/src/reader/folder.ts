/** The reader's folder: two files, and a manifest where it lies in an exported site. */

import type { Tokenizer } from "../tokens";
import { Reader, type ReaderSession } from "./index";
import { MODEL, SETTINGS, settingsOf } from "./settings";

/** What of a matcher the reader needs: both read the same word pieces, by the same month. */
export interface ReaderHost {
  readonly encoder: { readonly tokenizer: Tokenizer };
  readonly bundle: { readonly tokenizerSha256: string; readonly asOf: number | null };
}

/** `take` brings the bytes of a file, `open` makes a session of a model. Throws BundleError. */
export async function openReader(
  { encoder: { tokenizer }, bundle: { tokenizerSha256, asOf } }: ReaderHost,
  take: (name: string) => Promise<Uint8Array>,
  open: (model: Uint8Array) => Promise<ReaderSession>,
): Promise<Reader> {
  const written = JSON.parse(new TextDecoder().decode(await take(SETTINGS))) as unknown;
  const model = await take(MODEL);
  return new Reader(settingsOf(written, model.length, tokenizerSha256), await open(model), tokenizer, asOf);
}
