// Numbers of a service from the tallies of its replicates, by the layout and the definitions that Python gives.
import { shareOver, tInterval } from "./statistics.js";

const ALL = 5; // all mothers, after quintiles 1 to 5

/** One replicate: counts and sums by quintile, the cascade, and the team's time. */
export class Tally {
  constructor({ quintiles, cascade, team }, layout) {
    this.rows = [0, 1, 2, 3, 4, 5].map((row) => record(quintiles, layout.quintiles, row));
    this.team = record(team, layout.team, 0);
    this.cascade = new Int32Array(cascade.buffer, cascade.byteOffset, cascade.byteLength / 4); // low halves of 64 bits
    this.gates = layout.gates;
    this.reasons = layout.reasons;
    this.pathways = this.cascade.length / 2 / (6 * this.gates * this.reasons);
  }

  /** A count or sum of a group: 0 to 4 are quintiles, 5 is all. */
  count(name, group) {
    if (group < ALL) return this.rows[group + 1][name];
    return this.rows.reduce((sum, row) => sum + row[name], 0); // with row 0, those whose quintile the service does not hold
  }

  /** Mothers of a group still breastfeeding on a day of life. */
  feeding(group, day) {
    const days = this.sums(group);
    let stopped = 0;
    for (let age = 0; age <= day; age++) stopped += days[age];
    return this.count("births", group) - stopped;
  }

  sums(group) {
    const rows = group < ALL ? [this.rows[group + 1]] : this.rows.slice(1);
    return rows.map((row) => row.days).reduce((sum, days) => sum.map((value, age) => value + days[age]));
  }

  /** Mothers of a group whose furthest gate and reason are these; `pathway` is its row, by default any of them. */
  ended(group, gate, reason, pathway = this.pathways - 1) {
    if (group === ALL) return [0, 1, 2, 3, 4].reduce((sum, q) => sum + this.ended(q, gate, reason, pathway), 0);
    const cell = (((group + 1) * this.pathways + pathway) * this.gates + gate) * this.reasons + reason;
    return this.cascade[2 * cell];
  }

  /** Mothers of a group who passed a gate of a pathway. */
  passed(group, gate, pathway) {
    let sum = 0;
    for (let at = gate; at < this.gates; at++)
      for (let reason = 0; reason < this.reasons; reason++) sum += this.ended(group, at, reason, pathway);
    return sum;
  }
}

function record(bytes, { item, fields }, row) {
  const view = new DataView(bytes.buffer, bytes.byteOffset + row * item, item);
  const read = (at, kind) => (kind === "f8" ? view.getFloat64(at, true) : view.getInt32(at, true));
  const result = {};
  for (const [name, { at, kind, shape }] of Object.entries(fields)) {
    if (!shape.length) result[name] = read(at, kind);
    else result[name] = Array.from({ length: shape[shape.length - 1] }, (_, k) => read(at + 8 * k, kind)); // any feeding
  }
  return result;
}

/** Metrics of a service over its replicates. */
export class Measures {
  constructor(tallies, about, words) {
    this.tallies = tallies;
    this.about = about;
    this.words = words;
  }

  get runs() {
    return this.tallies.length;
  }

  over(of) {
    return this.tallies.map(of);
  }

  mean(of) {
    return this.over(of).reduce((sum, value) => sum + value, 0) / this.runs;
  }

  /** Numerators and denominators of a metric of a group, by replicate. */
  parts(metric, group) {
    if (metric === "any_6w")
      return [this.over((tally) => tally.feeding(group, 42)), this.over((tally) => tally.count("births", group))];
    const [top, bottom] = this.words.shares[metric];
    return [this.over((tally) => tally.count(top, group)), this.over((tally) => tally.count(bottom, group))];
  }

  /** A metric that is a share: {mean, lower, upper}. */
  share(metric, group) {
    return shareOver(...this.parts(metric, group), this.words.t);
  }

  /** A metric that is a ratio of sums, such as minutes per birth. */
  ratio(metric, group) {
    const [tops, bottoms] = this.parts(metric, group);
    return tInterval(tops.map((top, r) => top / bottoms[r]), this.words.t);
  }

  /** Whether another service has the same births over the same periods, without which a difference is no effect. */
  sameMothersAs(other) {
    return this.about.births_mark === other.about.births_mark;
  }

  /** The difference of a metric from another service with the same mothers: {mean, lower, upper}. */
  difference(other, metric, group) {
    if (!this.sameMothersAs(other)) return { mean: NaN, lower: NaN, upper: NaN };
    const [tops, bottoms] = this.parts(metric, group);
    const [before, births] = other.parts(metric, group);
    const runs = Math.min(this.runs, other.runs);
    const each = tops.slice(0, runs).map((top, r) => top / bottoms[r] - before[r] / births[r]);
    return tInterval(each, this.words.t);
  }

  /** A pathway in a year: mothers at its gates, and the commonest reasons why it came to nothing; undefined if it is off. */
  pathway(name) {
    const row = this.about.pathways.findIndex((pathway) => pathway.name === name);
    if (row < 0) return undefined;
    const { gates, reasons } = this.words;
    const gate = (word) => gates.findIndex((each) => each.word === word);
    const mothers = (word, group = ALL) => this.mean((tally) => tally.passed(group, gate(word), row)) / this.about.years;
    const before = gate("supported");
    const lost = reasons
      .map(({ why, word }, reason) => ({ why, word, mothers: gates.reduce((sum, _, at) => sum + (at < before ? this.mean((tally) => tally.ended(ALL, at, reason, row)) : 0), 0) / this.about.years }))
      .filter(({ why, word, mothers: number }) => why && number >= 0.5 && word !== "not_breastfeeding")
      .sort((one, other) => other.mothers - one.mothers);
    return { title: this.about.pathways[row].title, mothers, lost };
  }

  /** Cost of the team in a year [GBP]. */
  get cost() {
    const { pounds_per_minute: prices, other_pounds: other, years } = this.about;
    const team = this.mean((tally) => Object.entries(prices).reduce((sum, [name, price]) => sum + price * tally.team[name], 0));
    return (team + other) / years;
  }

  /** Share of the hours of paid supporters, or of volunteers, that are used. */
  busy(paid) {
    return this.mean(({ team }) =>
      paid
        ? (team.duty + team.queue - team.volunteer_worked) / (team.available - team.available_volunteer)
        : team.volunteer_worked / team.available_volunteer,
    );
  }

  /** Share of a group that ended at each gate for each reason: [{gate, reason, share}], largest first. */
  endings(group) {
    const births = this.mean((tally) => tally.count("births", group));
    const found = [];
    this.words.gates.forEach((_, gate) =>
      this.words.reasons.forEach((__, reason) => {
        const share = this.mean((tally) => tally.ended(group, gate, reason)) / births;
        if (share > 0) found.push({ gate, reason, share });
      }),
    );
    return found.sort((one, other) => other.share - one.share);
  }

  /** What the service believes of its reach, by the quintile that it holds (0: it holds none). */
  believed(row) {
    const on = this.mean((tally) => tally.rows[row].on_list);
    return { on, reached: this.mean((tally) => tally.rows[row].on_list_reached) / on };
  }
}
