/** The order in which the rooms are walked: read, encode, compare, score. */

import type { Bundle } from "./bundle";
import { DocumentEncoder, type Session } from "./encode";
import { ReadError } from "./errors";
import { pairFeatures } from "./features";
import { commas } from "./python";
import { fromText, type Limits, type OpenPdfium, read } from "./reading";
import type { Document, Encoding, Match, Notice } from "./records";
import { Mapper } from "./score";
import shared from "./shared.json";
import { Tokenizer } from "./tokens";

/** A text, or the bytes of a file with its name, or a Document. */
export type Source = string | { readonly name: string; readonly bytes: Uint8Array } | Document;

/** A document ready to be compared. */
export interface Prepared {
  readonly name: string;
  readonly notices: readonly Notice[];
  readonly encoding: Encoding;
}

/** Scores resumes against jobs with one bundle. Every score depends on the two documents and the bundle alone. */
export class Matcher {
  readonly encoder: DocumentEncoder;
  readonly mapper: Mapper;

  constructor(
    readonly bundle: Bundle,
    readonly session: Session,
    private readonly openPdfium: OpenPdfium,
    private readonly limits?: Limits,
  ) {
    this.encoder = new DocumentEncoder(new Tokenizer(bundle.tokenizer as never, bundle.maxTokens), session);
    this.mapper = new Mapper(bundle.mapper);
  }

  /** Throws ReadError. */
  async read(source: Source): Promise<Document> {
    if (typeof source === "string") return fromText(source, "text");
    return "bytes" in source ? read(source.bytes, source.name, this.openPdfium, this.limits) : source;
  }

  /** Read and encode one document. Throws ReadError. */
  async prepare(source: Source): Promise<Prepared> {
    const document = await this.read(source);
    const encoding = await this.encoder.encodeDocument(document);
    const notices = [...document.notices, ...lengthNotices(encoding)];
    // Without line vectors: no feature reads them yet, and they are 160 KB a resume.
    return { name: document.name, notices, encoding: { ...encoding, lines: [] } };
  }

  /** How well `resume` fits `job`. Throws ReadError. */
  async score(resume: Source, job: Source): Promise<Match> {
    const prepared = await this.prepare(resume);
    return this.compare(await this.prepare(job), [prepared])[0]!;
  }

  /**
   * Matches of `resumes` to `job`, best first; what ties keeps the order given. A resume that cannot
   * be read is added to `unread`, if given, else its ReadError is thrown.
   */
  async rank(job: Source, resumes: Iterable<Source>, unread?: ReadError[]): Promise<Match[]> {
    const advert = await this.prepare(job);
    const prepared: Prepared[] = [];
    for (const resume of resumes) {
      try {
        prepared.push(await this.prepare(resume));
      } catch (error) {
        if (!(error instanceof ReadError) || !unread) throw error;
        unread.push(error);
      }
    }
    return bestFirst(this.compare(advert, prepared));
  }

  /** One Match for each resume, in the order given. */
  compare(job: Prepared, resumes: readonly Prepared[]): Match[] {
    const names = this.mapper.featureNames;
    const aboutJob = job.notices.map(({ code, message }) => ({ code: `job-${code}`, message }));
    const matches = resumes.map((resume) => {
      const values = pairFeatures(names, resume.encoding, job.encoding);
      const score = this.mapper.score(values);
      return {
        resume: resume.name,
        job: job.name,
        score,
        band: this.mapper.band(score),
        features: { names, values },
        notices: [...aboutJob, ...resume.notices],
      };
    });
    return markDuplicates(matches, resumes);
  }
}

/**
 * Beyond the range the mapper was fitted on scores are equal; the first feature, the cosine, still
 * tells such resumes apart.
 */
export function bestFirst(matches: readonly Match[]): Match[] {
  return [...matches].sort((a, b) => b.score - a.score || b.features.values[0]! - a.features.values[0]!);
}

function lengthNotices({ nTokens, dropped }: Encoding): Notice[] {
  if (dropped)
    return [
      { code: "truncated", message: `only the first ${commas(nTokens)} of ${commas(nTokens + dropped)} tokens were read` },
    ];
  if (nTokens < shared.short_tokens)
    return [{ code: "short", message: `only ${nTokens - 2} tokens of text; low confidence` }];
  return [];
}

/** Note on every later copy of the same file, or of the same text in another file. */
function markDuplicates(matches: readonly Match[], resumes: readonly Prepared[]): Match[] {
  const first = new Map<string, string>();
  return matches.map((match, i) => {
    const vector = resumes[i]!.encoding.vector.join();
    const original = first.get(vector);
    if (original === undefined) {
      first.set(vector, match.resume);
      return match;
    }
    return { ...match, notices: [...match.notices, { code: "duplicate", message: `same text as ${original}` }] };
  });
}
