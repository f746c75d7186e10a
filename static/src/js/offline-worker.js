// Answers from what the tablet's page put by, so that it opens without a network; fetches anew behind it where there is one.
const kept = `engage-${self.registration.scope.split("/").at(-2)}`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function refresh(request) {
  const fresh = await fetch(request);
  if (fresh.ok) await (await caches.open(kept)).put(request, fresh);
}

// A player asks for a piece of a film or a recording at a time; what is put by is whole.
async function piece(found, asked) {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(asked) ?? [];
  if (from === undefined) return found;
  const whole = await found.blob();
  const last = Math.min(Number(to || whole.size), whole.size - 1);
  const headers = { "Content-Range": `bytes ${from}-${last}/${whole.size}`, "Content-Type": found.headers.get("Content-Type") };
  if (Number(from) > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  return new Response(whole.slice(Number(from), last + 1), { status: 206, headers });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.cache === "reload") return; // the page itself puts this by anew
  const asked = request.headers.get("Range");
  // Never opened here just to look: a shelf that was taken away would come back.
  const answer = caches.match(request, { cacheName: kept }).then((found) => {
    if (found && asked) return piece(found, asked);
    if (found) event.waitUntil(refresh(request).catch(() => {}));
    return found ?? fetch(request);
  });
  event.respondWith(answer);
});
