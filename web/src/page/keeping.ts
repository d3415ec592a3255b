/** The line that keeps people in this browser, brings them back, and forgets them: each by a click, nothing by itself. */

import { $, h, plural } from "./dom";
import type { GivenFile } from "./dropped";
import { forget, keep, kept } from "./kept";

export class Keeping {
  constructor(
    private readonly chosen: () => readonly GivenFile[],
    private readonly use: (files: readonly GivenFile[]) => void,
    private readonly problem: (text: string) => void,
  ) {}

  /** Says what there is to keep, and what is kept. */
  async show(): Promise<void> {
    const here = await kept().catch(() => []);
    const button = (label: string, act: () => Promise<unknown> | void): HTMLElement =>
      h("button", { type: "button", class: "link", onclick: () => void this.done(act) }, label);
    const files = this.chosen();
    const line: (Node | string)[] = [];
    if (files.length) line.push(button("Keep these people in this browser", () => keep(files)), " ");
    if (here.length)
      line.push(
        `Kept in this browser: ${plural(here.length, "file")}. `,
        button("Use them", () => this.use(here)),
        " ",
        button("Forget them", forget),
      );
    $("kept").replaceChildren(...line);
    $("kept").hidden = !line.length;
  }

  private async done(act: () => Promise<unknown> | void): Promise<void> {
    const had = document.activeElement;
    try {
      await act();
      this.problem("");
    } catch (error) {
      this.problem(`The browser keeps nothing: ${(error as Error)?.message ?? "it has no storage, or no room"}.`);
    }
    await this.show();
    if (had && !had.isConnected) $("resume-files").focus(); // the button is gone
  }
}
