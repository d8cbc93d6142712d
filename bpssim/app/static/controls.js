// Controls of a service: each says its unit, what it rests on, and whether it was changed, and can be taken back.
import { byId, count, fill, h } from "./dom.js";

let numbered = 0;

/**
 * A control.
 * @param control as bpssim/app/controls makes it
 * @param {() => Service} now the service as it stands
 * @param {(changes, done: boolean) => void} change called while the control moves, and when it is let go
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

/** The option that is in force: the last whose changes are all made, else the one without changes. */
function optionNow({ options }, service) {
  const made = options.findLastIndex(({ changes }) => Object.keys(changes).length && service.has(changes));
  return made >= 0 ? made : options.findIndex(({ changes }) => !Object.keys(changes).length);
}

function value(control, service) {
  const own = service.set[control.path];
  return own === undefined ? control.value : own;
}

/** Source and unit, and a button that takes the change back. */
function said(control, now, change) {
  const back = h("button", { type: "button", className: "back", onclick: () => change(takenBack(control), true) }, "Take back");
  const note = h("small", { className: "note" }, control.note ?? "", control.source ? h("span", { className: "source" }, control.source) : "");
  const element = h("div", { className: "said" }, note, back);
  element.refresh = () => {
    const changed = pathsOf(control).some((path) => now().set[path] !== undefined);
    back.hidden = !changed;
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
      h("input", { type: "radio", name, value: String(k), onchange: () => change({ ...takenBack(control), ...changes }, true) }),
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
    oninput: () => { output.textContent = shown(input.valueAsNumber); write(input.valueAsNumber, false); },
    onchange: () => write(input.valueAsNumber, true) });
  const element = h("div", {}, h("label", { htmlFor: id, className: "named" }, h("span", {}, control.title), output), input);
  element.show = () => {
    if (document.activeElement !== input || input.valueAsNumber !== read()) input.value = read();
    output.textContent = shown(read());
    input.setAttribute("aria-valuetext", output.textContent);
  };
  return element;
}

function steps(control, now, change) {
  const write = (k, done) => change({ ...takenBack(control), ...control.options[k].changes }, done);
  const element = slider(control, { low: 0, high: control.options.length - 1, step: 1 }, (k) => control.options[k].title, () => optionNow(control, now()), write);
  return withSaid(element, control, now, change, element.show);
}

function number(control, now, change) {
  const { low, high, unit } = control;
  const write = (given, done) => change({ [control.path]: given === control.value ? undefined : given }, done);
  if (!control.optional && high !== undefined && high !== null && high - low <= 20000 && typeof control.value === "number") {
    const [least, most] = sliderRange(control);
    const step = control.step !== "any" ? control.step : (most - least) / 100;
    const element = slider(control, { low: least, high: most, step }, (shown) => `${plain(shown)}${unit ? ` ${unit}` : ""}`, () => value(control, now()), write);
    return withSaid(element, control, now, change, element.show);
  }
  return field(control, now, change, "number", (text) => (text === "" ? (control.optional ? null : undefined) : Number(text)));
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

function field(control, now, change, type, read) {
  const id = `control-${(numbered += 1)}`;
  const input = h("input", { type, id, step: "any", onchange: () => {
    const given = read(input.value);
    change({ [control.path]: given === undefined || given === control.value ? undefined : given }, true);
  } });
  const title = control.unit ? `${control.title} (${control.unit})` : control.title;
  const element = h("div", {}, h("label", { htmlFor: id }, title), input);
  return withSaid(element, control, now, change, () => {
    const shown = value(control, now());
    input.value = shown === null || shown === undefined ? "" : Array.isArray(shown) ? shown.join(", ") : shown;
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
    if (control.path) change({ [control.path]: input.checked === control.value ? undefined : input.checked }, true);
    else change(input.checked ? control.changes : takenBack(control), true);
  } });
  const element = h("div", {}, h("label", { className: "choice" }, input, h("span", {}, control.title)));
  return withSaid(element, control, now, change, () => (input.checked = Boolean(isOn())));
}

function choice(control, now, change) {
  const id = `control-${(numbered += 1)}`;
  const select = h("select", { id, onchange: () => {
    const chosen = control.choices[select.selectedIndex - (control.optional ? 1 : 0)]?.value ?? null;
    change({ [control.path]: chosen === control.value ? undefined : chosen }, true);
  } }, control.optional ? h("option", {}, "none") : "", control.choices.map(({ title }) => h("option", {}, title)));
  const element = h("div", {}, h("label", { htmlFor: id }, control.title), select);
  return withSaid(element, control, now, change, () => {
    const at = control.choices.findIndex((each) => each.value === value(control, now()));
    select.selectedIndex = at + (control.optional ? 1 : 0);
  });
}

function many(control, now, change) {
  const boxes = control.choices.map((each) => h("input", { type: "checkbox", onchange: () => {
    const chosen = control.choices.filter((_, k) => boxes[k].checked).map((one) => one.value);
    change({ [control.path]: JSON.stringify(chosen) === JSON.stringify(control.value) ? undefined : chosen }, true);
  } }));
  const labels = control.choices.map(({ title }, k) => h("label", { className: "word" }, boxes[k], h("span", {}, title)));
  const element = h("fieldset", {}, h("legend", {}, control.title), h("div", { className: "words" }, labels));
  return withSaid(element, control, now, change, () => {
    const chosen = value(control, now()) ?? [];
    control.choices.forEach((each, k) => (boxes[k].checked = chosen.includes(each.value)));
  });
}

function quintiles(control, now, change) {
  const each = (shown) => (Array.isArray(shown) ? shown : Array(5).fill(shown));
  const inputs = [1, 2, 3, 4, 5].map((q) => h("input", { type: "number", min: 0, max: 1, step: 0.01, "aria-label": `${control.title}, quintile ${q}`,
    onchange: () => change({ [control.path]: inputs.map((input) => Number(input.value)) }, true) }));
  const element = h("fieldset", { className: "quintiles" }, h("legend", {}, control.title), h("div", {}, inputs.map((input, k) => h("label", {}, `Q${k + 1}`, input))));
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

/** One list of all that is changed, each to be taken back. */
export function changesList(service, titles, change) {
  const entries = Object.entries(service.set);
  const shown = (given) => (typeof given === "object" && given !== null ? (Array.isArray(given) ? given.map((each) => (typeof each === "object" ? "…" : each)).join(", ") : "new") : String(given).replaceAll("_", " "));
  return fill(byId("changes"), ...(entries.length
    ? entries.map(([path, given]) => h("li", {}, h("span", {}, titles.get(path) ?? path.replaceAll("_", " ").replaceAll(".", " › ")), ": ", h("b", {}, shown(given)), " ",
        h("button", { type: "button", className: "back", "aria-label": `Take back ${path}`, onclick: () => change({ [path]: undefined }, true) }, "Take back")))
    : [h("li", { className: "soft" }, "Nothing is changed.")]));
}
