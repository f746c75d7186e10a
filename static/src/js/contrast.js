import { attach } from "./attach.js";

// Says, while two colours are chosen, whether words in one can be read on the other (WCAG 2.2, contrast ratio), and shows them.
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
