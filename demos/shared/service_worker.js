// Stores visited pages and all files they may load, so that they work without a network. The build inserts the lists.

/** @typedef {Event & { waitUntil(work: Promise<unknown>): void }} Extendable */
/** @typedef {Extendable & { request: Request; respondWith(answer: Promise<Response>): void }} Fetched */

/** Name of this build's cache. */
const CACHE = "wgrad-__VERSION__";
/** @type {Readonly<Record<string, readonly string[]>>} Files of each page by its path in the site. */
const PAGES = {}; // __PAGES__

/** @param {string} path in the site */
const addressOf = (path) => new URL(path, new URL(".", self.location.href)).href;

/** @type {ReadonlySet<string>} Their names change with their content. */
const lasting = new Set(
  Object.values(PAGES).flatMap((files) =>
    files.filter((file) => file.startsWith("assets/")).map(addressOf),
  ),
);

/** Keeps a page and its files, those that are not kept yet. @param {string} page */
async function keep(page) {
  const cache = await caches.open(CACHE);
  for (const address of [page, ...(PAGES[page] ?? [])].map(addressOf)) {
    if (!(await cache.match(address, { ignoreVary: true }))) await cache.add(address);
  }
}

/** Files that last come from the cache, others from the network while there is one. @param {Request} request */
async function answer(request) {
  const cache = await caches.open(CACHE);
  // servers that send Vary (Origin, Accept-Encoding) serve the same file in any case
  const same = { ignoreVary: true, ignoreSearch: request.mode === "navigate" };
  const kept = () => cache.match(request, same);
  if (lasting.has(request.url)) return (await kept()) ?? fetch(request);
  try {
    const fresh = await fetch(request);
    // pages of the documentation have no list of files: pages that were read are stored, and the search index
    if (fresh.ok && request.url.startsWith(addressOf("docs/"))) {
      await cache.put(request, fresh.clone());
    }
    return fresh;
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
}

self.addEventListener("activate", (event) => {
  const others = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("wgrad-") && name !== CACHE) await caches.delete(name);
    }
  };
  /** @type {Extendable} */ (event).waitUntil(others());
});

self.addEventListener("fetch", (event) => {
  const fetched = /** @type {Fetched} */ (event);
  const { method, url } = fetched.request;
  if (method === "GET" && url.startsWith(addressOf("")))
    fetched.respondWith(answer(fetched.request));
});

// the page tells its path, and is told when it is stored
self.addEventListener("message", (event) => {
  const message = /** @type {Extendable & MessageEvent} */ (event);
  const { data, ports } = message;
  const page = String(data);
  if (!Object.hasOwn(PAGES, page)) return;
  const done = keep(page).then(
    () => ports[0]?.postMessage("kept"),
    (error) => ports[0]?.postMessage(String(error)),
  );
  message.waitUntil(done);
});
