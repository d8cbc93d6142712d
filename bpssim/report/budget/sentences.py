"""What a budget shows, in sentences for the terminal and the page."""

import math
from collections.abc import Iterator, Sequence

from bpssim.report.budget.view import BudgetView, LeverView
from bpssim.report.formatting import between, count, differs, opposite, percent, roughly, with_limits
from bpssim.scenario.describing import capital
from bpssim.studies.budget.scaling import TOLERANCE

_IDLE, _HALF_IDLE = 0.25, 0.6
"""Shares of added hours that are worked below which the team is said to have unused time, and that part waits."""
_MANY = 3
"""Levers not told apart from the first that are too many to be called first with it."""
_MOST_RUNS = 20_000
"""Pairs of runs above which a difference is said to be too small to matter."""
_NAMED = 4
"""Levers that a sentence names."""


def question_in_words(view: BudgetView) -> str:
    """The question of a commissioner."""
    if view.saves:
        return f"Where would a cut of {view.money} a year do least harm?"
    return f"What is the best use of {view.money} more a year?"


def answer_in_words(view: BudgetView) -> list[str]:
    """The answer, how sure it is, and what bears on it."""
    if view.replicates == 1:
        return ["One pair of runs cannot tell levers apart; run more (--replicates)."]
    found = [_first(view), *_of_inputs(view), *_first_quintile(view), *_gap(view), *time_in_words(view)]
    return [*found, *_none(view), *_detectable(view), _same_cost(view), *_assumed(view)]


def joined(labels: Sequence[str]) -> str:
    """Labels joined for a sentence, the first few of many."""
    if len(labels) > _NAMED + 1:
        labels = [*labels[:_NAMED], f"{len(labels) - _NAMED} others"]
    *others, last = labels
    return f"{', '.join(others)} and {last}" if others else last


def _effect(lever: LeverView) -> str:
    """Mothers more or fewer with one lever, within a sentence."""
    found = lever.mothers
    if found.has_limits and not differs(found):
        return f"between {between(found, 'fewer', 'more')}" if found.upper > found.lower else "as many"
    size = found if found.value > 0.0 else opposite(found)
    number, _, limits = with_limits(size).replace(" mothers", "", 1).partition(" (")
    return f"{number} {'more' if found.value > 0.0 else 'fewer'}{f', {limits[:-1]}' if limits else ''}"


def _first(view: BudgetView) -> str:
    """What comes first, as far as these runs tell."""
    first, *tied = view.together
    births = f"of {count(view.births)} births a year"
    still = "mothers still breastfeeding at six weeks"
    does, do = ("costs fewest", "cost fewest") if view.saves else ("brings most", "bring most")
    if not any(view.beyond_chance(each.mothers) for each in view.levers):
        none = "No lever can be told apart from the service as it is"
        return f"{none}: {births}, {first.label} has {_effect(first)} {still}."
    if not tied:
        return f"{capital(first.label)} {does} {still}: {births}, {_effect(first)}{_behind(view, 'it')}."
    if not view.behind and len(tied) > 1:
        return (
            f"These runs cannot tell any of the {len(view.levers)} levers apart: {births}, {first.label} has "
            f"{_effect(first)} {still}, and {tied[-1].label} {_effect(tied[-1])}."
        )
    if len(tied) >= _MANY:
        return (
            f"The highest mean is that of {first.label}: {births}, {_effect(first)} {still}. These runs do not tell "
            f"{joined([each.label for each in tied])} from it{_behind(view, 'it')}."
        )
    each = [f"{lever.label} ({_effect(lever)})" for lever in (first, *tied)]
    apart = f"These runs do not tell them apart{_behind(view, 'the first')}."
    return f"{capital(joined(each))} {do} {still}, {births}. {apart}"


def _behind(view: BudgetView, what: str) -> str:
    """How many levers are told apart from the first, as the end of a sentence."""
    number = len(view.behind)
    if not number:
        return ""
    return f"; the other {'is' if number == 1 else f'{_number(number)} are'} told apart from {what}"


def _number(number: int) -> str:
    return {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}.get(number, str(number))


def _detectable(view: BudgetView) -> Iterator[str]:
    """What it would take to tell the first two apart, or what can be told."""
    first = view.together[0]
    pairs = [row for row in view.results.budget_pairs if first.row.lever in (row.lever, row.other)]
    found = sorted(row.detectable for row in pairs if not math.isnan(row.detectable))
    if found:
        size = roughly(found[len(found) // 2], "mothers")
        yield f"Nine of ten such comparisons would tell a lever from the first if they differed by {size} a year."
    if not view.together[1:]:
        return
    second = view.together[1]
    row = next(row for row in pairs if second.row.lever in (row.lever, row.other))
    if not row.difference or math.isnan(row.detectable):
        return
    needed = view.replicates * (row.detectable / row.difference) ** 2
    names = f"{first.label} from {second.label}"
    if needed > _MOST_RUNS:
        yield f"A difference as small as these runs show between {first.label} and {second.label} hardly matters."
    else:
        yield f"To tell {names} would take some {roughly(needed, 'mothers').removesuffix(' mothers')} pairs of runs."


def _none(view: BudgetView) -> Iterator[str]:
    """Levers that may do nothing."""
    unsure = [each.label for each in view.levers if not view.beyond_chance(each.mothers)]
    if unsure:
        yield f"No difference from the service as it is can be told for {joined(unsure)}."


def _of_inputs(view: BudgetView) -> Iterator[str]:
    """How often each lever is best over draws of the inputs."""
    shares = sorted(
        ((each.row.share_best, each.label) for each in view.levers if each.row.share_best > 0.0), reverse=True
    )
    if shares:
        told = [f"{label} in {percent(share)}" for share, label in shares]
        best = f"Of {view.draws} draws of the uncertain inputs, the best is {joined(told)}"
        yield f"{best}; assumed prices are not drawn."


def _first_quintile(view: BudgetView) -> Iterator[str]:
    if view.summary.quintiles[:1] != ["1"]:
        return
    best = max(view.levers, key=lambda each: each.mothers_1.value)
    found = best.mothers_1
    if differs(found):
        what = "most" if not view.saves else "fewest are lost"
        size = with_limits(found if found.value > 0.0 else opposite(found))
        direction = "more" if found.value > 0.0 else "fewer"
        yield f"In quintile 1, {what} with {best.label}: {size} {direction}."


def _gap(view: BudgetView) -> Iterator[str]:
    """Levers whose change of the gap is beyond chance; many are looked at, so one may be by chance."""
    changes = {
        "narrows": [each.label for each in view.levers if view.beyond_chance(each.gap) and each.gap.value < 0.0],
        "widens": [each.label for each in view.levers if view.beyond_chance(each.gap) and each.gap.value > 0.0],
    }
    told = [f"{how} with {joined(labels)}" for how, labels in changes.items() if labels]
    if told:
        yield f"The gap between quintiles 1 and 5 {' and '.join(told)}; for the rest these runs cannot tell."
    else:
        yield "For none of them can these runs tell whether the gap between quintiles 1 and 5 changes."


def time_in_words(view: BudgetView) -> Iterator[str]:
    """Whether the team has unused time, and whether more hours would be worked."""
    used = view.summary.value("utilisation_paid")
    if math.isnan(used):
        return
    undone = view.a_year(view.summary.value("expired_requests"))
    yield f"The paid team uses {percent(used)} of its hours, and {count(undone)} pieces of work expire undone a year."
    hours = next((each for each in view.levers if each.row.lever == "hours"), None)
    worked = math.nan if hours is None or view.saves else max(view.worked_of_added(hours), 0.0)
    lead = f"With more hours of the same, {percent(worked)} of the added hours would be worked"
    if worked < _IDLE:
        yield f"{lead}: the team already has unused time, so more hours alone buy little or nothing."
    elif worked < _HALF_IDLE:
        yield f"{lead}: what is left of the work waits for mothers to be reached, and not for supporters."


def _same_cost(view: BudgetView) -> str:
    costs = [each.cost.value for each in view.levers]
    low, high = (f"\N{POUND SIGN}{count(abs(each))}" for each in (min(costs, key=abs), max(costs, key=abs)))
    what = "saves" if view.saves else "costs"
    text = f"In the runs each {what} {low} to {high}{'' if view.saves else ' more'} a year"
    others = [each.label for each in view.out_of_proportion]
    if others:
        return f"{text}; {joined(others)} {'is' if len(others) == 1 else 'are'} more than {percent(TOLERANCE)} off."
    return f"{text}."


def _assumed(view: BudgetView) -> Iterator[str]:
    """Which levers rest on a price that is assumed."""
    assumed = [price.what for price in view.results.manifest.prices if price.assumed]
    levers = [each.label for each in view.levers if any(what in each.row.assumed_prices for what in assumed)]
    if levers:
        yield (
            f"Part of the price is an assumption (grade C) for {joined(levers)}; where it is lower, more of the sum is "
            "left for hours."
        )


def assumed_in_words(view: BudgetView) -> list[str]:
    """Assumed prices in use, each with the levers that pay it."""
    found = []
    for price in view.results.manifest.prices:
        payers = [each.title for each in view.levers if price.what in each.row.assumed_prices]
        if payers:
            reason = price.evidence.removeprefix("assumption: ")
            assumed = f"assumed (grade C), range {price.low:,g} to {price.high:,g}; {reason}"
            source = assumed if price.assumed else "as given"
            head = f"{capital(price.what)} ({joined(payers)})"
            found.append(f"{head}: {price.value:,g} {price.unit}, {source}. Another: --price {price.name}=...")
    return found


def not_priced_in_words(view: BudgetView) -> list[str]:
    """What each lever needs beside that has no price."""
    return [f"{each.title}: {each.row.not_priced}." for each in view.levers if each.row.not_priced]
