// Explore: the finding as a sentence, who is reached and lost, who still breastfeeds, and what it takes.
import { count, fill, h, ofHundred, signed } from "./dom.js";
import { Hundreds, Rows, curves, differenceText } from "./figures.js";

const MEASURES = [
  ["reach_day7", "In contact with a supporter by day 7", "Of 100 births, by deprivation of the place where the mother lives. Contact is not yet support, and support is not yet breastfeeding.", 1],
  ["any_6w", "Any breastfeeding at six weeks", "Of 100 births. Reach is not continuation: whether feeding goes on depends on much that no service decides.", 1],
];

export function exploreView(page) {
  const rows = MEASURES.map(([metric, title, note, top]) => [metric, new Rows(title, note, top)]);
  const finding = h("h1", { className: "finding" });
  const about = h("p", { className: "soft" });
  const against = h("div", { className: "against" });
  const key = h("div", { className: "key", "aria-hidden": "true" }, h("span", {}, h("i", { className: "disc" }), "now"), h("span", { className: "of-a" }, h("i", { className: "pin" }), "A, pinned"), h("span", {}, h("i", { className: "limits" }), "95 % limits"));
  const hundreds = new Hundreds(() => show());
  const early = h("p");
  rows[1][1].element.append(early);
  const takes = h("section", { className: "figure" });
  const more = h("details", {}, h("summary", {}, "Curves of any breastfeeding to 26 weeks"), h("div"));
  more.addEventListener("toggle", () => show());
  const element = h("div", {}, about, finding, against, key, rows[0][1].element, hundreds.element, rows[1][1].element, takes, h("section", { className: "figure" }, more));

  function show() {
    const measures = page.measures();
    if (!measures) return;
    const before = page.before(measures.runs);
    const changes = Object.keys(page.shown.set).length;
    about.textContent = `${changes ? `Started from ${page.shown.from}, with ${changes} ${changes > 1 ? "inputs" : "input"} changed.` : measures.about.question} ${measures.about.mothers.split(". ")[0].replace(/\.$/, "")}.`;
    early.textContent = stoppedEarly(measures);
    fill(finding, ...sentence(measures));
    fill(against, ...comparison(page, measures, before));
    key.querySelector(".of-a").hidden = !before;
    for (const [metric, figure] of rows) {
      const shares = [0, 1, 2, 3, 4].map((q) => measures.share(metric, q));
      const others = before && [0, 1, 2, 3, 4].map((q) => before.share(metric, q));
      figure.show(shares, others, before && [0, 1, 2, 3, 4].map((q) => measures.difference(before, metric, q)));
    }
    hundreds.show(measures, before, page.words);
    fill(takes, ...whatItTakes(measures, before));
    if (more.open) fill(more.lastChild, curves(measures, before));
  }
  return { element, show };
}

/** The finding in one sentence. */
export function sentence(measures) {
  const [most, least] = [0, 4].map((q) => ofHundred(measures.share("reach_day7", q).mean));
  return ["Of 100 mothers in the most deprived quintile, ", h("strong", {}, most), " have spoken with a supporter by day 7; of 100 in the least deprived, ", h("strong", {}, least), "."];
}

/** The finding in a line, which stays in sight on a phone while the controls are moved. */
export function inShort(measures) {
  const of = (metric) => [0, 4].map((q) => ofHundred(measures.share(metric, q).mean)).join(" and ");
  return `Quintiles 1 and 5: in contact by day 7 ${of("reach_day7")}, breastfeeding at six weeks ${of("any_6w")} of 100`;
}

/** What changes against A, or why almost nothing does. */
function comparison(page, measures, before) {
  if (!before) return [];
  if (!measures.sameMothersAs(before))
    return [h("p", {}, h("b", {}, "A has other births or other periods. "), "A difference would not be the effect of the service, so none is shown; discs and diamonds show each as it is.")];
  if (isSame(measures, before)) return [h("p", {}, h("b", {}, "Against A nothing changes. "), ...whyNothing(page, measures)), concerned(page, measures)];
  const [reach, fed] = ["reach_day7", "any_6w"].map((metric) => [0, 4].map((q) => measures.difference(before, metric, q)));
  const words = (title, [most, least]) => `${title} ${differenceText(most)} of 100 births in quintile 1, ${differenceText(least)} in quintile 5`;
  const unclear = before.runs > 1 && ![...reach, ...fed].some(({ lower, upper }) => lower > 0 || upper < 0);
  return [
    h("p", {}, h("b", {}, "Against A: "), `${words("contact by day 7", reach)}; ${words("breastfeeding at six weeks", fed)}. `, unclear ? whyUnclear(measures) : ""),
    unclear ? concerned(page, measures) : "",
    h("p", { className: "soft" }, "Both have the same mothers with the same luck, so differences are surer than levels. The limits say what more runs would change, and nothing about the inputs."),
  ];
}

/** Whether not one mother fares otherwise than under A. */
function isSame(measures, before) {
  const ends = (tally) => [0, 1, 2, 3, 4].flatMap((q) => measures.words.gates.flatMap((_, gate) => measures.words.reasons.map((__, reason) => tally.ended(q, gate, reason))));
  return measures.tallies.slice(0, before.runs).every((tally, r) => JSON.stringify([tally.rows, ends(tally)]) === JSON.stringify([before.tallies[r].rows, ends(before.tallies[r])]));
}

function whyNothing(page, measures) {
  if (page.state.a.key === page.state.b.key) return ["A and this service are the same: change something."];
  const busy = measures.busy(true);
  const idle = busy < 0.75 ? ` The team has time to spare (${count(100 * busy)} % of its paid time is in use), so it does all work at once, and an order of work decides nothing.` : "";
  return [`Not one mother fares otherwise in ${measures.runs} runs: nothing reads what was changed while the service stands as it is.${idle}`];
}

function whyUnclear(measures) {
  const busy = measures.busy(true);
  return `The limits include 0.${busy > 0.93 ? ` The team is full (${count(100 * busy)} % of its paid time is in use), so what one mother gets another may go without.` : ""}`;
}

/** What became of the pathways that were changed or added: how many mothers they concern, and why not more. */
function concerned(page, measures) {
  const names = [...new Set(Object.keys(page.state.b.set).filter((path) => path.startsWith("pathways.")).map((path) => path.split(".")[1]))];
  const found = names.map((name) => measures.pathway(name)).filter(Boolean);
  return found.length ? h("ul", {}, found.map(({ title, mothers, lost }) => h("li", {}, `${title}: a first move to ${count(mothers("chosen"))} mothers a year, ${count(mothers("connected"))} in contact, ${count(mothers("supported"))} supported.`,
    lost.length ? ` Most often it came to nothing because: ${lost[0].why} (${count(lost[0].mothers)} a year).` : ""))) : "";
}

/** Cost, time, data, team. */
function whatItTakes(measures, before) {
  const minutes = [0, 4].map((q) => measures.ratio("minutes_per_birth", q));
  const items = measures.ratio("data_items", 5);
  const { about } = measures;
  const births = measures.mean((tally) => tally.count("births", 5)) / about.years;
  const comparable = before && measures.sameMothersAs(before);
  const tile = (title, value, note) => h("div", {}, h("dt", {}, title), h("dd", {}, value, h("small", {}, note)));
  const from = (of, shown) => (comparable ? ` ${shown(of(measures) - of(before))} against A.` : "");
  const pounds = (value, decimals = 0) => `£${count(value, decimals)}`;
  const percent = (share) => (Number.isFinite(share) ? `${count(100 * share)} %` : "–");
  return [
    h("h2", {}, "What it takes"),
    h("dl", { className: "tiles" },
      tile("Cost of the team", pounds(measures.cost), `a year, ${pounds(measures.cost / births, 2)} a birth, for time and travel alone: interpreters, rooms or a data link cost more, unless costs.other_per_year says what.${from((each) => each.cost, (change) => signed(change, 0).replace(/^([+−]?)/, "$1£"))}`),
      tile("Paid time in use", percent(measures.busy(true)), `of ${count(about.paid_hours)} hours a week; volunteers ${percent(measures.busy(false))}.${from((each) => 100 * each.busy(true), (change) => `${signed(change, 0)} points`)}`),
      tile("Supporters' minutes", `${count(minutes[0].mean, 0)} and ${count(minutes[1].mean, 0)}`, "a birth in quintiles 1 and 5"),
      tile("Data", `${count(items.mean, 1)} items`, `about a mother reach the service for each birth. Passed on: ${about.feeds.join("; ") || "nothing"}`),
      tile("Left undone", count(measures.mean(({ team }) => team.expired)), `requests expired before anybody had time for them, in a whole run of ${count(about.run_days)} days`)),
  ];
}

/** Mothers who stopped before they wanted to, beside continuation. */
function stoppedEarly(measures) {
  const [most, least] = [0, 4].map((q) => ofHundred(measures.share("stopped_before_wanted", q).mean));
  return `Of 100 births in quintile 1, ${most} mothers stopped before they wanted to, within the time that was followed; in quintile 5, ${least}.`;
}
