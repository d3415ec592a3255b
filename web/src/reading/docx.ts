/**
 * DOCX: its XML parts, streamed once, in reading order: headers, body, footnotes, endnotes, footers.
 * Left out: deleted text, what a person would not see, field codes, and the second copy of every text box.
 * A document type declaration, the only way to an entity bomb and forbidden in OOXML, ends it.
 */

import { ReadError } from "../errors";
import { commas, isBlank } from "../python";
import type { Notice } from "../records";
import shared from "../shared.json";
import { Counter, doubtNotice, type Extract, hiddenNotice, onlyHidden } from "./common";
import type { Allowance } from "./limits";
import { Look, Page } from "./wordlook";
import { shownParts, Story } from "./wordml";
import { OFF, plain, Styles } from "./wordstyles";
import { type Events, local, parserOf, resolve, XmlError } from "./xmltree";
import { BadZip, Zip } from "./zip";

const AGAIN = shared.sniff.again;
const DOCTYPE = "its XML declares a document type, which DOCX forbids and entity bombs need";

const DRAWN = /^word\/(?:charts\/chart|diagrams\/data)\d*\.xml$/;
const SETTINGS = ["evenAndOddHeaders", "displayBackgroundShape"];
const [EVEN, GROUND] = SETTINGS as [string, string];

const COVERED: Notice = shared.docx.covered;

interface Relation {
  readonly id: string;
  readonly kind: string; // the type's last word
  readonly part: string;
}

/** The document's text, one paragraph or table row a line. Throws ReadError. */
export function extract(data: Uint8Array, allowance: Allowance, withHidden: boolean): Extract {
  const parts = new Package(new Zip(data), allowance, withHidden);
  let stories = parts.stories(false);
  const backdrop = stories.some((story) => story.look.backdrop);
  const growing = stories.some((story) => story.look.growing.size);
  if ((backdrop || growing) && stories.some((story) => story.hidden.size))
    // White text may stand on that shape, a small one grow: once more, for the writer.
    stories = parts.stories(backdrop);
  const lines = stories.flatMap((story) => story.lines());
  const hidden = new Counter();
  for (const story of stories) for (const [why, count] of story.hidden) if (count) hidden.add(why, count);
  if (lines.every(isBlank)) throw withoutText(parts.names(), allowance.name, hidden.total());
  const notices: Notice[] = [];
  if (hidden.total()) notices.push(hiddenNotice(hidden.total(), hidden.mostCommon()));
  const white = stories.reduce((sum, story) => sum + story.look.onBackdrop, 0);
  const message = `${commas(white)} words are white; they were read, as a shape or picture may lie behind them.`;
  if (white) notices.push({ code: "white-text", message });
  const doubted = new Counter();
  for (const story of stories) for (const [why, count] of story.doubted) doubted.add(why, count);
  if (doubted.size) notices.push(doubtNotice(doubted.total(), doubted.mostCommon()));
  if (stories.some((story) => story.look.covered)) notices.push(COVERED);
  const drawn = parts.names().filter((member) => DRAWN.test(member)).length;
  const what = drawn === 1 ? "1 chart or diagram was" : `${commas(drawn)} charts and diagrams were`;
  const says = drawn === 1 ? "it says" : "they say";
  if (drawn) notices.push({ code: "charts", message: `${what} not read; what ${says} does not count.` });
  return { pages: [lines.join("\n")], notices };
}

/** Each header or footer once, however many sections show it. */
function distinct(stories: readonly Story[]): Story[] {
  const seen = new Map<string, Story>();
  for (const story of stories) {
    const key = JSON.stringify(story.lines());
    if (!seen.has(key)) seen.set(key, story);
  }
  return [...seen.values()];
}

function withoutText(names: readonly string[], name: string, hidden: number): ReadError {
  if (hidden) return onlyHidden(name, hidden);
  if (names.some((member) => shared.docx.pictures.some((ending) => member.toLowerCase().endsWith(ending))))
    return new ReadError(
      "ImageOnlyError",
      name,
      "it holds pictures but no text",
      "Run text recognition (OCR) over it, or save the original text as DOCX.",
    );
  return new ReadError("EmptyDocumentError", name, "there is no text in it", "Check that it is the right file.");
}

/** The parts of one DOCX, unpacked under the allowance. */
class Package {
  private unpacked = 0;

  private readonly main: string;
  private readonly related: readonly Relation[];
  private readonly even: boolean;
  private readonly page: Page;
  private readonly styles: Styles;
  private readonly growing = new Map<string, ReadonlySet<number>>(); // by part, of the last look at it

  constructor(
    private readonly archive: Zip,
    private readonly allowance: Allowance,
    private readonly withHidden: boolean,
  ) {
    this.main = this.relations("").find((r) => r.kind === "officeDocument")?.part ?? "word/document.xml";
    this.related = this.relations(this.main);
    const settings = this.readSettings();
    this.even = settings.has(EVEN);
    this.page = new Page(settings.has(GROUND));
    this.styles = this.readStyles();
  }

  names(): string[] {
    return [...this.archive.members.keys()];
  }

  /** Headers, body, notes, footers; `backdrop` if white text is to be believed. */
  stories(backdrop: boolean): Story[] {
    this.unpacked = 0;
    const body = this.story(this.main, backdrop);
    const known = new Map(this.related.map((relation) => [relation.id, relation]));
    const shown = shownParts(body.sections, this.even).flatMap((id) => known.get(id) ?? []);
    const around = (kind: string): Story[] => {
      const parts = new Set(shown.filter((relation) => relation.kind === kind).map(({ part }) => part));
      return distinct([...parts].map((part) => this.story(part, backdrop)));
    };
    const headers = around("header");
    const footers = around("footer");
    const notes = ["footnotes", "endnotes"].flatMap((kind) => this.related.filter((r) => r.kind === kind));
    const noted = [...new Set(notes.map(({ part }) => part))];
    return [...headers, body, ...noted.map((part) => this.story(part, backdrop)), ...footers];
  }

  private story(part: string, backdrop: boolean): Story {
    const look = new Look(this.styles, this.page, backdrop, this.growing.get(part) ?? new Set());
    const story = new Story(look, this.withHidden);
    this.parse(part, story);
    this.growing.set(part, look.growing);
    return story;
  }

  /** Those of `SETTINGS` that are on. */
  private readSettings(): Set<string> {
    const found = new Set<string>();
    this.parseRelated("settings", {
      start: (tag, attributes) => {
        const name = local(tag);
        if (SETTINGS.includes(name) && !OFF.has(plain(attributes).val ?? "true")) found.add(name);
      },
    });
    return found;
  }

  private readStyles(): Styles {
    const styles = new Styles();
    if (!this.withHidden)
      this.parseRelated("styles", {
        start: (tag, attributes) => styles.start(local(tag), attributes),
        end: (tag) => styles.end(local(tag)),
      });
    return styles;
  }

  /** Parse the first part of that kind, if there is one. */
  private parseRelated(kind: string, events: Events): void {
    const part = this.related.find((relation) => relation.kind === kind)?.part;
    if (part !== undefined) this.parse(part, events);
  }

  /** The parts that `part` refers to; "" is the package itself. */
  private relations(part: string): Relation[] {
    const cut = part.lastIndexOf("/") + 1;
    const folder = part.slice(0, cut);
    const rels = `${folder}_rels/${part.slice(cut)}.rels`;
    const found: Relation[] = [];
    if (!this.archive.members.has(rels)) return found;
    this.parse(rels, {
      start: (tag, attributes) => {
        if (!tag.endsWith(" Relationship") || attributes.TargetMode === "External") return;
        const name = resolve(folder, attributes.Target ?? "");
        const kind = (attributes.Type ?? "").split("/").at(-1)!;
        if (this.archive.members.has(name)) found.push({ id: attributes.Id ?? "", kind, part: name });
      },
    });
    return found;
  }

  private parse(part: string, events: Events): void {
    const member = this.archive.members.get(part);
    if (!member) throw this.damaged(part, "there is no such part");
    if (member.encrypted)
      throw new ReadError(
        "EncryptedError",
        this.allowance.name,
        "its parts are encrypted",
        "Save a copy without a password and try again.",
      );
    const parser = parserOf(events, this.allowance, DOCTYPE);
    let decoder: TextDecoder | undefined;
    let unpacked = 0;
    try {
      for (const chunk of this.archive.unpack(member)) {
        unpacked += chunk.length;
        this.unpacked += chunk.length;
        this.allowance.checkExpanded(unpacked, member.packed, this.unpacked);
        this.allowance.checkClock();
        decoder ??= new TextDecoder(utf16Mark(chunk) ?? "utf-8", { fatal: true });
        parser.write(decoder.decode(chunk, { stream: true }));
      }
      parser.write(decoder?.decode() ?? "").close();
    } catch (error) {
      if (error instanceof ReadError) throw error;
      if (error instanceof BadZip || error instanceof XmlError || error instanceof TypeError)
        throw this.damaged(part, error.message);
      throw error;
    }
  }

  private damaged(part: string, why: string): ReadError {
    return new ReadError(
      "DamagedFileError",
      this.allowance.name,
      `its part ${part} is missing or damaged (${why})`,
      AGAIN,
    );
  }
}

function utf16Mark(chunk: Uint8Array): string | null {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return "utf-16le";
  return chunk[0] === 0xfe && chunk[1] === 0xff ? "utf-16be" : null;
}
