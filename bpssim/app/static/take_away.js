// To come.
import { h } from "./dom.js";

export function takeAwayView() {
  return { element: h("p", {}, "To come."), show() {} };
}
