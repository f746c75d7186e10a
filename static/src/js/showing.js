// Before somebody's words are sent: what in them shows who they are is pointed out beside the box, once. Pressing Continue
// again goes on. Nothing leaves the device for it. The patterns are the twin of engage/rules/redaction/parts.py; both
// are held to surveys/identifying.json.
const DIGIT = "[0-9٠-٩۰-۹]";
const LETTER = "\\p{L}";
const WORD = `${LETTER}[\\p{L}\\p{M}]*(?:['’.-]${LETTER}+)*`;
const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?" +
  "|nov(?:ember)?|dec(?:ember)?)";
const DAY = `${DIGIT}{1,2}(?:st|nd|rd|th)?`;
const IN = "[\\p{L}\\p{M}\\p{N}_]";
const CALLED =
  "my names?(?: is|['’]s)?|name['’]?s|i(?: a|['’]?)m called|my first name is|fy enw i yw|mam na imię|nazywam się" +
  "|mă cheamă|ma cheama|mă numesc|ma numesc|magacaygu waa|meu nome é|meu nome e|chamo-me|benim adım|мене звати" +
  "|меня зовут|اسمي|میرا نام|আমার নাম";
const NOT_A_NAME = new Set(
  ("a all also always and are as at because bad but by called came ever for from gets got has hard in is isnt it just " +
    "mentioned my names never no nobody not nothing now of off on or out private really said secret so spelled spelt " +
    "still stupid that the there they things this to too up very was wasnt were what when with written wrong").split(" "),
);
const NOT_A_SCHOOL = new Set(
  ("a about after all and any another are at back bad before big boarding different do does each every for from good " +
    "grammar great hate hated have her high his home horrible i in infant infants infants' is its junior just last leave " +
    "left like liked local love loved make me middle miss missed more much my near new next no nursery of old on one " +
    "only other our out own past primary private same secondary sixth some special start started state sunday than that " +
    "the their them there these they this to two upper was we went what when where which whole with without your").split(" "),
);
const PATTERNS = [
  /[^\s@<>]{1,64}@[^\s@<>]{1,64}\.\p{L}{2,}/dgu,
  new RegExp(`(?<!${DIGIT})[+(]{0,2}(?:${DIGIT}[ ().\\-]{0,2}){9,14}${DIGIT}(?!${DIGIT})`, "dgu"),
  new RegExp(
    `(?<!${DIGIT})(?:${DIGIT}{1,2}[/.\\-]${DIGIT}{1,2}[/.\\-](?:19|20)?${DIGIT}{2}(?!${DIGIT})` +
      `|${DAY}(?: of)? ${MONTH}(?!${IN})|(?<!${IN})${MONTH} ${DAY}(?!${IN}))`,
    "dgiu",
  ),
  /\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?(?![0-9](?:st|nd|rd|th)\b)[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}\b/dgu,
  new RegExp(`(?<!${IN}|@)@${IN}(?:${IN}|\\.)+`, "dgu"),
  new RegExp(
    `(?<!${IN})(?:snap(?:chat)?|insta(?:gram)?|tiktok|discord|roblox|xbox|psn|steam|gamer ?tag)(?: (?:user ?)?name| user)?` +
      `(?: is|:) ?((?:${IN}|[.#\\-])*[0-9._#](?:${IN}|[.#\\-])*${IN})`,
    "dgiu",
  ),
];
const NAME = new RegExp(`(?<!${IN})(?:${CALLED})[ :]+(${WORD})(?: (${WORD}))?`, "dgiu");
const SCHOOL = new RegExp(
  `(?<!${IN})(${WORD}) (?:(?:high|secondary|grammar|community|junior|infant|primary) school|primary|academy|juniors|infants` +
    `|high|nursery|sixth form)(?!${IN})`,
  "dgiu",
);
const CAPITAL_SCHOOL = new RegExp(`(?<!${IN})(${WORD}) (?:[Ss]chool|[Cc]ollege|SCHOOL|COLLEGE)(?!${IN})`, "dgu");

const isCapital = (word) => word[0] !== word[0].toLowerCase();
const isSchool = (word) => word.length >= 3 && !NOT_A_SCHOOL.has(word.toLowerCase());

function named({ 1: first, 2: second, indices }) {
  if (NOT_A_NAME.has(first.toLowerCase())) return [];
  const isWhole = second && isCapital(first) && isCapital(second);
  return [[indices[1][0], isWhole ? indices[2][1] : indices[1][1]]];
}

// The pieces of a text that show who somebody is, in order, each once.
export function parts(text) {
  const found = [
    ...PATTERNS.flatMap((pattern) => Array.from(text.matchAll(pattern), ({ indices }) => indices.at(-1))),
    ...Array.from(text.matchAll(NAME)).flatMap(named),
    ...[SCHOOL, CAPITAL_SCHOOL].flatMap((pattern) =>
      Array.from(text.matchAll(pattern))
        .filter((one) => isSchool(one[1]) && (pattern === SCHOOL || isCapital(one[1])))
        .map(({ indices }) => indices[0]),
    ),
  ].sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  let last = 0;
  const apart = found.filter(([start, end]) => start >= last && (last = end));
  return [...new Set(apart.map(([start, end]) => text.slice(start, end)))];
}

const place = document.querySelector("[data-showing]");
const box = place && document.getElementById(place.dataset.showing);
let told = "";

function show(found) {
  const note = document.getElementById(`${place.id}-note`).content.cloneNode(true);
  const list = note.querySelector("[data-parts]");
  for (const words of found) {
    const one = document.createElement("bdi");
    one.className = "engage-marked";
    one.textContent = words;
    list.append(one, " ");
  }
  place.replaceChildren(note);
  place.scrollIntoView({ block: "nearest" });
}

// In the capture phase, so that a press that only brings the note does not count as sent for the guard against two.
function beforeSending(event) {
  const skip = event.target.querySelector("input[type='checkbox'][id$='-skip']");
  if (event.submitter?.name || skip?.checked) return;
  const found = parts(box.value);
  const now = found.join("\n");
  if (!found.length || now === told) return;
  told = now;
  event.preventDefault();
  event.stopImmediatePropagation();
  show(found);
}

if (box) {
  document.addEventListener("submit", beforeSending, true);
  box.addEventListener("input", () => {
    if (place.firstChild && !parts(box.value).length) place.replaceChildren();
  });
}
