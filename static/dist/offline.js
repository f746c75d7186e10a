const modules = [];
let shown = new AbortController();
function attach(name, start) {
modules.push([name, start]);
}
function detach() {
shown.abort();
shown = new AbortController();
}
function attachIn(part) {
for (const [name, start] of modules) {
for (const element of part.querySelectorAll(`[data-module~="${name}"]`)) {
try {
start(element, shown.signal);
} catch (fault) {
console.warn(name, fault);
}
}
}
}
function rank(box) {
const list = box.querySelector("ol");
const said = box.querySelector("[role='status']");
const show = () => {
const things = [...list.children];
things.forEach((thing, place) => {
thing.querySelector(".engage-rank__place").textContent = place + 1;
const [up, down] = thing.querySelectorAll("button");
up.hidden = place === 0;
down.hidden = place === things.length - 1;
});
};
show();
list.addEventListener("click", (event) => {
const button = event.target.closest("button");
if (!button) return;
event.preventDefault();
const thing = button.closest("li");
const up = button.value.startsWith("up.");
const beside = up ? thing.previousElementSibling : thing.nextElementSibling;
if (!beside) return;
if (up) beside.before(thing);
else beside.after(thing);
show();
[...list.children].forEach((one) => one.classList.toggle("is-moved", one === thing));
(button.hidden ? thing.querySelector("button:not([hidden])") : button).focus();
const words = { option: thing.querySelector(".engage-rank__label").textContent, at: [...list.children].indexOf(thing) + 1, of: list.children.length };
said.textContent = box.dataset.said.replace(/\{(\w+)\}/g, (_all, name) => words[name]);
});
}
attach("engage-rank", rank);
function body(box) {
box.classList.add("is-live");
box.querySelector(".engage-body__map")?.addEventListener("click", (event) => {
const part = event.target.closest("[data-part]")?.dataset.part;
if (part) box.querySelector(`input[value="${CSS.escape(part)}"]`)?.click();
});
}
attach("engage-body", body);
function give(input, blob, name) {
const files = new DataTransfer();
if (blob) files.items.add(new File([blob], name, { type: blob.type }));
input.files = files.files;
}
function holdBack(form, isBusy, finish = () => {}, signal = undefined) {
let pressed = null;
document.addEventListener(
"submit",
(event) => {
if (event.target !== form || !isBusy()) return;
event.preventDefault();
event.stopImmediatePropagation();
pressed = event.submitter;
finish();
},
{ capture: true, signal },
);
return () => {
const again = pressed;
pressed = null;
if (again) form.requestSubmit(again);
};
}
const PAPER = "#ffffff";
function line(context, stroke, from) {
context.strokeStyle = context.fillStyle = stroke.ink;
context.lineWidth = stroke.width;
context.lineCap = context.lineJoin = "round";
context.beginPath();
if (stroke.points.length === 1) {
context.arc(...stroke.points[0], stroke.width / 2, 0, 2 * Math.PI);
context.fill();
return;
}
context.moveTo(...stroke.points[Math.max(0, from - 1)]);
for (const point of stroke.points.slice(from)) context.lineTo(...point);
context.stroke();
}
function drawArea(area, signal) {
const canvas = area.querySelector("canvas");
const context = canvas.getContext("2d");
const input = document.getElementById(area.dataset.input);
const drop = area.querySelector("[data-drop]");
const said = area.querySelector("[role=status]");
const acts = [];
let below = null;
let stroke = null;
let making = 0;
const goOn = holdBack(input.form, () => making > 0 || stroke !== null, undefined, signal);
const cleared = () => acts.lastIndexOf("clear");
const repaint = () => {
context.fillStyle = PAPER;
context.fillRect(0, 0, canvas.width, canvas.height);
if (below && cleared() < 0) context.drawImage(below, 0, 0, canvas.width, canvas.height);
for (const each of acts.slice(cleared() + 1)) line(context, each, 1);
};
const keep = () => {
const isEmpty = acts.length === cleared() + 1;
drop.disabled = !(below && isEmpty && acts.length > 0);
if (isEmpty) {
give(input, null);
return;
}
making += 1;
canvas.toBlob((blob) => {
making -= 1;
if (making > 0) return;
give(input, blob, area.dataset.name);
goOn();
}, "image/png");
};
const place = (event) => [
(event.offsetX * canvas.width) / canvas.clientWidth,
(event.offsetY * canvas.height) / canvas.clientHeight,
];
const chosen = (part) => area.querySelector(`[data-${part}]:checked`).dataset[part];
canvas.addEventListener("pointerdown", (event) => {
if (event.button !== 0 || !event.isPrimary) return;
canvas.setPointerCapture(event.pointerId);
const isRubber = chosen("width") === "rubber";
stroke = { ink: isRubber ? PAPER : chosen("ink"), width: isRubber ? 40 : Number(chosen("width")), points: [place(event)] };
line(context, stroke, 1);
said.textContent = "";
});
canvas.addEventListener("pointermove", (event) => {
if (!stroke || !event.isPrimary) return;
const seen = event.getCoalescedEvents?.() ?? [];
const before = stroke.points.length;
stroke.points.push(...(seen.length ? seen : [event]).map(place));
line(context, stroke, before);
});
for (const end of ["pointerup", "pointercancel"]) {
canvas.addEventListener(end, () => {
if (!stroke) return;
acts.push(stroke);
stroke = null;
keep();
});
}
area.querySelector("[data-undo]").addEventListener("click", () => {
said.textContent = acts.length ? area.dataset.undone : area.dataset.nothing;
if (!acts.pop()) return;
repaint();
keep();
});
area.querySelector("[data-clear]").addEventListener("click", () => {
acts.push("clear");
said.textContent = area.dataset.cleared;
repaint();
keep();
});
repaint();
const before = document.querySelector(".engage-kept__picture");
if (before) {
below = new Image();
below.addEventListener("load", () => {
before.closest(".engage-kept").hidden = true;
repaint();
});
below.src = before.src;
}
const put = (picture) => {
if (acts.length || picture.width !== canvas.width || picture.height !== canvas.height) return;
below = picture;
repaint();
};
if (input.files[0]) createImageBitmap(input.files[0]).then(put, () => {});
area.hidden = false;
}
attach("engage-draw", drawArea);
const RECORDED = { "audio/webm;codecs=opus": "webm", "audio/mp4": "m4a", "audio/ogg;codecs=opus": "ogg" };
function clockOf(seconds) {
return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
function recordArea(area, signal) {
const type = Object.keys(RECORDED).find((each) => window.MediaRecorder?.isTypeSupported(each));
if (!type || !navigator.mediaDevices?.getUserMedia) return;
const part = (name) => area.querySelector(`[data-${name}]`);
const [start, stop, done, time, said] = ["start", "stop", "done", "time", "said"].map(part);
const player = area.querySelector("audio");
const input = document.getElementById(area.dataset.input);
const before = document.querySelector(".engage-kept");
const most = Number(area.dataset.seconds);
let recorder = null;
let ticking = 0;
let asking = null;
const isRecording = () => recorder?.state === "recording";
const finish = () => isRecording() && recorder.stop();
const goOn = holdBack(input.form, () => recorder !== null, finish, signal);
const show = (state) => {
start.hidden = state !== "ready";
stop.hidden = time.hidden = state !== "recording";
done.hidden = state !== "done";
if (before) before.hidden = state === "done";
};
const forget = () => {
if (player.src) URL.revokeObjectURL(player.src);
player.removeAttribute("src");
give(input, null);
};
const letGo = (stream) => {
for (const track of stream.getTracks()) track.stop();
};
const begin = async () => {
const mine = (asking = {});
let stream;
try {
stream = await navigator.mediaDevices.getUserMedia({ audio: true });
} catch {
said.textContent = area.dataset.refused;
return;
}
if (asking !== mine || !area.isConnected) return letGo(stream);
forget();
const pieces = [];
recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
recorder.addEventListener("stop", () => {
clearInterval(ticking);
letGo(stream);
recorder = null;
const sound = new Blob(pieces, { type: type.split(";")[0] });
give(input, sound, `recording.${RECORDED[type]}`);
player.src = URL.createObjectURL(sound);
said.textContent = area.dataset.stopped;
show("done");
part("again").focus();
goOn();
});
const from = performance.now();
ticking = setInterval(() => {
const gone = (performance.now() - from) / 1000;
time.textContent = `${clockOf(gone)} / ${clockOf(most)}`;
if (gone >= most) finish();
}, 250);
time.textContent = `0:00 / ${clockOf(most)}`;
recorder.start();
said.textContent = area.dataset.started;
show("recording");
stop.focus();
};
start.addEventListener("click", begin);
part("again").addEventListener("click", begin);
stop.addEventListener("click", finish);
part("remove").addEventListener("click", () => {
forget();
said.textContent = area.dataset.removed;
show("ready");
start.focus();
});
const leave = () => {
asking = null;
finish();
};
addEventListener("pagehide", leave, { signal });
const [held] = input.files;
if (held) player.src = URL.createObjectURL(held);
show(held ? "done" : "ready");
area.hidden = false;
}
attach("engage-record", recordArea);
const LONGEST_SIDE = 1600;
const LARGEST_PNG = 1024 * 1024;
const MOST_ROOM = 5 * 1024 * 1024;
function readPdf(bytes) {
const text = new TextDecoder("latin1").decode(bytes);
if (!/^%PDF-[12]\.[0-9][ \t\n\r\f\v]/.test(text)) return {};
const isWhole = /%%EOF[ \t\n\r\f\v]*$/.test(text.slice(-1024)) && text.slice(-2048).includes("startxref");
return isWhole ? { type: "application/pdf" } : { wrong: "file_broken" };
}
async function asTaken(file, { sound, pdf, photo }) {
if (sound) return file;
const paper = pdf ? readPdf(await file.arrayBuffer()) : {};
if (paper.wrong) return paper;
if (paper.type) return new File([file], file.name, paper);
try {
if (photo) return await anew(file);
} catch {
}
return { wrong: pdf ? "file_not_pdf" : "file_not_photo" };
}
async function anew(file) {
const picture = await createImageBitmap(file);
const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
const canvas = document.createElement("canvas");
[canvas.width, canvas.height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * share)));
canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
picture.close();
const as = (type) => new Promise((done) => canvas.toBlob(done, type, 0.85));
const blob = file.type === "image/png" && share === 1 ? await as("image/png") : null;
return blob && blob.size <= LARGEST_PNG ? blob : as("image/jpeg");
}
async function putBy(input, asked, room) {
const kept = [];
if (input.files.length > asked.most) return { wrong: "file_too_many" };
for (const file of input.files) {
const made = await asTaken(file, asked);
if (made.wrong) return made;
kept.push(new File([made], file.name, { type: made.type }));
}
const size = kept.reduce((sum, file) => sum + file.size, 0);
return size > room ? { wrong: "file_no_room" } : { kept };
}
function putBack(input, files) {
const held = new DataTransfer();
for (const file of files) held.items.add(file);
input.files = held.files;
}
const asText = (file) =>
new Promise((done, failed) => {
const reader = new FileReader();
reader.onload = () => done(reader.result.split(",")[1]);
reader.onerror = () => failed(reader.error);
reader.readAsDataURL(file);
});
function mixedUp(list) {
const order = [...list];
for (let last = order.length - 1; last > 0; last -= 1) {
const other = crypto.getRandomValues(new Uint32Array(1))[0] % (last + 1);
[order[last], order[other]] = [order[other], order[last]];
}
return order;
}
function personal(steps) {
const groups = [];
for (const step of steps) {
if (groups.at(-1)?.[0].part === step.part) groups.at(-1).push(step);
else groups.push([step]);
}
return groups.flatMap((group) => (group[0].mixed ? mixedUp(group) : group));
}
const LEFT = "rather-not";
const sentAs = (fields, name) => [...new Set((fields[name] ?? []).filter(Boolean))];
const nothing = (step) => (step.empty ? { wrong: step.empty } : { skipped: true });
const idsIn = (answer) => (answer?.value === undefined ? (answer?.values ?? []) : [answer.value]);
const READERS = {
one(step, options, fields) {
const sent = sentAs(fields, step.id);
if (sent.length !== 1) return sent.length ? { wrong: "one_only" } : nothing(step);
return options.includes(sent[0]) ? { value: sent[0] } : { wrong: "unknown_option" };
},
several(step, options, fields) {
const sent = sentAs(fields, step.id);
if (!sent.length) return nothing(step);
const values = options.filter((one) => sent.includes(one));
if (values.length < sent.length) return { wrong: "unknown_option" };
const alone = values.find((one) => step.alone.includes(one));
if (alone !== undefined && values.length > 1) return { wrong: "exclusive", option: alone };
return step.most && values.length > step.most ? { wrong: "choose_fewer" } : { values };
},
rows(step, options, fields) {
const rows = {};
let empty = "";
for (const [row, name] of step.lines) {
const sent = sentAs(fields, name);
if (sent.length > 1) return { wrong: "one_only", field: name };
if (sent.length && !options.includes(sent[0])) return { wrong: "unknown_option", field: name };
if (sent.length) [rows[row]] = sent;
else empty ||= name;
}
if (!Object.keys(rows).length) return nothing(step);
return empty && step.every ? { wrong: step.leaves ? "every_row" : "row_needed", field: empty } : { rows };
},
order(step, options, fields) {
const order = [...new Set(fields[step.id] ?? [])];
const isWhole = order.length === options.length && options.every((one) => order.includes(one));
return isWhole ? { order } : { wrong: "rank_all" };
},
};
function readChosen(step, options, fields) {
const left = fields[step.skip] ?? [];
const isLeft = step.skip === step.id ? left.includes(LEFT) : left.some(Boolean);
return isLeft && step.leaves ? { skipped: true } : READERS[step.reads](step, options, fields);
}
function optionsFor(steps, step, kept) {
if (!step.carry) return step.options;
const source = steps.find((one) => one.id === step.carry.question);
const chosen = idsIn(kept[source.id]);
const offered = optionsFor(steps, source, kept).filter((one) => !source.alone.includes(one));
const isWanted = (one) => chosen.length > 0 && chosen.includes(one) === (step.carry.take === "chosen");
const brought = offered.filter(isWanted);
return step.options.filter((one) => brought.includes(one) || step.own.includes(one));
}
const PLACE = /\{answer:([a-z][a-z0-9_]*)\|([^{}|]+)\}/g;
function filledIn(words, labels, kept, comma) {
return words.replace(PLACE, (_all, name, otherwise) => {
const chosen = idsIn(kept[name]);
const said = Object.entries(labels[name]).filter(([id]) => chosen.includes(id));
return said.map(([, label]) => label).join(comma) || otherwise.trim();
});
}
function fits(step, options, answer) {
const left = { [step.skip]: [step.skip === step.id ? LEFT : "yes"] };
return !readChosen(step, options, answer.skipped ? left : { [step.id]: answer.order ?? idsIn(answer) }).wrong;
}
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
let inside = null; // the part somebody is in, and whether everything asked in it so far is answered or left
const endIn = (ends) => (path.end ??= ends.find((end) => holds(end.when, path.kept)) ?? null);
const leavePart = () => inside?.isWhole && endIn(inside.closes);
for (const step of steps) {
if (step.place < resume || !step.shown.every((one) => holds(one, path.kept))) continue;
if (step.part !== inside?.part) {
leavePart();
if (path.end) return path;
inside = null;
}
let answer = answers[step.id];
if (step.carry) {
const options = optionsFor(steps, step, path.kept);
if (options.filter((one) => !step.alone.includes(one)).length < step.fewest) continue;
if (answer !== undefined && !fits(step, options, answer)) answer = undefined;
}
path.ids.push(step.id);
if (step.part) inside = { part: step.part, closes: step.closes, isWhole: answer !== undefined && (inside?.isWhole ?? true) };
if (answer === undefined) continue;
path.kept[step.id] = answer;
if (endIn(step.ends)) return path;
resume = step.skips.find((skip) => holds(skip.when, path.kept))?.to ?? resume;
}
leavePart();
return path;
}
function answerIn(step, fields) {
if ((fields[step.skip] ?? []).includes("rather-not")) return { skipped: true };
if (step.tells) return { seen: true };
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
const LARGE = 65536;
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
const step = text.length < LARGE ? PAD : LARGE;
const padded = new Uint8Array(Math.ceil((text.length + 1) / step) * step).fill(32);
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
async function keepBox(name, key, box) {
const boxes = await store(name, "readwrite");
const kept = new Promise((done, failed) => {
boxes.transaction.addEventListener("complete", done);
boxes.transaction.addEventListener("abort", () => failed(boxes.transaction.error));
});
boxes.delete(key);
boxes.add(box, key);
return kept;
}
const tablet = JSON.parse(document.querySelector("#tablet").dataset.facts);
const stage = document.querySelector("#stage");
const screens = new Map([...document.querySelectorAll("template[data-screen]")].map((one) => [one.dataset.screen, one]));
const shelf = `engage-${tablet.id}`;
const MOST_FAILED = 3; // one box that the site fails at holds up no other; a site that fails at all of them is left alone
const SOON_MS = 5_000;
const LATEST_MS = 300_000;
let fields = {};
let files = {};
let orders = {};
let how = null; // how somebody answered, once they were asked: "how" is never a question's id
let steps = tablet.steps;
let isBusy = false;
let path = walk(steps, {});
let isSending = false;
let isWanted = false;
let wait = SOON_MS;
let nextTry = 0;
let isTakenAway = false;
let isLate = false;
let refused = 0;
let isChanging = false;
let who = somebody(); // who is answering
let helpedFrom = "start";
let held = null; // what stood in a form as Help now was pressed, not yet an answer
let isReady = true; // until it is known not to be
function somebody() {
return { key: randomText(32), box: crypto.randomUUID(), helped: false, used: new Set(), isBoxed: false };
}
const filled = (words) => filledIn(words, tablet.labels, path.kept, tablet.comma);
function nameIn(part) {
const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) if (texts.currentNode.data.includes("{answer:")) texts.currentNode.data = filled(texts.currentNode.data);
}
const stepOf = (id) => tablet.steps.find((one) => one.id === id);
const named = (name) => `[name="${CSS.escape(name)}"]`;
function read(step, given, options = step.options) {
if (step.reads) return readChosen(step, options, given);
const found = step.typed ? readTyped(step, given) : (answerIn(step, given) ?? (files[step.id]?.length ? { text: "" } : {}));
const isNothing = !Object.keys(found).length;
return isNothing ? (step.empty ? { wrong: step.empty } : { skipped: true }) : found;
}
function answersNow() {
const known = tablet.steps.filter((step) => fields[step.id]);
const found = known.map((step) => [step.id, read(step, fields[step.id])]);
return Object.fromEntries(found.map(([id, answer]) => [id, answer.wrong ? { skipped: true } : answer]));
}
function show(name) {
dispatchEvent(new Event("pagehide")); // whatever is being recorded ends with its screen
detach();
for (const one of stage.querySelectorAll("[src^='blob:']")) URL.revokeObjectURL(one.src);
stage.replaceChildren(screens.get(name).content.cloneNode(true));
stage.dataset.screen = name;
const tongues = document.querySelector("[data-tongues]");
if (tongues) tongues.hidden = !["start", "intro"].includes(name) || isBegun();
nameIn(stage);
document.title = `${stage.querySelector("h1").textContent.trim()} - ${tablet.place}`;
const head = stage.querySelector("h1");
head.tabIndex = -1;
head.focus();
scrollTo(0, 0);
}
function forget() {
fields = {};
files = {};
orders = {};
how = null;
isChanging = false;
who = somebody();
held = null;
}
function afresh() {
const { helped } = who;
forget();
who.helped = helped;
steps = personal(tablet.steps);
path = walk(steps, {});
}
function begin() {
afresh();
show("intro");
}
function start() {
afresh();
ask(path.ids[0]);
}
const isBegun = () => Object.keys(fields).length > 0;
function before() {
show("intro");
for (const one of stage.querySelectorAll("[data-begun]")) one.hidden = (one.dataset.begun === "yes") !== isBegun();
}
function restart() {
forget();
show("start");
tell();
void sendAll();
void look();
}
function askHow() {
show("how");
for (const control of stage.querySelectorAll("input")) control.checked = how?.[control.name]?.includes(control.value) ?? false;
attachIn(stage);
}
function takeHow(form) {
const said = howIn(form);
const clashes = said["how-company"]?.includes("alone") && said["how-adult"]?.includes("yes");
if (clashes && !form.dataset.again) {
form.dataset.again = "yes";
return complain(form, { words: tablet.words.clash, field: "how-adult" });
}
how = clashes ? {} : said;
return check();
}
const howIn = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, [value]]));
const onward = () => (screens.has("how") && !how ? askHow() : check());
function ask(id) {
show(`q-${id}`);
const form = stage.querySelector("form");
const before = held?.id === id ? held : { given: fields[id] ?? {}, files: files[id] ?? [] };
held = null;
offer(form, stepOf(id), before);
for (const control of form.elements) {
const given = before.given[control.name];
if (!given || /hidden|file/.test(control.type)) continue;
if (control.matches("[type='radio'], [type='checkbox']")) control.checked = given.includes(control.value);
else control.value = given[0] ?? "";
}
attachIn(stage);
place(id);
}
function place(id) {
const counted = path.ids.filter((one) => !stepOf(one).tells);
const parts = [...new Set(path.ids.map((one) => stepOf(one).part).filter(Boolean))];
const { part, tells } = stepOf(id);
const told = { at: counted.indexOf(id) + 1, of: counted.length };
stage.querySelector("[data-at]").textContent = tells ? "" : put(tablet.words.at, told);
const line = stage.querySelector("[data-section]");
line.hidden = !part;
line.textContent = part ? put(tablet.words.part, { at: parts.indexOf(part) + 1, of: parts.length, title: tablet.parts[part] }) : "";
}
function offer(form, step, before) {
const input = form.querySelector("input[type=file]");
if (input) putBack(input, before.files);
if (input && step.attach.sound) {
input.closest(".engage-add").hidden = true; // whether the site can play it, only the site knows
form.querySelector("[data-refused]").dataset.refused = form.querySelector(".engage-instead label").textContent;
}
const offered = step.carry ? optionsFor(tablet.steps, step, path.kept) : step.options;
for (const id of step.options.filter((one) => !offered.includes(one))) {
form.querySelector(`${named(step.id)}[value="${CSS.escape(id)}"]`)?.closest(".engage-choice, li")?.remove();
}
if (step.moving.length) arrange(form, step, (orders[step.id] ??= mixed(step)));
if (step.reads === "order") arrange(form, step, before.given[step.id] ?? []);
}
function arrange(form, step, order) {
for (const id of order) {
const thing = form.querySelector(`${named(step.id)}[value="${CSS.escape(id)}"]`)?.closest(".engage-choice, li");
thing?.parentElement.append(thing);
}
}
const mixed = (step) => [...mixedUp(step.moving), ...step.options.filter((one) => !step.moving.includes(one))];
function complain(form, { words, field }) {
const said = stage.querySelector("[data-wrong]");
said.hidden = false;
said.textContent = words;
const first = "input:not([type=hidden]), textarea, select";
((field && form.querySelector(named(field))) || form.querySelector(first))?.focus();
}
function trouble(step, given) {
const boxes = Object.entries(step.boxes).map(([name, most]) => [[...(given[name]?.[0] ?? "").trim()].length, most]);
if (step.skip !== step.id && given[step.skip] && boxes.some(([letters]) => letters)) return { words: tablet.words.words_and_skip };
const options = optionsFor(tablet.steps, step, path.kept);
const { wrong, option, field } = read(step, given, options);
const [letters, most] = boxes.find(([letters, most]) => letters > most) ?? [];
const told = { most: step.most ?? step.attach?.most, of: options.length, option: option && wordsOf(step.id, option), ...step.typed?.said };
if (wrong) return { words: put(tablet.words[wrong], told), field };
return letters ? { words: put(tablet.words.too_long, { most, over: letters - most }) } : null;
}
const put = (words, told) => words.replace(/\{(\w+)\}/g, (_all, name) => told[name]);
function wordsOf(name, value, screen = stage) {
const box = [...screen.querySelectorAll(named(name))].find((one) => one.value === value && /radio|checkbox|hidden/.test(one.type));
if (!box) return value;
const place = box.type === "hidden" ? box.closest("li")?.querySelector(".engage-rank__label") : screen.querySelector(`label[for="${CSS.escape(box.id)}"]`);
return place ? filled(place.textContent.trim().replace(/\s+/g, " ")) : value;
}
function givenIn(form, step) {
const given = {};
for (const [name, value] of new FormData(form)) {
if (typeof value === "string" && [...step.fields, step.skip].includes(name)) (given[name] ??= []).push(value);
}
return given;
}
function help() {
const form = stage.querySelector("form");
if (stage.dataset.screen !== "help") helpedFrom = stage.dataset.screen;
if (helpedFrom === "how" && form) how = howIn(form);
else if (form) {
const step = stepOf(form.dataset.question);
held = { id: step.id, given: givenIn(form, step), files: [...(form.querySelector("input[type=file]")?.files ?? [])] };
}
who.helped ||= ["intro", "how", "check", "stopped"].includes(helpedFrom) || helpedFrom.startsWith("q-");
show("help");
}
function fromHelp() {
if (who.isBoxed) sent();
else if (helpedFrom.startsWith("q-")) ask(helpedFrom.slice(2));
else if (helpedFrom === "how") askHow();
else if (helpedFrom === "check") check();
else if (/intro|stopped/.test(helpedFrom)) before();
else if (helpedFrom === "sent") show("sent");
else restart();
}
async function take(form) {
const id = form.dataset.question;
const step = stepOf(id);
const given = givenIn(form, step);
const added = step.attach ? await putBy(form.querySelector("input[type=file]"), step.attach, room(id)) : {};
if (!form.isConnected) return undefined; // left meanwhile
files[id] = added.kept ?? [];
const wrong = added.wrong ? { words: put(tablet.words[added.wrong], step.attach) } : trouble(step, given);
if (wrong) return complain(form, wrong);
if (read(step, given).skipped) files[id] = [];
for (const mode of new FormData(form).getAll("used-modes")) who.used.add(mode);
fields[id] = given;
path = walk(steps, answersNow());
if (path.end?.nothing_kept) return stop(path.end);
const next = isChanging ? path.ids.find((one) => !fields[one]) : path.ids[path.ids.indexOf(id) + 1];
if (next && !path.end) return ask(next);
return isChanging ? check() : onward();
}
const room = (id) =>
Object.entries(files).reduce((left, [other, held]) => left - (other === id ? 0 : held.reduce((sum, file) => sum + file.size, 0)), MOST_ROOM);
function back(id) {
const at = id === "how" ? path.ids.length : path.ids.indexOf(id);
if (isChanging) check();
else if (at > 0) ask(path.ids[at - 1]);
else before();
}
function stop(end) {
const words = filled(end.say);
afresh();
show("stopped");
stage.querySelector("[data-farewell]").textContent = words;
}
function check() {
show("check");
isChanging = false;
const farewell = stage.querySelector("[data-farewell]");
farewell.textContent = path.end ? filled(path.end.say) : "";
farewell.hidden = !path.end;
const list = stage.querySelector("[data-rows]");
const screenOf = (id) => screens.get(id === "how" ? id : `q-${id}`).content;
for (const id of [...path.ids.filter((one) => !stepOf(one).tells), ...(screens.has("how") ? ["how"] : [])]) {
const made = list.querySelector("template").content.cloneNode(true);
const asked = askedOn(screenOf(id));
made.querySelector("[data-question]").textContent = asked;
made.querySelector("[data-answer]").append(...apart(id === "how" ? saidHow(screenOf(id)) : said(id, screenOf(id))));
made.querySelector("button").dataset.change = id;
made.querySelector("button").append(hidden(` ${asked}`));
list.append(made);
}
}
function saidHow(screen) {
const { "how-company": company, "how-adult": adult } = how ?? {};
const chosen = (company ?? []).filter((one) => one !== "rather-not").map((one) => wordsOf("how-company", one, screen));
return [...chosen, ...(adult ?? []).flatMap((one) => tablet.words.adult[one] ?? [])];
}
function askedOn(screen) {
const heading = screen.querySelector("h1").cloneNode(true);
heading.querySelector(".engage-soft")?.remove();
return filled(heading.textContent.trim());
}
function hidden(words) {
const one = document.createElement("span");
one.className = "engage-vh";
one.textContent = words;
return one;
}
function said(id, screen) {
const step = stepOf(id);
const isLeft = step.reads && read(step, fields[id] ?? {}).skipped;
const chosen = Object.entries(fields[id] ?? {}).flatMap(([name, values]) =>
values.map((value, at) => {
if (isLeft && value !== "rather-not") return "";
const words = wordsOf(name, value, screen);
const line = step.reads === "rows" && !isLeft && screen.querySelector(named(name))?.closest("[role=radiogroup]");
if (line) return `${line.querySelector(".engage-line__label").textContent.trim()}: ${words}`;
return step.reads === "order" && !isLeft ? `${at + 1}. ${words}` : words;
}),
);
const added = files[id]?.length ? [tablet.words.files[id][files[id].length - 1]] : [];
return [...chosen.filter((words) => words.trim()), ...added];
}
function apart(pieces) {
const made = pieces.map((words) => Object.assign(document.createElement("bdi"), { textContent: words }));
return made.length ? made.flatMap((one, at) => (at ? [tablet.comma, one] : [one])) : [tablet.words.nothing];
}
async function closeAndKeep(person, content) {
const { key, box, helped } = person;
const closed = await closeBox(bytesFrom(tablet.key), tablet.id, { ...content, key, helped });
if (person.helped === helped) await keepBox(shelf, box, closed);
if (person.helped !== helped) await closeAndKeep(person, content);
}
function sent() {
forget();
show("sent");
}
async function finish() {
const person = who;
const kept = Object.fromEntries(path.ids.filter((id) => fields[id]).map((id) => [id, fields[id]]));
const added = path.ids.filter((id) => files[id]?.length);
const texts = await Promise.all(added.map(async (id) => [id, await Promise.all(files[id].map(asText))]));
const content = { version: tablet.version, language: tablet.language, easy: tablet.easy, modes: tablet.modes, used: [...who.used], how: how ?? {}, fields: kept, files: Object.fromEntries(texts) };
try {
if ((await boxCount(shelf)) >= MOST_BOXES) throw new Error("full");
await closeAndKeep(person, content);
} catch {
const wrong = stage.querySelector("[data-wrong]");
if (person !== who || stage.dataset.screen !== "check") return;
wrong.hidden = false;
wrong.textContent = tablet.words.full;
return;
}
person.isBoxed = true;
if (person === who && stage.dataset.screen !== "help") sent();
sendSoon();
}
async function sendAll() {
isWanted = true;
if (isSending) return;
isSending = true;
while (isWanted) {
isWanted = false;
await sendBoxes();
}
isSending = false;
await tell();
clearTimeout(nextTry);
nextTry = (await boxCount(shelf)) ? setTimeout(sendAll, wait) : 0;
wait = Math.min(wait * 2, LATEST_MS);
}
function sendSoon() {
wait = SOON_MS;
void sendAll();
}
async function sendBoxes() {
let failed = 0;
refused = 0;
isLate = false;
try {
for (const key of await boxKeys(shelf)) {
if (key === who.box && !who.isBoxed) continue; // it may be closed again
const body = await boxAt(shelf, key);
if (!body) continue;
const answer = await fetch(tablet.take, { method: "POST", body, headers: { "Content-Type": "application/octet-stream" } });
if (answer.ok) await dropBox(shelf, key);
else if (answer.status >= 400 && answer.status < 500 && ![410, 429].includes(answer.status)) refused += 1;
else if ((isLate = answer.status === 410) || (answer.status >= 500 && (failed += 1) === MOST_FAILED)) break;
}
} catch {
}
}
async function tell() {
const count = await boxCount(shelf);
const line = stage.querySelector("[data-waiting]");
const words = isLate ? tablet.words.late : refused ? tablet.words.refused : tablet.words.waiting;
if (line) line.textContent = count ? put(words, { count: refused || count }) : tablet.words.none;
const start = stage.querySelector("[data-do='intro']");
if (start && line) start.hidden = isTakenAway;
for (const asking of stage.querySelectorAll("[data-asking]")) asking.hidden = isTakenAway;
for (const ended of stage.querySelectorAll("[data-ended]")) ended.hidden = !isTakenAway;
const unready = stage.querySelector("[data-unready]");
if (unready) unready.hidden = isReady;
const over = stage.querySelector("[data-do='over']");
if (over) over.hidden = !isTakenAway || (count > 0 && !isLate);
}
async function look() {
try {
const answer = await fetch(location.pathname + location.search, { cache: "reload" });
isTakenAway = answer.status === 410;
if (answer.ok) await renew(answer);
} catch {
return; // No network: what was known stays so.
}
await tell();
}
async function renew(answer) {
const fresh = new DOMParser().parseFromString(await answer.clone().text(), "text/html").querySelector("#tablet")?.dataset.facts;
const isNew = fresh && fresh !== document.querySelector("#tablet").dataset.facts;
if (!isNew) return history.replaceState(null, "");
if (history.state === "renewed") return;
await (await caches.open(shelf)).put(answer.url, answer);
if (stage.dataset.screen !== "start") return;
history.replaceState("renewed", "");
location.reload();
}
async function over() {
if (!isTakenAway || (!isLate && (await boxCount(shelf)))) return;
await forgetBoxes(shelf);
for (const name of await caches.keys()) if (name === shelf) await caches.delete(name);
for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
location.replace(tablet.over);
}
async function once(act) {
if (isBusy) return;
isBusy = true;
try {
await act();
} finally {
isBusy = false;
}
}
const ACTIONS = { begin: start, on: () => ask(path.ids[0]), intro: begin, next: restart, send: () => once(finish), again: () => Promise.all([sendSoon(), look()]), over, help, back: fromHelp };
stage.addEventListener("click", (event) => {
const button = event.target.closest("button");
if (!button) return;
if (button.dataset.back) back(button.dataset.back);
else if (button.dataset.change) {
isChanging = true;
if (button.dataset.change === "how") askHow();
else ask(button.dataset.change);
}
else if (button.dataset.do) void ACTIONS[button.dataset.do]();
});
stage.addEventListener("submit", (event) => {
event.preventDefault();
void once(() => (event.target.dataset.question === "how" ? takeHow(event.target) : take(event.target)));
});
document.querySelector("[data-leave]").addEventListener("click", (event) => {
event.preventDefault();
restart();
});
document.querySelector("[data-help]").addEventListener("click", (event) => {
event.preventDefault();
help();
});
document.querySelector("[data-tongues]")?.addEventListener("click", (event) => {
const link = event.target.closest("a");
if (!link || stage.dataset.screen !== "intro") return;
event.preventDefault();
location.assign(`${link.href}#${who.helped ? "helped" : "begun"}`);
});
addEventListener("online", sendSoon);
document.addEventListener("engage-quiet", restart);
stage.addEventListener(
"error",
({ target }) => {
if (!target.matches("video, audio, img, source")) return;
const shown = target.closest("video") ?? target;
shown.closest(".engage-film")?.querySelector("details")?.setAttribute("open", "");
shown.remove();
},
true,
);
const namesIn = (part, names, from) => [...part.querySelectorAll(names)].map((one) => new URL(one.getAttribute(from), location.href).href);
async function putPagesBy() {
const pictures = [...document.querySelectorAll("template")].flatMap((one) => namesIn(one.content, "img", "src"));
const parts = [...namesIn(document, "link[rel='stylesheet']", "href"), ...namesIn(document, "script[src]", "src"), ...namesIn(document, "[data-reader]", "data-reader")];
const fonts = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.endsWith(".woff2"));
const whole = (names) => [...new Set(names)].map((name) => new URL(name, location.href).href);
const needed = whole([...tablet.pages, ...parts, ...fonts]);
const media = whole([...tablet.media, ...pictures]).filter((name) => !needed.includes(name));
const cache = await caches.open(shelf);
await cache.addAll(needed.map((name) => new Request(name, { cache: "reload" })));
const shown = new Set([...needed, ...media]);
for (const { url } of await cache.keys()) if (!shown.has(url)) await cache.delete(url);
for (const name of media) if (!(await cache.match(name))) await cache.add(new Request(name, { cache: "reload" })).catch(() => {});
}
function open() {
const mark = location.hash;
if (mark) history.replaceState(history.state, "", location.pathname + location.search);
restart();
if (!/^#(helped|begun)$/.test(mark)) return;
who.helped = mark === "#helped";
begin();
}
async function prepare() {
open();
isReady = "serviceWorker" in navigator;
if (!isReady) return tell();
await navigator.serviceWorker.register(tablet.worker, { scope: tablet.scope });
await navigator.storage?.persist?.().catch(() => {}); // what waits here is not for a browser to clear away
if (navigator.onLine) await putPagesBy().catch(() => {});
isReady = (await caches.match(tablet.pages[0], { cacheName: shelf })) !== undefined;
await tell();
stage.dispatchEvent(new Event("ready"));
document.documentElement.dataset.ready = "yes";
}
void prepare();
