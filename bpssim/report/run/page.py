"""The page of a run."""

from collections.abc import Callable

from bpssim.report.assumptions import assumptions
from bpssim.report.elements import Page, Section
from bpssim.report.periods import births_in_words, date_in_words
from bpssim.report.provenance import provenance, what_not_to_conclude
from bpssim.report.run.access import cascade, reach
from bpssim.report.run.answer import answer
from bpssim.report.run.decided import decided
from bpssim.report.run.feeding import feeding
from bpssim.report.run.need import need, targeting
from bpssim.report.run.numbers import all_numbers, one_year
from bpssim.report.run.team import cost, team
from bpssim.report.run.view import RunView
from bpssim.studies.reading import RunResults

_OF_A_SERVICE: tuple[Callable[[RunView], Section | None], ...] = (reach, need, targeting, team, cost, decided)


def run_page(results: RunResults) -> Page:
    """Return the report of a run.

    Parameters
    ----------
    results
        What stands in its folder.
    """
    view, scenario = RunView(results), results.scenario
    sections = [
        *_sections(view),
        assumptions([scenario], {scenario.name: scenario.name}),
        provenance(results.manifest, scenario, "bpssim run scenario.yaml, with the scenario.yaml of this folder,"),
        what_not_to_conclude(),
    ]
    runs = "one simulated run" if view.replicates == 1 else f"means of {view.replicates} simulated runs"
    births = births_in_words(view.found.value("births"), scenario)
    version = results.manifest["packages"]["bpssim"]
    return Page(
        kicker=f"bpssim run of {scenario.name}",
        title=scenario.question or scenario.name,
        subtitle=f"{births}, by deprivation quintile of the home; {runs}",
        sections=sections,
        footer=f"Made by bpssim {version} from a run of {date_in_words(results.manifest['finished'])}.",
    )


def _sections(view: RunView) -> list[Section]:
    """What was found, as far as there is something to tell."""
    if not view.quintiles:
        return [answer(view)]
    of_a_service = [found for section in _OF_A_SERVICE if (found := section(view))] if view.has_service else []
    lost = [cascade(view)] if view.has_service else []
    return [answer(view), *lost, feeding(view), *of_a_service, all_numbers(view), one_year(view)]
