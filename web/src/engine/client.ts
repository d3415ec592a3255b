/** The page's side of the worker. */

import type { FromEngine, Given, Opened, ToEngine } from "./protocol";

export type RunMessage = Extract<FromEngine, { run: number }>;

const MAX_THREADS = 8; // more bring nothing for one document

/** How many threads the browser lets the engine use: shared memory needs cross-origin isolation. */
export function usableThreads(): number {
  return self.crossOriginIsolated ? Math.max(1, Math.min(MAX_THREADS, navigator.hardwareConcurrency || 1)) : 1;
}

export class Engine {
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "rolefit" });
  private run = 0;
  private listen: ((message: RunMessage) => void) | undefined;

  constructor(
    base: string,
    threads: number,
    private readonly onOpening: (message: Exclude<FromEngine, { run: number }>) => void,
  ) {
    this.worker.onmessage = ({ data }: MessageEvent<FromEngine>) => {
      if (!("run" in data)) this.onOpening(data);
      else if (data.run === this.run) this.listen?.(data);
    };
    this.worker.onerror = (event) =>
      this.onOpening({ type: "failed", message: event.message || "the worker could not be started" });
    this.send({ type: "open", base, threads });
  }

  rank(job: Given, resumes: readonly Given[], listen: (message: RunMessage) => void): void {
    this.listen = listen;
    this.send({ type: "rank", run: ++this.run, job, resumes });
  }

  /** Stops after the document at hand; what was scored until then comes as "ranked". */
  cancel(): void {
    this.send({ type: "cancel" });
  }

  private send(message: ToEngine): void {
    this.worker.postMessage(message);
  }
}

export type { Opened };
