// What the page shows: a service B, a service A to compare it with, and where the reader is. All of it is in the link.

/** A ready scenario with changes by place of the input. */
export class Service {
  constructor(from, set = {}) {
    this.from = from;
    this.set = set;
  }

  get key() {
    return JSON.stringify([this.from, Object.entries(this.set)]);
  }

  /** The same service with some changes more; `undefined` takes one back. */
  with(changes) {
    const set = { ...this.set };
    for (const [path, value] of Object.entries(changes)) {
      delete set[path];
      if (value !== undefined) set[path] = value; // last, because later changes win
    }
    return new Service(this.from, set);
  }

  /** Whether all of some changes are made. */
  has(changes) {
    return Object.entries(changes).every(([path, value]) => JSON.stringify(this.set[path]) === JSON.stringify(value));
  }

  /** As it stands in a query or a link. */
  entries(before = "") {
    const set = Object.entries(this.set).map(([path, value]) => [`${before}set`, `${path}=${JSON.stringify(value)}`]);
    return [[`${before}from`, this.from], ...set];
  }
}

/** The state in a link, or undefined parts of it. Unknown names are an error, as a typo would be silent otherwise. */
export function readLink(hash) {
  const state = { b: undefined, a: undefined, at: "explore", also: {} };
  const sets = { b: {}, a: {} };
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    if (name === "from") state.b = value;
    else if (name === "a_from") state.a = value;
    else if (name === "at") state.at = value;
    else if (["lesson", "step", "mother", "teacher"].includes(name)) state.also[name] = value;
    else if (name === "set" || name === "a_set") {
      const sign = value.indexOf("=");
      sets[name === "set" ? "b" : "a"][value.slice(0, sign)] = JSON.parse(value.slice(sign + 1));
    } else throw new Error(`The link says ${name}, which means nothing here.`);
  }
  return {
    ...state,
    b: state.b === undefined ? undefined : new Service(state.b, sets.b),
    a: state.a === undefined ? undefined : new Service(state.a, sets.a),
  };
}

/** The link to a state. */
export function writeLink({ b, a, at, also }) {
  const entries = [...(at === "explore" ? [] : [["at", at]]), ...b.entries(), ...(a ? a.entries("a_") : []), ...Object.entries(also)];
  return `#${new URLSearchParams(entries)}`;
}
