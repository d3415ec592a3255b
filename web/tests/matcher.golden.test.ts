import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBundle } from "../src/bundle";
import type { Session } from "../src/encode";
import type { Prepared } from "../src/intake";
import { bestFirst, type Compared, markDuplicates, Matcher } from "../src/matcher";
import { NAMES } from "../src/parts";
import type { Encoding } from "../src/records";
import { openSession } from "../src/session";
import { dot, files, float16, golden, loadFile, testPdfium } from "./golden";

/** Encoded once: on one thread this is most of the suite's time. */
const encoded = new Map<string, Encoding>();
const prepared = new Map<string, Prepared>();
let matcher: Matcher;
const worst = { cosine: 1, lines: 0, score: 0 };
const furthest = golden.features.map(() => 0);

beforeAll(async () => {
  const bundle = await openBundle(loadFile);
  matcher = new Matcher(bundle, remembering(await openSession(bundle.encoder, { threads: 1 })), testPdfium);
  for (const { file, vector } of golden.documents) {
    if (vector === undefined) continue;
    const document = await matcher.intake.read({ name: file, bytes: files[file]! });
    encoded.set(file, await matcher.encoder.encodeDocument(document));
    if (golden.jobs.includes(file)) prepared.set(file, await matcher.intake.prepare(document, "job"));
    if (golden.resumes.includes(file)) prepared.set(file, await matcher.intake.prepare(document, "resume"));
  }
}, 900_000);

/** A text that comes twice in a row is run once. */
function remembering(session: Session): Session {
  let last = "";
  let result: ReturnType<Session["run"]>;
  return {
    ...session,
    run(ids) {
      if (ids.join() !== last) {
        last = ids.join();
        result = session.run(ids);
      }
      return result;
    },
  };
}

afterAll(() => {
  const features = golden.features.map((name, i) => `${name} ${furthest[i]!.toFixed(5)}`);
  console.log(
    `furthest from Python: cosine ${worst.cosine.toFixed(7)}, line cosines ${worst.lines.toFixed(5)}, ` +
      `score ${worst.score.toFixed(4)}; ${features.join(", ")}`,
  );
});

test("the golden cases are of the bundle that is scored with", () => {
  expect(matcher.bundle.sha256).toBe(golden.bundle);
});

describe.each(golden.documents.filter((entry) => entry.vector))("$file", (entry) => {
  test("has Python's vector, for the document and for each line", () => {
    const encoding = encoded.get(entry.file)!;
    const expected = float16(entry.vector!);
    const cosine = dot(encoding.vector, expected) / Math.sqrt(dot(expected, expected));
    worst.cosine = Math.min(worst.cosine, cosine);
    expect(cosine).toBeGreaterThanOrEqual(0.9999);
    expect(dot(encoding.vector, encoding.vector)).toBeCloseTo(1, 5);
    const recorded = float16(entry.line_cosines!);
    expect(recorded).toHaveLength(2 * encoding.lines.length);
    encoding.lines.forEach((line, i) => {
      const before = encoding.lines.at(i - 1)!;
      const found = [dot(line, encoding.vector), dot(line, before)];
      found.forEach((value, k) => {
        const off = Math.abs(value - recorded[2 * i + k]!);
        worst.lines = Math.max(worst.lines, off);
        expect(off).toBeLessThan(0.002); // float16 alone is off by 0.0005
      });
    });
  });
});

describe.each(golden.jobs.map((name, column) => ({ name, column })))("for $name", ({ name, column }) => {
  const compared: Compared[] = [];
  beforeAll(async () => {
    for (const resume of golden.resumes)
      compared.push(await matcher.compare(prepared.get(resume)!, prepared.get(name)!));
  });

  test("every feature is Python's", () => {
    expect(matcher.mapper.featureNames).toEqual(golden.features);
    compared.forEach(({ match }, row) =>
      match.features.values.forEach((value, i) => {
        const off = Math.abs(value - golden.values[row]![column]![i]!);
        furthest[i] = Math.max(furthest[i]!, off);
        expect(off, `${golden.features[i]} of ${match.resume}`).toBeLessThan(NAMES.includes(golden.features[i]!) ? 0.01 : 0.001);
      }),
    );
  });

  test("every score is Python's within 0.1 point, and so is the order", () => {
    const scores = golden.scores.map((row) => row[column]!);
    compared.forEach(({ match }, row) => {
      const off = Math.abs(match.score - scores[row]!);
      worst.score = Math.max(worst.score, off);
      expect(off, match.resume).toBeLessThan(0.1);
    });
    const recorded = new Map(golden.resumes.map((resume, i) => [resume, scores[i]!]));
    const order = bestFirst(compared.map(({ match }) => match)).map((match) => recorded.get(match.resume)!);
    expect(order).toEqual([...order].sort((a, b) => b - a));
  });

  test("every notice is Python's", () => {
    const codes = markDuplicates(compared).map((match) => match.notices.map((notice) => notice.code));
    expect(codes).toEqual(golden.pair_notices.map((row) => row[column]!));
  });
});
