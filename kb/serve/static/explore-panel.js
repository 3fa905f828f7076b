// Beside the map: an issue's card, a category's links, and the passages behind a node or a link.

import { api, h, quoteBlock } from "./base.js";
import { asked } from "./explore-state.js";

const FOLD = 8; // names in a section before the rest is folded away

/** What can be done from the panel: `show(changes)` changes the state. */
export function makePanel(place, show) {
  let turn = 0; // of what is being fetched; an answer that comes too late is dropped

  async function filled(build) {
    const mine = ++turn;
    place.setAttribute("aria-busy", "true");
    try {
      const parts = await build();
      if (mine === turn) place.replaceChildren(...[parts].flat().filter(Boolean));
    } catch (error) {
      if (mine === turn) place.replaceChildren(h("p", { class: "soft" }, error.message));
      throw error;
    } finally {
      if (mine === turn) place.setAttribute("aria-busy", "false");
    }
  }

  const narrowed = (state) => asked(state, ["interview"]);

  /** The card of an issue; `node` is its box on the map, if it has one. */
  const card = (state, node) => filled(async () => {
    const [found, said] = await Promise.all([
      api("/api/explore/card", { issue: state.issue, where: state.where }),
      api("/api/explore/quotes", { code: state.issue, ...narrowed(state) }),
    ]);
    return [
      h("h2", { tabindex: -1 }, found.name),
      h("p", { class: "soft" }, [found.kind, counted(found.interviews.length, "interview"), counted(found.passages, "coded passage")].filter(Boolean).join(" · ")),
      found.definition && h("p", {}, found.definition),
      buttons(state, node),
      narrower(state, found),
      ...found.sections.map((section) => sectionOf(section, found.name)),
      h("h3", {}, "Spoken of"),
      quotesOf(said, "No passage is coded so."),
    ];
  });

  function buttons(state, node) {
    if (!node) return h("p", { class: "soft" }, "No relation of it is on this map.");
    const name = node.id, around = state.around;
    return h("p", { class: "row" },
      around.includes(name)
        ? h("button", { onclick: () => show({ around: around.filter((each) => each !== name) }) }, "Fold what is around it")
        : h("button", { onclick: () => show({ around: [...around, name] }) }, around.length ? "Expand: add what is around it" : "Show only what is around it"),
      around.length ? h("button", { onclick: () => show({ around: [] }) }, "Show the whole map") : null);
  }

  /** Of a catalogue's issue, the way back to the codes that fall under it. */
  function narrower(state, found) {
    const codes = found.sections.find((section) => section.title === "includes")?.items.map((item) => item.name) ?? [];
    if (state.zoom !== "catalogue" || !codes.length) return null;
    return h("p", { class: "row" }, h("button", { onclick: () => show({ zoom: "none", around: codes, link: "" }) }, "Zoom in: show its codes"));
  }

  function sectionOf({ title, items }, name) {
    const one = (item) => h("li", {},
      h("button", { class: "name", onclick: () => show({ issue: item.name, link: "" }) }, item.name),
      item.interviews ? h("span", { class: "soft" }, ` ${counted(item.interviews, "interview")}${item.detail ? `, ${item.detail}` : ""}`) : null,
      item.catalogues.length ? h("span", { class: "soft" }, ` ${item.catalogues.join(", ")}`) : null,
      item.of !== name ? h("span", { class: "soft" }, ` (of ${item.of})`) : null);
    const rest = items.slice(FOLD);
    return h("section", {}, h("h3", {}, `${title} (${items.length})`), h("ul", { class: "names" }, items.slice(0, FOLD).map(one)),
      rest.length ? h("details", {}, h("summary", {}, `${rest.length} more`), h("ul", { class: "names" }, rest.map(one))) : null);
  }

  /** A category, with its links on the map. */
  const category = (state, node, links) => filled(async () => [
    h("h2", { tabindex: -1 }, node.label),
    h("p", { class: "soft" }, `category · ${counted(links.length, "link")} shown`),
    h("p", { class: "row" }, h("button", { onclick: () => show({ zoom: "none", category: node.name, issue: "", link: "", around: [] }) }, "Zoom in: show its codes")),
    h("ul", { class: "names" }, links.map((link) => h("li", {}, h("button", { class: "name", onclick: () => show({ link: link.id }) }, sentence(link)),
      h("span", { class: "soft" }, ` ${counted(link.told_in.length, "interview")}`)))),
  ]);

  /** A link, with every passage that says it. */
  const link = (state, link) => filled(async () => {
    const said = await api("/api/explore/quotes", {
      of: link.pairs.map((pair) => pair[0]), and: link.pairs.map((pair) => pair[1]), relation: link.relation, ...narrowed(state),
    });
    const ends = h("p", { class: "row" }, ...[link.from, link.to].map((id, i) => h("button", { onclick: () => show({ issue: id, link: "" }) }, link.names[i])));
    return [
      h("h2", { tabindex: -1 }, sentence(link)),
      h("p", { class: "soft" }, [counted(link.told_in.length, "interview"), people(link.people), counted(link.claims, "statement"), link.stated && `at best ${link.stated}`,
        link.links > 1 && `${link.links} links summed`, link.catalogues.length && `stated by ${link.catalogues.join(", ")}`].filter(Boolean).join(" · ")),
      ends,
      quotesOf(said, "Nobody's words are behind this link."),
    ];
  });

  const nothing = (content) => filled(async () => content);
  return { card, category, link, nothing, focus: () => place.querySelector("h2")?.focus() };
}

export function sentence(link) {
  return `${link.names[0]} ${link.relation} ${link.names[1]}`;
}

export function counted(n, what) {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

export function people(n) {
  return n === 1 ? "1 person" : `${n} people`;
}

function quotesOf({ quotes, notes }, none) {
  const several = new Set(quotes.map((quote) => quote.link)).size > 1;
  return h("div", { class: "quotes" },
    quotes.length ? quotes.map((quote) => passage(quote, several)) : h("p", { class: "soft" }, none),
    notes.map((note) => h("p", { class: "soft" }, note)));
}

function passage(quote, several) {
  const about = [several && quote.link, quote.turn && `[${quote.turn}]`, quote.how].filter(Boolean).join(" ");
  if (!quote.interview) { // a catalogue's sentence, which nobody said in an interview
    return h("figure", { class: "quote" }, h("blockquote", {}, quote.text), h("figcaption", {}, [quote.catalogues?.join(", "), about].filter(Boolean).join(" ")));
  }
  const block = quoteBlock(quote);
  if (about) block.querySelector("figcaption").append(` ${about}`);
  return block;
}
