// The same links as a table, for the keyboard and for a screen reader; those that the map shows, strongest first.

import { h } from "./base.js";

const AT_ONCE = 200; // rows; more are added when asked for

export function listOf(links, show) {
  const body = h("tbody");
  const more = h("button", { onclick: () => add(AT_ONCE) });
  let at = 0;
  function add(count) {
    const next = links.slice(at, at + count);
    at += next.length;
    body.append(...next.map(row));
    more.hidden = at >= links.length;
    more.textContent = `${links.length - at} more links`;
  }
  const end = (name, id) => h("td", {}, h("button", { class: "name", onclick: () => show({ issue: id, link: "" }) }, name));
  function row(link) {
    return h("tr", {}, end(link.names[0], link.from),
      h("td", {}, h("button", { class: "name", onclick: () => show({ link: link.id }), "aria-label": `Quotes: ${link.names[0]} ${link.relation} ${link.names[1]}` }, link.relation)),
      end(link.names[1], link.to), h("td", { class: "number" }, String(link.told_in.length)), h("td", { class: "number" }, String(link.people)), h("td", {}, link.stated ?? ""));
  }
  add(AT_ONCE);
  return [
    h("table", {}, h("caption", { class: "visually-hidden" }, "Links of the map"),
      h("thead", {}, h("tr", {}, ...["from", "relation", "to", "interviews", "people", "stated"].map((name) => h("th", { scope: "col" }, name)))), body),
    more,
  ];
}
