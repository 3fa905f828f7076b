// A field that completes: the ARIA pattern of a combobox with a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).

import { h, tried } from "./base.js";

const PAUSE = 90; // ms after the last letter

/**
 * `source(text)` gives names for what is typed, `choose(name)` takes the one that was chosen, or the text as typed.
 * Arrows go through the list, Enter chooses, Escape closes it.
 */
export function combobox({ id, label, source, choose }) {
  let options = [], at = -1, timer = 0, asked = 0;
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": `${id}-list`,
    oninput: () => { clearTimeout(timer); timer = setTimeout(() => tried(complete), PAUSE); },
    onkeydown: key,
    onblur: () => setTimeout(close, 150),
  });

  async function complete() {
    const mine = ++asked;
    const text = input.value.trim();
    const found = text ? await source(text) : [];
    if (mine !== asked) return; // something else was typed meanwhile
    options = found;
    at = -1;
    list.replaceChildren(...found.map((name, i) =>
      h("li", { id: `${id}-${i}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(name); } }, name)));
    const open = found.length > 0 && document.activeElement === input;
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    at = options.length ? (next + options.length) % options.length : -1;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return;
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const open = !list.hidden;
      if (!open && options.length) { list.hidden = false; input.setAttribute("aria-expanded", "true"); }
      mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
    } else if (event.key === "Enter" && input.value.trim()) {
      event.preventDefault();
      take(at >= 0 ? options[at] : input.value.trim());
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    }
  }

  function take(name) {
    clearTimeout(timer);
    asked++;
    input.value = name;
    close();
    choose(name);
  }

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  return h("div", { class: "combobox" }, h("label", { for: id }, label), input, list);
}
