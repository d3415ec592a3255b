/**
 * PDF: pdfium names and places every character, `layout` puts them in reading order; `seen` leaves out
 * what a person would not see.
 *
 * The same library as in Python (there natively, here as WebAssembly), so that both sides see the same
 * characters at the same places and a resume gets the same text, token for token.
 */

import { ReadError } from "../errors";
import { isBlank, withoutHalves } from "../python";
import type { Notice } from "../records";
import shared from "../shared.json";
import { doubtNotice, type Extract, hiddenNotice, onlyHidden, words } from "./common";
import { type Letters, only, type Sheet, sheetOf, textOf } from "./directions";
import { Page, type Pdfium } from "./drawing";
import { orderOf } from "./layout";
import type { Allowance } from "./limits";
import { withoutRepeats } from "./margins";
import { members } from "./mask";
import * as pdfcost from "./pdfcost";
import { unseen } from "./seen";
import { find, RECOGNISE } from "./sniff";
import { latin1 } from "./text";
import { TextPage } from "./textpage";

export type { Pdfium } from "./drawing";

const { tail: TAIL, outlines: OUTLINES, heavy: HEAVY } = shared.pdf;
const SIDE = new RegExp(shared.pdf.side, "g");
const PICTURE = /^\/Subtype\s*\/Image\b/;
const AGAIN =
  "Fetch or export it once more; if a viewer still opens it, print it to a new PDF from there.";
const HEADER = 4096; // bytes around a picture's mark in which its dictionary is looked for
const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;
const PICTURES = new Set([3, 4, 5]); // FPDF_PAGEOBJ_IMAGE, _SHADING, _FORM

/** The text of every page, column by column; what a person would not see only `withHidden`. Throws ReadError. */
export function extract(data: Uint8Array, allowance: Allowance, pdfium: Pdfium, withHidden: boolean): Extract {
  const { name } = allowance;
  const end = data.subarray(-TAIL);
  if (find(end, "%%EOF") < 0 && find(end, "startxref") < 0)
    throw damaged(name, "the PDF breaks off: its end is missing");
  pdfcost.check(data, allowance);
  const { malloc, free } = pdfium.pdfium.wasmExports;
  const place = malloc(data.length);
  pdfium.pdfium.HEAPU8.set(data, place);
  const document = pdfium.FPDF_LoadMemDocument(place, data.length, "");
  try {
    if (!document) throw openError(name, pdfium.FPDF_GetLastError());
    allowance.checkPages(pdfium.FPDF_GetPageCount(document));
    return new Reader(pdfium, document, allowance, withHidden, areHeavy(data)).read();
  } finally {
    if (document) pdfium.FPDF_CloseDocument(document);
    free(place);
  }
}

/** One pass over the pages, and what there is to say about them. */
class Reader {
  private readonly silent: number[] = []; // pages that draw something, but no text
  private readonly scanned: number[] = []; // pages whose text was recognised
  private readonly hidden = new Map<number, number>(); // page -> words left out
  private readonly why = new Set<string>();
  private readonly doubted = new Map<number, number>(); // page -> words that are hard to see
  private readonly doubts = new Set<string>();
  private readonly columns: number[] = []; // side by side, of each page
  private readonly late: [number, string][] = []; // page, narrow column beside the main one

  constructor(
    private readonly pdfium: Pdfium,
    private readonly document: number,
    private readonly allowance: Allowance,
    private readonly withHidden: boolean,
    private readonly heavy: boolean, // whether pictures are too large to be unpacked
  ) {}

  read(): Extract {
    const count = this.pdfium.FPDF_GetPageCount(this.document);
    const sheets = Array.from({ length: count }, (_, index) => this.page(index));
    if (!sheets.length) throw damaged(this.allowance.name, "the PDF has no pages");
    const pages = this.inOrder(sheets);
    if (pages.every(isBlank)) throw this.nothing();
    const notices: Notice[] = [];
    if (this.silent.length) notices.push(silentNotice(this.silent, pages.length));
    if (this.scanned.length) notices.push(scanNotice(this.scanned));
    if (this.hidden.size) notices.push(hiddenNotice(this.words(), [...this.why], [...this.hidden.keys()]));
    const doubted = [...this.doubted.values()].reduce((sum, count) => sum + count, 0);
    if (doubted) notices.push(doubtNotice(doubted, [...this.doubts], [...this.doubted.keys()]));
    return { pages, notices, late: this.late, columns: this.columns };
  }

  private words(): number {
    return [...this.hidden.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The text of every page, without what all of them repeat. */
  private inOrder(sheets: readonly Sheet[]): string[] {
    const aside = new Set<string>();
    const tick = () => this.allowance.checkClock();
    return withoutRepeats(sheets).map((body, index) => {
      // The main column may run on over the page, in the middle of a sentence.
      const beside: string[] | undefined = index + 1 < sheets.length ? [] : undefined;
      const columns = [1];
      const lines = orderOf(body, tick, beside, columns);
      lines.push(...sheets[index]!.aside.filter((line) => !aside.has(line)));
      for (const line of sheets[index]!.aside) aside.add(line);
      this.columns.push(Math.max(...columns));
      if (beside?.length) this.late.push([index + 1, withoutHalves(beside.join("\n"))]);
      return withoutHalves(lines.join("\n"));
    });
  }

  private page(index: number): Sheet {
    this.allowance.checkClock();
    const page = this.pdfium.FPDF_LoadPage(this.document, index);
    if (!page) throw damaged(this.allowance.name, `page ${index + 1} of the PDF cannot be read`);
    try {
      const sheet = this.sheet(page, index + 1);
      if (isBlank(textOf(sheet)) && showsSomething(this.pdfium, page)) this.silent.push(index + 1);
      return sheet;
    } finally {
      this.pdfium.FPDF_ClosePage(page);
    }
  }

  private sheet(page: number, number: number): Sheet {
    const { pdfium } = this;
    const handle = pdfium.FPDFText_LoadPage(page);
    if (!handle) throw damaged(this.allowance.name, "the text of a page of the PDF cannot be read");
    try {
      const textpage = new TextPage(pdfium, handle, this.allowance);
      const shown = new Page(pdfium, page, handle);
      let letters: Letters = textpage.characters();
      if (!this.withHidden) letters = only(letters, this.seen(shown, number, letters));
      textpage.takeAdvanceWidths(letters.places, letters.codes, letters.boxes);
      return sheetOf(shown, letters, () => this.allowance.checkClock());
    } finally {
      pdfium.FPDFText_ClosePage(handle);
    }
  }

  /** Which characters a person sees; takes note of the others. */
  private seen(page: Page, number: number, letters: Letters): number[] {
    const found = unseen(page, letters.codes, letters.boxes, letters.places, this.allowance, this.heavy);
    if (found.recognised) this.scanned.push(number);
    const count = (which: readonly number[]): number =>
      which.length ? words(textOf(sheetOf(page, only(letters, which), () => this.allowance.checkClock()))) : 0;
    const leftOut = count(members(found.hidden));
    if (leftOut) {
      this.hidden.set(number, leftOut);
      for (const reason of found.why) this.why.add(reason);
    }
    const doubted = count(members(found.doubtful));
    if (doubted) {
      this.doubted.set(number, doubted);
      for (const reason of found.doubts) this.doubts.add(reason);
    }
    return members(found.hidden.map((yes) => 1 - yes));
  }

  private nothing(): ReadError {
    const { name } = this.allowance;
    if (this.hidden.size) return onlyHidden(name, this.words());
    if (!this.silent.length)
      return new ReadError("EmptyDocumentError", name, "its pages are blank", "Check that it is the right file.");
    return new ReadError(
      "ImageOnlyError",
      name,
      "its pages are pictures without a text layer (a scan or photo)",
      RECOGNISE,
    );
  }
}

/** Whether a page without text holds a picture, or letters drawn as outlines. */
function showsSomething(pdfium: Pdfium, page: number): boolean {
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++)
    if (PICTURES.has(pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, i)))) return true;
  return count > OUTLINES;
}

function silentNotice(silent: readonly number[], total: number): Notice {
  const message = `Of ${total} pages, these are pictures without text and were not read: ${silent.join(", ")}.`;
  return { code: "pages-without-text", message };
}

function scanNotice(pages: readonly number[]): Notice {
  const message = `The words of scanned pages (${pages.join(", ")}) are what text recognition (OCR) made of them.`;
  return { code: "ocr-layer", message };
}

function damaged(name: string, cause: string): ReadError {
  return new ReadError("DamagedFileError", name, cause, AGAIN);
}

function openError(name: string, code: number): ReadError {
  if (code === ERROR_PASSWORD || code === ERROR_SECURITY)
    return new ReadError(
      "EncryptedError",
      name,
      "the PDF asks for a password",
      "Save a copy without a password and try again.",
    );
  return damaged(name, "the PDF is damaged or breaks off");
}

/** Whether the file's pictures are too large to be unpacked, or hide how large they are. */
function areHeavy(data: Uint8Array): boolean {
  let total = 0;
  for (let at = find(data, "/Subtype"); at >= 0; at = find(data, "/Subtype", at + 8)) {
    const match = PICTURE.exec(latin1(data.subarray(at, at + 64)));
    if (!match) continue;
    const first = Math.max(0, at - HEADER);
    const begin = latin1(data.subarray(first, at)).lastIndexOf(" obj");
    const end = at + match[0].length + HEADER;
    const header = latin1(data.subarray(begin < 0 ? 0 : first + begin, end)).split("stream", 1)[0]!;
    const sides = new Map([...header.matchAll(SIDE)].map(([, side, length]) => [side, Number(length)]));
    if (sides.size < 2) return true;
    total += sides.get("Width")! * sides.get("Height")!;
  }
  return total > HEAVY;
}
