import { strToU8 as bytes, zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { inflate } from "../src/reading/inflate";

describe("deflate", () => {
  const packed = zlibSync(bytes("Jane ".repeat(10_000))).slice(2);
  const joined = (data: Uint8Array): [string, string] => {
    let text = "";
    try {
      for (const piece of inflate(data)) text += Buffer.from(piece).toString("latin1");
    } catch (error) {
      return [text, (error as Error).message];
    }
    return [text, ""];
  };

  test("ends where it says so, however much follows", () => {
    const long = new Uint8Array(8_000_000);
    long.set(packed);
    expect(joined(long)).toEqual(["Jane ".repeat(10_000), ""]);
  });

  test("gives all that stands before the damage, and says that there is damage", () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `${i} `).join("");
    const data = zlibSync(bytes(text)).slice(2, -2000);
    const [found, damage] = joined(data);
    expect(damage).toBe("unexpected EOF");
    expect(text.startsWith(found) && found.length > 0.9 * text.length).toBe(true);
    data.fill(255, 30_000, 30_100);
    expect(joined(data)[1]).not.toBe("");
    expect(joined(data)[0].slice(0, 50_000)).toBe(text.slice(0, 50_000));
  });
});
