/** What features and parts of a score are called and mean in plain words; the table is Python's. */

import shared from "../shared.json";

/** A feature as a person reads it. */
export interface Words {
  readonly label: string;
  readonly meaning: string; // one sentence
}

const FEATURES: Readonly<Record<string, Words>> = shared.explained.words;

/** The table's row; a feature that is not in it goes by its name. */
export function words(feature: string): Words {
  const { label = feature.replaceAll("_", " "), meaning = "" } = FEATURES[feature] ?? {};
  return { label, meaning };
}
