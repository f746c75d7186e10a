import { attach } from "./attach.js";

// The error summary takes the focus when the page opens; a line of it leads to its control and shows the question above it.
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
