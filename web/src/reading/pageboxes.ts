/**
 * Boxes of a page whose place decides whether a text is seen: columns, boxes too small for it;
 * rolefit/reading/pageboxes.py, step by step.
 */

import { strip } from "../python";
import shared from "../shared.json";
import { attributeOf, isCut, type Style } from "./csslook";
import { pixels } from "./cssvalues";
import type { Element } from "./selectors";

const { TALL, _MOST: MOST } = shared.pageboxes;

/** An open element, as far as its place matters. */
export class Box {
  unseen = ""; // why nothing in it is seen
  height = 0; // that it takes from the box around, pixels
  left = 0; // of a box that cuts off what is lower than itself: its height that is not yet used up
  cuts = false;

  constructor(
    readonly tag = "",
    readonly around: Box | null = null, // the nearest box that cuts off
  ) {}

  /** Why text at this point is cut off; "" if it is not. */
  get tooSmall(): string {
    for (let window: Box | null = this.cuts ? this : this.around; window; window = window.around)
      if (window.left <= 0) return "in a box too small for it";
    return "";
  }
}

interface Table {
  readonly hidden: Set<number>; // columns
  columns: number; // that were named so far
  cells: number; // of the open row
}

/** Follows the elements of a page. */
export class Boxes {
  doubt = ""; // why what follows is hard to see
  private readonly tables: Table[] = [];

  /** `flows` if it is a line of its own, below what came before it. */
  open(element: Element, style: Style, parent: Box, flows: boolean): Box {
    const tag = element.tagName;
    const window = parent.cuts ? parent : parent.around;
    const box = new Box(tag, window);
    if (flows) {
      for (const name of ["margin-top", "padding-top"]) take(window, pixels(style.get(name) ?? ""));
      box.height = pixels(style.get("height") ?? "") ?? 0;
    }
    const height = pixels(style.get("height") || (style.get("max-height") ?? ""));
    if (height !== null && height > 0 && isCut(style) && !style.has("min-height")) {
      box.cuts = true;
      box.left = height;
    }
    if (tag === "table") this.tables.push({ hidden: new Set(), columns: 0, cells: 0 });
    else if (this.tables.length) part(this.tables.at(-1)!, element, style, box);
    return box;
  }

  close(box: Box): void {
    if (box.tag === "table") this.tables.pop();
    take(box.around, box.height);
    if (box.height >= TALL) this.doubt = "far below the rest";
  }
}

/** Of a table: columns that are collapsed hide their cells. */
function part(table: Table, element: Element, style: Style, box: Box): void {
  const tag = element.tagName;
  if (tag === "tr") table.cells = 0;
  else if (tag === "col") {
    const end = table.columns + countOf(attributeOf(element, "span"));
    if (style.get("visibility") === "collapse") for (let i = table.columns; i < end; i++) table.hidden.add(i);
    table.columns = end;
  } else if (tag === "td" || tag === "th") {
    if (table.hidden.has(table.cells)) box.unseen = "formatted as hidden";
    table.cells += countOf(attributeOf(element, "colspan"));
  }
}

function take(window: Box | null, height: number | null): void {
  if (window && height !== null && height > 0) window.left -= height;
}

function countOf(text: string | undefined): number {
  const written = strip(text ?? "");
  return /^[0-9]{1,8}$/.test(written) ? Math.min(Number(written), MOST) || 1 : 1;
}
