"""Home visits for everybody: they are offered to every mother in a first contact, and hours come with them."""

from bpssim.scenario.cautions.team import longest_day, minutes_needed
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import checked
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Channel
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.pilot import Measured


def _visits(base: Scenario) -> list[str]:
    """Pathways that begin with a visit at home and are offered by another one that runs, be they off."""
    offered = {offer.pathway for pathway in base.active_pathways().values() for offer in pathway.offers}
    return [name for name in base.pathways if name in offered and _begins_at_home(base.pathways[name])]


def _begins_at_home(pathway: Pathway) -> bool:
    return pathway.steps[0].channel is Channel.HOME_VISIT


def _offered_to_all(pathway: Pathway, visits: list[str]) -> Pathway:
    offers = [
        offer.model_copy(update={"extra": False}) if offer.pathway in visits else offer for offer in pathway.offers
    ]
    return pathway.model_copy(update={"offers": offers})


def _scaled(base: Scenario, pounds: float, _: Measured) -> Scenario:
    visits = _visits(base)
    if not visits:
        raise NotHere("no pathway that runs offers a home visit")
    pathways = {name: _offered_to_all(pathway, visits) for name, pathway in base.pathways.items()}
    pathways |= {name: pathways[name].model_copy(update={"active": True}) for name in visits}
    if pathways == base.pathways:
        raise NotHere("home visits are offered to every mother already, so this would be more hours of the same")
    changed = with_budget(checked(base, pathways=pathways), pounds)
    for name in visits:
        visit = changed.pathways[name]
        needed, longest = minutes_needed(changed, visit.steps[0]), longest_day(changed, visit, visit.steps[0])
        if needed > longest:
            raise NotHere(f"a visit takes up to {needed:.0f} minutes, and nobody works longer than {longest:.0f} a day")
    return changed


VISITS = Lever(
    "visits", "Home visits for all",
    "A home visit is offered to every mother in her first contact, and not only to a target group. The money buys "
    "hours of the same.",
    _scaled, not_priced="finding and training the people",
)  # fmt: skip
