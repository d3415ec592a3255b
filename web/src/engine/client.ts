/** The page's side of the worker. */

import type { Confirmed } from "../decide";
import type { Side } from "../intake";
import type { Explanation } from "../records";
import type { FromEngine, Given, NotRead, Opened, RunMessage, ToEngine } from "./protocol";

/** What is heard of a resume that is explained: how far it is, what is known of it, or why it is not. */
export type Explaining = Extract<RunMessage, { type: "explained" | "reading" | "not-read" }>;

const MAX_THREADS = 8; // more bring nothing for one document

/** How many threads the browser lets the engine use: shared memory needs cross-origin isolation. */
export function usableThreads(): number {
  return self.crossOriginIsolated ? Math.max(1, Math.min(MAX_THREADS, navigator.hardwareConcurrency || 1)) : 1;
}

export class Engine {
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "rolefit" });
  private run = 0;
  private readonly asked = new Map<number, (message: Explaining) => void>();
  private listen: ((message: RunMessage) => void) | undefined;
  private waiting = false; // for more than a run, which the page ends by itself
  private failure: NotRead | undefined; // why nothing is answered any more

  constructor(
    base: string,
    threads: number,
    private readonly onOpening: (message: Exclude<FromEngine, { run: number }>) => void,
  ) {
    this.worker.onmessage = ({ data }: MessageEvent<FromEngine>) => {
      if (this.failure) return;
      if ("run" in data) {
        if (data.run === this.run) this.hear(data);
      } else if (data.type === "failed") this.fail(data.message);
      else this.onOpening(data);
    };
    this.worker.onerror = (event) => this.fail(event.message || "the worker could not be started");
    this.send({ type: "open", base, threads });
  }

  /** By what was `confirmed` for this job, if anything was. */
  rank(job: Given, resumes: readonly Given[], confirmed: Confirmed | undefined, listen: (message: RunMessage) => void): void {
    this.begin(listen);
    this.send({ type: "rank", run: this.run, job, resumes, ...(confirmed && { confirmed }) });
  }

  /** What a job asks for: "asked", "job-not-read" or "broke-off" is the answer. */
  asks(job: Given, listen: (message: RunMessage) => void): void {
    this.begin(listen);
    this.send({ type: "asks", run: this.run, job });
  }

  /** One resume, explained at once: "explained", "not-read", "job-not-read" or "broke-off" is the answer. */
  check(job: Given, resume: Given, listen: (message: RunMessage) => void): void {
    this.begin(listen);
    this.send({ type: "check", run: this.run, job, resume });
  }

  /** What is read of one document: "inspected", "not-read" or "broke-off" is the answer. */
  inspect(document: Given, side: Side | "", listen: (message: RunMessage) => void): void {
    this.begin(listen);
    this.send({ type: "inspect", run: this.run, document, side });
  }

  /** Why a resume of the last ranking has its score; the worker reads it again. It is told twice: see Reading. */
  explain(index: number, listen: (message: Explaining) => void): void {
    if (this.failure) return listen({ type: "not-read", run: this.run, index, error: this.failure });
    this.asked.set(index, listen);
    this.send({ type: "explain", run: this.run, index });
  }

  /** What to say differently in a resume that was explained: "improved" or "not-read" is the answer. */
  improve(explanation: Explanation, listen: (message: RunMessage) => void): void {
    this.begin(listen);
    this.waiting = true;
    if (this.failure) return this.tell(this.failure);
    this.send({ type: "improve", run: this.run, explanation });
  }

  /** Stops after the document at hand; what was scored until then comes as "ranked". */
  cancel(): void {
    this.send({ type: "cancel", run: this.run });
  }

  /** Stops, and hears nothing more of what was under way. */
  abandon(): void {
    this.send({ type: "abandon", run: this.run });
    this.run++;
  }

  private begin(listen: (message: RunMessage) => void): void {
    this.abandon();
    this.listen = listen;
    this.waiting = false;
    this.asked.clear();
  }

  /** Whoever waits for more than a run, which the page ends by itself, is told too. */
  private fail(message: string): void {
    if (this.failure) return;
    this.failure = { name: "EngineError", file: "", cause: `the engine has stopped (${message})`, remedy: "Load the page again." };
    this.onOpening({ type: "failed", message });
    for (const [index, answer] of this.asked) answer({ type: "not-read", run: this.run, index, error: this.failure });
    this.asked.clear();
    if (this.waiting) this.tell(this.failure);
  }

  private tell(error: NotRead): void {
    this.listen?.({ type: "not-read", run: this.run, index: 0, error });
  }

  private hear(message: RunMessage): void {
    const answer = "index" in message ? this.asked.get(message.index) : undefined;
    if (answer && "index" in message) {
      if (!goesOn(message)) this.asked.delete(message.index);
      return answer(message);
    }
    if (message.type !== "progress") this.waiting = goesOn(message);
    this.listen?.(message);
  }

  private send(message: ToEngine): void {
    this.worker.postMessage(message);
  }
}

/** Whether the same is told once more, further on. */
function goesOn(message: RunMessage): boolean {
  return message.type === "reading" || (message.type === "explained" && message.reading.state === "reading");
}

export type { Opened, RunMessage };
