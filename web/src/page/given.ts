/** What people hand over: files that are chosen or dropped on a card, and how they are told of in a few words. */

import { $ } from "./dom";
import { type Chosen, fromDrop, fromInput, type GivenFile } from "./dropped";

const NAMED = 3; // files by name in a sentence
/** Names of files that may hold many people: how many is known when they are opened. */
export const SEVERAL = /\.(?:zip|tar|t?gz|eml|mbox|csv|tsv|tab|xlsx|jsonl?)$/i;

export function takesChosen(input: string, take: (chosen: Chosen) => void): void {
  $<HTMLInputElement>(input).addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.files?.length) take(fromInput(field.files));
    field.value = ""; // so that the same file can be chosen again
  });
}

export function takesDropped(card: string, take: (chosen: Chosen) => void, problem: (text: string) => void): void {
  const element = $(card);
  const over = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    element.classList.toggle("over", on);
  };
  element.addEventListener("dragenter", over(true));
  element.addEventListener("dragover", over(true));
  element.addEventListener("dragleave", over(false));
  element.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer) return;
    const failed = (): void => problem("What was dropped could not be opened. Use the button to choose it.");
    fromDrop(event.dataTransfer).then(take).catch(failed);
  });
}

/** "12 PDF, 3 DOCX" */
export function kinds(files: readonly GivenFile[]): string {
  const counts = new Map<string, number>();
  for (const { file } of files) {
    const ending = /\.(\w{1,5})$/.exec(file.name)?.[1]?.toUpperCase() ?? "other";
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([ending, count]) => `${count} ${ending}`).join(", ");
}

export function leftOut(names: readonly string[]): string[] {
  if (!names.length) return [];
  const some = `${names.slice(0, NAMED).join(", ")}${names.length > NAMED ? ", …" : ""}`;
  return [`Could not be opened and left out: ${names.length} (${some}).`];
}
