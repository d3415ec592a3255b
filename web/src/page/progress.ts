/** What the page says of the engine, and of what is under way. */

import type { Opened } from "../engine/protocol";
import { $, h, plural, roughly } from "./dom";

/** What the engine runs on, once it is there. */
export function readyLine({ backend, threads, bundle }: Opened): (Node | string)[] {
  const line: (Node | string)[] = [`Ready: ${bundle.name} ${bundle.version}, ${backend}. `];
  const possible = navigator.hardwareConcurrency || 1;
  if (threads === 1 && possible > 1 && "serviceWorker" in navigator)
    line.push(h("span", {}, "Load the page once more and it may use several threads. "));
  return line;
}

export function timeLeft(began: number, done: number, total: number): string {
  const seconds = (performance.now() - began) / 1000;
  const left = done > 2 && seconds > 3 ? `, about ${roughly((seconds / done) * (total - done))} left` : "";
  return `${done - 1} of ${plural(total - 1, "resume")} scored${left}`;
}

export function showProgress(text: string, share: number): void {
  $("progress-text").textContent = text;
  $<HTMLProgressElement>("bar").value = share;
}
