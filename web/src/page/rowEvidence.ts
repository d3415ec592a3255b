/** What opens below a row of a ranking: what is known of it at once, then what was read. */

import type { Confirmed, Weighted } from "../decide";
import type { Explaining } from "../engine/client";
import type { Musts } from "../engine/protocol";
import type { Explanation, Status } from "../records";
import { cut } from "../report/explainView";
import { h } from "./dom";
import { evidenceView, readingView } from "./evidence";
import { reason } from "./parts";
import { byLines, type Note } from "./reading";
import { scoreParts } from "./scoreParts";

const SHOWN = 60; // characters of a requirement
const AGAIN = "Close the row and open it again to try once more.";

/** `done` is told what is to be said of it and, once that is read, the explanation. */
export function fill(
  cell: HTMLElement,
  prefix: string,
  decided: readonly [Confirmed, Weighted] | undefined,
  explain: (listen: (message: Explaining) => void) => void,
  done: (said: string, explanation?: Explanation) => void,
): void {
  let waiting: Note | undefined;
  const show = (...parts: readonly (HTMLElement | string | null)[]): void => {
    const lost = cell.contains(document.activeElement);
    cell.replaceChildren(...parts.filter((part) => part instanceof HTMLElement));
    if (lost) cell.closest("tbody")?.querySelector<HTMLElement>(".name")?.focus({ preventScroll: true });
  };
  cell.replaceChildren(h("p", { class: "hint", role: "status" }, "Reading the resume once more for its evidence …"));
  explain((message) => {
    if (message.type === "reading") return waiting?.tell(message);
    if (message.type === "not-read") {
      const why = reason(message.error.cause, message.error.remedy);
      show(h("p", { class: "notice failed" }, why));
      return done(why);
    }
    const { explanation, reading } = message;
    const capped = explanation.cappedBy && h("p", { class: "notice" }, `Held down: ${explanation.cappedBy}.`);
    const parts = scoreParts(explanation);
    if (reading.state === "reading") {
      waiting = readingView(explanation);
      show(capped, parts, waiting.element);
      return done("What is known is below the row. Reading each requirement.");
    }
    const unread = reading.state === "by-lines" ? byLines(reading.why, AGAIN) : null;
    const otherwise = decided && !unread ? readsOtherwise(...decided, explanation) : "";
    show(unread, capped, otherwise && h("p", { class: "notice" }, otherwise), parts, evidenceView(explanation, prefix));
    done("Done. The evidence is below the row.", unread ? undefined : explanation);
  });
}

/** How it stands with what the job must have, once that was read. */
export function mustsRead({ licences }: Musts, { evidence }: Explanation): Musts {
  const musts = evidence.filter(({ requirement }) => requirement.must);
  const count = (wanted: Status): number => musts.filter(({ status }) => status === wanted).length;
  return { met: count("met"), partly: count("partly"), asked: musts.length, licences };
}

/** A ranking by what must be shown whose reader was not to be had goes by the nearest lines: where it reads otherwise, that is said. */
export function readsOtherwise({ wishes }: Confirmed, { statuses }: Weighted, { evidence }: Explanation): string {
  const others = wishes.flatMap(({ must, text }, i) => {
    const [before, now] = [statuses[i]?.[1], evidence[i]?.status];
    return must && before !== now ? [`“${cut(text, SHOWN)}” was counted as ${before} and reads as ${now}`] : [];
  });
  if (!others.length) return "";
  return `The list goes by nearest lines and facts. Read closely: ${others.join("; ")}. The place in the list stays: decide by what you read.`;
}
