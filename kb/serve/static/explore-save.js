// Saving a figure: the file that `kb export` writes, with the command that writes it.

import { api, h, say, tried } from "./base.js";
import { asked } from "./explore-state.js";

const MOST = 300; // links that a map has unless it is asked for more

/** `now()` gives the state, the issue that a figure can be drawn around, and how many links the map shows. */
export function saveDialog(endings, now) {
  const choice = (name, label, options) => h("label", {}, label, h("select", { name }, options.map(([value, text]) => h("option", { value }, text))));
  const tick = (name, label, checked) => h("label", { class: "tick" }, h("input", { type: "checkbox", name, checked }), label);
  const what = choice("what", "What", []);
  const shown = h("code", {});
  const note = h("p", { class: "soft" });
  const form = h("form", { method: "dialog", onchange: () => tried(update) },
    what,
    choice("ending", "Format", endings.map((ending) => [ending, ending.slice(1).toUpperCase()])),
    choice("column", "For", [["two", "a page's width"], ["one", "one column"], ["poster", "a poster"]]),
    choice("theme", "Colours", [["light", "paper"], ["dark", "slides"]]),
    tick("quotes", "Keep people's words in the file", true),
    tick("pseudonyms", "Pseudonyms for interviews and people", false),
    note,
    h("p", {}, "The same on the command line:"),
    h("p", { class: "command" }, shown, h("button", { type: "button", onclick: () => tried(copy) }, "Copy")),
    h("p", { class: "row" }, h("button", { type: "button", class: "main", onclick: () => tried(save) }, "Save"), h("button", { value: "close" }, "Close")));
  const dialog = h("dialog", { "aria-labelledby": "save-title" }, h("h2", { id: "save-title" }, "Save the figure"), form);

  function wanted() {
    const { state, issue, links } = now();
    const given = Object.fromEntries(new FormData(form));
    const common = { ending: given.ending, column: given.column, theme: given.theme, where: state.where,
      quotes: given.quotes ? null : 0, pseudonyms: given.pseudonyms ? 1 : null };
    if (given.what === "around") return { ...common, query: "neighbourhood", issue };
    if (given.what === "chains") return { ...common, query: "causal-chains", effect: issue };
    return { ...common, ...asked(state), query: "causal-map", top: links > MOST ? 5000 : null };
  }

  async function update() {
    shown.textContent = (await api("/api/explore/command", wanted())).command;
  }

  async function copy() {
    await navigator.clipboard.writeText(shown.textContent);
    say("The command is copied.");
  }

  async function save() {
    say("Drawing …");
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(wanted())) for (const each of [value].flat()) if (each !== null && each !== undefined) query.append(name, each);
    const answer = await fetch(`/api/explore/figure?${query}`);
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `kb could not draw it (${answer.status}).`);
    const name = decodeURIComponent(/filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "figure");
    const address = URL.createObjectURL(await answer.blob());
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    const told = JSON.parse(answer.headers.get("X-KB-Notes") ?? "[]");
    say([`Saved as ${name}.`, ...told].join(" "));
  }

  return {
    element: dialog,
    async open() {
      const { state, issue } = now();
      const options = [["map", "the map, as filtered"], ...(issue ? [["around", `what is around ${issue}`], ["chains", `chains of causes to ${issue}`]] : [])];
      what.querySelector("select").replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
      if (issue && state.around.length) what.querySelector("select").value = "around";
      note.textContent = state.around.length > 1 ? "A figure is drawn of the whole map or around one issue; what is expanded here is a view of the page." : "";
      dialog.showModal();
      await update();
    },
  };
}
