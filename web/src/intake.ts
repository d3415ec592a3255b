/** Sources -> prepared documents: read, encode. */

import type { DocumentEncoder } from "./encode";
import { inspect } from "./inspection";
import { asSeen, checkKind, type Job, prepareJob, prepareResume, type Resume } from "./prepare";
import { fromText, type Limits, type OpenPdfium, type Part, read, readPart } from "./reading";
import type { Document, Inspection, Notice, Profile } from "./records";
import { ownWords } from "./stuffing";

/** A text, or the bytes of a file with its name, or a Document. */
export type Source = string | { readonly name: string; readonly bytes: Uint8Array } | Part | Document;

export type Side = "resume" | "job";

/** A document ready to be compared. */
export interface Prepared {
  readonly name: string;
  readonly notices: readonly Notice[];
  readonly profile: Profile;
  readonly source: Source; // what it was read from, to be read again
}

/** Whether it holds words that a person would not see, and they can be read. */
export function hides({ source, notices }: Prepared): boolean {
  return isFile(source) && notices.some(({ code }) => code === "hidden-text");
}

function isFile(source: Source): boolean {
  return typeof source !== "string" && ("bytes" in source || "data" in source);
}

/** Reads and prepares documents for one bundle. `asOf` is the month of "present". */
export class Intake {
  constructor(
    private readonly encoder: DocumentEncoder,
    private readonly openPdfium: OpenPdfium,
    private readonly limits: Limits | undefined,
    private readonly asOf: number | null,
  ) {}

  /** Throws ReadError. */
  async read(source: Source, withHidden = false): Promise<Document> {
    if (typeof source === "string") return fromText(source, "text");
    if ("data" in source) return readPart(source, this.openPdfium, this.limits, withHidden);
    if (!("bytes" in source)) return source;
    return read(source.bytes, source.name, this.openPdfium, this.limits, withHidden);
  }

  /** `onRead` sees the document before it is encoded. Throws ReadError. */
  async prepare(source: Source, side: Side, onRead?: (document: Document) => void): Promise<Prepared> {
    const document = await this.read(source);
    onRead?.(document);
    if (isFile(source)) checkKind(document, side); // a text was handed over on purpose
    const { notices, profile } = await (side === "resume" ? this.resume(document) : this.job(document));
    return { name: document.name, notices, profile, source };
  }

  /** What a machine reads of it, as `side` or as what it looks like. Throws ReadError. */
  inspect(source: Source, side: Side | ""): Promise<Inspection> {
    return inspect(source, side, this.openPdfium, this.asOf, this.limits);
  }

  /** With everything that was found in it. Throws ReadError. */
  async resume(source: Source): Promise<Resume> {
    const document = await this.read(source);
    if (isFile(source)) checkKind(document, "resume");
    return prepareResume(document, this.encoder, this.asOf);
  }

  /** With everything that was found in it. Throws ReadError. */
  async job(source: Source): Promise<Job> {
    const document = await this.read(source);
    if (isFile(source)) checkKind(document, "job");
    return prepareJob(document, this.encoder);
  }

  /** The resume's profile with the words that a person does not see. */
  async withHidden(resume: Prepared): Promise<Profile> {
    return (await this.resume(await this.read(resume.source, true))).profile;
  }

  /** The resume's profile without what it has word for word from the job. */
  async inOwnWords(resume: Prepared, job: Profile): Promise<Profile> {
    return (await this.resume(this.own(await this.read(resume.source), job))).profile;
  }

  /** The resume without what it has word for word from the job, in whatever letters. */
  own(resume: Document, job: Profile): Document {
    return ownWords(asSeen(resume), job.shingles);
  }
}
