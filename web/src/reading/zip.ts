/**
 * ZIP archives: the central directory, and members unpacked piece by piece,
 * so that a bomb is seen while it unpacks. Sizes in the headers are not believed.
 */

import { crc32 } from "../crc32";
import shared from "../shared.json";
import { inflate } from "./inflate";
import { latin1 } from "./text";

export class BadZip extends Error {}

export interface Member {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number; // bytes
  readonly crc: number;
  readonly offset: number; // of the local header
  readonly mode: number; // of the file, where Unix packed it
}

const UTF8 = 0x800; // flag of an entry: what its name is written in
const STORED = 0;
const DEFLATED = 8;

export class Zip {
  readonly members = new Map<string, Member>();
  readonly all: Member[] = []; // also those of one name
  private readonly view: DataView;

  /** Throws BadZip if the central directory is missing or leads nowhere. */
  constructor(private readonly data: Uint8Array) {
    this.view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const end = this.findEnd();
    let at = this.view.getUint32(end + 16, true);
    const count = this.view.getUint16(end + 10, true);
    for (let i = 0; i < count; i++) {
      if (at + 46 > data.length || this.view.getUint32(at, true) !== 0x02014b50)
        throw new BadZip("the central directory breaks off");
      const nameLength = this.view.getUint16(at + 28, true);
      const member: Member = {
        name: nameOf(data.subarray(at + 46, at + 46 + nameLength), (this.view.getUint16(at + 8, true) & UTF8) !== 0),
        encrypted: (this.view.getUint16(at + 8, true) & 1) !== 0,
        method: this.view.getUint16(at + 10, true),
        crc: this.view.getUint32(at + 16, true),
        packed: this.view.getUint32(at + 20, true),
        offset: this.view.getUint32(at + 42, true),
        mode: this.view.getUint16(at + 40, true),
      };
      this.all.push(member);
      this.members.set(member.name, member);
      at += 46 + nameLength + this.view.getUint16(at + 30, true) + this.view.getUint16(at + 32, true);
    }
  }

  private findEnd(): number {
    const first = Math.max(0, this.data.length - 65_557); // the record and the longest comment
    for (let at = this.data.length - 22; at >= first; at--)
      if (this.view.getUint32(at, true) === 0x06054b50) return at;
    throw new BadZip("File is not a zip file");
  }

  /** The member's bytes, piece by piece. Throws BadZip. */
  *unpack(member: Member): Generator<Uint8Array, void> {
    const at = member.offset;
    if (at + 30 > this.data.length || this.view.getUint32(at, true) !== 0x04034b50)
      throw new BadZip(`no entry where ${member.name} should be`);
    const start = at + 30 + this.view.getUint16(at + 26, true) + this.view.getUint16(at + 28, true);
    const packed = this.data.subarray(start, start + member.packed);
    if (packed.length < member.packed) throw new BadZip(`${member.name} breaks off`);
    // What OOXML allows, though zip knows others.
    if (member.method !== STORED && member.method !== DEFLATED) throw new BadZip("not packed as DOCX packs its parts");
    let crc = 0;
    for (const chunk of member.method === STORED ? [packed] : inflated(packed, member.name)) {
      crc = crc32(chunk, crc);
      yield chunk;
    }
    if (crc !== member.crc) throw new BadZip(`Bad CRC-32 for file '${member.name}'`);
  }
}

function* inflated(packed: Uint8Array, name: string): Generator<Uint8Array, void> {
  try {
    yield* inflate(packed);
  } catch (error) {
    throw new BadZip(`${name}: ${(error as Error).message}`);
  }
}

/** As it was meant: without the flag for UTF-8 many write UTF-8 all the same, else as DOS wrote. Throws BadZip. */
function nameOf(data: Uint8Array, isUtf8: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    if (isUtf8) throw new BadZip("a name in it is damaged");
    return latin1(data).replace(/[\x80-\xff]/g, (c) => shared.rtf.pages.cp437[c.charCodeAt(0) - 128]!);
  }
}
