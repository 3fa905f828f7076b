// Explore: an issue is searched, its card read, the causal map walked, down to the words.

import { api, h, here, onKeys, say, tried } from "./base.js";
import { counted as countedFor, filterForm, passing } from "./explore-filters.js";
import { combobox } from "./explore-find.js";
import { legend } from "./explore-legend.js";
import { listOf } from "./explore-list.js";
import { choose, draw, filter, fit, makeMap, markWhole, zoomBy } from "./explore-map.js";
import { counted, makePanel } from "./explore-panel.js";
import { saveDialog } from "./explore-save.js";
import { asked, FILTERS, readState, writeState } from "./explore-state.js";

here();
let state = readState(), map = null, mapOf = "", whole = null, wholeOf = "", whose = null, whoseOf = "[]", panelOf = "", linksShown = 0, byId = new Map();

const canvas = h("div", { id: "canvas", tabindex: 0, role: "application", "aria-roledescription": "map of causes",
  "aria-label": "Causal map. Arrow keys go from box to box, Enter shows what is around one, plus and minus zoom, 0 shows all. The list has the same links." });
const list = h("div", { id: "list", hidden: true });
const counts = h("p", { class: "soft", id: "counts" });
const next = h("div", { id: "next", hidden: true });
const panelPlace = h("aside", { id: "panel", "aria-label": "Chosen issue or link" });
const panel = makePanel(panelPlace, show);

tried(begin);

async function begin() {
  say("Reading the graph …");
  const first = load(); // the map is asked for at once, the choices beside it
  first.catch(() => {}); // told where it is waited for
  const choices = await api("/api/explore/choices");
  const filters = filterForm(choices, (changes) => show(typeof changes === "function" ? changes(state) : changes));
  const signs = legend();
  const dialog = saveDialog(choices.endings, () => ({ state, issue: byId.get(state.issue)?.is_category ? "" : state.issue || state.around[0] || "", links: linksShown }));
  const view = h("button", { id: "view", onclick: () => show({ view: state.view === "list" ? "map" : "list" }) });
  const find = combobox({ id: "find", label: "Search an issue", source: async (q) => (await api("/api/explore/names", { q })).names, choose: (name) => tried(() => found(name)) });
  document.getElementById("main").append(
    h("h1", { class: "visually-hidden" }, "Explore the causal map"),
    h("div", { class: "bar" }, find, view,
      h("span", { class: "onmap" }, h("button", { "aria-label": "Zoom in", onclick: () => zoomBy(1.4) }, "+"), h("button", { "aria-label": "Zoom out", onclick: () => zoomBy(1 / 1.4) }, "−"), h("button", { onclick: fit }, "Show all")),
      h("button", { onclick: () => tried(dialog.open) }, "Save figure …"), counts),
    h("div", { class: "columns" },
      h("details", { class: "side", open: matchMedia("(min-width: 60rem)").matches }, h("summary", {}, "Filters"), filters.element, signs.element),
      h("section", { class: "stage", "aria-label": "Causal map" }, next, canvas, list), panelPlace),
    dialog.element);
  makeMap(canvas, { pick, open: (id) => show({ issue: id, link: "", around: state.around.includes(id) ? state.around : [...state.around, id] }) });
  begin.ready = { filters, view, choices, signs };
  addEventListener("popstate", () => { state = readState(); tried(render); });
  onKeys({ "/": () => document.getElementById("find").focus() });
  await render();
}

/** Change the state, the address, and what is seen. */
function show(changes) {
  state = { ...state, wrong: [], ...changes };
  writeState(state);
  const had = document.activeElement;
  return tried(render).then(() => {
    if (had === document.body || had.getClientRects().length) return;
    // What was pressed is gone: the keyboard goes on where its answer stands.
    const at = panelPlace.querySelector("h2") ?? (canvas.hidden ? document.getElementById("view") : canvas);
    at.focus({ preventScroll: true });
  });
}

function pick(kind, id) {
  show(kind === "node" ? { issue: id, link: "" } : kind === "link" ? { link: id } : { issue: "", link: "" });
}

async function found(name) {
  const { name: issue } = await api("/api/explore/card", { issue: name });
  await show({ issue, link: "", zoom: "none", around: state.around.length ? [issue] : [] });
}

/** What the server is asked for: of codes all links, which are filtered here; sums are the server's. */
function wanted() {
  const params = state.zoom === "none" ? { told: state.told === "any" ? "any" : null } : asked(state);
  return { ...params, around: state.around };
}

/** Fetch the map that the state asks for, once for all who wait for it; true if there is a new one. */
async function load() {
  const key = JSON.stringify(wanted());
  if (key === mapOf) return false;
  if (load.key !== key) [load.key, load.answer] = [key, api("/api/explore/map", wanted())];
  try {
    const answer = await load.answer;
    if (key === mapOf || key !== JSON.stringify(wanted())) return false; // it is there, or another one is asked for
    map = answer;
    mapOf = key;
    byId = new Map([...map.nodes, ...map.links, ...map.within].map((each) => [each.id, each]));
    return true;
  } finally {
    if (load.key === key) load.key = "";
  }
}

async function wholeLinks() {
  const key = JSON.stringify(state.where);
  if (key !== wholeOf) {
    whole = new Set((await api("/api/explore/whole", { where: state.where })).whole);
    wholeOf = key;
  }
  return whole;
}

/** Whose words count; null for everybody's. */
async function people() {
  const key = JSON.stringify(state.where);
  if (key === whoseOf) return;
  const found = state.where.length ? await api("/api/explore/people", { where: state.where }) : null;
  whose = found && { whole: new Set(found.whole), speakers: new Set(found.speakers), notes: found.notes };
  whoseOf = key;
}

async function render() {
  try {
    await drawn();
  } finally {
    canvas.setAttribute("aria-busy", "false"); // also where the server said no
  }
}

/** Fetch what the state asks for. */
async function fetched() {
  await load();
  if (!map || state.zoom !== "none") return;
  if (state.told === "whole" || state.told === "stitched") await wholeLinks();
  await people();
}

async function drawn() {
  const { filters, view, choices, signs } = begin.ready;
  filters.show(state);
  canvas.setAttribute("aria-busy", "true");
  let refused = "";
  await fetched().catch((error) => {
    if (!state.around.length && !state.where.length) throw error;
    refused = error.message; // what the address, or the form, asks for is not there: the rest is shown
    state = { ...state, around: [], where: [] };
    filters.show(state);
    return fetched();
  });
  if (!map) return;
  const fresh = map !== drawn.map;
  if (fresh) draw(map);
  drawn.map = map;
  const codes = state.zoom === "none";
  const all = codes ? map.links.map((link) => countedFor(link, whose)) : map.links;
  const shown = codes ? all.filter(passing(state, whole, (id) => byId.get(id)?.category)) : all;
  const on = new Map([...shown, ...map.within].map((link) => [link.id, link]));
  const { links, boxes } = filter((link) => on.has(link.id), (node) => !codes && node.data("linked") === 0);
  linksShown = links;
  if (fresh) fit();
  counts.textContent = `${boxes === 1 ? "1 box" : `${boxes} boxes`}, ${counted(links, "link")}${links < map.all ? ` of ${map.all}` : ""}`;
  canvas.setAttribute("aria-busy", "false");
  const listed = state.view === "list";
  view.textContent = listed ? "Show the map" : "Show as a list";
  canvas.hidden = listed;
  list.hidden = !listed;
  if (listed) list.replaceChildren(...listOf([...shown, ...map.within], show));
  signs.show(map, shown);
  guide(links, choices);
  const wrong = state.wrong.length ? [`The address asks for what there is not (${state.wrong.join(", ")}); it is left out.`] : [];
  say([refused, ...wrong, ...map.notes, ...(codes && whose ? whose.notes : [])].filter(Boolean).join(" "));
  choose(state.link || state.issue, { near: fresh && map.nodes.length > 60 });
  await side(shown, on);
  // Under conditions this takes a second, in which the graph answers nothing else: only when it is filtered by.
  if (codes && links && (!state.where.length || whole)) tried(async () => { if (!state.where.length) await wholeLinks(); markWhole(whole); signs.show(map, shown, whole); });
}

/** What comes next, where there is nothing to see. */
function guide(links, choices) {
  const narrowed = FILTERS.some((name) => state[name] && !(name === "told" && state.told === "people")) || state.where.length > 0;
  next.hidden = links > 0;
  if (links > 0) return;
  next.replaceChildren(...(narrowed && choices.relations
    ? [h("p", {}, "No link passes these filters."), h("button", { onclick: () => show({ told: "people", interview: "", category: "", min_interviews: "", min_people: "", without_fixes: "", where: [] }) }, "Take all filters away")]
    : [h("p", {}, sayCommands(choices.next)), choices.coded ? h("p", {}, h("a", { href: "/review" }, "Review candidates"), " here, one at a time.") : null].filter(Boolean)));
}

/** A sentence with its commands, which stand between backticks, as code. */
function sayCommands(sentence) {
  return sentence.split("`").map((part, i) => (i % 2 ? h("code", {}, part) : part));
}

async function side(shown, on) {
  const link = state.link ? on.get(state.link) ?? byId.get(state.link) : null;
  const node = state.issue ? byId.get(state.issue) : null;
  const key = JSON.stringify([link?.id ?? "", state.issue, state.where, state.interview, state.around, state.zoom, Boolean(node)]);
  if (key === panelOf) return;
  panelOf = key;
  if (link) await panel.link(state, link);
  else if (node?.is_category) await panel.category(state, node, shown.filter((each) => each.from === node.id || each.to === node.id));
  else if (state.issue) await panel.card(state, node);
  else await panel.nothing([h("p", { class: "soft" }, "Choose a box or a link of the map, or search an issue: its card and the words behind it come here.")]);
}
