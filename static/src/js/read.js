import { attach } from "./attach.js";

// Read to me. Only a voice that lives on the device is used: a remote voice would send a child's page to a stranger.
// The button stays hidden until such a voice exists for the page's language.
const QUIET = "button, textarea, script, style, svg, [aria-hidden='true'], [hidden], [data-quiet]";
const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, label, legend, caption, th, td, figcaption, summary";
let stopReading = () => {};

function localVoice() {
  const plain = (code) => code.toLowerCase().replace("_", "-");
  const wanted = plain(document.documentElement.lang);
  const voices = speechSynthesis.getVoices().filter((voice) => voice.localService === true);
  const base = wanted.split("-")[0];
  return (
    voices.find((voice) => plain(voice.lang) === (wanted === "en" ? "en-gb" : wanted)) ??
    voices.find((voice) => plain(voice.lang).split("-")[0] === base)
  );
}

// The words of `root` as they are seen, one piece a block, in order: [[block, words]].
function piecesOf(root) {
  const pieces = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.replace(/\s+/g, " ").trim();
    const parent = walker.currentNode.parentElement;
    if (!words || parent.closest(QUIET)) continue;
    const block = parent.closest(BLOCKS) ?? parent;
    const last = pieces.at(-1);
    if (last && last[0] === block) last[1] += ` ${words}`;
    else pieces.push([block, words]);
  }
  return pieces;
}

function speak(pieces, voice, done) {
  let running = true;
  const [block, words] = pieces[0] ?? [];
  const finish = () => {
    block?.classList.remove("engage-reading");
    if (!running) return;
    running = false;
    if (pieces.length > 1) rest = speak(pieces.slice(1), voice, done);
    else done();
  };
  let rest = () => {};
  if (!block) {
    done();
    return rest;
  }
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = 0.9;
  utterance.onend = finish;
  utterance.onerror = finish;
  block.classList.add("engage-reading");
  speechSynthesis.speak(utterance);
  return () => {
    running = false;
    block.classList.remove("engage-reading");
    rest();
  };
}

function readButton(button) {
  const words = button.querySelector("span");
  const start = words.textContent;
  let reading = false;
  const show = () => {
    const none = !localVoice();
    button.hidden = none;
    const place = button.closest("li");
    if (place) place.hidden = none;
  };
  const rest = () => {
    reading = false;
    words.textContent = start;
  };
  button.addEventListener("click", () => {
    const again = !reading;
    stopReading();
    if (!again) return;
    reading = true;
    words.textContent = button.dataset.stop;
    const halt = speak(piecesOf(document.getElementById(button.dataset.target)), localVoice(), rest);
    stopReading = () => {
      stopReading = () => {};
      halt();
      speechSynthesis.cancel();
      rest();
    };
  });
  speechSynthesis.addEventListener?.("voiceschanged", show);
  show();
}

if ("speechSynthesis" in window) {
  attach("engage-read", readButton);
  addEventListener("pagehide", () => stopReading());
}
