import { attach } from "./attach.js";

// Moving a thing up or down here instead of at the server: the order of the page is the order that is sent. The focus stays on
// the button that was pressed, or goes to its twin where that one has nowhere left to go.
function rank(box) {
  const list = box.querySelector("ol");
  const said = box.querySelector("[role='status']");
  const show = () => {
    const things = [...list.children];
    things.forEach((thing, place) => {
      thing.querySelector(".engage-rank__place").textContent = place + 1;
      const [up, down] = thing.querySelectorAll("button");
      up.hidden = place === 0;
      down.hidden = place === things.length - 1;
    });
  };
  show();
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const thing = button.closest("li");
    const up = button.value.startsWith("up.");
    const beside = up ? thing.previousElementSibling : thing.nextElementSibling;
    if (!beside) return;
    if (up) beside.before(thing);
    else beside.after(thing);
    show();
    [...list.children].forEach((one) => one.classList.toggle("is-moved", one === thing));
    (button.hidden ? thing.querySelector("button:not([hidden])") : button).focus();
    const words = { option: thing.querySelector(".engage-rank__label").textContent, at: [...list.children].indexOf(thing) + 1, of: list.children.length };
    said.textContent = box.dataset.said.replace(/\{(\w+)\}/g, (_all, name) => words[name]);
  });
}

attach("engage-rank", rank);
