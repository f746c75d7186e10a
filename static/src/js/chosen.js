// The script twin of how choices, lines and orders are read, and of which options are brought along from an earlier
// question; tests hold both to one list of forms.
const LEFT = "rather-not";
const sentAs = (fields, name) => [...new Set((fields[name] ?? []).filter(Boolean))];
const nothing = (step) => (step.empty ? { wrong: step.empty } : { skipped: true });
const idsIn = (answer) => (answer?.value === undefined ? (answer?.values ?? []) : [answer.value]);

const READERS = {
  one(step, options, fields) {
    const sent = sentAs(fields, step.id);
    if (sent.length !== 1) return sent.length ? { wrong: "one_only" } : nothing(step);
    return options.includes(sent[0]) ? { value: sent[0] } : { wrong: "unknown_option" };
  },
  several(step, options, fields) {
    const sent = sentAs(fields, step.id);
    if (!sent.length) return nothing(step);
    const values = options.filter((one) => sent.includes(one));
    if (values.length < sent.length) return { wrong: "unknown_option" };
    const alone = values.find((one) => step.alone.includes(one));
    if (alone !== undefined && values.length > 1) return { wrong: "exclusive", option: alone };
    return step.most && values.length > step.most ? { wrong: "choose_fewer" } : { values };
  },
  rows(step, options, fields) {
    const rows = {};
    let empty = "";
    for (const [row, name] of step.lines) {
      const sent = sentAs(fields, name);
      if (sent.length > 1) return { wrong: "one_only", field: name };
      if (sent.length && !options.includes(sent[0])) return { wrong: "unknown_option", field: name };
      if (sent.length) [rows[row]] = sent;
      else empty ||= name;
    }
    if (!Object.keys(rows).length) return nothing(step);
    return empty && step.every ? { wrong: step.leaves ? "every_row" : "row_needed", field: empty } : { rows };
  },
  order(step, options, fields) {
    const order = [...new Set(fields[step.id] ?? [])];
    const isWhole = order.length === options.length && options.every((one) => order.includes(one));
    return isWhole ? { order } : { wrong: "rank_all" };
  },
};

// What a form says of such a question that offers `options`: an answer, {skipped} or {wrong: why not}.
export function readChosen(step, options, fields) {
  const left = fields[step.skip] ?? [];
  const isLeft = step.skip === step.id ? left.includes(LEFT) : left.some(Boolean);
  return isLeft && step.leaves ? { skipped: true } : READERS[step.reads](step, options, fields);
}

// The options of a question for whoever has answered `kept`: its own, and those that are brought along.
export function optionsFor(steps, step, kept) {
  if (!step.carry) return step.options;
  const source = steps.find((one) => one.id === step.carry.question);
  const chosen = idsIn(kept[source.id]);
  const offered = optionsFor(steps, source, kept).filter((one) => !source.alone.includes(one));
  const isWanted = (one) => chosen.length > 0 && chosen.includes(one) === (step.carry.take === "chosen");
  const brought = offered.filter(isWanted);
  return step.options.filter((one) => brought.includes(one) || step.own.includes(one));
}

const PLACE = /\{answer:([a-z][a-z0-9_]*)\|([^{}|]+)\}/g;

// Chosen options in later words, as the site names them; `labels` has the words of each option, in their written order.
export function filledIn(words, labels, kept, comma) {
  return words.replace(PLACE, (_all, name, otherwise) => {
    const chosen = idsIn(kept[name]);
    const said = Object.entries(labels[name]).filter(([id]) => chosen.includes(id));
    return said.map(([, label]) => label).join(comma) || otherwise.trim();
  });
}

// Whether the question, with these options, would take this answer.
export function fits(step, options, answer) {
  const left = { [step.skip]: [step.skip === step.id ? LEFT : "yes"] };
  return !readChosen(step, options, answer.skipped ? left : { [step.id]: answer.order ?? idsIn(answer) }).wrong;
}
