function attach(name, start) {
for (const element of document.querySelectorAll(`[data-module~="${name}"]`)) {
try {
start(element);
} catch (fault) {
console.warn(name, fault);
}
}
}
let reader;
function localVoice(lang) {
const plain = (code) => code.toLowerCase().replace("_", "-");
const voices = (window.speechSynthesis?.getVoices() ?? []).filter((voice) => voice.localService === true);
const wanted = plain(lang);
return (
voices.find((voice) => plain(voice.lang) === (wanted === "en" ? "en-gb" : wanted)) ??
voices.find((voice) => plain(voice.lang).split("-")[0] === wanted.split("-")[0])
);
}
function readButton(button) {
const page = document.getElementById("main");
const show = () => {
const none = !localVoice(document.documentElement.lang) && !page?.dataset.sounds && !document.querySelector("audio[data-recorded]");
button.hidden = none;
const place = button.closest("li");
if (place) place.hidden = none;
};
button.addEventListener("click", async () => {
document.querySelector('[data-used="read_aloud"]')?.removeAttribute("disabled");
reader ??= import(page.dataset.reader);
(await reader).press(button, localVoice);
});
window.speechSynthesis?.addEventListener?.("voiceschanged", show);
show();
}
document.addEventListener("play", (event) => {
if (event.target.matches("[data-recorded]")) document.querySelector('[data-used="read_aloud"]')?.removeAttribute("disabled");
if (event.target.closest(".engage-bsl")) document.querySelector('[data-used="bsl"]')?.removeAttribute("disabled");
}, true);
document.addEventListener("error", ({ target }) => {
const film = target.matches?.(".engage-film video, .engage-film source") && target.closest(".engage-film");
film?.querySelector("details").setAttribute("open", "");
film?.querySelector("video")?.remove();
}, true);
attach("engage-read", readButton);
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
document.addEventListener("input", (event) => {
const box = event.target;
if (!box.value || !box.matches("main form textarea, main form input[type='text']")) return;
const skip = box.form?.querySelector("input[type='checkbox'][id$='-skip']");
if (skip) skip.checked = false;
});
