// The front page of the admin: counts down, stops renewing when asked to or when nobody looks, and says when no answer comes.
(() => {
  const room = () => document.getElementById("control-room");
  const live = document.getElementById("room-live");
  const KEY = "fulltime-room-live";

  if (live) {
    document.getElementById("room-live-line").hidden = false;
    live.checked = localStorage.getItem(KEY) !== "off";
    live.addEventListener("change", () => localStorage.setItem(KEY, live.checked ? "on" : "off"));
  }

  const twoDigits = (number) => String(number).padStart(2, "0");
  const inWords = (seconds) => {
    const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60, rest = seconds % 60;
    return hours ? `${hours}:${twoDigits(minutes)}:${twoDigits(rest)}` : `${minutes}:${twoDigits(rest)}`;
  };
  // The clock of this machine may be wrong: what counts is the difference to the server's, taken when the page came.
  let ahead = 0;
  const compareClocks = () => {
    const taken = room()?.querySelector(".ft-taken time");
    if (taken) ahead = Date.now() - Date.parse(taken.dateTime);
  };
  const countDown = () => {
    for (const due of document.querySelectorAll(".ft-due[data-due]")) {
      const seconds = Math.floor((Date.parse(due.dataset.due) - (Date.now() - ahead)) / 1000);
      due.textContent = seconds > 0 ? `in ${inWords(seconds)}` : "now";
    }
  };
  compareClocks();
  setInterval(countDown, 1000);

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const paused = (live && !live.checked) || document.hidden;
    if (event.detail.elt === room() && paused) event.preventDefault();
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    // A login page in place of the answer: the session is over, so the whole page is asked for again.
    const asked = event.detail.pathInfo?.requestPath?.split("?")[0];
    const answered = event.detail.xhr.responseURL ? new URL(event.detail.xhr.responseURL).pathname : asked;
    if (asked && answered !== asked) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  document.body.addEventListener("htmx:afterSettle", () => { compareClocks(); countDown(); });
  const trouble = () => {
    const place = document.getElementById("room-trouble");
    if (place) place.textContent = "The server does not answer: what you see is of that moment. Trying again.";
  };
  document.body.addEventListener("htmx:responseError", trouble);
  document.body.addEventListener("htmx:sendError", trouble);
})();
