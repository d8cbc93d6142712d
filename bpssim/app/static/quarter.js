// To come.
import { h } from "./dom.js";

export function quarterView() {
  return { element: h("p", {}, "To come."), show() {} };
}
