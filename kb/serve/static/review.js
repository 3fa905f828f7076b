// One candidate at a time, a key a decision.

import { api, h, here, onKeys, passageAddress, post, Refused, say } from "./base.js";
import { ask, linesOf, selectedWords, showKeys } from "./ask.js";

const KEYS = [
  ["a", "accept: the relation is written into the file, with the words that are marked"],
  ["r", "refuse: the interview does not say it"],
  ["t", "turn round: exchange the ends"],
  ["e", "ends: another code (completes), or a concept in several words"],
  ["c", "cut the quote to the words that are selected; without a selection, edit it"],
  ["x", "how explicit it is: stated, across-turns or implied (your inference)"],
  ["w", "words: the next passage that may say it"],
  ["m", "more, or less, of the interview around it"],
  ["n", "note: your own words, kept with the decision"],
  ["s", "skip: put off"],
  ["u", "undo the last decision"],
  ["o", "open the passage in the transcript"],
  ["?", "these keys"],
];
const LESS = 2;
const MORE = 8;

let now = null; // what the server said last
let around = LESS;
let busy = false;
let names = null;
let unfolded = false; // the table by interview
const main = document.getElementById("main");

async function load() {
  try {
    show(await api("/api/review", { around }));
  } catch (error) {
    say(error.message, { wrong: true });
    if (now === null) main.replaceChildren(h("p", {}, error.message), h("p", {}, h("button", { onclick: load }, "Try again")));
  }
}

/** Whether it was done; what was not is told. */
async function send(body) {
  if (busy || now === null) return false;
  busy = true;
  main.setAttribute("aria-busy", "true");
  try {
    show(await post("/api/review", { version: now.version, ...body }));
    return true;
  } catch (error) {
    say(error.message, { wrong: true });
    if (error instanceof Refused && error.status === 409) show(await api("/api/review", { around }), error.message);
    return false;
  } finally {
    busy = false;
    main.removeAttribute("aria-busy");
  }
}

function decide(action) {
  around = LESS;
  send({ action });
}

async function fetchNames() {
  if (names === null) names = (await api("/api/names").catch(() => ({ names: null }))).names;
}

// A dialog opens at once, since what is typed next must not be taken for keys; and what it asks for is for the
// candidate that it was opened on, which its version tells. What could not be done is asked for again, as it was
// typed, as long as that candidate is the one on the page; else it is shown to be copied.
async function change(title, fields, options, bodyOf) {
  const of = JSON.stringify(keyOf(now.candidate));
  for (;;) {
    const { version } = now;
    const given = await ask(title, fields, options);
    if (!given || (await send({ version, ...bodyOf(given) }))) return;
    const failed = document.getElementById("said").textContent;
    const here = now.candidate && JSON.stringify(keyOf(now.candidate)) === of;
    for (const field of fields) field.value = given[field.name];
    if (!here) {
      await ask("Not kept: another candidate is shown now. What you typed:", fields, { ...options, yes: "Close", told: failed });
      return;
    }
    options = { ...options, told: failed };
  }
}

const keyOf = ({ interview, kind, start, end }) => [interview, kind, start, end];

async function ends() {
  const { ends: [first, second], start, end } = now.candidate;
  await change(
    "The ends",
    [{ name: "start", label: first, value: start }, { name: "end", label: second, value: end }],
    { names: fetchNames().then(() => names ?? []), yes: "Change" },
    (given) => ({ action: "ends", ...given }),
  );
}

async function cut() {
  const chosen = selectedWords(main);
  if (chosen.length) {
    send({ action: "quote", quotes: chosen });
    return;
  }
  const quotes = now.candidate.quotes;
  const before = quotes.map(({ text }) => text).join("\n");
  await change(
    "The quote (… stands for words left out; a line for each turn; Ctrl+Enter)",
    [{ name: "quote", label: "Words", value: before, kind: "words" }],
    { yes: "Change" },
    (given) => ({ action: "quote", quotes: linesOf(given.quote, quotes) }),
  );
}

async function note() {
  await change(
    "Note (Ctrl+Enter)",
    [{ name: "note", label: "Your own words", value: now.candidate.note ?? "", kind: "words" }],
    {},
    (given) => ({ action: "note", ...given }),
  );
}

function open() {
  const [quote] = now.candidate.quotes;
  location.assign(passageAddress({ interview: now.candidate.interview, turn: quote?.turn }));
}

function more() {
  around = around === LESS ? MORE : LESS;
  load();
}

const actions = {
  a: () => decide("accept"),
  r: () => decide("refuse"),
  t: () => send({ action: "turn" }),
  e: ends,
  c: cut,
  x: () => send({ action: "level" }),
  w: () => send({ action: "words" }),
  m: more,
  n: note,
  s: () => decide("skip"),
  o: open,
};
// What is typed while a dialog is on its way must not decide anything; a key that is held down is one.
let opening = false;
async function once(action) {
  if (opening || !now?.candidate) return;
  opening = true;
  try {
    await action();
  } finally {
    opening = false;
  }
}
const guarded = Object.fromEntries(Object.entries(actions).map(([key, action]) => [key, (event) => event?.repeat || once(action)]));
onKeys({ ...guarded, u: (event) => event.repeat || opening || decide("undo"), "?": () => showKeys(KEYS), "Shift+?": () => showKeys(KEYS) });

function show(state, told = "") {
  now = state;
  const last = state.last;
  const written = last?.relations.length ? ` (${last.relations.join(", ")})` : "";
  say(told || (last ? `${last.verdict}${written}: ${last.says}` : ""), { wrong: Boolean(told) });
  main.replaceChildren(bar(state), state.candidate ? card(state.candidate) : nothing(state), footer(state));
  main.querySelector(".relation")?.focus({ preventScroll: true });
  if (state.behind) setTimeout(quietly, 3000);
}

// The graph follows by itself: only what is said of it changes, never what the reader looks at.
async function quietly() {
  const state = await api("/api/review", { around }).catch(() => null);
  if (state && state.version === now.version) {
    now = state;
    document.querySelector(".follows")?.replaceWith(follows(state));
    if (state.behind) setTimeout(quietly, 3000);
  }
}

function follows(state) {
  const said = state.apart ? "the graph is not in step with it: see the remarks" : state.behind ? `${state.behind} not in the graph yet; it follows by itself` : "the graph has all decisions";
  return h("span", { class: "follows" }, said);
}

function bar(state) {
  const total = state.decided + state.left;
  const minutes = state.minutes && state.left ? `, about ${Math.max(1, Math.round(state.minutes))} min left` : "";
  const off = state.skipped ? `, ${state.skipped} put off` : "";
  return h(
    "section",
    { class: "progress", "aria-label": "How far it has come" },
    h("label", {}, h("progress", { value: state.decided, max: Math.max(1, total) }), ` ${state.decided} of ${total} decided${off}${minutes}`),
    h("details", { open: unfolded, ontoggle: (event) => (unfolded = event.target.open) }, h("summary", {}, "By interview"), h("table", {}, h("tbody", {}, state.interviews.map((each) =>
      h("tr", {}, h("th", { scope: "row" }, each.interview), h("td", {}, h("progress", { value: each.decided, max: Math.max(1, each.total) })),
        h("td", {}, `${each.decided} of ${each.total}`)))))),
    scope(state),
  );
}

function scope(state) {
  const set = (change) => send({ action: "open", ...state.scope, ...change });
  const all = [["", "all interviews"], ...state.choices.map((interview) => [interview, interview])];
  return h(
    "p",
    { class: "scope" },
    h("label", {}, "Interview ", h("select", { onchange: (event) => set({ interview: event.target.value || null }) },
      all.map(([name, told]) => h("option", { value: name, selected: name === (state.scope.interview ?? "") }, told)))),
    h("label", {}, "Order ", h("select", { onchange: (event) => set({ by: event.target.value }) },
      [["worth", "likeliest first"], ["interview", "as the interviews go"]].map(([name, told]) =>
        h("option", { value: name, selected: name === state.scope.by }, told)))),
    h("label", {}, h("input", { type: "checkbox", checked: state.scope.stated, onchange: (event) => set({ stated: event.target.checked }) }), " only where words state the link"),
  );
}

function card(candidate) {
  const arrow = candidate.causal ? "→" : candidate.verb;
  const sure = candidate.directed ? "" : " (or the other way round: t)";
  return h(
    "article",
    { class: "candidate" },
    h("h1", { class: "relation", tabindex: "-1" }, h("span", { class: "soft" }, `${candidate.interview}: `),
      h("span", { class: "start" }, candidate.start), ` ${arrow} `, h("span", { class: "end" }, candidate.end), sure),
    h("div", { class: "turns" }, candidate.turns.map((turn) => turnOf(turn, candidate))),
    candidate.why.length ? h("p", { class: "soft" }, `Why: ${candidate.why.join("; ")}.`) : null,
    candidate.doubts.length ? h("p", { class: "doubts" }, `Look: ${candidate.doubts.join(" ")}`) : null,
    h("p", { class: "soft" }, beside(candidate)),
  );
}

function beside(candidate) {
  const said = [`explicit: ${candidate.explicit}`];
  if (!candidate.states) said.push("the codes only stand together here");
  if (candidate.passages > 1) said.push(`passage ${candidate.passage} of ${candidate.passages} (w)`);
  if (candidate.by) said.push(`proposed by ${candidate.by}`);
  if (candidate.might_be.length) said.push(`might be ${candidate.might_be.slice(0, 3).join(", ")}`);
  if (candidate.note) said.push(`note: ${candidate.note}`);
  return said.join(" · ");
}

function turnOf(turn, candidate) {
  const words = turn.segments.map((segment) => {
    const end = segment.end === candidate.ends[0] ? "start" : segment.end ? "end" : "";
    const inner = end ? h("span", { class: `marked ${end}`, title: segment.end, "data-end": segment.end }, segment.text) : segment.text;
    return segment.quoted ? h("mark", {}, inner) : inner;
  });
  return h("p", { class: turn.focus ? "turn focus" : "turn" },
    h("a", { class: "soft speaker", href: passageAddress({ interview: candidate.interview, turn: turn.id }) }, turn.speaker || "somebody"), " ",
    h("bdi", { class: "words", "data-turn": turn.id }, words));
}

function nothing(state) {
  const total = state.decided + state.left;
  if (!total) return h("p", {}, "There is nothing to review: no passage suggests a relation, and none was proposed.");
  const off = state.skipped ? ` ${state.skipped} were put off; they come again when the order is changed, or the server begins anew.` : "";
  return h("p", { class: "relation", tabindex: "-1" }, `All ${total} candidates have been looked through.${off} `, h("kbd", {}, "u"), " takes the last decision back.");
}

function footer(state) {
  const button = (key, told, main_ = false) => h("button", { class: main_ ? "main" : "", onclick: () => (key === "u" ? decide("undo") : guarded[key]()) }, told, " ", h("kbd", {}, key));
  const buttons = state.candidate
    ? [button("a", "Accept", true), button("r", "Refuse"), button("t", "Turn round"), button("e", "Ends"), button("c", "Cut"), button("x", "Level"),
       button("w", "Words"), button("m", "More"), button("n", "Note"), button("s", "Skip")]
    : [];
  return h(
    "section",
    { class: "keys", "aria-label": "What to do" },
    h("p", { class: "buttons" }, buttons, button("u", "Undo"), h("button", { onclick: () => showKeys(KEYS) }, "Keys ", h("kbd", {}, "?"))),
    h("p", { class: "soft" }, `Decisions go into ${state.file}${state.reviewer ? `, as ${state.reviewer}` : ""}; `, follows(state), "."),
    state.messages.length ? h("details", { open: true }, h("summary", {}, "Remarks"), h("ul", {}, state.messages.map((each) => h("li", {}, each)))) : null,
  );
}

here();
load().then(fetchNames);
