// Small dialogs: labelled fields, Enter says yes, Escape says no.

import { h } from "./base.js";

/**
 * Ask for values. Fields: { name, label, value, kind: "name" | "words" | "choice", choices }; `names` completes, now or when
 * it comes.
 * `told` is said above the fields. Gives the values by name, or null where the reader thought better of it.
 */
export function ask(title, fields, { names = [], yes = "Write", told = "" } = {}) {
  const list = h("datalist", { id: "names" });
  Promise.resolve(names).then((all) => list.append(...all.map((name) => h("option", { value: name }))), () => {});
  const inputs = new Map(fields.map((field) => [field.name, inputOf(field)]));
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", {}, title),
    told ? h("p", { class: "wrong", role: "alert" }, told) : null,
    fields.map((field) => h("label", {}, h("span", {}, field.label), inputs.get(field.name))),
    h("p", { class: "buttons" }, h("button", { class: "main", value: "yes" }, yes),
      h("button", { value: "no", formnovalidate: true }, "Cancel")),
    list,
  );
  const dialog = h("dialog", { "aria-label": title }, form);
  document.body.append(dialog);
  form.addEventListener("keydown", (event) => {
    // In a field of several lines Enter breaks the line; with Ctrl or Cmd it says yes there too.
    if (event.key === "Enter" && event.target.tagName === "TEXTAREA" && (event.ctrlKey || event.metaKey)) {
      dialog.close("yes");
    }
  });
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "yes";
      const values = Object.fromEntries([...inputs].map(([name, input]) => [name, input.value]));
      dialog.remove();
      done(given ? values : null);
    });
    dialog.showModal();
    const first = inputs.values().next().value;
    first?.focus();
    if (!told) first?.select?.(); // what was typed before is not to be typed over
  });
}

function inputOf({ value = "", kind = "name", choices = [] }) {
  if (kind === "words") return h("textarea", { rows: 4, dir: "auto", value });
  if (kind === "choice") {
    const options = choices.map(([name, told]) => h("option", { value: name, selected: name === value }, told));
    return h("select", {}, options);
  }
  return h("input", { list: "names", dir: "auto", value, autocomplete: "off", size: 40 });
}

/** Show the keys of a page. */
export function showKeys(keys) {
  const rows = keys.map(([key, told]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, key)), h("td", {}, told)));
  const dialog = h(
    "dialog",
    { "aria-label": "Keys" },
    h("form", { method: "dialog" }, h("h2", {}, "Keys"), h("table", {}, h("tbody", {}, rows)),
      h("p", { class: "buttons" }, h("button", { class: "main" }, "Close"))),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * The words that are selected, turn by turn, from elements with `data-turn` within `place`: a list of `turn`, `text`, and
 * `start`, where they begin in the turn's text, in code points as kb counts them.
 */
export function selectedWords(place) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  const texts = [];
  for (const element of place.querySelectorAll("[data-turn]")) {
    if (!range.intersectsNode(element)) continue;
    const part = document.createRange();
    part.selectNodeContents(element);
    if (element.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
    if (element.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
    const words = wholeWords(element.textContent, part.toString(), part, element);
    if (words) texts.push({ turn: element.dataset.turn, ...words });
  }
  return texts;
}

// Half a word at either end is taken whole: a quote is found by its words.
function wholeWords(whole, chosen, part, element) {
  if (!chosen.trim()) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(part.startContainer, part.startOffset);
  let start = before.toString().length;
  let end = start + chosen.length;
  while (start < end && /\s/.test(whole[start])) start += 1;
  while (end > start && /\s/.test(whole[end - 1])) end -= 1;
  while (start > 0 && /\S/.test(whole[start - 1])) start -= 1;
  while (end < whole.length && /\S/.test(whole[end])) end += 1;
  return { text: whole.slice(start, end), start: Array.from(whole.slice(0, start)).length };
}

/** Lines that a reader edited, each with the place of the words that it was, where it is told which. */
export function linesOf(edited, words) {
  const lines = edited.split("\n").filter((line) => line.trim());
  return lines.map((text, n) => {
    const was = words.find((each) => each.text === text) ?? (lines.length === words.length ? words[n] : null);
    return was ? { ...was, text } : { text, turn: words[0]?.turn };
  });
}
