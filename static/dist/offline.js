const answered = (answer) => answer !== undefined && !answer.skipped;
const LEAVES = {
is: (answer, wanted) => answer.value === wanted,
is_not: (answer, wanted) => answer.value !== wanted,
any_of: (answer, wanted) => wanted.includes(answer.value),
includes: (answer, wanted) => (answer.values ?? []).includes(wanted),
answered: () => true,
};
function holds(condition, answers) {
if (condition.all) return condition.all.every((part) => holds(part, answers));
if (condition.any) return condition.any.some((part) => holds(part, answers));
if (condition.not) return !holds(condition.not, answers);
const answer = answers[condition.question];
if (condition.not_answered) return !answered(answer);
const name = Object.keys(LEAVES).find((one) => condition[one] !== undefined);
return answered(answer) && LEAVES[name](answer, condition[name]);
}
function walk(steps, answers) {
const path = { ids: [], kept: {}, end: null };
let resume = 0;
for (const [place, step] of steps.entries()) {
if (place < resume || !step.shown.every((one) => holds(one, path.kept))) continue;
path.ids.push(step.id);
if (answers[step.id] === undefined) continue;
path.kept[step.id] = answers[step.id];
path.end = step.ends.find((end) => holds(end.when, path.kept)) ?? null;
if (path.end) break;
resume = step.skips.find((skip) => holds(skip.when, path.kept))?.to ?? resume;
}
return path;
}
function answerIn(step, fields) {
const given = (fields[step.id] ?? []).filter(Boolean);
if ((fields[step.skip] ?? []).includes("rather-not")) return { skipped: true };
if (step.kind === "information") return { seen: true };
if (step.is_many) return given.length ? { values: given } : undefined;
if (step.is_choice && step.fields.length <= 2) return given.length ? { value: given[0] } : undefined;
const words = step.fields.flatMap((name) => fields[name] ?? []).filter((one) => one.trim());
return words.length ? { text: words.join(" ") } : undefined;
}
const NUMBER = /^[-\u2212]?[0-9]+([.][0-9]+)?$/;
const THOUSANDS = /^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
function digit(one) {
const place = one.codePointAt(0) & 15;
return String(/\p{Nd}/u.test(String.fromCodePoint(one.codePointAt(0) - place)) ? place : place - 6);
}
const figures = (words) => (words ?? "").trim().replace(/\p{Nd}/gu, digit);
const band = (bands, found) => bands.findLast(([low]) => low <= found)?.[1];
function number({ least, most, decimals, bands }, [typed]) {
const spaced = typed.replaceAll("\u066b", ".").replaceAll("\u066c", ",").replaceAll(" ", "");
const plain = THOUSANDS.test(spaced) ? spaced.replaceAll(",", "") : spaced.replaceAll(",", ".");
if ([...typed].length > 20 || !NUMBER.test(plain)) return { wrong: "not_a_number" };
const [, after = ""] = plain.split(".");
if (after.replace(/0+$/, "").length > decimals) return { wrong: decimals ? "not_a_number" : "not_whole" };
const found = Number(plain.replace("\u2212", "-"));
if (found < least) return { wrong: "number_too_low" };
return found > most ? { wrong: "number_too_high" } : { value: band(bands, found) };
}
function date({ first, last, bands }, parts) {
const [day, name, year] = parts.length === 2 ? ["1", ...parts] : parts;
const named = MONTHS.indexOf(name.toLowerCase().slice(0, 3)) + 1;
const month = named ? String(named) : name;
if (![day, month, year].every((one) => /^[0-9]+$/.test(one)) || year.length !== 4) return { wrong: "not_a_date" };
const real = new Date(Date.UTC(year, month - 1, day));
if (real.getUTCFullYear() !== Number(year) || real.getUTCMonth() + 1 !== Number(month)) return { wrong: "not_a_date" };
const found = `${year}-${month.padStart(2, "0").slice(-2)}`;
if (found < first) return { wrong: "date_too_early" };
return found > last ? { wrong: "date_too_late" } : { value: band(bands, found) };
}
function readTyped(step, fields) {
const typed = Object.keys(step.boxes).map((name) => figures(fields[name]?.[0]));
if ((fields[step.skip] ?? []).some(Boolean)) return { skipped: true };
if (!typed.some(Boolean)) return {};
return (step.kind === "number" ? number : date)(step.typed, typed);
}
const bytesOf = (text) => new TextEncoder().encode(text);
const PAD = 2048;
function joined(...parts) {
const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
let at = 0;
for (const part of parts) {
whole.set(part, at);
at += part.length;
}
return whole;
}
async function closeBox(publicKey, aad, content) {
const curve = { name: "ECDH", namedCurve: "P-256" };
const theirs = await crypto.subtle.importKey("raw", publicKey, curve, false, []);
const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
const info = joined(bytesOf("engage-box"), point, publicKey);
const drawn = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
const key = await crypto.subtle.deriveKey(drawn, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
const nonce = crypto.getRandomValues(new Uint8Array(12));
const text = bytesOf(JSON.stringify(content));
const padded = new Uint8Array(Math.ceil((text.length + 1) / PAD) * PAD).fill(32);
padded.set(text);
const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bytesOf(aad) }, key, padded);
return joined(point, nonce, new Uint8Array(sealed));
}
const bytesFrom = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const randomText = (length) => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(length))));
const MOST_BOXES = 300;
const asked = (request) =>
new Promise((done, failed) => {
request.onsuccess = () => done(request.result);
request.onerror = () => failed(request.error);
});
async function store(name, mode) {
const opening = indexedDB.open(name, 1);
opening.onupgradeneeded = () => opening.result.createObjectStore("boxes");
const base = await asked(opening);
const store = base.transaction("boxes", mode).objectStore("boxes");
store.transaction.oncomplete = store.transaction.onabort = () => base.close();
return store;
}
const boxCount = async (name) => asked((await store(name, "readonly")).count());
const boxKeys = async (name) => asked((await store(name, "readonly")).getAllKeys());
const boxAt = async (name, key) => asked((await store(name, "readonly")).get(key));
const dropBox = async (name, key) => asked((await store(name, "readwrite")).delete(key));
const forgetBoxes = (name) => asked(indexedDB.deleteDatabase(name));
async function keepBox(name, box) {
const boxes = await store(name, "readwrite");
const kept = new Promise((done, failed) => {
boxes.transaction.addEventListener("complete", done);
boxes.transaction.addEventListener("abort", () => failed(boxes.transaction.error));
});
boxes.add(box, crypto.randomUUID());
return kept;
}
const tablet = JSON.parse(document.querySelector("#tablet").dataset.facts);
const stage = document.querySelector("#stage");
const screens = new Map([...document.querySelectorAll("template[data-screen]")].map((one) => [one.dataset.screen, one]));
const shelf = `engage-${tablet.id}`;
let fields = {};
let path = null;
let isSending = false;
let isTakenAway = false;
function answer(step, given) {
if (!step.typed) return answerIn(step, given);
const read = readTyped(step, given);
return read.skipped || read.value ? read : undefined;
}
function answersNow() {
const known = tablet.steps.filter((step) => fields[step.id]);
return Object.fromEntries(known.map((step) => [step.id, answer(step, fields[step.id]) ?? { skipped: true }]));
}
function show(name) {
stage.replaceChildren(screens.get(name).content.cloneNode(true));
stage.dataset.screen = name;
document.title = `${stage.querySelector("h1").textContent.trim()} - ${tablet.place}`;
const head = stage.querySelector("h1");
head.tabIndex = -1;
head.focus();
scrollTo(0, 0);
}
function begin() {
fields = {};
path = walk(tablet.steps, {});
show("intro");
}
function restart() {
fields = {};
show("start");
tell();
void sendAll();
void look();
}
function ask(id) {
show(`q-${id}`);
const form = stage.querySelector("form");
for (const control of form.elements) {
const given = fields[id]?.[control.name];
if (!given) continue;
if (control.matches("[type='radio'], [type='checkbox']")) control.checked = given.includes(control.value);
else control.value = given[0] ?? "";
}
stage.querySelector("[data-at]").textContent = tablet.words.at.replace("{at}", path.ids.indexOf(id) + 1).replace("{of}", path.ids.length);
}
function complain(form, words) {
const said = stage.querySelector("[data-wrong]");
said.hidden = false;
said.textContent = words;
form.querySelector("input, textarea, select")?.focus();
}
function trouble(step, given) {
const boxes = Object.entries(step.boxes).map(([name, most]) => [[...(given[name]?.[0] ?? "").trim()].length, most]);
if (step.skip !== step.id && given[step.skip] && boxes.some(([letters]) => letters)) return tablet.words.both;
const misread = step.typed ? readTyped(step, given).wrong : "";
if (misread) return tablet.words[misread].replace(/\{(\w+)\}/g, (_all, name) => step.typed.said[name]);
const [letters, most] = boxes.find(([letters, most]) => letters > most) ?? [];
return letters ? tablet.words.long.replace("{most}", most).replace("{over}", letters - most) : "";
}
function take(form) {
const id = form.dataset.question;
const step = tablet.steps.find((one) => one.id === id);
const given = {};
for (const [name, value] of new FormData(form)) (given[name] ??= []).push(String(value));
if (step.required && step.kind !== "information" && answer(step, given) === undefined && step.is_choice) {
return complain(form, trouble(step, given) || tablet.words.choose);
}
const wrong = trouble(step, given);
if (wrong) return complain(form, wrong);
fields[id] = given;
path = walk(tablet.steps, answersNow());
if (path.end) return path.end.nothing_kept ? restart() : check();
const next = path.ids[path.ids.indexOf(id) + 1];
return next ? ask(next) : check();
}
function back(id) {
const at = path.ids.indexOf(id);
if (at > 0) ask(path.ids[at - 1]);
else begin();
}
function check() {
show("check");
const list = stage.querySelector("[data-rows]");
const row = list.querySelector("template");
for (const id of path.ids) {
const made = row.content.cloneNode(true);
const screen = screens.get(`q-${id}`).content;
made.querySelector("[data-question]").textContent = screen.querySelector("h1").textContent.trim();
made.querySelector("[data-answer]").textContent = said(id, screen) || tablet.words.nothing;
made.querySelector("button").dataset.change = id;
made.querySelector("button").append(hidden(` ${screen.querySelector("h1").textContent.trim()}`));
list.append(made);
}
}
function hidden(words) {
const one = document.createElement("span");
one.className = "engage-vh";
one.textContent = words;
return one;
}
function said(id, screen) {
const chosen = Object.entries(fields[id] ?? {}).flatMap(([name, values]) =>
values.map((value) => {
const box = [...screen.querySelectorAll(`[name="${CSS.escape(name)}"]`)].find((one) => one.value === value && /radio|checkbox/.test(one.type));
return box ? (screen.querySelector(`label[for="${CSS.escape(box.id)}"]`)?.textContent.trim().replace(/\s+/g, " ") ?? value) : value;
}),
);
return chosen.filter((words) => words.trim()).join(", ");
}
async function finish() {
const kept = Object.fromEntries(path.ids.filter((id) => fields[id]).map((id) => [id, fields[id]]));
const content = { key: randomText(32), version: tablet.version, language: tablet.language, easy: tablet.easy, fields: kept };
try {
if ((await boxCount(shelf)) >= MOST_BOXES) throw new Error("full");
await keepBox(shelf, await closeBox(bytesFrom(tablet.key), tablet.id, content));
} catch {
const wrong = stage.querySelector("[data-wrong]");
wrong.hidden = false;
wrong.textContent = tablet.words.full;
return;
}
fields = {};
show("sent");
void sendAll();
}
async function sendAll() {
if (isSending) return;
isSending = true;
try {
for (const key of await boxKeys(shelf)) {
const body = await boxAt(shelf, key);
if (!body) continue;
const answer = await fetch(tablet.take, { method: "POST", body, headers: { "Content-Type": "application/octet-stream" } });
if (answer.ok) await dropBox(shelf, key);
else if (answer.status === 410 || answer.status >= 500) break;
}
} catch {
} finally {
isSending = false;
await tell();
}
}
async function tell() {
const count = await boxCount(shelf);
const line = stage.querySelector("[data-waiting]");
if (line) line.textContent = count ? tablet.words.waiting.replace("{count}", count) : tablet.words.none;
const over = stage.querySelector("[data-do='over']");
if (over) over.hidden = count > 0 || !isTakenAway;
}
async function look() {
try {
isTakenAway = (await fetch(tablet.pages[0], { method: "HEAD", cache: "no-store" })).status === 410;
} catch {
return; // No network: what was known stays so.
}
await tell();
}
async function over() {
if (!isTakenAway || (await boxCount(shelf))) return;
await forgetBoxes(shelf);
for (const name of await caches.keys()) if (name === shelf) await caches.delete(name);
for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
location.replace(tablet.over);
}
const ACTIONS = { begin: () => ask(path.ids[0]), intro: begin, next: restart, send: finish, again: () => Promise.all([sendAll(), look()]), over, help: () => show("help") };
stage.addEventListener("click", (event) => {
const button = event.target.closest("button");
if (!button) return;
if (button.dataset.back) back(button.dataset.back);
else if (button.dataset.change) ask(button.dataset.change);
else if (button.dataset.do) void ACTIONS[button.dataset.do]();
});
stage.addEventListener("submit", (event) => {
event.preventDefault();
take(event.target);
});
document.querySelector("[data-leave]").addEventListener("click", (event) => {
event.preventDefault();
restart();
});
document.querySelector("[data-help]").addEventListener("click", (event) => {
event.preventDefault();
show("help");
});
addEventListener("online", () => void sendAll());
document.addEventListener("engage-quiet", restart);
async function prepare() {
restart();
if (!("serviceWorker" in navigator)) return;
await navigator.serviceWorker.register(tablet.worker, { scope: tablet.scope });
const pictures = [...document.querySelectorAll("template")].flatMap((one) => [...one.content.querySelectorAll("img")].map((img) => img.src));
const parts = [...document.querySelectorAll("link[rel='stylesheet'], script[src]")].map((one) => one.href ?? one.src);
const fonts = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.endsWith(".woff2"));
const cache = await caches.open(shelf);
if (navigator.onLine) await cache.addAll([...new Set([...tablet.pages, ...pictures, ...parts, ...fonts])]).catch(() => {});
stage.dispatchEvent(new Event("ready"));
document.documentElement.dataset.ready = "yes";
}
void prepare();
