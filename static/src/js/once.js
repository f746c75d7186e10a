// A form sent twice within five seconds goes once. Nothing is disabled, so a slow answer never locks anyone out; the server
// has its own guard.
function sendOnce(form) {
  let last = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - last < 5000) event.preventDefault();
    else last = event.timeStamp;
  });
  addEventListener("pageshow", () => (last = -Infinity));
}

document.querySelectorAll("form[method='post']").forEach(sendOnce);
