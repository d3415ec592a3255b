/**
 * Which way the text of a page runs: most of it one way, what is turned against that apart;
 * rolefit/reading/directions.py, step by step. Angles are whole degrees, clockwise, as the page is shown.
 */

import { roundHalfEven, split } from "../python";
import shared from "../shared.json";
import { type Boxes, type Page, type Pdfium, withMemory, written } from "./drawing";
import { isHeading } from "./headed";
import { orderOf } from "./layout";
import { boxesAt } from "./mask";
import { type Characters, median, middle, type Piece, piecesOf, sameRow } from "./pieces";
import { turned } from "./textpage";

const { SLOPE, APART, BREAK, _ODD: ODD } = shared.directions;
const WAYS = [0, 90, 180, 270] as const;
const SPACE = 32;

/** Characters of a page, in the order they are drawn. */
export interface Letters {
  readonly codes: readonly number[]; // (n,) code points; blanks are 32
  readonly boxes: Boxes; // (4 n,) left, bottom, right, top, in the page's own coordinates
  readonly places: readonly number[]; // (n,) numbers in pdfium
}

export function only({ codes, boxes, places }: Letters, which: readonly number[]): Letters {
  return { codes: which.map((i) => codes[i]!), boxes: boxesAt(boxes, which), places: which.map((i) => places[i]!) };
}

/** What a page says: pieces of the direction that most of it has, and lines of the others. */
export interface Sheet {
  readonly pieces: Piece[];
  readonly aside: string[];
  readonly bottom: number; // of the page, as its pieces are laid out
  readonly top: number;
}

/** In no order. */
export function textOf({ pieces, aside }: Sheet): string {
  return [...pieces.map(({ text }) => text), ...aside].join("\n");
}

/** These characters of a page; `tick` is called now and then. */
export function sheetOf(page: Page, letters: Letters, tick: () => void): Sheet {
  const angles = anglesOf(page, letters);
  const counts = WAYS.map((way) => angles.filter((angle, i) => angle === way && letters.codes[i] !== SPACE).length);
  const main = WAYS[counts.indexOf(Math.max(...counts))]!;
  const turn = (page.rotation - main + 360) % 360;
  const [, bottom, , top] = turned(Float64Array.from(page.box), turn) as unknown as [number, number, number, number];
  const at = (way: number): Letters => only(letters, places(angles, way));
  const sheet: Sheet = { pieces: piecesOf(laid(at(main), turn), tick), aside: [], bottom, top };
  for (const [i, way] of WAYS.entries()) {
    if (way === main || !counts[i]) continue;
    const their = (page.rotation - way + 360) % 360;
    const pieces: Piece[] = [];
    for (const piece of piecesOf(laid(at(way), their), tick)) {
      const own = Float64Array.of(piece.left, piece.bottom, piece.right, piece.top);
      const box = turned(turned(own, (360 - their) % 360), turn);
      if (!(isHeading(piece.text) && setAbove(sheet.pieces, piece.text, box))) pieces.push(piece);
    }
    sheet.aside.push(...orderOf(pieces, tick));
  }
  sheet.aside.push(...strings(page, at(ODD), tick));
  return sheet;
}

const laid = ({ codes, boxes }: Letters, turn: number): Characters => ({ codes, boxes: turned(boxes, turn) });

function places(angles: readonly number[], way: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < angles.length; i++) if (angles[i] === way) found.push(i);
  return found;
}

/** (n,) 0, 90, 180, 270, or ODD. */
function anglesOf({ pdfium, text, rotation }: Page, letters: Letters): number[] {
  const angles = letters.places.map((place) => {
    const radians = pdfium.FPDFText_GetCharAngle(text, place);
    const shown = ((Number.isFinite(radians) && radians > 0 ? (radians * 180) / Math.PI : 0) + rotation) % 360;
    const nearest = roundHalfEven(shown / 90) * 90;
    return Math.abs(shown - nearest) <= SLOPE ? nearest % 360 : ODD;
  });
  // Type of a negative size stands upright where its matrix says that it hangs.
  const hanging = places(angles, 180);
  if (hanging.length && runsBack(laid(only(letters, hanging), (rotation + 180) % 360)))
    for (const i of hanging) angles[i] = 0;
  return angles;
}

/** Whether what is drawn later mostly stands further left, on its row. */
function runsBack({ codes, boxes }: Characters): boolean {
  const ink = Array.from(codes as ArrayLike<number>, (code, i) => (code === SPACE ? -1 : i)).filter((i) => i >= 0);
  const steps: number[] = [];
  for (let k = 1; k < ink.length; k++) {
    const [before, after] = [4 * ink[k - 1]!, 4 * ink[k]!];
    if (Math.abs(boxes[after + 1]! - boxes[before + 1]!) < 0.1) steps.push(boxes[after]! - boxes[before]!);
  }
  return steps.length > 0 && median(steps) < 0;
}

/** Put a heading before the first piece of the first row on its right; false if none is. */
function setAbove(pieces: Piece[], heading: string, box: Boxes): boolean {
  const [left, bottom, , top] = box as unknown as [number, number, number, number];
  const beside = pieces.filter((p) => p.left > left && p.bottom < top && p.top > bottom);
  if (!beside.length) return false;
  const highest = beside.reduce((best, p) => (middle(p) > middle(best) ? p : best));
  const row = beside.filter((p) => sameRow(p, highest));
  const first = row.reduce((best, p) => (p.left < best.left ? p : best));
  pieces[pieces.indexOf(first)] = { ...first, text: `${heading}\n${first.text}` };
  return true;
}

/** Lines of what leans or follows a curve, as it was drawn. */
function strings({ pdfium, text: page }: Page, letters: Letters, tick: () => void): string[] {
  const lines: string[] = [];
  let text = "";
  let before = [0, 0, 0] as [number, number, number];
  for (const [i, code] of letters.codes.entries()) {
    tick();
    if (code === SPACE) {
      text += " ";
      continue;
    }
    const [left, bottom, right, top] = letters.boxes.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    const size = sizeOf(pdfium, page, letters.places[i]!);
    const [x, y] = [(left + right) / 2, (bottom + top) / 2];
    const step = Math.hypot(x - before[0], y - before[1]) / Math.max(size, before[2], 0.1);
    if (text.trim() && step > BREAK) {
      lines.push(text);
      text = "";
    } else if (step > APART) text += " ";
    text += String.fromCodePoint(code);
    before = [x, y, size];
  }
  return [...lines, text].map((line) => split(line).join(" ")).filter(Boolean);
}

function sizeOf(pdfium: Pdfium, page: number, place: number): number {
  return withMemory(pdfium, 24, (at) => {
    pdfium.FPDFText_GetMatrix(page, place, at);
    const [a, b] = written(pdfium, "HEAPF32", at, 2) as [number, number];
    return pdfium.FPDFText_GetFontSize(page, place) * Math.hypot(a, b);
  });
}
