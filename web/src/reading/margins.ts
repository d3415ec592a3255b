/**
 * Head and foot lines that every page repeats: kept once, so that a text runs on over the page;
 * rolefit/reading/margins.py, step by step.
 */

import { Pattern } from "../language/re";
import shared from "../shared.json";
import * as dated from "./dated";
import { isHeading } from "./headed";
import { rowsOf } from "./layout";
import { height, type Piece } from "./pieces";

const { BAND, ROWS, SHIFT, CLEAR } = shared.margins;
const NUMBER = new Pattern(shared.margins._NUMBER);
const ITEM = new Pattern(shared.margins._ITEM);
const LETTER = new Pattern(shared.margins._LETTER);

/** The pieces of a page, and where it ends. */
export interface Margined {
  readonly pieces: readonly Piece[];
  readonly bottom: number;
  readonly top: number;
}

/** A row in the margin of a page. */
interface EdgeLine {
  readonly page: number;
  readonly row: readonly Piece[];
  readonly text: string; // with a mark where the number of the page stands
  readonly numbers: readonly number[];
  readonly at: number; // points from the edge
  clear: boolean; // parted from the next row
  again: boolean; // whether another page has it
}

type Rows = readonly (readonly Piece[])[];

/** The pieces of each page; a head stays where it first stands, a foot where it stands last. */
export function withoutRepeats(pages: readonly Margined[]): Piece[][] {
  const gone = new Set<Piece>();
  if (pages.length > 1) {
    const rows = pages.map(({ pieces }) => rowsOf(pieces));
    for (const foot of [false, true])
      for (const line of repeated(pages, rows, foot)) for (const piece of line.row) gone.add(piece);
  }
  return pages.map(({ pieces }) => pieces.filter((piece) => !gone.has(piece)));
}

/** What is to be dropped of the heads or feet. */
function repeated(pages: readonly Margined[], rows: readonly Rows[], foot: boolean): EdgeLine[] {
  const edges = pages.map((page, number) => (page.pieces.length ? edge(number, page, rows[number]!, foot) : []));
  const same = new Map<string, EdgeLine[]>();
  for (const line of edges.flat()) add(same, line);
  for (const line of edges.flat()) line.again = same.get(line.text)!.some((other) => areOne(line, other));
  const held = new Map<string, EdgeLine[]>();
  for (const found of edges) {
    // A row within the text is none, whatever stands beyond it.
    const end = found.findIndex((line) => !line.again);
    const block = end < 0 ? found : found.slice(0, end);
    if (block.length && block.length === rows[block[0]!.page]!.length) continue; // nothing else stands on that page
    for (const line of block) {
      line.clear = line.numbers.length > 0 || block.at(-1)!.clear;
      add(held, line);
    }
  }
  const gone: EdgeLine[] = [];
  for (const [text, lines] of held) {
    if (2 * lines.filter((line) => line.clear).length < lines.length) continue;
    // The name of the first page, in larger type, heads the others.
    const named = !foot && lines[0]!.page > 0 && rows[0]!.some((row) => textOf(row) === text);
    gone.push(...(named ? lines : foot ? lines.slice(0, -1) : lines.slice(1)));
  }
  return gone;
}

function add(groups: Map<string, EdgeLine[]>, line: EdgeLine): void {
  const group = groups.get(line.text);
  if (group) group.push(line);
  else groups.set(line.text, [line]);
}

/** The outermost rows of a page in its margin, from the edge on. */
function edge(number: number, page: Margined, rows: Rows, foot: boolean): EdgeLine[] {
  const inwards = foot ? [...rows].reverse() : rows;
  const found: EdgeLine[] = [];
  for (const [place, row] of inwards.slice(0, ROWS).entries()) {
    const at = foot ? low(row) - page.bottom : page.top - high(row);
    const [text, numbers] = masked(row);
    if (at > BAND * (page.top - page.bottom) || !(numbers.length || mayRepeat(text))) break;
    const following = inwards[place + 1];
    const clear = following !== undefined && gap(row, following, foot) > CLEAR * height(row[0]!);
    found.push({ page: number, row, text, numbers, at, clear, again: false });
  }
  return found;
}

function areOne(line: EdgeLine, other: EdgeLine): boolean {
  const apart = other.page - line.page;
  return (
    apart !== 0 &&
    Math.abs(line.at - other.at) <= SHIFT &&
    line.numbers.every((number, i) => other.numbers[i]! - number === apart)
  );
}

/** Whether a line of this text may be a head or foot: no heading, item, date or opening. */
function mayRepeat(text: string): boolean {
  const is = text.trimEnd().endsWith(":") || ITEM.match(text) || isHeading(text) || dated.isDate(text);
  return !is && LETTER.search(text) !== undefined;
}

/** The text of a row with a mark where the number of the page stands, and those numbers. */
function masked(row: readonly Piece[]): [string, number[]] {
  const numbers: number[] = [];
  const texts = row.map(({ text }) => {
    const found = NUMBER.search(text);
    if (!found?.lastgroup) return text;
    const [start, end] = found.span(found.lastgroup);
    numbers.push(Number(text.slice(start, end)));
    return `${text.slice(0, start)}\0${text.slice(end)}`;
  });
  return [texts.join("\t"), numbers];
}

const textOf = (row: readonly Piece[]): string => row.map(({ text }) => text).join("\t");
const low = (row: readonly Piece[]): number => Math.min(...row.map(({ bottom }) => bottom));
const high = (row: readonly Piece[]): number => Math.max(...row.map(({ top }) => top));
const gap = (row: readonly Piece[], following: readonly Piece[], foot: boolean): number =>
  foot ? low(following) - high(row) : low(row) - high(following);
