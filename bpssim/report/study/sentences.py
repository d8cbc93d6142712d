"""What a study found, in sentences: one for each factor and outcome."""

from collections.abc import Iterator

from bpssim.report.formatting import change_in_words, differs, limits_in_words, unit_in_words, with_limits
from bpssim.report.metric_words import metric_in_words
from bpssim.report.study.view import StudyView, level_named
from bpssim.report.summary_lookup import QUINTILE_NAMES
from bpssim.studies.sweep.estimates import SCENARIO

_MANY = 4
"""Sets of effects of which the sentences are about the most important metric alone."""
_NO_LEVELS = (
    "Its factors take many values of a range, so no level stands for them; `bpssim sensitivity` says which of them "
    "matter."
)
_NOTHING_TO_COMPARE = (
    "No factor has two levels that could be run in the same combination, so there is nothing to compare."
)
_WITHOUT_UNIT = ("GBP", "ratio", "index")
"""Units that stand before a number, or are no words of a sentence."""


def findings(view: StudyView) -> Iterator[str]:
    """One sentence for each factor and outcome, and on what is missing."""
    for scenario, factor in view.factors:
        for metric in view.metrics if len(view.factors) <= _MANY else view.metrics[:1]:
            yield from _effect(view, scenario, factor, metric)
    if view.unlevelled:
        yield _NO_LEVELS if view.samples else _NOTHING_TO_COMPARE
    if view.failed:
        yield f"{view.failed} of {view.results.manifest.points} points could not be run; failures.csv says why."


def _effect(view: StudyView, scenario: str, factor: str, metric: str) -> Iterator[str]:
    """What the level that differs most from the first one changes; nothing for a metric that all mothers lack."""
    first, *others = view.levels(scenario, factor)
    told = {level: view.difference((scenario, factor, level), metric) for level in others}
    largest = max(told, key=lambda level: abs(told[level].value) if told[level].defined else 0.0)
    amount = told[largest]
    about = metric_in_words(metric)
    start = with_limits(view.value((scenario, factor, first), metric))
    place = "" if factor == SCENARIO or len(view.results.scenarios) == 1 else f"In {scenario}, "
    if factor == SCENARIO:
        change = f"from {first} to {largest}"
    else:
        change = f"{factor} from {level_named(first)} to {level_named(largest)}"
    if not amount.defined:
        return
    if amount.lower == amount.upper == 0.0:
        why = view.why_unread(factor, scenario)
        read = f", because nothing reads it: {why}" if why else ""
        yield _sentence(place, f"{change}: {about} does not change in any run{read}.")
        return
    limits = f" ({limits_in_words(amount)})" if amount.has_limits else ""
    by_quintile = _by_quintile(view, (scenario, factor, largest), metric)
    sure = "; the interval includes no change" if amount.has_limits and not differs(amount) else ""
    unit = "" if amount.unit in _WITHOUT_UNIT else f" {unit_in_words(amount.unit)}"
    changed = f"{change_in_words(amount)}{unit}{limits}"
    yield _sentence(place, f"{change}: {about} changes by {changed} from {start}{sure}{by_quintile}.")


def _sentence(place: str, text: str) -> str:
    return f"{place}{text}" if place else f"{text[0].upper()}{text[1:]}"


def _by_quintile(view: StudyView, key: tuple[str, str, str], metric: str) -> str:
    if "1" not in view.groups(metric):
        return ""
    parts = [
        f"{change_in_words(amount)} in {QUINTILE_NAMES[group]}"
        for group in ("1", "5")
        if (amount := view.difference(key, metric, group)).defined
    ]
    return f"; {' and '.join(parts)}" if parts else ""
