// A class: what is guessed together, and a teacher whom others may follow.
import { h } from "./dom.js";
import { writeLink } from "./state.js";

const LOOK_AGAIN = 2000; // milliseconds between questions to the server

/** What this reader has to do with the class; a page without a server has none. */
export class ClassroomSide {
  /**
   * @param page the page
   * @param {() => string} question name of the question that is shown, or empty
   * @param {() => boolean} seen whether anybody looks
   * @param {() => void} changed called when there is something new
   */
  constructor(page, question, seen, changed) {
    Object.assign(this, { page, question, seen, changed });
    this.guesses = [];
    this.place = "";
    this.told = new Set();
    this.follow = check("Follow the teacher", () => this.goAlong());
    this.lead = check("Lead the class", () => this.tellPlace());
    this.forget = h("button", { type: "button", onclick: () => this.clear() }, "Forget the guesses");
    this.element = h("div", { className: "class" }, this.follow.element, this.lead.element, this.forget);
    this.refresh();
  }

  get there() {
    return Boolean(this.page.source.classroom);
  }

  get teacher() {
    return this.page.teacher;
  }

  refresh() {
    this.element.hidden = !this.there;
    this.follow.element.hidden = Boolean(this.teacher) || !(this.place || this.follow.box.checked);
    this.lead.element.hidden = !this.teacher;
    this.forget.hidden = !this.teacher || !this.question();
  }

  /** Ask what is new, again and again while somebody looks. */
  watch() {
    if (!this.there || this.timer) return;
    const look = async () => {
      if (!this.seen()) {
        this.timer = undefined;
        return;
      }
      if (document.visibilityState === "visible") await this.look();
      this.timer = setTimeout(look, LOOK_AGAIN);
    };
    this.timer = setTimeout(look, 0);
  }

  async look() {
    try {
      this.hear(await this.page.source.classroom(this.question()), this.question());
    } catch {
      // the server is away; it is asked again
    }
  }

  hear({ place, guesses }, question) {
    if (place === undefined || question !== this.question()) return;
    if (!guesses.length) this.told.delete(question);
    this.guesses = guesses;
    if (place !== this.place) {
      this.place = place;
      this.goAlong();
    }
    this.refresh();
    this.changed();
  }

  goAlong() {
    if (this.follow.box.checked && this.place && this.place !== placeOf(this.page)) this.page.follow(this.place);
  }

  /** Send a guess, once. */
  async guess(value) {
    const question = this.question();
    if (!this.there || this.teacher || this.told.has(question)) return;
    this.told.add(question);
    await this.tell({ question, guess: value });
  }

  async clear() {
    const question = this.question();
    this.hear(await this.tell({ teacher: this.teacher, clear: question, question }), question);
  }

  /** Tell those who follow where the teacher is. */
  tellPlace() {
    if (!this.teacher) return;
    const place = this.lead.box.checked ? placeOf(this.page) : "";
    if (place === this.said) return;
    this.said = place;
    this.tell({ teacher: this.teacher, place });
  }

  async tell(said) {
    try {
      const answer = await this.page.source.tell(said);
      if (answer.mistakes) this.page.say(answer.mistakes.map(({ text }) => text).join(" "));
      return answer;
    } catch {
      this.page.say("The class could not be told: the server does not answer.");
      return {};
    }
  }
}

/** The link to where the page is, without the word that makes a teacher. */
function placeOf(page) {
  return writeLink(page.state);
}

function check(title, changed) {
  const box = h("input", { type: "checkbox", onchange: changed });
  return { box, element: h("label", { className: "choice" }, box, h("span", {}, title)) };
}
