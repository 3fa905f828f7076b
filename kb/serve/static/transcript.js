// An interview whole: turns, codes in the margin, the words that a link names; a relation from words of it.

import { api, h, here, onKeys, post, say, tried } from "./base.js";
import { ask, linesOf, selectedWords, showKeys } from "./ask.js";

const KEYS = [
  ["j / k", "the next turn, the one before"],
  ["space", "mark the turn's words for a relation, or take them away"],
  ["r", "a relation from the words that are selected, or marked"],
  ["?", "these keys"],
];
const NEAR = 40; // turns on each side of the one that is asked for
const main = document.getElementById("main");
const asked = new URLSearchParams(location.search);
const marked = new Map(); // turns marked by keyboard: id to text
let talk = null;
let named = null; // the words, or the turn, that the address names, until the reader moves

async function load() {
  const interview = decodeURIComponent(location.pathname.replace(/^\/transcript\//, ""));
  const sent = document.getElementById("first"); // the server sends it within the page, if it can
  talk = sent ? JSON.parse(sent.textContent) : await api(`/api/transcript/${encodeURIComponent(interview)}`);
  sent?.remove();
  const target = Math.max(0, talk.turns.findIndex((turn) => turn.id === asked.get("turn")));
  const first = Math.max(0, target - NEAR);
  const near = talk.turns.slice(first, target + NEAR);
  document.title = `${talk.title || talk.interview} – kb`;
  main.replaceChildren(
    h("h1", {}, talk.title || talk.interview),
    h("p", { class: "soft" }, `${talk.turns.length} turns. Select words and press `, h("kbd", {}, "r"), " to write a relation; ", h("kbd", {}, "?"), " shows the keys. ",
      h("button", { onclick: relation }, "Relation from the selected words")),
    h("div", { class: "talk" }, near.map(turnOf)),
  );
  const at = asked.get("turn") && document.getElementById(`turn-${asked.get("turn")}`);
  if (at) {
    named = at.querySelector("mark") ?? at;
    toNamed();
    at.focus({ preventScroll: true });
    for (const moved of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(moved, () => (named = null), { once: true, capture: true, passive: true });
    }
  } else if (asked.get("turn")) {
    say(`There is no turn ${asked.get("turn")} in this interview.`, { wrong: true });
  }
  // What is asked for is painted first; the rest of a long interview comes in around it, without a jump.
  requestAnimationFrame(() => setTimeout(() => {
    const place = main.querySelector(".talk");
    const kept = at ?? place.firstElementChild;
    const before = kept?.getBoundingClientRect().top ?? 0;
    place.prepend(...talk.turns.slice(0, first).map(turnOf));
    place.append(...talk.turns.slice(first + near.length).map(turnOf));
    if (at) scrollBy(0, kept.getBoundingClientRect().top - before);
    place.setAttribute("data-whole", "");
    toNamed();
    requestAnimationFrame(toNamed); // turns that come into view take the height that they have
  }));
}

function toNamed() {
  named?.scrollIntoView({ block: "center" });
}

function turnOf(turn) {
  const here_ = turn.id === asked.get("turn");
  const spans = here_ ? spansOf(turn) : [];
  return h(
    "article",
    { class: `turn ${turn.role ?? ""}${here_ ? " here" : ""}`, id: `turn-${turn.id}`, tabindex: "-1", "aria-label": `${turn.speaker || "somebody"}, turn ${turn.index + 1}` },
    h("p", { class: "who soft" }, turn.speaker || "somebody"),
    h("p", { class: "words", dir: "auto", "data-turn": turn.id }, wordsOf(turn.text, spans)),
    turn.codes.length ? h("ul", { class: "codes", "aria-label": "Codes" }, turn.codes.map((code) => codeOf(turn, code))) : null,
  );
}

function codeOf(turn, code) {
  const by = code.coders.length ? `, by ${code.coders.join(", ")}` : "";
  const mark = (event) => {
    const pressed = event.currentTarget.getAttribute("aria-pressed") !== "true";
    const article = event.currentTarget.closest("article");
    for (const other of article.querySelectorAll(".codes button")) other.setAttribute("aria-pressed", "false");
    event.currentTarget.setAttribute("aria-pressed", String(pressed));
    const spans = code.spans.length ? code.spans : [[0, Infinity]];
    article.querySelector(".words").replaceChildren(...wordsOf(turn.text, pressed ? spans : []));
  };
  return h("li", {}, h("button", { "aria-pressed": "false", title: `Mark its words${by}`, onclick: mark }, code.code, h("span", { class: "soft" }, code.coders.length ? ` ${code.coders.join(", ")}` : "")));
}

// What the address names: words by their place, or a code's words.
function spansOf(turn) {
  const [from, to] = [asked.get("from"), asked.get("to")].map((text) => (text === null ? NaN : Number(text)));
  if (Number.isInteger(from) && Number.isInteger(to) && from < to) return [[from, to]];
  const code = turn.codes.find((each) => each.code === asked.get("code"));
  return code ? (code.spans.length ? code.spans : [[0, Infinity]]) : [];
}

// Places are counted in code points, as kb counts them; strings here in UTF-16.
function wordsOf(text, spans) {
  if (!spans.length) return [text];
  const points = Array.from(text);
  const within = new Array(points.length).fill(false);
  for (const [start, end] of spans) within.fill(true, start, Math.min(end, points.length));
  const parts = [];
  for (let from = 0; from < points.length; ) {
    let to = from;
    while (to < points.length && within[to] === within[from]) to += 1;
    const piece = points.slice(from, to).join("");
    parts.push(within[from] ? h("mark", {}, piece) : piece);
    from = to;
  }
  return parts;
}

function current() {
  return document.activeElement?.closest("article.turn");
}

function step(by) {
  const turns = [...main.querySelectorAll("article.turn")];
  const at = turns.indexOf(current());
  const next = turns[Math.max(0, Math.min(turns.length - 1, at < 0 ? 0 : at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function toggle() {
  const article = current();
  if (!article) return;
  const words = article.querySelector(".words");
  const on = article.classList.toggle("chosen");
  if (on) marked.set(words.dataset.turn, { turn: words.dataset.turn, text: words.textContent, start: 0 });
  else marked.delete(words.dataset.turn);
  say(on ? "Marked; r writes a relation." : "No longer marked.");
}

async function relation() {
  let words = selectedWords(main);
  const order = new Map(talk.turns.map((turn) => [turn.id, turn.index]));
  if (!words.length) words = [...marked.values()].sort((a, b) => order.get(a.turn) - order.get(b.turn));
  if (!words.length) {
    say("Select the words that say it, or mark turns with the space bar.", { wrong: true });
    return;
  }
  let values = { kind: "causes", start: "", end: "", quote: words.map(({ text }) => text).join("\n"), explicit: words.length > 1 ? "across-turns" : "stated", note: "" };
  let told = "";
  for (;;) {
    values = await ask(
      "A relation in these words",
      [
        { name: "start", label: "Cause, or issue", value: values.start },
        { name: "kind", label: "Relation", value: values.kind, kind: "choice", choices: talk.kinds.map(({ name, verb, ends }) => [name, `${ends[0]} ${verb} ${ends[1]}`]) },
        { name: "end", label: "Effect, or fix", value: values.end },
        { name: "quote", label: "Words (a line for each turn; … for words left out)", value: values.quote, kind: "words" },
        { name: "explicit", label: "How explicit", value: values.explicit, kind: "choice", choices: talk.levels.map((level) => [level, level]) },
        { name: "note", label: "Note", value: values.note, kind: "words" },
      ],
      { names: talk.names, told },
    );
    if (values === null) return;
    const { quote, ...rest } = values;
    const quotes = linesOf(quote, words);
    const done = await tried(() => post("/api/relation", { ...rest, quotes, interview: talk.interview }));
    told = done ? "" : document.getElementById("said").textContent;
    if (done) {
      say(`Written into ${done.file} as ${done.relations.join(", ")}: ${values.start} → ${values.end}. The graph follows by itself.`);
      getSelection().removeAllRanges();
      marked.clear();
      for (const article of main.querySelectorAll(".chosen")) article.classList.remove("chosen");
      return;
    }
  }
}

onKeys({ j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1), " ": toggle, r: relation, "?": () => showKeys(KEYS), "Shift+?": () => showKeys(KEYS) });
here();
tried(load).then(() => {
  if (talk === null) main.replaceChildren(h("p", {}, document.getElementById("said").textContent));
});
