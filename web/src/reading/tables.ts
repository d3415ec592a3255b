/** Tables of candidates -> each row as a document, as rolefit/reading/tables.py. */

import { ReadError } from "../errors";
import { isBlank, split, strip } from "../python";
import type { Notice } from "../records";
import { isPrintable } from "./archives";
import { choose, tidy } from "./columns";
import { parsed } from "./delimited";
import { isResume, texts } from "./jsonresume";
import type { Opened, Opening, Part } from "./parts";
import { isPage } from "./sniff";
import { decode } from "./text";
import { jsonRows } from "./written";

const HEAD = 4096; // characters that tell a page

export function* fromCsv(part: Part, opening: Opening): Opened {
  const { text, notices } = decode(part.data);
  yield* candidates(part.name, parsed(text, part.name), opening, notices);
}

/** A list of records, or a record on each line: resumes as data, or rows of a table. */
export function* fromJsonRows(part: Part, opening: Opening): Opened {
  const { text, notices } = decode(part.data);
  const records = jsonRows(text);
  if (records.every((record) => isResume(record))) {
    for (const [index, record] of records.entries()) {
      opening.count();
      const data = new TextEncoder().encode(JSON.stringify(record));
      yield { name: `${part.name}/row ${index + 1}`, data, kind: "json-resume", notices };
    }
    return;
  }
  const head = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = records.map((record) => head.map((key) => texts(record[key]).join("\n")));
  yield* candidates(part.name, [head, ...rows], opening, notices, 0);
}

/** Each row below the first that says something; `first` is the number of the first. Throws ColumnsError. */
export function* candidates(
  table: string,
  rows: readonly (readonly string[])[],
  opening: Opening,
  notices: readonly Notice[] = [],
  first = 1,
): Opened {
  const at = rows.findIndex((row) => row.some((cell) => !isBlank(cell)));
  if (at < 0) throw new ReadError("EmptyDocumentError", table, "there is nothing in the table", "Check that it was saved.");
  const head = rows[at]!.map(tidy);
  const below = rows.slice(at + 1);
  const chosen = choose(table, head, below.filter((row) => row.some(Boolean)));
  const taken = new Set<string>();
  for (const [index, row] of below.entries()) {
    if (row.every(isBlank)) continue;
    opening.count();
    const number = first + at + 1 + index;
    const name = `${table}/${label(chosen.id === null ? "" : (row[chosen.id] ?? ""), number, taken)}`;
    const said = strip(row[chosen.text] ?? "");
    if (row.slice(head.length).some((cell) => !isBlank(cell)))
      yield new ReadError(
        "DamagedFileError",
        name,
        `row ${number} has ${row.length} cells where the first has ${head.length}`,
        "A text with the separator in it needs quotes around it; save the table once more.",
      );
    else if (!said) {
      const cause = `row ${number} says nothing in "${head[chosen.text]}"`;
      yield new ReadError("EmptyDocumentError", name, cause, "Fill it in, or take the row out.");
    } else
      yield { name, data: new TextEncoder().encode(said), kind: isPage(said.slice(0, HEAD)) ? "html" : "text", notices };
  }
}

/** What the row is called: by its id, as far as that tells it from others, else its number. */
function label(said: string, number: number, taken: Set<string>): string {
  const plain = split([...said].map((c) => (isPrintable(c) ? c : " ")).join("")).join(" ").slice(0, 100);
  const steps = plain.split(/[\\/]/).filter((step) => !["", ".", ".."].includes(step));
  let name = steps.join("/") || `row ${number}`;
  if (taken.has(name)) name = `${name} (row ${number})`;
  taken.add(name);
  return name;
}
