/**
 * The order in which the rooms are walked: read, prepare, compare, score, explain.
 *
 *     bytes -> Document -> facts, skills, units, vectors -> Profile     one document (prepare.ts)
 *     two Profiles -> Findings -> Features -> score -> Match            a pair
 */

import type { Bundle } from "./bundle";
import { DocumentEncoder, type Session } from "./encode";
import { ReadError } from "./errors";
import { assess, CAP, missingLicences } from "./evidence";
import { explain, readBackground, withReadings } from "./explain";
import { checkNames, namesParts, pairFeatures } from "./features";
import { type Advice, improve, type Progress } from "./improve";
import { hides, Intake, type Prepared, type Source } from "./intake";
import { useTaxonomy } from "./language/taxonomy";
import { PartsHead } from "./parts";
import type { Job, Resume } from "./prepare";
import { roundHalfEven } from "./python";
import type { Progress as Reading, Reader } from "./reader";
import { fromText, type Limits, type OpenPdfium } from "./reading";
import type { Domain, Explanation, Finding, Match, Notice, Reading as Statuses } from "./records";
import { Mapper } from "./score";
import type { Background } from "./shapley";
import { pasted } from "./stuffing";
import { Tokenizer } from "./tokens";

/** A match, and what is needed to tell it from others: the lines' vectors are 160 KB a resume, and let go. */
export interface Compared {
  readonly match: Match;
  readonly vector: Float32Array; // of the resume
  readonly findings: readonly Finding[];
}

/** A pair that was compared, while all that was read of it is there. */
export interface Review {
  readonly compared: Compared;
  readonly person: Resume; // in its own words, with the whole document
  readonly wanted: Job;
  readonly read: (reader: Reader, progress?: Reading) => Promise<Statuses[]>;
}

/** What is known of a pair at once, by nearest lines and facts, and how its statuses are read. */
export interface Explained {
  readonly explanation: Explanation;
  readonly read: (reader: Reader, progress?: Reading) => Promise<Explanation>;
}

/** Scores resumes against jobs with one bundle. Every score depends on the two documents and the bundle alone. */
export class Matcher {
  readonly encoder: DocumentEncoder;
  readonly mapper: Mapper;
  readonly background: Background;
  readonly parts: PartsHead | null; // what reads the four parts of a score; null if the mapper does not ask for them
  readonly intake: Intake;

  constructor(
    readonly bundle: Bundle,
    readonly session: Session,
    openPdfium: OpenPdfium,
    limits?: Limits,
  ) {
    this.encoder = new DocumentEncoder(new Tokenizer(bundle.tokenizer as never, bundle.maxTokens), session);
    this.mapper = new Mapper(bundle.mapper);
    checkNames(this.mapper.featureNames, bundle.parts !== undefined);
    this.background = readBackground(bundle, this.mapper);
    this.parts = namesParts(this.mapper.featureNames) ? PartsHead.fromJson(bundle.parts, bundle.encoderSha256) : null;
    useTaxonomy(bundle.taxonomy);
    this.intake = new Intake(this.encoder, openPdfium, limits, bundle.asOf);
  }

  /** How well `resume` fits `job`. Throws ReadError. */
  async score(resume: Source, job: Source): Promise<Match> {
    const person = await this.intake.prepare(resume, "resume");
    return (await this.compare(person, await this.intake.prepare(job, "job"))).match;
  }

  /**
   * Matches of `resumes` to `job`, best first; what ties keeps the order given. A resume that cannot
   * be read is added to `unread`, if given, else its ReadError is thrown.
   */
  async rank(job: Source, resumes: Iterable<Source>, unread?: ReadError[]): Promise<Match[]> {
    const wanted = await this.intake.prepare(job, "job");
    const compared: Compared[] = [];
    for (const resume of resumes) {
      try {
        compared.push(await this.compare(await this.intake.prepare(resume, "resume"), wanted));
      } catch (error) {
        if (!(error instanceof ReadError) || !unread) throw error;
        unread.push(error);
      }
    }
    return bestFirst(markDuplicates(compared));
  }

  /** Why `resume` has its score for `job`, with the statuses that `reader` reads, if it is given. Throws ReadError. */
  async explain(resume: Source, job: Source, reader?: Reader): Promise<Explanation> {
    const { explanation, read } = await (await this.explainer(job))(resume);
    return reader ? read(reader) : explanation;
  }

  /** What explains many resumes of one job, which is read once. Throws ReadError. */
  async explainer(job: Source): Promise<(resume: Source) => Promise<Explained>> {
    const review = await this.reviewer(job);
    return async (resume) => {
      const { compared, person, wanted, read } = await review(resume);
      const { lineScale } = this.bundle;
      const explanation = explain(compared.match, person, wanted, this.mapper, this.background, lineScale);
      return {
        explanation,
        read: async (reader, progress) =>
          withReadings(explanation, person, wanted, assess(person.profile, wanted.profile, lineScale), await read(reader, progress)),
      };
    };
  }

  /** What compares many resumes to one job, which is read once, and can read what each shows. Throws ReadError. */
  async reviewer(job: Source): Promise<(resume: Source) => Promise<Review>> {
    const wanted = await this.intake.job(job);
    const asked = preparedOf(wanted, job);
    return async (resume) => {
      let person = await this.intake.resume(resume);
      const shown = preparedOf(person, resume);
      if (pasted(shown.profile.shingles, asked.profile.shingles)) {
        // What is scored is what is explained; the page still shows the whole text.
        const own = await this.intake.resume(this.intake.own(person.document, asked.profile));
        person = { ...own, document: person.document };
      }
      const findings = assess(person.profile, wanted.profile, this.bundle.lineScale);
      return {
        compared: await this.compare(shown, asked),
        person,
        wanted,
        read: (reader, progress) => reader.read(person, wanted, findings, progress),
      };
    };
  }

  /** What to say differently in a resume that was explained: each change is made and scored. */
  async improve(explanation: Explanation, progress?: Progress): Promise<Advice> {
    const wanted = await this.intake.prepare(explanation.job, "job");
    const rescore = async (text: string): Promise<number> => {
      const changed = fromText(text, explanation.resume.name);
      return (await this.compare(await this.intake.prepare(changed, "resume"), wanted)).match.score;
    };
    return improve(explanation, rescore, progress);
  }

  async compare(resume: Prepared, job: Prepared): Promise<Compared> {
    const names = this.mapper.featureNames;
    const { score, values, lack, findings } = await this.measure(resume, job);
    const flag = pasted(resume.profile.shingles, job.profile.shingles);
    const match: Match = {
      resume: resume.name,
      job: job.name,
      score,
      band: this.mapper.band(score),
      features: { names, values },
      notices: [
        ...job.notices.map(({ code, message }) => ({ code: `job-${code}`, message })),
        ...resume.notices,
        ...capped(lack),
        ...(flag ? [flag] : []),
        ...(hides(resume) ? [await this.withHidden(resume, job)] : []),
      ],
      resumeDomains: this.domains(resume),
      jobDomains: this.domains(job),
    };
    return { match, vector: resume.profile.encoding.vector, findings };
  }

  /**
   * Score, features, and the licences for want of which the score was capped. What a resume has word
   * for word from the job shows nothing and is left out.
   */
  private async measure(resume: Prepared, job: Prepared): Promise<Measured> {
    const copies = pasted(resume.profile.shingles, job.profile.shingles);
    const profile = copies ? await this.intake.inOwnWords(resume, job.profile) : resume.profile;
    const findings = assess(profile, job.profile, this.bundle.lineScale);
    const values = pairFeatures(this.mapper.featureNames, profile, job.profile, findings, this.parts);
    const score = this.mapper.score(values);
    const lack = score <= CAP ? [] : missingLicences(findings);
    return { score: lack.length ? CAP : score, values, lack, findings };
  }

  private domains(document: Prepared): Domain[] {
    return this.bundle.domains?.of(document.profile.encoding.vector) ?? [];
  }

  /** What the score would be if the words were read that a person does not see. */
  private async withHidden(resume: Prepared, job: Prepared): Promise<Notice> {
    const shown = { ...resume, profile: await this.intake.withHidden(resume) };
    const { score } = await this.measure(shown, job);
    return { code: "hidden-text-score", message: `with the hidden words it would be ${roundHalfEven(score)}` };
  }
}

interface Measured {
  readonly score: number;
  readonly values: readonly number[];
  readonly lack: readonly string[];
  readonly findings: readonly Finding[];
}

function preparedOf({ document, notices, profile }: Resume | Job, source: Source): Prepared {
  return { name: document.name, notices, profile, source };
}

/**
 * Beyond the range the mapper was fitted on scores are equal; the first feature, function or the cosine, still
 * tells such resumes apart.
 */
export function bestFirst(matches: readonly Match[]): Match[] {
  return [...matches].sort((a, b) => b.score - a.score || b.features.values[0]! - a.features.values[0]!);
}

function capped(licences: readonly string[]): Notice[] {
  if (!licences.length) return [];
  const names = [...new Set(licences)].join("; ");
  return [{ code: "capped", message: `held at ${CAP}: not shown in the resume: ${names}` }];
}

/** Note on every later copy of the same file, or of the same text in another file. */
export function markDuplicates(compared: readonly Compared[]): Match[] {
  const first = new Map<string, string>();
  return compared.map(({ match, vector }) => {
    const key = vector.join();
    const original = first.get(key);
    if (original === undefined) {
      first.set(key, match.resume);
      return match;
    }
    return { ...match, notices: [...match.notices, { code: "duplicate", message: `same text as ${original}` }] };
  });
}
