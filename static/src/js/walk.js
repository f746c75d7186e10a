import { fits, optionsFor } from "./chosen.js";

// The script twin of the questionnaire's closed operators and its walk; tests hold both to one table of cases.
const answered = (answer) => answer !== undefined && !answer.skipped;

const LEAVES = {
  is: (answer, wanted) => answer.value === wanted,
  is_not: (answer, wanted) => answer.value !== wanted,
  any_of: (answer, wanted) => wanted.includes(answer.value),
  includes: (answer, wanted) => (answer.values ?? []).includes(wanted),
  answered: () => true,
};

export function holds(condition, answers) {
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  if (condition.not) return !holds(condition.not, answers);
  const answer = answers[condition.question];
  if (condition.not_answered) return !answered(answer);
  const name = Object.keys(LEAVES).find((one) => condition[one] !== undefined);
  return answered(answer) && LEAVES[name](answer, condition[name]);
}

// The questions these answers lead through, in order; what is kept of the answers; the rule that ended it early, if one did.
// `steps` stand in the order in which this person walks them, each with its written place.
export function walk(steps, answers) {
  const path = { ids: [], kept: {}, end: null };
  let resume = 0;
  let inside = null; // the part somebody is in, and whether everything asked in it so far is answered or left
  const endIn = (ends) => (path.end ??= ends.find((end) => holds(end.when, path.kept)) ?? null);
  const leavePart = () => inside?.isWhole && endIn(inside.closes);
  for (const step of steps) {
    if (step.place < resume || !step.shown.every((one) => holds(one, path.kept))) continue;
    if (step.part !== inside?.part) {
      leavePart();
      if (path.end) return path;
      inside = null;
    }
    let answer = answers[step.id];
    if (step.carry) {
      const options = optionsFor(steps, step, path.kept);
      if (options.filter((one) => !step.alone.includes(one)).length < step.fewest) continue;
      if (answer !== undefined && !fits(step, options, answer)) answer = undefined;
    }
    path.ids.push(step.id);
    if (step.part) inside = { part: step.part, closes: step.closes, isWhole: answer !== undefined && (inside?.isWhole ?? true) };
    if (answer === undefined) continue;
    path.kept[step.id] = answer;
    if (endIn(step.ends)) return path;
    resume = step.skips.find((skip) => holds(skip.when, path.kept))?.to ?? resume;
  }
  leavePart();
  return path;
}

// What a form's fields say, as far as the walk needs to know; the site reads the fields again itself.
export function answerIn(step, fields) {
  if ((fields[step.skip] ?? []).includes("rather-not")) return { skipped: true };
  if (step.tells) return { seen: true };
  const words = step.fields.flatMap((name) => fields[name] ?? []).filter((one) => one.trim());
  return words.length ? { text: words.join(" ") } : undefined;
}
