import { attach } from "./attach.js";

// A slider to drag, laid over the radios that are the real answer: moving one moves the other. It is silent to screen readers
// and out of the tab order, so nobody meets the same question twice.
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
