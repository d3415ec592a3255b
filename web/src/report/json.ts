/** A report as JSON, the same schema as `rolefit rank --json`. */

import { confirmedJson, type Weighted, type Wish } from "../decide";
import type { Domain, Match, Notice } from "../records";
import shared from "../shared.json";
import type { Tiering } from "../tiers";
import { aboutJob, aboutResume, likely, type Report, verdict } from "./index";
import { peopleOf } from "./tiersView";

export function toJson(report: Report): string {
  const content = {
    schema: shared.schema,
    rolefit: shared.version,
    bundle: report.bundle,
    job: report.job,
    job_notices: plain(aboutJob(report)),
    ranked: report.matches.length,
    left_out: 0, // the page shows all professions
    job_domains: domains(report.matches[0]?.jobDomains ?? []),
    ...(report.confirmed && { confirmed: confirmedJson(report.confirmed) }),
    ...(report.tiering && { tiers: tiersOf(report.tiering) }),
    results: report.matches.map((match, index) => ({
      ...result(match, index),
      ...(report.tiering && { tier: report.tiering.tiers[index] }),
      ...decided(report.weighted?.[index]),
    })),
    not_read: report.unread.map(({ file, name, cause, remedy }) => ({ file, error: name, cause, remedy })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function result(match: Match, index: number) {
  return {
    place: index + 1,
    file: match.resume,
    score: round(match.score),
    band: match.band.map(round),
    verdict: verdict(match.score),
    features: Object.fromEntries(match.features.names.map((name, i) => [name, round(match.features.values[i]!)])),
    domains: domains(match.resumeDomains),
    notices: plain(aboutResume(match)),
  };
}

function decided(weighted: Weighted | undefined) {
  if (!weighted) return {};
  const ids = (wishes: readonly Wish[]): string[] => wishes.map(({ id }) => id);
  return {
    weighted: {
      score: round(weighted.score),
      steps: weighted.steps.map(({ label, points }) => ({ label, points: round(points) })),
      statuses: Object.fromEntries(weighted.statuses),
      must_not_shown: ids(weighted.lacking),
      must_partly_shown: ids(weighted.partly),
    },
  };
}

function tiersOf(tiering: Tiering) {
  const { level, jobs, across, next, alike } = tiering;
  return { level, people: peopleOf(tiering), order: "score", measured: { jobs, across, next, alike } };
}

function domains(all: readonly Domain[]) {
  return likely(all).map(({ name, probability }) => ({ name, probability: round(probability) }));
}

function round(value: number): number {
  return Number(value.toFixed(shared.decimals));
}

function plain(notices: readonly Notice[]): Notice[] {
  return notices.map(({ code, message }) => ({ code, message }));
}
