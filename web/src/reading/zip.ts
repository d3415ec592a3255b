/**
 * ZIP archives: the central directory, and members unpacked piece by piece,
 * so that a bomb is seen while it unpacks. Sizes in the headers are not believed.
 */

import { inflate } from "./inflate";

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
    const utf8 = new TextDecoder();
    for (let i = 0; i < count; i++) {
      if (at + 46 > data.length || this.view.getUint32(at, true) !== 0x02014b50)
        throw new BadZip("the central directory breaks off");
      const nameLength = this.view.getUint16(at + 28, true);
      const member: Member = {
        name: utf8.decode(data.subarray(at + 46, at + 46 + nameLength)),
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
    let crc = 0xffffffff;
    for (const chunk of member.method === STORED ? [packed] : inflated(packed, member.name)) {
      crc = crc32(crc, chunk);
      yield chunk;
    }
    if ((crc ^ 0xffffffff) >>> 0 !== member.crc) throw new BadZip(`Bad CRC-32 for file '${member.name}'`);
  }
}

function* inflated(packed: Uint8Array, name: string): Generator<Uint8Array, void> {
  try {
    yield* inflate(packed);
  } catch (error) {
    throw new BadZip(`${name}: ${(error as Error).message}`);
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(crc: number, chunk: Uint8Array): number {
  for (const byte of chunk) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return crc;
}
