// Names for what the theme's widgets leave without one, so that a screen reader can tell them apart.
(() => {
  const nameOf = (field) => {
    const label = field.labels?.[0] ?? document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    return (label?.textContent ?? field.name).replace(/\s+/g, " ").replace(/\s*\*?\s*$/, "").trim();
  };
  const give = () => {
    for (const field of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = field.nextElementSibling;
      for (const part of box?.querySelectorAll("[role=combobox], [role=textbox]") ?? []) part.setAttribute("aria-label", nameOf(field));
    }
    for (const hint of document.querySelectorAll("span.search-label-icon[aria-label]")) hint.setAttribute("role", "img");
  };
  // Widgets come when their scripts get to them, and with every row that is added.
  window.addEventListener("load", () => {
    give();
    new MutationObserver(give).observe(document.body, { childList: true, subtree: true });
  });
})();
