"""Words for what pathways assume of mothers."""

from bpssim.report.formatting import UNDEFINED, per_hundred
from bpssim.statistics.groups import ALL
from bpssim.studies.context_check.assumed import Assumed
from bpssim.studies.context_check.result import CheckedAssumption, ContextCheck, Counted, PathwayContext

GATES = {
    "reached": "of a first contact",
    "connects": "of getting through",
    "accepts": "of taking it up",
    "stays": "of going on",
}
"""What the odds at each gate are odds of."""
TO_BEGIN = "Mothers for whom it can begin"
SUPPORTED = "Mothers whom it supports"
"""Rows for mothers who meet what it takes to begin, and for those of whom it comes to support."""


def effect_in_words(assumed: Assumed) -> str:
    """What an assumption does to mothers who do not meet it, in a sentence without its end."""
    if not assumed.effects:
        return "without it the pathway does not begin"
    alike: dict[tuple[float, str, str], list[str]] = {}
    for effect in assumed.effects:
        alike.setdefault((effect.odds, effect.evidence, effect.grade), []).append(GATES[effect.gate])
    odds = (
        f"the odds {' and '.join(gates)} are {each:.2g} times as high ({evidence}, grade {grade})"
        for (each, evidence, grade), gates in alike.items()
    )
    without = "with one standard deviation less of it" if assumed.is_graded else "without it"
    return f"{without} {'; '.join(odds)}"


def in_short(assumed: Assumed) -> str:
    """An assumption with the odds of mothers who do not meet it; without odds it cannot begin for them."""
    odds = dict.fromkeys(f"{effect.odds:.2g}" for effect in assumed.effects)
    return f"{assumed.words} (odds {', '.join(odds)})" if odds else assumed.words


def owners_in_words(checked: CheckedAssumption) -> str:
    """Influences that an assumption belongs to, each with its level."""
    return "; ".join(f"{owner.title} ({owner.level.word})" for owner in checked.owners) or UNDEFINED


def of_hundred(counted: Counted) -> list[str]:
    """Mothers of 100 in quintile 1 to 5."""
    return [per_hundred(float(share)) for share in counted.shares.mean[:ALL]]


def found_in_words(context: PathwayContext) -> str:
    """For how many mothers of the most and the least deprived quintile a pathway is made."""
    begin, supported = of_hundred(context.can_begin), of_hundred(context.supported)
    text = (
        f"It can begin for {begin[0]} of 100 mothers in quintile 1 and {begin[-1]} in quintile 5, and supports "
        f"{supported[0]} and {supported[-1]}."
    )
    most = context.most_in_the_way(0)
    loses = "The assumption that loses most mothers in quintile 1 is that she"
    return f"{text} {loses} {most.assumed.words}." if most else text


def how_counted(check: ContextCheck) -> list[str]:
    """What the numbers are, and how each was counted, in sentences."""
    births = " ".join(f"{float(each):,.0f}" for each in check.births.mean[:ALL])
    runs = f"Means over {check.replicates} runs" if check.replicates > 1 else "From a single run"
    return [
        f"{runs}. Base: all births of a year, {births} in quintile 1 (most deprived) to 5, whether or not she starts "
        "to breastfeed.",
        "Circumstances and confidence: mothers drawn for the runs, on the day when the pathway opens for her, or if it "
        "never does on the first day on which it could; day 7 where an event opens it and no date. Feeding, having "
        "heard, sessions, offers, classes and support: what happens in the runs. Known in time: the same, of mothers "
        "who breastfeed then. A mother may be in several rows.",
        "Odds: those of going on for a mother who does not meet it, relative to one who does; for confidence, for one "
        "standard deviation less. Most of them are assumptions (grade C). Where there are none, it cannot begin.",
    ]


def as_if_in_words(context: PathwayContext) -> str:
    """Whether a pathway that is switched off was run for this; empty for one that is on."""
    if context.runs:
        return ""
    if context.as_if:
        return "It is switched off; counted as if it ran."
    return "It is switched off and cannot run here; times and data are those of the service without it."
