// In place of attach, where the parts of a page come and go: each module is started in every part as it is shown.
const modules = [];
let shown = new AbortController();

export function attach(name, start) {
  modules.push([name, start]);
}

// Lets go of what the parts shown before listen to outside themselves: it holds on to whatever somebody gave there.
export function detach() {
  shown.abort();
  shown = new AbortController();
}

export function attachIn(part) {
  for (const [name, start] of modules) {
    for (const element of part.querySelectorAll(`[data-module~="${name}"]`)) {
      try {
        start(element, shown.signal);
      } catch (fault) {
        console.warn(name, fault);
      }
    }
  }
}
