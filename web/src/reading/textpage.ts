/** One page's characters with their boxes, as pdfium tells them. */

import { roundHalfEven } from "../python";
import shared from "../shared.json";
import { type Boxes, type Pdfium, withMemory, written } from "./drawing";
import type { Allowance } from "./limits";

const HYPHENS = new Set(shared.pdf.hyphens); // what pdfium makes of a hyphen at a line's end
const CHUNK = 2000; // characters between two looks at the clock

type Box = [left: number, bottom: number, right: number, top: number];

/** What the characters of one text object have in common; lengths before the matrix. */
interface Font {
  readonly ascent: number;
  readonly descent: number;
  readonly hasExtent: boolean; // blanks alone have none
}

export class TextPage {
  private readonly fonts = new Map<number, Font>();

  constructor(
    private readonly pdfium: Pdfium,
    private readonly page: number,
    private readonly allowance: Allowance,
  ) {}

  /** What is drawn: (n,) code points, (4 n,) left, bottom, right, top, (n,) numbers in pdfium. */
  characters(): { codes: number[]; boxes: Boxes; places: number[] } {
    const { pdfium, page } = this;
    const places: number[] = [];
    const codes: number[] = [];
    const boxes: number[] = [];
    withMemory(pdfium, 96, (at) => {
      const count = pdfium.FPDFText_CountChars(page);
      for (let i = 0; i < count; i++) {
        if (i % CHUNK === 0) this.allowance.checkClock();
        const box = this.box(i, at);
        // Blanks that pdfium invents have no height; layout finds the gaps by itself.
        // What has no place at all, not even a number, is drawn nowhere.
        if (!box || !box.every(Number.isFinite) || box[3] - box[1] <= 0.01) continue;
        places.push(i);
        codes.push(plainCode(pdfium.FPDFText_GetUnicode(page, i)));
        boxes.push(...box);
      }
    });
    return { codes, boxes: Float64Array.from(boxes), places };
  }

  /**
   * Left, bottom, right, top of one character, as pdfium itself gives them. This build of pdfium differs
   * in two things: it lists blanks that are drawn by themselves, and its boxes are as high as the highest
   * letter of the font instead of the line.
   */
  private box(place: number, at: number): Box | null {
    const { pdfium, page } = this;
    if (!pdfium.FPDFText_GetLooseCharBox(page, place, at)) return null;
    const [left, top, right, bottom] = written(pdfium, "HEAPF32", at, 4) as [number, number, number, number];
    const object = pdfium.FPDFText_GetTextObject(page, place);
    const font = object ? this.fontOf(object, at + 16) : null;
    if (font === null) return [left, bottom, right, top];
    if (!font.hasExtent) return null;
    pdfium.FPDFText_GetMatrix(page, place, at + 16);
    const [scale, turn] = written(pdfium, "HEAPF32", at + 16, 2) as [number, number];
    if (top - bottom < 0.02 || scale <= 0 || Math.abs(turn) > 0.01 * scale) return [left, bottom, right, top];
    pdfium.FPDFText_GetCharBox(page, place, at + 48, at + 56, at + 64, at + 72);
    pdfium.FPDFText_GetCharOrigin(page, place, at + 80, at + 88);
    const [, , low, high, , y] = written(pdfium, "HEAPF64", at + 48, 6) as [number, number, number, number, number, number];
    return [left, Math.min(low, y + scale * font.descent), right, Math.max(high, y + scale * font.ascent)];
  }

  private fontOf(object: number, at: number): Font {
    let font = this.fonts.get(object);
    if (!font) {
      const { pdfium } = this;
      pdfium.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12);
      const [left, , right] = written(pdfium, "HEAPF32", at, 3) as [number, number, number];
      const handle = pdfium.FPDFTextObj_GetFont(object);
      pdfium.FPDFTextObj_GetFontSize(object, at);
      const size = written(pdfium, "HEAPF32", at, 1)[0]!;
      pdfium.FPDFFont_GetAscent(handle, size, at);
      pdfium.FPDFFont_GetDescent(handle, size, at + 4);
      const [ascent, descent] = written(pdfium, "HEAPF32", at, 2) as [number, number];
      font = { ascent, descent, hasExtent: right - left >= 0.01 };
      this.fonts.set(object, font);
    }
    return font;
  }

  /**
   * Narrow the boxes, in place, from "advance and ink" to the advance alone: the tip of an "f" sticks
   * out of its advance and would hide a word's gap. What sticks out is the same for every character of
   * one code and box size, so one is asked.
   */
  takeAdvanceWidths(drawn: readonly number[], codes: readonly number[], boxes: Boxes): void {
    const shifts = new Map<string, readonly [number, number]>();
    const n = codes.length;
    const found: (readonly [number, number])[] = [];
    for (let i = 0; i < n; i++) {
      const width = roundHalfEven((boxes[4 * i + 2]! - boxes[4 * i]!) * 20);
      const height = roundHalfEven((boxes[4 * i + 3]! - boxes[4 * i + 1]!) * 20);
      const kind = `${codes[i]} ${width} ${height}`;
      let shift = shifts.get(kind);
      if (!shift) {
        shift = this.shiftOf(drawn[i]!, codes[i]!, boxes[4 * i]!, boxes[4 * i + 2]!);
        shifts.set(kind, shift);
      }
      found.push(shift);
    }
    // The letters of a ligature share one box, which is the advance of none of them.
    const shared = new Uint8Array(n + 1); // shared[i]: character i has the box of the one before
    for (let i = 1; i < n; i++) {
      let same = 1;
      for (let side = 0; side < 4; side++)
        if (Math.abs(boxes[4 * i + side]! - boxes[4 * i - 4 + side]!) >= 0.01) same = 0;
      shared[i] = same;
    }
    for (let i = 0; i < n; i++) {
      if (shared[i] || shared[i + 1]) continue;
      boxes[4 * i]! += found[i]![0];
      boxes[4 * i + 2]! += found[i]![1];
    }
  }

  /** By how much the left and the right edge of one character's box move. */
  private shiftOf(place: number, code: number, left: number, right: number): readonly [number, number] {
    const { pdfium, page } = this;
    const none = [0, 0] as const;
    const object = pdfium.FPDFText_GetTextObject(page, place);
    const font = object ? pdfium.FPDFTextObj_GetFont(object) : 0;
    if (!font) return none;
    return withMemory(pdfium, 48, (at) => {
      if (!pdfium.FPDFText_GetMatrix(page, place, at)) return none;
      const [a, b] = written(pdfium, "HEAPF32", at, 2) as [number, number];
      if (a <= 0 || Math.abs(b) > 0.01 * a) return none; // turned or mirrored text
      const [width, origin] = [at + 24, at + 32];
      pdfium.pdfium.HEAPF32[width >> 2] = 0;
      pdfium.FPDFFont_GetGlyphWidth(font, code, pdfium.FPDFText_GetFontSize(page, place), width);
      pdfium.FPDFText_GetCharOrigin(page, place, origin, origin + 8);
      const advance = written(pdfium, "HEAPF32", width, 1)[0]! * a;
      const x = written(pdfium, "HEAPF64", origin, 1)[0]!;
      const size = right - left;
      if (left <= x && x < right && 0.3 * size < advance && advance <= size + 0.01)
        return [x - left, Math.min(0, x + advance - right)];
      return none;
    });
  }
}

/** Hyphens as hyphens; control characters, noncharacters and odd blanks as a blank. */
function plainCode(code: number): number {
  if (HYPHENS.has(code)) return 45;
  return code <= 32 || code === 0xa0 || code === 0xffff || (code >= 127 && code < 160) ? 32 : code;
}

/** The boxes as they lie on a page that is shown turned clockwise by `rotation` degrees. */
export function turned(boxes: Boxes, rotation: number): Boxes {
  if (![90, 180, 270].includes(rotation)) return boxes;
  const sides = new Float64Array(boxes.length);
  for (let i = 0; i < boxes.length; i += 4) {
    const [left, bottom, right, top] = boxes.subarray(i, i + 4) as unknown as [number, number, number, number];
    if (rotation === 90) sides.set([bottom, -right, top, -left], i);
    else if (rotation === 180) sides.set([-right, -top, -left, -bottom], i);
    else sides.set([-top, left, -bottom, right], i);
  }
  return sides;
}

