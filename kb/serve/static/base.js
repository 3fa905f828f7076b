// What all pages share. Text of interviews goes into the page as text nodes alone: nothing here parses markup.

const WRITE = document.querySelector('meta[name="kb-write"]')?.content ?? "";

/** Marks the page that is open in the navigation. */
export function here() {
  for (const link of document.querySelectorAll("header nav a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
  }
}

/** What kb said no to; `status` is the answer's, 0 where none came. */
export class Refused extends Error {
  constructor(sentence, status, body = {}) {
    super(sentence);
    this.status = status;
    this.body = body;
  }
}

/** GET as JSON. `params`: an object; lists repeat their name, null and undefined are left out. */
export async function api(path, params = {}, options = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of [value].flat()) if (each !== null && each !== undefined) query.append(name, each);
  }
  const asked = query.size ? `${path}?${query}` : path;
  return answered(fetch(asked, { headers: { Accept: "application/json" }, ...options }));
}

/** POST an object as JSON. */
export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-KB-Token": WRITE };
  return answered(fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answered(asked) {
  let answer;
  try {
    answer = await asked;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("kb does not answer: is `kb serve` still running?", 0);
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(body.error ?? `kb could not answer (${answer.status}).`, answer.status, body);
  return body;
}

/**
 * An element. `attributes`: `class`, `on…` (a function), properties such as `value`, else attributes; false, null
 * and undefined are left out, true is an empty one. Children: elements, strings, lists, null.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2).toLowerCase(), value);
    else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Tell something, also to a screen reader; an empty text takes it away. */
export function say(text, { wrong = false } = {}) {
  const place = document.getElementById("said");
  place.textContent = text;
  place.classList.toggle("wrong", wrong);
}

/** Run an action; what goes wrong is told. */
export async function tried(action) {
  try {
    return await action();
  } catch (error) {
    if (error.name !== "AbortError") say(error.message, { wrong: true });
    if (!(error instanceof Refused) && error.name !== "AbortError") console.error(error);
    return undefined;
  }
}

/** Keys of the page: `{ a: action, "Shift+N": action, "?": action }`; not while something is being typed. */
export function onKeys(keys) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable=true], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const action = keys[event.shiftKey && event.key.length === 1 ? `Shift+${event.key}` : event.key] ?? keys[event.key];
    if (!action) return;
    event.preventDefault();
    action(event);
  });
}

/** The address of a passage in its place in the transcript. */
export function passageAddress({ interview, turn, start = null, end = null, code = null }) {
  const query = new URLSearchParams();
  if (turn) query.set("turn", turn);
  if (start !== null && end !== null) {
    query.set("from", start);
    query.set("to", end);
  }
  if (code) query.set("code", code);
  return `/transcript/${encodeURIComponent(interview)}${query.size ? `?${query}` : ""}`;
}

/** A quote with who said it, leading to its place. `quote`: text, interview, and, where known, speaker, coder, turn, start, end. */
export function quoteBlock(quote) {
  const who = [quote.interview, quote.speaker, quote.coder && `coded by ${quote.coder}`].filter(Boolean).join(" · ");
  return h(
    "figure",
    { class: "quote" },
    h("blockquote", { dir: "auto" }, quote.text),
    h("figcaption", {}, h("a", { href: passageAddress(quote) }, who)),
  );
}
