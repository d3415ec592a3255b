/**
 * pdfium as a draughtsman: pages as pixels, what is drawn beside text, and switching objects off;
 * rolefit/reading/drawing.py, step by step. Plain numbers stand for pdfium's pointers.
 */

import type { WrappedPdfiumModule } from "@embedpdf/pdfium";
import { roundHalfEven } from "../python";
import shared from "../shared.json";
import type { Allowance } from "./limits";

export type Pdfium = WrappedPdfiumModule;
/** (4 n,) left, bottom, right, top; in points where nothing else is said. */
export type Boxes = Float64Array;

const { MOST_PIXELS, _IMAGE: IMAGE, _FORM: FORM, _PATH: PATH, ENDLESS, _VEIL: VEIL, _DEPTH: DEPTH } = shared.drawing;
export const UNPAINTED = new Set(shared.drawing.UNPAINTED); // text render modes that put no ink on the page
const GRAY = 1; // FPDFBitmap_Gray
const BGRX = 3; // FPDFBitmap_BGRx
const ANNOT = 1; // FPDF_ANNOT
const GRAYSCALE = 8; // FPDF_GRAYSCALE
const GRID = 50; // squares a side, to see how much of a page pictures cover

/** Pixels of a page, row by row from the top; BGRx where there are four channels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/** A picture on a page, or a form that holds pictures. */
export interface Picture {
  readonly box: readonly number[];
  readonly items: readonly number[]; // pdfium's pointers to the pictures
}

/** Numbers that pdfium writes to places in its memory. */
export function written(pdfium: Pdfium, kind: "HEAPF32" | "HEAPF64" | "HEAPU32", at: number, count: number): number[] {
  const heap = pdfium.pdfium[kind];
  const first = at / heap.BYTES_PER_ELEMENT;
  const numbers: number[] = []; // not by a spread: this is asked for every character
  for (let i = 0; i < count; i++) numbers.push(heap[first + i]!);
  return numbers;
}

/** `use` with some bytes of pdfium's memory. */
export function withMemory<T>(pdfium: Pdfium, bytes: number, use: (at: number) => T): T {
  const { malloc, free } = pdfium.pdfium.wasmExports;
  const at = malloc(bytes);
  try {
    return use(at);
  } finally {
    free(at);
  }
}

/** An open page, its text page, and where its corner lies. */
export class Page {
  readonly rotation: number; // clockwise, degrees
  readonly box: readonly number[]; // what is shown, in the page's own coordinates: left, bottom, right, top

  constructor(
    readonly pdfium: Pdfium,
    readonly page: number,
    readonly text: number,
  ) {
    this.rotation = 90 * pdfium.FPDFPage_GetRotation(page);
    this.box = withMemory(pdfium, 16, (at) => {
      pdfium.FPDF_GetPageBoundingBox(page, at);
      const [left, top, right, bottom] = written(pdfium, "HEAPF32", at, 4);
      return [left!, bottom!, right!, top!];
    });
  }

  get width(): number {
    return this.box[2]! - this.box[0]!;
  }

  get height(): number {
    return this.box[3]! - this.box[1]!;
  }

  scale(wanted: number): number {
    // A side has a pixel at least: a page as long as it is thin has more pixels than its area.
    const [longest, area] = [Math.max(this.width, this.height), this.width * this.height];
    return Math.min(wanted, Math.sqrt(MOST_PIXELS / Math.max(area, 1)), MOST_PIXELS / Math.max(longest, 1));
  }

  /** (4 n,) x0, y0, x1, y1 of `boxes` in this drawing, cut to it. */
  pixels(boxes: Boxes, wanted: number, { width, height }: Drawing): Int32Array {
    const scale = this.scale(wanted);
    const placed = new Int32Array(boxes.length);
    for (let i = 0; i < boxes.length; i += 4) {
      const sides = this.placed(boxes[i]!, boxes[i + 1]!, boxes[i + 2]!, boxes[i + 3]!);
      for (let side = 0; side < 4; side++) {
        const whole = side < 2 ? Math.floor(sides[side]! * scale) : Math.ceil(sides[side]! * scale);
        placed[i + side] = Math.min(Math.max(whole, 0), side % 2 ? height : width);
      }
    }
    return placed;
  }

  private placed(x0: number, y0: number, x1: number, y1: number): readonly number[] {
    const [left, bottom, right, top] = this.box as [number, number, number, number];
    if (this.rotation === 90) return [y0 - bottom, x0 - left, y1 - bottom, x1 - left];
    if (this.rotation === 180) return [right - x1, y0 - bottom, right - x0, y1 - bottom];
    if (this.rotation === 270) return [top - y1, right - x1, top - y0, right - x0];
    return [x0 - left, top - y1, x1 - left, top - y0];
  }

  /** Of the page that `pictures` cover. */
  share(pictures: readonly Picture[]): number {
    const square = (length: number, of: number): number =>
      Math.min(Math.max(roundHalfEven((length / Math.max(of, 1)) * GRID), 0), GRID);
    const grid = new Uint8Array(GRID * GRID);
    for (const { box } of pictures) {
      const [x0, x1] = [box[0]!, box[2]!].map((x) => square(x - this.box[0]!, this.width));
      const [y0, y1] = [box[1]!, box[3]!].map((y) => square(y - this.box[1]!, this.height));
      for (let y = y0!; y < y1!; y++) grid.fill(1, y * GRID + x0!, Math.max(y * GRID + x0!, y * GRID + x1!));
    }
    return grid.reduce((sum, square) => sum + square, 0) / grid.length;
  }
}

export function pictures({ pdfium, page }: Page): Picture[] {
  const found: Picture[] = [];
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++) {
    const item = pdfium.FPDFPage_GetObject(page, i);
    const items = picturesIn(pdfium, item, DEPTH);
    if (items.length) found.push({ box: boundsOf(pdfium, item), items });
  }
  return found;
}

function boundsOf(pdfium: Pdfium, item: number) {
  return withMemory(pdfium, 16, (at) => {
    pdfium.FPDFPageObj_GetBounds(item, at, at + 4, at + 8, at + 12);
    return written(pdfium, "HEAPF32", at, 4);
  });
}

/**
 * The shapes of damaged files that reach so far that pdfium needs too much memory to draw them. Of a shape that
 * it fills and rims through a veil it keeps the whole as pixels, on the page or not. `veiled` if all are drawn so.
 */
export function endless({ pdfium, page }: Page, veiled: boolean): number[] {
  const found: number[] = [];
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++)
    for (const item of pathsIn(pdfium, pdfium.FPDFPage_GetObject(page, i), DEPTH)) {
      const [left, bottom, right, top] = boundsOf(pdfium, item) as unknown as readonly [number, number, number, number];
      if (!((right - left) * (top - bottom) < ENDLESS) && (veiled || isVeiled(pdfium, item))) found.push(item);
    }
  return found;
}

function pathsIn(pdfium: Pdfium, item: number, depth: number): number[] {
  const kind = item ? pdfium.FPDFPageObj_GetType(item) : 0;
  if (kind === PATH) return [item];
  if (kind !== FORM || !depth) return [];
  const count = pdfium.FPDFFormObj_CountObjects(item);
  return Array.from({ length: count }, (_, i) => i).flatMap((i) =>
    pathsIn(pdfium, pdfium.FPDFFormObj_GetObject(item, i), depth - 1),
  );
}

function isVeiled(pdfium: Pdfium, item: number): boolean {
  return withMemory(pdfium, 16, (at) => {
    const asked = [pdfium.FPDFPageObj_GetFillColor, pdfium.FPDFPageObj_GetStrokeColor];
    return asked.some((ask) => ask(item, at, at + 4, at + 8, at + 12) && pdfium.pdfium.HEAPU32[(at >> 2) + 3]! < 255);
  });
}

function picturesIn(pdfium: Pdfium, item: number, depth: number): number[] {
  const kind = item ? pdfium.FPDFPageObj_GetType(item) : 0;
  if (kind === IMAGE) return [item];
  if (kind !== FORM || !depth) return [];
  const found: number[] = [];
  const count = pdfium.FPDFFormObj_CountObjects(item);
  for (let i = 0; i < count; i++)
    for (const inner of picturesIn(pdfium, pdfium.FPDFFormObj_GetObject(item, i), depth - 1)) found.push(inner);
  return found;
}

/** What `work` gives without these objects, whatever it draws. */
export function switchedOff<T>(pdfium: Pdfium, objects: Iterable<number>, work: () => T): T {
  const items = [...objects];
  for (const item of items) pdfium.FPDFPageObj_SetIsActive(item, false);
  try {
    return work();
  } finally {
    for (const item of items) pdfium.FPDFPageObj_SetIsActive(item, true);
  }
}

/**
 * The page on white paper, in grey or in `colour`. `bare` is without text and with all areas and rules
 * as veils of grey, to see where they end. Throws LimitError.
 */
export function render(page: Page, wanted: number, allowance: Allowance, colour = false, bare = false): Drawing {
  const { pdfium } = page;
  const scale = page.scale(wanted);
  const sideways = page.rotation === 90 || page.rotation === 270;
  const [w, h] = sideways ? [page.height, page.width] : [page.width, page.height];
  const [width, height] = [Math.max(1, roundHalfEven(w * scale)), Math.max(1, roundHalfEven(h * scale))];
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, colour ? BGRX : GRAY, 0, 0);
  try {
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    pdfium.pdfium.HEAPU8.fill(255, start, start + stride * height);
    draw(page, [bitmap, page.page, 0, 0, width, height, 0, ANNOT | (colour ? 0 : GRAYSCALE)], allowance, bare);
    const channels = colour ? 4 : 1;
    const pixels = new Uint8Array(width * height * channels);
    for (let y = 0; y < height; y++) {
      const row = start + y * stride;
      pixels.set(pdfium.pdfium.HEAPU8.subarray(row, row + width * channels), y * width * channels);
    }
    return { width, height, channels, pixels };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

type Place = [number, number, number, number, number, number, number, number];

function draw({ pdfium, page }: Page, place: Place, allowance: Allowance, bare: boolean): void {
  // pdfium asks now and then; a yes ends the drawing, and the clock below says why.
  const pause = pdfium.pdfium.addFunction(() => Number(allowance.isOver()), "ii");
  try {
    withMemory(pdfium, 28, (at) => {
      pdfium.pdfium.HEAPU32.set([1, pause, 0, VEIL, VEIL, 0, 0], at / 4); // IFSDK_PAUSE, FPDF_COLORSCHEME
      if (bare) pdfium.FPDF_RenderPageBitmapWithColorScheme_Start(...place, at + 12, at);
      else pdfium.FPDF_RenderPageBitmap_Start(...place, at);
    });
  } finally {
    pdfium.FPDF_RenderPage_Close(page);
    pdfium.pdfium.removeFunction(pause);
  }
  allowance.checkClock();
}

/** The object that each character belongs to; 0 where there is none. */
export function textObjects({ pdfium, text }: Page, places: ArrayLike<number>): number[] {
  return Array.from(places, (place) => pdfium.FPDFText_GetTextObject(text, place));
}

/** (4 n,) boxes around the ink; those of `loose` where pdfium knows none. */
export function glyphBoxes({ pdfium, text }: Page, places: ArrayLike<number>, loose: Boxes): Boxes {
  const boxes = loose.slice();
  return withMemory(pdfium, 32, (at) => {
    for (let i = 0; i < places.length; i++) {
      if (!pdfium.FPDFText_GetCharBox(text, places[i]!, at, at + 8, at + 16, at + 24)) continue;
      const [left, right, bottom, top] = written(pdfium, "HEAPF64", at, 4) as [number, number, number, number];
      if (right > left && top > bottom) boxes.set([left, bottom, right, top], 4 * i);
    }
    return boxes;
  });
}

/** [red, green, blue, alpha, render mode] of a text object. */
export function look({ pdfium }: Page, item: number): readonly number[] | null {
  if (!item) return null;
  const mode = pdfium.FPDFTextObj_GetTextRenderMode(item);
  const ask = mode === 1 || mode === 5 ? pdfium.FPDFPageObj_GetStrokeColor : pdfium.FPDFPageObj_GetFillColor;
  return withMemory(pdfium, 16, (at) =>
    ask(item, at, at + 4, at + 8, at + 12) ? [...written(pdfium, "HEAPU32", at, 4), mode] : null,
  );
}

export function isEmbedded({ pdfium }: Page, item: number): boolean {
  const font = item ? pdfium.FPDFTextObj_GetFont(item) : 0;
  return font !== 0 && Number(pdfium.FPDFFont_GetIsEmbedded(font)) === 1;
}

/** Whether a text object is drawn as most programs draw recognised text: without ink. */
export function isUnpainted(page: Page, item: number): boolean {
  const found = look(page, item);
  return found === null || UNPAINTED.has(found[4]!) || found[3]! < 16;
}
