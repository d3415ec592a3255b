import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { openBundle, TAXONOMY } from "../src/bundle";
import { poolLines } from "../src/encode";
import { type ReadError } from "../src/errors";
import { fromText, LIMITS, read } from "../src/reading";
import { Zip } from "../src/reading/zip";
import type { Match } from "../src/records";
import { verdict, whole } from "../src/report";
import { toCsv } from "../src/report/csv";
import { toJson } from "../src/report/json";
import { loadFile } from "./golden";

const never = () => Promise.reject(new Error("no PDF here"));
const bytes = (text: string) => new TextEncoder().encode(text);
const refused = (data: Uint8Array, limits = LIMITS) =>
  read(data, "x", never, limits).then(
    () => expect.unreachable("it was read"),
    (error: ReadError) => error,
  );

describe("reading", () => {
  test("lines leave out blank ones and the white space around them", () => {
    const { text, lines } = fromText("  one \r\n\n\t\u00a0\ntwo\u2028three", "x");
    expect(lines.map((line) => text.slice(line.start, line.end))).toEqual(["one", "two", "three"]);
  });

  test("a page's lines are what a person sees of it", async () => {
    const page = "<!doctype html><title>no</title><h1>A <b>B</b></h1><p hidden>no<p>C<br>D<table><tr><td>1<td>2</table>";
    expect((await read(bytes(page), "x", never)).text).toBe("A B\nC\nD\n1\t2");
  });

  test("text in Windows-1252 is read as such, and says so", async () => {
    const document = await read(Uint8Array.from([0x93, 0x52, 0xe9, 0x73, 0x75, 0x6d, 0xe9, 0x94]), "x", never);
    expect(document.text).toBe("\u201cRésumé\u201d");
    expect(document.notices.map((notice) => notice.code)).toEqual(["encoding-guessed"]);
  });

  test("what is too large is refused before it is looked at", async () => {
    const error = await refused(new Uint8Array(LIMITS.bytes + 1));
    expect(error.name).toBe("LimitError");
    expect(error.cause).toContain("20,971,521 bytes");
  });

  test("a DOCX that unpacks to far more than it weighs is refused while it unpacks", async () => {
    const bomb = zipSync({
      "[Content_Types].xml": bytes("<a/>"),
      "word/document.xml": bytes(`<w>${"0".repeat(3_000_000)}</w>`),
    });
    expect((await refused(bomb)).cause).toContain("times its size");
  });

  test("elements that nest without end are refused", async () => {
    expect((await refused(bytes(`<html>${"<div>".repeat(5000)}`))).cause).toContain("nest more than");
  });

  test("a ZIP whose member was altered is noticed", () => {
    const data = zipSync({ a: bytes("hello hello hello") }, { level: 0 });
    data[32]! ^= 1;
    const archive = new Zip(data);
    expect(() => [...archive.unpack(archive.members.get("a")!)]).toThrow(/CRC/);
  });
});

describe("late pooling", () => {
  test("a line's vector is the unit mean of the tokens that start in it", () => {
    const tokens = {
      ids: new Int32Array(5),
      starts: Int32Array.of(0, 0, 2, 6, 0),
      ends: Int32Array.of(0, 2, 4, 8, 0),
      dropped: 0,
    };
    const hidden = Float32Array.of(9, 9, 1, 0, 0, 1, 0, -5, 9, 9);
    const line = (start: number, end: number) => ({ start, end, page: 1 });
    const [first, second, third] = poolLines(hidden, tokens, [line(0, 4), line(5, 8), line(9, 12)]);
    expect([...first!].map((x) => x.toFixed(4))).toEqual(["0.7071", "0.7071"]);
    expect([...second!]).toEqual([0, -1].map((x) => expect.closeTo(x)));
    expect([...third!]).toEqual([0, 0]);
  });
});

describe("a bundle", () => {
  const manifest = {
    format: 1, name: "x", version: "1", encoder: { max_tokens: 8, hidden_size: 2 },
    files: { "tokenizer.json": { sha256: "00", bytes: 2 } },
  };

  test("whose file arrives altered is asked for again, and then refused by name", async () => {
    const attempts: number[] = [];
    const load = async (name: string, attempt: number) => {
      if (name === "manifest.json") return bytes(JSON.stringify(manifest));
      attempts.push(attempt);
      return bytes("{}");
    };
    await expect(openBundle(load)).rejects.toThrow(/tokenizer.json: it arrived altered/);
    expect(attempts).toEqual([0, 1, 2]);
  });

  const good = (part: object) => async (name: string, attempt: number) => {
    if (name !== "manifest.json") return loadFile(name);
    return bytes(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(await loadFile(name))), ...part, attempt }));
  };

  test("made with another taxonomy than the page has is refused, once the site was asked again", async () => {
    const attempts: number[] = [];
    const load = (name: string, attempt: number) => {
      if (name === TAXONOMY) attempts.push(attempt);
      return good({ taxonomy: "00ff" })(name, attempt);
    };
    await expect(openBundle(load)).rejects.toThrow(/taxonomy.json: the model was made with taxonomy 00ff/);
    expect(attempts).toEqual([0, 1, 2]);
  });

  test("names the month of \"present\" and the scale of its lines, or is refused", async () => {
    const { asOf, lineScale } = await openBundle(good({ as_of: "2025-02", line_scale: [0.1, 0.5] }));
    expect([asOf, lineScale]).toEqual([12 * 2025 + 1, [0.1, 0.5]]);
    const older = await openBundle(good({ as_of: undefined, line_scale: undefined }));
    expect([older.asOf, older.lineScale]).toEqual([null, [0.35, 0.75]]);
    await expect(openBundle(good({ as_of: "2025-13" }))).rejects.toThrow(/as_of: expected a month/);
    await expect(openBundle(good({ line_scale: [0.5, 0.1] }))).rejects.toThrow(/line_scale: expected two rising/);
  });
});

describe("a report", () => {
  const match = (resume: string, score: number): Match => ({
    resume, job: "job.txt", score, band: [score / 2, 100], features: { names: ["cosine"], values: [0.123456] },
    notices: [{ code: "job-short", message: "job says little" }, { code: "short", message: 'says, "little"' }],
    resumeDomains: [{ name: "law", probability: 0.75 }, { name: "sales", probability: 0.2 }, { name: "design", probability: 0.05 }],
    jobDomains: [{ name: "law", probability: 0.95 }, { name: "sales", probability: 0.05 }],
  });
  const report = {
    job: "job.txt",
    matches: [match("a.pdf", 68.5), match("=cmd()", 12.4)],
    unread: [{ name: "DamagedFileError" as const, file: "b.pdf", cause: "it breaks off", remedy: "Fetch it again." }],
    bundle: { name: "n", version: "v", sha256: "0" },
  };

  test("calls a score by the word of the number that people see", () => {
    expect([whole(68.49), verdict(68.49)]).toEqual([68, "plausible"]);
    expect([whole(68.5), verdict(68.5)]).toEqual([69, "good"]);
    expect(verdict(100)).toBe("exceptional");
  });

  test("as CSV runs no formula and quotes what needs it", () => {
    const lines = toCsv(report).split("\r\n");
    expect(lines[1]).toBe('1,a.pdf,69,34,100,good,"says, ""little""",,"law (75%), sales (20%)"');
    expect(lines[2]).toContain("2,'=cmd(),12,");
    expect(lines[3]).toBe(",b.pdf,,,,,,it breaks off. Fetch it again.,");
  });

  test("as JSON keeps the job's notices apart", () => {
    const content = JSON.parse(toJson(report));
    expect(content.job_notices).toEqual([{ code: "job-short", message: "job says little" }]);
    expect(content.results[0]).toMatchObject({ place: 1, file: "a.pdf", features: { cosine: 0.1235 } });
    expect(content.job_domains).toEqual([{ name: "law", probability: 0.95 }]);
    expect(content.results[0].domains).toHaveLength(2);
    expect(content.not_read).toEqual([
      { file: "b.pdf", error: "DamagedFileError", cause: "it breaks off", remedy: "Fetch it again." },
    ]);
  });
});
