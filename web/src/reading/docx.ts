/**
 * DOCX: its XML parts, streamed once, in reading order: headers, body, footnotes, endnotes, footers.
 * Left out: deleted text, hidden text, field codes, and the second copy of every text box.
 * A document type declaration, the only way to an entity bomb and forbidden in OOXML, ends it.
 */

import { SaxesParser } from "saxes";
import { ReadError } from "../errors";
import { commas, isBlank } from "../python";
import shared from "../shared.json";
import type { Extract } from "./common";
import type { Allowance } from "./limits";
import { type Attributes, Story } from "./wordml";
import { BadZip, Zip } from "./zip";

const AGAIN = shared.sniff.again;

interface Relation {
  readonly id: string;
  readonly kind: string; // the type's last word
  readonly part: string;
}

interface Events {
  start(tag: string, attributes: Attributes): void;
  end(tag: string): void;
  characters(text: string): void;
}

/** The document's text, one paragraph or table row a line. Throws ReadError. */
export function extract(data: Uint8Array, allowance: Allowance): Extract {
  const parts = new Package(new Zip(data), allowance);
  const main = parts.relations("").find((r) => r.kind === "officeDocument")?.part ?? "word/document.xml";
  const body = parts.story(main);
  const relations = parts.relations(main);
  const shown = body.references.flatMap((id) => relations.findLast((r) => r.id === id)?.part ?? []);
  const named = (word: string): Story[] =>
    distinct(shown.filter((part) => part.split("/").at(-1)!.includes(word)).map((part) => parts.story(part)));
  const headers = named("header");
  const footers = named("footer");
  const notes = ["footnotes", "endnotes"].flatMap((kind) =>
    relations.filter((r) => r.kind === kind).map((r) => parts.story(r.part)),
  );
  const stories = [...headers, body, ...notes, ...footers];
  const lines = stories.flatMap((story) => story.lines());
  if (lines.every(isBlank)) throw withoutText(parts.names(), allowance.name);
  const hidden = stories.reduce((sum, story) => sum + story.hidden, 0);
  const message = `${commas(hidden)} characters are formatted as hidden in Word; they were not read.`;
  return { pages: [lines.join("\n")], notices: hidden ? [{ code: "hidden-text", message }] : [] };
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

function withoutText(names: readonly string[], name: string): ReadError {
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

  constructor(
    private readonly archive: Zip,
    private readonly allowance: Allowance,
  ) {}

  names(): string[] {
    return [...this.archive.members.keys()];
  }

  story(part: string): Story {
    const story = new Story();
    this.parse(part, story);
    return story;
  }

  /** The parts that `part` refers to; "" is the package itself. */
  relations(part: string): Relation[] {
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
      end: () => undefined,
      characters: () => undefined,
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
    const parser = this.parser(events);
    let decoder: TextDecoder | undefined;
    let unpacked = 0;
    try {
      this.archive.unpack(member, (chunk) => {
        unpacked += chunk.length;
        this.unpacked += chunk.length;
        this.allowance.checkExpanded(unpacked, member.packed, this.unpacked);
        this.allowance.checkClock();
        decoder ??= new TextDecoder(utf16Mark(chunk) ?? "utf-8", { fatal: true });
        parser.write(decoder.decode(chunk, { stream: true }));
      });
      parser.write(decoder?.decode() ?? "").close();
    } catch (error) {
      if (error instanceof ReadError) throw error;
      if (error instanceof BadZip || error instanceof XmlError || error instanceof TypeError)
        throw this.damaged(part, error.message);
      throw error;
    }
  }

  private parser(events: Events): SaxesParser<{ xmlns: true }> {
    const parser = new SaxesParser({ xmlns: true });
    parser.on("opentag", (tag) => {
      const attributes: Record<string, string> = {};
      for (const { uri, local, value } of Object.values(tag.attributes))
        attributes[uri ? `${uri} ${local}` : local] = value;
      events.start(`${tag.uri} ${tag.local}`, attributes);
    });
    parser.on("closetag", (tag) => events.end(`${tag.uri} ${tag.local}`));
    parser.on("text", (text) => events.characters(text));
    parser.on("cdata", (text) => events.characters(text));
    parser.on("doctype", () => {
      throw new ReadError(
        "DamagedFileError",
        this.allowance.name,
        "its XML declares a document type, which DOCX forbids and entity bombs need",
        "Check where the file comes from.",
      );
    });
    parser.on("error", (error) => {
      throw new XmlError(error.message);
    });
    return parser;
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

class XmlError extends Error {}

function utf16Mark(chunk: Uint8Array): string | null {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return "utf-16le";
  return chunk[0] === 0xfe && chunk[1] === 0xff ? "utf-16be" : null;
}

/** `target` as seen from `folder`, without "." and "..", relative to the package. */
function resolve(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith("/") ? target : folder + target).split("/"))
    if (step === "..") steps.pop();
    else if (step && step !== ".") steps.push(step);
  return steps.join("/");
}
