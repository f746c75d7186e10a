function attach(name, start) {
for (const element of document.querySelectorAll(`[data-module~="${name}"]`)) {
try {
start(element);
} catch (fault) {
console.warn(name, fault);
}
}
}
function slider(box) {
const drag = box.querySelector(".engage-slider__drag");
const range = drag.querySelector("input");
const said = drag.querySelector("output");
const radios = [...box.querySelectorAll("input[type='radio']")];
const show = () => {
const chosen = radios.find((one) => one.checked);
range.classList.toggle("is-empty", !chosen);
if (chosen) range.value = chosen.value;
said.textContent = chosen ? chosen.labels[0].textContent : said.dataset.empty;
};
range.addEventListener("input", () => {
const chosen = radios.find((one) => one.value === range.value);
if (chosen) chosen.checked = true;
show();
});
box.closest("form").addEventListener("change", show);
drag.hidden = false;
show();
}
attach("engage-slider", slider);
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
