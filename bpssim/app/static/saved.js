// Where a page in one file gets its tables: from itself.
import { Mistakes } from "./mistakes.js";

const WORD = 8;

/** What a file holds: the model, a bundle, controls with what they change, and a story. */
export class Saved {
  constructor({ model, tables, kept, worker }) {
    Object.assign(this, { model, kept, address: URL.createObjectURL(new Blob([worker], { type: "text/javascript" })) });
    this.base = taken(kept.header, new Uint8Array(tables));
    this.all = kept.controls.flatMap(({ controls }) => controls);
  }

  async module() {
    return WebAssembly.compile(this.model);
  }

  worker() {
    return new Worker(this.address);
  }

  async controls() {
    return { first: this.kept.controls, sections: [] };
  }

  async json(name) {
    if (name === "story" || name === "assumed") return this.kept[name];
    throw new Mistakes([{ path: "", text: "A saved page cannot show this." }]);
  }

  /** The tables of a service: of the lessons, or put together from the options that are chosen. */
  async tables(service) {
    const made = { header: structuredClone(this.base.header), regions: new Map(this.base.regions) };
    const inOrder = Object.entries(service.set).sort(([one], [other]) => (one < other ? -1 : 1));
    const state = this.kept.states[JSON.stringify([service.from, inOrder])];
    if (state) apply(made, state, "");
    else for (const group of this.groups(service)) apply(made, group, group.controls.map((control) => this.chosen[control]).join());
    return joinedUp(made);
  }

  groups(service) {
    const options = this.all.map((control) => control.options.findLast(({ changes }) => Object.keys(changes).length && service.has(changes)) ?? control.options.find(({ rank }) => !rank));
    this.chosen = options.map(({ rank }) => rank);
    const known = options.reduce((sum, { changes }) => ({ ...sum, ...changes }), {});
    if (Object.keys(known).length !== Object.keys(service.set).length || !service.has(known))
      throw new Mistakes([{ path: "", text: "This file holds the tables of its own controls only. bpssim app shows everything." }]);
    return this.kept.groups;
  }
}

/** Tables by name, as they are in a bundle. */
function taken(header, tables) {
  const regions = header.regions.map(({ name, item, shape, at = 0, given = 0 }) => [name, { item, shape, bytes: tables.slice(at, at + given) }]);
  return { header, regions: new Map(regions) };
}

/** Put the values of a group for a combination of options into tables and header. */
function apply({ header, regions }, { words, whole, facts, rows }, combination) {
  const [content, tables, values] = rows[combination];
  const bytes = fromText(content);
  let from = 0;
  for (const [name, first, count] of words) {
    const region = regions.get(name);
    const own = new Uint8Array(Math.max(region.bytes.length, WORD * (first + count)));
    own.set(region.bytes);
    own.set(bytes.subarray(from, from + WORD * count), WORD * first);
    regions.set(name, { ...region, bytes: own });
    from += WORD * count;
  }
  whole.forEach((name, k) => regions.set(name, { item: regions.get(name).item, shape: tables[k][0], bytes: fromText(tables[k][1]) }));
  facts.forEach(([part, key], k) => {
    if (key) header[part][key] = values[k];
    else header[part] = values[k];
  });
}

/** A bundle as the engine takes it. */
function joinedUp({ header, regions }) {
  let at = 0;
  header.regions = [...regions].map(([name, { item, shape, bytes }]) => {
    const region = { name, item, shape, at, given: bytes.length };
    at += bytes.length;
    return region;
  });
  const tables = new Uint8Array(at);
  [...regions.values()].forEach(({ bytes }, k) => tables.set(bytes, header.regions[k].at));
  for (const [name, value] of Object.entries(header.numbers)) header.numbers[name] = BigInt(value);
  return { header, tables };
}

function fromText(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
