/** Small files that would cost a reader out of all proportion are refused: those of tests/reading/test_costs.py and tests/fuzz. */

import { readFileSync } from "node:fs";
import { strToU8 as bytes, zipSync, zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ReadError } from "../src/errors";
import { LIMITS, read } from "../src/reading";
import * as limits from "../src/reading/limits";
import { testPdfium } from "./golden";

const SLOW = { ...LIMITS, seconds: 600 }; // where the clock is not what is tested
const HEAD = "<!doctype html>";

async function refused(data: Uint8Array | string, given = SLOW): Promise<string> {
  const refusal: unknown = await reading(data, given).catch((problem: unknown) => problem);
  expect(refusal).toBeInstanceOf(ReadError);
  const { name, cause } = refusal as ReadError;
  return `${name}: ${cause}`;
}

async function reading(data: Uint8Array | string, given = SLOW): Promise<string> {
  return (await read(typeof data === "string" ? bytes(data) : data, "bomb", testPdfium, given)).text;
}

function each(count: number, made: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => made(i)).join("");
}

describe("a page", () => {
  const attributes = `<p ${each(5000, (i) => `a${i}=1 `)}>text</p>`;
  const MANY = "a tag of it has 1,500 attributes, the limit is 1,000";
  const OPEN = "it leaves so much formatting open that each of its paragraphs repeats it";
  const ALL = "its tags have more attributes than a page's have";

  test.each([
    ["many attributes in a tag", attributes, MANY],
    ["attributes with > in them", `<p ${each(5000, (i) => `a${i}='>'`)}`, MANY],
    ["many tags with 999 attributes", `<p ${each(999, (i) => `a${i} `)}>J`.repeat(60), ALL],
    ["formatting never closed", `${"<b><i><u>".repeat(400)}${"<p>text".repeat(20_000)}`, OPEN],
    ["formatting closed in comments", `<p>${each(3000, (i) => `<b a=${i}><!--</b>-->`)}<p>x`, OPEN],
    ["no closing tags", "<p>x".repeat(250_000), "the page has 250,001 tags, the limit is 200,000"],
    ["deep nesting", "<div>".repeat(5000), "its elements nest more than 4,000 deep"],
    ["nesting that comments hide", "<div><!--</div>-->".repeat(5000), "its elements nest more than 4,000 deep"],
  ])("with %s is refused by its cause", async (_, page, cause) => {
    expect(await refused(HEAD + page)).toBe(`LimitError: ${cause}`);
  });

  test("that is honest may have much of each", async () => {
    const row = "<tr><td class='a' id=b data-c=d><b>Nurse</b> <i>ward</i></td></tr>";
    expect((await reading(`${HEAD}<table>${row.repeat(1000)}</table>`)).match(/Nurse ward/g)).toHaveLength(1000);
  });

  test("may have signs in its scripts, styles and comments that look like tags", async () => {
    const script = `if (a<b) "<div>";`.repeat(5000);
    expect(await reading(`${HEAD}<script>${script}</script><!--${"<div>".repeat(5000)}--><p>Nurse`)).toBe("Nurse");
  });

  test("may have an element of 200,000 classes", async () => {
    expect(await reading(`${HEAD}<style>.b{color:red}</style><p class="${"a ".repeat(200_000)}">Nurse`)).toBe("Nurse");
  });

  test("with many attributes is read if the limit is raised", async () => {
    expect(await reading(HEAD + attributes, { ...SLOW, attributes: 6000 })).toBe("text");
  });

  test.each([
    ["to fool its pattern", "@media".repeat(20_000) + "{".repeat(10_000)],
    ["of selectors for many declarations", `${"a,".repeat(100_000)}b{${"left:0;".repeat(50_000)}}`],
    ["of a selector of 5,000 parts", `${"div ".repeat(5000)}{color:red}`],
  ])("with a style sheet made %s is passed", async (_, sheet) => {
    expect(await reading(`${HEAD}<style>${sheet}</style><p>Nurse`)).toBe("Nurse");
  });

  test.each([
    ["60,000 properties", `*{left:0;${each(60_000, (i) => `a${i}:1;`)}}`],
    ["selectors in 40,000 brackets", `${":not(".repeat(40_000)}p{left:0}`],
    ["places among many siblings", each(50, (i) => `i:nth-child(${i}){left:0}`)],
  ])("with a style sheet of %s for 20,000 elements is passed", async (_, sheet) => {
    expect(await reading(`${HEAD}<style>${sheet}</style>${"<i>x</i>".repeat(20_000)}`)).toBe("x".repeat(20_000));
  });

  test("with rules for 90,000 elements takes no longer than the clock allows", async () => {
    const page = `${HEAD}<style>${each(2000, (i) => `*{left:${i}px}`)}</style>${"<i>x</i>".repeat(90_000)}`;
    expect(await refused(page, { ...LIMITS, seconds: 1 })).toBe("LimitError: reading it took longer than 1 seconds");
  });

  test("has its style sheet read as far as Python reads it, which counts code points", async () => {
    const rule = `/*${"\u{1f600}".repeat(600_000)}*/.a{display:none}`;
    expect(await reading(`${HEAD}<style>${rule}</style><p class=a>hidden<p>Nurse`)).toBe("Nurse");
    const later = `/*${"x".repeat(1_100_000)}*/.a{display:none}`;
    expect(await reading(`${HEAD}<style>${later}</style><p class=a>shown`)).toBe("shown");
  });
});

describe("a Word file", () => {
  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const docx = (body: string): Uint8Array =>
    zipSync({
      "[Content_Types].xml": bytes("<Types/>"),
      "word/document.xml": bytes(`<w:document xmlns:w="${W}"><w:body>${body}</w:body></w:document>`),
    });

  test("whose elements nest beyond the limit is refused", async () => {
    expect(await refused(docx("<w:p>".repeat(5000)))).toBe("LimitError: its elements nest more than 4,000 deep");
  });

  test("with a part packed in another way than deflate is refused", async () => {
    const data = docx("<w:p/>");
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    for (let i = 0; i + 12 < data.length; i++) {
      if (view.getUint32(i, true) === 0x04034b50) view.setUint16(i + 8, 12, true); // bzip2
      if (view.getUint32(i, true) === 0x02014b50) view.setUint16(i + 10, 12, true);
    }
    expect(await refused(data)).toBe(
      "DamagedFileError: its part word/document.xml is missing or damaged (not packed as DOCX packs its parts)",
    );
  });

  test("of more than 10,000 entries is refused before they are listed", async () => {
    const entry = bytes(`PK\x01\x02${"\0".repeat(42)}`);
    const data = new Uint8Array(4 + 10_001 * entry.length);
    data.set(bytes("PK\x03\x04"));
    for (let i = 0; i < 10_001; i++) data.set(entry, 4 + i * entry.length);
    expect(await refused(data)).toBe("LimitError: it is an archive of 10,001 files, the limit is 10,000");
  });

  test("may have a cell of 130,000 lines", async () => {
    const cell = "<w:p><w:r><w:t>x</w:t></w:r></w:p>".repeat(130_000);
    const text = await reading(docx(`<w:tbl><w:tr><w:tc>${cell}</w:tc></w:tr></w:tbl>`), { ...SLOW, ratio: 1e6 });
    expect(text).toHaveLength(259_999);
  });
});

describe("a PDF", () => {
  const FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
  const SAID = "BT /F 12 Tf 50 700 Td (Jane Doe, Python) Tj 0 -20 Td (Acme Ltd 2019-2024) Tj ET ";
  const FORM = "/Type/XObject/Subtype/Form/BBox[0 0 600 900]";
  const SHOWS_TOO_MUCH = "LimitError: a page or form of it shows more than anybody could read";
  const UNPACKS_TOO_MUCH = "LimitError: it unpacks to more than 1,000,000 bytes";
  const latin1 = (data: Uint8Array): string => Buffer.from(data).toString("latin1");
  const deflated = (text: string): string => latin1(zlibSync(Buffer.from(text, "latin1"), { level: 9 }));
  const stream = (content: string, entries = ""): string =>
    `<<${entries}/Length ${content.length}>>stream\n${content}\nendstream`;
  const flate = (packed: string): string => stream(packed, "/Filter/FlateDecode");
  const pdf = (...objects: string[]): Uint8Array => {
    const body = objects.map((content, i) => `${i + 1} 0 obj\n${content}\nendobj\n`).join("");
    return Buffer.from(`%PDF-1.7\n${body}trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF`, "latin1");
  };
  /** Of one page; `content` is object 4, the font 5, `more` are those from 6 on. */
  const page = (resources: string, content: string, ...more: string[]): Uint8Array =>
    pdf(
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>${resources}>>>>`,
      content,
      FONT,
      ...more,
    );
  const DRAWN = "/XObject<</X 6 0 R>>";
  const drawing = stream(SAID.repeat(1000), `${FORM}/Resources<</Font<</F 5 0 R>>>>`);
  const forms = (depth: number, times: number): string[] =>
    Array.from({ length: depth }, (_, i) =>
      stream("/X Do ".repeat(times) + SAID, `${FORM}/Resources<</XObject<</X ${i + 7} 0 R>>>>`),
    );
  const MANY = "/X Do ".repeat(100_000);
  const unsummed = latin1(zlibSync(bytes(MANY)).slice(0, -4)); // without its checksum
  const small = { ...SLOW, expandedBytes: 1_000_000, ratio: 1e6 };
  const BLANKS = " ".repeat(1_100_000);
  const resized = (data: Uint8Array, box: string): Uint8Array =>
    Buffer.from(latin1(data).replace("[0 0 595 842]", box), "latin1");
  const hex = (text: string): string => Buffer.from(text, "latin1").toString("hex");

  test.each([
    ["a form that draws itself twice", page(DRAWN, stream("/X Do"), stream("/X Do /X Do", `${FORM}/Resources<<${DRAWN}>>`))],
    ["forms that draw forms", page(DRAWN, stream("/X Do"), ...forms(12, 10))],
    ["a page that draws a form 100,000 times", page(DRAWN, flate(deflated(MANY)), drawing)],
    ["the same behind a wrong checksum", page(DRAWN, flate(`${unsummed}abcd`), drawing)],
    ["the same in a stream that breaks off", page(DRAWN, flate(unsummed.slice(0, -3)), drawing)],
    ["the same by another spelling of the name", page("/XObject<</#58 6 0 R>>", flate(deflated(MANY)), drawing)],
    ["the same by a list in an object stream", page("/XObject 9 0 R", flate(deflated(MANY)), drawing, stream("9 0 <</X 6 0 R>>", "/Type/ObjStm"))],
    ["a page that shows a stream 3,000 times", pdf(`<</Type/Page/Contents[${"2 0 R ".repeat(3000)}]>>`, stream(SAID.repeat(3000)))],
    ["six million letters on a page", page("", flate(deflated(`BT (${each(500_000, (i) => `${i} `)}) Tj ET`)))],
  ])("with %s is refused", async (_, data) => {
    expect(await refused(data, { ...SLOW, ratio: 1e6 })).toBe(SHOWS_TOO_MUCH);
  });

  test.each([
    ["of blanks", flate(deflated(BLANKS))],
    ["behind a carriage return", flate(deflated(BLANKS)).replace("stream\n", "stream\r")],
    ["packed twice", flate(deflated(deflated(BLANKS)))],
    ["packed and written in hex", stream(`${hex(deflated(BLANKS))}>`, "/Filter[/ASCIIHexDecode/FlateDecode]")],
    ["packed and written in base 85", stream(`${base85(deflated(BLANKS))}~>`, "/Filter[/ASCII85Decode/FlateDecode]")],
  ])("with a stream %s is refused while it unpacks", async (_, content) => {
    expect(await refused(page("", content), small)).toBe(UNPACKS_TOO_MUCH);
    expect(await refused(page("", content))).toBe("LimitError: a part of it unpacks to more than 250 times its size");
  });

  test.each([
    ["objects", ["2 0 obj\n".repeat(700_000)]],
    ["objects in its streams", Array<string>(16).fill(flate(deflated("7 0 ".repeat(100_000))).replace("<<", "<</Type/ObjStm"))],
  ])("of more %s than a document has is refused", async (_, objects) => {
    expect(await refused(pdf(...objects), { ...SLOW, ratio: 1e6 })).toBe("LimitError: it is made of more parts than a document has");
  });

  test("that paints with tiles too small to be seen is refused", async () => {
    const tile = "/Type/Pattern/PatternType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>";
    const shown = stream(`/Pattern cs /P scn 0 0 600 900 re f ${SAID}`);
    expect(await refused(page("/Pattern<</P 6 0 R>>", shown, stream("0 0 1 1 re f", tile)))).toBe(
      "LimitError: it paints with tiles too small to be seen",
    );
  });

  test.each([
    ["draws a small form twice", page(DRAWN, stream(`/X Do /X Do ${SAID}`), stream(SAID, `${FORM}/Resources<</Font<</F 5 0 R>>>>`))],
    ["promises two thousand million objects", page("", stream(SAID), stream("1 0 2 0", "/Type/ObjStm/N 2000000000/First 10"))],
    ["numbers an object without end", page("", stream(SAID), stream(`${"1".repeat(5000)} 0 `, "/Type/ObjStm/N 2/First 10"))],
    ["is as large as numbers go", resized(page("", stream(SAID)), "[-1e38 -1e38 1e38 1e38]")],
  ])("that %s is read", async (_, data) => {
    expect(await reading(data)).toContain("Acme Ltd 2019-2024");
  });

  test.each([
    [
      "names for one form",
      page(
        `/XObject<<${each(4000, (i) => `/a${i} 6 0 R`)}>>`,
        flate(deflated(each(100_000, (i) => `/a${i} Do `))),
        stream(SAID, FORM),
      ),
    ],
    ["lists of contents that never end", pdf(...Array<string>(20).fill("/Contents[".repeat(6000)))],
    [
      "objects that share their text",
      page("", stream(SAID), stream(each(50_000, (i) => `${i} ${(i % 2) * 65_000} `) + "x".repeat(70_000), "/Type/ObjStm")),
    ],
  ])("with many %s costs no more than the clock allows", async (_, data) => {
    const start = performance.now();
    await reading(data, { ...LIMITS, seconds: 5 }).catch((problem: unknown) => expect(problem).toBeInstanceOf(ReadError));
    expect(performance.now() - start).toBeLessThan(50_000);
  });

  /** Four bytes are five digits. */
  function base85(text: string): string {
    const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4, "\0"), "latin1");
    return each(padded.length / 4, (i) => {
      const value = padded.readUInt32BE(4 * i);
      return each(5, (k) => String.fromCharCode(33 + (Math.floor(value / 85 ** (4 - k)) % 85)));
    });
  }
});

describe("a text", () => {
  test("of more than half a million lines is refused", async () => {
    expect(await refused("x\n".repeat(500_001))).toBe("LimitError: it has more than 500,000 lines");
    expect(await reading("x\n".repeat(500_000))).toHaveLength(1_000_000);
  });

  test.each([
    ["footnotes", "{\\footnote x}".repeat(30_000), 60_000],
    ["headers in headers", `${"{\\header x".repeat(350_000)}${"}".repeat(350_000)}`, 1],
    ["text boxes in text boxes", `${"{\\shp{\\shptxt x".repeat(200_000)}${"}".repeat(400_000)}`, 1],
  ])("as RTF with many %s is read", async (_, source, least) => {
    expect((await reading(`{\\rtf1 ${source}}`)).length).toBeGreaterThanOrEqual(least);
  });

  test.each([
    ["much text", "Jane ".repeat(900_000), "LimitError: it has 4,500,008 characters without its pictures, the limit is 4,194,304"],
    ["fonts without names", `{\\fonttbl${"\\f1\\fcharset0 ".repeat(9000)}}x`, "DamagedFileError: its table of fonts makes no sense"],
    ["fonts without sets", `{\\fonttbl${"\\f1;".repeat(90_000)}}x`, "DamagedFileError: its table of fonts makes no sense"],
  ])("as RTF with %s is refused", async (_, source, cause) => {
    expect(await refused(`{\\rtf1 ${source}}`)).toBe(cause);
  });
});

test("numbers that are written twice are Python's", () => {
  const NUMBER = /^(?:export )?(?:const )?_?([A-Z_]+) = ([\d_.]+(?: (?:\*|<<) \w+)?)(?=\s|;|$)/gm;
  const numbers = (file: string): Map<string, string> => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    return new Map(Array.from(source.matchAll(NUMBER), ([, name, value]) => [name!, value!]));
  };
  const WRITTEN = {
    css: "MAX_BRACKETS CLOCK",
    limits: "LINES PAIRS COPIES",
    markup: "MANY CLOCK SHORT",
    pdfcost: "MOST_SHOWN MOST_DRAWN MOST_KEPT LEAST_TILE DEPTH STEP LISTED RECORD",
    pieces: "MAX_REACH",
    rtf: "MOST FONTS TAIL",
    rtfgroups: "DEPTH CLOCK",
    sniff: "MEMBERS",
  };
  for (const [file, names] of Object.entries(WRITTEN))
    for (const name of names.split(" ")) {
      const python = numbers(`src/rolefit/reading/${file}.py`).get(name);
      expect(python, name).toBeDefined();
      expect(numbers(`web/src/reading/${file}.ts`).get(name), name).toBe(python);
    }
  expect(limits.MIB).toBe(1024 * 1024);
});

test("words that are written twice are Python's", () => {
  const words = (file: string, name: string): string[] => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    const written = new RegExp(`^(?:export )?(?:const )?_?${name} = ([^]*?)\\n(?=\\S)(?![\\])}])`, "m").exec(source)?.[1] ?? "";
    const quoted = Array.from(written.matchAll(/"([^"]*)"/g), ([, inside]) => inside!.split(" "));
    return quoted.flat().filter(Boolean).sort();
  };
  const WRITTEN = {
    csslook: "KEEPING",
    docx: "SETTINGS",
    html: "PICTURES BLOCK_BOXES INLINE_BOXES SPREADING",
    rtfgroups: "SHAPES",
  };
  for (const [file, names] of Object.entries(WRITTEN))
    for (const name of names.split(" ")) {
      const python = words(`src/rolefit/reading/${file}.py`, name);
      expect(python.length, name).toBeGreaterThan(1);
      expect(words(`web/src/reading/${file}.ts`, name), name).toEqual(python);
    }
});
