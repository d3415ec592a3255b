/** Files as they are given to the page: what may be missing, and which of two with one name stays. */

import { describe, expect, test } from "vitest";
import { fromDrop, type GivenFile, gone, merged } from "../src/page/dropped";

function given(name: string, content = "a", lastModified = 1): GivenFile {
  return { file: new File([content], name.split("/").at(-1)!, { lastModified }), name };
}

const names = (files: readonly GivenFile[]): string[] => files.map(({ name }) => name);

describe("two files of one name", () => {
  test("of one folder: the later one replaces the other", () => {
    const [old, changed] = [given("cv/ann.pdf"), given("cv/ann.pdf", "b", 2)];
    expect(merged([old, given("cv/ben.pdf")], [changed])).toEqual([changed, given("cv/ben.pdf")]);
  });

  test("of different folders: both stay", () => {
    expect(names(merged([given("a/cv.pdf")], [given("b/cv.pdf"), given("cv.pdf")]))).toEqual(["a/cv.pdf", "b/cv.pdf", "cv.pdf"]);
  });

  test("of places that are not known: both stay, and are told apart", () => {
    const files = merged([given("cv.pdf")], [given("cv.pdf", "bb"), given("cv.pdf", "ccc")]);
    expect(names(files)).toEqual(["cv.pdf", "cv.pdf (2)", "cv.pdf (3)"]);
    expect(files.map(({ file }) => file.size)).toEqual([1, 2, 3]);
  });

  test("the same file chosen again is there once", () => {
    const files = merged([given("cv.pdf")], [given("cv.pdf", "bb")]);
    expect(names(merged(files, [given("cv.pdf", "bb"), given("cv.pdf")]))).toEqual(["cv.pdf", "cv.pdf (2)"]);
  });

  test("a file that was changed since is replaced by what is chosen now", async () => {
    const [old, other, changed] = [given("cv.pdf"), given("ann.pdf"), given("cv.pdf", "new", 2)];
    old.file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) }) as unknown as Blob;
    const unreadable = await gone([old, other], [changed]);
    expect([...unreadable]).toEqual([old.file]);
    expect(merged([old, other], [changed], unreadable)).toEqual([changed, other]);
  });
});

describe("a drop", () => {
  const file = (name: string, opens = true) => ({
    isFile: true, name,
    file: (done: (file: File) => void, failed: (error: Error) => void) => (opens ? done(new File(["a"], name)) : failed(new Error("gone"))),
  });
  const folder = (name: string, inside: readonly unknown[], opens = true) => ({
    isFile: false, name,
    createReader: () => {
      const batches = [inside, []];
      return { readEntries: (done: (entries: unknown) => void, failed: (error: Error) => void) => (opens ? done(batches.shift()) : failed(new Error("no"))) };
    },
  });
  const dropped = (...entries: unknown[]): DataTransfer =>
    ({ files: [], items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) }) as unknown as DataTransfer;

  test("opens folders and leaves hidden files out", async () => {
    const { files, unopened } = await fromDrop(dropped(folder("cv", [file("b.pdf"), file(".hidden"), folder("old", [file("a.pdf")])]), file("z.txt")));
    expect(names(files)).toEqual(["cv/b.pdf", "cv/old/a.pdf", "z.txt"]);
    expect(unopened).toEqual([]);
  });

  test("goes on behind what cannot be opened, and names it", async () => {
    const { files, unopened } = await fromDrop(dropped(file("gone.pdf", false), folder("cv", [file("x.pdf", false), file("b.pdf")]), folder("locked", [], false), file("z.txt")));
    expect(names(files)).toEqual(["cv/b.pdf", "z.txt"]);
    expect(unopened).toEqual(["gone.pdf", "cv/x.pdf", "locked"]);
  });
});
