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
  const takes = h("section", { className: "figure" });
  const more = h("details", {}, h("summary", {}, "Curves of any breastfeeding to 26 weeks"), h("div"));
  more.addEventListener("toggle", () => show());
  const element = h("div", {}, about, finding, against, key, rows[0][1].element, hundreds.element, rows[1][1].element, takes, h("section", { className: "figure" }, more));

  function show() {
    const measures = page.measures();
    if (!measures) return;
    const before = page.before(measures.runs);
    about.textContent = `${measures.about.question} ${count(measures.about.births)} births a year.`;
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
  const [reach, fed] = ["reach_day7", "any_6w"].map((metric) => [0, 4].map((q) => measures.difference(before, metric, q)));
  const same = samePairs(measures, before);
  if (same) return [h("p", {}, h("b", {}, "Against A nothing changes. "), whyNothing(page, measures))];
  const words = (title, [most, least]) => `${title}: ${differenceText(most)} of 100 in quintile 1, ${differenceText(least)} in quintile 5`;
  const certain = [...reach, ...fed].some(({ lower, upper }) => lower > 0 || upper < 0);
  return [
    h("p", {}, h("b", {}, "Against A: "), `${words("contact by day 7", reach)}; ${words("breastfeeding at six weeks", fed)}. `, certain ? "" : "These limits include no change: ", certain ? "" : whyLittle(measures)),
    h("p", { className: "soft" }, "Differences are between the same mothers with the same luck, so they are surer than the levels. The limits say what more runs would change, and nothing about the inputs."),
  ];
}

/** Whether not one mother is counted otherwise than under A. */
function samePairs(measures, before) {
  return measures.tallies.slice(0, before.runs).every((tally, r) => {
    const other = before.tallies[r];
    return tally.cascade.length === other.cascade.length && tally.cascade.every((value, k) => value === other.cascade[k]) && JSON.stringify(tally.rows) === JSON.stringify(other.rows);
  });
}

function whyNothing(page, measures) {
  if (page.state.a.key === page.state.b.key) return "A and this service are the same: change something.";
  const busy = measures.busy(true);
  if (busy < 0.75) return `Not one mother fares otherwise in ${measures.runs} runs. Nothing reads what was changed while the service stands as it is, or the team, busy ${count(100 * busy)} % of its paid time, does all work at once, so that its order decides nothing.`;
  return `Not one mother fares otherwise in ${measures.runs} runs: nothing reads what was changed while the service stands as it is.`;
}

function whyLittle(measures) {
  const busy = measures.busy(true);
  if (busy > 0.93) return `the team is busy ${count(100 * busy)} % of its paid time, so what one mother gets another goes without.`;
  return "few mothers are concerned, or what changes for some is made up by others.";
}

/** Cost, time, data, team. */
function whatItTakes(measures, before) {
  const minutes = [0, 4].map((q) => measures.ratio("minutes_per_birth", q));
  const items = measures.ratio("data_items", 5);
  const undone = measures.mean(({ team }) => team.expired) / measures.about.years;
  const tile = (title, value, note) => h("div", {}, h("dt", {}, title), h("dd", {}, value, h("small", {}, note)));
  const from = (of, decimals, unit) => (before ? `${signed(of(measures) - of(before), decimals)}${unit} against A` : "");
  const percent = (share) => (Number.isFinite(share) ? `${count(100 * share)} %` : "–");
  return [
    h("h2", {}, "What it takes"),
    h("dl", { className: "tiles" },
      tile("Cost of the team", `£${count(measures.cost)}`, `a year, £${count(measures.cost / measures.about.births, 2)} a birth. ${from((each) => each.cost, 0, "")}`),
      tile("Paid time in use", percent(measures.busy(true)), `of ${count(measures.about.paid_hours)} hours a week; volunteers ${percent(measures.busy(false))}. ${from((each) => 100 * each.busy(true), 0, " points")}`),
      tile("Supporters' minutes", `${count(minutes[0].mean, 0)} and ${count(minutes[1].mean, 0)}`, "a birth in quintiles 1 and 5"),
      tile("Data", `${count(items.mean, 1)} items`, `about a mother reach the service for each birth. Passed on: ${measures.about.feeds.join("; ") || "nothing"}`),
      tile("Left undone", count(undone), "requests a year that expired before anybody had time for them")),
  ];
}
