"""Sentences on what each alternative changes, the same on the page and in the terminal.

"No difference" is explained: nothing read the change, it touches few mothers, or hardly any work depends on it. It is
never reported as a finding that the change would do nothing.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bpssim.outcomes.metrics import METRICS
from bpssim.report.comparison.prices import cost_in_words
from bpssim.report.comparison.uncertainty import inputs_in_words, spread_in_words
from bpssim.report.comparison.view import Alternative, ComparisonView, Effect
from bpssim.report.formatting import (
    Amount,
    between,
    change_cell,
    count,
    differs,
    percent,
    roughly,
    size_in_words,
    unit_in_words,
)
from bpssim.report.summary_lookup import QUINTILE_NAMES
from bpssim.report.team_time import time_used
from bpssim.scenario.describing import PERCENT
from bpssim.statistics.detection import limit_of_none
from bpssim.studies.comparison.order import orders_work_only

_STILL = "still breastfeeding at six weeks"
_NAMED = 4
"""Changed inputs, or metrics that differ, that are named in a sentence."""
_LITTLE_UNDONE = 0.05
"""Share of work that expires below which the order of work hardly matters."""
_BESIDE_MOTHERS = ("data_items", "cost_total", "utilisation", "minutes", "extra_offered", "expired_requests")


def findings_in_words(view: ComparisonView, alternative: Alternative) -> str:
    """What one alternative changes, for whom, at what cost, and what these runs cannot show."""
    first, *others = _sentences(view, alternative)
    return " ".join(f"{sentence}." for sentence in (first, *others))


def headline_in_words(view: ComparisonView, alternative: Alternative) -> str:
    """The first of these sentences: whether more or fewer mothers are still breastfeeding."""
    return f"{_sentences(view, alternative)[0]}."


def _sentences(view: ComparisonView, alternative: Alternative) -> list[str]:
    slack = _slack(view, alternative)
    if alternative.effect is Effect.NOTHING:
        nothing = [_nothing_read(view, alternative, slack), *slack]
        return [*nothing, _NO_FINDING] if alternative.changes else nothing
    if alternative.effect is Effect.NO_MOTHER:
        return [_no_mother(view), *_beside_mothers(alternative), *slack, _NO_FINDING]
    found = [*_mothers(view, alternative), *slack, _gap(view, alternative)]
    return [*found, *cost_in_words(view, alternative), *_draws(view, alternative)]


_NO_FINDING = (
    "There is therefore no gap and no price to report. This does not show that such a change would make no difference"
)


def _nothing_read(view: ComparisonView, alternative: Alternative, slack: Sequence[str]) -> str:
    same = f"nothing at all differs in {view.pairs} ({_births(view)} births, the same mothers with the same luck)"
    if not alternative.changes:
        return f"{same}, for both scenarios have the same inputs"
    unread = [change for change in alternative.changes if change.unread]
    if len(unread) == len(alternative.changes) and unread:
        by_reason = groupby(unread, key=lambda change: change.unread)
        reasons = (f"{_listed([each.path for each in same])} ({why})" for why, same in by_reason)
        return f"{same}: nothing in the model reads {'; '.join(reasons)}"
    paths = _listed([change.path for change in alternative.changes])
    return f"{same}" if slack else f"{same}: nothing in the model read what it changes, {paths}"


def _births(view: ComparisonView) -> str:
    return count(view.replicates * view.summary.value("births"))


def _listed(names: Sequence[str]) -> str:
    more = [f"and {len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return ", ".join([*names[:_NAMED], *more]) or "nothing"


def _no_mother(view: ComparisonView) -> str:
    same = f"no mother's story differs in {view.pairs} ({_births(view)} births)"
    return f"{same}, so it touches at most {_at_most(view)} mothers a run (upper 95{PERCENT} limit)"


def _at_most(view: ComparisonView) -> str:
    """Upper limit on mothers per run when no pair shows any."""
    return roughly(limit_of_none(view.replicates).mothers_per_pair, "mothers").removesuffix(" mothers")


def _beside_mothers(alternative: Alternative) -> Iterator[str]:
    """Metrics that differ although no mother's story does."""
    found = {name: alternative.difference(name) for name in _BESIDE_MOTHERS}
    named = [
        f"{_metric(name)}, {change_cell(each)} {unit_in_words(each.unit)}" for name, each in found.items() if each.value
    ]
    if named:
        yield f"What differs does not concern mothers: {'; '.join(named[:_NAMED])}"


def _metric(name: str) -> str:
    description = METRICS[name].description.partition(":")[0]
    return f"{description[0].lower()}{description[1:]}"


def _slack(view: ComparisonView, alternative: Alternative) -> list[str]:
    """Why the order of work matters little, where only the order changes and nearly all work is done anyway."""
    scenarios = {each.name: each for each in view.results.scenarios}
    base, other = scenarios[view.base.name], scenarios[alternative.name]
    if not orders_work_only(base, other, alternative.changes):
        return []
    found = [view.summary, view.summary_of(alternative.name)]
    undone = max(each.value("expired_requests") for each in found)
    contacts = view.summary.value("contacts_per_birth") * view.summary.value("births")
    if not undone < _LITTLE_UNDONE * (undone + contacts):  # NaN where there is no team
        return []
    left = f"{count(undone)} pieces of work in a run expire" if undone else "no piece of work expires"
    decides = "little" if undone else "nothing"
    return [
        f"The team uses {time_used(view.summary)}; {left} undone beside {count(contacts)} contacts, so the order of "
        f"work, which is all that changes, decides {decides}"
    ]


def _mothers(view: ComparisonView, alternative: Alternative) -> Iterator[str]:
    """More or fewer mothers in all and in the most deprived quintile, as far as these runs show."""
    drawn = f", over {view.draws} draws of the inputs" if alternative.is_over_draws("any_6w") else ""
    lead = f"of the {count(view.summary.value('births'))} births in {view.period}{drawn}"
    extra = alternative.extra_mothers("all")
    first = view.summary.quintiles[0]
    quintile = f"in {QUINTILE_NAMES[first]} {_number(alternative.extra_mothers(first))}"
    both = f"; {quintile}" if view.summary.quintiles[1:] else ""
    if not extra.has_limits:
        found = f"{_number(extra, ' mothers')} {_STILL}{both}"
        yield f"{lead}, one pair of runs, which cannot separate an effect from chance, has {found}"
    elif differs(extra):
        yield f"{lead}, there would be {_number(extra, ' mothers')} {_STILL}{both}"
    elif extra.upper == extra.lower:
        most = f"at most {_at_most(view)} a run (upper 95{PERCENT} limit)"
        yield f"{lead}, there is no difference in {view.pairs} in mothers {_STILL}, so {most}{both}"
    else:
        what = "these draws" if drawn else "these runs"
        told = "cannot tell whether more or fewer mothers would still be breastfeeding at six weeks"
        yield f"{lead}, {what} {told}: {_number(extra)}{both}"
        yield from _detectable(alternative)
    yield from _stories(view, alternative)


def _number(extra: Amount, whom: str = "") -> str:
    """Number of mothers more or fewer: an estimate, or an interval where it includes none."""
    if extra.has_limits and not differs(extra):
        return f"between {between(extra, 'fewer', 'more')}" if extra.upper > extra.lower else f"as many{whom}"
    if not extra.value:
        return f"as many{whom}"
    size = size_in_words(extra).replace(" mothers", "", 1)
    return f"{'about ' if extra.has_limits else ''}{size} {'more' if extra.value > 0.0 else 'fewer'}{whom}"


def _detectable(alternative: Alternative) -> Iterator[str]:
    """The difference detectable with 90 % power; nothing where that is unknown."""
    detectable = alternative.detectable("any_6w") * alternative.births["all"]
    if not math.isnan(detectable):
        yield f"Nine of ten such comparisons would find a difference of {roughly(detectable, 'mothers')}"


def _stories(view: ComparisonView, alternative: Alternative) -> Iterator[str]:
    """How many stories differ, and the days gained or lost."""
    changed = alternative.story("changed")
    if not changed.defined:
        return
    number = changed.value * alternative.births["all"]
    if number < 1.0:
        in_all = round(number * view.replicates)
        whose = "the story of one mother differs" if in_all == 1 else f"the stories of {count(in_all)} mothers differ"
        yield f"In {view.pairs} together {whose}, fewer than one in a run"
        return
    touched = roughly(number, "mothers")
    ways = [_way(alternative, *way) for way in (("gained", "breastfeed for longer"), ("lost", "for a shorter time"))]
    told = " and ".join(filter(None, ways)) or "none of them breastfeeds for a longer or shorter time"
    yield f"The stories of {touched} differ in an average run: {told}"


def _way(alternative: Alternative, measure: str, how: str) -> str:
    """How many mothers gain (or lose) days of breastfeeding, and the mean number of days; empty if none."""
    share = alternative.story(measure).value
    if not share > 0.0:
        return ""
    mothers = roughly(share * alternative.births["all"], "mothers").removesuffix(" mothers")
    return f"{mothers} {how} (by {count(alternative.story(f'days_{measure}').value / share)} days on average)"


def _gap(view: ComparisonView, alternative: Alternative) -> str:
    gap, narrowing = alternative.headline_difference("gap_any_6w"), alternative.narrowing
    whose = "gap between the most and the least deprived quintile"
    if not gap.defined:
        return f"The {whose} is not defined: one of them has no births"
    if not gap.has_limits:
        return f"One pair of runs cannot tell whether the {whose} changes ({change_cell(gap)} percentage points)"
    if gap.upper == gap.lower:
        return f"There is no difference in {view.pairs} in the {whose}"
    if not differs(gap):
        what = "These draws" if alternative.is_over_draws("gap_any_6w") else "These runs"
        limits = between(gap, "percentage points less", "more")
        return f"{what} cannot tell whether the {whose} changes: between {limits}"
    if not narrowing.defined:
        return f"The {whose} reverses"
    return f"The {whose} {'narrows' if narrowing.value > 0.0 else 'widens'} by {size_in_words(narrowing)}"


def _draws(view: ComparisonView, alternative: Alternative) -> Iterator[str]:
    """Share of draws of the inputs with more, as many and fewer mothers; nothing without draws."""
    every, gap = (alternative.drawn.get((metric, "all")) for metric in ("any_6w", "gap_any_6w"))
    if every is None or math.isnan(every.probability_more):
        return
    shares = {
        "more mothers breastfeed": every.probability_more,
        "as many": every.probability_same,
        "fewer": every.probability_fewer,
    }
    yield f"Of {every.draws} draws of the inputs, {_shares_in_words(shares)}"
    if gap is not None and not math.isnan(gap.probability_better):
        larger = 1.0 - gap.probability_better - gap.probability_same
        yield f"The gap is {_shares_in_words({'smaller': gap.probability_better, 'larger': larger})} of them"
    if not math.isnan(every.share_of_inputs):
        yield spread_in_words(every)
    yield from inputs_in_words(view, alternative)


def _shares_in_words(shares: Mapping[str, float]) -> str:
    """The shares of draws that are not 0."""
    return (
        ", ".join(f"{what} in {percent(share)}" for what, share in shares.items() if share > 1e-9) or "the same in all"
    )
