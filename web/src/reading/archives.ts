/** ZIP archives -> the files in them, as rolefit/reading/archives.py: sizes in the headers are not believed. */

import { ReadError } from "../errors";
import { commas } from "../python";
import shared from "../shared.json";
import { Allowance } from "./limits";
import type { Opened, Opening, Part } from "./parts";
import { mayHold } from "./written";
import { BadZip, type Member, Zip } from "./zip";

const LITTER = new Set(["__MACOSX", "Thumbs.db", "desktop.ini"]);
const LONGEST = 500; // characters of a name
const METHODS = new Set([0, 8]);
const LINK = 0o120000; // of a file's mode
const AGAIN = "Fetch or pack it once more.";

export function* fromZip(part: Part, opening: Opening): Opened {
  const seen = new Set<string>();
  const archive = new Zip(part.data);
  for (const member of archive.all) {
    if (member.name.endsWith("/") || isLitter(member.name)) continue;
    opening.count();
    try {
      const name = memberName(part.name, member.name, seen, (member.mode & 0o170000) === LINK);
      const data = unzipped(archive, member, new Allowance(name, opening.limits));
      opening.took(data.length);
      yield { name, data, kind: "", notices: [] };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      yield error;
    }
  }
}

/** Hidden files, lock files of Word, what operating systems leave in folders. */
export function isLitter(name: string): boolean {
  const steps = name.split(/[\\/]/).filter((step) => !["", ".", ".."].includes(step));
  return steps.some((step) => step.startsWith(".") || step.startsWith("~$") || LITTER.has(step));
}

const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/u;

/** What str.isprintable() takes for a sign that is shown. */
export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** The name of a member below its archive's. Throws UnsafeNameError. */
export function memberName(archive: string, name: string, seen: Set<string>, link: boolean): string {
  const steps = name.replaceAll("\\", "/").split("/");
  const label = [archive, ...steps.filter((step) => step !== "" && step !== ".")].join("/");
  let cause = "";
  if (!isPrintable(name)) cause = "its name holds signs that no name has";
  else if (!steps[0] || steps[0][1] === ":") cause = "its name begins at the root of a disk";
  else if (steps.includes("..")) cause = "its name leads out of the archive";
  else if (name.length > LONGEST) cause = `its name is longer than ${LONGEST} characters`;
  else if (link) cause = "it is a link, not a file";
  else if (seen.has(label)) cause = "another file in the archive has the same name";
  if (cause) {
    const shown = [...name.slice(0, LONGEST)].map((c) => (isPrintable(c) ? c : "?")).join("");
    const remedy = "Check where the archive comes from; unpack it and give the files that you trust.";
    throw new ReadError("UnsafeNameError", `${archive}/${shown}`, cause, remedy);
  }
  seen.add(label);
  return label;
}

/** A member's bytes. Throws ReadError. */
export function unzipped(archive: Zip, member: Member, allowance: Allowance): Uint8Array {
  const { name } = allowance;
  if (member.encrypted)
    throw new ReadError("EncryptedError", name, "it is encrypted", "Unpack the archive with its password and give the files.");
  if (!METHODS.has(member.method)) {
    const cause = `it is packed in an uncommon way (method ${member.method})`;
    throw new ReadError("UnknownFormatError", name, cause, "Pack the archive again as an ordinary ZIP.");
  }
  try {
    return bounded(archive.unpack(member), allowance, member.packed);
  } catch (error) {
    if (!(error instanceof BadZip)) throw error;
    throw new ReadError("DamagedFileError", name, `it breaks off or is damaged (${error.message})`, AGAIN);
  }
}

/** All of the pieces, if that is no more than a file may be; `packed` is its packed size. Throws LimitError. */
export function bounded(pieces: Iterable<Uint8Array>, allowance: Allowance, packed?: number): Uint8Array {
  const { name, limits } = allowance;
  const kept: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    if (!piece.length) continue;
    kept.push(piece.slice());
    size += piece.length;
    if (packed !== undefined) allowance.checkExpanded(size, packed, 0);
    if (size > limits.bytes && (size > shared.limits.archive_bytes || !mayHold(kept[0]!))) {
      const cause = `it unpacks to more than ${commas(limits.bytes)} bytes`;
      throw new ReadError("LimitError", name, cause, "Save it smaller (without pictures).");
    }
    allowance.checkClock();
  }
  const whole = new Uint8Array(size);
  kept.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0);
  return whole;
}
