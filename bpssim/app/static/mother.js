// To come.
import { h } from "./dom.js";

export function motherView() {
  return { element: h("p", {}, "To come."), show() {} };
}
