// Files that are added where there is no network: a picture is made anew, upright and small enough to wait here, with nothing of
// what a camera writes beside it. The site makes it anew once more.
const LONGEST_SIDE = 1600;
const LARGEST_PNG = 1024 * 1024;
export const MOST_ROOM = 5 * 1024 * 1024;

// The script twin of how a PDF is taken: it is kept as it is, so it has to be whole, with nothing hanging behind its end; tests
// hold both to one list. {} for what is no PDF at all.
export function readPdf(bytes) {
  const text = new TextDecoder("latin1").decode(bytes);
  if (!/^%PDF-[12]\.[0-9][ \t\n\r\f\v]/.test(text)) return {};
  const isWhole = /%%EOF[ \t\n\r\f\v]*$/.test(text.slice(-1024)) && text.slice(-2048).includes("startxref");
  return isWhole ? { type: "application/pdf" } : { wrong: "file_broken" };
}

// A file as it may wait here, or {wrong: why it may not}.
async function asTaken(file, { sound, pdf, photo }) {
  if (sound) return file;
  const paper = pdf ? readPdf(await file.arrayBuffer()) : {};
  if (paper.wrong) return paper;
  if (paper.type) return new File([file], file.name, paper);
  try {
    if (photo) return await anew(file);
  } catch {
    // No picture: said below.
  }
  return { wrong: pdf ? "file_not_pdf" : "file_not_photo" };
}

// Fails for what is no picture.
async function anew(file) {
  const picture = await createImageBitmap(file);
  const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * share)));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const as = (type) => new Promise((done) => canvas.toBlob(done, type, 0.85));
  const blob = file.type === "image/png" && share === 1 ? await as("image/png") : null;
  return blob && blob.size <= LARGEST_PNG ? blob : as("image/jpeg");
}

// The files of a form's control as they may wait here, or {wrong: why not}. What was recorded on this page stays as it is.
export async function putBy(input, asked, room) {
  const kept = [];
  if (input.files.length > asked.most) return { wrong: "file_too_many" };
  for (const file of input.files) {
    const made = await asTaken(file, asked);
    if (made.wrong) return made;
    kept.push(new File([made], file.name, { type: made.type }));
  }
  const size = kept.reduce((sum, file) => sum + file.size, 0);
  return size > room ? { wrong: "file_no_room" } : { kept };
}

export function putBack(input, files) {
  const held = new DataTransfer();
  for (const file of files) held.items.add(file);
  input.files = held.files;
}

export const asText = (file) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
