/**
 * ZIP archives as far as DOCX needs them: the central directory, and members unpacked piece by piece,
 * so that a bomb is seen while it unpacks. fflate inflates; sizes in the headers are not believed.
 */

import { Inflate } from "fflate";

export class BadZip extends Error {}

export interface Member {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number; // bytes
  readonly crc: number;
  readonly offset: number; // of the local header
}

const STORED = 0;
const DEFLATED = 8;
const STEP = 1 << 14; // packed bytes between two looks at the limits

export class Zip {
  readonly members = new Map<string, Member>();
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
      };
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

  /** The member's bytes, handed to `take` in pieces. Throws BadZip. */
  unpack(member: Member, take: (chunk: Uint8Array) => void): void {
    const at = member.offset;
    if (at + 30 > this.data.length || this.view.getUint32(at, true) !== 0x04034b50)
      throw new BadZip(`no entry where ${member.name} should be`);
    const start = at + 30 + this.view.getUint16(at + 26, true) + this.view.getUint16(at + 28, true);
    const packed = this.data.subarray(start, start + member.packed);
    if (packed.length < member.packed) throw new BadZip(`${member.name} breaks off`);
    let crc = 0xffffffff;
    const piece = (chunk: Uint8Array): void => {
      crc = crc32(crc, chunk);
      take(chunk);
    };
    if (member.method === STORED) piece(packed);
    else if (member.method === DEFLATED) inflate(packed, piece, member.name);
    else throw new BadZip(`compression method ${member.method} is not known`);
    if ((crc ^ 0xffffffff) >>> 0 !== member.crc) throw new BadZip(`Bad CRC-32 for file '${member.name}'`);
  }
}

function inflate(packed: Uint8Array, piece: (chunk: Uint8Array) => void, name: string): void {
  let refused: unknown;
  const inflater = new Inflate((chunk) => {
    try {
      piece(chunk);
    } catch (error) {
      refused ??= error;
    }
  });
  for (let i = 0; i < packed.length; i += STEP) {
    try {
      inflater.push(packed.subarray(i, i + STEP), i + STEP >= packed.length);
    } catch (error) {
      throw refused ?? new BadZip(`${name}: ${(error as Error).message}`);
    }
    if (refused) throw refused;
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
