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
    reader ??= import(page.dataset.reader);
    (await reader).press(button, localVoice);
  });
  window.speechSynthesis?.addEventListener?.("voiceschanged", show);
  show();
}

attach("engage-read", readButton);
