// Lessons: guess, see what the runs say, read why, change one thing, discuss.
import { fill, h } from "./dom.js";
import { ClassroomSide } from "./classroom.js";
import { Hundreds, Rows } from "./figures.js";
import { GuessScale, answerInWords } from "./guesses.js";
import { FINE, differenceOf, measureInWords, quantity, textWithNumbers } from "./quantities.js";
import { withRows } from "./rows.js";
import { Service } from "./state.js";

const STEP_TITLES = { guess: "Your guess", run: "What the runs say", discuss: "To discuss" };
const NARROW = 0.2; // share that fills a figure of few mothers

export function lessonsView(page) {
  const all = page.words.lessons.map((lesson) => new Lesson(lesson));
  const list = h("div", {}, h("h1", {}, "Lessons"), h("p", {}, "Each takes ten minutes: guess first, then see what the model says, and change one thing. Alone, or in a class."), h("ol", { className: "lessons" }, all.map((lesson) => h("li", {}, h("a", { href: lesson.link, onclick: (event) => { event.preventDefault(); go(lesson, 1); } }, lesson.title), h("br"), lesson.about))));
  const guessed = new Map();
  const body = h("div");
  const seen = () => page.state.at === "lessons" && element.isConnected;
  const side = new ClassroomSide(page, () => place().question, seen, () => update());
  const element = h("div", {}, body, side.element);
  let shown;
  let own; // the reader's own service and A, while a lesson shows its

  function place() {
    const lesson = all.find(({ id }) => id === page.state.also.lesson);
    const number = Math.min(Math.max(Math.trunc(Number(page.state.also.step)) || 1, 1), lesson?.steps.length ?? 1);
    return { lesson, number, question: lesson?.questionOf(number) ?? "" };
  }

  /** Whether the services are those of a step. */
  function isOf(lesson, number) {
    const { a, b } = lesson.services(number);
    return b.key === page.state.b.key && a?.key === page.state.a?.key;
  }

  /** Go to a step, or back to the list with the reader's own service. */
  function go(lesson, number) {
    return page.go(lesson ? { ...lesson.services(number), also: { lesson: lesson.id, step: String(number) } } : { ...taken(), also: {} });
  }

  /** Keep what the reader had before a lesson; a service that a lesson left is not that. */
  function keepOwn() {
    const { outside } = page;
    page.outside = undefined;
    if (outside && (isBare(outside, page.words) || !isOfAnyLesson(outside))) own = outside;
  }

  function isOfAnyLesson({ a, b }) {
    return all.some((lesson) => lesson.steps.some((_, k) => {
      const its = lesson.services(k + 1);
      return its.b.key === b.key && its.a?.key === a?.key;
    }));
  }

  function taken() {
    const had = own;
    own = undefined;
    return had;
  }

  function show() {
    const { lesson, number } = place();
    if (lesson) keepOwn();
    const key = lesson ? `${lesson.id}.${number}` : "";
    if (lesson && shown?.key !== key && isBare(page.state, page.words)) {
      own ??= { a: undefined, b: page.state.b };
      if (!isOf(lesson, number)) return void go(lesson, number);
    }
    if (!lesson && own && isOfAnyLesson(page.state)) return void page.go(taken());
    if (shown?.key !== key) {
      const first = shown === undefined;
      side.guesses = [];
      shown = { key, ...(lesson ? stepOf(lesson, number) : { title: list.firstChild, show() {} }) };
      fill(body, shown.element ?? list);
      if (!first) {
        shown.title.tabIndex = -1;
        shown.title.focus({ preventScroll: true });
        window.scrollTo(0, 0);
      }
    }
    side.refresh();
    side.watch();
    update();
  }

  function update() {
    const measures = page.measures();
    if (measures) shown?.show(measures, page.before(measures.runs));
  }

  /** The element of a step, and what fills in its numbers. */
  function stepOf(lesson, number) {
    const step = lesson.steps[number - 1];
    const { question } = place();
    const title = h("h1", {}, step.title);
    const text = textWithNumbers(step.text ?? "");
    const parts = [text];
    const asked = h("div");
    const beside = h("div");
    const forward = h("button", { type: "button", className: "main", onclick: () => (number < lesson.steps.length ? go(lesson, number + 1) : go()) }, number < lesson.steps.length ? "Next" : "All lessons");
    if (step.kind === "guess") parts.push(asking(step, question, asked, forward));
    if (step.kind === "run") parts.push(answering(step, question, asked));
    if (!["guess", "change"].includes(step.kind)) parts.push(step.figure === "hundreds" ? hundredsOf(beside) : rowsOf(step, beside));
    if (step.kind === "change") {
      const first = lesson.steps.findIndex(({ changes }) => changes) === number - 1;
      asked.append(h("p", { className: "soft" }, `B is the service with ${first ? "this change" : "all changes so far"}. A is the service before the lesson. All that is changed is listed among the controls.`));
    }
    const back = h("button", { type: "button", disabled: number === 1, onclick: () => go(lesson, number - 1) }, "Back");
    const again = h("button", { type: "button", className: "back", onclick: () => go(lesson, number) }, "Back to the lesson's own service");
    const changed = h("p", { className: "soft", hidden: true }, "You have changed the service, so the numbers are those of yours, and the text may not fit them. ", again);
    const evidence = step.evidence ? h("p", { className: "soft" }, "Rests on evidence ", h("span", { className: "source" }, withRows(step.evidence))) : "";
    const made = h("article", { className: "lesson" },
      h("div", {}, crumbs(lesson, number), title, step.text && step.kind !== "guess" ? h("p", {}, text.nodes) : "", asked, evidence, changed, h("div", { className: "turn" }, back, forward)), beside);
    if (step.kind === "guess") asked.prepend(h("label", { htmlFor: "guess" }, text.nodes));
    const fillIn = (measures, before) => {
      for (const part of parts) part.show(measures, before);
      changed.hidden = isOf(lesson, number);
    };
    return { element: made, title, show: fillIn };
  }

  function crumbs(lesson, number) {
    const steps = lesson.steps.map((step, k) => {
      const label = `Step ${k + 1}: ${step.title}`;
      const link = h("a", { href: `#at=lessons&lesson=${lesson.id}&step=${k + 1}`, "aria-label": label, onclick: (event) => { event.preventDefault(); go(lesson, k + 1); } }, String(k + 1));
      if (k + 1 === number) link.setAttribute("aria-current", "step");
      return h("li", {}, link);
    });
    return h("nav", { "aria-label": `Steps of the lesson: ${lesson.title}`, className: "steps" },
      h("a", { href: "#at=lessons", onclick: (event) => { event.preventDefault(); go(); } }, "Lessons"), h("b", {}, lesson.title),
      own && !isBare(own, page.words) ? h("button", { type: "button", onclick: () => page.go({ ...taken(), at: "explore", also: {} }) }, "Back to my service") : "", h("ol", {}, steps));
  }

  function asking(step, question, asked, forward) {
    const output = h("output", { htmlFor: "guess" }, "not yet");
    const input = h("input", { type: "range", id: "guess", min: 0, max: 100, step: 1, value: 50, oninput: () => { guessed.set(question, Number(input.value)); output.textContent = `${input.value} of 100`; }, onchange: () => side.guess(Number(input.value)) });
    if (guessed.has(question)) {
      input.value = String(guessed.get(question));
      output.textContent = `${input.value} of 100`;
    }
    const scale = new GuessScale();
    const sent = h("p", { role: "status" });
    asked.append(h("div", { className: "named" }, h("span", { className: "soft" }, "Your guess"), output), input, sent, scale.element);
    forward.textContent = "Show what the runs say";
    return {
      show() {
        const follows = Boolean(page.bar?.follows);
        forward.hidden = follows;
        const text = !follows ? "" : side.sent.has(question) ? "Your guess is with the teacher." : "The teacher goes on when all have guessed.";
        if (sent.textContent !== text) sent.textContent = text;
        scale.element.hidden = !side.teacher;
        scale.show(side.guesses, undefined, undefined, true);
      },
    };
  }

  function answering(step, question, asked) {
    const said = h("p", { className: "finding" });
    const scale = new GuessScale();
    asked.append(said, scale.element);
    return {
      show(measures) {
        const answer = quantity(measures, step.measure, step.quintile);
        const [title, of] = measureInWords(measures, step.measure);
        const mine = question ? guessed.get(question) : undefined;
        const whose = step.quintile ? `${of} in quintile ${step.quintile}` : of;
        said.textContent = answerInWords(answer, mine, whose);
        const others = side.teacher || side.guesses.length > 1 ? side.guesses : [];
        scale.show(question ? others : [], mine, answer, question && side.teacher);
        said.setAttribute("aria-label", `${title}. ${said.textContent}`);
      },
    };
  }

  function rowsOf(step, beside) {
    let rows;
    let key;
    let named; // a pathway has its title only where it is active
    return {
      show(measures, before) {
        const shares = [1, 2, 3, 4, 5].map((q) => quantity(measures, step.measure, q));
        const [title, of] = measureInWords(measures, step.measure);
        const few = step.measure.includes("ed:") && Math.max(...shares.map(({ upper }) => upper)) < NARROW;
        if (title !== named || (rows.top < 1) !== few) {
          named = title;
          rows = new Rows(title, `Of 100 ${of}.`, few ? NARROW : 1, FINE);
          key = keyOfRows();
          fill(beside, rows.element, key);
        }
        key.children[1].hidden = !before;
        rows.show(shares, before && [1, 2, 3, 4, 5].map((q) => quantity(before, step.measure, q)), before && [1, 2, 3, 4, 5].map((q) => differenceOf(measures, before, step.measure, q)));
      },
    };
  }

  function hundredsOf(beside) {
    const hundreds = new Hundreds(() => update());
    fill(beside, hundreds.element);
    return { show: (measures, before) => hundreds.show(measures, before, page.words) };
  }

  return { element, show };
}

function keyOfRows() {
  const mark = (className, text) => h("span", {}, h("i", { className }), text);
  return h("div", { className: "key", "aria-hidden": "true" }, mark("disc", "the service now (B)"), mark("pin", "as it was (A)"), mark("limits", "95 % limits"));
}

/** Whether services are those of a link that says nothing of them. */
function isBare({ a, b }, words) {
  return !a && b.from === words.start && !Object.keys(b.set).length;
}

/** A lesson as bpssim/app/lessons.yaml has it, with what its steps take over from those before. */
class Lesson {
  constructor({ id, title, about, start, given = {}, steps }) {
    Object.assign(this, { id, title, about, start, given });
    let [measure, quintile] = ["", 0];
    this.steps = steps.map((step) => {
      measure = step.measure ?? measure;
      quintile = step.quintile ?? quintile;
      return { ...step, measure, quintile, title: step.title || STEP_TITLES[step.kind] };
    });
  }

  get link() {
    return `#at=lessons&lesson=${this.id}&step=1`;
  }

  /** Services A and B at a step; A is there after the first change. */
  services(number) {
    const made = this.steps.slice(0, number).filter(({ changes }) => changes);
    const given = new Service(this.start, this.given);
    return { a: made.length ? given : undefined, b: made.reduce((service, { changes }) => service.with(changes), given) };
  }

  /** Name of the question that a step asks or answers, or empty. */
  questionOf(number) {
    const [before, step] = [this.steps[number - 2], this.steps[number - 1]];
    if (step.kind === "guess") return `${this.id}.${number}`;
    return step.kind === "run" && before?.kind === "guess" ? `${this.id}.${number - 1}` : "";
  }
}
