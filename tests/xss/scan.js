// Returns everything in the page that is a payload's and could run: also what waits for a click, or is never drawn.
() => {
  const found = [];
  const ours = text => /xss/.test(text || "");
  const acts = /^(on|x-|@|:|hx-|data-hx-|style$|srcdoc$|srcset$|ping$|background$|poster$)/;
  const leads = /^(href|src|action|formaction|data|xlink:href|manifest|content)$/;
  const never = /^(base|embed|object|frame|frameset|portal|fencedframe|math|xss|marquee|xmp|plaintext|isindex)$/;
  const holds = /^(script|style|iframe|svg|link|meta|template|noscript)$/;
  const walk = root => {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "iframe" && element.getAttribute("sandbox") === "") {
        walk(new DOMParser().parseFromString(element.srcdoc, "text/html"));  // a preview: nothing in it may run anyway
        continue;
      }
      const tag = element.localName;
      const start = element.cloneNode(false).outerHTML.slice(0, 200);
      if (never.test(tag) || (holds.test(tag) && ours(element.outerHTML) && element.type !== "application/json"))
        found.push(`element: ${start}`);
      for (const { name, value } of element.attributes) {
        const address = value.replace(/[\t\n\r]/g, "").trim();
        if (!ours(value)) continue;
        if (acts.test(name)) found.push(`attribute ${name}: ${start}`);
        if (leads.test(name) && tag !== "meta" && (/^(javascript|data|vbscript):/i.test(address) ||
            (tag !== "a" && /^(https?:)?\/\/xss\.invalid/i.test(address))))
          found.push(`address ${name}: ${start}`);
      }
      if (tag === "template") walk(element.content);
    }
  };
  walk(document);
  return found;
}
