"""The answer: headlines of a run in words and numbers."""

from collections.abc import Iterator

from bpssim.report.elements import Bullets, Note, Section, Tile, Tiles, Words
from bpssim.report.formatting import Amount, in_words, limits_in_words, per_hundred, with_limits
from bpssim.report.local_rate import local_rate_in_words
from bpssim.report.run.losses import largest_gate, losses, passed
from bpssim.report.run.view import RunView
from bpssim.report.run.where import localities_of, where_in_short
from bpssim.report.summary_lookup import QUINTILE_NAMES, SHORT_NAMES
from bpssim.scenario.words import Gate, Reason


def answer(view: RunView) -> Section:
    """Who was reached, who still breastfeeds, where the others were lost, and cautions."""
    if not view.quintiles:
        return Section(
            "answer", "In short", [Words(["There were no births in this run, so there is nothing to report."])]
        )
    return Section("answer", "In short", [Tiles(_tiles(view)), Bullets(list(_sentences(view))), Note(view.ranges)])


def _tiles(view: RunView) -> list[Tile]:
    metrics = {"any_6w": "Breastfeeding at six weeks"}
    if view.has_service:
        metrics = {
            "reach_day7": "Reached by day 7",
            "supported": "Supported while breastfeeding",
            **metrics,
        }
    tiles = [
        Tile(label, {SHORT_NAMES[quintile]: _headline(view.summary.amount(metric, quintile)) for quintile in view.ends})
        for metric, label in metrics.items()
    ]
    gap = view.summary.amount("gap_any_6w")
    if gap.defined:
        tiles.append(Tile("Gap at six weeks", {"quintile 5 minus quintile 1": _headline(gap)}))
    return tiles


def _headline(amount: Amount) -> tuple[str, str]:
    return in_words(amount).replace(" percentage points", " points"), limits_in_words(amount)


def _sentences(view: RunView) -> Iterator[str]:
    if view.has_service:
        reached = view.across("reach_day7", limits=True)
        supported = view.across("supported", limits=True)
        yield (
            f"After the birth and by the time the baby was seven days old, a supporter had been in contact with "
            f"{reached}. While they breastfed, {supported} had support."
        )
        if view.summary.value("contact_in_pregnancy"):
            yield f"In pregnancy there was contact with {view.across('contact_in_pregnancy', limits=True)}."
    else:
        yield "This scenario has no peer support service: it shows how feeding goes without one."
    yield f"At six weeks, {view.across('any_6w', limits=True)} were breastfeeding. {_gap(view)}"
    yield from local_rate_in_words(view.results.scenario, view.results.local_rate)[:1]
    if view.has_service:
        yield _lost(view, view.quintiles[0])
        if places := localities_of(view):
            yield f"{where_in_short(places)}."
        cost = view.summary.amount("cost_per_birth")
        yield f"The team cost {with_limits(cost)}."


def _gap(view: RunView) -> str:
    gap = view.summary.amount("gap_any_6w")
    if not gap.defined:
        missing = " and ".join(f"quintile {end}" for end in ("1", "5") if end not in view.quintiles)
        return f"The gap between the most and the least deprived quintile is not defined: no births in {missing}."
    return f"The gap between the two is {with_limits(gap)}."


def _lost(view: RunView, quintile: str) -> str:
    """Gate at which most mothers of a quintile were lost, and the reason."""
    found = losses(view.results.cascade)
    in_time = passed(view.results.cascade)[Gate.SUPPORTED_IN_TIME][quintile].value
    no_feeding = sum(
        loss.shares.get(quintile, 0.0)
        for loss in found
        if loss.gate is Gate.BORN and loss.reason is Reason.NOT_BREASTFEEDING
    )
    text = (
        f"Of 100 mothers in {QUINTILE_NAMES[quintile]}, {per_hundred(in_time)} were supported in time; for "
        f"{per_hundred(no_feeding)} there was no breastfeeding when the service might have met them."
    )
    most = largest_gate(found, quintile)
    if most is None:
        return text
    share, loss = most
    where = f"“{loss.what.lower()}” ({per_hundred(share)} of 100)"
    return f"{text} Of the others, the largest part was lost at {where}, most often because: {loss.why}."
