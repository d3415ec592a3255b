/** What the page and its worker say to each other. */

import type { Kind, Match, Notice } from "../records";

/** A text that was pasted, or a file that was dropped. Files are read one at a time, when their turn comes. */
export type Given = { readonly text: string } | { readonly file: File; readonly name: string };

export type ToEngine =
  | { readonly type: "open"; readonly base: string; readonly threads: number }
  | { readonly type: "rank"; readonly run: number; readonly job: Given; readonly resumes: readonly Given[] }
  | { readonly type: "cancel" };

/** A document as it was read, for people to look at. */
export interface Shown {
  readonly name: string;
  readonly kind: Kind;
  readonly pages: number;
  readonly lines: readonly string[];
  readonly notices: readonly Notice[];
}

export interface NotRead {
  readonly name: string; // of the error: "LimitError", ...
  readonly file: string;
  readonly cause: string;
  readonly remedy: string;
}

export interface Opened {
  readonly backend: string;
  readonly threads: number;
  readonly bundle: { readonly name: string; readonly version: string; readonly sha256: string };
}

export type FromEngine =
  | { readonly type: "loading"; readonly loaded: number; readonly total: number }
  | ({ readonly type: "ready" } & Opened)
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "job"; readonly run: number; readonly job: Shown }
  | { readonly type: "job-not-read"; readonly run: number; readonly error: NotRead }
  | { readonly type: "read"; readonly run: number; readonly index: number; readonly resume: Shown }
  | { readonly type: "not-read"; readonly run: number; readonly index: number; readonly error: NotRead }
  | { readonly type: "progress"; readonly run: number; readonly done: number; readonly total: number }
  | {
      readonly type: "ranked";
      readonly run: number;
      readonly stopped: boolean;
      readonly matches: readonly Match[]; // best first
      readonly places: readonly number[]; // of each match: its index among the resumes
    };
