// Build a pathway: a form in plain words, checked as one types, and what the pathway will do day by day.
import { whomItAssumes } from "./assumes.js";
import { count, fill, h, ofHundred } from "./dom.js";
import { withRows } from "./rows.js";

const PAUSE = 250; // milliseconds after the last key
const OFFERED = "offered"; // by another pathway, so that nobody has to be approached
const ALWAYS = { by_quintile: [1, 1, 1, 1, 1], demands: [], effects: [], range: null, evidence: "by definition", grade: "A" };
const CHOSEN = { range: null, evidence: "assumption: chosen in the page", grade: "C" };

export function pathwayView(page) {
  const select = h("select", { id: "which-pathway", onchange: () => open(select.value) });
  const choose = h("div", { className: "row" }, h("label", { htmlFor: "which-pathway" }, "Pathway"), select, h("button", { type: "button", onclick: add }, "Add a new one like this"));
  const form = h("form", { className: "builder", onsubmit: (event) => event.preventDefault() });
  const shares = h("div", {});
  const mistakes = h("div", { role: "alert", id: "builder-mistakes" });
  const reading = h("div", { className: "reading" });
  const assumes = h("div", { id: "assumes" });
  const element = h("section", { className: "figure" }, h("h1", {}, "Build a pathway"),
    h("p", {}, "Choose a pathway to change, or a new one like it. What you write is checked at once; the days below say what the service will do."),
    choose, h("div", { className: "two" }, form, h("div", {}, mistakes, reading)));
  let name; // of the pathway that is shown
  let written; // as a scenario file would have it
  let told; // what the server says of it
  let key; // of the service that it belongs to
  let turn = 0; // of asking, as only the last answer counts
  let counting = 0; // the same, of asking whom it assumes
  let waiting;
  let listed;
  const fields = new Map(); // inputs and their labels by place below the pathway
  const empty = new Map(); // labels of number fields without a number, by their input

  /** Show a pathway of the service as it stands; the one that is shown, or else another, if it is there no more. */
  async function open(chosen = name) {
    clearTimeout(waiting);
    const own = (turn += 1);
    const service = page.state.b;
    key = service.key;
    try {
      const wanted = await nameIn(service, chosen);
      const answer = await page.source.json("pathway", [service], { name: wanted });
      if (own !== turn) return;
      const isNew = wanted !== name || JSON.stringify(answer.written) !== JSON.stringify(written) || empty.size;
      [name, told, written] = [wanted, answer, isNew ? answer.written : written];
      if (isNew) draw();
      tell([]);
      list();
      read(service);
    } catch (error) {
      if (own === turn) page.mistaken(error);
    }
  }

  /** A name if the service has such a pathway; else the first that is switched on. */
  async function nameIn({ from, set }, wanted) {
    const { first } = await page.source.controls(from);
    const names = first.flatMap(({ controls }) => controls).map(({ path }) => path?.match(/^pathways\.(\w+)\.active$/)?.[1]).filter(Boolean);
    return names.includes(wanted) || `pathways.${wanted}` in set ? wanted : names[0];
  }

  /** The pathways that there are, by their titles. */
  function list() {
    const { pathways } = told.form;
    if (JSON.stringify(pathways) !== listed) fill(select, pathways.map(({ value, title }) => h("option", { value }, title)));
    listed = JSON.stringify(pathways);
    select.value = name;
  }

  async function add() {
    if (select.value !== name) await open(select.value); // which may be under way
    const taken = new Set([...told.form.pathways.map(({ value }) => value), ...Object.keys(page.state.b.set).map((path) => path.split(".")[1])]);
    let number = 1;
    while (taken.has(`own_${number}`)) number += 1;
    const title = `New, like ${told.written.title || name}`.slice(0, 120);
    const gone = page.go({ b: page.state.b.with({ [`pathways.own_${number}`]: { ...structuredClone(told.written), title, active: true } }) });
    await open(`own_${number}`);
    await gone;
  }

  /** Take over what was written: into the service, and into the days. */
  function changed() {
    clearTimeout(waiting);
    turn += 1;
    waiting = setTimeout(check, PAUSE);
  }

  async function check() {
    if (empty.size) {
      tell([...empty].map(([input, label]) => ({ input, text: `“${label}” needs a number.` })));
      return;
    }
    const own = turn;
    const place = `pathways.${name}`;
    const parts = Object.fromEntries(Object.keys(page.state.b.set).filter((path) => path.startsWith(`${place}.`)).map((path) => [path, undefined]));
    const service = page.state.b.with({ ...parts, [place]: structuredClone(written) });
    try {
      const answer = await page.source.json("pathway", [service], { name });
      if (own !== turn || page.state.b.key !== key) return;
      told = answer;
      tell([]);
      key = service.key;
      list();
      drawShares();
      read(service);
      await page.go({ b: service });
    } catch (error) {
      if (own === turn) tell((error.mistakes ?? [{ path: "", text: error.message }]).map(located));
    }
  }

  /** A mistake with its field, called as the field is. */
  function located({ path, text }) {
    const below = path.replace(`pathways.${name}`, "").replace(/^\./, "");
    const at = [...fields.keys()].filter((each) => below === each || below.startsWith(`${each}.`)).at(-1);
    const said = text.replace(new RegExp(`^(pathways\\.${name}|${below.replaceAll(".", "\\.") || "-"}): `), "");
    const plain = said.replace(/\b(from|to)_age\b/g, (_, end) => `“${end === "from" ? "From" : "To"} day”`);
    if (!at) return { text: plain };
    return { input: fields.get(at).input, text: `“${fields.get(at).label}” ${plain}` };
  }

  /** Say what is wrong, at its fields too; the days are then those of before. */
  function tell(wrong) {
    for (const { input } of fields.values()) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    for (const { input } of wrong) {
      input?.setAttribute("aria-invalid", "true");
      input?.setAttribute("aria-describedby", mistakes.id);
    }
    reading.classList.toggle("old", wrong.length > 0);
    fill(mistakes, wrong.length ? h("p", {}, h("b", {}, "Not yet: "), wrong.map(({ text }) => text).join(" ")) : "");
  }

  /** Shares of mothers that decide what the pathway comes to. */
  function drawShares() {
    const made = told.reading.shares.map(({ gate, title }) => `${gate} ${title}`).join();
    if (shares.of === `${name} ${made}`) return;
    shares.of = `${name} ${made}`;
    for (const path of [...fields.keys()].filter((each) => each.endsWith(".by_quintile"))) fields.delete(path);
    fill(shares, told.reading.shares.map(({ gate, title }) => {
      const now = [written[gate].by_quintile].flat();
      const of = (k) => Number((100 * (now[k] ?? now[0])).toFixed(2));
      const write = () => {
        written[gate] = { ...written[gate], ...CHOSEN, by_quintile: each.map((input) => Number((input.valueAsNumber / 100).toFixed(4))) };
        changed();
      };
      const fieldOf = (label, value, done) => {
        const named = `${title}, ${label}`;
        return h("input", { type: "number", min: 0, max: 100, step: 1, value, "aria-label": named, oninput: ({ target }) => { noteEmpty(target, named); done(target); } });
      };
      const all = fieldOf("all quintiles", of(0) === of(4) ? of(0) : "", ({ value }) => {
        empty.delete(all);
        if (value === "") return;
        each.forEach((input) => { input.value = value; empty.delete(input); });
        write();
      });
      const each = [0, 1, 2, 3, 4].map((k) => fieldOf(`quintile ${k + 1}`, of(k), () => { all.value = ""; if (empty.size) changed(); else write(); }));
      fields.set(`${gate}.by_quintile`, { input: each[0], label: title });
      return h("fieldset", { className: "control quintiles" }, h("legend", {}, title), h("div", {}, each.map((input, k) => h("label", {}, `Q${k + 1}`, input)), h("label", {}, "All", all)));
    }));
  }

  /** Remember whether a field has no number. */
  function noteEmpty(input, label) {
    if (input.value === "") empty.set(input, label);
    else empty.delete(input);
  }

  function draw() {
    const { form: choices } = told;
    fields.clear();
    empty.clear();
    shares.of = undefined;
    const select = (label, path, list, now, write) => {
      const id = `f-${label.replace(/\W/g, "")}`;
      const input = h("select", { id, onchange: ({ target }) => { write(target.value || null); changed(); } }, list.map(({ value, title }) => h("option", { value: value ?? "", selected: value === now }, title)));
      fields.set(path, { input, label });
      return h("div", { className: "control" }, h("label", { htmlFor: id }, label), input);
    };
    const number = (label, path, now, write, low = 0, high = 730) => {
      const id = `f-${label.replace(/\W/g, "")}`;
      const short = label.replace(/ \(.*\)/, "");
      const input = h("input", { id, type: "number", min: low, max: high, value: now, oninput: ({ target }) => { noteEmpty(target, short); if (target.value !== "") write(target.valueAsNumber); changed(); } });
      fields.set(path, { input, label: short });
      return h("div", { className: "control" }, h("label", { htmlFor: id }, label), input);
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
      number("From day (baby's age; negative before the birth)", "opens.from_age", opens.from_age, (value) => (opens.from_age = value), -280),
      number("To day", "opens.to_age", opens.to_age, (value) => (opens.to_age = value), -280)];
    fill(form,
      h("div", { className: "control" }, h("label", { htmlFor: "f-title" }, "What people call it"), h("input", { id: "f-title", type: "text", maxLength: 120, value: written.title, oninput: ({ target }) => { written.title = target.value; changed(); } })),
      h("div", { className: "control" }, h("label", { className: "choice" }, h("input", { type: "checkbox", checked: written.active, onchange: ({ target }) => { written.active = target.checked; changed(); } }), h("span", {}, "The service runs it"))),
      h("h2", {}, "When"), select("It opens", "opens.on", choices.when, opens.on, (value) => { opens.on = value; if (value === OFFERED) written.reached = structuredClone(ALWAYS); draw(); }), ...ages,
      h("h2", {}, "For whom"), written.audience.any_of.length > 1 ? h("p", { className: "soft" }, "It has several groups; see All inputs.") : boxes("As far as the service knows; all that is ticked must hold", who, who.filter(isIn).map(({ value }) => value), pick),
      select("First move", "initiative", choices.initiative, written.initiative, (value) => (written.initiative = value)),
      select("Where", "session", [{ value: null, title: "from the queue of work: call, text or visit" }, ...choices.duties.map(({ value, title }) => ({ value, title: `at sessions of ${title}` }))], written.session, (value) => (written.session = value)),
      boxes("What the service must hold before it can try", choices.items, written.needs, (value) => (written.needs = value)),
      h("h2", {}, "How"), ...written.steps.map((step, k) => h("fieldset", { className: "step" }, h("legend", {}, `Contact ${k + 1}`),
        select(`Contact ${k + 1} is`, `steps.${k}.channel`, choices.how, step.channel, (value) => { step.channel = value; if (["call", "text", "online"].includes(value)) Object.assign(step.minutes, { travel: 0, travel_rural: 0 }); }),
        number(`Contact ${k + 1}: days after it opened or was accepted`, `steps.${k}.day`, step.day, (value) => (step.day = value), 0, 366),
        number(`Contact ${k + 1}: minutes`, `steps.${k}.minutes.contact`, step.minutes.contact, (value) => (step.minutes.contact = value), 0, 480),
        written.steps.length > 1 ? h("button", { type: "button", className: "back", onclick: () => { written.steps.splice(k, 1); changed(); draw(); } }, `Remove contact ${k + 1}`) : "")),
      h("button", { type: "button", onclick: () => { const last = written.steps.at(-1); written.steps.push({ ...structuredClone(last), day: last.day + 7 }); changed(); draw(); } }, "Add a contact a week later"),
      select("Time of day", "band", choices.band, written.band, (value) => (written.band = value)),
      h("h2", {}, "How often"), number("Tries for each contact", "attempts.most", written.attempts.most, (value) => (written.attempts.most = value), 1, 20),
      number("Days between tries", "attempts.days_between", written.attempts.days_between, (value) => (written.attempts.days_between = value), 1, 60),
      number("Days after which it is dropped", "attempts.expires_after", written.attempts.expires_after, (value) => (written.attempts.expires_after = value), 0, 120),
      h("h2", {}, "How many do it"), h("p", { className: "soft" }, "Mothers of the nation, by quintile of deprivation, 1 the most deprived; those with harder circumstances do it less often. Most of these numbers are assumptions, and decide what the pathway comes to."), shares,
      h("h2", {}, "What is asked"), boxes("The supporter asks for", choices.items, written.asks, (value) => (written.asks = value)),
      h("h2", {}, "What is offered next"), boxes("Pathways that are offered at a contact", choices.pathways.filter(({ value }) => value !== name), written.offers.map(({ pathway }) => pathway),
        (value) => (written.offers = value.map((pathway) => written.offers.find((each) => each.pathway === pathway) ?? { pathway }))));
    drawShares();
  }

  /** The days in words, with numbers of the runs. */
  function read(service) {
    const { title, row, days, known, shares: passed } = told.reading;
    const said = passed.map(({ text }) => text).filter(Boolean);
    fill(reading, h("h2", {}, `What “${title}” will do`), h("table", { className: "days" }, h("caption", { className: "hidden" }, "Day by day"), h("tbody", {}, days.map(({ when, what }) => h("tr", {}, h("th", { scope: "row" }, when), h("td", {}, what))))),
      h("h3", {}, "How many do it"), said.length ? h("ul", {}, said.map((text) => h("li", {}, withRows(text)))) : h("p", {}, "All mothers, by assumption."),
      h("h3", {}, "What it needs to know"), known.length ? h("ul", {}, known.map((text) => h("li", {}, text))) : h("p", {}, "Nothing."),
      h("h3", {}, "Whom it assumes"), assumes,
      h("h3", {}, "In a year"), h("div", { id: "a-year" }, inAYear(row)));
    assume(service);
  }

  /** Whom it assumes, as soon as the server has counted; until then what was counted before. */
  async function assume(service) {
    const own = (counting += 1);
    if (assumes.of !== name) fill(assumes, h("p", { className: "soft" }, "Counting …"));
    assumes.of = name;
    try {
      const answer = await page.source.json("context", [service], { name });
      if (own === counting) fill(assumes, whomItAssumes(answer));
    } catch (error) {
      if (own === counting) fill(assumes, h("p", { className: "soft" }, error.message));
    }
  }

  /** How many mothers a year it opens for, is tried with and supports, and why not more. */
  function inAYear(row) {
    const measures = page.measures();
    if (row === null) return h("p", {}, "It is switched off.");
    if (!measures || measures.about.pathways[row]?.name !== name) return h("p", { className: "soft" }, "Running …");
    const { mothers, lost } = measures.pathway(name);
    const births = (group) => measures.mean((tally) => tally.count("births", group)) / measures.about.years;
    const commonest = lost.slice(0, 5).map(({ why, mothers: number }) => `${why} (${count(number)} a year)`);
    return [
      h("p", {}, `It opens for ${count(mothers("eligible"))} mothers, a first move is made to ${count(mothers("chosen"))}, ${count(mothers("connected"))} are in contact and ${count(mothers("supported"))} supported: ${ofHundred(mothers("supported", 0) / births(0))} of 100 births in quintile 1, ${ofHundred(mothers("supported", 4) / births(4))} in quintile 5. (Mean of ${measures.runs} runs.)`),
      commonest.length ? h("p", {}, `Most often it comes to nothing because: ${commonest.join("; ")}.`) : "",
    ];
  }

  function show() {
    if (key !== page.state.b.key) {
      clearTimeout(waiting); // what was typed belongs to the service as it was
      turn += 1;
      key = page.state.b.key;
      waiting = setTimeout(() => open(), told ? PAUSE : 0);
    } else if (told && document.getElementById("a-year")) fill(document.getElementById("a-year"), inAYear(told.reading.row));
  }
  return { element, show };
}
