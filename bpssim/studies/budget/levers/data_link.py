"""A data link by which the service is told the quintile of each home, with a plan to use it."""

from bpssim.scenario.data_sharing import DataSharing, Feed
from bpssim.scenario.pathways import Audience, Condition, Pathway
from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import checked, free_name
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.service import Objectives
from bpssim.scenario.words import Channel, Item, Style, Trigger
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import LINK, Prices

_FURTHER_CALLS, _FURTHER_VISITS, _MOST = 3, 2, 20
"""Further attempts at mothers of the target group, and the most that a pathway may have."""
_TIMES, _HIGHEST = 2.0, 100.0
"""How many times the weight that the target group has in the queue, and the highest weight."""


def _told(sharing: DataSharing) -> DataSharing:
    """Data sharing with a flag of the quintile beside what is passed on already."""
    if not sharing.all_feeds():
        return sharing.model_copy(update={"preset": "quintile_flag"})
    name = free_name("data_link", sharing.all_feeds())
    link = Feed(items=[Item.QUINTILE])
    return sharing.model_copy(update={"feeds": {**sharing.feeds, name: link}})


def _is_listed_call(pathway: Pathway) -> bool:
    """Whether it is a call to every mother who is discharged breastfeeding."""
    return (
        pathway.from_afar
        and pathway.opens.on is Trigger.DISCHARGE
        and pathway.steps[0].channel is Channel.CALL
        and Item.AGE not in pathway.needs
    )


def _planned(base: Scenario) -> dict[str, Pathway]:
    """Pathways with further attempts for the target group; without any from a list, the listed call is switched on."""
    from_list = [name for name, pathway in base.active_pathways().items() if _is_listed_call(pathway)]
    from_list = from_list or [name for name, pathway in base.pathways.items() if _is_listed_call(pathway)][:1]
    planned = dict(base.pathways)
    for name, pathway in base.pathways.items():
        is_call, runs = name in from_list, name in base.active_pathways()
        further = _FURTHER_CALLS if is_call else _FURTHER_VISITS
        if is_call or (runs and pathway.steps[0].channel is Channel.HOME_VISIT):
            most = pathway.attempts.model_copy(update={"extra": min(pathway.attempts.extra + further, _MOST)})
            planned[name] = pathway.model_copy(update={"attempts": most, "active": True})
    return planned


def _objectives(base: Objectives) -> Objectives:
    """The target group, quintile 1 where none is named, with more weight."""
    first = Audience(any_of=[[Condition(item=Item.QUINTILE, at_most=1)]])
    return base.model_copy(
        update={
            "style": Style.BY_TARGET,
            "target": base.target if base.target.any_of else first,
            "target_weight": min(_TIMES * base.target_weight, _HIGHEST),
        }
    )


def _scaled(base: Scenario, pounds: float, _: Measured) -> Scenario:
    told = {item for feed in base.all_feeds().values() for item in feed.items}
    if told & {Item.QUINTILE, Item.POSTCODE}:
        raise NotHere("the service is told the quintile or the postcode already")
    if not any(_is_listed_call(pathway) for pathway in base.pathways.values()):
        raise NotHere("no pathway starts from what the hospital passes on, so nothing would use a link")
    changed = checked(
        base,
        data_sharing=_told(base.data_sharing),
        pathways=_planned(base),
        objectives=_objectives(base.objectives),
    )
    return with_budget(changed, pounds)


def _beside(_: Scenario, __: Scenario, ___: Measured, prices: Prices) -> float:
    return prices[LINK]


DATA_LINK = Lever(
    "data_link", "A data link with a plan",
    "The hospital passes on the quintile of each home, with names and numbers where it passes on nothing yet. The "
    "target group gets further attempts and more weight. What is left buys hours of the same.",
    _scaled, _beside, prices=(LINK,), not_priced="whether such an agreement can be had, and work of the hospital",
)  # fmt: skip
