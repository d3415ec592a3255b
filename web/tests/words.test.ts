import { describe, expect, test } from "vitest";
import { claimed, disclaimed } from "../src/language/claims";
import { clean, withoutLookalikes } from "../src/language/clean";
import { share } from "../src/language/english";
import { compose, original, rewrite } from "../src/language/offsets";
import { Phrases } from "../src/language/phrases";
import * as places from "../src/language/places";
import { Pattern } from "../src/language/re";
import * as sections from "../src/language/sections";
import { lowered, stem, words } from "../src/language/words";
import { istitle, numberOf, roundHalfEven, split } from "../src/python";
import { language } from "./language";

describe("words", () => {
  test("keep the signs that make a name of them", () => {
    expect(words("C++, C#, .NET and Node.js; R&D.")).toEqual(["c++", ",", "c#", ",", ".net", "and", "node", "js", ";", "r&d", "."]);
  });

  test("share a stem in all their forms", () => {
    expect(["manage", "manages", "managed", "managing"].map(stem)).toEqual(Array(4).fill("manag"));
    expect(["stopped", "studies", "studied", "classes", "engineer", "bus"].map(stem)).toEqual(
      ["stop", "studi", "studi", "class", "engineer", "bus"],
    );
  });

  test("are made small without moving what follows", () => {
    expect(lowered("\u0130zmir \u1e9e A")).toHaveLength("\u0130zmir \u1e9e A".length);
  });
});

describe("phrases", () => {
  const found = (list: string, text: string) => new Phrases({ x: list }).find(text).map((hit) => text.slice(hit.start, hit.end));

  test("are found as whole words, or before any ending where a star stands", () => {
    expect(found("lead, licen*", "leader, lead; licensed")).toEqual(["lead", "licen"]);
  });

  test("may hold numbers, choices, and words that do not matter", () => {
    expect(found("at least # years", "at  least 12 years old")).toEqual(["at  least 12 years"]);
    expect(found("able (to|and) (carry|lift)*", "able to lift")).toEqual(["able to lift"]);
    expect(found("able (to )?lifting", "able lifting")).toEqual(["able lifting"]);
    expect(found("must ~have", "must at all times have it")).toEqual(["must at all times have"]);
  });

  test("that could begin in the midst of too many words are refused", () => {
    expect(() => new Phrases({ x: "an* one" })).toThrow(/whole or begins with 4 letters/);
    expect(new Phrases({ x: "one, two\nthree*" }).check()).toBe(3);
  });
});

describe("places", () => {
  test("are a city with its state, and alone if nothing else is there", () => {
    expect(places.find("Cook at Joe's, Dayton, OH 45402")?.group()).toContain("Dayton, OH");
    expect([places.only("Dayton, OH"), places.only("Dayton, OH, cook"), places.only("City")]).toEqual([true, false, true]);
    expect(places.find("Cook at Joe's in Dayton")).toBeUndefined();
  });
});

test("a section lasts from its heading to the next one", () => {
  const text = "Ann\nSKILLS:\nJava\nWork Experience\nCook";
  const where = sections.find(text);
  expect(["Ann", "Java", "Cook"].map((word) => where.at(text.indexOf(word)))).toEqual(["", "skills", "experience"]);
});

describe("cleaning", () => {
  test("makes one text of what looks the same", () => {
    const cleaned = (text: string) => clean(text)[0];
    expect(cleaned("cafe\u0301 \ufb01ne soft\u00adware")).toBe("caf\u00e9 fine software");
    expect(cleaned("\u{1d5e3}\u{1d606} and \uff2a\uff41")).toBe("Py and Ja");
    expect(cleaned("\uf0b7 one\r\n\u25aa\ttwo\n-  three")).toBe("\u2022 one\n\u2022 two\n\u2022 three");
    expect(cleaned(`${"plan ".repeat(9)}inten-\nsive care`)).toBe(`${"plan ".repeat(9)}intensive care`);
  });

  test("tells of what a reader could not see", () => {
    const codes = (text: string) => clean(text)[2].map((notice) => [notice.code, notice.message.split(" ")[0]]);
    expect(codes("zero\u200bwidth")).toEqual([["zero-width", "The"]]);
    expect(codes("P\u0443th\u043en")).toEqual([["homoglyphs", "1"]]);
    expect(codes("\u041f\u0440\u0438\u0432\u0435\u0442")).toEqual([]);
  });

  test("leaves the way back to every span of the original", () => {
    for (const { text } of language.documents) {
      const [cleaned, edits] = clean(text);
      const [again] = rewrite(text, edits.map(([start, end, first, last]) => [start, end, cleaned.slice(first, last)] as const));
      expect(again).toBe(cleaned);
      expect(original(edits, 0, cleaned.length)[1]).toBeLessThanOrEqual(text.length);
    }
    const [middle, one] = rewrite("abcdef", [[1, 2, "XYZ"]]);
    const [, two] = rewrite(middle, [[2, 4, ""]]);
    expect(compose(one, two)).toEqual([[1, 2, 1, 2]]);
  });

  test("reads look-alike letters as Latin ones only among Latin ones", () => {
    expect(withoutLookalikes("P\u0443th\u043en")).toBe("Python");
    expect(withoutLookalikes("\u041f\u0440\u0438\u0432\u0435\u0442")).toBe("\u041f\u0440\u0438\u0432\u0435\u0442");
  });
});

describe("a claim", () => {
  const of = (judge: typeof claimed, name: string, text: string) => judge(text, text.indexOf(name), text.indexOf(name) + name.length);

  test("is what is said of the writer's own doing, neither wished nor of others", () => {
    expect(of(claimed, "Java", "Built billing in Java.")).toBe(true);
    expect(of(claimed, "Java", "Sat next to the Java team.")).toBe(false);
    expect(of(claimed, "Rust", "Eager to learn:\n- Rust")).toBe(false);
  });

  test("is taken back by the words right before it", () => {
    expect(of(disclaimed, "Kubernetes", "Docker, but no Kubernetes yet")).toBe(true);
    expect(of(disclaimed, "Kubernetes", "Not only Kubernetes")).toBe(false);
  });
});

test("a text's share of English words says whether it is English, if it has enough words", () => {
  expect(share("the cook and the boss")).toBeNull();
  expect(share("the cook of a house with years of work ".repeat(6))).toBeGreaterThan(0.3);
  expect(share("der Koch aus dem Haus mit viel Arbeit ".repeat(6))).toBe(0);
});

describe("as in Python", () => {
  test("titles have a capital where a word begins, and nowhere else", () => {
    expect(["Sous Chef", "O'Neil", "It's", "SQL", "chef", "12"].map(istitle)).toEqual([true, true, false, false, false, false]);
  });

  test("digits of every script are numbers, and a half is rounded to even", () => {
    expect([numberOf("\u0661\u0662.5"), numberOf("\u{1d7d9}\u{1d7d8}")]).toEqual([12.5, 10]);
    expect([0.5, 1.5, 2.5, -0.4, 2.51].map(roundHalfEven)).toEqual([0, 2, 2, -0, 3]);
  });

  test("a pattern that finds nothing before a character of two units goes on behind it", () => {
    const found = [...new Pattern({ pattern: "(?<=a)|b", flags: "u" }).finditer("a\u{1f600}b")];
    expect(found.map((match) => match.span())).toEqual([[1, 1], [3, 4]]);
  });

  test("blanks of every kind part words, but no byte order mark", () => {
    expect(split(" a\u00a0b\x1cc\ufeffd ")).toEqual(["a", "b", "c\ufeffd"]);
  });
});
