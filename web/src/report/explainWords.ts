/** What features are called and mean in plain words; the table is Python's. */

import { commas } from "../python";
import shared from "../shared.json";

/** A feature as a person reads it. */
export interface Words {
  readonly label: string;
  readonly meaning: string; // one sentence
  readonly show: (value: number) => string; // the value in words
}

const SHOW: Readonly<Record<string, Words["show"]>> = {
  share: (value) => `${(100 * value).toFixed(0)}%`,
  near: (value) => `${value.toFixed(2)} of 1`,
  years: (value) => (Math.abs(value) < 0.05 ? "as asked" : `${Math.abs(value).toFixed(1)} ${value > 0 ? "more" : "fewer"}`),
  steps: (value) => {
    if (Math.abs(value) < 0.5) return "as asked";
    const count = `${Math.abs(value).toFixed(0)} step${Math.abs(value) >= 1.5 ? "s" : ""}`;
    return `${count} ${value > 0 ? "above" : "below"}`;
  },
  tokens_of_log: (value) => `${commas(Math.round(Math.exp(value)))} tokens`,
};

const plain = (value: number): string => value.toFixed(2);

const FEATURES: Readonly<Record<string, { label: string; meaning: string; show: string }>> = shared.explained.words;

/** The table's row; a feature that is not in it goes by its name. */
export function words(feature: string): Words {
  const row = FEATURES[feature];
  return row ? { ...row, show: SHOW[row.show] ?? plain } : { label: feature.replaceAll("_", " "), meaning: "", show: plain };
}
