import { attach } from "./attach.js";

function printButton(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

attach("engage-print", printButton);
