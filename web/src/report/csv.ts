/** A report as CSV (RFC 4180), the same columns as `rolefit rank --csv`. */

import type { Weighted } from "../decide";
import shared from "../shared.json";
import { called, sumOf } from "./decidedView";
import { aboutResume, readsLike, type Report, verdict, whole } from "./index";

const MARK = "\ufeff"; // without it Excel takes UTF-8 for the system's own encoding and garbles names

export function toCsv(report: Report): string {
  const more = [...(report.weighted ? shared.csv.decided : []), ...(report.tiering ? shared.csv.tier : [])];
  const rows: (string | number)[][] = [[...shared.csv.columns, ...more]];
  report.matches.forEach((match, index) => {
    const notices = aboutResume(match)
      .map((notice) => notice.message)
      .join("; ");
    const [low, high] = match.band.map(whole) as [number, number];
    rows.push([index + 1, cell(match.resume), whole(match.score), low, high, verdict(match.score), cell(notices), "", readsLike(match.resumeDomains), ...decided(report.weighted?.[index]), ...(report.tiering ? [report.tiering.tiers[index]!] : [])]);
  });
  for (const { file, cause, remedy } of report.unread)
    rows.push(["", cell(file), "", "", "", "", "", cell(`${cause}. ${remedy}`), "", ...more.map(() => "")]);
  return MARK + rows.map((row) => `${row.map(quote).join(",")}\r\n`).join("");
}

function decided(weighted: Weighted | undefined): (string | number)[] {
  if (!weighted) return [];
  return [whole(weighted.score), cell(weighted.lacking.map(called).join("; ")), cell(weighted.steps.length ? sumOf(weighted) : "")];
}

/** With an apostrophe in front if a spreadsheet would run it. */
function cell(text: string): string {
  const start = text.replace(/^ +/, "");
  return shared.csv.formula.some((sign) => start.startsWith(sign)) ? `'${text}` : text;
}

function quote(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
