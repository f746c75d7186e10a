const QUIET = "button, textarea, input, script, style, svg, video, audio, [aria-hidden='true'], [hidden], [data-quiet]";
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, label, legend, caption, th, td, figcaption, summary";
const page = document.getElementById("main");
const player = new Audio();
const known = new Map();
let halt;
let findVoice = () => undefined;
function piecesOf(root) {
const pieces = [];
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
const text = walker.currentNode.textContent.replace(/\s+/g, " ").trim();
const parent = walker.currentNode.parentElement;
if (!text || parent.closest(QUIET)) continue;
const block = parent.closest(BLOCKS) ?? parent;
const lang = parent.closest("[lang]").lang;
const last = pieces.at(-1);
if (last && last.block === block && last.lang === lang) last.words += ` ${text}`;
else pieces.push({ block, lang, words: text, own: Boolean(parent.closest("[data-own]")) });
}
return recorded(pieces, root);
}
function recorded(pieces, root) {
const sound = document.querySelector("audio[data-recorded]");
const region = sound && document.getElementById(sound.dataset.recorded);
const first = region && root.contains(region) ? pieces.findIndex(({ block }) => region.contains(block)) : -1;
if (first < 0) return pieces;
const rest = pieces.filter(({ block }) => !region.contains(block));
const instead = pieces.filter(({ block }) => region.contains(block));
return [...rest.slice(0, first), { block: region, url: sound.currentSrc || sound.src, instead }, ...rest.slice(first)];
}
async function urlOf({ lang, words, own, url }) {
if (url || own || !page.dataset.sounds || !crypto.subtle) return url;
const base = `${page.dataset.sounds}${lang}`;
if (!known.has(lang)) {
known.set(lang, fetch(`${base}/all.json`).then((answer) => (answer.ok ? answer.json() : [])).catch(() => []));
}
const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${lang}\n${words}`));
const key = Array.from(new Uint8Array(hash).slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
return (await known.get(lang)).includes(key) ? `${base}/${key}.wav` : undefined;
}
function speak(piece, voice) {
return new Promise((done) => {
const utterance = new SpeechSynthesisUtterance(piece.words);
Object.assign(utterance, { voice, lang: voice.lang, rate: 0.9, onend: done, onerror: done });
speechSynthesis.speak(utterance);
});
}
function play(url) {
return new Promise((done) => {
player.onended = player.onpause = () => done(true);
player.onerror = () => done(false);
player.src = url;
player.play().catch(() => done(false));
});
}
async function read(pieces, isOn) {
for (const piece of pieces) {
const voice = piece.url ? undefined : findVoice(piece.lang);
const url = voice ? undefined : await urlOf(piece);
if (!isOn()) return;
if (!voice && !url) continue;
piece.block.classList.add("engage-reading");
piece.block.scrollIntoView({ block: "nearest" });
const wasThere = await (voice ? speak(piece, voice) : play(url));
piece.block.classList.remove("engage-reading");
if (piece.instead && !wasThere) await read(piece.instead, isOn);
}
}
function buttons(reading) {
for (const button of document.querySelectorAll("[data-module~='engage-read']")) {
const words = button.querySelector("span");
button.dataset.start ??= words.textContent;
words.textContent = reading ? button.dataset.stop : button.dataset.start;
button.classList.toggle("is-reading", reading);
}
}
async function start(root) {
let on = true;
halt = () => {
on = false;
halt = undefined;
window.speechSynthesis?.cancel();
player.pause();
for (const block of document.querySelectorAll(".engage-reading")) block.classList.remove("engage-reading");
buttons(false);
};
buttons(true);
await read(piecesOf(root), () => on);
if (on) halt();
}
function besideEach(dock) {
for (const choice of document.querySelectorAll(".engage-choice")) {
if (choice.querySelector(".engage-say")) return;
const label = choice.querySelector("label");
const small = document.createElement("button");
small.type = "button";
small.className = "engage-say engage-ring";
small.setAttribute("aria-label", `${dock.dataset.each}: ${label.innerText.trim()}`);
small.append(dock.querySelector("svg").cloneNode(true));
small.addEventListener("click", () => {
halt?.();
start(label);
});
choice.append(small);
}
}
export function press(button, localVoice) {
findVoice = localVoice;
const dock = document.querySelector("[data-module~='engage-read'][data-each]");
if (dock) besideEach(dock);
if (halt) halt();
else start(document.getElementById(button.dataset.target));
}
addEventListener("pagehide", () => halt?.());
addEventListener("keydown", (event) => event.key === "Escape" && halt?.());
