/** Python's `re` over JavaScript's patterns: the same names, arguments and answers, for the rooms to read alike. */

/** A pattern as `python -m rolefit.export.web` writes it into data.json. */
export interface Written {
  readonly pattern: string;
  readonly flags: string;
}

export class Match {
  constructor(
    private readonly pattern: Pattern,
    private readonly found: RegExpExecArray,
    private readonly text: string,
  ) {}

  /** The text of a group, "" and undefined apart: a group that took no part is undefined. */
  group(which: number | string = 0): string | undefined {
    return typeof which === "number" ? this.found[which] : this.found.groups?.[which];
  }

  /** The text of a group that is always there, or of one that took no part: "". */
  text_(which: number | string = 0): string {
    return this.group(which) ?? "";
  }

  get lastgroup(): string | undefined {
    return Object.entries(this.found.groups ?? {}).find(([, value]) => value !== undefined)?.[0];
  }

  start(which: number | string = 0): number {
    return which === 0 ? this.found.index : this.span(which)[0];
  }

  end(which: number | string = 0): number {
    return which === 0 ? this.found.index + this.found[0].length : this.span(which)[1];
  }

  /** [-1, -1] for a group that took no part, as in Python. */
  span(which: number | string = 0): [number, number] {
    if (which === 0) return [this.start(), this.end()];
    // Indices of groups cost time at every match; few are asked for.
    const indices = this.pattern.indices(this.text, this.found.index);
    const place = typeof which === "number" ? indices[which] : indices.groups?.[which];
    return place ?? [-1, -1];
  }
}

export class Pattern {
  private readonly global: RegExp;
  private sticky_: RegExp | undefined;
  private full_: RegExp | undefined;
  private indexed: RegExp | undefined;

  constructor(readonly written: Written) {
    this.global = new RegExp(written.pattern, written.flags + "g");
  }

  /** Where the text ends for the pattern is `end`, as in Python; where it begins is always 0. */
  search(text: string, start = 0, end = text.length): Match | undefined {
    return this.run(this.global, text, start, end);
  }

  match(text: string, start = 0, end = text.length): Match | undefined {
    this.sticky_ ??= new RegExp(this.written.pattern, this.written.flags + "y");
    return this.run(this.sticky_, text, start, end);
  }

  fullmatch(text: string, start = 0, end = text.length): Match | undefined {
    this.full_ ??= new RegExp(`(?:${this.written.pattern})$`, this.written.flags + "y");
    return this.run(this.full_, text, start, end);
  }

  *finditer(text: string, start = 0, end = text.length): Generator<Match> {
    const cut = end < text.length ? text.slice(0, end) : text;
    let at = start;
    while (at <= cut.length) {
      const match = this.run(this.global, cut, at, cut.length);
      if (!match) return;
      yield match;
      at = match.end();
      // Past a whole character: between its halves JavaScript would find the same nothing again.
      if (at === match.start()) at += (cut.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    }
  }

  /** Python's findall of a pattern without groups, or with one. */
  findall(text: string): string[] {
    return [...this.finditer(text)].map((match) => match.group(1) ?? match.text_());
  }

  sub(replacement: string | ((match: Match) => string), text: string, count = 0): string {
    let made = "";
    let last = 0;
    let done = 0;
    for (const match of this.finditer(text)) {
      if (count && done++ >= count) break;
      made += text.slice(last, match.start());
      made += typeof replacement === "string" ? replacement : replacement(match);
      last = match.end();
    }
    return made + text.slice(last);
  }

  /** Groups are part of what comes back, as in Python; one that took no part is "". */
  split(text: string, most = 0): string[] {
    const parts: string[] = [];
    let last = 0;
    let done = 0;
    for (const match of this.finditer(text)) {
      if (most && done++ >= most) break;
      parts.push(text.slice(last, match.start()));
      for (let i = 1; i < match["found"].length; i++) parts.push(match.text_(i));
      last = match.end();
    }
    return [...parts, text.slice(last)];
  }

  indices(text: string, at: number): RegExpIndicesArray {
    this.indexed ??= new RegExp(this.written.pattern, this.written.flags + "dy");
    this.indexed.lastIndex = at;
    return this.indexed.exec(text)!.indices!;
  }

  private run(pattern: RegExp, text: string, start: number, end: number): Match | undefined {
    const cut = end < text.length ? text.slice(0, end) : text;
    pattern.lastIndex = start;
    const found = pattern.exec(cut);
    return found ? new Match(this, found, cut) : undefined;
  }
}

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;

/** re.escape, for patterns made of words that a text holds; not for a class: there a hyphen is special too. */
export function escape(text: string): string {
  return text.replace(SPECIAL, "\\$&");
}

/** What Python's \w, \d and \b are in a pattern with the u flag, for patterns made at run time. */
export const WORD = "[\\p{L}\\p{N}_]";
export const BOUNDARY = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;
