// Replicates of services: which are wanted, who runs them, and which are there.
import { Measures, Tally } from "./measures.js";

export const STAGES = [1, 2, 5, 10, 20]; // runs at which figures are drawn: the first while somebody drags
const MOST_KEPT = 40; // services whose runs are kept

/** Runs of services, in workers or on the server; the newest state wins. */
export class Runs {
  /**
   * @param source gives the tables of a service, and replicates of those that a page cannot run
   * @param words layout and definitions
   * @param {Worker[]} workers with the module
   * @param {(services: string[]) => void} changed called when there are new runs, with their services
   */
  constructor(source, words, workers, changed) {
    Object.assign(this, { source, words, changed });
    this.services = new Map();
    this.wanted = [];
    this.pending = undefined;
    this.workers = workers.map((worker) => ({ worker, busy: false, has: new Set() }));
    this.workers.forEach((each) => (each.worker.onmessage = ({ data }) => this.answered(each, data)));
    this.log = { milliseconds: [] };
  }

  /** Want runs of these services, the first before the others; mistakes are thrown to whoever waits. */
  async want(services) {
    this.wanted = services;
    await Promise.all(services.map((service) => this.known(service)));
    this.feed();
  }

  /** What is known of a service: its tables, and what is said of it. */
  async known(service) {
    const found = this.services.get(service.key);
    if (found) {
      this.services.delete(service.key);
      this.services.set(service.key, found);
      return found;
    }
    const bundle = await this.source.tables(service);
    const known = { service, bundle, tallies: [], asked: new Set(), drawn: 0 };
    this.services.set(service.key, known);
    for (const key of this.services.keys()) {
      if (this.services.size <= MOST_KEPT) break;
      if (!this.wanted.some((each) => each.key === key)) this.services.delete(key);
    }
    return known;
  }

  /** Numbers of a service at the stage that its runs have reached; undefined before the first. */
  measures(service, most = Infinity) {
    const known = this.services.get(service.key);
    const runs = known ? reached(known, most) : 0;
    return runs ? new Measures(known.tallies.slice(0, runs), known.bundle.header.service, this.words) : undefined;
  }

  /** Give every idle worker the replicate that is wanted most. */
  feed() {
    for (const each of this.workers) {
      if (each.busy) continue;
      const next = this.next();
      if (!next) return;
      const [known, number] = next;
      known.asked.add(number);
      each.busy = true;
      if (known.bundle.header.on_the_server) this.askServer(each, known, number);
      else this.askWorker(each, known, number);
    }
  }

  /** The service and number of the replicate that is wanted most: stage by stage, service by service. */
  next() {
    for (const stage of STAGES)
      for (const service of this.wanted) {
        const known = this.services.get(service.key);
        for (let number = 0; known && number < stage; number++) if (!known.asked.has(number)) return [known, number];
      }
    return undefined;
  }

  askWorker(each, known, number) {
    const { key } = known.service;
    const seed = (BigInt(known.bundle.header.service.seed) + BigInt(number)) % 2n ** 63n;
    const bundle = each.has.has(key) ? undefined : known.bundle;
    each.has.add(key);
    each.worker.postMessage({ key, bundle, seed, number });
  }

  async askServer(each, known, number) {
    const { key } = known.service;
    try {
      const bytes = new Uint8Array(await this.source.replicate(known.service, number));
      const { quintiles, team } = this.words.tally;
      const ends = [6 * quintiles.item, bytes.length - team.item, bytes.length];
      const [rows, cascade, time] = ends.map((end, k) => bytes.slice(k ? ends[k - 1] : 0, end));
      this.answered(each, { key, number, tally: { quintiles: rows, cascade, team: time } });
    } catch (error) {
      this.answered(each, { key, number, failure: String(error) });
    }
  }

  answered(each, { forgotten, key, number, tally, milliseconds, failure }) {
    if (forgotten) return each.has.delete(forgotten);
    each.busy = false;
    if (failure) this.failed?.(failure);
    if (milliseconds) this.log.milliseconds.push(milliseconds);
    const known = this.services.get(key);
    if (known && tally) {
      known.tallies[number] = new Tally(tally, { ...this.words.tally, gates: this.words.gates.length, reasons: this.words.reasons.length });
      const runs = reached(known);
      if (runs > known.drawn) {
        known.drawn = runs;
        this.changed([key]);
      }
    }
    this.feed();
  }
}

/** The last stage of which all runs are there. */
function reached(known, most = Infinity) {
  let runs = 0;
  while (known.tallies[runs]) runs += 1;
  return Math.max(0, ...STAGES.filter((stage) => stage <= Math.min(runs, most)));
}
