// Runs `start` for every element whose data-module names it. A module that fails leaves the page as it was without script.
export function attach(name, start) {
  for (const element of document.querySelectorAll(`[data-module~="${name}"]`)) {
    try {
      start(element);
    } catch (fault) {
      console.warn(name, fault);
    }
  }
}
