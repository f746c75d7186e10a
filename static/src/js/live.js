// In place of attach, where the parts of a page come and go: each module is started in every part as it is shown.
const modules = [];

export function attach(name, start) {
  modules.push([name, start]);
}

export function attachIn(part) {
  for (const [name, start] of modules) {
    for (const element of part.querySelectorAll(`[data-module~="${name}"]`)) {
      try {
        start(element);
      } catch (fault) {
        console.warn(name, fault);
      }
    }
  }
}
