// To come.
import { h } from "./dom.js";

export function lessonsView() {
  return { element: h("p", {}, "To come."), show() {} };
}
