/** XML -> a stream of its elements, under limits, as rolefit/reading/xmltree.py. Nothing recurses, no document type. */

import { SaxesParser } from "saxes";
import { ReadError } from "../errors";
import shared from "../shared.json";
import type { Allowance } from "./limits";
import { decodeStrictly } from "./text";
import type { Attributes } from "./wordstyles";

/** What is called for each element, named "namespace local". */
export interface Events {
  start(tag: string, attributes: Attributes): void;
  end?(tag: string): void;
  characters?(text: string): void;
  readonly names?: Map<string, string>; // where to note the vocabularies, by the prefixes that stand for them
}

/** What is no XML. */
export class XmlError extends Error {}

const XMLNS = "http://www.w3.org/2000/xmlns/"; // of the names' declarations, which are no attributes
const NAMES = shared.docx.names; // of vocabularies, that are kept
const CHUNK = 1 << 16; // characters between two looks at the clock
const DECLARED = /^<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/** Calls back for each element of the whole. Throws DamagedFileError, LimitError. */
export function parse(data: Uint8Array, allowance: Allowance, events: Events): void {
  try {
    const source = decoded(data);
    const parser = parserOf(events, allowance, "its XML declares a document type, which resumes have no use for");
    for (let at = 0; at < source.length; at += CHUNK) {
      parser.write(source.slice(at, at + CHUNK));
      allowance.checkClock();
    }
    parser.close();
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const cause = `its XML breaks off or makes no sense (${error.message})`;
    throw new ReadError("DamagedFileError", allowance.name, cause, "Export it once more.");
  }
}

function decoded(data: Uint8Array): string {
  const head = String.fromCharCode(...data.subarray(0, 256)).replaceAll("\0", "");
  try {
    return decodeStrictly(data, DECLARED.exec(head.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, ""))?.[1]);
  } catch (error) {
    throw new XmlError((error as Error).message);
  }
}

/** `doctype` says what is wrong with a document type: the only way to an entity bomb. */
export function parserOf(events: Events, allowance: Allowance, doctype: string): SaxesParser<{ xmlns: true }> {
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  parser.on("opentag", (tag) => {
    allowance.checkNesting(++depth);
    const attributes: Record<string, string> = {};
    for (const { uri, local, value } of Object.values(tag.attributes))
      if (uri !== XMLNS) attributes[uri ? `${uri} ${local}` : local] = value;
    for (const [prefix, uri] of Object.entries(tag.ns))
      if (events.names && events.names.size < NAMES) events.names.set(prefix, uri);
    events.start(`${tag.uri} ${tag.local}`, attributes);
  });
  parser.on("closetag", (tag) => {
    depth--;
    events.end?.(`${tag.uri} ${tag.local}`);
  });
  parser.on("text", (text) => events.characters?.(text));
  parser.on("cdata", (text) => events.characters?.(text));
  parser.on("doctype", () => {
    throw new ReadError("DamagedFileError", allowance.name, doctype, "Check where the file comes from.");
  });
  parser.on("error", (error) => {
    throw new XmlError(error.message);
  });
  return parser;
}

/** The name without its namespace. */
export function local(tag: string): string {
  return tag.slice(tag.lastIndexOf(" ") + 1);
}

/** `target` as seen from `folder` of a package, without "." and "..", relative to the package. */
export function resolve(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith("/") ? target : folder + target).split("/"))
    if (step === "..") steps.pop();
    else if (step && step !== ".") steps.push(step);
  return steps.join("/");
}
