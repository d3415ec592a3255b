/**
 * Which characters of a PDF page a person does not see, told from the picture of the page;
 * rolefit/reading/seen.py, step by step.
 *
 * White on white, covered, cut off, beside the page, transparent, in a layer that is switched off:
 * all of it comes down to one thing, that the page looks the same without it. So the page is drawn,
 * and nothing is guessed from the dozens of ways in which a PDF can hide a word.
 *
 *     first look    The page is drawn once, small and grey. A character whose box has contrast is
 *                   seen, unless something else than text may have made the contrast.
 *     second look   Only for pages where that leaves a doubt: the page is drawn with and without its
 *                   text, larger and in colour. What makes no difference is not seen.
 *
 * Two things are no attempt to hide: the layer of recognised text on a scanned page, which stands for
 * what the picture shows and is kept; and single characters without ink, which fonts have by accident.
 */

import shared from "../shared.json";
import { Counter } from "./common";
import * as drawing from "./drawing";
import type { Boxes, Drawing, Page, Picture } from "./drawing";
import type { Allowance } from "./limits";
import { boxesAt, brightest, changes, edges, inRuns, type Mask, members, type Raster, touched } from "./mask";
import { median } from "./pieces";

const { FIRST_SCALE, SECOND_SCALE, FIRST_CONTRAST, BARE_CONTRAST, SECOND_CONTRAST, FAINT_CONTRAST } = shared.seen;
const { TINY, SMALL, SQUEEZED, SMALL_PAGE, SCAN_SHARE, SCAN_VISIBLE, OVERPRINTED, GROUPS, _LATIN: LATIN } = shared.seen;
const [SPACE, SAMPLE] = [32, 200]; // of characters so many are asked why they are not seen

type Places = readonly number[];

/** What the looks found, for the characters asked about. */
export interface Unseen {
  readonly hidden: Mask; // (n,)
  readonly why: readonly string[]; // reasons in words, the most frequent first
  readonly recognised: boolean; // whether the page is a scan whose text layer was kept
  readonly doubtful: Mask; // (n,) seen, but hard to see
  readonly doubts: readonly string[]; // why, in words
}

/**
 * Look at the characters `codes` (n,) in `boxes` (4 n, in points). `places` (n,) are their numbers in
 * pdfium's text page; pictures that are `heavy` are not drawn. Throws LimitError.
 */
export function unseen(
  page: Page,
  codes: readonly number[],
  boxes: Boxes,
  places: Places,
  allowance: Allowance,
  heavy: boolean,
): Unseen {
  const ink = members(codes.map((code) => Number(code !== SPACE)));
  const hidden = new Uint8Array(codes.length);
  const doubtful = hidden.slice();
  if (!ink.length) return { hidden, why: [], recognised: false, doubtful, doubts: [] };
  const at = { codes: ink.map((i) => codes[i]!), boxes: boxesAt(boxes, ink), places: ink.map((i) => places[i]!) };
  const [tiny, tooSmall] = sizes(page, at.codes, at.boxes);
  let hardlySeen: Mask = new Uint8Array(ink.length);
  const tooLarge = heavy ? drawing.pictures(page).flatMap((picture) => picture.items) : [];
  const off = [...tooLarge, ...drawing.endless(page, false)];
  const [gone, kept, reasons] = drawing.switchedOff(page.pdfium, off, (): Judgement => {
    const doubt = firstLook(page, at.boxes, allowance).map((yes, i) => yes & ~tiny[i]!);
    if (!doubt.includes(1)) return [doubt, false, []];
    // What hides a word may reach the next, in a way that deceives one look.
    const second = new SecondLook(page, at.codes, at.boxes, at.places, allowance);
    hardlySeen = second.faint; // once it has judged
    return second.judge(tiny.map((yes) => 1 - yes), tiny);
  });
  const found = inRuns(gone.map((yes, i) => yes | tiny[i]!));
  ink.forEach((place, i) => (hidden[place] = found[i]!));
  const why = found.some((yes, i) => yes && tiny[i]) ? [...reasons, "tiny"] : reasons;
  const [small, faint] = [tooSmall, hardlySeen].map((mask) => inRuns(mask.map((yes, i) => yes & ~found[i]! & Number(!kept))));
  ink.forEach((place, i) => (doubtful[place] = small![i]! | faint![i]!));
  const doubts = [...(small!.includes(1) ? ["very small"] : []), ...(faint!.includes(1) ? ["very faint"] : [])];
  return { hidden, why: found.includes(1) ? why : [], recognised: kept, doubtful, doubts };
}

/** Which characters are hidden, whether a scan's text was kept, the reasons. */
type Judgement = [hidden: Mask, kept: boolean, reasons: string[]];

function sizes(page: Page, codes: readonly number[], boxes: Boxes): [Mask, Mask] {
  const scale = Math.min(1, Math.max(page.width, page.height) / SMALL_PAGE);
  const low = TINY * scale;
  const tiny = new Uint8Array(codes.length);
  const small = new Uint8Array(codes.length);
  const squeezed = new Uint8Array(codes.length);
  codes.forEach((code, i) => {
    const [left, bottom, right, top] = boxAt(boxes, i);
    const [width, height] = [right - left, top - bottom];
    const extent = Math.max(width, height); // turned text is wide, not high
    squeezed[i] = Number(width < SQUEEZED * height && height < 40 && code < LATIN);
    small[i] = Number(height < SMALL * scale && extent < 2 * SMALL * scale);
    tiny[i] = Number(height < low && extent < 2 * low);
  });
  const narrow = inRuns(squeezed);
  return [tiny.map((yes, i) => yes | narrow[i]!), small];
}

function boxAt(boxes: Boxes, i: number): [left: number, bottom: number, right: number, top: number] {
  return [boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!];
}

/** (n,) which characters need the second look. */
function firstLook(page: Page, boxes: Boxes, allowance: Allowance): Mask {
  const drawn = drawing.render(page, FIRST_SCALE, allowance);
  const far = drawing.endless(page, true);
  const bare = drawing.switchedOff(page.pdfium, far, () => drawing.render(page, FIRST_SCALE, allowance, false, true));
  const pixels = page.pixels(core(boxes), FIRST_SCALE, drawn);
  const seen = touched(edges(drawn, drawn.pixels, FIRST_CONTRAST), pixels);
  const doubt = inRuns(seen.map((yes) => 1 - yes));
  const near = touched(edges(bare, bare.pixels, BARE_CONTRAST), pixels);
  const over = isOverprinted(boxes);
  return doubt.map((yes, i) => (yes || near[i] || over ? 1 : 0));
}

/** The middle of each box: where letters have ink, and underlines and neighbours have not. */
function core(boxes: Boxes): Boxes {
  const inner = new Float64Array(boxes.length);
  for (let i = 0; i < boxes.length >> 2; i++) {
    const [left, bottom, right, top] = boxAt(boxes, i);
    const [width, height] = [right - left, top - bottom];
    inner.set([left + 0.1 * width, bottom + 0.28 * height, right - 0.1 * width, top - 0.15 * height], 4 * i);
  }
  return inner;
}

/** Whether text stands on other text, with their middles closer than letters in a word. */
function isOverprinted(boxes: Boxes): boolean {
  const all = Array.from({ length: boxes.length >> 2 }, (_, i) => boxAt(boxes, i));
  // The letters of a ligature share one box.
  const own = all.filter((box, i) => !i || box.some((side, k) => Math.abs(side - all[i - 1]![k]!) >= 0.01));
  const high = Math.max(median(own.map(([, bottom, , top]) => top - bottom)), 0.1);
  for (const shift of [0, 0.5]) {
    // Rows whose middles fall on two sides of a border meet in one of them.
    const placed = own.map(([left, bottom, right, top]) => {
      const [x, row] = [(left + right) / 2, Math.floor(((bottom + top) / 2 / high) * 2 + shift)];
      return { x, row, width: right - left, key: row * 1e5 + x }; // a page is never so wide
    });
    placed.sort((one, other) => one.key - other.key);
    const near = placed.filter((next, i) => {
      const last = placed[i - 1];
      return last && next.row === last.row && next.x - last.x < 0.3 * Math.min(next.width, last.width);
    });
    if (near.length >= OVERPRINTED) return true;
  }
  return false;
}

function wordStarts(boxes: Boxes): boolean[] {
  return Array.from({ length: boxes.length >> 2 }, (_, i) => {
    if (!i) return true;
    const [left, bottom, , top] = boxAt(boxes, i);
    const gap = left - boxes[4 * i - 2]!;
    return gap > 0.15 * (top - bottom) || gap < -(top - bottom);
  });
}

/** The page with and without its text, and what is to be known about the text objects. */
class SecondLook {
  private readonly objects: readonly number[];
  private readonly withText: Drawing;
  private readonly without: Drawing;
  readonly faint: Mask; // of the characters judged, those hardly seen

  constructor(
    private readonly page: Page,
    private readonly codes: readonly number[],
    private readonly boxes: Boxes,
    private readonly places: Places,
    private readonly allowance: Allowance,
  ) {
    this.faint = new Uint8Array(codes.length);
    this.objects = drawing.textObjects(page, places);
    this.withText = this.draw();
    this.without = this.drawWithout(this.objects);
  }

  judge(doubt: Mask, tiny: Mask): Judgement {
    const asked = members(doubt);
    const places = asked.map((i) => this.places[i]!);
    const glyphs = drawing.glyphBoxes(this.page, places, boxesAt(this.boxes, asked));
    const pixels = this.page.pixels(glyphs, SECOND_SCALE, this.withText);
    const limit = [this.withText.width, this.withText.height];
    for (let i = 0; i < pixels.length; i++) // a box may be thinner than a pixel
      if (i % 4 > 1) pixels[i] = Math.min(Math.max(pixels[i]!, pixels[i - 2]! + 1), limit[i % 2]!);
    const seen = touched(this.differs(this.without), pixels);
    const plain = seen.slice();
    if (seen.includes(0) || isOverprinted(this.boxes)) this.judgeByColour(asked, pixels, seen);
    const clear = touched(this.differs(this.without, FAINT_CONTRAST), pixels);
    asked.forEach((place, i) => (this.faint[place] = seen[i]! & ~clear[i]! & plain[i]!));
    const lacking = this.lacksGlyph(asked);
    let hidden: Mask = new Uint8Array(doubt.length);
    asked.forEach((place, i) => (hidden[place] = seen[i] || lacking[i] ? 0 : 1));
    hidden = inRuns(hidden);
    const kept = this.recognised(hidden, tiny);
    hidden = hidden.map((yes, i) => yes & ~kept[i]!);
    return [hidden, kept.includes(1), this.reasons(members(hidden))];
  }

  private draw(): Drawing {
    return drawing.render(this.page, SECOND_SCALE, this.allowance, true);
  }

  private drawWithout(objects: Iterable<number>): Drawing {
    const items = new Set(objects);
    items.delete(0);
    return drawing.switchedOff(this.page.pdfium, items, () => this.draw());
  }

  private differs(other: Drawing, by: number = SECOND_CONTRAST): Raster {
    return changes(this.withText, other, by);
  }

  /** Judge text that may stand on other text colour by colour, in place. */
  private judgeByColour(asked: Places, pixels: Int32Array, seen: Mask): void {
    const looks = new Map([...new Set(this.objects)].map((item) => [item, String(drawing.look(this.page, item))]));
    const colours = new Map<string, number[]>();
    this.objects.forEach((item, index) => {
      const colour = looks.get(item)!;
      const group = colours.get(colour);
      if (group) group.push(index);
      else colours.set(colour, [index]);
    });
    const rareFirst = [...colours.values()].sort((one, other) => one.length - other.length);
    if (rareFirst.length < 2) return;
    for (const group of rareFirst.slice(0, GROUPS)) {
      const without = this.drawWithout(group.map((i) => this.objects[i]!));
      const shown = touched(this.differs(without), pixels);
      const inGroup = new Set(group);
      asked.forEach((place, i) => {
        if (inGroup.has(place)) seen[i]! &= shown[i]!;
      });
    }
  }

  /** (n,) of a font that is not in the file, and so perhaps not on this computer either. */
  private lacksGlyph(asked: Places): boolean[] {
    return asked.map((i) => this.codes[i]! >= LATIN && !drawing.isEmbedded(this.page, this.objects[i]!));
  }

  /** (n,) the hidden characters that name what a scanned picture shows at their place. */
  private recognised(hidden: Mask, tiny: Mask): Mask {
    const kept = new Uint8Array(hidden.length);
    const visible = hidden.filter((yes, i) => !yes && !tiny[i]).length / hidden.length;
    if (!hidden.includes(1) || visible > SCAN_VISIBLE) return kept;
    const shots = drawing.pictures(this.page);
    if (this.page.share(shots) < SCAN_SHARE) return kept;
    const places = members(hidden);
    const boxes = boxesAt(this.boxes, places);
    const pixels = this.page.pixels(boxes, SECOND_SCALE, this.withText);
    const shown = touched(edges(this.without, brightest(this.without), FIRST_CONTRAST), pixels);
    const under = this.under(shots, pixels);
    // Word by word: a letter may lie beside its ink.
    const starts = wordStarts(boxes);
    let hasInk = false;
    places.forEach((place, i) => {
      const isStart = (k: number): boolean => k === places.length || starts[k]! || places[k]! - places[k - 1]! > 1;
      if (isStart(i)) {
        hasInk = Boolean(shown[i]);
        for (let k = i + 1; !isStart(k); k++) hasInk ||= Boolean(shown[k]);
      }
      const layer = under[i] || drawing.isUnpainted(this.page, this.objects[place]!);
      if (hasInk && layer) kept[place] = 1;
    });
    return kept;
  }

  /** (n,) what comes to light without the pictures. */
  private under(shots: readonly Picture[], pixels: Int32Array): Mask {
    const items = shots.flatMap((shot) => shot.items);
    return drawing.switchedOff(this.page.pdfium, items, () => {
      const bare = this.drawWithout(this.objects);
      return touched(changes(bare, this.draw(), SECOND_CONTRAST), pixels);
    });
  }

  /** Why, in words, for a sample of what was hidden; the most frequent first. */
  private reasons(hidden: Places): string[] {
    const step = Math.max(1, Math.floor(hidden.length / SAMPLE));
    const counts = new Counter();
    for (let i = 0; i < hidden.length; i += step) counts.add(this.reason(hidden[i]!), 1);
    return counts.mostCommon();
  }

  private reason(index: number): string {
    const { width, height, pixels } = this.without;
    const [x0, y0, x1, y1] = this.page.pixels(boxesAt(this.boxes, [index]), SECOND_SCALE, this.without);
    if (x0! >= x1! || y0! >= y1!) return "outside the page";
    const found = drawing.look(this.page, this.objects[index]!);
    if (!found) return "covered or cut off";
    const [red, green, blue, alpha, mode] = found as [number, number, number, number, number];
    if (drawing.UNPAINTED.has(mode) || alpha < 16) return "drawn invisibly";
    const y = Math.min((y0! + y1!) >> 1, height - 1);
    const x = Math.min((x0! + x1!) >> 1, width - 1);
    const beneath = pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 3); // blue, green, red
    const apart = Math.max(...[blue, green, red].map((part, i) => Math.abs(beneath[i]! - part)));
    return apart <= 2 * SECOND_CONTRAST ? "in the colour of its background" : "covered or cut off";
  }
}
