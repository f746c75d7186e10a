import { attach } from "./attach.js";

// A shared tablet that nobody touches asks whether somebody is still there, then goes back to its start page, which clears up.
function sharedTablet(box) {
  const quiet = Number(box.dataset.quiet) * 1000;
  const grace = Number(box.dataset.grace) * 1000;
  const stay = box.querySelector("button");
  let timer = 0;
  let before = null;
  // Whoever talks, watches or listens touches nothing.
  const isBusy = () =>
    document.querySelector(".engage-record [data-stop]:not([hidden])") !== null ||
    [...document.querySelectorAll("video, audio")].some((film) => !film.paused) ||
    window.speechSynthesis?.speaking === true;

  // Without an address the page clears itself: a tablet without a network has nowhere else to go.
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
