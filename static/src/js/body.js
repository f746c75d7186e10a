import { attach } from "./attach.js";

// Touching a part of the drawing ticks its name in the list.
function body(box) {
  box.classList.add("is-live");
  box.querySelector(".engage-body__map")?.addEventListener("click", (event) => {
    const part = event.target.closest("[data-part]")?.dataset.part;
    if (part) box.querySelector(`input[value="${CSS.escape(part)}"]`)?.click();
  });
}

attach("engage-body", body);
