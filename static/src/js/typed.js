// The script twin of how a number and a date are read; tests hold both to one list of what people type.
const NUMBER = /^[-\u2212]?[0-9]+([.][0-9]+)?$/;
const THOUSANDS = /^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

// The digits of any script as 0 to 9: each script has its ten in a row, from a place that ends in 0 or in 6.
function digit(one) {
  const place = one.codePointAt(0) & 15;
  return String(/\p{Nd}/u.test(String.fromCodePoint(one.codePointAt(0) - place)) ? place : place - 6);
}

const figures = (words) => (words ?? "").trim().replace(/\p{Nd}/gu, digit);

const band = (bands, found) => bands.findLast(([low]) => low <= found)?.[1];

function number({ least, most, decimals, bands }, [typed]) {
  const spaced = typed.replaceAll("\u066b", ".").replaceAll("\u066c", ",").replaceAll(" ", "");
  const plain = THOUSANDS.test(spaced) ? spaced.replaceAll(",", "") : spaced.replaceAll(",", ".");
  if ([...typed].length > 20 || !NUMBER.test(plain)) return { wrong: "not_a_number" };
  const [, after = ""] = plain.split(".");
  if (after.replace(/0+$/, "").length > decimals) return { wrong: decimals ? "not_a_number" : "not_whole" };
  const found = Number(plain.replace("\u2212", "-"));
  if (found < least) return { wrong: "number_too_low" };
  return found > most ? { wrong: "number_too_high" } : { value: band(bands, found) };
}

function date({ first, last, bands }, parts) {
  const [day, name, year] = parts.length === 2 ? ["1", ...parts] : parts;
  const named = MONTHS.indexOf(name.toLowerCase().slice(0, 3)) + 1;
  const month = named ? String(named) : name;
  if (![day, month, year].every((one) => /^[0-9]+$/.test(one)) || year.length !== 4) return { wrong: "not_a_date" };
  const real = new Date(Date.UTC(year, month - 1, day));
  if (real.getUTCFullYear() !== Number(year) || real.getUTCMonth() + 1 !== Number(month)) return { wrong: "not_a_date" };
  const found = `${year}-${month.padStart(2, "0").slice(-2)}`;
  if (found < first) return { wrong: "date_too_early" };
  return found > last ? { wrong: "date_too_late" } : { value: band(bands, found) };
}

// What a form says of such a question: {} for nothing, {skipped}, {value: the band it falls into} or {wrong: why not}.
export function readTyped(step, fields) {
  const typed = Object.keys(step.boxes).map((name) => figures(fields[name]?.[0]));
  if ((fields[step.skip] ?? []).some(Boolean)) return { skipped: true };
  if (!typed.some(Boolean)) return {};
  return (step.kind === "number" ? number : date)(step.typed, typed);
}
