// The form that narrows the map. Where codes are shown, what is hidden is decided here, link by link; sums are the server's.

import { h } from "./base.js";

const TOLD = { people: "all that people tell", whole: "on a chain that one person told whole", stitched: "on no chain told whole: stitched", any: "what only a catalogue states too" };
const ZOOM = { none: "codes", category: "categories", catalogue: "the catalogue's issues" };

/** The form; `change(changes)` takes what the user sets. */
export function filterForm(choices, change) {
  const select = (name, label, options, set) => h("label", {}, label, h("select", { name, onchange: (event) => set(event.target.value) },
    options.map(([value, text]) => h("option", { value }, text))));
  const number = (name, label) => h("label", {}, label, h("input", { type: "number", name, min: 0, max: 100000, inputmode: "numeric",
    oninput: (event) => { if (event.target.validity.valid) change({ [name]: event.target.value.replace(/^0+$/, "") }); } }));
  const attributes = Object.entries(choices.attributes);
  const where = (name, value) => (state) => ({ where: [...state.where.filter((each) => !each.startsWith(`${name}=`)), ...(value ? [`${name}=${value}`] : [])] });
  const form = h("form", { class: "filters", "aria-label": "Filters", onsubmit: (event) => event.preventDefault() },
    select("zoom", "Show", choices.zoom.filter((each) => each !== "catalogue" || choices.catalogues).map((each) => [each, ZOOM[each] ?? each]), (zoom) => change({ zoom, issue: "", link: "", around: [] })),
    select("told", "Links", choices.told.filter((each) => each !== "any" || choices.catalogues).map((each) => [each, TOLD[each] ?? each]), (told) => change({ told })),
    select("interview", "Told in interview", [["", "any"], ...choices.interviews.map((each) => [each, each])], (interview) => change({ interview })),
    choices.categories.length ? select("category", "With an end in category", [["", "any"], ...choices.categories.map((each) => [each.name, each.title])], (category) => change({ category })) : null,
    number("min_interviews", "Least interviews"), number("min_people", "Least people"),
    h("label", { class: "tick" }, h("input", { type: "checkbox", name: "without_fixes", onchange: (event) => change({ without_fixes: event.target.checked ? "1" : "" }) }), "Causes only, without fixes"),
    attributes.length ? h("fieldset", {}, h("legend", {}, "Told by people with"),
      attributes.map(([name, values]) => select(`where ${name}`, name, [["", "any"], ...values.map((each) => [each, each])], (value) => change(where(name, value))))) : null,
    h("button", { type: "button", onclick: () => change({ told: "people", interview: "", category: "", min_interviews: "", min_people: "", without_fixes: "", where: [] }) }, "Take all filters away"));

  /** Set the form to a state. */
  function show(state) {
    for (const field of form.querySelectorAll("select, input")) {
      if (document.activeElement === field && field.type === "number") continue;
      if (field.name.startsWith("where ")) {
        const name = field.name.slice(6);
        field.value = state.where.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
      } else if (field.type === "checkbox") field.checked = state[field.name] === "1";
      else field.value = state[field.name];
    }
  }
  return { element: form, show };
}

/** What a link says where only some people count; `whose`: what is theirs, or null for everybody. */
export function counted(link, whose) {
  if (!whose) return link;
  const theirs = link.tellers.filter(([interview, person]) => whose.whole.has(interview) || whose.speakers.has(person));
  const heard = new Set(theirs.map(([interview]) => interview));
  return { ...link, told_in: link.told_in.filter((each) => whose.whole.has(each) || heard.has(each)), people: theirs.length };
}

/** Whether a link of codes passes: the same as the query `causal-map` says of it. `categoryOf`: of a node, by its id. */
export function passing(state, whole, categoryOf) {
  const interviews = Number(state.min_interviews || 0), people = Number(state.min_people || 0);
  return (link) =>
    (link.told_in.length > 0 || (state.told === "any" && link.catalogues.length > 0)) &&
    (state.told === "whole" ? whole.has(link.id) : state.told === "stitched" ? !whole.has(link.id) : true) &&
    (!state.interview || link.told_in.includes(state.interview)) &&
    (!state.category || categoryOf(link.from) === state.category || categoryOf(link.to) === state.category) &&
    link.told_in.length >= interviews && link.people >= people &&
    (!state.without_fixes || link.type === "CAUSES");
}
