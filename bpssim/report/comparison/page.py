"""The page of a comparison."""

from collections.abc import Callable

from bpssim.report.assumptions import assumptions
from bpssim.report.comparison.answer import answer
from bpssim.report.comparison.by_quintile import by_quintile, feeding
from bpssim.report.comparison.compared import compared
from bpssim.report.comparison.losses import changed_losses
from bpssim.report.comparison.numbers import all_differences
from bpssim.report.comparison.planes import equity, money
from bpssim.report.comparison.stories import stories
from bpssim.report.comparison.sureness import sureness
from bpssim.report.comparison.view import ComparisonView, Effect
from bpssim.report.elements import Page, Section
from bpssim.report.periods import births_in_words, date_in_words
from bpssim.report.provenance import provenance, what_not_to_conclude
from bpssim.studies.reading import ComparisonResults

_SECTIONS: tuple[Callable[[ComparisonView], Section | None], ...] = (
    answer,
    compared,
    by_quintile,
    feeding,
    changed_losses,
    stories,
    equity,
    money,
    sureness,
    all_differences,
)
_NOT_TO_CONCLUDE = (
    "Alternatives whose difference from the base holds 0 in its interval are not ranked by these runs, whatever place "
    "a table of means gives them.",
    "A price for one more mother breastfeeding is a decision, and not a result; none is picked here.",
)


def comparison_page(results: ComparisonResults) -> Page:
    """Return the report of a comparison.

    Parameters
    ----------
    results
        What stands in its folder.
    """
    view = ComparisonView(results)
    pairs = "one pair of simulated runs" if view.replicates == 1 else f"{view.replicates} pairs of simulated runs"
    births = births_in_words(view.found.value("births"), view.base)
    return Page(
        kicker=f"bpssim comparison with {view.base.name}",
        title=_question(view),
        subtitle=f"{births}, by deprivation quintile of the home; {pairs}",
        sections=[
            *(found for section in _sections(view) if (found := section(view))),
            assumptions(view.results.scenarios, view.labels),
            provenance(results.manifest, view.base, "the command above, with the scenarios of this folder,"),
            what_not_to_conclude(_NOT_TO_CONCLUDE, drawn=view.draws > 0),
        ],
        footer=(
            f"Made by bpssim {results.manifest['packages']['bpssim']} from a comparison of "
            f"{date_in_words(results.manifest['finished'])}."
        ),
    )


def _sections(view: ComparisonView) -> tuple[Callable[[ComparisonView], Section | None], ...]:
    """What there is to tell: figures need births, and mothers whose story differs."""
    if not view.found.quintiles:
        return (answer, compared)
    if view.touching:
        return _SECTIONS
    differs = any(each.effect is not Effect.NOTHING for each in view.alternatives)
    return (answer, compared, all_differences) if differs else (answer, compared)


def _question(view: ComparisonView) -> str:
    alternatives = view.results.scenarios[1:]
    if len(alternatives) == 1:
        return alternatives[0].question or f"What changes with {view.labels[alternatives[0].name]}?"
    return f"What changes with each of {len(alternatives)} alternatives to {view.base.name}?"
