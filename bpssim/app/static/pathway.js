// Build a pathway: a form in plain words, checked as one types, and what the pathway will do day by day.
import { count, fill, h, ofHundred } from "./dom.js";

const PAUSE = 250; // milliseconds after the last key

export function pathwayView(page) {
  const choose = h("div", { className: "row" });
  const form = h("form", { className: "builder", onsubmit: (event) => event.preventDefault() });
  const mistakes = h("div", { role: "alert" });
  const reading = h("div", { className: "reading" });
  const element = h("section", { className: "figure" }, h("h1", {}, "Build a pathway"),
    h("p", {}, "Choose a pathway to change, or a new one like it. What you write is checked at once; the days below say what the service will do."),
    choose, h("div", { className: "two" }, form, h("div", {}, mistakes, reading)));
  let name; // of the pathway that is shown
  let written; // as a scenario file would have it
  let told; // what the server says of it
  let from; // the service that the choice was made for

  async function open(chosen) {
    name = chosen;
    told = await page.source.json("pathway", [page.state.b], { name });
    written = told.written;
    draw();
    read();
  }

  async function add() {
    const number = Object.keys(page.state.b.set).filter((path) => /^pathways\.own_\d+$/.test(path)).length + 1;
    const own = `own_${number}`;
    await page.go({ b: page.state.b.with({ [`pathways.${own}`]: { ...written, title: `New, like ${written.title || name}`.slice(0, 120), active: true } }) });
    await start(own);
  }

  async function start(chosen) {
    from = page.state.b.from;
    try {
      const { form: choices } = await page.source.json("pathway", [page.state.b], { name: chosen ?? (await firstName()) });
      const select = h("select", { id: "which-pathway", onchange: () => open(select.value) }, choices.pathways.map(({ value, title }) => h("option", { value, selected: value === chosen }, title)));
      fill(choose, h("label", { htmlFor: "which-pathway" }, "Pathway"), select, h("button", { type: "button", onclick: add }, "Add a new one like this"));
      await open(select.value);
    } catch (error) {
      page.mistaken(error);
    }
  }

  /** A pathway that is switched on. */
  async function firstName() {
    const { first } = await page.source.controls(page.state.b.from);
    const switches = first.flatMap(({ controls }) => controls).filter(({ path }) => /^pathways\.\w+\.active$/.test(path ?? ""));
    return switches[0].path.split(".")[1];
  }

  let waiting;
  /** Take over what was written: into the service, and into the days. */
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE);
  }

  async function check() {
    const service = page.state.b.with({ [`pathways.${name}`]: structuredClone(written) });
    try {
      const asked = await page.source.json("pathway", [service], { name });
      if (asked.written.title !== written.title && written.title) return;
      told = asked;
      fill(mistakes);
      await page.go({ b: service });
      read();
    } catch (error) {
      const list = error.mistakes ?? [{ text: error.message }];
      fill(mistakes, h("p", {}, h("b", {}, "Not yet: "), list.map(({ text }) => text.replace(/^[^:]*: /, "")).join(" ")));
    }
  }

  function draw() {
    const { form: choices } = told;
    const select = (label, list, now, write) => {
      const id = `f-${label.replace(/\W/g, "")}`;
      return h("div", { className: "control" }, h("label", { htmlFor: id }, label), h("select", { id, onchange: ({ target }) => { write(target.value || null); changed(); } }, list.map(({ value, title }) => h("option", { value: value ?? "", selected: value === now }, title))));
    };
    const number = (label, now, write, low = 0, high = 730) => {
      const id = `f-${label.replace(/\W/g, "")}`;
      return h("div", { className: "control" }, h("label", { htmlFor: id }, label), h("input", { id, type: "number", min: low, max: high, value: now, oninput: ({ target }) => { if (target.value !== "") { write(target.valueAsNumber); changed(); } } }));
    };
    const boxes = (label, list, chosen, write) => h("fieldset", { className: "control" }, h("legend", {}, label), h("div", { className: "words" }, list.map(({ value, title }) =>
      h("label", { className: "word" }, h("input", { type: "checkbox", checked: chosen.includes(value), onchange: ({ target }) => { write(target.checked ? [...chosen, value] : chosen.filter((each) => each !== value)); changed(); draw(); } }), h("span", {}, title)))));
    const who = choices.who.filter(({ value }) => value !== "everyone");
    const [group] = written.audience.any_of.length === 1 ? written.audience.any_of : [[]];
    const bare = ({ item, at_least, at_most }) => JSON.stringify([item, at_least ?? null, at_most ?? null]);
    const isIn = ({ conditions }) => conditions.every((condition) => group.some((each) => bare(each) === bare(condition)));
    const pick = (chosen) => {
      const others = group.filter((each) => !who.some(({ conditions }) => conditions.some((condition) => bare(condition) === bare(each))));
      const all = [...others, ...who.filter(({ value }) => chosen.includes(value)).flatMap(({ conditions }) => conditions)];
      written.audience = { any_of: all.length ? [all] : [] };
    };
    const opens = written.opens;
    const ages = ["offered", "booking", "ward_stay", "neonatal_stay"].includes(opens.on) ? [] : [
      number("From day (baby's age; negative before the birth)", opens.from_age, (value) => (opens.from_age = value), -280),
      number("To day", opens.to_age, (value) => (opens.to_age = value), -280)];
    fill(form,
      h("div", { className: "control" }, h("label", { htmlFor: "f-title" }, "What people call it"), h("input", { id: "f-title", type: "text", maxLength: 120, value: written.title, oninput: ({ target }) => { written.title = target.value; changed(); } })),
      h("div", { className: "control" }, h("label", { className: "choice" }, h("input", { type: "checkbox", checked: written.active, onchange: ({ target }) => { written.active = target.checked; changed(); } }), h("span", {}, "The service runs it"))),
      h("h2", {}, "When"), select("It opens", choices.when, opens.on, (value) => { opens.on = value; draw(); }), ...ages,
      h("h2", {}, "For whom"), written.audience.any_of.length > 1 ? h("p", { className: "soft" }, "It has several groups; see All inputs.") : boxes("As far as the service knows; all that is ticked must hold", who, who.filter(isIn).map(({ value }) => value), pick),
      select("First move", choices.initiative, written.initiative, (value) => (written.initiative = value)),
      select("Where", [{ value: null, title: "from the queue of work: call, text or visit" }, ...choices.duties.map(({ value, title }) => ({ value, title: `at sessions of ${title}` }))], written.session, (value) => (written.session = value)),
      boxes("What the service must hold before it can try", choices.items, written.needs, (value) => (written.needs = value)),
      h("h2", {}, "How"), ...written.steps.map((step, k) => h("fieldset", { className: "step" }, h("legend", {}, `Contact ${k + 1}`),
        select(`Contact ${k + 1} is`, choices.how, step.channel, (value) => { step.channel = value; if (["call", "text", "online"].includes(value)) Object.assign(step.minutes, { travel: 0, travel_rural: 0 }); }),
        number(`Contact ${k + 1}: days after it opened or was accepted`, step.day, (value) => (step.day = value), 0, 366),
        number(`Contact ${k + 1}: minutes`, step.minutes.contact, (value) => (step.minutes.contact = value), 0, 480),
        written.steps.length > 1 ? h("button", { type: "button", className: "back", onclick: () => { written.steps.splice(k, 1); changed(); draw(); } }, `Remove contact ${k + 1}`) : "")),
      h("button", { type: "button", onclick: () => { const last = written.steps.at(-1); written.steps.push({ ...structuredClone(last), day: last.day + 7 }); changed(); draw(); } }, "Add a contact a week later"),
      select("Time of day", choices.band, written.band, (value) => (written.band = value)),
      h("h2", {}, "How often"), number("Tries for each contact", written.attempts.most, (value) => (written.attempts.most = value), 1, 20),
      number("Days between tries", written.attempts.days_between, (value) => (written.attempts.days_between = value), 1, 60),
      number("Days after which it is dropped", written.attempts.expires_after, (value) => (written.attempts.expires_after = value), 0, 120),
      h("h2", {}, "What is asked"), boxes("The supporter asks for", choices.items, written.asks, (value) => (written.asks = value)),
      h("h2", {}, "What is offered next"), boxes("Pathways that are offered at a contact", choices.pathways.filter(({ value }) => value !== name), written.offers.map(({ pathway }) => pathway),
        (value) => (written.offers = value.map((pathway) => written.offers.find((each) => each.pathway === pathway) ?? { pathway }))));
  }

  /** The days in words, with numbers of the runs. */
  function read() {
    const { title, row, days, known } = told.reading;
    fill(reading, h("h2", {}, `What “${title}” will do`), h("table", { className: "days" }, h("caption", { className: "hidden" }, "Day by day"), h("tbody", {}, days.map(({ when, what }) => h("tr", {}, h("th", { scope: "row" }, when), h("td", {}, what))))),
      h("h3", {}, "What it needs to know"), known.length ? h("ul", {}, known.map((text) => h("li", {}, text))) : h("p", {}, "Nothing."),
      h("h3", {}, "In a year"), h("div", { id: "a-year" }, inAYear(row)));
  }

  /** How many mothers a year it opens for, is tried with and supports, and why not more. */
  function inAYear(row) {
    const measures = page.measures();
    if (row === null) return h("p", {}, "It is switched off.");
    if (!measures || measures.about.pathways[row]?.name !== name) return h("p", { className: "soft" }, "Running …");
    const { words } = page;
    const gate = (word) => words.gates.findIndex((each) => each.word === word);
    const years = measures.about.years;
    const mothers = (which, group = 5) => measures.mean((tally) => tally.passed(group, gate(which), row)) / years;
    const births = (group) => measures.mean((tally) => tally.count("births", group)) / years;
    const lost = words.reasons.map(({ why, word }, reason) => [why, word, words.gates.reduce((sum, _, at) => sum + (at < gate("supported") ? measures.mean((tally) => tally.ended(5, at, reason, row)) / years : 0), 0)])
      .filter(([why, word, number]) => why && number >= 0.5 && word !== "not_breastfeeding").sort(([, , one], [, , other]) => other - one).slice(0, 5);
    return [
      h("p", {}, `It opens for ${count(mothers("eligible"))} mothers, a first move is made to ${count(mothers("chosen"))}, ${count(mothers("connected"))} are in contact and ${count(mothers("supported"))} supported: ${ofHundred(mothers("supported", 0) / births(0))} of 100 births in quintile 1, ${ofHundred(mothers("supported", 4) / births(4))} in quintile 5. (Mean of ${measures.runs} runs.)`),
      lost.length ? h("p", {}, "Most often it comes to nothing because: ", lost.map(([why, , number]) => `${why} (${count(number)} a year)`).join("; "), ".") : "",
    ];
  }

  function show() {
    if (from !== page.state.b.from) start();
    else if (told && document.getElementById("a-year")) fill(document.getElementById("a-year"), inAYear(told.reading.row));
  }
  return { element, show };
}
