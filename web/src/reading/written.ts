/** What a file of plain characters is, if more than a text or a page: told by how it begins; rolefit/reading/written.py. */

import { Pattern, type Written } from "../language/re";
import { splitlines } from "../python";
import type { Kind } from "../records";
import shared from "../shared.json";
import { isRow } from "./columns";
import { looksLike } from "./delimited";
import { isGzip } from "./gzip";
import { isCandidate, isCandidateXml } from "./hropen";
import { type Fields, isRecord, isResume, load } from "./jsonresume";
import { mailKind } from "./mail";
import type { Holder } from "./parts";
import { holdsPosting } from "./posting";
import { isTar } from "./tar";
import { decode } from "./text";

const [ROOT, YAML, YAML_PART] = (["_ROOT", "_YAML", "_YAML_PART"] as const).map((name) => new Pattern(shared.written[name] as Written)) as [
  Pattern, Pattern, Pattern,
];
const JSON_BEGINS = /^\s*[{[]/;

/** What it is, "" for what is just a text or a page; `head` is how the text in `data` begins. */
export function writtenKind(head: string, data: Uint8Array): Kind | Holder | "" {
  const mail = mailKind(head);
  if (mail) return mail;
  if (JSON_BEGINS.test(head)) return jsonKind(decode(data).text);
  const root = ROOT.match(head)?.group(1);
  if (root && isCandidateXml(root)) return "hr-xml";
  if (root === "office:document" && head.includes(shared.written._ODT)) return "odt";
  if (looksLike(head, data.length <= head.length)) return "csv";
  return YAML.search(head) && YAML_PART.search(head) ? "yaml-resume" : "";
}

function jsonKind(source: string): Kind | Holder | "" {
  const content = load(source);
  if (isResume(content)) return "json-resume";
  if (isCandidate(content)) return "hr-json";
  const rows = content ?? jsonRows(source);
  return holdsRecords(rows) && !holdsPosting(rows) ? "json-rows" : "";
}

/** The records, [] if it is neither a list of them nor lines of them. */
export function jsonRows(source: string): Fields[] {
  const found = load(source) ?? splitlines(source).filter((line) => line.trim()).map(load);
  return Array.isArray(found) && found.every(isRecord) ? found : [];
}

/** Whether a list of JSON is a table: records with names that tables of people have. */
function holdsRecords(content: unknown): boolean {
  if (!Array.isArray(content) || !isRecord(content[0])) return false;
  return content.every(isResume) || isRow(Object.keys(content[0]));
}

/** Whether what begins like this may hold documents, and so be larger than one. */
export function mayHold(head: Uint8Array): boolean {
  if ((head[0] === 0x50 && head[1] === 0x4b) || isGzip(head) || isTar(head)) return true;
  const start = decode(head).text;
  return mailKind(start) !== "" || JSON_BEGINS.test(start) || looksLike(start, false);
}
