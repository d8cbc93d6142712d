// To come.
import { h } from "./dom.js";

export function pathwayView() {
  return { element: h("p", {}, "To come."), show() {} };
}
