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

  /** Somebody may not wait any more. */
  stop(): void {
    this.leave();
  }

  /** Where it cannot be read, what is known stays, and why it is no more. */
  async tell(run: number, index: number, { explanation, read }: Explained): Promise<void> {
    const tell = (explanation: Explanation, reading: Reading): void =>
      this.say({ type: "explained", run, index, explanation, reading });
    if (!explanation.evidence.length) return tell(explanation, { state: "read" });
    tell(explanation, { state: "reading" });
    const far = (what: "loading" | "reading", done: number, total: number): void =>
      this.say({ type: "reading", run, index, what, done, total });
    try {
      tell(await this.of(read, () => run > this.abandoned, far), { state: "read" });
    } catch (error) {
      if (error === UNWANTED) return;
      console.warn("rolefit: the reader could not be used:", error);
      tell(explanation, { state: "by-lines", why: (error as Error).message });
    }
  }

  /** What `read` makes with the reader. Throws UNWANTED where that is not wanted any more. */
  async of<T>(
    read: (reader: Reader, progress: (done: number, total: number) => Promise<void>) => Promise<T>,
    wanted: () => boolean,
    far: (what: "loading" | "reading", done: number, total: number) => void,
  ): Promise<T> {
    this.onLoading = (done, total) => far("loading", done, total);
    const reader = await this.whileWanted(wanted, this.reader());
    let last = 0;
    return read(reader, async (done, total) => {
      if (performance.now() - last < PAUSE) return;
      far("reading", done, total);
      await heard();
      if (!wanted()) throw UNWANTED;
      last = performance.now();
    });
  }

  /** What comes of `work`, which goes on by itself where nobody waits for it: what is loaded once is of use later. */
  private whileWanted<T>(wanted: () => boolean, work: Promise<T>): Promise<T> {
    return new Promise((done, failed) => {
      this.leave = () => {
        if (!wanted()) failed(UNWANTED);
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
