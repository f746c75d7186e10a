// Puts what was made on the page into the form's own file control, so that it is sent like any file that was chosen; null empties it.
export function give(input, blob, name) {
  const files = new DataTransfer();
  if (blob) files.items.add(new File([blob], name, { type: blob.type }));
  input.files = files.files;
}

// Holds the form back while something is still being made for it: ahead of every other guard, which then sees it sent once.
// `finish` ends what is still going on; `signal` ends the holding back.
export function holdBack(form, isBusy, finish = () => {}, signal = undefined) {
  let pressed = null;
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form || !isBusy()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = event.submitter;
      finish();
    },
    { capture: true, signal },
  );
  return () => {
    const again = pressed;
    pressed = null;
    if (again) form.requestSubmit(again);
  };
}
