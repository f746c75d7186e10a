import { attach } from "./attach.js";

// Coding by keys: 1 to 9 choose a suggestion, and any control with data-key is pressed (or, if words go into it, entered) by
// that key. One button turns all keys off and stays so; nothing happens while words are being typed.
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
