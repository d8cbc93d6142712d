// Elements. All text is set as text, so nothing that a scenario says can act.

/** An element with properties or attributes, and children. */
export function h(tag, properties = {}, ...children) {
  const svg = ["svg", "circle", "line", "path", "rect", "text", "g", "polyline", "defs", "pattern"].includes(tag);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (!svg && name in element && name !== "list") element[name] = value;
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

/** The element with an id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Put other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

/** A number with thousands separators, and a minus sign. */
export function count(value, decimals = 0) {
  return value
    .toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace(/^-0(\.0*)?$/, "0$1")
    .replace("-", "−");
}

/** Mothers of a hundred; a few are not none, and fewer than `fine` have a decimal. */
export function ofHundred(share, fine = 1) {
  return Number.isNaN(share) ? "–" : count(100 * share, share > 0 && 100 * share < fine - 0.05 ? 1 : 0);
}

/** A difference with its sign. */
export function signed(value, decimals = 1) {
  const text = count(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Hand a file to the reader. */
export function download(name, content, kind) {
  const link = h("a", { href: URL.createObjectURL(new Blob([content], { type: kind })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
