/** The taxonomy that Python ships, for tests to use. */

import { readFileSync } from "node:fs";
import { gunzipSync } from "fflate";
import { readTaxonomy, type Taxonomy } from "../src/language/taxonomy";

export const TAXONOMY = new URL("../../src/rolefit/language/data/taxonomy.json.gz", import.meta.url);

export function taxonomyBytes(): Uint8Array {
  return gunzipSync(readFileSync(TAXONOMY));
}

export function taxonomy(): Taxonomy {
  return readTaxonomy(taxonomyBytes());
}
