"""The page of a run."""

from collections.abc import Callable

from bpssim.report.assumptions import assumptions
from bpssim.report.elements import Figures, Page, Section
from bpssim.report.local_rate import local_rate_section
from bpssim.report.periods import births_in_words
from bpssim.report.provenance import made_by, provenance, what_it_rests_on, what_not_to_conclude
from bpssim.report.questions import question_of
from bpssim.report.run.access import cascade, reach, reached_drawing
from bpssim.report.run.answer import answer
from bpssim.report.run.decided import decided
from bpssim.report.run.feeding import WHOSE_DECISION, continuation_drawing, feeding, stopped_drawing
from bpssim.report.run.levels import levels
from bpssim.report.run.need import need, targeting
from bpssim.report.run.numbers import all_numbers, one_year
from bpssim.report.run.team import cost, team
from bpssim.report.run.view import RunView
from bpssim.report.run.where import where
from bpssim.report.whose_values import whose
from bpssim.scenario.cautions.team import few_days
from bpssim.studies.results_folder.reading import RunResults

_OF_A_SERVICE: tuple[Callable[[RunView], Section | None], ...] = (reach, need, targeting, team, cost, decided)


def run_page(results: RunResults) -> Page:
    """Return the report of a run from the contents of its folder."""
    view, scenario = RunView(results), results.scenario
    local = [found for found in [whose(scenario)] if found]
    rate = local_rate_section(scenario, results.local_rate)
    annex = [*_annex(view), *rate, *local, assumptions([scenario], {scenario.name: scenario.name})]
    repeat = "bpssim run scenario.yaml, with the scenario.yaml of this folder,"
    runs = "one simulated run" if view.replicates == 1 else f"means of {view.replicates} simulated runs"
    births = births_in_words(view.summary.value("births"), scenario)
    return Page(
        kicker=f"bpssim run of {scenario.name}",
        title=question_of(scenario) or scenario.name,
        subtitle=f"{births}, by deprivation quintile of the home; {runs}",
        first=[
            answer(view),
            *_figures(view),
            what_not_to_conclude(tuple(filter(None, [few_days(scenario)]))),
            what_it_rests_on(results.manifest, [scenario]),
        ],
        annex=[*annex, provenance(results.manifest, scenario, repeat)],
        footer=made_by(results.manifest, "run"),
    )


def _figures(view: RunView) -> list[Section]:
    """The two main figures; none without births."""
    if not view.quintiles:
        return []
    if view.has_service:
        two = Figures([reached_drawing(view), continuation_drawing(view)])
        return [Section("figures", "Who is reached, and who is still breastfeeding", [two])]
    two = Figures([continuation_drawing(view), stopped_drawing(view)], WHOSE_DECISION)
    return [Section("figures", "Who is still breastfeeding", [two])]


def _annex(view: RunView) -> list[Section]:
    """The remaining sections, where there is anything to show."""
    if not view.quintiles:
        return []
    of_a_service = [found for section in _OF_A_SERVICE if (found := section(view))] if view.has_service else []
    lost = [*where(view), cascade(view)] if view.has_service else []
    return [*lost, feeding(view), *of_a_service, *levels(view), all_numbers(view), one_year(view)]
