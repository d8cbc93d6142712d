// What holds access back, from replicates that the server worked out: means, limits, and the finding in a sentence.
import { count, h } from "./dom.js";
import { hundredths, tInterval } from "./statistics.js";

export const [IN_TIME, FEEDING] = [0, 2]; // measures
export const EVERYBODY = 5; // after quintiles 1 to 5
export const LEVELS = ["macro", "meso", "micro"];
export const PARTS = [...LEVELS, "remain"];
const FEWEST_MISSED = 10; // a year; fewer cannot be counted of a hundred

/** A study of barriers over the replicates that there are. */
export class BarrierAnswer {
  constructor(replicates, t) {
    Object.assign(this, { replicates, t, about: replicates[0] });
    const known = new Map(this.about.influences.map((each) => [each.name, each]));
    this.active = this.about.active.map((name) => known.get(name));
    this.inactive = this.about.influences.filter(({ name }) => !this.about.active.includes(name));
  }

  get steps() {
    return this.replicates.length;
  }

  over(of) {
    return tInterval(this.replicates.map(of), this.t);
  }

  births(group) {
    return this.over(({ births, per_year: times }) => times * births[group]).mean;
  }

  /** Mothers a year who are supported in time, `now` or `without_any`. */
  inTime(which, group) {
    return this.over((each) => each.per_year * each[which].measures[IN_TIME][group]);
  }

  missed(group) {
    return this.births(group) - this.inTime("now", group).mean;
  }

  /** Whether so many mothers of a group are missed that they can be counted of a hundred. */
  isLarge(group) {
    return this.missed(group) >= FEWEST_MISSED;
  }

  /** The group of the headline: quintile 1, or all mothers where it is too small. */
  get first() {
    return this.isLarge(0) ? 0 : EVERYBODY;
  }

  /** More mothers a year without an influence: its `share`, it `alone`, or as the `last`. */
  more(kind, name, measure, group) {
    const k = this.about.active.indexOf(name);
    return this.over((each) => each.per_year * each[kind][k][measure][group]);
  }

  /** Influences of the scenario, the largest share first. */
  get byShare() {
    const shares = new Map(this.active.map(({ name }) => [name, this.more("share", name, IN_TIME, EVERYBODY).mean]));
    return [...this.active].sort((one, other) => shares.get(other.name) - shares.get(one.name));
  }

  /** Part of those not supported in time who are missed at a level, or remain: {mean, lower, upper}. */
  part(part, group) {
    const of = (each) => part === "remain"
      ? each.births[group] - each.without_any.measures[IN_TIME][group]
      : each.by_level[LEVELS.indexOf(part)][IN_TIME][group]; // as a whole, whatever the catalogue divides it into
    return this.over((each) => of(each) / (each.births[group] - each.now.measures[IN_TIME][group]));
  }

  /** The parts in whole mothers of a hundred. */
  whole(group) {
    return hundredths(PARTS.map((part) => this.part(part, group).mean));
  }

  /** Mothers a year who are not supported in time for a reason. */
  reason(which, reason, group) {
    return this.over((each) => each.per_year * each[which].reasons[reason][group]).mean;
  }
}

/** The finding: who is missed, at which level, and who would not be supported in time even so. */
export function barrierHeadline(answer, mothers) {
  const { first: group, about } = answer;
  if (!answer.active.length) return ["None of the influences of the catalogue is in this service: without them it would be the same."];
  if (!answer.isLarge(EVERYBODY)) return [`Fewer than ${FEWEST_MISSED} ${mothers} a year are not supported in time: too few to be counted per hundred.`];
  const numbers = answer.whole(group);
  const named = LEVELS.map((level, k) => [numbers[k], about.levels[level].because_of]).filter(([number]) => number > 0).sort(([one], [other]) => other - one);
  const parts = named.map(([number, because], k) => [h("strong", {}, count(number)), `${k ? "" : number === 1 ? " is not" : " are not"} because of ${because}`]);
  const because = parts.flatMap((part, k) => [k === 0 ? "" : k === parts.length - 1 ? " and " : ", ", ...part]);
  return [`Of 100 ${mothers}${group === 0 ? " in quintile 1" : ""} who are not supported in time, `, ...because, because.length ? "; " : "", h("strong", {}, count(numbers.at(-1))),
    " would still not be without any of these."];
}

/** How many there are in a year, and why some are not supported in time without any influence either. */
export function barrierTotals(answer, mothers, reasons) {
  const [now, without] = ["now", "without_any"].map((which) => answer.inTime(which, EVERYBODY).mean);
  const remain = answer.births(EVERYBODY) - without;
  const fed = answer.reason("without_any", reasons.findIndex(({ word }) => word === "not_breastfeeding"), EVERYBODY);
  return [`Of ${count(answer.births(EVERYBODY))} ${mothers} who give birth in a year, ${count(now)} are supported in time now, and ${count(without)} would be without any of the ${answer.active.length} influences. `,
    fed >= 0.5 ? `Of the other ${count(remain)}, ${count(fed)} do not breastfeed when the service might meet them, so that there is nothing to support.` : ""].join("");
}

/** Half the width of limits, after a number. */
export function plusMinus({ mean, upper }, decimals = 0) {
  return Number.isNaN(upper) ? "" : `± ${count(upper - mean, decimals)}`;
}

/** Words in a row, in a sentence. */
export function inARow(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
