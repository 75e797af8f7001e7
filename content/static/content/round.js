/* Says, while somebody types, how many rows are filled in and which of them would change something. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-round]");
  if (!form) return;
  const count = form.querySelector("[data-count]");
  const rows = [...form.querySelectorAll("[data-row]")].map((row) => ({
    row,
    scores: [...row.querySelectorAll("input[data-was]")],
    more: [...form.querySelectorAll(`[data-more="${row.dataset.row}"] :is(input[data-was], select)`)],
  }));
  const was = (field) =>
    field.dataset.was ?? [...field.options].find((option) => option.defaultSelected)?.value ?? "";
  const isChanged = (field) => field.value.trim() !== was(field);
  const shown = new FormData(form);

  const look = () => {
    let filled = 0, half = 0, changed = 0;
    for (const { row, scores, more } of rows) {
      const typed = scores.filter((field) => field.value.trim() !== "").length;
      filled += typed === 2;
      half += typed === 1;
      const touched = [...scores, ...more].some(isChanged);
      changed += touched;
      row.classList.toggle("ft-touched", touched);
    }
    const halves = half ? ` ${half} half filled.` : "";
    const says = `${filled} of ${rows.length} filled in, ${changed} would change something.${halves}`;
    if (count.textContent !== says) count.textContent = says;
  };

  form.addEventListener("input", (event) => {
    look();
    const row = event.target.closest("[data-row]");
    const would = row?.querySelector("[data-would]");
    if (would) would.classList.toggle("ft-outdated", event.target.value !== shown.get(event.target.name));
  });
  look();
  const begin = form.querySelector("[data-begin]");
  (form.querySelector("[data-told]") ?? begin?.parentElement.querySelector("input"))?.focus();
});
