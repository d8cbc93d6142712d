// Controls of a service: each says its unit, what it rests on, and whether it was changed, and can be taken back.
import { byId, count, fill, h } from "./dom.js";
import { withRows } from "./rows.js";

let numbered = 0;

/**
 * A control.
 * @param control as bpssim/app/controls makes it
 * @param {() => Service} now the service as it stands
 * @param {(changes) => void} change called while the control moves
 * @returns an element with a method `refresh`, which shows the service as it stands
 */
export function controlFor(control, now, change) {
  const kinds = { options, steps, change: onOff, switch: onOff, number, quintiles, choice, many, numbers, text };
  const made = kinds[control.kind](control, now, change);
  made.classList.add("control");
  return made;
}

/** Paths that a control may change. */
function pathsOf({ path, options, changes }) {
  if (path) return [path];
  return [...new Set((options ?? [{ changes }]).flatMap((option) => Object.keys(option.changes)))];
}

/** Changes that take back everything that a control may have changed. */
function takenBack(control) {
  return Object.fromEntries(pathsOf(control).map((path) => [path, undefined]));
}

/** The last option whose changes are all made, or -1. */
function optionMade({ options }, service) {
  return options.findLastIndex(({ changes }) => Object.keys(changes).length && service.has(changes));
}

/** The option that is in force, else the one without changes; -1 if some of what the options change is otherwise. */
function optionNow(control, service) {
  const made = optionMade(control, service);
  if (made >= 0 || pathsOf(control).some((path) => service.set[path] !== undefined)) return made;
  return control.options.findIndex(({ changes }) => !Object.keys(changes).length);
}

/** What of a service a control has made: its places and a value in words; undefined if nothing. */
function madeBy(control, service) {
  if (control.kind === "options" || control.kind === "steps") {
    const made = control.options[optionMade(control, service)];
    return made && { paths: Object.keys(made.changes), shown: made.title };
  }
  if (!control.path) return service.has(control.changes) ? { paths: Object.keys(control.changes), shown: "yes" } : undefined;
  const given = service.set[control.path];
  return given === undefined ? undefined : { paths: [control.path], shown: inWords(given, control) };
}

/** A value as it is without a change of its own: that of a part which is changed as a whole, or of the scenario. */
function before(control, service) {
  if (service.set[control.unless]) return null;
  const parts = control.path.split(".");
  for (let length = parts.length - 1; length > 0; length--) {
    const found = parts.slice(length).reduce((part, name) => part?.[name], service.set[parts.slice(0, length).join(".")]);
    if (found !== undefined) return found;
  }
  return control.value;
}

function value(control, service) {
  const own = service.set[control.path];
  return own === undefined ? before(control, service) : own;
}

/** A change of a single input, taken back where it changes nothing, with what must go with it. */
function changeOf(control, service, given) {
  const others = Object.fromEntries((control.with ?? []).map((path) => [path, undefined]));
  return { ...others, [control.path]: given === before(control, service) ? undefined : given };
}

/** A value in words. */
function inWords(given, { choices, nothing, percent, unit } = {}) {
  if (given === null || given === "") return nothing ?? "none";
  if (typeof given === "boolean") return given ? "yes" : "no";
  if (typeof given === "number") return `${upToThree(percent ? 100 * given : given)}${unit ? ` ${unit}` : ""}`;
  if (Array.isArray(given)) return given.map((each) => inWords(each)).join(", ") || "none";
  if (typeof given === "object") return Object.entries(given).map(([name, each]) => `${name.replaceAll("_", " ")} ${inWords(each)}`).join(", ") || "none";
  return choices?.find((each) => each.value === given)?.title ?? given.replaceAll("_", " ");
}

function upToThree(number) {
  return number.toLocaleString("en-GB", { maximumFractionDigits: 3 });
}

/** Source and unit, and a button that takes the change back. */
function said(control, now, change) {
  const back = h("button", { type: "button", className: "back", onclick: () => change(takenBack(control)) }, "Take back");
  const note = h("small", { className: "note" }, withRows(control.note ?? ""), control.source ? h("span", { className: "source" }, withRows(control.source)) : "");
  const element = h("div", { className: "said" }, note, back);
  element.refresh = () => {
    const paths = pathsOf(control);
    back.hidden = !madeBy(control, now()) && !(paths.length === 1 && now().set[paths[0]] !== undefined);
    back.setAttribute("aria-label", `Take back: ${control.title}`);
  };
  return element;
}

function withSaid(element, control, now, change, refresh) {
  const below = said(control, now, change);
  element.append(below);
  element.refresh = () => {
    refresh();
    below.refresh();
  };
  element.refresh();
  return element;
}

function options(control, now, change) {
  const name = `option-${(numbered += 1)}`;
  const radios = control.options.map(({ title, note, changes }, k) =>
    h("label", { className: "choice" },
      h("input", { type: "radio", name, value: String(k), onchange: () => change({ ...takenBack(control), ...changes }) }),
      h("span", {}, title),
      note ? h("small", {}, note) : ""));
  const element = h("fieldset", {}, h("legend", { className: "hidden" }, control.title), radios);
  return withSaid(element, control, now, change, () => {
    const at = optionNow(control, now());
    radios.forEach((radio, k) => (radio.firstChild.checked = k === at));
  });
}

function slider(control, { low, high, step }, shown, read, write) {
  const id = `control-${(numbered += 1)}`;
  const output = h("output", { htmlFor: id });
  const input = h("input", { type: "range", id, min: low, max: high, step,
    oninput: () => { output.textContent = shown(input.valueAsNumber); write(input.valueAsNumber); } });
  const element = h("div", {}, h("label", { htmlFor: id, className: "named" }, h("span", {}, withRows(control.title)), output), input);
  element.show = () => {
    const { at, text } = read();
    if (document.activeElement !== input || input.valueAsNumber !== at) input.value = at;
    output.textContent = text ?? shown(at);
    input.setAttribute("aria-valuetext", output.textContent);
  };
  return element;
}

function steps(control, now, change) {
  const write = (k) => change({ ...takenBack(control), ...control.options[k].changes });
  const unchanged = control.options.findIndex(({ changes }) => !Object.keys(changes).length);
  const read = () => {
    const at = optionNow(control, now());
    return at < 0 ? { at: unchanged, text: "partly changed above" } : { at };
  };
  const element = slider(control, { low: 0, high: control.options.length - 1, step: 1 }, (k) => control.options[k].title, read, write);
  return withSaid(element, control, now, change, element.show);
}

function number(control, now, change) {
  const { low, high, unit } = control;
  const write = (given) => change(changeOf(control, now(), given));
  if (!control.optional && high !== undefined && high !== null && high - low <= 20000 && typeof control.value === "number") {
    const [least, most] = sliderRange(control);
    const step = control.step !== "any" ? control.step : (most - least) / 100;
    const read = () => {
      const at = value(control, now());
      return at === null ? { at: control.value, text: control.nothing ?? "none" } : { at };
    };
    const element = slider(control, { low: least, high: most, step }, (shown) => `${plain(shown)}${unit ? ` ${unit}` : ""}`, read, write);
    return withSaid(element, control, now, change, element.show);
  }
  const scale = control.percent ? 100 : 1;
  const given = (text) => (text === "" ? (control.optional ? null : undefined) : Number((Number(text) / scale).toPrecision(12)));
  return field(control, now, change, "number", given, scale);
}

/** The plausible range of a number, widened to hold its value; else what is allowed. */
function sliderRange({ low, high, plausible, value: now, whole }) {
  const [least, most] = plausible && !Array.isArray(now) ? [Math.min(plausible[0], now), Math.max(plausible[1], now)] : [low, Math.min(high, Math.max(4 * now, 10))];
  const all = high - low <= 1 || plausible === undefined ? [low, high - low <= 1 ? high : most] : [least, most];
  return whole ? all.map(Math.round) : all;
}

function plain(shown) {
  return count(shown, Number.isInteger(shown) ? 0 : Math.abs(shown) < 10 ? 2 : 1);
}

function field(control, now, change, type, read, scale = 1) {
  const id = `control-${(numbered += 1)}`;
  const limits = control.percent ? { min: scale * control.low, max: scale * control.high } : {};
  const input = h("input", { type, id, step: "any", placeholder: control.nothing ?? "", ...limits, onchange: () => change(changeOf(control, now(), read(input.value))) });
  const title = control.unit ? `${control.title} (${control.unit})` : control.title;
  const element = h("div", {}, h("label", { htmlFor: id }, withRows(title)), input);
  return withSaid(element, control, now, change, () => {
    const shown = value(control, now());
    if (shown === null || shown === undefined) input.value = "";
    else input.value = Array.isArray(shown) ? shown.join(", ") : typeof shown === "number" ? Number((scale * shown).toPrecision(12)) : shown;
  });
}

function text(control, now, change) {
  return field(control, now, change, "text", (given) => (given === "" && control.optional ? null : given));
}

function numbers(control, now, change) {
  return field(control, now, change, "text", (given) => given.split(",").map((each) => each.trim()).filter(Boolean).map(Number));
}

function onOff(control, now, change) {
  const isOn = () => (control.path ? value(control, now()) : now().has(control.changes));
  const input = h("input", { type: "checkbox", onchange: () => {
    if (control.path) change(changeOf(control, now(), input.checked));
    else change(input.checked ? control.changes : takenBack(control));
  } });
  const element = h("div", {}, h("label", { className: "choice" }, input, h("span", {}, withRows(control.title))));
  return withSaid(element, control, now, change, () => (input.checked = Boolean(isOn())));
}

function choice(control, now, change) {
  const id = `control-${(numbered += 1)}`;
  const select = h("select", { id, onchange: () => {
    const chosen = control.choices[select.selectedIndex - (control.optional ? 1 : 0)]?.value ?? null;
    change(changeOf(control, now(), chosen));
  } }, control.optional ? h("option", {}, "none") : "", control.choices.map(({ title }) => h("option", {}, title)));
  const element = h("div", {}, h("label", { htmlFor: id }, withRows(control.title)), select);
  return withSaid(element, control, now, change, () => {
    const at = control.choices.findIndex((each) => each.value === value(control, now()));
    select.selectedIndex = at + (control.optional ? 1 : 0);
  });
}

function many(control, now, change) {
  const boxes = control.choices.map((each) => h("input", { type: "checkbox", onchange: () => {
    const chosen = control.choices.filter((_, k) => boxes[k].checked).map((one) => one.value);
    change({ [control.path]: JSON.stringify(chosen) === JSON.stringify(control.value) ? undefined : chosen });
  } }));
  const labels = control.choices.map(({ title }, k) => h("label", { className: "word" }, boxes[k], h("span", {}, title)));
  const element = h("fieldset", {}, h("legend", {}, withRows(control.title)), h("div", { className: "words" }, labels));
  return withSaid(element, control, now, change, () => {
    const chosen = value(control, now()) ?? [];
    control.choices.forEach((each, k) => (boxes[k].checked = chosen.includes(each.value)));
  });
}

function quintiles(control, now, change) {
  const each = (shown) => (Array.isArray(shown) ? shown : Array(5).fill(shown));
  const inputs = [1, 2, 3, 4, 5].map((q) => h("input", { type: "number", min: 0, max: 1, step: 0.01, "aria-label": `${control.title}, quintile ${q}`,
    onchange: () => (inputs.every((input) => input.value !== "") ? change({ [control.path]: inputs.map((input) => Number(input.value)) }) : element.refresh()) }));
  const element = h("fieldset", { className: "quintiles" }, h("legend", {}, withRows(control.title)), h("div", {}, inputs.map((input, k) => h("label", {}, `Q${k + 1}`, input))));
  return withSaid(element, control, now, change, () => each(value(control, now())).forEach((shown, k) => (inputs[k].value = shown)));
}

/** All controls of a group and of the groups within it, which open when they are looked at. */
export function groupOf(group, now, change, made) {
  const controls = group.controls.map((control) => controlFor(control, now, change));
  made.push(...controls);
  const groups = group.groups.map((inner) => folded(inner.title, (body) => fill(body, ...groupOf(inner, now, change, made))));
  return [...controls, ...groups];
}

/** A part that is made when it is opened first. */
export function folded(title, make) {
  const body = h("div", { className: "body" });
  let there = false;
  return h("details", { ontoggle: ({ target }) => {
    if (target.open && !there) {
      there = true;
      make(body);
    }
  } }, h("summary", {}, title), body);
}

const inputTitles = new Map(); // of inputs and groups, by ready scenario and place, as far as they were asked for
const askedTitles = new Set();

/**
 * One list of all that is changed, each to be taken back: a line for each control that is in force, and for each further place.
 * @param controls first controls of the ready scenario; undefined if they are not known yet
 * @param source which knows the titles of inputs
 * @param file name of a file that was read, and the key of the service that it made
 */
export function changesList(service, controls, source, change, file) {
  const lines = changeLines(service, controls ?? []);
  if (controls) askTitles(service, lines.filter(({ title }) => !title), source).then((came) => came && byId("changes").of === service.key && changesList(service, controls, source, change, file));
  byId("changes").of = service.key;
  return fill(byId("changes"), file?.key === service.key ? h("li", { className: "soft" }, `Read from ${file.name}.`) : "", ...(lines.length
    ? lines.map(({ title, shown, paths }) => {
      const named = title ?? titleOf(service, paths[0]);
      const back = () => change(Object.fromEntries(paths.map((path) => [path, undefined])));
      return h("li", {}, h("span", {}, named), ": ", h("b", {}, shown), " ", h("button", { type: "button", className: "back", "aria-label": `Take back: ${named}`, onclick: back }, "Take back"));
    })
    : [h("li", { className: "soft" }, "Nothing is changed.")]));
}

/** Lines of the list: a control that changes more goes before one that changes only a part of the same. */
function changeLines(service, controls) {
  const claimed = new Set();
  const made = controls.map((control) => ({ title: control.title, ...madeBy(control, service) })).filter(({ paths }) => paths);
  const kept = new Set([...made].sort((one, other) => other.paths.length - one.paths.length).filter(({ paths }) => {
    const own = paths.filter((path) => !claimed.has(path));
    own.forEach((path) => claimed.add(path));
    return own.length;
  }));
  const others = Object.keys(service.set).filter((path) => !claimed.has(path)).map((path) => ({ paths: [path], ...changeLine(path, service.set[path], controls) }));
  return [...made.filter((each) => kept.has(each)), ...others];
}

/** The line of a single place; without a title where that must be asked for. */
function changeLine(path, given, controls) {
  const [, pathway] = path.match(/^pathways\.(\w+)$/) ?? [];
  if (!pathway || typeof given !== "object" || given === null) return { shown: cut(inWords(given)) };
  const known = controls.find((control) => control.path === `${path}.active`);
  return { title: known?.title ?? (given.title || pathway.replaceAll("_", " ")), shown: known ? "changed" : "a new pathway" };
}

function cut(text) {
  return text.length > 80 ? `${text.slice(0, 80)} …` : text;
}

/** The title of a place: that of its input, or of the nearest group with what is below it. */
function titleOf({ from }, path) {
  const parts = path.split(".");
  for (let length = parts.length; length > 0; length--) {
    const found = inputTitles.get(`${from} ${parts.slice(0, length).join(".")}`);
    if (found) return [found, ...parts.slice(length).map((part) => part.replaceAll("_", " "))].join(" › ");
  }
  const words = path.replaceAll("_", " ").replaceAll(".", " › ");
  return `${words[0].toUpperCase()}${words.slice(1)}`;
}

/** Ask for the titles of the parts that lines are about; whether any came. */
async function askTitles(service, lines, source) {
  const parts = new Set(lines.map(({ paths: [path] }) => path.split(".").slice(0, path.startsWith("pathways.") ? 2 : 1).join(".")));
  const wanted = [...parts].filter((part) => !askedTitles.has(`${service.from} ${part}`));
  wanted.forEach((part) => askedTitles.add(`${service.from} ${part}`));
  const came = await Promise.all(wanted.map(async (part) => {
    try {
      const group = await source.inputs(service, part);
      keepTitles(service.from, group, part.includes(".") ? [group.title] : []);
      return true;
    } catch { // a saved page has none, and a part may be new
      return false;
    }
  }));
  return came.some(Boolean);
}

function keepTitles(from, group, above) {
  if (above.length) inputTitles.set(`${from} ${group.path}`, above.slice(-2).join(" › "));
  for (const { path, title } of group.controls) inputTitles.set(`${from} ${path}`, [...above.slice(-2), title].join(" › "));
  for (const inner of group.groups) keepTitles(from, inner, [...above, inner.title]);
}
