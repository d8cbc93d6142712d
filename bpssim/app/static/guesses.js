// A scale from 0 to 100 with guesses, and the answer of the runs once it is wanted.
import { count, fill, h, ofHundred } from "./dom.js";
import { FINE } from "./quantities.js";

const FEWEST_FOR_RANGE = 4; // guesses; of fewer, a range tells who made them
const MOST_IN_A_PILE = 8; // dots above each other; more stand behind the topmost

/** Guesses of a class as dots, one's own as a mark, and the answer with its limits; a sentence says the same. */
export class GuessScale {
  constructor() {
    this.dots = h("div", { className: "piles" });
    this.marks = h("div", { className: "answer" });
    this.class = h("p", { className: "soft" });
    const ends = h("div", { className: "scale" }, [0, 25, 50, 75, 100].map((mark) => h("span", {}, count(mark))));
    this.drawing = h("div", { className: "guesses", "aria-hidden": "true" }, this.dots, this.marks, ends);
    this.element = h("div", {}, this.drawing, this.class);
  }

  /**
   * @param {number[]} guesses of the class, in order
   * @param {number | undefined} own guess
   * @param answer {mean, lower, upper}, or undefined before it is wanted
   * @param {boolean} counted whether it is said that there are none
   */
  show(guesses, own, answer, counted) {
    const piles = new Map();
    fill(this.dots, guesses.map((guess) => {
      const place = Math.round(guess / 2);
      const height = piles.get(place) ?? 0;
      piles.set(place, height + 1);
      const dot = h("i");
      dot.style.left = `${2 * place}%`;
      dot.style.bottom = `${0.7 * Math.min(height, MOST_IN_A_PILE - 1)}rem`;
      return dot;
    }));
    this.dots.hidden = !guesses.length;
    this.dots.style.height = `${0.7 * Math.min(Math.max(0, ...piles.values()), MOST_IN_A_PILE) + 0.2}rem`;
    fill(this.marks, answer ? this.answer(answer) : "", own === undefined ? "" : at(h("i", { className: "own" }), own));
    this.class.textContent = guesses.length || counted ? classInWords(guesses) : "";
  }

  answer({ mean, lower, upper }) {
    const limits = h("i", { className: "limits" });
    limits.style.left = `${100 * lower}%`;
    limits.style.width = `${100 * (upper - lower)}%`;
    return [limits, at(h("i", { className: "disc" }), 100 * mean)];
  }
}

function at(mark, place) {
  mark.style.left = `${place}%`;
  return mark;
}

function classInWords(guesses) {
  if (!guesses.length) return "No guesses yet.";
  const number = `${count(guesses.length)} ${guesses.length === 1 ? "guess" : "guesses"} in the class`;
  if (guesses.length < FEWEST_FOR_RANGE) return `${number}.`;
  return `${number}, from ${count(guesses[0])} to ${count(guesses.at(-1))}; ${middleHalf(guesses)}. Each dot is one.`;
}

function middleHalf(guesses) {
  const last = guesses.length - 1;
  return `the middle half from ${count(guesses[Math.floor(0.25 * last)])} to ${count(guesses[Math.ceil(0.75 * last)])}`;
}

/** What the runs say, beside a guess. */
export function answerInWords({ mean, lower, upper }, own, of) {
  const said = Number.isNaN(mean) ? "The runs say nothing: there is nobody to count." : `The runs say ${ofHundred(mean, FINE)} of 100 ${of} (95 % limits ${ofHundred(lower, FINE)} to ${ofHundred(upper, FINE)}).`;
  if (own === undefined || Number.isNaN(mean)) return said;
  const off = own - Math.round(100 * mean);
  const compared = off === 0 ? "as you guessed" : `${count(Math.abs(off))} ${off > 0 ? "fewer" : "more"} than you guessed`;
  return `You guessed ${count(own)}. ${said.slice(0, -1)}: ${compared}.`;
}
