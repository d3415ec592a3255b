import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { BUNDLE, files, golden } from "./golden";

const WEB = new URL("../", import.meta.url).pathname;

beforeAll(() => {
  execFileSync("npm", ["run", "build:lib", "--silent"], { cwd: WEB, stdio: ["ignore", "ignore", "pipe"] });
}, 300_000);

test("the package has types for what it exports", () => {
  expect(existsSync(join(WEB, "dist-lib/types/index.d.ts"))).toBe(true);
});

test("the example ranks files in Node, with the scores that Python gives", () => {
  const folder = mkdtempSync(join(tmpdir(), "rolefit-example-"));
  const put = (name: string): string => {
    const path = join(folder, name.replace(/.*\//, ""));
    writeFileSync(path, files[name]!);
    return path;
  };
  const resumes = ["resume-02-2.docx", "resume-00-0.pdf"];
  const job = "job-backend-engineer.txt";
  const args = ["examples/rank.mjs", BUNDLE, put(job), ...resumes.map(put), put("not-read/broken-off.pdf")];
  const lines = execFileSync("node", args, { cwd: WEB, encoding: "utf8" }).trimEnd().split("\n");
  const score = (resume: string) => golden.scores[golden.resumes.indexOf(resume)]![golden.jobs.indexOf(job)]!;
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(new RegExp(`^ *${Math.round(score("resume-00-0.pdf"))}  .*resume-00-0.pdf$`));
  expect(lines[1]).toMatch(new RegExp(`^ *${Math.round(score("resume-02-2.docx"))}  .*resume-02-2.docx$`));
  expect(lines[2]).toContain("the PDF breaks off");
}, 600_000);
