/** Explanations are told twice: what is known at once, then, some seconds later, what was read. */

import type { Explained } from "../matcher";
import { once } from "../once";
import type { Reader } from "../reader";
import type { Explanation } from "../records";
import type { Progress } from "./download";
import type { FromEngine, Reading } from "./protocol";

const PAUSE = 100; // milliseconds of reading before it is asked whether anybody still waits
/** What ends work that nobody waits for any more. */
export const UNWANTED = new Error("nobody waits for it any more");

export class Readings {
  private abandoned = 0; // runs up to this one are not wanted any more
  private leave = (): void => undefined; // ends the waiting of the one at hand, if it is abandoned
  private onLoading: Progress = () => undefined;
  private readonly reader: () => Promise<Reader>;

  /** `open` is called when something is first to be read; after a failure the next explanation tries again. */
  constructor(
    private readonly say: (message: FromEngine) => void,
    open: (progress: Progress) => Promise<Reader>,
  ) {
    this.reader = once(() => open((loaded, total) => this.onLoading(loaded, total)));
  }

  abandon(run: number): void {
    this.abandoned = run;
    this.leave();
  }

  /** Where it cannot be read, what is known stays, and why it is no more. */
  async tell(run: number, index: number, { explanation, read }: Explained): Promise<void> {
    const tell = (explanation: Explanation, reading: Reading): void =>
      this.say({ type: "explained", run, index, explanation, reading });
    if (!explanation.evidence.length) return tell(explanation, { state: "read" });
    tell(explanation, { state: "reading" });
    const on = (what: "loading" | "reading") => (done: number, total: number): void =>
      this.say({ type: "reading", run, index, what, done, total });
    try {
      this.onLoading = on("loading");
      const reader = await this.unlessAbandoned(run, this.reader());
      tell(await read(reader, this.unlessUnwanted(run, on("reading"))), { state: "read" });
    } catch (error) {
      if (error === UNWANTED) return;
      console.warn("rolefit: the reader could not be used:", error);
      tell(explanation, { state: "by-lines", why: (error as Error).message });
    }
  }

  /** `progress`, now and then, with a look at whether it is still wanted. */
  private unlessUnwanted(run: number, progress: Progress): (done: number, total: number) => Promise<void> {
    let last = 0;
    return async (done, total) => {
      if (performance.now() - last < PAUSE) return;
      progress(done, total);
      await heard();
      if (run <= this.abandoned) throw UNWANTED;
      last = performance.now();
    };
  }

  /** What comes of `work`, which goes on by itself where nobody waits for it: what is loaded once is of use later. */
  private unlessAbandoned<T>(run: number, work: Promise<T>): Promise<T> {
    return new Promise((done, failed) => {
      this.leave = () => {
        if (run <= this.abandoned) failed(UNWANTED);
      };
      work.then(done, failed);
      this.leave();
    });
  }
}

/** Lets a message that has arrived be heard. */
export function heard(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
