// Guesses of a class: each page sends its own, and sees those of all.
import { h } from "./dom.js";

const LOOK_AGAIN = 2000; // milliseconds between questions to the server

/** What this reader has to do with the guesses of the class; a page without a server has none. */
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
    this.word = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(""); // in memory only
    this.sent = new Set(); // questions at which the class has a guess of this page
    this.forget = h("button", { type: "button", onclick: () => this.clear() }, "Forget the guesses");
    this.element = h("div", { className: "class" }, this.forget);
    this.refresh();
  }

  get there() {
    return Boolean(this.page.source.classroom);
  }

  get teacher() {
    return this.page.teacher;
  }

  refresh() {
    this.element.hidden = !this.there || !this.teacher || !this.question();
  }

  /** Ask what is new, again and again while somebody looks. */
  watch() {
    if (!this.there || this.timer) return;
    const look = async () => {
      if (!this.seen()) {
        this.timer = undefined;
        return;
      }
      if (document.visibilityState === "visible" && this.question()) await this.look();
      this.timer = setTimeout(look, LOOK_AGAIN);
    };
    this.timer = setTimeout(look, 0);
  }

  async look() {
    try {
      const question = this.question();
      this.hear(await this.page.source.classroom(question), question);
    } catch {
      // the server is away; it is asked again
    }
  }

  hear({ guesses }, question) {
    if (guesses === undefined || question !== this.question()) return;
    if (!guesses.length) this.sent.delete(question);
    this.guesses = guesses;
    this.refresh();
    this.changed();
  }

  /** Send a guess; it takes the place of an earlier one of this page. */
  async guess(value) {
    const question = this.question();
    if (!this.there || this.teacher) return;
    const answer = await tell(this.page, { question, guess: value, word: this.word });
    if (answer.guesses) this.sent.add(question);
    this.hear(answer, question);
  }

  async clear() {
    const question = this.question();
    this.hear(await tell(this.page, { teacher: this.teacher, clear: question, question }), question);
  }
}

/** Tell the class something, and the reader if that is not possible. */
export async function tell(page, said) {
  try {
    const answer = await page.source.tell(said);
    if (answer.mistakes) page.say(answer.mistakes.map(({ text }) => text).join(" "));
    return answer;
  } catch {
    page.say("The class could not be told: the server does not answer.");
    return {};
  }
}
