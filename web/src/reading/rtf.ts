/** RTF: `striprtf` turns the control words into text; this file smooths its way in and out. */

import { ReadError } from "../errors";
import { commas, withoutHalves } from "../python";
import shared from "../shared.json";
import type { Extract } from "./common";
import { MIB, type Allowance } from "./limits";
import { withAllText, withoutRaw } from "./rtfgroups";
import { NonsenseError, decodeLetters, fontTableGroup, rtfToText } from "./striprtf";
import { latin1 } from "./text";

const BRACE = /\\[\\{}]|[{}]/g;
const HEX = new RegExp(shared.rtf.hex.pattern, `${shared.rtf.hex.flags}g`); // pictures and fonts
const COLUMN = /\\column(?![a-z])/g;
const CELL = /\\(?:nest)?cell(?![a-z])/g;
const FONT = /\\f\d/g;
const MOST = 4 * MIB; // characters without pictures; striprtf looks at no clock
const FONTS = 100_000_000; // fonts times characters of the font table: striprtf's pattern takes that long
const TAIL = 300; // characters of the table behind its last ";", where the pattern tries every split
const AGAIN = "Fetch or export it once more, or save it as DOCX.";

/** The text of an RTF file, one paragraph or table row a line, cells parted by a tab. Throws ReadError. */
export function extract(data: Uint8Array, allowance: Allowance): Extract {
  const raw = withoutRaw(latin1(data), allowance);
  const braces = raw.match(BRACE) ?? [];
  const open = braces.filter((brace) => brace === "{").length;
  if (open > braces.filter((brace) => brace === "}").length)
    throw damaged(allowance.name, "the RTF breaks off: groups are still open at its end");
  let source = decodeLetters(raw, "cp1252").replace(HEX, "");
  checkLength(source, allowance);
  source = withAllText(source.replace(COLUMN, "\\par"), allowance).replace(CELL, "\\tab");
  checkFonts(source, allowance);
  try {
    const text = withoutHalves(rtfToText(source));
    // An optional hyphen is not drawn in a line.
    return { pages: [text.replaceAll("\u00ad", "").replaceAll("\u2011", "-")], notices: [] };
  } catch (error) {
    if (!(error instanceof NonsenseError)) throw error;
    throw damaged(allowance.name, `the RTF holds a control word that makes no sense (${error.message})`);
  }
}

/** Refuse what would keep striprtf busy beyond all limits: nothing can interrupt it. */
function checkLength(source: string, allowance: Allowance): void {
  allowance.checkClock();
  if (source.length > MOST)
    throw new ReadError(
      "LimitError",
      allowance.name,
      `it has ${commas(source.length)} characters without its pictures, the limit is ${commas(MOST)}`,
      "Save it as DOCX or plain text.",
    );
}

function checkFonts(source: string, allowance: Allowance): void {
  allowance.checkClock();
  const table = fontTableGroup(source);
  const tail = table.length - table.lastIndexOf(";");
  if ((table && tail > TAIL) || (table.match(FONT)?.length ?? 0) * table.length > FONTS)
    throw damaged(allowance.name, "its table of fonts makes no sense");
}

function damaged(name: string, cause: string): ReadError {
  return new ReadError("DamagedFileError", name, cause, AGAIN);
}
