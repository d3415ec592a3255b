/** What the clauses of a line of an advert say of what they name: only a wish, or a language. */

import { bisectRight } from "../python";
import { pattern } from "./data";
import { PHRASES } from "./jobWords";
import type { Hit } from "./phrases";
import { lowered } from "./words";

const _CLAUSE = pattern("job_lines", "_CLAUSE");

/** A line and the phrases in it. */
export class Said {
  readonly speaksOfLanguages: boolean;
  private readonly wishes: readonly number[];
  private readonly bounds: readonly number[];

  constructor(
    readonly text: string,
    hits: readonly Hit[],
  ) {
    const groups = new Set(hits.map((hit) => hit.group));
    this.speaksOfLanguages = groups.has("tongue");
    const wishes = groups.has("preferred") && !groups.has("not_preferred");
    this.wishes = hits.flatMap((hit) => (wishes && hit.group === "preferred" ? [hit.start] : []));
    this.bounds = [..._CLAUSE.finditer(text)].map((m) => m.end());
  }

  /** Whether the clause around `text.slice(start, end)` says that this would only be nice to have. */
  optional(start: number, end: number): boolean {
    const first = this.clause(start);
    const last = this.clause(Math.max(start, end - 1));
    return this.wishes.some((at) => first <= this.clause(at) && this.clause(at) <= last);
  }

  private clause(at: number): number {
    return bisectRight(this.bounds, at);
  }
}

/** Each line with the phrases it speaks from. */
export function read(texts: readonly string[]): Said[] {
  return texts.map((text) => new Said(text, PHRASES.find(lowered(text))));
}
