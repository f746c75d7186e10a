// Whoever begins to write does say something: the skip beside the box goes, so that no word is left out unseen.
document.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.value || !box.matches("main form textarea, main form input[type='text']")) return;
  const skip = box.form?.querySelector("input[type='checkbox'][id$='-skip']");
  if (skip) skip.checked = false;
});
