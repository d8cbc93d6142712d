// What texts of lessons name: a measure of a service, of a quintile or of all mothers, and its difference from A.
import { count, h, ofHundred, signed } from "./dom.js";
import { differenceText } from "./figures.js";
import { hundredths, shareOver, tInterval } from "./statistics.js";

export const FINE = 10; // of 100, below which numbers of lessons have a decimal
const PLACEHOLDER = /\{(a|b|difference)\.([\w:]+?)(?:\.([1-5]))?\}/;
const ENDED = ["missed", "not_feeding"];
const NAMED = {
  reach_day7: ["In contact with a supporter by day 7", "births"],
  reach_ever: ["In contact with a supporter at any time", "births"],
  any_6w: ["Any breastfeeding at six weeks", "births"],
  several_supporters: ["Supported by more than one supporter", "mothers supported"],
  missed: ["Missed on the way", "births"],
  not_feeding: ["Did not breastfeed when the service might have met them", "births"],
  believed: ["Spoken with, by the service's own list", "mothers on its list"],
};

/** Title of a measure, and of whom it is a hundred. */
export function measureInWords(measures, name) {
  const [kind, what] = name.split(":");
  const title = measures.about.pathways.find((pathway) => pathway.name === what)?.title ?? what;
  if (kind === "feeding") return [`Still breastfeeding on day ${what}`, "births"];
  if (kind === "answered") return [`Answered: ${title}`, "births"];
  if (kind === "accepted") return [`Accepted: ${title}`, "births"];
  return NAMED[name];
}

/** Numerators and denominators by replicate; quintile 0 is all mothers. */
function partsOfQuantity(measures, name, quintile) {
  const [kind, what] = name.split(":");
  const group = quintile ? quintile - 1 : 5;
  const over = (of) => measures.over(of);
  const births = () => over((tally) => tally.count("births", group));
  if (kind === "feeding") return [over((tally) => tally.feeding(group, Number(what))), births()];
  if (kind === "answered" || kind === "accepted") {
    const row = measures.about.pathways.findIndex((pathway) => pathway.name === what);
    const gate = measures.words[kind === "answered" ? "connected" : "accepted"];
    return [over((tally) => (row < 0 ? 0 : tally.passed(group, gate, row))), births()];
  }
  if (ENDED.includes(name)) return [over((tally) => endedSo(tally, group, name, measures.words)), births()];
  if (name === "believed" || name === "on_list") {
    const held = (tally, field) => (quintile ? tally.rows[quintile][field] : tally.rows.reduce((sum, row) => sum + row[field], 0));
    return [over((tally) => held(tally, name === "believed" ? "on_list_reached" : "on_list")), over((tally) => (name === "believed" ? held(tally, "on_list") : 1))];
  }
  return measures.parts(name === "minutes" ? "minutes_per_birth" : name, group);
}

/** Births without support in time: missed on the way, or not breastfed when the service might have met them. */
function endedSo(tally, group, name, { reasons, in_time: inTime }) {
  const none = reasons.findIndex(({ word }) => word === "not_breastfeeding");
  let sum = 0;
  for (let gate = 0; gate < inTime; gate++)
    reasons.forEach((_, reason) => { if ((reason === none) === (name === "not_feeding")) sum += tally.ended(group, gate, reason); });
  return sum;
}

function isShare(name) {
  return name !== "minutes" && name !== "on_list";
}

/** A measure with its limits: {mean, lower, upper}. */
export function quantity(measures, name, quintile) {
  const [tops, bottoms] = partsOfQuantity(measures, name, quintile);
  const { t } = measures.words;
  return isShare(name) ? shareOver(tops, bottoms, t) : tInterval(tops.map((top, r) => top / bottoms[r]), t);
}

/** Its difference from that of A, with the same mothers. */
export function differenceOf(measures, before, name, quintile) {
  if (!measures.sameMothersAs(before)) return { mean: NaN, lower: NaN, upper: NaN };
  const [[tops, bottoms], [others, below]] = [measures, before].map((each) => partsOfQuantity(each, name, quintile));
  const runs = Math.min(tops.length, others.length);
  return tInterval(tops.slice(0, runs).map((top, r) => top / bottoms[r] - others[r] / below[r]), measures.words.t);
}

/** A text whose numbers stand in elements that are filled in later: {nodes, show(measures, before)}. */
export function textWithNumbers(text) {
  const places = [];
  const nodes = [];
  let rest = text;
  for (let found = PLACEHOLDER.exec(rest); found; found = PLACEHOLDER.exec(rest)) {
    const [whole, of, name, quintile] = found;
    const node = h("strong", {}, "…");
    places.push({ node, of, name, quintile: Number(quintile ?? 0) });
    nodes.push(rest.slice(0, found.index), node);
    rest = rest.slice(found.index + whole.length);
  }
  nodes.push(rest);
  const show = (measures, before) => places.forEach(({ node, of, name, quintile }) => { node.textContent = numberInWords(measures, before, of, name, quintile); });
  return { nodes, show };
}

/** A share of those not supported in time as the dots of the figure show it, whose numbers add up to a hundred. */
function dotsOf(measures, name, quintile) {
  const shares = ENDED.map((each) => quantity(measures, each, quintile).mean);
  return hundredths([...shares, 1 - shares[0] - shares[1]])[ENDED.indexOf(name)];
}

function numberInWords(measures, before, of, name, quintile) {
  const from = of === "a" ? before : measures;
  if (!from || (of === "difference" && !before)) return "–";
  if (of === "difference") {
    const found = differenceOf(measures, before, name, quintile);
    return isShare(name) ? `${differenceText(found)} of 100 ${measureInWords(measures, name)[1]}` : `${signed(found.mean)} (${signed(found.lower)} to ${signed(found.upper)})`;
  }
  if (ENDED.includes(name)) return count(dotsOf(from, name, quintile));
  const { mean } = quantity(from, name, quintile);
  return isShare(name) ? ofHundred(mean, FINE) : count(mean);
}
