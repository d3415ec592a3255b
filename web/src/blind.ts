/**
 * What people are shown of a resume beside a blind score: blocks where it tells who the person is.
 *
 * The score itself is always blind (language/personal.ts).
 */

import { constant } from "./language/data";
import { covered, findMasks, KINDS, type Mask } from "./language/personal";
import { calm } from "./language/runs";
import type { Document, Notice } from "./records";

export const BLOCK = constant<string>("blind", "BLOCK"); // what people see in place of a masked character

/**
 * The resume with blocks for what was masked, and a notice "blind" with the counts of it. Offsets are
 * those of `document`.
 */
export function redacted(document: Document): Document {
  const masks = findMasks({ ...document, text: calm(document.text) });
  const text = covered(document.text, masks, BLOCK);
  return { ...document, text, notices: [...document.notices, notice(masks)] };
}

function notice(masks: readonly Mask[]): Notice {
  const told = KINDS.flatMap((kind) => {
    const count = masks.filter((mask) => mask.kind === kind).length;
    return count ? [`${count} ${plural(kind, count)}`] : [];
  });
  const said = told.join(", ") || "nothing found";
  return { code: "blind", message: `masked before scoring: ${said}; others may have been missed` };
}

function plural(kind: string, count: number): string {
  if (count === 1) return kind;
  return IRREGULAR[kind] ?? `${kind}s`;
}

const IRREGULAR: Readonly<Record<string, string>> = {
  address: "addresses",
  "date of birth or age": "dates of birth or ages",
  "pronoun or title": "pronouns or titles",
};
