// The bar of a class, on every part of the page of a server: a teacher leads, and others may follow.
import { tell } from "./classroom.js";
import { byId, fill, h } from "./dom.js";
import { writeLink } from "./state.js";

const LOOK_FOR_PLACE = 3000; // milliseconds between questions where the teacher is
const BETWEEN_PLACES = 500; // milliseconds between places that are told
const LEADING = "bpssim leads";

/** What this reader has to do with the class; whoever has the teacher's word leads, and others follow if they like. */
export class ClassBar {
  constructor(page) {
    Object.assign(this, { page, place: "", said: "" });
    this.follow = check("Follow the teacher", () => { this.goAlong(); page.showView(); });
    this.lead = check("Lead the class", () => this.leadOrNot());
    this.lead.box.checked = sessionStorage.getItem(LEADING) !== null;
    this.text = h("span");
    fill(byId("class"), this.text, this.follow.element, this.lead.element);
    document.addEventListener("visibilitychange", () => this.look());
    setInterval(() => this.look(), LOOK_FOR_PLACE);
    this.look();
  }

  /** Whether this page goes where the teacher is. */
  get follows() {
    return !this.page.teacher && this.follow.box.checked && this.place !== "";
  }

  refresh() {
    const { teacher } = this.page;
    const led = this.place !== "";
    byId("class").hidden = !teacher && !led && !this.follow.box.checked;
    this.follow.element.hidden = Boolean(teacher);
    this.lead.element.hidden = !teacher;
    const text = teacher ? `Others open ${location.origin}` : led ? "A class is being led" : "Nobody leads the class now";
    if (this.text.textContent !== text) this.text.textContent = text;
  }

  /** The page has gone somewhere, or its service has changed. */
  went() {
    this.refresh();
    if (this.page.teacher) this.tellPlace();
  }

  leadOrNot() {
    if (this.lead.box.checked) sessionStorage.setItem(LEADING, "yes");
    else sessionStorage.removeItem(LEADING);
    this.tellPlace();
  }

  /** Tell those who follow where the teacher is: one place after another, the last one always. */
  async tellPlace() {
    this.due = true;
    if (this.telling) return;
    this.telling = true;
    while (this.due) {
      this.due = false;
      const place = this.lead.box.checked ? writeLink(this.page.state) : "";
      if (place === this.said) continue;
      this.said = place;
      await tell(this.page, { teacher: this.page.teacher, place });
      await new Promise((on) => { setTimeout(on, BETWEEN_PLACES); });
    }
    this.telling = false;
  }

  async look() {
    if (this.page.teacher || document.visibilityState !== "visible") return;
    try {
      const { place } = await this.page.source.classroom("");
      if (place === undefined || place === this.place) return;
      const followed = this.follows;
      this.place = place;
      this.refresh();
      this.goAlong();
      if (followed !== this.follows) this.page.showView();
    } catch {
      // the server is away; it is asked again
    }
  }

  goAlong() {
    if (this.follows && this.place !== writeLink(this.page.state)) this.page.follow(this.place);
  }
}

function check(title, changed) {
  const box = h("input", { type: "checkbox", onchange: changed });
  return { box, element: h("label", { className: "choice" }, box, h("span", {}, title)) };
}
