function attach(name, start) {
for (const element of document.querySelectorAll(`[data-module~="${name}"]`)) {
try {
start(element);
} catch (fault) {
console.warn(name, fault);
}
}
}
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
const KEYS_SETTING = "engage-keys";
function typing(target) {
return target.closest("textarea, select, input:not([type='checkbox']):not([type='radio'])");
}
function useKey(area, event) {
if (/^[1-9]$/.test(event.key)) {
const box = area.querySelectorAll(".engage-suggest input")[Number(event.key) - 1];
box?.click();
return Boolean(box);
}
const control = [...area.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
if (!control) return false;
if (control.matches("button, a, summary")) control.click();
else control.focus();
return true;
}
function coderArea(area) {
let on = localStorage.getItem(KEYS_SETTING) !== "off";
const toggle = area.querySelector("[data-keys-toggle]");
const show = () => {
if (!toggle) return;
toggle.hidden = false;
toggle.textContent = on ? toggle.dataset.off : toggle.dataset.on;
area.querySelector(".engage-keys")?.classList.toggle("is-off", !on);
};
toggle?.addEventListener("click", () => {
on = !on;
localStorage.setItem(KEYS_SETTING, on ? "on" : "off");
show();
});
document.addEventListener("keydown", (event) => {
if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
const pressed = event.target.closest("a, button, summary");
if (event.key === "Enter" && pressed) return;
if (useKey(area, event)) event.preventDefault();
});
show();
}
attach("engage-coder", coderArea);
function light(colour) {
const [red, green, blue] = [1, 3, 5].map((at) => {
const part = parseInt(colour.slice(at, at + 2), 16) / 255;
return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});
return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrastForm(form) {
const [ink, ground] = form.querySelectorAll("input[type='color']");
const said = form.querySelector("[data-said]");
const seen = form.querySelector("[data-seen]");
const tell = () => {
const [low, high] = [light(ink.value), light(ground.value)].sort((one, other) => one - other);
const ratio = (high + 0.05) / (low + 0.05);
said.textContent = form.dataset[ratio >= 7 ? "good" : "poor"].replace("{ratio}", ratio.toFixed(1));
seen.style.color = ink.value;
seen.style.backgroundColor = ground.value;
};
form.addEventListener("input", tell);
seen.hidden = false;
tell();
}
attach("engage-contrast", contrastForm);
