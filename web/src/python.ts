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
