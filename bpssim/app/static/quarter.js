// A quarter of one run: mothers as dots that go through the gates of access, day by day.
import { count, fill, h } from "./dom.js";

const DAYS_A_SECOND = 4; // at speed 1
const SPEEDS = [0.5, 1, 2, 4, 8];
const MOVE = 350; // milliseconds in which a dot goes from one gate to the next, at most
const LANES = ["1 most deprived", "2", "3", "4", "5 least deprived"];
const LARGEST_PITCH = 9; // pixels from dot to dot
const SPACE = { left: 20, top: 24, between: 10 }; // pixels
const WIDE = 92; // pixels of a column that has room for the title of its gate

export function quarterView(page) {
  const about = h("p", {}, "…");
  const canvas = h("canvas", { role: "img", "aria-label": "Mothers as dots at the gates of access, in five lanes by quintile; the table below has the same in numbers" });
  const play = h("button", { type: "button", className: "main", onclick: () => (timer ? pause() : start()) }, "Play");
  const step = (days, text) => h("button", { type: "button", onclick: () => { pause(); goTo(day + days); } }, text);
  const slider = h("input", { type: "range", id: "quarter-day", min: 0, value: 0, step: 1, oninput: () => { pause(); goTo(Number(slider.value)); } });
  const now = h("output", { htmlFor: "quarter-day" });
  const speed = h("select", { id: "quarter-speed" }, SPEEDS.map((times) => h("option", { value: times, selected: times === 1 }, `${times} times`)));
  const table = h("table", {}, h("caption", { className: "hidden" }, "Mothers at each gate on the day that is shown"));
  const player = h("div", { className: "player" }, play, step(-1, "A day back"), step(1, "A day on"),
    h("label", { htmlFor: "quarter-speed" }, "Speed", speed),
    h("label", { className: "day", htmlFor: "quarter-day" }, "Day", slider, now));
  const key = h("p", { className: "soft" }, "Dark dots breastfeed, or have not given birth yet; pale dots do not breastfeed, or no longer. What a mother decides is hers; what the gates ask of her is the service's and her circumstances'.");
  const figure = h("div", { className: "quarter", hidden: true }, player, canvas, key, h("h2", {}, "How many are at which gate now"), h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Mothers at each gate" }, table));
  const element = h("section", {}, h("h1", {}, "A quarter"), about, figure);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let day = 0;
  let quarter;
  let asked;
  let timer;

  async function show() {
    const { b } = page.state;
    if (asked === b.key) return;
    asked = b.key;
    pause();
    about.textContent = "One run is made …";
    try {
      const found = await page.source.json("quarter", [b]);
      if (asked !== b.key) return; // another service is wanted by now
      quarter = new Quarter(found, canvas);
    } catch (error) {
      if (asked === b.key) asked = undefined;
      about.textContent = `The quarter cannot be shown: ${error.message}`;
      figure.hidden = true;
      return;
    }
    figure.hidden = false;
    slider.max = String(quarter.days - 1);
    about.textContent = `Each dot is one of ${count(quarter.mothers.length)} synthetic mothers whose babies are born in the first quarter of one run of this service; it moves on when she passes a gate, and stays where she got no further. It is one run, so luck is in it; the other parts of the page show means over many.`;
    makeTable();
    day = 0;
    if (element.isConnected) goTo(day); // or once it has room, when the reader comes back to it
  }

  function start() {
    if (!element.isConnected || !quarter) return;
    if (day >= quarter.days - 1) goTo(0);
    play.textContent = "Pause";
    let last = performance.now();
    let due = 0;
    const tick = (time) => {
      if (!element.isConnected) return pause();
      due += ((time - last) / 1000) * DAYS_A_SECOND * Number(speed.value);
      last = time;
      if (due >= 1) {
        const days = Math.floor(due);
        due -= days;
        goTo(day + days);
      } else if (!still.matches) quarter.draw(time);
      if (day >= quarter.days - 1) return pause();
      timer = requestAnimationFrame(tick);
    };
    timer = requestAnimationFrame(tick);
  }

  function pause() {
    cancelAnimationFrame(timer);
    timer = undefined;
    play.textContent = "Play";
    if (quarter) settle();
  }

  /** Let dots that are under way arrive. */
  function settle() {
    const until = performance.now() + MOVE;
    const move = (time) => {
      if (timer || !element.isConnected) return;
      quarter.draw(time);
      if (time < until) requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  }

  function goTo(wanted) {
    day = Math.min(Math.max(wanted, 0), quarter.days - 1);
    slider.value = String(day);
    now.textContent = `${day + 1} of ${quarter.days}`;
    slider.setAttribute("aria-valuetext", `day ${now.textContent}`);
    const running = timer !== undefined;
    quarter.at(day, performance.now(), still.matches ? 0 : Math.min(MOVE, (900 / DAYS_A_SECOND / Number(speed.value)) * (running ? 1 : 9)));
    quarter.draw(performance.now());
    if (!running) settle();
    quarter.counts.forEach((counts, lane) => counts.forEach((number, gate) => { cells[lane][gate].textContent = count(number); }));
  }

  let cells = [];
  function makeTable() {
    cells = LANES.map(() => quarter.gates.map(() => h("td", { className: "num" })));
    const head = h("tr", {}, h("th", { scope: "col" }, "Quintile"), quarter.gates.map(({ title }, k) => h("th", { scope: "col" }, `${k + 1}. ${title}`)));
    fill(table, table.caption, h("thead", {}, head), h("tbody", {}, LANES.map((name, lane) => h("tr", {}, h("th", { scope: "row" }, name), cells[lane]))));
  }

  new ResizeObserver(() => { if (quarter && element.isConnected && quarter.resize()) goTo(day); }).observe(canvas);
  return { element, show };
}

/** Dots, where they are on a day, and their drawing. */
class Quarter {
  constructor({ days, gates, mothers }, canvas) {
    Object.assign(this, { days, gates, canvas });
    this.mothers = mothers.map((mother) => ({ ...mother, x: undefined, y: undefined }));
    this.places = new Map(gates.map(({ number }, place) => [number, place]));
    this.counts = LANES.map(() => gates.map(() => 0));
    this.most = this.fullest();
    this.day = 0;
  }

  /** Place of the gate where a mother is on a day; undefined before she is there. */
  gateOn(mother, day) {
    let gate = day >= mother.born ? 0 : undefined;
    for (const [passed, number] of mother.gates) if (passed <= day) gate = this.places.get(number);
    return gate;
  }

  /** Mothers in the fullest lane and gate of any week, by lane. */
  fullest() {
    const most = LANES.map(() => 1);
    for (let day = 0; day < this.days + 7; day += 7) {
      const counts = LANES.map(() => this.gates.map(() => 0));
      for (const mother of this.mothers) {
        const gate = this.gateOn(mother, Math.min(day, this.days - 1));
        if (gate !== undefined) counts[mother.quintile - 1][gate] += 1;
      }
      counts.forEach((lane, k) => { most[k] = Math.max(most[k], ...lane); });
    }
    return most;
  }

  /** Take the width that there is; whether it is another. */
  resize() {
    const width = this.canvas.clientWidth;
    if (!width || width === this.width) return false;
    this.width = width;
    this.column = (width - SPACE.left) / this.gates.length;
    this.pitch = Math.min(LARGEST_PITCH, Math.max(4, this.column / 12));
    this.across = Math.max(1, Math.floor((this.column - 8) / this.pitch));
    this.titled = this.column >= WIDE;
    let top = SPACE.top + (this.titled ? 16 : 0);
    this.lanes = this.most.map((most) => {
      const lane = { top, height: Math.max(20, Math.ceil(most / this.across) * this.pitch) };
      top += lane.height + SPACE.between;
      return lane;
    });
    this.height = top;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.canvas.style.height = `${this.height}px`;
    for (const mother of this.mothers) mother.x = undefined;
    return true;
  }

  /** Send every dot to its place on a day, on the way for so many milliseconds. */
  at(day, time, milliseconds) {
    this.resize();
    this.day = day;
    this.counts = LANES.map(() => this.gates.map(() => 0));
    for (const mother of this.mothers) {
      const gate = this.gateOn(mother, day);
      if (gate === undefined) {
        mother.x = undefined;
        continue;
      }
      const lane = mother.quintile - 1;
      const slot = this.counts[lane][gate]++;
      const x = SPACE.left + gate * this.column + 4 + (slot % this.across) * this.pitch + this.pitch / 2;
      const y = this.lanes[lane].top + Math.floor(slot / this.across) * this.pitch + this.pitch / 2;
      const [fromX, fromY] = mother.x === undefined ? [x, y] : [mother.x, mother.y];
      Object.assign(mother, { fromX, fromY, toX: x, toY: y, since: time, lasts: milliseconds, x: fromX, y: fromY });
    }
  }

  draw(time) {
    const pen = this.canvas.getContext("2d");
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    this.colours ??= { navy: colour("--navy"), pale: colour("--pale"), line: colour("--line"), soft: colour("--soft") };
    const ratio = window.devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    this.drawFrame(pen);
    for (const pale of [true, false]) {
      pen.fillStyle = pale ? this.colours.pale : this.colours.navy;
      pen.beginPath();
      for (const mother of this.mothers) {
        if (mother.x === undefined || this.isPale(mother) !== pale) continue;
        const share = mother.lasts ? Math.min(1, Math.max(0, (time - mother.since) / mother.lasts)) : 1;
        const eased = 1 - (1 - share) ** 2;
        mother.x = mother.fromX + (mother.toX - mother.fromX) * eased;
        mother.y = mother.fromY + (mother.toY - mother.fromY) * eased;
        pen.moveTo(mother.x + 0.4 * this.pitch, mother.y);
        pen.arc(mother.x, mother.y, 0.4 * this.pitch, 0, 2 * Math.PI);
      }
      pen.fill();
    }
  }

  drawFrame(pen) {
    pen.font = `13px ${getComputedStyle(document.body).fontFamily}`;
    pen.fillStyle = this.colours.soft;
    pen.strokeStyle = this.colours.line;
    pen.lineWidth = 1;
    this.gates.forEach(({ title }, k) => {
      const x = SPACE.left + k * this.column;
      pen.fillText(`${k + 1}`, x + 4, 16);
      if (this.titled) linesOf(pen, title, this.column - 24).forEach((line, n) => pen.fillText(line, x + 20, 16 + 16 * n));
      pen.beginPath();
      pen.moveTo(x, 4);
      pen.lineTo(x, this.height);
      pen.stroke();
    });
    this.lanes.forEach(({ top }, k) => {
      pen.fillText(`${k + 1}`, 4, top + 14);
      pen.beginPath();
      pen.moveTo(0, top - SPACE.between / 2);
      pen.lineTo(this.width, top - SPACE.between / 2);
      pen.stroke();
    });
  }

  /** Whether she does not breastfeed on the day, or no longer. */
  isPale({ born, started, stopped }) {
    return this.day >= born && (started === false || (stopped !== null && stopped !== undefined && stopped <= this.day));
  }
}

/** A title in at most two lines of a width. */
function linesOf(pen, title, width) {
  const lines = [""];
  for (const word of title.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length <= 2) return lines;
  return [lines[0], `${lines[1]} …`];
}
