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
  const saved = async (name, which, file) => download(file, await (await page.source.ask(name, which)).blob(), "");
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

  const element = h("section", { className: "figure" }, h("h1", {}, "Take away"),
    h("h2", {}, "The scenario"), h("p", {}, "A file that the command line runs to the same numbers: ", h("code", {}, "bpssim run FILE.yaml"), "."),
    button("Scenario of this service", () => saved("scenario", [page.state.b], `${page.state.b.from}_changed.yaml`)), " ",
    button("Scenario of A", () => page.state.a ? saved("scenario", [page.state.a], `${page.state.a.from}_a.yaml`) : Promise.reject(new Error("Nothing is pinned as A."))),
    h("h2", {}, "The report"), h("p", {}, "Two pages for a board and an annex, from 20 runs; with A pinned, a comparison with A as the base. It takes some seconds."),
    button("Report", () => saved("report", services(), "report.html")), " ",
    button("All results, with tables and figures", () => saved("results", services(), "results.zip")),
    h("h2", {}, "The figures of this page"), h("p", {}, "As they stand now."), button("Curves as SVG", () => curvesFile(page)), " ", button("Numbers as CSV", () => numbersFile(page)),
    h("h2", {}, "The link"), h("p", {}, "The address of this page holds the whole state: ", h("button", { type: "button", onclick: () => byId("copy").click() }, "Copy link")),
    h("h2", {}, "Bring a scenario along"), h("p", {}, h("label", { htmlFor: "upload" }, "A scenario file that extends a ready scenario and names no other file")), file, told);
  return { element, show() {} };
}

function numbersFile(page) {
  const measures = page.measures();
  const before = page.before(measures.runs);
  const rows = [["metric", "quintile", "value", "lower", "upper", "runs", "difference_from_a", "difference_lower", "difference_upper"]];
  for (const metric of ["reach_day7", "supported", "any_6w"])
    for (let q = 0; q < 6; q++) {
      const { mean, lower, upper } = measures.share(metric, q);
      const change = before ? measures.difference(before, metric, q) : {};
      rows.push([metric, q < 5 ? q + 1 : "all", mean, lower, upper, measures.runs, change.mean ?? "", change.lower ?? "", change.upper ?? ""]);
    }
  download("numbers.csv", rows.map((row) => row.join(",")).join("\n"), "text/csv");
}

function curvesFile(page) {
  const measures = page.measures();
  const svg = curves(measures, page.before(measures.runs));
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  download("curves.svg", svg.outerHTML, "image/svg+xml");
}
