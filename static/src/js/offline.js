import { boxAt, boxCount, boxKeys, dropBox, forgetBoxes, keepBox, MOST_BOXES } from "./boxes.js";
import { filledIn, optionsFor, readChosen } from "./chosen.js";
import { attachIn, detach } from "./live.js";
import { mixedUp, personal } from "./order.js";
import { asText, MOST_ROOM, putBack, putBy } from "./pictures.js";
import { bytesFrom, closeBox, randomText } from "./seal.js";
import { readTyped } from "./typed.js";
import { answerIn, walk } from "./walk.js";

// Answering on a shared tablet where there is no network. Every screen stands in this one document; what somebody answers
// is in memory until they send it, then in a closed box until the site says that it has it.
const tablet = JSON.parse(document.querySelector("#tablet").dataset.facts);
const stage = document.querySelector("#stage");
const screens = new Map([...document.querySelectorAll("template[data-screen]")].map((one) => [one.dataset.screen, one]));
const shelf = `engage-${tablet.id}`;
const MOST_FAILED = 3; // one box that the site fails at holds up no other; a site that fails at all of them is left alone
const SOON_MS = 5_000;
const LATEST_MS = 300_000;
let fields = {};
let files = {};
let orders = {};
let how = null; // how somebody answered, once they were asked: "how" is never a question's id
let steps = tablet.steps;
let isBusy = false;
let path = walk(steps, {});
let isSending = false;
let isWanted = false;
let wait = SOON_MS;
let nextTry = 0;
let isTakenAway = false;
let isLate = false;
let refused = 0;
let isChanging = false;
let who = somebody(); // who is answering
let helpedFrom = "start";
let held = null; // what stood in a form as Help now was pressed, not yet an answer
let isReady = true; // until it is known not to be

// One person: the key under which the site stores what they send once, the name of their box, in which modes questions were
// read to them or signed, and whether they pressed Help now before it was closed; both go with it.
function somebody() {
  return { key: randomText(32), box: crypto.randomUUID(), helped: false, used: new Set(), isBoxed: false };
}

const filled = (words) => filledIn(words, tablet.labels, path.kept, tablet.comma);

// Puts what was chosen before into the words of a screen; only text, so that no words become anything else.
function nameIn(part) {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (texts.currentNode.data.includes("{answer:")) texts.currentNode.data = filled(texts.currentNode.data);
}

const stepOf = (id) => tablet.steps.find((one) => one.id === id);
const named = (name) => `[name="${CSS.escape(name)}"]`;

// What somebody said, or {wrong: why it cannot be taken}, as the site would read it.
function read(step, given, options = step.options) {
  if (step.reads) return readChosen(step, options, given);
  const found = step.typed ? readTyped(step, given) : (answerIn(step, given) ?? (files[step.id]?.length ? { text: "" } : {}));
  const isNothing = !Object.keys(found).length;
  return isNothing ? (step.empty ? { wrong: step.empty } : { skipped: true }) : found;
}

function answersNow() {
  const known = tablet.steps.filter((step) => fields[step.id]);
  const found = known.map((step) => [step.id, read(step, fields[step.id])]);
  return Object.fromEntries(found.map(([id, answer]) => [id, answer.wrong ? { skipped: true } : answer]));
}

function show(name) {
  dispatchEvent(new Event("pagehide")); // whatever is being recorded ends with its screen
  detach();
  for (const one of stage.querySelectorAll("[src^='blob:']")) URL.revokeObjectURL(one.src);
  stage.replaceChildren(screens.get(name).content.cloneNode(true));
  stage.dataset.screen = name;
  // Another language is another page: in the middle it would take away what somebody has answered.
  const tongues = document.querySelector("[data-tongues]");
  if (tongues) tongues.hidden = !["start", "intro"].includes(name) || isBegun();
  nameIn(stage);
  document.title = `${stage.querySelector("h1").textContent.trim()} - ${tablet.place}`;
  const head = stage.querySelector("h1");
  head.tabIndex = -1;
  head.focus();
  scrollTo(0, 0);
}

function forget() {
  fields = {};
  files = {};
  orders = {};
  how = null;
  isChanging = false;
  who = somebody();
  held = null;
}

// All over again, for the same person: that they pressed Help now stays.
function afresh() {
  const { helped } = who;
  forget();
  who.helped = helped;
  steps = personal(tablet.steps);
  path = walk(steps, {});
}

function begin() {
  afresh();
  show("intro");
}

function start() {
  afresh();
  ask(path.ids[0]);
}

const isBegun = () => Object.keys(fields).length > 0;

// The page before question 1. Whoever comes back to it goes on with what they answered, or leaves it.
function before() {
  show("intro");
  for (const one of stage.querySelectorAll("[data-begun]")) one.hidden = (one.dataset.begun === "yes") !== isBegun();
}

function restart() {
  forget();
  show("start");
  tell();
  void sendAll();
  void look();
}

// The last page before checking, where the survey has it: all of it may be left out.
function askHow() {
  show("how");
  for (const control of stage.querySelectorAll("input")) control.checked = how?.[control.name]?.includes(control.value) ?? false;
  attachIn(stage);
}

// As on the site: nobody answers alone with an adult there. That is asked once more; left like that, neither is kept.
function takeHow(form) {
  const said = howIn(form);
  const clashes = said["how-company"]?.includes("alone") && said["how-adult"]?.includes("yes");
  if (clashes && !form.dataset.again) {
    form.dataset.again = "yes";
    return complain(form, { words: tablet.words.clash, field: "how-adult" });
  }
  how = clashes ? {} : said;
  return check();
}

const howIn = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, [value]]));
const onward = () => (screens.has("how") && !how ? askHow() : check());

function ask(id) {
  show(`q-${id}`);
  const form = stage.querySelector("form");
  const before = held?.id === id ? held : { given: fields[id] ?? {}, files: files[id] ?? [] };
  held = null;
  offer(form, stepOf(id), before);
  for (const control of form.elements) {
    const given = before.given[control.name];
    if (!given || /hidden|file/.test(control.type)) continue;
    if (control.matches("[type='radio'], [type='checkbox']")) control.checked = given.includes(control.value);
    else control.value = given[0] ?? "";
  }
  attachIn(stage);
  place(id);
}

// "Question 3 of about 9", and "Part 2 of 4" where there are parts; pages that only tell are not counted.
function place(id) {
  const counted = path.ids.filter((one) => !stepOf(one).tells);
  const parts = [...new Set(path.ids.map((one) => stepOf(one).part).filter(Boolean))];
  const { part, tells } = stepOf(id);
  const told = { at: counted.indexOf(id) + 1, of: counted.length };
  stage.querySelector("[data-at]").textContent = tells ? "" : put(tablet.words.at, told);
  const line = stage.querySelector("[data-section]");
  line.hidden = !part;
  line.textContent = part ? put(tablet.words.part, { at: parts.indexOf(part) + 1, of: parts.length, title: tablet.parts[part] }) : "";
}

// Takes away the options that are not brought along, and puts files and an order back as they were left.
function offer(form, step, before) {
  const input = form.querySelector("input[type=file]");
  if (input) putBack(input, before.files);
  if (input && step.attach.sound) {
    input.closest(".engage-add").hidden = true; // whether the site can play it, only the site knows
    form.querySelector("[data-refused]").dataset.refused = form.querySelector(".engage-instead label").textContent;
  }
  const offered = step.carry ? optionsFor(tablet.steps, step, path.kept) : step.options;
  for (const id of step.options.filter((one) => !offered.includes(one))) {
    form.querySelector(`${named(step.id)}[value="${CSS.escape(id)}"]`)?.closest(".engage-choice, li")?.remove();
  }
  if (step.moving.length) arrange(form, step, (orders[step.id] ??= mixed(step)));
  if (step.reads === "order") arrange(form, step, before.given[step.id] ?? []);
}

function arrange(form, step, order) {
  for (const id of order) {
    const thing = form.querySelector(`${named(step.id)}[value="${CSS.escape(id)}"]`)?.closest(".engage-choice, li");
    thing?.parentElement.append(thing);
  }
}

// "None of these" and "something else" stay where they are, at the end.
const mixed = (step) => [...mixedUp(step.moving), ...step.options.filter((one) => !step.moving.includes(one))];

function complain(form, { words, field }) {
  const said = stage.querySelector("[data-wrong]");
  said.hidden = false;
  said.textContent = words;
  const first = "input:not([type=hidden]), textarea, select";
  ((field && form.querySelector(named(field))) || form.querySelector(first))?.focus();
}

// What is wrong with a form, as {words, field}; nobody can be asked again once the box is closed.
function trouble(step, given) {
  const boxes = Object.entries(step.boxes).map(([name, most]) => [[...(given[name]?.[0] ?? "").trim()].length, most]);
  if (step.skip !== step.id && given[step.skip] && boxes.some(([letters]) => letters)) return { words: tablet.words.words_and_skip };
  const options = optionsFor(tablet.steps, step, path.kept);
  const { wrong, option, field } = read(step, given, options);
  const [letters, most] = boxes.find(([letters, most]) => letters > most) ?? [];
  const told = { most: step.most ?? step.attach?.most, of: options.length, option: option && wordsOf(step.id, option), ...step.typed?.said };
  if (wrong) return { words: put(tablet.words[wrong], told), field };
  return letters ? { words: put(tablet.words.too_long, { most, over: letters - most }) } : null;
}

const put = (words, told) => words.replace(/\{(\w+)\}/g, (_all, name) => told[name]);

// The words beside one answer of a question.
function wordsOf(name, value, screen = stage) {
  const box = [...screen.querySelectorAll(named(name))].find((one) => one.value === value && /radio|checkbox|hidden/.test(one.type));
  if (!box) return value;
  const place = box.type === "hidden" ? box.closest("li")?.querySelector(".engage-rank__label") : screen.querySelector(`label[for="${CSS.escape(box.id)}"]`);
  return place ? filled(place.textContent.trim().replace(/\s+/g, " ")) : value;
}

// What stands in a form, by the names of its fields.
function givenIn(form, step) {
  const given = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && [...step.fields, step.skip].includes(name)) (given[name] ??= []).push(value);
  }
  return given;
}

// Help now, in the middle of whatever somebody does: the numbers at once, and a way back to where they were.
function help() {
  const form = stage.querySelector("form");
  if (stage.dataset.screen !== "help") helpedFrom = stage.dataset.screen;
  if (helpedFrom === "how" && form) how = howIn(form);
  else if (form) {
    const step = stepOf(form.dataset.question);
    held = { id: step.id, given: givenIn(form, step), files: [...(form.querySelector("input[type=file]")?.files ?? [])] };
  }
  who.helped ||= ["intro", "how", "check", "stopped"].includes(helpedFrom) || helpedFrom.startsWith("q-");
  show("help");
}

function fromHelp() {
  if (who.isBoxed) sent();
  else if (helpedFrom.startsWith("q-")) ask(helpedFrom.slice(2));
  else if (helpedFrom === "how") askHow();
  else if (helpedFrom === "check") check();
  else if (/intro|stopped/.test(helpedFrom)) before();
  else if (helpedFrom === "sent") show("sent");
  else restart();
}

async function take(form) {
  const id = form.dataset.question;
  const step = stepOf(id);
  const given = givenIn(form, step);
  const added = step.attach ? await putBy(form.querySelector("input[type=file]"), step.attach, room(id)) : {};
  if (!form.isConnected) return undefined; // left meanwhile
  files[id] = added.kept ?? [];
  const wrong = added.wrong ? { words: put(tablet.words[added.wrong], step.attach) } : trouble(step, given);
  if (wrong) return complain(form, wrong);
  if (read(step, given).skipped) files[id] = [];
  for (const mode of new FormData(form).getAll("used-modes")) who.used.add(mode);
  fields[id] = given;
  path = walk(steps, answersNow());
  if (path.end?.nothing_kept) return stop(path.end);
  const next = isChanging ? path.ids.find((one) => !fields[one]) : path.ids[path.ids.indexOf(id) + 1];
  if (next && !path.end) return ask(next);
  return isChanging ? check() : onward();
}

const room = (id) =>
  Object.entries(files).reduce((left, [other, held]) => left - (other === id ? 0 : held.reduce((sum, file) => sum + file.size, 0)), MOST_ROOM);

function back(id) {
  const at = id === "how" ? path.ids.length : path.ids.indexOf(id);
  if (isChanging) check();
  else if (at > 0) ask(path.ids[at - 1]);
  else before();
}

// Somebody chose to take no part: nothing of theirs is kept, and they read why it ends here.
function stop(end) {
  const words = filled(end.say);
  afresh();
  show("stopped");
  stage.querySelector("[data-farewell]").textContent = words;
}

function check() {
  show("check");
  isChanging = false;
  const farewell = stage.querySelector("[data-farewell]");
  farewell.textContent = path.end ? filled(path.end.say) : "";
  farewell.hidden = !path.end;
  const list = stage.querySelector("[data-rows]");
  const screenOf = (id) => screens.get(id === "how" ? id : `q-${id}`).content;
  for (const id of [...path.ids.filter((one) => !stepOf(one).tells), ...(screens.has("how") ? ["how"] : [])]) {
    const made = list.querySelector("template").content.cloneNode(true);
    const asked = askedOn(screenOf(id));
    made.querySelector("[data-question]").textContent = asked;
    made.querySelector("[data-answer]").append(...apart(id === "how" ? saidHow(screenOf(id)) : said(id, screenOf(id))));
    made.querySelector("button").dataset.change = id;
    made.querySelector("button").append(hidden(` ${asked}`));
    list.append(made);
  }
}

// What was said of how they answered, as the site says it on its page to check.
function saidHow(screen) {
  const { "how-company": company, "how-adult": adult } = how ?? {};
  const chosen = (company ?? []).filter((one) => one !== "rather-not").map((one) => wordsOf("how-company", one, screen));
  return [...chosen, ...(adult ?? []).flatMap((one) => tablet.words.adult[one] ?? [])];
}

// The question alone, without "(optional)" beside it.
function askedOn(screen) {
  const heading = screen.querySelector("h1").cloneNode(true);
  heading.querySelector(".engage-soft")?.remove();
  return filled(heading.textContent.trim());
}

function hidden(words) {
  const one = document.createElement("span");
  one.className = "engage-vh";
  one.textContent = words;
  return one;
}

function said(id, screen) {
  const step = stepOf(id);
  const isLeft = step.reads && read(step, fields[id] ?? {}).skipped;
  const chosen = Object.entries(fields[id] ?? {}).flatMap(([name, values]) =>
    values.map((value, at) => {
      if (isLeft && value !== "rather-not") return "";
      const words = wordsOf(name, value, screen);
      const line = step.reads === "rows" && !isLeft && screen.querySelector(named(name))?.closest("[role=radiogroup]");
      if (line) return `${line.querySelector(".engage-line__label").textContent.trim()}: ${words}`;
      return step.reads === "order" && !isLeft ? `${at + 1}. ${words}` : words;
    }),
  );
  const added = files[id]?.length ? [tablet.words.files[id][files[id].length - 1]] : [];
  return [...chosen.filter((words) => words.trim()), ...added];
}

// Each piece in its own direction: beside Latin letters, numbers and commas would else change places in Arabic.
function apart(pieces) {
  const made = pieces.map((words) => Object.assign(document.createElement("bdi"), { textContent: words }));
  return made.length ? made.flatMap((one, at) => (at ? [tablet.comma, one] : [one])) : [tablet.words.nothing];
}

// Whoever presses Help now while their box is being closed is heard: it is closed again, in the place of the other.
async function closeAndKeep(person, content) {
  const { key, box, helped } = person;
  const closed = await closeBox(bytesFrom(tablet.key), tablet.id, { ...content, key, helped });
  if (person.helped === helped) await keepBox(shelf, box, closed);
  if (person.helped !== helped) await closeAndKeep(person, content);
}

function sent() {
  forget();
  show("sent");
}

async function finish() {
  const person = who;
  const kept = Object.fromEntries(path.ids.filter((id) => fields[id]).map((id) => [id, fields[id]]));
  const added = path.ids.filter((id) => files[id]?.length);
  const texts = await Promise.all(added.map(async (id) => [id, await Promise.all(files[id].map(asText))]));
  const content = { version: tablet.version, language: tablet.language, easy: tablet.easy, modes: tablet.modes, used: [...who.used], how: how ?? {}, fields: kept, files: Object.fromEntries(texts) };
  try {
    if ((await boxCount(shelf)) >= MOST_BOXES) throw new Error("full");
    await closeAndKeep(person, content);
  } catch {
    const wrong = stage.querySelector("[data-wrong]");
    if (person !== who || stage.dataset.screen !== "check") return;
    wrong.hidden = false;
    wrong.textContent = tablet.words.full;
    return;
  }
  // Whoever went away while it was closed has sent it; the screen, and the answers in it, may be somebody else's by now.
  // Whoever reads the numbers to call reads on, and comes back to that it is sent.
  person.isBoxed = true;
  if (person === who && stage.dataset.screen !== "help") sent();
  sendSoon();
}

// One after another; a box goes only when the site has said that it is stored, so that it may be sent twice but never lost.
// Whoever asks while it goes on is heard when it has ended: the network may be there by then.
async function sendAll() {
  isWanted = true;
  if (isSending) return;
  isSending = true;
  while (isWanted) {
    isWanted = false;
    await sendBoxes();
  }
  isSending = false;
  await tell();
  clearTimeout(nextTry);
  nextTry = (await boxCount(shelf)) ? setTimeout(sendAll, wait) : 0;
  wait = Math.min(wait * 2, LATEST_MS);
}

// A network is told of before it can be used, and one that cannot be used comes back without a word: what waits is tried
// again by itself, ever less often.
function sendSoon() {
  wait = SOON_MS;
  void sendAll();
}

async function sendBoxes() {
  let failed = 0;
  refused = 0;
  isLate = false;
  try {
    for (const key of await boxKeys(shelf)) {
      if (key === who.box && !who.isBoxed) continue; // it may be closed again
      const body = await boxAt(shelf, key);
      if (!body) continue;
      const answer = await fetch(tablet.take, { method: "POST", body, headers: { "Content-Type": "application/octet-stream" } });
      if (answer.ok) await dropBox(shelf, key);
      else if (answer.status >= 400 && answer.status < 500 && ![410, 429].includes(answer.status)) refused += 1;
      else if ((isLate = answer.status === 410) || (answer.status >= 500 && (failed += 1) === MOST_FAILED)) break;
    }
  } catch {
    // No network: the boxes wait.
  }
}

async function tell() {
  const count = await boxCount(shelf);
  const line = stage.querySelector("[data-waiting]");
  const words = isLate ? tablet.words.late : refused ? tablet.words.refused : tablet.words.waiting;
  if (line) line.textContent = count ? put(words, { count: refused || count }) : tablet.words.none;
  const start = stage.querySelector("[data-do='intro']");
  if (start && line) start.hidden = isTakenAway;
  for (const asking of stage.querySelectorAll("[data-asking]")) asking.hidden = isTakenAway;
  for (const ended of stage.querySelectorAll("[data-ended]")) ended.hidden = !isTakenAway;
  const unready = stage.querySelector("[data-unready]");
  if (unready) unready.hidden = isReady;
  const over = stage.querySelector("[data-do='over']");
  if (over) over.hidden = !isTakenAway || (count > 0 && !isLate);
}

// Whether staff have taken the tablet away on their own page. Until they have, nobody in the room can end it: there may be
// no network to begin it again.
async function look() {
  try {
    const answer = await fetch(location.pathname + location.search, { cache: "reload" });
    isTakenAway = answer.status === 410;
    if (answer.ok) await renew(answer);
  } catch {
    return; // No network: what was known stays so.
  }
  await tell();
}

// A newer version, or a film that was taken back: it is so from the next person on, and nobody is interrupted. Once at a time:
// `history.state` says that this page was renewed already.
async function renew(answer) {
  const fresh = new DOMParser().parseFromString(await answer.clone().text(), "text/html").querySelector("#tablet")?.dataset.facts;
  const isNew = fresh && fresh !== document.querySelector("#tablet").dataset.facts;
  if (!isNew) return history.replaceState(null, "");
  if (history.state === "renewed") return;
  await (await caches.open(shelf)).put(answer.url, answer);
  if (stage.dataset.screen !== "start") return;
  history.replaceState("renewed", "");
  location.reload();
}

// Taken away: nothing of it stays, neither pages nor the worker nor the shelf, which is empty or holds what comes too late for ever.
async function over() {
  if (!isTakenAway || (!isLate && (await boxCount(shelf)))) return;
  await forgetBoxes(shelf);
  for (const name of await caches.keys()) if (name === shelf) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  location.replace(tablet.over);
}

// One thing at a time: whoever presses twice sends once.
async function once(act) {
  if (isBusy) return;
  isBusy = true;
  try {
    await act();
  } finally {
    isBusy = false;
  }
}

const ACTIONS = { begin: start, on: () => ask(path.ids[0]), intro: begin, next: restart, send: () => once(finish), again: () => Promise.all([sendSoon(), look()]), over, help, back: fromHelp };

stage.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.back) back(button.dataset.back);
  else if (button.dataset.change) {
    isChanging = true;
    if (button.dataset.change === "how") askHow();
    else ask(button.dataset.change);
  }
  else if (button.dataset.do) void ACTIONS[button.dataset.do]();
});
stage.addEventListener("submit", (event) => {
  event.preventDefault();
  void once(() => (event.target.dataset.question === "how" ? takeHow(event.target) : take(event.target)));
});
document.querySelector("[data-leave]").addEventListener("click", (event) => {
  event.preventDefault();
  restart();
});
document.querySelector("[data-help]").addEventListener("click", (event) => {
  event.preventDefault();
  help();
});
// Another language before question 1 is another page, where they go on: it knows too whether they pressed Help now. The mark
// is taken off again as that page opens, and is part of no address that is sent.
document.querySelector("[data-tongues]")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || stage.dataset.screen !== "intro") return;
  event.preventDefault();
  location.assign(`${link.href}#${who.helped ? "helped" : "begun"}`);
});
addEventListener("online", sendSoon);
document.addEventListener("engage-quiet", restart);

// What cannot be shown (a film that was withdrawn, or that this tablet had no room for) goes; its words open in its place.
stage.addEventListener(
  "error",
  ({ target }) => {
    if (!target.matches("video, audio, img, source")) return;
    const shown = target.closest("video") ?? target;
    shown.closest(".engage-film")?.querySelector("details")?.setAttribute("open", "");
    shown.remove();
  },
  true,
);

const namesIn = (part, names, from) => [...part.querySelectorAll(names)].map((one) => new URL(one.getAttribute(from), location.href).href);

// Puts by all that the pages need, fresh from the site; then films and pictures one by one, so that one that cannot be had takes
// nothing else with it. What no page shows any more goes: somebody may have taken back that they are seen in it.
async function putPagesBy() {
  const pictures = [...document.querySelectorAll("template")].flatMap((one) => namesIn(one.content, "img", "src"));
  const parts = [...namesIn(document, "link[rel='stylesheet']", "href"), ...namesIn(document, "script[src]", "src"), ...namesIn(document, "[data-reader]", "data-reader")];
  const fonts = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.endsWith(".woff2"));
  const whole = (names) => [...new Set(names)].map((name) => new URL(name, location.href).href);
  const needed = whole([...tablet.pages, ...parts, ...fonts]);
  const media = whole([...tablet.media, ...pictures]).filter((name) => !needed.includes(name));
  const cache = await caches.open(shelf);
  await cache.addAll(needed.map((name) => new Request(name, { cache: "reload" })));
  const shown = new Set([...needed, ...media]);
  for (const { url } of await cache.keys()) if (!shown.has(url)) await cache.delete(url);
  for (const name of media) if (!(await cache.match(name))) await cache.add(new Request(name, { cache: "reload" })).catch(() => {});
}

function open() {
  const mark = location.hash;
  if (mark) history.replaceState(history.state, "", location.pathname + location.search);
  restart();
  if (!/^#(helped|begun)$/.test(mark)) return;
  who.helped = mark === "#helped";
  begin();
}

async function prepare() {
  open();
  isReady = "serviceWorker" in navigator;
  if (!isReady) return tell();
  await navigator.serviceWorker.register(tablet.worker, { scope: tablet.scope });
  await navigator.storage?.persist?.().catch(() => {}); // what waits here is not for a browser to clear away
  if (navigator.onLine) await putPagesBy().catch(() => {});
  isReady = (await caches.match(tablet.pages[0], { cacheName: shelf })) !== undefined;
  await tell();
  stage.dispatchEvent(new Event("ready"));
  document.documentElement.dataset.ready = "yes";
}

void prepare();
