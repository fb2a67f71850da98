// Keeps what was seen for use without a connection. With one, only parts of the index come from here, as long as their
// meta.js stays the same.
const ROOT = self.registration.scope;
const INDEX = `${ROOT}explore/`;
const PAGES = `${ROOT} {{ site.version }}`; // a space, as a portal may stand in a folder of another
const PARTS = `${PAGES} index`;
const STAYING = [PAGES, PARTS, `${ROOT} kept`]; // the last is written by offline.js

// Downloads are not kept.
const keep = async (request, answer) => {
  if (answer.ok && !answer.redirected && /html|css|javascript|svg/.test(answer.headers.get("content-type")))
    await (await caches.open(request.url.startsWith(INDEX) ? PARTS : PAGES)).put(request, answer);
};

const take = async (request, whenKept) => {
  const isPart = request.url.startsWith(INDEX);
  const isMeta = request.url === `${INDEX}meta.js`;
  const old = await caches.match(request, { ignoreSearch: !isPart, ignoreVary: true }).catch(() => {});
  if (old && isPart && !isMeta) return old;
  try {
    // The browser's own cache may hold a part of an older index.
    const answer = await fetch(request, isPart && request.cache === "default" ? { cache: "no-cache" } : {});
    if (answer.status >= 500 && old) return old;
    if (isMeta && old && (await old.clone().text()) !== (await answer.clone().text())) await caches.delete(PARTS);
    await whenKept(keep(request, answer.clone()));
    return answer;
  } catch {
    return old ?? Response.error();
  }
};

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const clear = async () => {
    for (const name of await caches.keys())
      if (name.startsWith(`${ROOT} `) && !STAYING.includes(name)) await caches.delete(name);
  };
  event.waitUntil(clear().catch(() => {}).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const whenKept = (kept) => event.waitUntil(kept.catch(() => {})); // there may be no room
  if (request.method === "GET" && request.url.startsWith(ROOT)) event.respondWith(take(request, whenKept));
});

// Addresses to be kept, and whether the browser's own cache will do; answers whether all are here.
self.addEventListener("message", (event) => {
  const [addresses, cache] = event.data;
  const all = addresses.map((address) => take(new Request(address, { cache }), (kept) => kept));
  event.waitUntil(Promise.all(all).then((answers) => event.ports[0].postMessage(answers.every(({ ok }) => ok))));
});
