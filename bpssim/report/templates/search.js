/* Finds words of all documents, without a network: PLACES is [address, title, heading, text] of each heading or row. */
const MOST = 30;
const form = document.getElementById("search");
const sought = document.getElementById("sought");
const howMany = document.getElementById("how-many");
const found = document.getElementById("found");

/* Places with every word; those with all of them in their headings come first. */
function search(words) {
  const has = (text) => words.every((word) => text.toLowerCase().includes(word));
  const places = PLACES.filter(([, title, heading, text]) => has(`${title} ${heading} ${text}`));
  const rank = ([, title, heading]) =>
    [heading.toLowerCase() === words.join(" "), has(heading), has(`${title} ${heading}`), true].indexOf(true);
  return places.sort((a, b) => rank(a) - rank(b));
}

/* The text around the first word that is in it, from word to word. */
function around(text, words) {
  const at = words.map((word) => text.toLowerCase().indexOf(word)).filter((place) => place >= 0);
  const start = at.length ? text.lastIndexOf(" ", Math.max(0, Math.min(...at) - 60)) + 1 : 0;
  const end = start + 180 < text.length ? text.lastIndexOf(" ", start + 180) : text.length;
  return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}

function line([address, title, heading, text], words) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: form.dataset.up + address });
  link.textContent = heading ? `${title}: ${heading}` : title;
  item.append(link, Object.assign(document.createElement("p"), { textContent: around(text, words) }));
  return item;
}

function show() {
  const words = sought.value.toLowerCase().split(/\s+/).filter(Boolean);
  const asked = words.join("").length > 1;
  const places = asked ? search(words) : [];
  const most = places.length > MOST ? `, the first ${MOST} of them` : "";
  howMany.textContent = asked ? `${places.length || "No"} place${places.length === 1 ? "" : "s"}${most}` : "";
  found.replaceChildren(...places.slice(0, MOST).map((place) => line(place, words)));
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
sought.addEventListener("input", show);
show();
