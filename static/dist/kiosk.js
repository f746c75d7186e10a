function attach(name, start) {
for (const element of document.querySelectorAll(`[data-module~="${name}"]`)) {
try {
start(element);
} catch (fault) {
console.warn(name, fault);
}
}
}
function sharedTablet(box) {
const quiet = Number(box.dataset.quiet) * 1000;
const grace = Number(box.dataset.grace) * 1000;
const stay = box.querySelector("button");
let timer = 0;
let before = null;
const isBusy = () =>
document.querySelector(".engage-record [data-stop]:not([hidden])") !== null ||
[...document.querySelectorAll("video, audio")].some((film) => !film.paused) ||
window.speechSynthesis?.speaking === true;
const leave = () => {
if (isBusy()) {
box.hidden = true;
return wait();
}
if (box.dataset.again) location.replace(box.dataset.again);
else {
box.hidden = true;
box.dispatchEvent(new Event("engage-quiet", { bubbles: true }));
wait();
}
};
const ask = () => {
if (isBusy() || document.querySelector("#stage[data-screen='start']")) return wait();
before = document.activeElement;
box.hidden = false;
stay.focus();
timer = setTimeout(leave, grace);
};
const wait = () => {
clearTimeout(timer);
timer = setTimeout(ask, quiet);
};
const touched = () => {
if (box.hidden) wait();
};
stay.addEventListener("click", () => {
box.hidden = true;
before?.focus?.();
wait();
});
for (const kind of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(kind, touched, { passive: true });
wait();
}
attach("engage-kiosk", sharedTablet);
