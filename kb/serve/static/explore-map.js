// The map on its canvas: Cytoscape.js draws what the server has placed; nothing is laid out here.

import cytoscape from "./vendor/cytoscape.esm.min.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const SHAPES = { box: "rectangle", round: "round-rectangle", note: "cut-rectangle", slanted: "rhomboid" };
const HEADS = { arrow: "triangle", dot: "circle", bar: "tee", diamond: "diamond" };
const NEAR = 1.1; // zoom at which names are read with ease

let cy = null, found = null;

/** Make the map in an element. `pick(kind, id)`: "node", "link" or "" was chosen; `open(id)`: a node was opened. */
export function makeMap(container, { pick, open }) {
  cy = cytoscape({ container, minZoom: 0.03, maxZoom: 3, boxSelectionEnabled: false, autoungrabify: true });
  cy.on("tap", (event) => {
    const what = event.target;
    if (what === cy) pick("", "");
    else pick(what.isNode() ? "node" : "link", what.id());
  });
  cy.on("dbltap", "node", (event) => open(event.target.id()));
  container.addEventListener("keydown", (event) => keys(event, pick, open));
  dark.addEventListener("change", restyle);
  return cy;
}

/** Draw what the server gave; `fit` brings it into view. */
export function draw(map) {
  found = map;
  cy.elements().remove();
  restyle(); // before there are elements, so that each is styled once
  cy.batch(() => {
    cy.add([
      ...map.nodes.map((node) => ({ group: "nodes", data: node, position: { x: node.x, y: node.y } })),
      ...map.links.map((link) => ({ group: "edges", data: { ...link, source: link.from, target: link.to } })),
    ]);
  });
}

/** Hide what does not pass: `passes(link)`; a box without a link that passes is hidden too, unless `always(id)`. */
export function filter(passes, always) {
  let links = 0;
  const boxes = new Set();
  cy.batch(() => {
    cy.edges().forEach((edge) => {
      const on = passes(edge.data());
      edge.toggleClass("off", !on);
      if (on) {
        links++;
        boxes.add(edge.data("source")).add(edge.data("target"));
      }
    });
    cy.nodes().forEach((node) => {
      const on = boxes.has(node.id()) || always(node);
      if (on) boxes.add(node.id());
      node.toggleClass("off", !on);
    });
  });
  return { links, boxes: boxes.size };
}

/** Mark which links one person told whole; the others are drawn as stitched: paler, with hollow heads. */
export function markWhole(whole) {
  cy.batch(() => cy.edges().forEach((edge) => edge.toggleClass("stitched", !whole.has(edge.id()))));
}

/** Mark what is chosen, and bring it into view. */
export function choose(id, { near = false } = {}) {
  cy.batch(() => {
    cy.elements(".on, .beside").removeClass("on beside");
    const one = id ? cy.getElementById(id) : cy.collection();
    one.addClass("on");
    if (one.nonempty()) (one.isNode() ? one.openNeighborhood() : one.connectedNodes()).addClass("beside");
  });
  const one = id ? cy.getElementById(id) : null;
  if (!one || one.empty()) return false;
  const box = one.renderedBoundingBox();
  const outside = box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height();
  if (near && cy.zoom() < 0.6) cy.zoom(NEAR * 0.8);
  if (outside || near) cy.center(one);
  return true;
}

export function fit() {
  cy.resize();
  const all = cy.elements(":visible");
  if (all.nonempty()) cy.fit(all, 24);
  if (cy.zoom() > NEAR) { cy.zoom(NEAR); cy.center(all); }
}

export function zoomBy(factor) {
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

function restyle() {
  if (!found) return;
  const style = found.style[dark.matches ? "dark" : "light"];
  const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
  const of = (data) => style.kinds[data("kind")];
  const line = (data) => style.links[data("type")].colour;
  cy.style([
    { selector: "node", style: {
      label: "data(label)", width: "data(w)", height: "data(h)", "text-max-width": (node) => node.data("w") - (node.data("w") > 210 ? 38 : 12),
      "text-wrap": "ellipsis", "text-valign": "center", "font-size": 13, "font-family": "system-ui, sans-serif",
      "min-zoomed-font-size": 5, color: style.ink, shape: (node) => SHAPES[of((n) => node.data(n)).shape] ?? of((n) => node.data(n)).shape,
      "background-color": (node) => of((n) => node.data(n)).fill, "border-color": (node) => of((n) => node.data(n)).stroke, "border-width": 1.5 } },
    { selector: "edge", style: {
      width: "data(width)", "curve-style": "bezier", "line-color": (edge) => line((n) => edge.data(n)), opacity: 0.75,
      "target-arrow-color": (edge) => line((n) => edge.data(n)), "target-arrow-shape": (edge) => HEADS[style.links[edge.data("type")].head] ?? "triangle",
      "line-style": (edge) => (edge.data("stated") === "implied" ? "dashed" : "solid") } },
    { selector: "edge.stitched", style: { opacity: 0.45, "target-arrow-fill": "hollow" } },
    { selector: "node.beside", style: { "border-width": 3 } },
    { selector: "node.on", style: { "border-width": 4, "border-color": accent } },
    { selector: "edge.on", style: { "line-color": accent, "target-arrow-color": accent, opacity: 1, "z-index": 9 } },
    { selector: ".off", style: { display: "none" } },
  ]);
}

const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** Arrows go from box to box, to what is linked first; Enter opens; + and - zoom; 0 shows all. */
function keys(event, pick, open) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const on = cy.nodes(".on");
  if (event.key in STEPS) {
    const next = on.nonempty() ? beside(on, STEPS[event.key]) : cy.nodes(":visible").sort((a, b) => a.position("x") - b.position("x"))[0];
    if (next) pick("node", next.id());
  } else if (event.key === "Enter" && on.nonempty()) open(on.id());
  else if (event.key === "+" || event.key === "=") zoomBy(1.3);
  else if (event.key === "-") zoomBy(1 / 1.3);
  else if (event.key === "0") fit();
  else if (event.key === "Escape") pick("", "");
  else return;
  event.preventDefault();
}

function beside(on, [dx, dy]) {
  const from = on.position();
  let best = null, least = Infinity;
  const linked = on.openNeighborhood("node:visible");
  for (const node of cy.nodes(":visible").not(on)) {
    const x = node.position("x") - from.x, y = node.position("y") - from.y;
    const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead <= 0 || aside > 2 * ahead + 40) continue;
    const cost = (ahead + 2 * aside) * (linked.contains(node) ? 0.25 : 1);
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}
