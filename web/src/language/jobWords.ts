/** The words by which adverts ask, wish and speak of themselves. */

import { constant, words } from "./data";
import { Phrases } from "./phrases";

export const PHRASES = new Phrases(constant<Record<string, string>>("job_words", "_LISTS"));
/** The words that open a duty: "Manage", "Manages", "Managing". */
export const OPENERS = words("job_words", "OPENERS");
