/** What a stream of a PDF holds, as far as it can be told: hex, base 85, deflated again and again. */

import { inflate } from "./inflate";
import type { Allowance } from "./limits";
import { latin1 } from "./text";

const ROUNDS = 4; // of deflate
const NOT_HEX = /[^0-9A-Fa-f]/g;

/** [its content, packed bytes or 0 if it was not packed]. Throws LimitError. */
export function unpacked(
  stream: Uint8Array,
  header: string,
  allowance: Allowance,
  total: number,
): [Uint8Array, number] {
  const room = allowance.limits.expandedBytes - total;
  let content = stream;
  let packed = 0;
  if (header.includes("/ASCIIHexDecode") || header.includes("/AHx")) content = fromHex(latin1(content));
  if (header.includes("/ASCII85Decode") || header.includes("/A85")) content = fromBase85(latin1(content));
  for (let round = 0; round < ROUNDS && isDeflated(content); round++) {
    const size = content.length;
    content = inflated(content, room);
    packed ||= size;
    allowance.checkExpanded(content.length, packed, total + content.length);
  }
  return [content, packed];
}

function isDeflated(content: Uint8Array): boolean {
  return content.length > 2 && (content[0]! & 15) === 8 && ((content[0]! << 8) | content[1]!) % 31 === 0;
}

/** Stops soon after `room`, and at what is damaged: pdfium reads till there, and minds no checksum. */
function inflated(content: Uint8Array, room: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (const piece of inflate(content.subarray(2))) {
      parts.push(piece);
      size += piece.length;
      if (size > room) break;
    }
  } catch {
    // what was found is what there is
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function fromHex(text: string): Uint8Array {
  const digits = `${text.replace(NOT_HEX, "")}0`;
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Up to the first sign that is none of its digits. */
function fromBase85(text: string): Uint8Array {
  const digits = /^[!-uz]*/.exec(text.replace(/[\0\t-\r ]/g, ""))![0].replaceAll("z", "!!!!!");
  const bytes = new Uint8Array(Math.max(0, Math.floor((digits.length * 4) / 5)));
  const view = new DataView(new ArrayBuffer(4));
  for (let i = 0; 5 * i < digits.length; i++) {
    let value = 0;
    for (let k = 0; k < 5; k++) value = value * 85 + ((digits.charCodeAt(5 * i + k) || 117) - 33); // "u" fills up
    view.setUint32(0, value); // of too large a number the end, as pdfium takes it
    for (let k = 0; k < 4 && 4 * i + k < bytes.length; k++) bytes[4 * i + k] = view.getUint8(k);
  }
  return bytes;
}
