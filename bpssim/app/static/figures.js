// Figures: one row for each quintile, hundreds of dots, reasons. Elements are kept, so that what moves can be seen.
import { count, fill, h, ofHundred, signed } from "./dom.js";
import { hundredths } from "./statistics.js";

const QUINTILES = ["1 most deprived", "2", "3", "4", "5 least deprived"];

/** Five rows: B as a disc with limits, A as a diamond, numbers and differences; it is a table, too. */
export class Rows {
  constructor(title, note, top = 1, fine = 1) {
    Object.assign(this, { top, fine });
    const head = h("tr", {}, ["Quintile", "Figure", "of 100", "95 % limits", "against A"].map((text, k) => h("th", { scope: "col", className: k === 1 ? "track" : k ? "num" : "" }, k === 1 ? h("span", { className: "hidden" }, text) : text)));
    this.rows = QUINTILES.map((name) => this.row(name));
    const marks = h("div", { className: "scale", "aria-hidden": "true" }, [0, 25, 50, 75, 100].map((mark) => h("span", {}, count(mark * top))));
    const foot = h("tr", { className: "foot", "aria-hidden": "true" }, h("td"), h("td", { className: "track" }, marks), h("td"), h("td"), h("td"));
    this.note = h("p", {}, note);
    this.element = h("section", { className: "figure" }, h("h2", {}, title), this.note,
      h("table", { className: "plot" }, h("caption", { className: "hidden" }, title), h("thead", {}, head), h("tbody", {}, this.rows.map(({ element }) => element), foot)));
  }

  row(name) {
    const limits = h("i", { className: "limits" });
    const pin = h("i", { className: "pin", hidden: true });
    const disc = h("i", { className: "disc" });
    const [value, range, difference] = ["value", "range", "difference"].map((className) => h("td", { className: `num ${className}` }));
    const track = h("td", { className: "track", "aria-hidden": "true" }, h("div", {}, limits, disc, pin));
    const element = h("tr", {}, h("th", { scope: "row" }, name), track, value, range, difference);
    return { element, limits, pin, disc, value, range, difference };
  }

  /** Show shares by quintile; `before` and `differences` are those of A, if there is one. */
  show(shares, before, differences) {
    this.rows.forEach((row, q) => {
      const { mean, lower, upper } = shares[q];
      const at = (share) => `${Math.min(100, (100 * share) / this.top)}%`;
      row.disc.style.left = at(mean);
      row.limits.style.left = at(lower);
      row.limits.style.width = `${(100 * (upper - lower)) / this.top}%`;
      row.value.textContent = ofHundred(mean, this.fine);
      row.range.textContent = Number.isNaN(lower) ? "–" : `${ofHundred(lower, this.fine)} to ${ofHundred(upper, this.fine)}`;
      row.pin.hidden = !before;
      if (before) row.pin.style.left = at(before[q].mean);
      row.difference.textContent = differences ? differenceText(differences[q]) : "";
    });
  }
}

/** A difference in points with its limits. */
export function differenceText({ mean, lower, upper }) {
  if (Number.isNaN(mean)) return "–";
  if (mean === 0 && !(upper > lower)) return "0";
  if (Number.isNaN(lower)) return signed(100 * mean);
  return `${signed(100 * mean)} (${signed(100 * lower)} to ${signed(100 * upper)})`;
}

const KINDS = [
  { id: "supported", title: "supported in time" },
  { id: "missed", title: "missed on the way" },
  { id: "none", title: "did not breastfeed when the service might have met them" },
];

/** Five hundreds of dots, of which one is chosen to see its reasons. */
export class Hundreds {
  constructor(chosen) {
    this.chosen = 0;
    this.buttons = QUINTILES.map((name, q) => {
      const dots = Array.from({ length: 100 }, (_, k) => h("circle", { cx: 5 + 10 * (k % 10), cy: 5 + 10 * Math.floor(k / 10), r: 3.4 }));
      const text = h("small");
      const button = h("button", { type: "button", onclick: () => { this.chosen = q; chosen(); } },
        h("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" }, dots), h("b", {}, `Quintile ${name}`), text);
      return { button, dots, text };
    });
    const key = h("div", { className: "key", "aria-hidden": "true" }, KINDS.map(({ id, title }) => h("span", {}, h("svg", { width: 14, height: 14, viewBox: "0 0 10 10" }, h("circle", { cx: 5, cy: 5, r: 3.6, class: id })), title)));
    this.head = h("h3");
    this.table = h("tbody");
    this.believes = h("div", { className: "believes" });
    const why = h("div", {}, this.head, h("table", { className: "why" }, h("caption", { className: "hidden" }, "Reasons"), this.table));
    const sees = h("div", {}, h("h3", {}, "What the service sees of this"), this.believes);
    this.element = h("section", { className: "figure" }, h("h2", {}, "Of 100 births, who is supported and who is lost"),
      h("p", {}, "Each dot is one birth in a hundred. In time is before support comes late, which may be after day 7. Choose a quintile to see why the others were not supported in time."), key,
      h("div", { className: "wall" }, this.buttons.map(({ button }) => button)), h("div", { className: "two" }, why, sees));
  }

  show(measures, before, words) {
    this.buttons.forEach(({ button, dots, text }, q) => {
      const parts = kinds(measures.endings(q), words);
      const numbers = hundredths(parts);
      button.setAttribute("aria-pressed", String(q === this.chosen));
      dots.forEach((dot, k) => dot.setAttribute("class", KINDS[numbers[0] > k ? 0 : numbers[0] + numbers[1] > k ? 1 : 2].id));
      text.textContent = `${numbers[0]} supported in time, ${numbers[1]} missed, ${numbers[2]} did not breastfeed then`;
    });
    this.reasons(measures, before, words);
    this.beliefs(measures);
  }

  /** Why mothers of the chosen quintile were not supported in time, of 100, beside A. */
  reasons(measures, before, words) {
    const endings = measures.endings(this.chosen).filter(({ gate }) => gate < words.in_time);
    const lost = before?.endings(this.chosen);
    this.head.textContent = `Of 100 births in quintile ${QUINTILES[this.chosen]}, not supported in time because`;
    const together = new Map();
    for (const { reason, share } of endings) together.set(reason, (together.get(reason) ?? 0) + share);
    const most = Math.max(...together.values(), 0.01);
    fill(this.table, [...together].sort(([, one], [, other]) => other - one).map(([reason, share]) => {
      const was = lost?.filter((each) => each.reason === reason && each.gate < words.in_time).reduce((sum, each) => sum + each.share, 0);
      const bar = h("i", { className: "bar" });
      bar.style.width = `${(100 * share) / most}%`;
      return h("tr", {}, h("th", { scope: "row" }, words.reasons[reason].why), h("td", { className: "bars", "aria-hidden": "true" }, bar), h("td", { className: "num" }, ofHundred(share)),
        h("td", { className: "num soft" }, was === undefined ? "" : `A: ${ofHundred(was)}`));
    }));
  }

  /** What a service that counts the mothers on its list would say of its reach. */
  beliefs(measures) {
    const known = [1, 2, 3, 4, 5].map((row) => measures.believed(row)).filter(({ on }) => on >= 0.5);
    const unknown = measures.believed(0).on;
    const all = [0, 1, 2, 3, 4, 5].map((row) => measures.believed(row)).filter(({ on }) => on > 0);
    const on = all.reduce((sum, each) => sum + each.on, 0);
    const reached = on ? all.reduce((sum, each) => sum + each.reached * each.on, 0) / on : NaN;
    const births = measures.mean((tally) => tally.count("births", 5));
    const truth = measures.share("reach_ever", 5).mean;
    fill(this.believes,
      h("p", {}, on ? `It has ${count(on)} mothers on its list and has spoken with ${ofHundred(reached)} of 100 of them. ` : "It has no mother on a list. ",
        `In truth there were ${count(births)} births, and it has been in contact with ${ofHundred(truth)} of 100.`),
      h("p", {}, unknown >= 0.5 || !known.length ? `For ${count(unknown)} on its list it does not know the deprivation of the place where they live, ${known.length ? "so what it says by quintile leaves them out." : "so it cannot see a gradient, whatever the gradient is."}` : "It knows the deprivation of the place of each mother on its list."));
  }
}

/** Shares supported in time, missed, and without breastfeeding then. */
export function kinds(endings, words) {
  const sum = (which) => endings.filter(which).reduce((total, { share }) => total + share, 0);
  const inTime = sum(({ gate }) => gate >= words.in_time);
  const none = sum(({ gate, reason }) => gate < words.in_time && words.reasons[reason].word === "not_breastfeeding");
  return [inTime, 1 - inTime - none, none];
}

/** Curves of any breastfeeding by baby age, one line for each quintile; dashed is A. */
export function curves(measures, before) {
  const [width, height, days] = [640, 260, 182];
  const x = (day) => 40 + ((width - 130) * day) / days;
  const y = (share) => 10 + (height - 50) * (1 - share);
  const line = (which, q) => Array.from({ length: days + 1 }, (_, day) => `${x(day).toFixed(1)},${y(which.mean((tally) => tally.feeding(q, day) / tally.count("births", q))).toFixed(1)}`).join(" ");
  const axes = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [h("line", { x1: 40, x2: width - 90, y1: y(share), y2: y(share), class: "grid", stroke: "#d9dfe5" }), h("text", { x: 34, y: y(share) + 4, "text-anchor": "end" }, count(100 * share))]);
  const weeks = [0, 2, 6, 13, 26].map((week) => h("text", { x: x(7 * week), y: height - 18, "text-anchor": "middle" }, String(week)));
  const lines = [0, 4].flatMap((q) => [
    ...(before ? [h("polyline", { points: line(before, q), fill: "none", stroke: "#f46a25", "stroke-width": 2.5, "stroke-dasharray": "5 4" })] : []),
    h("polyline", { points: line(measures, q), fill: "none", stroke: "#12436d", "stroke-width": q ? 1.5 : 3 }),
    h("text", { x: width - 84, y: y(measures.mean((tally) => tally.feeding(q, days) / tally.count("births", q))) + 4 }, `quintile ${q + 1}`),
  ]);
  return h("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Any breastfeeding of 100 births by week, quintiles 1 and 5" }, axes, weeks,
    h("text", { x: x(91), y: height - 2, "text-anchor": "middle" }, "weeks after birth"), lines);
}
