/**
 * What a resume shows for each requirement, read by a model that was taught to; rolefit/reader, step by step.
 *
 *     requirement, passages  ->  each read alone     ->  the nearest few passages
 *     requirement + those, card of dated facts       ->  read across: not shown / partly / met, and which passage says so
 *     that, and what rules found (years, degree, licence, skills named)  ->  probabilities
 *
 * Only texts of this pair have a say, one run at a time, so a reading depends on nothing else.
 */

import { constant, pattern } from "../language/data";
import { gelu, linear, matrix } from "../matrices";
import type { Job, Resume } from "../prepare";
import { split } from "../python";
import type { Finding, Reading, Status } from "../records";
import type { Tokenizer } from "../tokens";
import { dot } from "../vectors";
import { denies } from "../language/claims";
import { type Passages, passages, PLACES } from "./passages";
import { Prompt, type Row } from "./prompt";
import { factsOf } from "./scalars";
import { type Settings, STATUSES } from "./settings";

const QUOTED = constant<number>("reader", "QUOTED"); // passages quoted for a requirement at most
const _INSTEAD = pattern("reader", "_INSTEAD"); // of a degree
const KEPT = 2_000; // vectors of texts that were read alone: an advert's come again with every resume

/** What runs the reader's graph: onnxruntime-web behind a narrow door (see session.ts). */
export interface ReaderSession {
  /** (384,) unit vector of a text by itself. */
  alone(ids: readonly number[]): Promise<Float32Array>;
  /** Logits of STATUSES, and how much each passage says so. */
  across(row: Row): Promise<{ readonly status: Float32Array; readonly points: Float32Array }>;
}

/** Called before each run of the model; what it throws ends the whole. */
export type Progress = (done: number, total: number) => void | Promise<void>;

/** What the model says of one requirement. */
interface Judged {
  readonly order: readonly number[]; // the nearest passages, best first
  readonly nearness: readonly number[]; // of the same
  readonly status: Float32Array;
  readonly points: Float32Array;
}

export class Reader {
  private readonly vectors = new Map<string, Float32Array>();

  constructor(
    private readonly settings: Settings,
    private readonly session: ReaderSession,
    private readonly tokenizer: Tokenizer,
    private readonly asOf: number | null,
  ) {}

  /** One Reading for each finding, in order. */
  async read(resume: Resume, job: Job, findings: readonly Finding[], progress?: Progress): Promise<Reading[]> {
    const title = job.facts.title?.value ?? "";
    const asked = findings.map(({ ask }) => requirement(job, ask.unit));
    const shown = passages(resume, this.asOf);
    const { tokenizer, settings } = this;
    const prompt = new Prompt(tokenizer, settings.lengths, settings.rarity);
    const fresh = [...new Set([...shown.each.map(({ text }) => text), ...asked])].filter((text) => !this.vectors.has(text));
    const total = fresh.length + findings.length;
    let done = 0;
    if (this.vectors.size + fresh.length > KEPT) this.vectors.clear();
    for (const text of fresh) {
      await progress?.(done++, total);
      this.vectors.set(text, await this.session.alone(prompt.alone(text)));
    }
    const readings: Reading[] = [];
    for (const [i, finding] of findings.entries()) {
      await progress?.(done++, total);
      const [order, nearness] = await this.nearest(asked[i]!, shown, prompt);
      const row = prompt.across(finding.ask.kind, title, asked[i]!, shown, order);
      readings.push(this.reading(finding, resume, { order, nearness, ...(await this.session.across(row)) }, shown, asked[i]!));
    }
    return readings;
  }

  /** The nearest passages, best first, and how near each is. */
  private async nearest(asked: string, shown: Passages, prompt: Prompt): Promise<[number[], number[]]> {
    const { near, scale, passages: most } = this.settings;
    const vector = await this.vectorOf(asked, prompt);
    const cosines: number[] = [];
    const inputs = matrix(shown.each.length, 3 + PLACES.length + 6);
    for (const [i, { text, place, traits }] of shown.each.entries()) {
      const cosine = Math.fround(dot(await this.vectorOf(text, prompt), vector));
      const places = PLACES.map((_, at) => Number(at === place));
      cosines.push(cosine);
      inputs.data.set([cosine, ...prompt.inCommon(asked, text), ...places, ...traits], i * inputs.columns);
    }
    const more = linear(gelu(linear(inputs, near.w1, near.b1)), near.w2, near.b2).data;
    const nearness = cosines.map((cosine, i) => Math.fround(Math.fround(scale * cosine) + more[i]!));
    const order = nearness.map((_, i) => i).sort((a, b) => nearness[b]! - nearness[a]! || a - b).slice(0, most);
    return [order, order.map((i) => nearness[i]!)];
  }

  /** Kept from above, or read now where there were more texts than are kept. */
  private async vectorOf(text: string, prompt: Prompt): Promise<Float32Array> {
    let vector = this.vectors.get(text);
    if (!vector) this.vectors.set(text, (vector = await this.session.alone(prompt.alone(text))));
    return vector;
  }

  /** What the model says, held to what the facts allow. */
  private reading(finding: Finding, resume: Resume, seen: Judged, shown: Passages, asked: string): Reading {
    const { w, b } = this.settings.final;
    const facts = [...logShares(Array.from(seen.status)), ...factsOf(finding, resume.profile), (seen.nearness[0] ?? 0) / 10];
    const logits = w.map((row, i) => row.reduce((sum, weight, k) => sum + weight * facts[k]!, 0) + b[i]!);
    let chances = logShares(logits).map(Math.exp);
    let best = chances.indexOf(Math.max(...chances));
    if (STATUSES[best] === "met" && chances[0]! > 1 - this.settings.sure) {
      // What may well not be shown at all is not called met; that much may be called partly.
      best = 1;
      chances = [chances[0]!, chances[1]! + chances[2]!, 0];
    }
    const ranked = this.ranked(seen);
    const denied = ranked.filter((unit) => denies(shown.each[unit]!.text));
    const units = ranked.filter((unit) => !denied.includes(unit)).slice(0, QUOTED);
    const refuted = ranked.length > 0 && denied.includes(ranked[0]!);
    if (refuted && !finding.ask.licences.length) best = 0;
    const most = allowed(finding, asked);
    if (most !== null && (best > most || (finding.ask.must && finding.ask.licences.length)))
      return { status: STATUSES[most] as Status, chances: [], units };
    return { status: STATUSES[best] as Status, chances: best === 0 && refuted ? [] : chances, units };
  }

  /** The passages that were read across, what says it most plainly first. */
  private ranked({ order, nearness, points }: Judged): number[] {
    const told = order.map((_, i) => points[i]! + this.settings.mix * nearness[i]!);
    return order.map((_, i) => i).sort((a, b) => told[b]! - told[a]! || a - b).map((i) => order[i]!);
  }
}

function requirement(job: Job, unit: number): string {
  const { start, end } = job.units[unit]!;
  return split(job.document.text.slice(start, end)).join(" ");
}

/**
 * The most that a degree or a licence lets a status be; null where the facts have no say. A licence that must
 * be held is settled as the cap of the score is. Long experience may stand for a degree where the advert says so.
 */
function allowed({ cause, strength }: Finding, asked: string): number | null {
  if (cause === "licence") return strength ? 2 : 0;
  if (cause === "education" && strength < 1) return Math.max(_INSTEAD.search(asked) ? 1 : 0, strength ? 1 : 0);
  return null;
}

/** Logarithms of the shares that logits stand for. */
function logShares(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const sum = top + Math.log(logits.reduce((total, logit) => total + Math.exp(logit - top), 0));
  return logits.map((logit) => logit - sum);
}
