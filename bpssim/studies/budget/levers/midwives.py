"""Sign-up by midwives under an agreement, and hours to call the mothers who signed up."""

from bpssim.scenario.pathways import Offer, Pathway
from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import checked
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Initiative, Profession
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.pilot import Measured
from bpssim.studies.budget.prices import SIGN_UP, Prices


def _sign_up(base: Scenario) -> tuple[str, Pathway]:
    """The listed pathway by which midwives sign mothers up."""
    listed = {
        name: pathway
        for name, pathway in base.pathways.items()
        if pathway.by_agreement
        and pathway.initiative is Initiative.PROFESSIONAL
        and pathway.opens.profession is Profession.MIDWIFERY
    }
    if not listed:
        raise NotHere("no pathway is listed by which midwives sign mothers up")
    off = [name for name in listed if name not in base.active_pathways()]
    if not off:
        raise NotHere("midwives sign mothers up already, or may during the run")
    return off[0], listed[off[0]]


def _offers(base: Scenario, own: list[Offer]) -> list[Offer]:
    """Those of its offers that run, or else what is offered in another first contact."""
    active = base.active_pathways()
    choices = [own, *(pathway.offers for pathway in active.values() if not pathway.opens.on.kind.by_pathway)]
    running = ([offer for offer in offers if offer.pathway in active] for offers in choices)
    return next((offers for offers in running if offers), [])


def _scaled(base: Scenario, pounds: float, _: Measured) -> Scenario:
    name, pathway = _sign_up(base)
    agreed = pathway.model_copy(update={"active": True, "offers": _offers(base, pathway.offers)})
    return with_budget(checked(base, pathways={**base.pathways, name: agreed}), pounds)


def _beside(_: Scenario, __: Scenario, measured: Measured, prices: Prices) -> float:
    return prices[SIGN_UP] * measured.births


MIDWIVES = Lever(
    "midwife_sign_up", "Sign-up by midwives",
    "Midwives sign mothers up before they go home, under an agreement, and supporters call. What is left buys hours.",
    _scaled, _beside, prices=(SIGN_UP,), not_priced="whether such an agreement can be had at all",
)  # fmt: skip
