/** The worker's queue: what fails in it, and that it goes on. */

import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { FromEngine, ToEngine } from "../src/engine/protocol";

const rooms = vi.hoisted(() => ({
  explainer: () => Promise.resolve(() => Promise.resolve({ explanation: { evidence: [] } })) as Promise<unknown>,
  markDuplicates: () => [] as unknown[],
  openReader: async (): Promise<unknown> => ({}),
  pdfium: 0, // times that it was opened
}));
vi.mock("../src/bundle", () => ({ MANIFEST: "manifest.json", TAXONOMY: "taxonomy.json", manifestOf: () => ({}), taker: () => undefined, openBundle: async () => ({ name: "tiny", version: "1", sha256: "" }) }));
vi.mock("../src/engine/download", () => ({ READER: {}, openNewest: (_base: string, _progress: unknown, open: (load: unknown) => unknown) => open(async () => new Uint8Array()) }));
vi.mock("../src/reader/folder", () => ({ openReader: () => rooms.openReader() }));
vi.mock("../src/session", () => ({ checkEngine: () => undefined, openReaderSession: () => undefined, openSession: async () => ({ backend: "none", threads: 1 }) }));
vi.mock("../src/pdfium", () => ({ openPdfium: async () => ++rooms.pdfium }));
vi.mock("../src/matcher", () => ({
  bestFirst: (found: unknown[]) => found,
  markDuplicates: () => rooms.markDuplicates(),
  Matcher: class {
    constructor(readonly bundle: unknown, readonly session: unknown, private readonly openPdfium: () => Promise<unknown>) {}
    intake = {
      read: async (text: string) => ({ text }),
      prepare: async ({ text }: { text: string }) => {
        if (text === "a PDF") await this.openPdfium();
        return {};
      },
    };
    mapper = { score: () => 70 };
    compare = async () => ({ match: {}, findings: [] });
    reviewer = async () => async () => ({
      compared: { match: MATCH, findings: [{ ask: { must: true, licences: [] }, strength: 1 }] },
      read: async () => [{ status: "not shown" }],
    });
    explainer = () => rooms.explainer();
  },
}));

const MATCH = { score: 70, features: { values: [70] } };
const said: FromEngine[] = [];
const ask = (message: ToEngine): void => self.onmessage!({ data: message } as MessageEvent);
const fetched = vi.fn<() => Promise<Response>>();

/** The first message of this type from now on. */
async function hear<T extends FromEngine["type"]>(type: T): Promise<Extract<FromEngine, { type: T }>> {
  await vi.waitFor(() => expect(said.map((message) => message.type)).toContain(type));
  const at = said.findIndex((message) => message.type === type);
  return said.splice(0, at + 1)[at] as Extract<FromEngine, { type: T }>;
}

beforeAll(async () => {
  vi.stubGlobal("self", { postMessage: (message: FromEngine) => said.push(message) });
  vi.stubGlobal("fetch", fetched);
  for (const told of ["error", "warn"] as const) vi.spyOn(console, told).mockImplementation(() => undefined);
  fetched.mockResolvedValueOnce(new Response("", { status: 503 }));
  await import("../src/engine/worker");
  ask({ type: "open", base: "https://host.example/", threads: 1 });
  await hear("ready");
});

beforeEach(() => void (said.length = 0));
afterAll(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const rank = (run: number, ...resumes: string[]): void => ask({ type: "rank", run, job: { text: "a job" }, resumes: resumes.map((text) => ({ text })) });

test("pdfium is asked for before the engine is ready; a failure of it refuses this PDF and no later one", async () => {
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(rooms.pdfium).toBe(0);
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue(new Response("wasm"));
  rank(1, "a PDF", "a PDF", "a PDF");
  const { index, error } = await hear("not-read");
  expect(index).toBe(0);
  expect(error).toMatchObject({ cause: "the part of this page that reads PDFs could not be loaded", remedy: "Check the connection and try again." });
  await hear("ranked");
  expect(said.filter(({ type }) => type === "not-read")).toEqual([]);
  expect([fetched.mock.calls.length, rooms.pdfium]).toEqual([3, 1]);
});

test("evidence that failed is tried again", async () => {
  const { explainer } = rooms;
  rank(2, "a resume");
  await hear("ranked");
  rooms.explainer = () => Promise.reject(new Error("no memory"));
  ask({ type: "explain", run: 2, index: 0 });
  await hear("not-read");
  rooms.explainer = explainer;
  ask({ type: "explain", run: 2, index: 0 });
  expect((await hear("explained")).index).toBe(0);
});

test("a task that fails as nobody foresaw is answered, and the next one is done", async () => {
  rooms.markDuplicates = () => {
    throw new Error("array too long");
  };
  rank(3, "a resume");
  expect((await hear("broke-off")).error.cause).toContain("array too long");
  rooms.markDuplicates = () => [];
  rank(4, "a resume");
  expect((await hear("ranked")).run).toBe(4);
});

test("each person of a table is one of those asked for, and is read again from it to be explained", async () => {
  const file = new File(['id,resume\nA,"Ann, baker"\nB,"Ben, clerk"\nC,\n'], "people.csv");
  ask({ type: "rank", run: 5, job: { text: "a job" }, resumes: [{ text: "a resume" }, { file, name: "people.csv" }] });
  expect((await hear("progress")).total).toBe(5); // one more than there are: the last is being scored
  expect((await hear("not-read")).error).toMatchObject({ file: "people.csv/C", cause: 'row 4 says nothing in "resume"' });
  expect((await hear("ranked")).asked).toBe(4);
  const { explainer } = rooms;
  const sources: { name: string; data: Uint8Array }[] = [];
  rooms.explainer = async () => (source: { name: string; data: Uint8Array }) => (sources.push(source), { explanation: { evidence: [] } });
  ask({ type: "explain", run: 5, index: 2 }); // behind those given: the second row
  await hear("explained");
  rooms.explainer = explainer;
  expect(sources.map(({ name, data }) => [name, new TextDecoder().decode(data)])).toEqual([["people.csv/B", "Ben, clerk"]]);
});

test("what a person decided by is read; where it cannot be, everybody goes by the nearest lines, and why is said", async () => {
  rooms.markDuplicates = () => [MATCH];
  const confirmed = { job: "", jobSha256: "", wishes: [{ id: "r1", text: "Bread", kind: "required" as const, must: true, byLaw: false }] };
  const ranked = async (run: number) => {
    ask({ type: "rank", run, job: { text: "a job" }, resumes: [{ text: "a resume" }], confirmed });
    const { ranked, byLines } = await hear("ranked");
    return [ranked[0]!.weighted!.statuses, byLines];
  };
  rooms.openReader = () => Promise.reject(new Error("it cannot be reached"));
  expect(await ranked(6)).toEqual([[["r1", "met"]], "it cannot be reached"]);
  rooms.openReader = async () => ({});
  expect(await ranked(7)).toEqual([[["r1", "not shown"]], undefined]);
});
