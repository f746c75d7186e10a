import { attach } from "./attach.js";

// Copies data-text. The clipboard is only offered on a secure page; elsewhere the older way is tried.
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
