/** Where Python's strings differ from JavaScript's, so that both sides cut a text alike. */

/** What str.isspace() and str.strip() take for white space; JavaScript's \s has U+FEFF and lacks U+001C-1F, U+0085. */
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LEADING = new RegExp(`^[${SPACE}]+`);
const INK = new RegExp(`[^${SPACE}]`);

export function lstrip(text: string): string {
  return text.replace(LEADING, "");
}

export function rstrip(text: string): string {
  // The pattern alone would try every run of blanks inside a long text.
  let end = text.length;
  while (end > 0 && !INK.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

export function strip(text: string): string {
  return lstrip(rstrip(text));
}

export function isBlank(text: string): boolean {
  return !INK.test(text);
}

/** str.splitlines(): line breaks of every kind, no empty last line. */
export function splitlines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Numbers for people: 12,345. */
export function commas(value: number): string {
  return value.toLocaleString("en-US");
}

/** Python's len(): code points. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        count--;
        i++;
      }
    }
  }
  return count;
}

/** text[:count] in code points. */
export function firstPoints(text: string, count: number): string {
  const most = text.slice(0, 2 * count); // units
  if (codePoints(most) <= count) return most;
  let end = 0;
  for (let points = 0; points < count; points++) end += most.codePointAt(end)! > 0xffff ? 2 : 1;
  return most.slice(0, end);
}

/** str.isalnum(): \w but the underscore. */
export function isalnum(text: string): boolean {
  return /^[\p{L}\p{N}]+$/u.test(text);
}

export function isalpha(text: string): boolean {
  return /^\p{L}+$/u.test(text);
}

/** str.isdigit() of what has no superscripts. */
export function isdigit(text: string): boolean {
  return /^\p{Nd}+$/u.test(text);
}

export function islower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

export function isupper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

const CASED = "\\p{Uppercase}\\p{Lowercase}\\p{Lt}";
const UNTITLED = new RegExp(`[${CASED}][\\p{Uppercase}\\p{Lt}]|(?<![${CASED}])\\p{Lowercase}`, "u");

/** str.istitle(): capitals after what has no case only, small letters after what has one. */
export function istitle(text: string): boolean {
  return /[\p{Uppercase}\p{Lt}]/u.test(text) && !UNTITLED.test(text);
}

const ASCII = /^[\0-\x7f]*$/;

export function isascii(text: string): boolean {
  return ASCII.test(text);
}

const BLANKS = new RegExp(`[${SPACE}]+`);

/** str.split() without arguments: the words between blanks of any kind. */
export function split(text: string): string[] {
  const stripped = strip(text);
  return stripped ? stripped.split(BLANKS) : [];
}

export function partition(text: string, mark: string): [string, string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, "", ""] : [text.slice(0, at), mark, text.slice(at + mark.length)];
}

export function rpartition(text: string, mark: string): [string, string, string] {
  const at = text.lastIndexOf(mark);
  return at < 0 ? ["", "", text] : [text.slice(0, at), mark, text.slice(at + mark.length)];
}

/** str.strip(chars), and its halves. */
export function stripOf(text: string, chars: string): string {
  return lstripOf(rstripOf(text, chars), chars);
}

export function lstripOf(text: string, chars: string): string {
  let start = 0;
  while (start < text.length && chars.includes(text[start]!)) start++;
  return text.slice(start);
}

export function rstripOf(text: string, chars: string): string {
  let end = text.length;
  while (end > 0 && chars.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** str.rfind(mark, start, end); lastIndexOf takes where the mark may begin, not where it must end. */
export function rfind(text: string, mark: string, start: number, end: number): number {
  const at = text.slice(start, end).lastIndexOf(mark);
  return at < 0 ? -1 : start + at;
}

export function removesuffix(text: string, suffix: string): string {
  return suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

const DIGIT = /^\p{Nd}$/u;

/** int() or float() of what \d found: digits of any script. */
export function numberOf(text: string): number {
  return Number(
    text.replace(/\p{Nd}/gu, (digit) => {
      // Digits stand in Unicode in runs of ten, from 0 to 9.
      let first = digit.codePointAt(0)!;
      while (DIGIT.test(String.fromCodePoint(first - 1))) first--;
      return String((digit.codePointAt(0)! - first) % 10);
    }),
  );
}

const DIGITS = "\\d(?:_?\\d)*";
const FLOAT = new RegExp(`^[+-]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:e[+-]?${DIGITS})?$`);

/** float(text); null where Python raises ValueError. */
export function float(text: string): number | null {
  const plain = strip(text).toLowerCase();
  const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/.exec(plain);
  if (special) return special[2] ? (special[1] === "-" ? -Infinity : Infinity) : NaN;
  const western = plain.replace(/[^\x00-\x7f]/gu, (digit) => (/\p{Nd}/u.test(digit) ? String(numberOf(digit)) : digit));
  return FLOAT.test(western) ? Number(western.replaceAll("_", "")) : null;
}

/** round(value): a half goes to the even number. */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 ? low + 1 : low;
}

/** bisect.bisect_right, of `key(item)` where the items are not compared themselves. */
export function bisectRight<T>(items: readonly T[], value: number, key: (item: T) => number = Number): number {
  return partitionPoint(items, (item) => key(item) <= value);
}

export function bisectLeft<T>(items: readonly T[], value: number, key: (item: T) => number = Number): number {
  return partitionPoint(items, (item) => key(item) < value);
}

function partitionPoint<T>(items: readonly T[], before: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** str.title() of names in letters without marks. */
export function title(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase());
}

/** max(items, key=key): the first of those that stand highest; undefined of none. */
export function maxBy<T>(items: Iterable<T>, key: (item: T) => number): T | undefined {
  let best: T | undefined;
  let most = -Infinity;
  for (const item of items) {
    const value = key(item);
    if (value > most) [best, most] = [item, value];
  }
  return best;
}

/** functools.lru_cache of a function of one text. When it is full it forgets all, not the oldest. */
export function remembered<T>(most: number, found: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined && !known.has(text)) {
      if (known.size >= most) known.clear();
      known.set(text, (value = found(text)));
    }
    return value as T;
  };
}

/** round(value, digits): what lies exactly in the middle goes to the even digit. */
export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  // Only a multiple of a power of two this large can lie in the middle; the product is exact then.
  if (Number.isInteger(value * 2 ** (digits + 1))) return roundHalfEven(value * scale) / scale;
  return Number(value.toFixed(digits));
}

/** str.find(mark, start, end) */
export function find(text: string, mark: string, start: number, end: number): number {
  const at = text.slice(start, end).indexOf(mark);
  return at < 0 ? -1 : start + at;
}

/** UTF-16 decoded with "replace": halves of characters that stand alone become U+FFFD. */
export function withoutHalves(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
