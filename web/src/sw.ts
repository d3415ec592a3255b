/**
 * The offline copy. `rolefit export web` puts the list of the page's files, and a version made from
 * their hashes, in front of this file: one changed byte anywhere makes a new version.
 *
 * It also adds the headers that let a page use several threads, and the page's own policy, for hosts that
 * do not send them: what a page says of itself in its text does not cover its worker.
 */

interface Site {
  readonly version: string;
  readonly files: readonly string[];
}

const worker = self as unknown as ServiceWorkerGlobalScope & { readonly ROLEFIT_SITE?: Site };
const site = worker.ROLEFIT_SITE ?? { version: "unlisted", files: [] };
const scope = worker.registration.scope;
const prefix = `rolefit-page ${new URL(scope).pathname} `;
const name = prefix + site.version;
const index = new URL("index.html", scope).href;
const own = [scope, index].map((url) => new URL(url).pathname); // of the page; what else lies below is not ours
// That of index.html.
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; form-action 'none'";

worker.addEventListener("install", (event) => {
  const urls = site.files.map((file) => new Request(new URL(file, scope), { cache: "reload" }));
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(urls)));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const key of await caches.keys()) if (key.startsWith(prefix) && key !== name) await caches.delete(key);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener("message", (event) => {
  if (event.data === "use-now") void worker.skipWaiting();
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const navigation = request.mode === "navigate";
  if (navigation && !own.includes(new URL(request.url).pathname)) return;
  const url = navigation ? index : request.url.split("#")[0]!;
  event.respondWith(
    (async () => {
      const kept = await (await caches.open(name)).match(url);
      return kept ? isolated(kept) : fetch(request);
    })(),
  );
});

function isolated(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", POLICY);
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}
export {};
