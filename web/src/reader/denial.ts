/** A safety net under the model: passages that say in so many words that something is not there; rolefit/reader/denial.py. */

import { pattern } from "../language/data";

const _DENIED = pattern("denial", "_DENIED");

/** Whether `passage` says that its writer lacks, wishes for or has lost something. */
export function denies(passage: string): boolean {
  return _DENIED.search(passage.replaceAll("’", "'")) !== undefined;
}
