// What is wrong with what was asked.

/** A mistake in what was asked, in sentences. */
export class Mistakes extends Error {
  constructor(mistakes) {
    const said = mistakes.map(({ path, text, short }) => ({ path, text: short ?? text }));
    super(said.map(({ text }) => text).join("\n"));
    this.mistakes = said;
  }
}
