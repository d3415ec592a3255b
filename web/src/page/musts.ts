/** What must be shown, as a person confirms it before resumes are ranked: a list of requirements to be ticked. */

import type { RunMessage } from "../engine/client";
import type { Given } from "../engine/protocol";
import type { Confirmed, Wish } from "../decide";
import { $, h, plural } from "./dom";
import { reason } from "./parts";

/** Asks the engine what a job asks for. */
type Ask = (job: Given, listen: (message: RunMessage) => void) => void;

export class Musts {
  private asked: { readonly job: Given; readonly confirmed: Confirmed } | undefined;
  private readonly ticks = new Map<string, HTMLInputElement>();

  constructor(
    private readonly ask: Ask,
    private readonly problem: (text: string) => void,
  ) {
    $("musts-forget").addEventListener("click", () => {
      this.forget();
      $("musts-choose").focus();
    });
  }

  /** Lists what the job asks for. */
  choose(job: Given): void {
    this.problem("");
    $("said").textContent = "Reading what the job asks for";
    this.ask(job, (message) => {
      if (message.type === "job-not-read" || message.type === "broke-off")
        this.problem(`The job could not be read. ${reason(message.error.cause, message.error.remedy)}`);
      else if (message.type === "asked") this.show(job, message.confirmed);
    });
  }

  /** What was confirmed for this very job, if anything was. */
  of(job: Given | undefined): Confirmed | undefined {
    if (!this.asked || !job || !isSame(this.asked.job, job)) return undefined;
    const { confirmed } = this.asked;
    const ticked = (wish: Wish): Wish => ({ ...wish, must: this.ticks.get(wish.id)!.checked });
    return { ...confirmed, wishes: confirmed.wishes.map(ticked) };
  }

  forget(): void {
    this.asked = undefined;
    this.ticks.clear();
    $("musts").hidden = true;
    $("musts-list").replaceChildren();
  }

  private show(job: Given, confirmed: Confirmed): void {
    this.forget();
    this.asked = { job, confirmed };
    const { wishes } = confirmed;
    $("musts-list").replaceChildren(...wishes.map((wish) => this.item(wish)));
    $("musts-none").hidden = wishes.length > 0;
    $("musts").hidden = false;
    $("musts").scrollIntoView({ block: "nearest" });
    $("musts").focus();
    $("said").textContent = `${plural(wishes.length, "requirement")}. Tick what must be shown.`;
  }

  private item({ id, text, kind, must, byLaw }: Wish): HTMLElement {
    const tick = h("input", { type: "checkbox", checked: must });
    this.ticks.set(id, tick);
    const why = byLaw ? `${kind}; the score is held down without it, unless you take the tick away` : kind;
    return h("li", {}, h("label", { class: "tick" }, tick, h("span", {}, text, h("small", { class: "hint" }, why))));
  }
}

function isSame(one: Given, other: Given): boolean {
  if ("text" in one) return "text" in other && one.text === other.text;
  return "file" in other && one.file === other.file;
}
