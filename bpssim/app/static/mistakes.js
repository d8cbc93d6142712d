// What is wrong with what was asked.

/** A mistake in what was asked, in sentences. */
export class Mistakes extends Error {
  constructor(mistakes) {
    super(mistakes.map(({ text }) => text).join("\n"));
    this.mistakes = mistakes;
  }
}
