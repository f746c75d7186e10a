// Closes a box that only the site can open (see core/sealedbox): nothing on this device can read it again.
const bytesOf = (text) => new TextEncoder().encode(text);
const PAD = 2048;
const LARGE = 65536;

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export async function closeBox(publicKey, aad, content) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("raw", publicKey, curve, false, []);
  const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = joined(bytesOf("engage-box"), point, publicKey);
  const drawn = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  const key = await crypto.subtle.deriveKey(drawn, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const text = bytesOf(JSON.stringify(content));
  // Padded, so that the length says little of how much somebody wrote.
  const step = text.length < LARGE ? PAD : LARGE;
  const padded = new Uint8Array(Math.ceil((text.length + 1) / step) * step).fill(32);
  padded.set(text);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bytesOf(aad) }, key, padded);
  return joined(point, nonce, new Uint8Array(sealed));
}

export const bytesFrom = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
export const randomText = (length) => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(length))));
