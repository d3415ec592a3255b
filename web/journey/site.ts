/** An exported site, served as people would serve it, and a browser that may talk to nobody else. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export const ROOT = new URL("../../", import.meta.url).pathname;
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const python = process.env.PYTHON ?? join(ROOT, ".venv/bin/python");
const lowered = process.env.LOWER ? [process.env.LOWER] : []; // a command that lowers the priority

export function rolefit(...args: string[]): string {
  const [command, ...rest] = [...lowered, python, "-m", "rolefit", ...args] as [string, ...string[]];
  try {
    return execFileSync(command, rest, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const failed = error as { status: number; stdout: string; stderr: string };
    if (failed.status === 3) return failed.stdout; // a resume was not read; the others are there
    throw new Error(`rolefit ${args.join(" ")}: ${failed.stderr}`);
  }
}

/** Where the exported site lies; SITE names one that exists. */
export function exported(): string {
  const site = process.env.SITE ?? join(mkdtempSync(join(tmpdir(), "rolefit-site-")), "site");
  if (!existsSync(site)) rolefit("export", "web", "--out", site);
  return site;
}

export interface Served {
  readonly url: string;
  stop(): void;
}

/** `plain`: with Python's own server, which sends none of our headers. */
export async function serve(site: string, plain = false): Promise<Served> {
  const args = plain
    ? ["-u", "-m", "http.server", "--directory", site, "--bind", "127.0.0.1", "0"]
    : ["-m", "rolefit", "serve-web", site, "--port", "0"];
  const server: ChildProcess = spawn(python, args, { cwd: ROOT, env: { ...process.env, PYTHONUNBUFFERED: "1" } });
  const url = await new Promise<string>((found, failed) => {
    let said = "";
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const match = /https?:\/\/[\d.]+:\d+\//.exec(said);
      if (match) found(match[0]);
    };
    server.stdout!.on("data", listen);
    server.stderr!.on("data", listen);
    server.on("exit", () => failed(new Error(`the server ended: ${said}`)));
  });
  return { url, stop: () => server.kill() };
}

export async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find(existsSync);
  if (!executablePath)
    throw new Error(`expected Chromium at one of ${BROWSERS.join(", ")}. Install it: apt-get install chromium`);
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--enable-precise-memory-info",
    ],
  });
}

/** A page that remembers every request it made to anywhere else, and every complaint of its own. */
export async function open(context: BrowserContext, url: string) {
  const page = await context.newPage();
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  const origin = new URL(url).origin;
  context.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(blob|data):/.test(request.url())) elsewhere.push(request.url());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, elsewhere, complaints };
}

export async function ready(page: Page): Promise<string> {
  await page.waitForFunction(() => /^Ready|could not/.test(document.getElementById("engine")!.textContent!), null, {
    timeout: 240_000,
  });
  return page.locator("#engine").innerText();
}

/** Number of the tab's process: of all renderers the one that has used most. */
export async function tabProcess(browser: Browser): Promise<number> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  const tabs = processInfo.filter((info) => info.type === "renderer");
  return tabs.sort((a, b) => b.cpuTime - a.cpuTime)[0]!.id;
}

/** Memory of a process in MB: "VmRSS" what it has, "VmHWM" the most that it had. */
export function megabytes(pid: number, field: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)![1]) / 1024;
}
