/**
 * What a PDF would cost pdfium, told from its bytes before pdfium opens it;
 * rolefit/reading/pdfcost.py, step by step.
 *
 * pdfium cannot be interrupted while it takes a page in, and a few hundred bytes can ask it for more
 * memory than any computer has: by streams that unpack to gigabytes, by forms that draw forms that draw
 * forms, by a page that shows one stream a thousand times, by a pattern of invisibly small tiles.
 *
 * Objects are found by what they look like, not by the table of contents, which may lie. Streams that
 * are encrypted, or packed in another way than deflate, hex and base 85, are not looked into.
 */

import { ReadError } from "../errors";
import { Counter } from "./common";
import { MIB, type Allowance } from "./limits";
import { latin1 } from "./text";
import { unpacked } from "./pdfstream";

const MOST_SHOWN = 2 * MIB; // bytes of strings that one page's streams may show, forms and all
const MOST_DRAWN = 64 * MIB; // the same for all they hold
const MOST_KEPT = 256 * MIB; // bytes of objects and names, each with `RECORD` for its place in memory
const LEAST_TILE = 0.25; // square points; a page has half a million of these
const DEPTH = 28; // forms inside forms; pdfium goes no deeper
const STEP = 1 << 16;
const LISTED = 200_000; // numbers at the beginning of an object stream
const RECORD = 200;
const TOO_MUCH = "a page or form of it shows more than anybody could read";
const TOO_MANY = "it is made of more parts than a document has";

const STREAM = /(?<!end)stream[ \t]{0,9}(?:\r\n|\n|\r)/g;
const OBJECT = /(\d{1,10})\s+\d{1,10}\s+obj\b/g;
const STRING = /\([^()]*\)|<[0-9A-Fa-f\s]*>/g;
const NESTED = /\([^()]*\(/;
const CONTENTS = /\/Contents\s*(?:\[[^\]]*\]|\d{1,10}\s+\d{1,10}\s+R)/g;
const DO = /\/([^\s/<>[\](){}%]+)\s+Do\b/g;
const NAMED = /\/([^\s/<>[\](){}%]+)\s+(\d{1,10})\s+\d{1,10}\s+R/g;
const SHARED = /\/(?:Resources|XObject)\s+(\d{1,10})\s+\d{1,10}\s+R/g;
const ROW = /\[((?:\s*\d{1,10}\s+\d{1,10}\s+R)+)\s*\]/g;
const REF = /(\d+)\s+\d+\s+R/g;
const ESCAPED = /#([0-9A-Fa-f]{2})/g;
const NUMBER = "\\s*(-?[\\d.]+)";
const TILE = new RegExp(`/([XY])Step${NUMBER}`, "g");
const MATRIX = new RegExp(`/Matrix\\s*\\[${NUMBER.repeat(4)}`);

/** A stream that may hold drawing. */
interface Stream {
  readonly header: string;
  readonly shown: number; // bytes of strings in it
  readonly size: number;
  readonly draws: Counter; // names that it draws, and how often
}

type Cost = readonly [shown: number, drawn: number]; // bytes
/** Objects by number, or numbers of objects by name; each may be used again. */
type Lists<K, T> = Map<K, T[]>;

/** Throws LimitError. */
export function check(data: Uint8Array, allowance: Allowance): void {
  const found = new Found(allowance);
  found.collect(data);
  found.knowForms();
  for (const [number, streams] of found.streams) {
    found.cost(number);
    for (const { header } of streams) found.checkTiles(header);
  }
  for (const text of found.allTexts()) found.checkPage(text);
}

/** What was found. Texts are those of objects, without their streams. */
class Found {
  readonly texts: Lists<number, string> = new Map();
  readonly streams: Lists<number, Stream> = new Map();
  private readonly forms = new Map<string, Set<number>>(); // whatever a name means anywhere
  private readonly costs = new Map<number, Cost>();
  private kept = 0;

  constructor(private readonly allowance: Allowance) {}

  /** Call for each part of `size` bytes that is remembered. Throws LimitError. */
  private keep(size = 0): void {
    this.allowance.checkClock();
    this.kept += size + RECORD;
    if (this.kept > MOST_KEPT) throw this.tooMuch(TOO_MANY);
  }

  /**
   * Walk over the objects; refuse streams that unpack beyond the limits. Pictures are left out: pdfium
   * does not decode them for text, and honest scans are large.
   */
  collect(bytes: Uint8Array): void {
    const data = latin1(bytes);
    const places: (readonly [start: number, begin: number, number: number])[] = [];
    for (const match of data.matchAll(OBJECT)) {
      this.keep();
      places.push([match.index, match.index + match[0].length, Number(match[1])]);
    }
    places.forEach(([, begin, number], i) => {
      const end = Math.min(places[i + 1]?.[0] ?? data.length, begin + STEP);
      this.remember(number, data.slice(begin, end).split("stream", 1)[0]!);
    });
    let [total, at] = [0, -1];
    for (const match of data.matchAll(STREAM)) {
      this.allowance.checkClock();
      while (at + 1 < places.length && places[at + 1]![0] < match.index) at++;
      const [, begin, number] = places[at] ?? [0, 0, 0];
      const header = data.slice(Math.max(begin, match.index - STEP), match.index);
      if (header.includes("/Image")) continue;
      const start = match.index + match[0].length;
      const stop = data.indexOf("endstream", start);
      const stream = bytes.subarray(start, stop < 0 ? data.length : stop);
      const [found, packed] = unpacked(stream, header, this.allowance, total);
      total += packed ? found.length : 0;
      this.allowance.checkExpanded(found.length, packed || found.length, total);
      const content = latin1(found);
      if (header.includes("/ObjStm")) this.collectPacked(content);
      this.keep();
      put(this.streams, number, { header, shown: shown(content), size: content.length, draws: this.draws(content) });
    }
  }

  private remember(number: number, text: string): void {
    this.keep(text.length);
    put(this.texts, number, text);
  }

  private draws(content: string): Counter {
    const draws = new Counter();
    for (const [, written] of content.matchAll(DO)) {
      this.allowance.checkClock();
      const name = plain(written!);
      if (!draws.has(name)) this.keep(name.length);
      draws.add(name, 1);
    }
    return draws;
  }

  /** The objects of an object stream; their numbers and places stand at its beginning, in any order. */
  private collectPacked(content: string): void {
    const head = /^[\d\s]*/.exec(content)![0];
    const numbers = head.trim().split(/\s+/, LISTED).map(Number);
    const places = [...new Set(numbers.filter((_, i) => i % 2))].sort((one, other) => one - other);
    const texts = new Map<number, string>(); // those of one place share one text
    places.forEach((place, i) => {
      const begin = Math.max(0, head.length + place - 20);
      const text = content.slice(begin, Math.min(head.length + (places[i + 1] ?? content.length), begin + STEP + 20));
      this.keep(text.length);
      texts.set(place, text);
    });
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      this.keep();
      put(this.texts, numbers[i]!, texts.get(numbers[i + 1]!)!);
    }
  }

  /** Whatever a name means anywhere, for the streams that inherit its meaning. */
  knowForms(): void {
    const streams = [...this.streams].flatMap(([number, found]) => found.map((stream) => ({ ...stream, number })));
    const forms = new Set(streams.filter(({ header }) => header.includes("/Form")).map(({ number }) => number));
    const drawn = new Set(streams.flatMap(({ draws }) => [...draws.keys()]));
    const meant = (name: string, number: number): boolean => drawn.has(name) && forms.has(number);
    const texts = new Set([...streams.map(({ header }) => header), ...this.allTexts()]);
    for (const [name, numbers] of this.named(texts, meant, () => this.keep())) this.forms.set(name, numbers);
  }

  allTexts(): Set<string> {
    return new Set([...this.texts.values()].flat());
  }

  /** [shown, drawn] bytes of an object with all that it draws; the worst of its versions. */
  cost(number: number, depth = 0): Cost {
    const known = this.costs.get(number);
    if (known) return known;
    let worst: Cost = [0, 0];
    for (const stream of this.streams.get(number) ?? []) {
      const [shown, drawn] = stream.header.includes("/Form")
        ? this.drawn(stream, this.meanings(stream.header), depth)
        : [stream.shown, stream.size]; // of a page, which says what the names are: see `checkPage`
      worst = [Math.max(worst[0], shown), Math.max(worst[1], drawn)];
    }
    this.costs.set(number, worst);
    return worst;
  }

  /** The same for one stream, whose names have these `meanings`. Throws LimitError. */
  private drawn(stream: Stream, meanings: Map<string, Set<number>>, depth = 0): Cost {
    let { shown, size: drawn } = stream;
    if (depth > DEPTH) throw this.tooMuch(TOO_MUCH);
    for (const [name, times] of stream.draws) {
      this.allowance.checkClock();
      for (const child of meanings.get(name) ?? this.forms.get(name) ?? []) {
        const [more, size] = this.cost(child, depth + 1);
        shown += times * more;
        drawn += times * (size + 1);
      }
    }
    return this.bounded([shown, drawn]);
  }

  private bounded([shown, drawn]: Cost): Cost {
    if (shown > MOST_SHOWN || drawn > MOST_DRAWN) throw this.tooMuch(TOO_MUCH);
    return [shown, drawn];
  }

  /** What the names of `owner`, a page or form, mean: by its resources, and their list of drawings. */
  private meanings(owner: string): Map<string, Set<number>> {
    const texts = new Set([owner]);
    for (let i = 0; i < 2; i++)
      for (const text of [...texts])
        for (const number of numbersIn(SHARED, text)) for (const more of this.texts.get(number) ?? []) texts.add(more);
    return this.named(texts, (name, number) => this.forms.get(name)?.has(number) ?? false);
  }

  /** Which numbers the texts give to names, of those that are `wanted`. */
  private named(
    texts: Iterable<string>,
    wanted: (name: string, number: number) => boolean,
    onNew?: () => void,
  ): Map<string, Set<number>> {
    const found = new Map<string, Set<number>>();
    for (const text of texts) {
      this.allowance.checkClock();
      for (const [, written, digits] of text.matchAll(NAMED)) {
        const [name, number] = [plain(written!), Number(digits)];
        if (!wanted(name, number)) continue;
        const numbers = found.get(name) ?? new Set();
        if (!numbers.has(number)) onNew?.();
        found.set(name, numbers.add(number));
      }
    }
    return found;
  }

  checkPage(text: string): void {
    this.allowance.checkClock();
    for (const [found] of text.matchAll(CONTENTS)) {
      const first = numbersIn(REF, found);
      const lists = this.texts.get(first[0]!) ?? []; // the first may be the list of them
      const listed = lists.flatMap((list) => [...list.matchAll(ROW)].flatMap(([, row]) => numbersIn(REF, row!)));
      const meanings = this.meanings(text);
      let [shown, drawn] = [0, 0];
      for (const number of [...first, ...listed])
        for (const stream of this.streams.get(number) ?? []) {
          const [more, size] = this.drawn(stream, meanings);
          [shown, drawn] = [shown + more, drawn + size];
        }
      this.bounded([shown, drawn]);
    }
  }

  checkTiles(text: string): void {
    this.allowance.checkClock();
    const steps = new Map(Array.from(text.matchAll(TILE), ([, side, step]) => [side, Number(step)]));
    if (steps.size < 2) return;
    const [a, b, c, d] = (MATRIX.exec(text)?.slice(1) ?? [1, 0, 0, 1]).map(Number) as [number, number, number, number];
    const area = Math.abs(steps.get("X")! * steps.get("Y")! * (a * d - b * c));
    if (area < LEAST_TILE) throw this.tooMuch("it paints with tiles too small to be seen");
  }

  private tooMuch(cause: string): ReadError {
    return new ReadError("LimitError", this.allowance.name, cause, "Check where the file comes from.");
  }
}

function put<K, T>(lists: Lists<K, T>, key: K, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function numbersIn(pattern: RegExp, text: string): number[] {
  return Array.from(text.matchAll(pattern), ([, number]) => Number(number));
}

/** Bytes of the strings in it, at least. */
function shown(content: string): number {
  const unescaped = content.replace(/\\[\\()]/g, "");
  if (NESTED.test(unescaped)) return unescaped.length;
  let bytes = 0;
  for (const [string] of unescaped.matchAll(STRING)) bytes += string.length;
  return bytes;
}

function plain(name: string): string {
  return name.replace(ESCAPED, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
