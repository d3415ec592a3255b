import { expect, test } from "vitest";
import type { Ranked } from "../src/engine/protocol";
import type { Report } from "../src/report";
import { aggregates, FEWEST } from "../src/report/aggregates";

const report: Report = {
  job: "secret-job.txt",
  matches: [],
  unread: [{ file: "secret.pdf", name: "ImageOnlyError", cause: "a scan", remedy: "" }],
  bundle: { name: "tiny", version: "1", sha256: "" },
  confirmed: { job: "secret-job.txt", jobSha256: "", wishes: [{ id: "r1", text: "RN licence", kind: "required", must: true, byLaw: true }] },
};

/** `count` people of one score each, of whom one does not show the licence. */
function people(count: number): Ranked[] {
  return Array.from({ length: count }, (_, i) => ({
    match: { resume: `person-${i}.pdf`, job: "secret-job.txt", score: 40 + i, resumeDomains: [{ name: "healthcare", probability: 1 }] },
    weighted: { score: 40 + i, default: 40 + i, steps: [], statuses: [["r1", i ? "met" : "not shown"]], lacking: [], partly: [] },
    musts: { met: 0, partly: 0, asked: 0, licences: [] },
    index: i,
  })) as unknown as Ranked[];
}

test("a sealed page lets out counts that name nobody, and of small groups only that they are small", () => {
  const told = aggregates(report, people(12));
  expect(told).not.toMatch(/person-|secret/);
  const content = JSON.parse(told) as Record<string, unknown>;
  expect(content).toMatchObject({ ranked: 12, professions: { healthcare: 12 }, not_read: { ImageOnlyError: "fewer than 5" } });
  expect(content["musts"]).toEqual([{ requirement: "RN licence", stands: { met: 11, "not shown": "fewer than 5" } }]);
  expect(content["scores"]).toEqual({ mean: 46, quarter: 45, median: 45, three_quarters: 50 });
});

test("of too few people nothing is let out", () => {
  expect(aggregates(report, people(FEWEST - 1))).toBe("");
  expect(aggregates(report, people(FEWEST))).not.toBe("");
});
