/** How readers lay out and judge HTML, RTF and DOCX: the main cases of tests/reading, which has them all. */

import { strToU8 as bytes, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { read } from "../src/reading";
import type { Document } from "../src/records";
import { testPdfium } from "./golden";

const SECRET = "zebrawood quartzite";

async function lines(data: Uint8Array): Promise<string[]> {
  const { text } = await read(data, "x", testPdfium);
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

describe("a page", () => {
  const source = (body: string, style = "", head = ""): Uint8Array =>
    bytes(`<!doctype html><title>x</title>${head}${style && `<style>${style}</style>`}${body}`);
  const page = (body: string, style = "", head = ""): Promise<string[]> => lines(source(body, style, head));
  const hides = async (body: string, style = "", head = ""): Promise<boolean> => {
    const found: Document = await read(source(`<h2>Jane</h2>${body}`, style, head), "x", testPdfium);
    return !found.text.includes("zebrawood") && found.notices.some(({ code }) => code === "hidden-text");
  };
  const WHITE = `<h1 style='color:#fff'>${SECRET}</h1>`;

  test("keeps the line breaks that are shown", async () => {
    expect(await page("<pre>Experience\n<b>Acme</b> 2019\n<i>SQL</i></pre>")).toEqual(["Experience", "Acme 2019", "SQL"]);
    expect(await page("<div style='white-space:pre-line'>Tasks\n- Python</div>")).toEqual(["Tasks", "- Python"]);
  });

  test("has the lines, cells and gaps that its styles make", async () => {
    const chips = "<div><span>Python</span><span>Docker</span></div>";
    expect(await page(chips)).toEqual(["PythonDocker"]);
    expect(await page(chips, "div{display:flex}")).toEqual(["Python Docker"]);
    expect(await page(chips, "span{display:inline-block}")).toEqual(["Python Docker"]);
    expect(await page(chips, "span{display:block}")).toEqual(["Python", "Docker"]);
    expect(await page(chips, "span{display:table-cell}")).toEqual(["Python\tDocker"]);
  });

  test("has its buttons and shadow roots read, and no templates", async () => {
    const body = "<job-ad><template shadowrootmode=open><p>Python<template>x</template></template>light</job-ad>";
    expect(await page(`<button>Tasks</button>${body}<template>never</template>`)).toEqual(["Tasks", "Python", "light"]);
  });

  test.each([
    [String.raw`.off{display:none}@media (min-width:1px){.md\:on{display:block}}`, "class='off md:on'"],
    [".p{display:none}.p:not([hidden]){display:block}", "class=p"],
    ["@media (width<=767px){p{display:none}}", ""],
    ["p:hover{display:none}", ""],
    [".p{display:block!important}", "class=p style='display:none'"],
    ["html{font-size:100px}p{font-size:.12rem}", ""],
    ["p{width:1%;overflow:hidden}", ""],
    ["p{width:0;flex:1;overflow:hidden}", ""],
  ])("with the rules %s shows what they show", async (style, attributes) => {
    expect(await hides(`<p ${attributes}>${SECRET}</p>`, style)).toBe(false);
  });

  test.each([
    ["p:not(.q){display:none}", ""],
    ["p:nth-child(even){display:none}", ""],
    [".p{display:none!important}.q{display:block}", "class='p q'"],
    ["p{max-width:0;overflow:hidden}", ""],
    [":root{font-size:1px}h2{font-size:9px}p{font-size:1rem}", ""],
  ])("with the rules %s hides what they hide", async (style, attributes) => {
    expect(await hides(`<p ${attributes}>${SECRET}</p>`, style)).toBe(true);
  });

  test.each([
    [WHITE, "<link rel=stylesheet href=a.css>"],
    [WHITE, "<style>@import 'a.css';</style>"],
    [`<div><img src=a style='position:absolute'>${WHITE}</div>`, ""],
    [`<img src=a><div style='position:absolute'>${WHITE}</div>`, ""],
    [`<table><tr><td background=a.jpg>${WHITE}</table>`, ""],
    [`<div style='background:#000'><a href=x>${SECRET}</a></div>`, ""],
  ])("shows white words where what lies behind them is not known: %s %s", async (body, head) => {
    expect(await hides(body, "", head)).toBe(false);
  });

  test.each([
    [WHITE, "<link rel=stylesheet href=https://fonts.googleapis.com/css2>"],
    [`<div style='background:#fff'>${WHITE}</div>`, "<link rel=stylesheet href=a.css>"],
    [`<div><img src=a>${WHITE}</div>`, ""],
    [`<div style='color:#fff'><a style='color:inherit' href=x>${SECRET}</a></div>`, ""],
  ])("hides white words on white: %s %s", async (body, head) => {
    expect(await hides(body, "", head)).toBe(true);
  });

  test("of too many rules has its strongest read", async () => {
    const many = Array.from({ length: 2100 }, (_, i) => `.f${i}{color:#123}.g${i}{margin-left:${i}px}`).join("");
    expect(await hides(`<p id=x>${SECRET}</p>`, `${many}#x{display:none}`)).toBe(true);
  });

  test.each(["idna", "punycode", "utf-7", "utf-32", "unicode", "utf-16", "x-user-defined"])(
    "that names the encoding %s, which no page has, is UTF-8",
    async (charset) => expect(await lines(bytes(`<html><meta charset=${charset}><p>Zürich`))).toEqual(["Zürich"]),
  );

  test("is known by three of its tags, wherever they stand", async () => {
    for (const fragment of ["<em>Join</em> us<hr>x", "Join us<br><p>x</p>", `${" ".repeat(5000)}<!--${"x".repeat(5000)}--><p>x`])
      expect((await read(bytes(fragment), "x", testPdfium)).kind).toBe("html");
    for (const text of ["I know <div>, <span>, <p> and <table>", "# Jane\n<br><br><br>"])
      expect((await read(bytes(text), "x", testPdfium)).kind).toBe("text");
  });
});

describe("RTF", () => {
  const rtf = (body: string): Promise<string[]> => lines(latin1(String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}${body}}`));

  test("is read past raw data and words that begin as it does", async () => {
    const picture = String.raw`{\*\shppict{\pict{\*\picprop}\pngblip 89504e47}}{\pict\bin8 }}\par\\}`;
    expect(await rtf(String.raw`\binfsxn4\binsxn4${picture}C:\\bin\par Jane\par`)).toEqual(["C:\\bin", "Jane"]);
  });

  test("has the text of its headers, text boxes, footnotes and footers", async () => {
    const box = String.raw`{\shp{\*\shpinst{\sp{\sn a}{\sv 202}}{\shptxt \pard Skills\par}}}`;
    const around = String.raw`{\header \pard Jane\par}{\headerf never}{\footer \pard 1\par}`;
    const body = String.raw`\pard ${box}Led a team{\footnote \pard of \{five\}\par}\column of nurses\par`;
    expect(await rtf(around + body)).toEqual(["Jane", "Skills", "Led a team", "of nurses", "of {five}", "1"]);
  });
});

describe("a Word file", () => {
  const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const RELATED = "http://schemas.openxmlformats.org/package/2006/relationships";
  const NAMES =
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="w" xmlns:a="a" xmlns:wps="s" ' +
    `xmlns:w14="o" xmlns:v="v" xmlns:r="${R}"`;
  const run = (look: string, words = SECRET): string => `<w:p><w:r><w:rPr>${look}</w:rPr><w:t>${words}</w:t></w:r></w:p>`;
  const WHITE = '<w:color w:val="FFFFFF"/>';
  const FILL = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>';
  const docx = (body: string, settings = "", ground = ""): Uint8Array =>
    zipSync({
      "[Content_Types].xml": bytes("<Types/>"),
      "word/document.xml": bytes(`<w:document ${NAMES}>${ground}<w:body>${run("", "body")}${body}</w:body></w:document>`),
      "word/_rels/document.xml.rels": bytes(
        `<Relationships xmlns="${RELATED}"><Relationship Id="h" Type="${R}/header" Target="part.xml"/>` +
          `<Relationship Id="s" Type="${R}/settings" Target="settings.xml"/></Relationships>`,
      ),
      "word/part.xml": bytes(`<w:hdr ${NAMES}>${run("", "Jane")}</w:hdr>`),
      "word/settings.xml": bytes(`<w:settings ${NAMES}>${settings}</w:settings>`),
    });
  const shape = (fill: string, extent = "4000000", more = "", look = WHITE): string =>
    `<w:p><w:r><w:drawing><wp:anchor><wp:extent cx="${extent}" cy="900000"/><wps:wsp><wps:spPr>${fill}</wps:spPr>` +
    `<w:txbxContent>${run(look)}</w:txbxContent>${more}</wps:wsp></wp:anchor></w:drawing></w:r></w:p>`;
  const header = (kind: string, more = ""): string =>
    `<w:sectPr><w:headerReference w:type="${kind}" r:id="h"/>${more}</w:sectPr>`;

  test("has the headers read that any page shows", async () => {
    expect(await lines(docx(header("default")))).toEqual(["Jane", "body"]);
    expect(await lines(docx(header("first")))).toEqual(["body"]);
    expect(await lines(docx(header("first", "<w:titlePg/>")))).toEqual(["Jane", "body"]);
    expect(await lines(docx(header("first") + "<w:sectPr><w:titlePg/></w:sectPr>"))).toEqual(["Jane", "body"]);
    expect(await lines(docx(header("even")))).toEqual(["body"]);
    expect(await lines(docx(header("even"), "<w:evenAndOddHeaders/>"))).toEqual(["Jane", "body"]);
  });

  test("has words in white read where its background is dark, and is shown", async () => {
    const ground = '<w:background w:color="1F3864"/>';
    expect(await lines(docx(run(WHITE), "<w:displayBackgroundShape/>", ground))).toEqual(["body", SECRET]);
    expect(await lines(docx(run(WHITE), "", ground))).toEqual(["body"]);
  });

  test.each([
    ["solid shading", run(`<w:shd w:val="solid" w:color="1F3864" w:fill="auto"/>${WHITE}`)],
    ["half a pattern", run(`<w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>${WHITE}`)],
    ["a white line around a fill", shape(`<a:ln>${FILL.replace("accent1", "bg1")}</a:ln><a:fillRef idx="1"/>`)],
    ["a darker white", shape('<a:solidFill><a:schemeClr val="bg1"><a:lumMod val="5"/></a:schemeClr></a:solidFill>')],
    ["filled letters", run(`${WHITE}<w14:textFill>${FILL}</w14:textFill>`)],
    ["a box that grows", shape("", "14605", "<wps:bodyPr><a:spAutoFit/></wps:bodyPr>", "")],
  ])("with %s has its words read", async (_, body) => {
    expect(await lines(docx(body))).toEqual(["body", SECRET]);
  });

  test.each([
    ["a pattern as good as white", run(`<w:shd w:val="pct5" w:color="auto" w:fill="FFFFFF"/>${WHITE}`)],
    ["a line around no fill", shape(`<a:ln>${FILL}</a:ln>`)],
    ["an outline of nothing", run(`${WHITE}<w14:textOutline><a:noFill/></w14:textOutline>`)],
    ["a small box", shape("", "14605", "<wps:bodyPr/>", "")],
  ])("with %s has its words left out", async (_, body) => {
    expect(await lines(docx(body))).toEqual(["body"]);
  });
});
