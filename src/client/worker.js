// The worker of the site: it keeps the pages on which runs are recorded, with what they need, and answers for the host
// when that is away. Everything else goes to the network as ever. Plain JavaScript: it is served as it stands.
const PREFIX = "countersign ";
const WAIT = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A page says what it has loaded: that is kept under its name, and what it no longer needs goes.
self.addEventListener("message", (event) => {
  const { page, keep } = event.data ?? {};
  if (typeof page === "string" && Array.isArray(keep)) event.waitUntil(keepFor(page, keep, event.source));
});

async function keepFor(page, keep, teller) {
  const cache = await caches.open(PREFIX + page);
  await Promise.all(
    keep.map(async (address) => {
      try {
        const response = await fetch(address, { cache: "no-cache" });
        if (response.ok) await cache.put(address, response);
      } catch {
        // The host is away: what was kept before stays.
      }
    }),
  );
  for (const request of await cache.keys()) if (!keep.includes(request.url)) await cache.delete(request);
  teller?.postMessage({ kept: page });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  // What is named by its digest never changes.
  const isFixed = new URL(request.url).pathname.includes("/_assets/");
  const kept = isFixed ? await find(request) : undefined;
  if (kept) return kept;
  const coming = fetch(request);
  try {
    return await withinTime(coming, request);
  } catch (cause) {
    const found = await find(request);
    if (found) return found;
    throw cause;
  }
}

// A network that neither answers nor fails must not keep a person waiting where there is an answer already.
async function withinTime(coming, request) {
  if (!(await find(request))) return coming;
  return Promise.race([
    coming,
    new Promise((_, reject) => setTimeout(() => reject(new Error("the host is slow")), WAIT)),
  ]);
}

async function find(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const cache = await caches.open(name);
    const found = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}
