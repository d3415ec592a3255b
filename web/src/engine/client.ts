/** The page's side of the worker. */

import type { Explanation } from "../records";
import type { FromEngine, Given, NotRead, Opened, RunMessage, ToEngine } from "./protocol";

const MAX_THREADS = 8; // more bring nothing for one document

/** How many threads the browser lets the engine use: shared memory needs cross-origin isolation. */
export function usableThreads(): number {
  return self.crossOriginIsolated ? Math.max(1, Math.min(MAX_THREADS, navigator.hardwareConcurrency || 1)) : 1;
}

export class Engine {
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "rolefit" });
  private run = 0;
  private readonly asked = new Map<number, (answer: Explanation | NotRead) => void>();
  private listen: ((message: RunMessage) => void) | undefined;

  constructor(
    base: string,
    threads: number,
    private readonly onOpening: (message: Exclude<FromEngine, { run: number }>) => void,
  ) {
    this.worker.onmessage = ({ data }: MessageEvent<FromEngine>) => {
      if (!("run" in data)) this.onOpening(data);
      else if (data.run === this.run) this.hear(data);
    };
    this.worker.onerror = (event) =>
      this.onOpening({ type: "failed", message: event.message || "the worker could not be started" });
    this.send({ type: "open", base, threads });
  }

  rank(job: Given, resumes: readonly Given[], listen: (message: RunMessage) => void): void {
    this.begin(listen);
    this.send({ type: "rank", run: this.run, job, resumes });
  }

  /** One resume, explained at once: "explained", "not-read" or "job-not-read" is the answer. */
  check(job: Given, resume: Given, listen: (message: RunMessage) => void): void {
    this.begin(listen);
    this.send({ type: "check", run: this.run, job, resume });
  }

  /** Why a resume of the last ranking has its score; the worker reads it again. */
  explain(index: number): Promise<Explanation | NotRead> {
    return new Promise((resolve) => {
      this.asked.set(index, resolve);
      this.send({ type: "explain", run: this.run, index });
    });
  }

  /** What to say differently in a resume that was explained: "improved" or "not-read" is the answer. */
  improve(explanation: Explanation, listen: (message: RunMessage) => void): void {
    this.begin(listen);
    this.send({ type: "improve", run: this.run, explanation });
  }

  /** Stops after the document at hand; what was scored until then comes as "ranked". */
  cancel(): void {
    this.send({ type: "cancel", run: this.run });
  }

  /** Stops, and hears nothing more of what was under way. */
  abandon(): void {
    this.cancel();
    this.run++;
  }

  private begin(listen: (message: RunMessage) => void): void {
    this.abandon();
    this.listen = listen;
    this.asked.clear();
  }

  private hear(message: RunMessage): void {
    const answer = "index" in message ? this.asked.get(message.index) : undefined;
    if (!answer || !("index" in message)) return this.listen?.(message);
    this.asked.delete(message.index);
    answer(message.type === "explained" ? message.explanation : message.error);
  }

  private send(message: ToEngine): void {
    this.worker.postMessage(message);
  }
}

export type { Opened, RunMessage };
