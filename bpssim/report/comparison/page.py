"""The page of a comparison."""

from collections.abc import Callable

from bpssim.report.assumptions import assumptions
from bpssim.report.comparison.answer import answer, answer_in_full
from bpssim.report.comparison.by_quintile import by_quintile, feeding, headlines_by_quintile
from bpssim.report.comparison.compared import compared
from bpssim.report.comparison.information import information
from bpssim.report.comparison.losses import changed_losses
from bpssim.report.comparison.numbers import all_differences
from bpssim.report.comparison.planes import equity, money
from bpssim.report.comparison.stories import stories
from bpssim.report.comparison.uncertainty import uncertainty
from bpssim.report.comparison.view import ComparisonView, Effect
from bpssim.report.elements import Page, Section
from bpssim.report.local_rate import local_rate_section
from bpssim.report.periods import births_in_words
from bpssim.report.provenance import made_by, provenance, what_it_rests_on, what_not_to_conclude
from bpssim.report.questions import in_place
from bpssim.report.whose_values import whose
from bpssim.scenario.cautions.team import few_days
from bpssim.studies.results_folder.reading import ComparisonResults

_ANNEX: tuple[Callable[[ComparisonView], Section | None], ...] = (
    answer_in_full,
    compared,
    by_quintile,
    feeding,
    changed_losses,
    stories,
    equity,
    money,
    uncertainty,
    information,
    all_differences,
)
_NOT_TO_CONCLUDE = (
    "Alternatives whose difference from the base holds 0 in its interval are not ranked by these runs, whatever place "
    "a table of means gives them.",
    "The willingness to pay for one more mother breastfeeding is a decision, not a result; none is chosen here.",
)


def comparison_page(results: ComparisonResults) -> Page:
    """Return the report of a comparison from the contents of its folder."""
    view = ComparisonView(results)
    pairs = "one pair of simulated runs" if view.replicates == 1 else f"{view.replicates} pairs of simulated runs"
    births = births_in_words(view.summary.value("births"), view.base)
    manifest = results.manifest
    figures = [headlines_by_quintile(view)] if view.summary.quintiles and view.touching else []
    annex = [found for section in _annex(view) if (found := section(view))]
    annex += local_rate_section(view.base, results.local_rate, of_several=True)
    annex += [found for found in [whose(view.base)] if found]
    annex.append(assumptions(results.scenarios, view.labels))
    repeat = "the command above, with the scenarios of this folder,"
    return Page(
        kicker=f"bpssim comparison with {view.labels[view.base.name]}",
        title=_question(view),
        subtitle=f"{births}, by deprivation quintile of the home; {pairs}",
        first=[
            answer(view),
            *figures,
            what_not_to_conclude((*filter(None, [few_days(view.base)]), *_NOT_TO_CONCLUDE), drawn=view.draws > 0),
            what_it_rests_on(manifest, results.scenarios),
        ],
        annex=[*annex, provenance(manifest, view.base, repeat)],
        footer=made_by(manifest, "comparison"),
    )


def _annex(view: ComparisonView) -> tuple[Callable[[ComparisonView], Section | None], ...]:
    """The remaining sections; figures need births, and mothers whose story differs."""
    if not view.summary.quintiles:
        return (compared,)
    if view.touching:
        return _ANNEX
    differs = any(each.effect is not Effect.NOTHING for each in view.alternatives)
    return (answer_in_full, compared, *((all_differences,) if differs else ()))


def _question(view: ComparisonView) -> str:
    alternatives, where = view.results.scenarios[1:], in_place(view.base)
    if len(alternatives) == 1:
        return alternatives[0].question or f"What changes with {view.labels[alternatives[0].name]}{where}?"
    return f"What changes with each of {len(alternatives)} alternatives to {view.labels[view.base.name]}{where}?"
