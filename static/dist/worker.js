const kept = `engage-${self.registration.scope.split("/").at(-2)}`;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
async function refresh(request) {
const fresh = await fetch(request);
if (fresh.ok) await (await caches.open(kept)).put(request, fresh);
}
self.addEventListener("fetch", (event) => {
if (event.request.method !== "GET") return;
const answer = caches.match(event.request, { cacheName: kept }).then((found) => {
if (found) event.waitUntil(refresh(event.request).catch(() => {}));
return found ?? fetch(event.request);
});
event.respondWith(answer);
});
