// What holds access back: the server takes influences away, each alone, all others, and in random orders, step by step.
import { count, fill, h } from "./dom.js";
import { BarrierAnswer, EVERYBODY, barrierHeadline, barrierTotals } from "./barriers_answer.js";
import { InfluenceTable, LevelBars } from "./barriers_figures.js";

const WHOSE = [
  { value: "", title: "all mothers", mothers: "mothers" },
  { value: "quintile=1", title: "mothers in quintile 1", mothers: "mothers" },
  { value: "limited_english", title: "mothers with limited English" },
  { value: "young_mothers", title: "mothers under 20" },
  { value: "lone_mothers", title: "lone mothers" },
  { value: "first_time_mothers", title: "first-time mothers" },
];
const STEPS = 4; // replicates that are worked out at a time
const MOST_STEPS = 20;
const CHANGED = "Stopped, because the service was changed.";
const MOST_ANSWERS = 20; // that are kept

export function barriersView(page) {
  const whose = h("select", { id: "whose-barriers", onchange: () => show() }, WHOSE.map(({ value, title }) => h("option", { value }, title)));
  const button = h("button", { type: "button", className: "main", onclick: () => (running ? stop("Stopped.") : work()) });
  const bar = h("progress", { max: STEPS, value: 0, "aria-label": "Steps worked out", hidden: true });
  const progress = h("span", { className: "soft", "aria-hidden": "true" });
  const told = h("p", { role: "status", className: "hidden" });
  const wrong = h("div", { role: "alert" });
  const earlier = h("p", { className: "earlier" });
  const finding = h("p", { className: "finding" });
  const total = h("p");
  const bars = new LevelBars();
  const table = new InfluenceTable();
  const reasons = h("section", { className: "figure" });
  const results = h("div", { hidden: true }, finding, total, bars.element, table.element, reasons, h("section", { className: "figure" }, h("h2", {}, "What this is not"),
    h("p", {}, "A service without an influence is an extreme that nobody could buy: it is there to measure with, and is not a plan. All of this is the model's answer and not a measurement. Most of the chances behind it are assumptions (grade C), and what follows from an assumption is not a finding. How a mother feeds her baby is her decision; what holds access back lies in services and circumstances, and not in her.")));
  const element = h("section", { className: "figure" }, h("h1", {}, "What holds access back"),
    h("p", {}, "What keeps mothers from support in time, at which level, and who could move it? The server runs this service without each influence of a catalogue, alone and together with others. It takes some ten seconds a step; four steps make the answer sharper, one by one."),
    h("div", { className: "row" }, h("label", { htmlFor: "whose-barriers" }, "Which mothers"), whose, button, bar, progress), told, wrong, earlier, results);
  const kept = new Map(); // what is worked out, by service and mothers
  let shown; // of these
  let running; // of these
  let drawn; // what is drawn of it
  let stopped = ""; // why it is not under way any more
  let failed; // for which service and mothers

  const key = () => JSON.stringify([page.state.b.key, whose.value]);

  /** Work out some more steps, until another service or other mothers are wanted. */
  async function work() {
    const own = kept.get(key()) ?? { key: key(), service: page.state.b, whose: WHOSE.find(({ value }) => value === whose.value), replicates: [] };
    kept.delete(own.key);
    kept.set(own.key, own);
    for (const each of kept.keys()) if (kept.size > MOST_ANSWERS) kept.delete(each);
    const until = own.replicates.length + STEPS;
    const turn = { own, from: own.replicates.length, since: performance.now() };
    running = turn;
    fill(wrong);
    stopped = "";
    told.textContent = "Working it out …";
    draw();
    try {
      while (own.replicates.length < until) {
        const number = own.replicates.length;
        const group = own.whose.value ? { for: own.whose.value } : {};
        const answer = await page.source.json("barriers", [own.service], { number, ...group });
        if (own.replicates.length === number) own.replicates.push(answer); // it may have been asked for again meanwhile
        if (running !== turn) return;
        if (own.key !== key()) return show();
        draw();
      }
      running = undefined;
      draw();
      told.textContent = `Worked out in ${own.replicates.length} steps. ${finding.textContent}`;
    } catch (error) {
      if (running !== turn) return;
      stop("");
      failed = own.key;
      fill(wrong, (error.mistakes ?? [{ text: error.message }]).map(({ text }) => h("p", {}, h("b", {}, "This cannot be worked out: "), text)));
    }
  }

  function stop(text) {
    running = undefined;
    told.textContent = stopped = text;
    draw();
  }

  function draw() {
    const now = kept.get(key());
    if (now?.replicates.length) shown = now;
    const isEarlier = shown !== undefined && shown !== now;
    const steps = now?.replicates.length ?? 0;
    button.textContent = running ? "Stop" : steps >= STEPS ? "Make it sharper" : isEarlier ? "Work it out again" : "Work it out";
    button.hidden = !running && steps >= MOST_STEPS;
    bar.hidden = !running;
    progress.textContent = running ? under() : [stopped, steps ? `Worked out in ${steps} ${steps > 1 ? "steps" : "step"}.` : ""].join(" ");
    if (running) bar.value = steps - running.from;
    earlier.hidden = !isEarlier;
    earlier.textContent = !isEarlier ? "" : shown.service.key === page.state.b.key ? `Below is still the answer for ${shown.whose.title}.` : `The service has been changed: below is the answer for an earlier state of it, for ${shown.whose.title}.`;
    results.classList.toggle("old-answer", isEarlier);
    results.hidden = !shown;
    if (shown) drawAnswer();
  }

  /** How far the steps are, and how long one takes. */
  function under() {
    const done = running.own.replicates.length - running.from;
    const seconds = (performance.now() - running.since) / 1000 / done;
    return `Step ${running.own.replicates.length + 1} of ${running.from + STEPS}${done ? `, ${seconds < 1.5 ? "about a second" : `about ${count(seconds)} seconds`} each` : ""}`;
  }

  function drawAnswer() {
    const what = `${shown.key} ${shown.replicates.length}`;
    if (drawn === what) return;
    drawn = what;
    const answer = new BarrierAnswer(shown.replicates, page.words.t);
    const mothers = shown.whose.mothers ?? shown.whose.title;
    fill(finding, ...barrierHeadline(answer, mothers));
    total.textContent = barrierTotals(answer, shown.whose.value ? shown.whose.title : "mothers", page.words.reasons);
    bars.show(answer);
    table.show(answer);
    fill(reasons, ...whyMissed(answer, page.words.reasons));
  }

  /** Go with the state of the page: what is under way for another is not wanted any more. */
  function show() {
    if (running && running.own.key !== key()) stop(running.own.service.key === page.state.b.key ? "Stopped, because other mothers are asked about now." : CHANGED);
    else draw();
    if (failed !== key()) fill(wrong);
  }
  return { element, show };
}

/** Reasons, as things are and without any influence. */
function whyMissed(answer, reasons) {
  const rows = reasons.map(({ why }, k) => [why, ...["now", "without_any"].map((which) => answer.reason(which, k, EVERYBODY))])
    .filter(([why, now, without]) => why && Math.max(now, without) >= 0.5).sort(([, one], [, other]) => other - one);
  return [h("h2", {}, "Why mothers are not supported in time"), h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Reasons" }, h("table", { className: "reasons" }, h("caption", { className: "hidden" }, "Reasons, in mothers a year"),
    h("thead", {}, h("tr", {}, ["Mothers a year", "now", "without any of these"].map((text, k) => h("th", { scope: "col", className: k ? "num" : "" }, text)))),
    h("tbody", {}, rows.map(([why, now, without]) => h("tr", {}, h("th", { scope: "row" }, why), h("td", { className: "num" }, count(now)), h("td", { className: "num" }, count(without)))))))];
}
