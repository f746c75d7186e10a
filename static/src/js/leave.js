import { attach } from "./attach.js";

// Leave this page quickly. Without script it is a plain link. With script the page is covered at once, the next page takes this
// one's place in the history, and Shift pressed three times within five seconds does the same.
function leaveLink(link) {
  let presses = [];
  const said = document.createElement("div");
  said.setAttribute("role", "status");
  document.body.append(said);

  const go = () => {
    const cover = document.createElement("div");
    cover.className = "engage-cover";
    document.body.append(cover);
    document.title = link.dataset.title ?? "";
    window.speechSynthesis?.cancel();
    location.replace(link.href);
  };
  const say = (words) => {
    said.textContent = words;
    said.className = words ? "engage-leave-said" : "";
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat) {
      const now = event.timeStamp;
      presses = [...presses.filter((when) => now - when < 5000), now];
    }
    if (presses.length >= 3) go();
    else say(presses.length === 2 ? (link.dataset.once ?? "") : "");
  });
  const hint = document.createElement("span");
  hint.className = "engage-vh";
  hint.textContent = link.dataset.hint ?? "";
  link.append(" ", hint);
}

attach("engage-leave", leaveLink);
// A page kept by the browser for "back" may hold answers: fetch it again instead of showing it.
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector(".engage-cover")) location.reload();
});
