/**
 * What rolefit throws on purpose; the names are those of the Python tree in rolefit/errors.py.
 * A message says what was expected, what came, and what to do.
 */

export class RolefitError extends Error {
  override name = "RolefitError";
}

export type ReadErrorName =
  | "FileAccessError"
  | "UnknownFormatError"
  | "EmptyDocumentError"
  | "ImageOnlyError"
  | "EncryptedError"
  | "DamagedFileError"
  | "OtherKindError"
  | "ManyJobsError"
  | "LimitError"
  | "SeveralDocumentsError"
  | "UnsafeNameError"
  | "ColumnsError";

/** A document could not be read: `cause` says in a clause what is wrong, `remedy` what to do. */
export class ReadError extends RolefitError {
  constructor(
    override readonly name: ReadErrorName,
    readonly file: string,
    override readonly cause: string,
    readonly remedy: string,
  ) {
    super(`${file}: ${cause}. ${remedy}`);
  }
}

/** A model file is missing, altered, or of a format that this version does not know. */
export class BundleError extends RolefitError {
  override name = "BundleError";
}

/** An argument or a text cannot be used as given. */
export class InputError extends RolefitError {
  override name = "InputError";
}

/** The taxonomy is missing, altered, or of another version. */
export class TaxonomyError extends RolefitError {
  override name = "TaxonomyError";
}
