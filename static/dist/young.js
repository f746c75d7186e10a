function attach(name, start) {
for (const element of document.querySelectorAll(`[data-module~="${name}"]`)) {
try {
start(element);
} catch (fault) {
console.warn(name, fault);
}
}
}
const QUIET = "button, textarea, script, style, svg, [aria-hidden='true'], [hidden], [data-quiet]";
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, label, legend, caption, th, td, figcaption, summary";
let stopReading = () => {};
function localVoice() {
const plain = (code) => code.toLowerCase().replace("_", "-");
const wanted = plain(document.documentElement.lang);
const voices = speechSynthesis.getVoices().filter((voice) => voice.localService === true);
const base = wanted.split("-")[0];
return (
voices.find((voice) => plain(voice.lang) === (wanted === "en" ? "en-gb" : wanted)) ??
voices.find((voice) => plain(voice.lang).split("-")[0] === base)
);
}
function piecesOf(root) {
const pieces = [];
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
const words = walker.currentNode.textContent.replace(/\s+/g, " ").trim();
const parent = walker.currentNode.parentElement;
if (!words || parent.closest(QUIET)) continue;
const block = parent.closest(BLOCKS) ?? parent;
const last = pieces.at(-1);
if (last && last[0] === block) last[1] += ` ${words}`;
else pieces.push([block, words]);
}
return pieces;
}
function speak(pieces, voice, done) {
let running = true;
const [block, words] = pieces[0] ?? [];
const finish = () => {
block?.classList.remove("engage-reading");
if (!running) return;
running = false;
if (pieces.length > 1) rest = speak(pieces.slice(1), voice, done);
else done();
};
let rest = () => {};
if (!block) {
done();
return rest;
}
const utterance = new SpeechSynthesisUtterance(words);
utterance.voice = voice;
utterance.lang = voice.lang;
utterance.rate = 0.9;
utterance.onend = finish;
utterance.onerror = finish;
block.classList.add("engage-reading");
speechSynthesis.speak(utterance);
return () => {
running = false;
block.classList.remove("engage-reading");
rest();
};
}
function readButton(button) {
const words = button.querySelector("span");
const start = words.textContent;
let reading = false;
const show = () => {
const none = !localVoice();
button.hidden = none;
const place = button.closest("li");
if (place) place.hidden = none;
};
const rest = () => {
reading = false;
words.textContent = start;
};
button.addEventListener("click", () => {
const again = !reading;
stopReading();
if (!again) return;
reading = true;
words.textContent = button.dataset.stop;
const halt = speak(piecesOf(document.getElementById(button.dataset.target)), localVoice(), rest);
stopReading = () => {
stopReading = () => {};
halt();
speechSynthesis.cancel();
rest();
};
});
speechSynthesis.addEventListener?.("voiceschanged", show);
show();
}
if ("speechSynthesis" in window) {
attach("engage-read", readButton);
addEventListener("pagehide", () => stopReading());
}
function leaveLink(link) {
let presses = [];
const said = document.createElement("div");
said.setAttribute("role", "status");
document.body.append(said);
const go = () => {
const cover = document.createElement("div");
cover.className = "engage-cover";
document.body.append(cover);
document.title = link.dataset.title ?? "";
window.speechSynthesis?.cancel();
location.replace(link.href);
};
const say = (words) => {
said.textContent = words;
said.className = words ? "engage-leave-said" : "";
};
link.addEventListener("click", (event) => {
event.preventDefault();
go();
});
document.addEventListener("keydown", (event) => {
if (event.key !== "Shift") presses = [];
else if (!event.repeat) {
const now = event.timeStamp;
presses = [...presses.filter((when) => now - when < 5000), now];
}
if (presses.length >= 3) go();
else say(presses.length === 2 ? (link.dataset.once ?? "") : "");
});
const hint = document.createElement("span");
hint.className = "engage-vh";
hint.textContent = link.dataset.hint ?? "";
link.append(" ", hint);
}
attach("engage-leave", leaveLink);
addEventListener("pageshow", (event) => {
if (event.persisted && document.querySelector(".engage-cover")) location.reload();
});
async function putOnClipboard(text) {
if (navigator.clipboard && window.isSecureContext) {
await navigator.clipboard.writeText(text);
return true;
}
const box = document.createElement("textarea");
box.value = text;
box.className = "engage-vh";
document.body.append(box);
box.select();
const copied = document.execCommand("copy");
box.remove();
return copied;
}
function copyButton(button) {
const words = button.querySelector("span");
const start = words.textContent;
words.setAttribute("aria-live", "polite");
button.hidden = false;
button.addEventListener("click", async () => {
if (!(await putOnClipboard(button.dataset.text))) return;
button.focus();
words.textContent = button.dataset.done;
setTimeout(() => (words.textContent = start), 4000);
});
}
attach("engage-copy", copyButton);
function printButton(button) {
button.hidden = false;
button.addEventListener("click", () => window.print());
}
attach("engage-print", printButton);
function sendOnce(form) {
let last = -Infinity;
form.addEventListener("submit", (event) => {
if (event.timeStamp - last < 5000) event.preventDefault();
else last = event.timeStamp;
});
addEventListener("pageshow", () => (last = -Infinity));
}
document.querySelectorAll("form[method='post']").forEach(sendOnce);
function errorSummary(summary) {
summary.focus();
summary.addEventListener("click", (event) => {
const link = event.target.closest("a[href^='#']");
const control = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
if (!control) return;
event.preventDefault();
const question = control.closest("fieldset")?.querySelector("legend") ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
(question ?? control).scrollIntoView();
control.focus({ preventScroll: true });
});
}
attach("engage-errors", errorSummary);
