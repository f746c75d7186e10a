import { attach } from "./attach.js";
import { give, holdBack } from "./give.js";

// Drawing with a finger, a pen or a mouse. What is drawn goes into the file control after every stroke. "Clear" is an act like any
// other: undo brings everything back. Whoever does not draw writes in the box below, which needs no script.
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
  // What the form holds already: where there is no network, a drawing is put back into it.
  const put = (picture) => {
    if (acts.length || picture.width !== canvas.width || picture.height !== canvas.height) return;
    below = picture;
    repaint();
  };
  if (input.files[0]) createImageBitmap(input.files[0]).then(put, () => {});
  area.hidden = false;
}

attach("engage-draw", drawArea);
