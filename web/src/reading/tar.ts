/** TAR and gzip -> the files in them, as rolefit/reading/archives.py: as Python's tarfile reads a stream. */

import { ReadError } from "../errors";
import { bounded, isLitter, memberName } from "./archives";
import { gunzipped, Pieces } from "./gzip";
import { Allowance } from "./limits";
import { type Opened, type Opening, type Part, Spent } from "./parts";
import { latin1 } from "./text";

const BLOCK = 512;
const REGULAR = new Set(["0", "\0", "7", "S"]);
const [SPARSE, FOLDER, LONG_NAME, LONG_LINK] = ["S", "5", "L", "K"];
const KNOWN = new Set([...REGULAR, "1", "2", "3", "4", FOLDER, "6"]);
const AGAIN = "Fetch or pack it once more.";
const MOST_HEADER = 1 << 20; // bytes of a name or of attributes

/** One entry of the archive. */
interface Entry {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sparse: boolean;
}

export function isTar(head: Uint8Array): boolean {
  return latin1(head.subarray(257, 262)) === "ustar";
}

export function* fromTar(part: Part, opening: Opening): Opened {
  yield* untarred(part, new Pieces([part.data].values()), opening, false);
}

/** A TAR that is packed as a whole, or a single file. */
export function* fromGzip(part: Part, opening: Opening): Opened {
  const unpacked = new Pieces(gunzipped(part, opening));
  const head = unpacked.read(BLOCK).slice();
  unpacked.again(head);
  if (isTar(head)) {
    yield* untarred(part, unpacked, opening, true);
    return;
  }
  const step = part.name.split("/").at(-1)!;
  const name = `${part.name}/${/.\.gz$/i.test(step) ? step.slice(0, -3) : "file"}`;
  opening.count();
  yield { name, data: bounded(unpacked.some(Infinity), new Allowance(name, opening.limits)), kind: "", notices: [] };
}

/** What comes out of gzip was `counted` there. */
function* untarred(part: Part, file: Pieces, opening: Opening, counted: boolean): Opened {
  const seen = new Set<string>();
  const entries = new Entries(file);
  try {
    for (let entry = entries.next(); entry; entry = entries.next()) {
      if (entry.type === FOLDER || isLitter(entry.name)) {
        entries.skip();
        continue;
      }
      opening.count();
      let found: Part | ReadError;
      try {
        const name = memberName(part.name, entry.name, seen, !REGULAR.has(entry.type));
        if (entry.sparse) throw new ReadError("UnknownFormatError", name, "it is a sparse file", AGAIN);
        const data = bounded(entries.content(), new Allowance(name, opening.limits));
        if (!counted) opening.took(data.length);
        found = { name, data, kind: "", notices: [] };
      } catch (error) {
        if (!(error instanceof ReadError)) throw error;
        found = error;
      }
      yield found;
      entries.skip();
    }
  } catch (error) {
    if (!(error instanceof BadTar)) throw error;
    const cause = `the archive breaks off or is damaged (${error.message})`;
    throw new Spent(new ReadError("DamagedFileError", part.name, cause, AGAIN));
  }
}

class BadTar extends Error {}

/** The entries, one after the other; what one holds is read before the next. */
class Entries {
  private left = 0; // bytes of the entry at hand that were not read
  private padding = 0;
  private first = true;
  private readonly global = new Map<string, string>(); // attributes of all that follow

  constructor(private readonly file: Pieces) {}

  /** Throws BadTar where the archive breaks off. */
  next(): Entry | null {
    let [name, attributes] = ["", new Map<string, string>()];
    for (;;) {
      const header = this.header();
      if (!header) return null;
      const { type, size } = header;
      if (type === LONG_NAME || type === LONG_LINK) {
        const said = text(this.whole(size)).split("\0")[0]!;
        if (type === LONG_NAME) name = said;
      } else if (type === "x" || type === "X") attributes = records(this.whole(size));
      else if (type === "g") for (const [key, value] of records(this.whole(size))) this.global.set(key, value);
      else return this.entry(header, name, new Map([...this.global, ...attributes]));
    }
  }

  private entry(header: Entry, long: string, attributes: ReadonlyMap<string, string>): Entry {
    const said = Number(attributes.get("size") ?? header.size);
    const size = Number.isSafeInteger(said) && said >= 0 ? said : header.size;
    const name = attributes.get("path") ?? (long || header.name);
    const type = header.type === "\0" && name.endsWith("/") ? FOLDER! : header.type;
    const holds = REGULAR.has(type) || !KNOWN.has(type);
    this.left = holds ? size : 0;
    this.padding = (BLOCK - (this.left % BLOCK)) % BLOCK;
    const sparse = header.sparse || [...attributes.keys()].some((key) => key.startsWith("GNU.sparse."));
    return { name: name.replace(/\/+$/, ""), type, size, sparse };
  }

  /** null at the end; what is no header behind the first is the end too. */
  private header(): Entry | null {
    const block = this.file.read(BLOCK);
    const { first } = this;
    this.first = false;
    if (block.length < BLOCK || block.every((byte) => byte === 0)) {
      if (first && block.length) throw new BadTar("truncated header");
      return null;
    }
    const field = (start: number, end: number): string => text(block.subarray(start, end)).split("\0")[0]!;
    const size = number(block.subarray(124, 136));
    if (!sums(block).includes(number(block.subarray(148, 156))) || !(size >= 0)) {
      if (first) throw new BadTar("bad checksum");
      return null;
    }
    const type = String.fromCharCode(block[156]!);
    const prefix = [LONG_NAME, LONG_LINK, SPARSE].includes(type) ? "" : field(345, 500);
    const name = field(0, 100);
    let more = type === SPARSE && block[482] !== 0;
    while (more) more = this.exactly(BLOCK)[504] !== 0;
    return { name: prefix ? `${prefix}/${name}` : name, type, size, sparse: type === SPARSE };
  }

  /** What the entry holds, piece by piece. */
  *content(): Generator<Uint8Array, void> {
    for (const piece of this.file.some(this.left)) {
      this.left -= piece.length;
      yield piece;
    }
    if (this.left) throw new BadTar("unexpected end of data");
  }

  /** What is left of it. */
  skip(): void {
    let missing = this.left + this.padding;
    for (const piece of this.file.some(missing)) missing -= piece.length;
    if (missing) throw new BadTar("unexpected end of data");
    [this.left, this.padding] = [0, 0];
  }

  private whole(size: number): Uint8Array {
    if (size > MOST_HEADER) throw new BadTar("a header without end");
    return this.exactly(Math.ceil(size / BLOCK) * BLOCK).subarray(0, size);
  }

  private exactly(size: number): Uint8Array {
    const found = this.file.read(size);
    if (found.length < size) throw new BadTar("unexpected end of data");
    return found;
  }
}

/** The sum of a header's bytes, and that of bytes with a sign, as some old programs took it. */
function sums(block: Uint8Array): number[] {
  const bytes = [...block].map((byte, at) => (at >= 148 && at < 156 ? 32 : byte));
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return [sum, sum - 256 * bytes.filter((byte) => byte > 127).length];
}

/** "30 path=in/ana.txt\n", one after the other. */
function records(data: Uint8Array): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < data.length; ) {
    const size = /^(\d{1,7}) /.exec(latin1(data.subarray(at, at + 10)));
    const end = at + Number(size?.[1] ?? 0);
    if (!size || end > data.length || end < at + size[0].length) break;
    const [key, ...value] = text(data.subarray(at + size[0].length, end - 1)).split("=");
    found.set(key!, value.join("="));
    at = end;
  }
  return found;
}

/** A number in octal digits, or in base 256; NaN for what is none. */
function number(field: Uint8Array): number {
  if (field[0] === 0x80) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  const digits = latin1(field).split("\0")[0]!.trim();
  if (!digits) return 0;
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
}

/** UTF-8; bytes that are none become halves of characters, which no name has, as Python reads them. */
function text(data: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return latin1(data).replace(/[\x80-\xff]/g, (c) => String.fromCharCode(0xdc00 + c.charCodeAt(0)));
  }
}
