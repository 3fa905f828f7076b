// What the signs of the map say: those that are on it, in the colours of the theme.

import { h } from "./base.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const SVG = "http://www.w3.org/2000/svg";
const OUTLINES = {
  box: "1,2 33,2 33,14 1,14",
  hexagon: "1,8 7,2 27,2 33,8 27,14 7,14",
  slanted: "1,2 26,2 33,14 8,14",
  note: "5,2 29,2 33,6 33,10 29,14 5,14 1,10 1,6",
};

/** A list of signs; `show(map, links, whole)` fills it for the links that are seen; `whole`: those told whole, if known. */
export function legend() {
  const list = h("ul", { class: "legend" });
  const element = h("details", { class: "side-legend", open: matchMedia("(min-width: 60rem)").matches }, h("summary", {}, "Signs"), list);
  let seen = null;
  const fill = () => seen && list.replaceChildren(...entries(...seen));
  dark.addEventListener("change", fill);
  return { element, show: (...given) => { seen = given; fill(); } };
}

function entries(map, links, whole = null) {
  const style = map.style[dark.matches ? "dark" : "light"];
  const ends = new Set(links.flatMap((link) => [link.from, link.to]));
  const kinds = new Set(map.nodes.filter((node) => ends.has(node.id)).map((node) => node.kind));
  const types = new Map(links.map((link) => [link.type, link.relation]));
  const marks = [];
  if (links.length) marks.push(["one interview", line(style.ink, { width: 2 })], ["several interviews", line(style.ink, { width: 4 })]);
  if (links.some((link) => link.stated === "implied")) marks.push(["only implied", line(style.ink, { dashed: true })]);
  if (whole && links.some((link) => !whole.has(link.id))) marks.push(["nobody told it as part of a whole chain", line(style.ink, { hollow: true })]);
  return [
    ...Object.keys(style.kinds).filter((kind) => kinds.has(kind)).map((kind) => [kind, box(style.kinds[kind])]),
    ...[...types].map(([type, verb]) => [verb, line(style.links[type].colour, { head: style.links[type].head })]),
    ...marks,
  ].map(([text, sign]) => h("li", {}, sign, text));
}

function drawing(...shapes) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 34 16", width: 34, height: 16, "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

function box({ shape, fill, stroke }) {
  const look = { fill, stroke, "stroke-width": 1.5 };
  if (shape in OUTLINES) return drawing(["polygon", { points: OUTLINES[shape], ...look }]);
  return drawing(["rect", { x: 1, y: 2, width: 32, height: 12, rx: shape === "round" ? 4 : 1, ...look }]);
}

function line(colour, { width = 2, dashed = false, hollow = false, head = "arrow" } = {}) {
  const look = { stroke: colour, "stroke-width": 1.5, fill: hollow ? "none" : colour, ...(hollow ? { opacity: 0.6 } : {}) };
  const heads = {
    dot: ["circle", { cx: 28, cy: 8, r: 4, ...look }],
    bar: ["line", { x1: 30, y1: 3, x2: 30, y2: 13, ...look }],
    diamond: ["polygon", { points: "22,8 27,4 32,8 27,12", ...look }],
    arrow: ["polygon", { points: "24,4 32,8 24,12", ...look }],
  };
  return drawing(
    ["line", { x1: 1, y1: 8, x2: 24, y2: 8, stroke: colour, "stroke-width": width, ...(dashed ? { "stroke-dasharray": "4 3" } : {}), ...(hollow ? { opacity: 0.6 } : {}) }],
    heads[head] ?? heads.arrow,
  );
}
