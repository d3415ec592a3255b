import { expect, test } from "vitest";
import { once } from "../src/once";

test("what could be made is made once, what failed is tried again", async () => {
  let calls = 0;
  const get = once(() => (++calls === 1 ? Promise.reject(new Error("no network")) : Promise.resolve(calls)));
  const both = [get(), get()]; // at the same time: one try
  await expect(both[0]).rejects.toThrow("no network");
  await expect(both[1]).rejects.toThrow("no network");
  expect([await get(), await get(), calls]).toEqual([2, 2, 2]);
});
