/** The words by which adverts wish, and speak of languages. */

import { constant } from "./data";
import { Phrases } from "./phrases";

export const PHRASES = new Phrases(constant<Record<string, string>>("job_words", "_LISTS"));
