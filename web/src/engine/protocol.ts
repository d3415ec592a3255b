/** What the page and its worker say to each other. */

import type { Confirmed, Weighted } from "../decide";
import type { Advice } from "../improve";
import type { Side } from "../intake";
import type { Explanation, Inspection, Match } from "../records";
import type { Tiering } from "../tiers";

/** A text that was pasted, or a file that was dropped. Files are read one at a time, when their turn comes. */
export type Given = { readonly text: string } | { readonly file: File; readonly name: string };

export type ToEngine =
  | { readonly type: "open"; readonly base: string; readonly threads: number }
  | { readonly type: "asks"; readonly run: number; readonly job: Given } // what it asks for
  | {
      readonly type: "rank";
      readonly run: number;
      readonly job: Given;
      readonly resumes: readonly Given[];
      readonly confirmed?: Confirmed; // what must be shown; else as the score counts it
    }
  | { readonly type: "check"; readonly run: number; readonly job: Given; readonly resume: Given }
  | { readonly type: "inspect"; readonly run: number; readonly document: Given; readonly side: Side | "" }
  | { readonly type: "explain"; readonly run: number; readonly index: number } // of the resumes of the last "rank"
  | { readonly type: "improve"; readonly run: number; readonly explanation: Explanation }
  | { readonly type: "cancel"; readonly run: number } // after the document at hand
  | { readonly type: "abandon"; readonly run: number }; // nobody waits for anything of it

export interface NotRead {
  readonly name: string; // of the error: "LimitError", ...
  readonly file: string;
  readonly cause: string;
  readonly remedy: string;
}

/** How a resume stands with what the job must have. */
export interface Musts {
  readonly met: number;
  readonly partly: number;
  readonly asked: number;
  readonly licences: readonly string[]; // not shown in the resume, one for each line that asks for one
}

export interface Opened {
  readonly backend: string;
  readonly threads: number;
  readonly bundle: { readonly name: string; readonly version: string; readonly sha256: string };
}

/** One resume of a ranking. */
export interface Ranked {
  readonly match: Match;
  readonly musts: Musts;
  readonly weighted?: Weighted; // where a person confirmed what must be shown
  readonly index: number; // among the resumes that were given, and those behind them that a file of several holds
}

/**
 * How far an explanation is: "reading" what the resume shows for each requirement, so that its statuses do not
 * count yet; "read"; or "by-lines" for want of the reader, and `why`.
 */
export type Reading = { readonly state: "reading" | "read" } | { readonly state: "by-lines"; readonly why: string };

export type FromEngine =
  | { readonly type: "loading"; readonly loaded: number; readonly total: number }
  | ({ readonly type: "ready" } & Opened)
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "job-not-read"; readonly run: number; readonly error: NotRead }
  | { readonly type: "broke-off"; readonly run: number; readonly error: NotRead } // the whole run
  | { readonly type: "not-read"; readonly run: number; readonly index: number; readonly error: NotRead }
  | { readonly type: "progress"; readonly run: number; readonly done: number; readonly total: number }
  | { readonly type: "ranked"; readonly run: number; readonly stopped: boolean; readonly asked: number; readonly ranked: readonly Ranked[]; readonly tiering?: Tiering; readonly byLines?: string } // why what was chosen was not read
  | { readonly type: "explained"; readonly run: number; readonly index: number; readonly explanation: Explanation; readonly reading: Reading }
  | { readonly type: "reading"; readonly run: number; readonly index: number; readonly what: "loading" | "reading"; readonly done: number; readonly total: number }
  | { readonly type: "asked"; readonly run: number; readonly confirmed: Confirmed }
  | { readonly type: "inspected"; readonly run: number; readonly inspection: Inspection }
  | { readonly type: "improved"; readonly run: number; readonly advice: Advice };

/** An answer to what was asked of an engine that is open. */
export type RunMessage = Extract<FromEngine, { run: number }>;
