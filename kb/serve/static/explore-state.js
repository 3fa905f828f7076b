// What is shown, as the address holds it: back and forward work, and an address can be handed on.

const ONE = ["zoom", "told", "interview", "category", "min_interviews", "min_people", "without_fixes", "issue", "link", "view"];
const MANY = ["where", "around"];
export const DEFAULTS = { zoom: "none", told: "people", view: "map" };
/** What the figure is narrowed by, as the query `causal-map` calls it. */
export const FILTERS = ["told", "interview", "category", "min_interviews", "min_people", "without_fixes"];

const TAKES = { zoom: /^(none|category|catalogue)$/, told: /^(people|whole|stitched|any)$/, view: /^(map|list)$/, min_interviews: /^\d{0,6}$/, min_people: /^\d{0,6}$/, without_fixes: /^1?$/ };

/** The state that the address holds; "" and [] for what it does not name. `wrong`: what it asks for that there is not. */
export function readState() {
  const query = new URLSearchParams(location.search);
  const state = {};
  const wrong = ONE.filter((name) => TAKES[name] && !TAKES[name].test(query.get(name) ?? DEFAULTS[name] ?? ""));
  for (const name of ONE) state[name] = (wrong.includes(name) ? null : query.get(name)) ?? DEFAULTS[name] ?? "";
  for (const name of MANY) state[name] = query.getAll(name);
  return { ...state, wrong: wrong.map((name) => `${name}=${query.get(name)}`) };
}

/** Put a state into the address, as a new step of the history unless it is the same. */
export function writeState(state) {
  const query = new URLSearchParams();
  for (const name of ONE) if (state[name] && state[name] !== DEFAULTS[name]) query.set(name, state[name]);
  for (const name of MANY) for (const each of state[name]) query.append(name, each);
  const address = query.size ? `/?${query}` : "/";
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
}

/** Parameters of the query, for the server; without those that are not narrowed. */
export function asked(state, names = ["zoom", ...FILTERS]) {
  const found = { where: state.where };
  for (const name of names) if (state[name] && state[name] !== DEFAULTS[name]) found[name] = state[name];
  return found;
}
