// Two switches: one moves on (Tab), one presses (Enter). Every radio button of a group is reached in turn, and pressing one
// moves on past its group. Only where somebody asked for it: whoever uses a keyboard expects the arrow keys there.
const CONTROLS = "input:not([type='hidden']), textarea, select, button, summary, a[href]";
let backwards = false;

function usable(within) {
  return [...within.querySelectorAll(CONTROLS)].filter((one) => !one.disabled && one.checkVisibility());
}

function groupOf(radio) {
  return usable(radio.form ?? document).filter((one) => one.type === "radio" && one.name === radio.name);
}

function isChoice(one) {
  return one.matches("input[type='radio'], input[type='checkbox']");
}

function moveOn(radio) {
  const all = usable(radio.form ?? document);
  all[all.indexOf(groupOf(radio).at(-1)) + 1]?.focus();
}

document.addEventListener("keydown", (event) => {
  const here = event.target;
  backwards = event.shiftKey;
  if (event.ctrlKey || event.altKey || event.metaKey || !isChoice(here)) return;
  if (event.key === "Enter") {
    event.preventDefault();
    here.click();
    if (here.type === "radio") moveOn(here);
  }
  if (event.key === "Tab" && here.type === "radio") {
    const group = groupOf(here);
    const next = group[group.indexOf(here) + (backwards ? -1 : 1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
});

// Coming into a group, the browser goes to the chosen one; whoever can only go on would never reach those before it.
document.addEventListener("focusin", (event) => {
  const here = event.target;
  const from = event.relatedTarget;
  if (here.type !== "radio" || !from || (from.type === "radio" && from.name === here.name)) return;
  const first = groupOf(here).at(backwards ? -1 : 0);
  if (first && first !== here) first.focus();
});

if (!document.querySelector("[data-module~='engage-errors']")) {
  const form = document.querySelector("main form");
  if (form?.querySelector(".engage-q")) usable(form)[0]?.focus();
}
