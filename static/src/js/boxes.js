// The closed boxes that wait on this device, under random keys: their order says nothing. One is put in the place of what was
// there under its key.
export const MOST_BOXES = 300;

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

async function store(name, mode) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("boxes");
  const base = await asked(opening);
  const store = base.transaction("boxes", mode).objectStore("boxes");
  store.transaction.oncomplete = store.transaction.onabort = () => base.close();
  return store;
}

export const boxCount = async (name) => asked((await store(name, "readonly")).count());
export const boxKeys = async (name) => asked((await store(name, "readonly")).getAllKeys());
export const boxAt = async (name, key) => asked((await store(name, "readonly")).get(key));
export const dropBox = async (name, key) => asked((await store(name, "readwrite")).delete(key));
export const forgetBoxes = (name) => asked(indexedDB.deleteDatabase(name));

export async function keepBox(name, key, box) {
  const boxes = await store(name, "readwrite");
  const kept = new Promise((done, failed) => {
    boxes.transaction.addEventListener("complete", done);
    boxes.transaction.addEventListener("abort", () => failed(boxes.transaction.error));
  });
  boxes.delete(key);
  boxes.add(box, key);
  return kept;
}
