// Take away: the scenario as a file, the report, all results, figures, the link; and bring a scenario along.
import { byId, download, h } from "./dom.js";
import { curves } from "./figures.js";
import { Service } from "./state.js";

export function takeAwayView(page) {
  const services = () => (page.state.a ? [page.state.a, page.state.b] : [page.state.b]);
  const told = h("p", { role: "status" });
  const button = (text, work) => h("button", { type: "button", onclick: async ({ target }) => {
    target.disabled = true;
    told.textContent = `${text} …`;
    try {
      await work();
      told.textContent = `${text}: done.`;
    } catch (error) {
      told.textContent = "";
      page.mistaken(error);
    }
    target.disabled = false;
  } }, text);
  const scenario = (service, as) => saved("scenario", [service], `${service.from}_${as}.yaml`, { as });
  const saved = async (name, which, file, more) => download(file, await (await page.source.ask(name, which, more)).blob(), "");
  const file = h("input", { type: "file", id: "upload", accept: ".yaml,.yml", onchange: () => bring() });

  async function bring() {
    try {
      const [{ name }] = file.files;
      const { from, set } = await page.source.upload(await file.files[0].text());
      const b = new Service(from, set);
      page.file = { name, key: b.key };
      await page.go({ b, at: "explore" });
    } catch (error) {
      page.mistaken(error);
    }
  }

  const element = h("section", { className: "figure" }, h("h1", {}, "Take away"), told,
    h("h2", {}, "The scenario"), h("p", {}, "A file that the command line runs to the same numbers: ", h("code", {}, "bpssim run FILE.yaml"), "."),
    button("Scenario of this service", () => scenario(page.state.b, "b")), " ",
    button("Scenario of A", () => page.state.a ? scenario(page.state.a, "a") : Promise.reject(new Error("Nothing is pinned as A."))),
    h("h2", {}, "The report"), h("p", {}, "Two pages for a board and an annex, from 20 runs; with A pinned, a comparison with A as the base. It takes some seconds."),
    button("Report", () => saved("report", services(), "report.html")), " ",
    button("All results, with tables and figures", () => saved("results", services(), "results.zip")),
    h("h2", {}, "The figures of this page"), h("p", {}, "As they stand now."), button("Curves as SVG", () => curvesFile(page)), " ", button("Numbers as CSV", () => numbersFile(page)),
    h("h2", {}, "The link"), h("p", {}, "The address of this page holds the whole state: ", h("button", { type: "button", onclick: () => byId("copy").click() }, "Copy link")),
    h("h2", {}, "Bring a scenario along"), h("p", {}, h("label", { htmlFor: "upload" }, "A scenario file that extends a ready scenario and names no other file")), file);
  return { element, show() {} };
}

/** The numbers of the page as a table: metrics and endings by quintile, with differences from A where it has the same births. */
function numbersFile(page) {
  const measures = page.measures();
  const before = page.before(measures.runs);
  const rows = [["metric", "reason", "quintile", "value", "lower", "upper", "runs", "difference_from_a", "difference_lower", "difference_upper"]];
  const plain = (value) => (Number.isFinite(value) ? value : "");
  for (const metric of ["initiated", "reach_day7", "reach_ever", "supported", "any_6w", "stopped_before_wanted"])
    for (let q = 0; q < 6; q++) {
      const { mean, lower, upper } = measures.share(metric, q);
      const change = before ? measures.difference(before, metric, q) : {};
      rows.push([metric, "", q < 5 ? q + 1 : "all", mean, plain(lower), plain(upper), measures.runs, plain(change.mean), plain(change.lower), plain(change.upper)]);
    }
  for (const metric of ["minutes_per_birth", "data_items"])
    for (let q = 0; q < 6; q++) {
      const { mean, lower, upper } = measures.ratio(metric, q);
      rows.push([metric, "", q < 5 ? q + 1 : "all", mean, plain(lower), plain(upper), measures.runs, "", "", ""]);
    }
  for (let q = 0; q < 6; q++)
    for (const { gate, reason, share } of measures.endings(q))
      rows.push([`furthest_gate_${page.words.gates[gate].word}`, page.words.reasons[reason].word, q < 5 ? q + 1 : "all", share, "", "", measures.runs, "", "", ""]);
  rows.push(["cost_per_year_gbp", "", "all", measures.cost, "", "", measures.runs, before ? plain(measures.cost - before.cost) : "", "", ""]);
  download("numbers.csv", rows.map((row) => row.join(",")).join("\n"), "text/csv");
}

function curvesFile(page) {
  const measures = page.measures();
  const svg = curves(measures, page.before(measures.runs));
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  download("curves.svg", svg.outerHTML, "image/svg+xml");
}
