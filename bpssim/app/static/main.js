// The page: its state, its runs and its views.
import { byId, fill, h } from "./dom.js";
import { changesList, controlFor, folded, groupOf } from "./controls.js";
import { Runs } from "./runs.js";
import { Service, readLink, writeLink } from "./state.js";
import { inShort, sentence } from "./explore.js";

const SETTLED = 600; // milliseconds after which a screen reader is told
const SLOW = 400; // milliseconds after which it is said that what is shown is not yet what was asked for
const MOST_RECENT = 6; // states that a drag went through, of which the last with runs is shown
const TEACHER = "bpssim teacher";

/**
 * What views see of the page, and how they change it. `views` are [id, title, maker] in the order of the menu.
 */
export class Page {
  constructor(source, makers, bar) {
    this.words = JSON.parse(byId("words").textContent);
    this.source = source;
    this.makers = makers;
    this.bar = bar?.(this);
    this.views = new Map();
    this.controls = [];
    this.recent = [];
    this.log = { inputs: [], paints: [] };
  }

  async start() {
    const module = await this.source.module();
    const count = Math.max(1, Math.min(3, (navigator.hardwareConcurrency || 2) - 1));
    const workers = Array.from({ length: count }, () => this.source.worker());
    workers.forEach((worker) => worker.postMessage({ module }));
    this.runs = new Runs(this.source, this.words, workers, (keys) => this.changed(keys));
    this.runs.failed = (text) => this.say(`The model could not run: ${text}`);
    byId("pin").onclick = () => this.go({ a: this.state.b });
    byId("unpin").onclick = () => this.go({ a: undefined });
    byId("copy").onclick = () => this.copy();
    byId("skip").onclick = (event) => { event.preventDefault(); byId("results").focus(); };
    byId("to-controls").onclick = (event) => { event.preventDefault(); byId("controls").scrollIntoView(); byId("controls").querySelector("select, input, summary").focus(); };
    fill(byId("parts"), this.makers.map(([id, title]) => h("a", { href: `#at=${id}`, id: `to-${id}`, onclick: (event) => { event.preventDefault(); this.go({ at: id, also: {} }); window.scrollTo(0, 0); } }, title)));
    for (const event of ["hashchange", "popstate"]) window.addEventListener(event, () => { if (location.hash !== this.link) this.follow(location.hash); });
    const documents = this.source.isServer ? h("a", { href: "docs/index.html", target: "_blank" }, "Documents") : "";
    fill(byId("foot"), `${this.words.foot} Start: ${this.words.start}. `, documents);
    await this.follow(location.hash);
  }

  /** The word of whoever leads a class; it is taken out of the address, which everybody sees on a projector. */
  get teacher() {
    return this.source.isServer ? sessionStorage.getItem(TEACHER) : null;
  }

  /** Take the state from a link. */
  async follow(hash) {
    try {
      const { b, a, at, also: { teacher, ...also } } = readLink(hash);
      if (teacher) sessionStorage.setItem(TEACHER, teacher);
      const known = this.makers.some(([id]) => id === at);
      await this.go({ b: b ?? new Service(this.words.start), a, at: known ? at : "explore", also });
    } catch (error) {
      if (!this.state) await this.go({ b: new Service(this.words.start), a: undefined, at: "explore", also: {} });
      this.mistaken(error);
    }
  }

  /** Go to another state; only what is named changes. Another part of the page is a step that the browser can go back. */
  async go(part, recent = []) {
    const before = this.state;
    const { b: { from } = {}, at, also } = before ?? {};
    this.state = { ...this.state, ...part };
    this.recent = recent;
    if (at && part.also?.lesson && !also.lesson) this.outside = { a: before.a, b: before.b };
    this.link = writeLink(this.state);
    const turned = at !== undefined && (at !== this.state.at || JSON.stringify(also) !== JSON.stringify(this.state.also));
    if (location.hash !== this.link) history[turned ? "pushState" : "replaceState"](null, "", this.link);
    this.bar?.went();
    this.working(!this.runs.measures(this.state.b));
    const wanted = this.want(); // runs begin while controls are made
    if (this.state.b.from !== from) await this.makeControls();
    this.refresh();
    await wanted;
  }

  /** Ask for runs of the state; while an answer is under way, only the newest state waits. */
  async want() {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    try {
      do {
        this.again = false;
        const { a, b } = this.state;
        try {
          await this.runs.want(a ? [b, a] : [b]);
          fill(byId("mistakes"));
          this.changed([b.key]);
        } catch (error) {
          this.mistaken(error);
        }
      } while (this.again);
    } finally {
      this.asking = false;
    }
  }

  change(changes) {
    const b = this.state.b.with(changes);
    this.log.inputs.push([performance.now(), b.key]);
    return this.go({ b }, [this.state.b, ...this.recent].slice(0, MOST_RECENT));
  }

  /** The service that is shown: the one that was asked for, or while it is run the last before it. */
  get shown() {
    return this.state && [this.state.b, ...this.recent].find((service) => this.runs?.measures(service));
  }

  measures() {
    return this.shown && this.runs.measures(this.shown);
  }

  before(runs) {
    return this.state.a && this.runs.measures(this.state.a, runs);
  }

  // ---- what is shown ---------------------------------------------------------------------------------------------

  /** Runs of some services are there. */
  changed(keys) {
    const { shown } = this;
    if (!shown || ![shown, this.state.a].some((each) => each && keys.includes(each.key))) return;
    const measures = this.measures();
    this.views.get(this.state.at)?.show();
    const where = this.runs.services.get(shown.key).bundle.header.on_the_server;
    byId("runs").textContent = `${measures.runs} of 20 runs`;
    byId("short").textContent = inShort(measures);
    this.settle(measures, where);
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => this.log.paints.push([performance.now(), shown.key, measures.runs]); port2.postMessage(0); });
  }

  /** Tell in words what is shown, once it has settled. */
  settle(measures, where = "") {
    if (this.shown.key === this.state.b.key) this.working(false);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const text = ["explore", "lessons"].includes(this.state.at) ? "" : sentence(measures).map((each) => each.textContent ?? each).join("");
      const limits = measures.runs < 5 ? "limits are those of the births until there are five" : "limits are over these runs";
      this.say(`${text} ${measures.runs} runs; ${limits}. ${where}`.trim());
    }, SETTLED);
  }

  /** Say that what is shown is not yet what was asked for, if that takes long. */
  working(busy) {
    clearTimeout(this.waiting);
    if (document.body.classList.contains("working")) this.say("");
    document.body.classList.remove("working");
    if (!busy) return;
    this.waiting = setTimeout(() => {
      clearTimeout(this.settling);
      document.body.classList.add("working");
      this.say("Working on the service as it is now …");
    }, SLOW);
  }

  say(text) {
    byId("status").textContent = text;
  }

  mistaken(error) {
    const mistakes = error.mistakes ?? [{ text: error.message }];
    this.working(false);
    fill(byId("mistakes"), h("p", {}, h("b", {}, "This cannot be: "), mistakes.length > 1 ? "" : mistakes[0].text), mistakes.length > 1 ? h("ul", {}, mistakes.map(({ text }) => h("li", {}, text))) : "");
    this.say("What was there before is still shown.");
  }

  refresh() {
    for (const control of this.controls) control.refresh();
    changesList(this.state.b, this.first, this.source, (changes) => this.change(changes), this.file);
    byId("unpin").hidden = !this.state.a;
    for (const [id] of this.makers) {
      const link = byId(`to-${id}`);
      if (id === this.state.at) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.showView();
  }

  showView() {
    const { at } = this.state;
    if (!this.views.has(at)) this.views.set(at, this.makers.find(([id]) => id === at)[2](this));
    const view = this.views.get(at);
    if (byId("view").firstChild !== view.element) fill(byId("view"), view.element);
    document.body.dataset.at = at;
    view.show();
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.say("The link is copied. It holds the whole state, and nothing about you.");
    } catch { // browsers let pages of this machine and encrypted ones copy, and no others
      const field = h("input", { type: "text", readOnly: true, value: location.href, "aria-label": "The link, to copy" });
      fill(byId("status"), "Copy this link: ", field);
      field.select();
    }
  }

  // ---- controls --------------------------------------------------------------------------------------------------

  async makeControls() {
    const { b } = this.state;
    const { first, sections } = await this.source.controls(b.from);
    this.first = first.flatMap(({ controls }) => controls);
    this.controls = [];
    const change = (changes) => this.change(changes);
    const now = () => this.state.b;
    const made = (control) => {
      const element = controlFor(control, now, change);
      this.controls.push(element);
      return element;
    };
    const groups = first.filter(({ controls }) => controls.length).map(({ title, controls }, k) => {
      const open = k < 4;
      return h("details", { open }, h("summary", {}, title), h("div", { className: "body" }, controls.map(made)));
    });
    const all = sections.map(({ section, title }) => folded(title, async (body) => {
      const group = await this.source.inputs(this.state.b, section);
      fill(body, ...(section === "pathways" ? this.eachPathway(group) : groupOf(group, now, change, this.controls)));
    }));
    fill(byId("start"), this.startFrom());
    fill(byId("controls"), ...groups, all.length ? h("h2", {}, "All inputs") : "", ...all);
  }

  startFrom() {
    if (!this.words.ready.length) return "";
    const select = h("select", { id: "from", onchange: () => this.go({ b: new Service(select.value) }) },
      this.words.ready.map(({ name }) => h("option", { value: name, selected: name === this.state.b.from }, name)));
    const about = this.words.ready.find(({ name }) => name === this.state.b.from);
    return h("div", { className: "control" }, h("label", { htmlFor: "from" }, h("b", {}, "Start from")), select, h("small", { className: "note" }, about?.question ?? ""));
  }

  eachPathway(group) {
    return group.groups.map(({ path, title }) => folded(title, async (body) => {
      const inner = await this.source.inputs(this.state.b, path);
      fill(body, ...groupOf(inner, () => this.state.b, (changes) => this.change(changes), this.controls));
    }));
  }
}

/** Open a page, and say so where it cannot run; `bar` makes the bar of a class. */
export function openPage(source, makers, bar) {
  const page = new Page(source, makers, bar);
  window.bpssim = page; // for tests, and for the curious
  page.start().catch((error) => {
    const off = "WebAssembly is switched off in this browser (as in Lockdown Mode), and the model cannot run without it.";
    fill(byId("mistakes"), h("p", {}, typeof WebAssembly === "undefined" ? off : `The model could not start here: ${error.message}`));
    page.say("");
  });
}
