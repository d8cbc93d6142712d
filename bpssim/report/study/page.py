"""The page of a study."""

from collections.abc import Iterator

from bpssim.report.assumptions import assumptions
from bpssim.report.elements import Bullets, Figures, Page, Row, Section, Table, Words
from bpssim.report.figures.drawing import Drawing
from bpssim.report.formatting import cell, unit_in_words
from bpssim.report.metric_words import metric_in_words
from bpssim.report.provenance import made_by, provenance, what_it_rests_on, what_not_to_conclude
from bpssim.report.study.drawings import study_drawings
from bpssim.report.study.sentences import findings
from bpssim.report.study.view import StudyView, level_named
from bpssim.studies.results_folder.reading import StudyResults
from bpssim.studies.sweep.estimates import SCENARIO

_MOST_POINTS = 200
_CAUTIONS = (
    "A study shows what the model does over the values that its file names; it does not say which of them is likely.",
    "A mean over levels of other factors holds for these levels; single points are in the annex and in summary.csv.",
)


def study_page(results: StudyResults) -> Page:
    """Return the report of a study from the contents of its folder."""
    view, manifest = StudyView(results), results.manifest
    labels = {scenario.name: scenario.name for scenario in results.scenarios}
    drawings = list(study_drawings(view))
    annex = [found for section in (_effects, _points, _failures) if (found := section(view))]
    annex.append(assumptions(results.scenarios, labels))
    repeat = "`bpssim sweep study.yaml` in this folder"
    return Page(
        kicker="bpssim study",
        title=manifest.question or manifest.study,
        subtitle=_subtitle(view),
        first=[
            Section("answer", "What came out", [Bullets(list(findings(view)))]),
            *([_figures(drawings)] if drawings else []),
            what_not_to_conclude(_CAUTIONS),
            what_it_rests_on(manifest, results.scenarios),
        ],
        annex=[*annex, provenance(manifest, results.scenarios[0], repeat)],
        footer=made_by(manifest, "study"),
    )


def _subtitle(view: StudyView) -> str:
    manifest = view.results.manifest
    runs = f"{manifest.points:,} points, {manifest.replicates} runs of each with the same seeds"
    return f"{', '.join(manifest.scenarios)}: {runs}"


def _figures(drawings: list[Drawing]) -> Section:
    note = (
        "Lines show differences from the first point, or from the first level over all levels of the other factors. "
        "Intervals hold 95 % over seeds, which all points share."
    )
    return Section("figures", "In pictures", [Figures(drawings, note)])


def _effects(view: StudyView) -> Section | None:
    tables = []
    for scenario, factor in view.factors:
        levels = view.levels(scenario, factor)
        head = (
            factor,
            *(f"{_label(view, metric)}: difference from {level_named(levels[0])}" for metric in view.metrics),
        )
        rows = {
            group: [
                Row(
                    level_named(level),
                    [view.with_difference((scenario, factor, level), metric, group) for metric in view.metrics],
                )
                for level in levels
            ]
            for group in ("all", "1", "5")
        }
        named = {"all": "All mothers", "1": "Quintile 1, most deprived", "5": "Quintile 5, least deprived"}
        bodies = {named[group]: lines for group, lines in rows.items()}
        whose = "" if factor == SCENARIO else f" in {scenario}"
        tables.append(Table(f"Effect of {factor}{whose}", head, bodies, folded=len(view.factors) > 2))
    note = Words(
        [
            "Value, and in brackets the difference from the first level with ± half the width of its 95 % interval, "
            "paired by seeds and by levels of the other factors."
        ]
    )
    return Section("effects", "Effects of each factor", [note, *tables]) if tables else None


def _label(view: StudyView, metric: str) -> str:
    return f"{metric_in_words(metric)} [{unit_in_words(view.unit(metric))}]"


def _points(view: StudyView) -> Section | None:
    results = view.results
    if len(results.points) > _MOST_POINTS:
        return None
    rows = []
    for number, point in enumerate(results.points):
        places = [level_named(point[factor]) for factor in results.manifest.factors]
        rows.append(Row(f"{number}", [point["scenario"], *places, *_values(view, number)]))
    head = ("Point", "Scenario", *results.manifest.factors, *(_label(view, metric) for metric in view.metrics))
    prose = frozenset(range(1, 2 + len(results.manifest.factors)))
    return Section("points", "Every point", [Table("All mothers together", head, {"": rows}, prose=prose, folded=True)])


def _values(view: StudyView, number: int) -> Iterator[str]:
    for metric in view.metrics:
        yield cell(view.point(number, metric))


def _failures(view: StudyView) -> Section | None:
    failures = view.results.failures
    if not failures:
        return None
    rows = [Row(f"{row.number}", [row.scenario, row.seeds, row.reason]) for row in failures]
    table = Table(
        "Points that could not be run", ("Point", "Scenario", "Seeds", "Reason"), {"": rows}, prose=frozenset({1, 2, 3})
    )
    return Section("failures", "What could not be run", [table])
