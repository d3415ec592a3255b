/** What text in a DOCX lies in: tables with their rows and cells, text boxes; rolefit/reading/wordgrounds.py. */

import shared from "../shared.json";
import { type Colour, number, shade, UNKNOWN } from "./wordcolours";
import type { Shape } from "./wordshapes";
import { type Given, OFF, type Styles } from "./wordstyles";

const { LOW, _MERGED: MERGED } = shared.word;

class Ground {
  colour: Colour | null = null; // null: that of the ground below
  hidden = ""; // why everything in it is not seen
  style = ""; // of a table
  fixed = false; // whether a table's columns are as wide as they say, whatever they hold
  readonly widths: number[] = []; // of a table's columns
  width: number | null = null; // of a cell
  column = 0; // of a cell; of a row that of its next cell
  span = 1; // columns of a cell
  down = new Set<number>(); // columns whose cell goes on in the row below
  across = false; // whether a row's last cell, or this one, goes on in the next

  constructor(readonly kind: string) {} // "tbl", "tr", "tc" or "txbxContent"
}

/** The open ones, outermost first. */
export class Grounds {
  private readonly grounds: Ground[] = [];

  constructor(private readonly styles: Styles) {}

  open(kind: string, shape?: Shape): void {
    const ground = new Ground(kind);
    if (kind === "txbxContent") {
      ground.colour = shape ? shape.fill : UNKNOWN;
      ground.hidden = shape?.unseen ?? "";
    } else if (kind === "tc") ground.column = this.last("tr")?.column ?? 0;
    this.grounds.push(ground);
  }

  close(): void {
    const ground = this.grounds.pop();
    const row = ground?.kind === "tc" ? this.last("tr") : undefined;
    const table = ground?.kind === "tr" ? this.last("tbl") : undefined;
    if (row) {
      row.column += ground!.span;
      row.across = ground!.across;
    } else if (table) table.down = ground!.down;
  }

  private last(kind: string): Ground | undefined {
    return this.grounds.findLast((ground) => ground.kind === kind);
  }

  /** A property of the table, row or cell that is open. */
  say(parent: string, name: string, given: Given): void {
    const ground = this.grounds.at(-1);
    if (!ground) return;
    if (name === "shd") ground.colour = shade(given);
    else if (name === "tblStyle") {
      ground.style = given.val ?? "";
      if (this.styles.isFilled(ground.style)) ground.colour = UNKNOWN;
    } else if (name === "tblLayout") ground.fixed = given.type === "fixed";
    else if (name === "gridCol") ground.widths.push(number(given.w) || 0);
    else if (parent === "trPr") sayOfRow(ground, name, given);
    else if (parent === "tcPr") this.sayOfCell(ground, name, given);
  }

  private sayOfCell(cell: Ground, name: string, given: Given): void {
    const [row, table] = [this.last("tr"), this.last("tbl")];
    if (!row || !table) return;
    const goingOn = (given.val ?? "continue") === "continue";
    if (name === "tcW" && (given.type ?? "dxa") === "dxa") cell.width = number(given.w);
    else if (name === "gridSpan") cell.span = Math.max(1, countOf(given.val));
    else if (name === "vMerge") {
      if (goingOn && table.down.has(cell.column)) cell.hidden = MERGED;
      row.down.add(cell.column);
    } else if (name === "hMerge") {
      if (goingOn && row.across) cell.hidden = MERGED;
      cell.across = true;
    }
  }

  /** Why all that is said here is not seen; "" if it is. */
  get hidden(): string {
    const found = this.grounds.findLast(({ hidden }) => hidden)?.hidden;
    if (found) return found;
    let table: Ground | undefined;
    for (const ground of this.grounds)
      if (ground.kind === "tbl") table = ground;
      else if (ground.kind === "tc" && table?.fixed) {
        const columns = table.widths.slice(ground.column, ground.column + ground.span);
        const grid = columns.length ? columns.reduce((sum, width) => sum + width, 0) : null;
        const width = ground.width ?? grid;
        if (width !== null && width <= LOW && (grid === null || grid <= LOW)) return "in a cell without width";
      }
    return "";
  }

  get colour(): Colour | null {
    return this.grounds.findLast(({ colour }) => colour)?.colour ?? null;
  }

  get tableStyle(): string {
    return this.last("tbl")?.style ?? "";
  }
}

function sayOfRow(row: Ground, name: string, given: Given): void {
  if (name === "trHeight" && given.hRule === "exact") {
    const height = number(given.val);
    if (height !== null && height <= LOW) row.hidden = "in a row without height";
  } else if (name === "hidden" && !OFF.has(given.val ?? "true")) row.hidden = "formatted as hidden";
  else if (name === "gridBefore") row.column = countOf(given.val);
}

/** Of columns; Word has 63 at most. */
function countOf(text: string | undefined): number {
  return text && /^[0-9]{1,8}$/.test(text) ? Math.min(Number(text), 100) : 0;
}
