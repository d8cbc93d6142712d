// The compiled rules of the model, called in the order in which Python calls them (bpssim/model/start.py and
// simulation.py). Nothing of the model is written here: what a day is, and how mothers are drawn, is in the module.

const STACK = 1 << 20; // the module's constants and stack lie below
const PAGE = 1 << 16;
const PLACE = 8; // every argument takes places of 8 bytes
const KEPT = 128 << 20; // bytes of mothers to keep, those used last

/** The tables of a scenario as bpssim/app/engine/bundle.py writes them. */
export function readBundle(buffer) {
  const size = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, size)));
  for (const [name, value] of Object.entries(header.numbers)) header.numbers[name] = BigInt(value);
  return { header, tables: new Uint8Array(buffer, 4 + size) };
}

export class Engine {
  /** @param {WebAssembly.Module} module made by bpssim/model/webassembly.py */
  constructor(module) {
    this.memory = new WebAssembly.Memory({ initial: (2 * STACK) / PAGE });
    const pointer = new WebAssembly.Global({ value: "i32", mutable: true }, STACK);
    const env = { __linear_memory: this.memory, __stack_pointer: pointer };
    this.rules = new WebAssembly.Instance(module, { env }).exports;
    this.mothers = new Kept(KEPT);
    this.layout = "";
  }

  /** Take the tables of a scenario, for which replicates are then asked. */
  load({ header, tables }) {
    this.header = header;
    this.tables = tables;
    this.numbers = header.numbers;
    if (header.layout !== this.layout) this.layOut();
    this.waned = undefined;
    this.restore();
    this.call("wane", "parameters.derived", "parameters.feeding");
    this.waned = this.copy("parameters.derived");
  }

  /** Run one replicate; its tally, as copies of the bytes of its tables. */
  replicate(seed) {
    this.restore();
    this.drawMothers(seed);
    this.writeWhole("parameters.run", "run.seed", seed);
    this.call("set_days", "state", "parameters", "by_birth");
    this.call("apply_scenario", "state", "parameters");
    const last = Number(this.numbers.days);
    for (let day = 0; day < last; ) {
      if (this.nextOccasion(last) <= day) this.call("keep_calendar", "state", "parameters", day);
      const stop = Math.min(last, this.nextOccasion(last));
      day = this.call("run_days", "state", "parameters", day, stop);
      if (day < stop) this.makeRoom();
    }
    this.call("add_to_tally", "state", "parameters", "outcome", "tally");
    return Object.fromEntries(["quintiles", "cascade", "team"].map((name) => [name, this.copy(`tally.${name}`)]));
  }

  /** Mothers of a seed, drawn or as they were kept, with their order by birth and their ties. */
  drawMothers(seed) {
    const key = `${this.header.population} ${seed}`;
    const drawn = ["state.mothers", "state.ties", "by_birth"];
    const kept = this.mothers.get(key);
    if (kept) return drawn.forEach((name, k) => this.bytes().set(kept[k], this.regions[name].address));
    const { first_id: firstId, days_of_births: days, ties } = this.numbers;
    this.writeWhole("draws", "draws.seed", seed);
    const { address, size } = this.regions.listed;
    this.bytes().fill(0, address, address + size);
    this.call("list_mothers", "listed", firstId);
    this.call("draw_birth_days", "listed", days, seed);
    this.call("order_by_birth", "by_birth", "births_before", "listed");
    this.call("arrange", "state.mothers", "listed", "by_birth");
    this.call("draw_mothers", "state.mothers", "known_traits", "state.neighbourhoods", "draws", "languages");
    this.call("order_by_birth", "by_birth", "births_before", "state.mothers");
    if (ties > 0n) {
      this.call("order_by_neighbourhood", "by_home", "homes_before", "state.mothers", "by_birth");
      this.call("tie_mothers", "state.ties", "state.mothers", "by_home", ties, seed);
    }
    this.mothers.set(key, drawn.map((name) => this.copy(name)));
  }

  nextOccasion(last) {
    const row = this.readHalf("state.management", "management.next_occasion");
    const calendar = this.regions["parameters.calendar"];
    if (row >= calendar.shape[0]) return last;
    return Math.min(last, this.readHalf("parameters.calendar", "calendar.day", row * calendar.item));
  }

  /** Larger tables of requests, contacts and events, as the rules ask for them by returning before the last day. */
  makeRoom() {
    const [active, contacts, events] = ["active", "contacts", "event_rows"].map((name) =>
      Number(this.readWhole("state.counts", `counts.${name}`)),
    );
    const more = active * Number(this.numbers.pathways);
    this.grow("state.requests", more);
    this.grow("state.contacts", contacts + more);
    this.grow("state.events", events);
  }

  grow(name, needed) {
    const region = this.regions[name];
    if (needed <= region.shape[0]) return;
    const { address, size } = region;
    region.shape = [Math.ceil(1.5 * needed), ...region.shape.slice(1)];
    region.size = region.item * region.shape[0];
    region.address = this.allocate(region.size);
    this.bytes().copyWithin(region.address, address, address + size);
    this.bytes().fill(0, region.address + size, region.address + region.size);
    this.writeGroups();
  }

  // ---- memory ----------------------------------------------------------------------------------------------------

  layOut() {
    this.top = STACK;
    this.regions = {};
    for (const { name, item, shape } of this.header.regions) {
      const size = item * shape.reduce((product, length) => product * length, 1);
      this.regions[name] = { item, shape, size, address: this.allocate(size) };
    }
    this.arguments = this.allocate(PLACE * 64);
    this.groups = {};
    for (const [name, regions] of Object.entries(this.header.groups))
      this.groups[name] = this.allocate(PLACE * 9 * regions.length);
    this.layout = this.header.layout;
    this.bytes().fill(0, STACK); // of the layout before
    this.writeGroups();
  }

  allocate(size) {
    const address = Math.ceil(this.top / 64) * 64;
    this.top = address + size;
    const lacking = this.top - this.memory.buffer.byteLength;
    if (lacking > 0) this.memory.grow(Math.ceil(lacking / PAGE));
    return address;
  }

  /** Every table as a run begins: with the bytes that were given, and zeros. */
  restore() {
    const bytes = this.bytes();
    for (const { name, at, given } of this.header.regions) {
      const { address, size } = this.regions[name];
      if (name.includes(".")) bytes.fill(0, address, address + size); // of a group; others are as they were given
      if (given) bytes.set(this.tables.subarray(at, at + given), address);
    }
    if (this.waned) bytes.set(this.waned, this.regions["parameters.derived"].address);
  }

  bytes() {
    return new Uint8Array(this.memory.buffer);
  }

  copy(name) {
    const { address, size } = this.regions[name];
    return this.bytes().slice(address, address + size);
  }

  readWhole(region, offset) {
    return this.view().getBigInt64(this.regions[region].address + this.header.offsets[offset], true);
  }

  writeWhole(region, offset, value) {
    this.view().setBigInt64(this.regions[region].address + this.header.offsets[offset], BigInt(value), true);
  }

  readHalf(region, offset, row = 0) {
    return this.view().getInt32(this.regions[region].address + this.header.offsets[offset] + row, true);
  }

  view() {
    return new DataView(this.memory.buffer);
  }

  // ---- calls -----------------------------------------------------------------------------------------------------

  /** Call a rule with names of tables or groups of tables, and whole numbers; its result. */
  call(rule, ...given) {
    const places = [0, 0, ...given.flatMap((each) => this.placesOf(each))];
    this.write(this.arguments, places);
    if (this.rules[rule](this.arguments) !== 0) throw new Error(`the rule ${rule} failed`);
    return Number(this.view().getBigInt64(this.arguments, true));
  }

  placesOf(given) {
    if (typeof given !== "string") return [given];
    if (given in this.groups) return [this.groups[given]];
    const { item, shape, size, address } = this.regions[given];
    if (shape.length === 0) return [address];
    const strides = shape.map((_, k) => item * shape.slice(k + 1).reduce((product, length) => product * length, 1));
    return [0, 0, size / item, item, address, ...shape, ...strides];
  }

  writeGroups() {
    for (const [name, regions] of Object.entries(this.header.groups))
      this.write(this.groups[name], regions.flatMap((region) => this.placesOf(region)));
  }

  write(address, places) {
    const view = this.view();
    places.forEach((value, k) => view.setBigInt64(address + PLACE * k, BigInt(value), true));
  }
}

/** A cache with a limit in bytes, from which what was used longest ago goes first. */
class Kept {
  constructor(room) {
    this.room = room;
    this.entries = new Map();
  }

  get(key) {
    const found = this.entries.get(key);
    if (found) {
      this.entries.delete(key);
      this.entries.set(key, found);
    }
    return found;
  }

  set(key, arrays) {
    this.entries.set(key, arrays);
    this.room -= size(arrays);
    for (const [oldest, kept] of this.entries) {
      if (this.room >= 0 || oldest === key) break;
      this.entries.delete(oldest);
      this.room += size(kept);
    }
  }
}

function size(arrays) {
  return arrays.reduce((sum, array) => sum + array.byteLength, 0);
}
