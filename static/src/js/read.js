import { attach } from "./attach.js";

// Read to me, the small part: shows its buttons where something can read, and fetches the part that reads when pressed.
// Only a voice that lives on the device counts: a remote voice would send a child's page to a stranger.
let reader;

function localVoice(lang) {
  const plain = (code) => code.toLowerCase().replace("_", "-");
  const voices = (window.speechSynthesis?.getVoices() ?? []).filter((voice) => voice.localService === true);
  const wanted = plain(lang);
  return (
    voices.find((voice) => plain(voice.lang) === (wanted === "en" ? "en-gb" : wanted)) ??
    voices.find((voice) => plain(voice.lang).split("-")[0] === wanted.split("-")[0])
  );
}

function readButton(button) {
  const page = document.getElementById("main");
  const show = () => {
    const none = !localVoice(document.documentElement.lang) && !page?.dataset.sounds && !document.querySelector("audio[data-recorded]");
    button.hidden = none;
    const place = button.closest("li");
    if (place) place.hidden = none;
  };
  button.addEventListener("click", async () => {
    // The form then says that this page was read aloud: for results only, never beside one person's answers.
    document.querySelector('[data-used="read_aloud"]')?.removeAttribute("disabled");
    reader ??= import(page.dataset.reader);
    (await reader).press(button, localVoice);
  });
  window.speechSynthesis?.addEventListener?.("voiceschanged", show);
  show();
}

// A film in British Sign Language that is played says so too, and a person's recording. (Playing does not bubble: it is caught on its way down.)
document.addEventListener("play", (event) => {
  if (event.target.matches("[data-recorded]")) document.querySelector('[data-used="read_aloud"]')?.removeAttribute("disabled");
  if (event.target.closest(".engage-bsl")) document.querySelector('[data-used="bsl"]')?.removeAttribute("disabled");
}, true);

// A film that cannot be had (it was withdrawn, or is lost) would only turn its wheel: it goes, and its words open in its place.
document.addEventListener("error", ({ target }) => {
  const film = target.matches?.(".engage-film video, .engage-film source") && target.closest(".engage-film");
  film?.querySelector("details").setAttribute("open", "");
  film?.querySelector("video")?.remove();
}, true);

attach("engage-read", readButton);
