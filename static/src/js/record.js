import { attach } from "./attach.js";
import { give, holdBack } from "./give.js";

// Recording an answer. The tools appear only where the browser can record what we can take; the microphone is asked for when
// somebody presses Start, and let go as soon as they stop, leave or send. What was recorded goes into the file control.
const RECORDED = { "audio/webm;codecs=opus": "webm", "audio/mp4": "m4a", "audio/ogg;codecs=opus": "ogg" };

function clockOf(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function recordArea(area, signal) {
  const type = Object.keys(RECORDED).find((each) => window.MediaRecorder?.isTypeSupported(each));
  if (!type || !navigator.mediaDevices?.getUserMedia) return;
  const part = (name) => area.querySelector(`[data-${name}]`);
  const [start, stop, done, time, said] = ["start", "stop", "done", "time", "said"].map(part);
  const player = area.querySelector("audio");
  const input = document.getElementById(area.dataset.input);
  const before = document.querySelector(".engage-kept");
  const most = Number(area.dataset.seconds);
  let recorder = null;
  let ticking = 0;
  let asking = null;
  const isRecording = () => recorder?.state === "recording";
  const finish = () => isRecording() && recorder.stop();
  const goOn = holdBack(input.form, () => recorder !== null, finish, signal);

  const show = (state) => {
    start.hidden = state !== "ready";
    stop.hidden = time.hidden = state !== "recording";
    done.hidden = state !== "done";
    if (before) before.hidden = state === "done";
  };
  const forget = () => {
    if (player.src) URL.revokeObjectURL(player.src);
    player.removeAttribute("src");
    give(input, null);
  };
  const letGo = (stream) => {
    for (const track of stream.getTracks()) track.stop();
  };
  const begin = async () => {
    const mine = (asking = {});
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      said.textContent = area.dataset.refused;
      return;
    }
    // They left, or asked again, while the browser asked about the microphone.
    if (asking !== mine || !area.isConnected) return letGo(stream);
    forget();
    const pieces = [];
    recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(ticking);
      letGo(stream);
      recorder = null;
      const sound = new Blob(pieces, { type: type.split(";")[0] });
      give(input, sound, `recording.${RECORDED[type]}`);
      player.src = URL.createObjectURL(sound);
      said.textContent = area.dataset.stopped;
      show("done");
      part("again").focus();
      goOn();
    });
    const from = performance.now();
    ticking = setInterval(() => {
      const gone = (performance.now() - from) / 1000;
      time.textContent = `${clockOf(gone)} / ${clockOf(most)}`;
      if (gone >= most) finish();
    }, 250);
    time.textContent = `0:00 / ${clockOf(most)}`;
    recorder.start();
    said.textContent = area.dataset.started;
    show("recording");
    stop.focus();
  };

  start.addEventListener("click", begin);
  part("again").addEventListener("click", begin);
  stop.addEventListener("click", finish);
  part("remove").addEventListener("click", () => {
    forget();
    said.textContent = area.dataset.removed;
    show("ready");
    start.focus();
  });
  const leave = () => {
    asking = null;
    finish();
  };
  addEventListener("pagehide", leave, { signal });
  // What the form holds already: where there is no network, a recording is put back into it.
  const [held] = input.files;
  if (held) player.src = URL.createObjectURL(held);
  show(held ? "done" : "ready");
  area.hidden = false;
}

attach("engage-record", recordArea);
