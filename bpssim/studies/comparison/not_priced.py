"""Changes of an alternative that the model does not price.

The model prices hours of paid and volunteer work and travel, and through them pathways, duties and rules of priority.
It does not know the cost of data from a hospital, sign-up by midwives, interpreters or higher acceptance; the planner
gives these in `costs.other_per_year`.
"""

from collections.abc import Iterator
from fnmatch import fnmatch

from bpssim.scenario.pathways import Pathway
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Initiative
from bpssim.studies.comparison.changes import changed_inputs

NOT_PRICED = {
    "population*": "changing the circumstances of mothers",
    "feeding*": "changing feeding without support",
    "data_sharing*": "data agreements and links with the hospital",
    "access*": "making the service better known or easier to use",
    "team.supporters.*.languages*": "finding and training such supporters",
    "team.supporters.*.ethos": "finding and training such supporters",
    "team.supporters.*.context_knowledge": "finding and training such supporters",
    "team.supporters.*.turnover_per_year": "keeping supporters for longer",
    "team.supporters.*.social_distance": "finding and training such supporters",
    "team.retained_by_supervision": "keeping supporters for longer",
    "learning*": "training and supervision beyond hours of the team",
    "support*": "making support more effective",
    "professionals*": "professionals' time and training",
    "community*": "work in the community beyond hours of the team",
    "review.retender*": "the move to another organisation",
    "review.agreement*": "data agreements and links with the hospital",
    "review*": "analysis of records, and the decisions based on it",
}
"""Costs beside the team's time by changed input, from the first pattern that its path matches. Inputs that match no
pattern cost only the team's time, or nothing.
"""

_GATES = ("reached", "staffed", "connects", "accepts", "stays")


def not_priced(base: Scenario, alternative: Scenario) -> tuple[str, ...]:
    """Costs of a change beside the team's time that are not given; none if the planner has given them.

    The planner gives them as `costs.other_per_year` of the alternative, which may be 0 but not that of the base.

    Parameters
    ----------
    base, alternative
        Scenarios that are compared.
    """
    stated = alternative.costs.other_per_year
    if stated is not None and stated != base.costs.other_per_year:
        return ()
    paths = [change.path for change in changed_inputs(base, alternative)]
    fitting = ([what for pattern, what in NOT_PRICED.items() if fnmatch(path, pattern)] for path in paths)
    unpriced = [whats[0] for whats in fitting if whats]
    for name in dict.fromkeys(path.split(".")[1] for path in paths if path.startswith("pathways.")):
        unpriced += _of_pathway(base.active_pathways().get(name), alternative.active_pathways().get(name))
    if _evening_hours(base) != _evening_hours(alternative):
        unpriced.append("a supplement for evening hours")
    return tuple(dict.fromkeys(unpriced))


def _evening_hours(scenario: Scenario) -> float:
    """Hours a week that the team works in the evening."""
    return sum(kind.count * sum(kind.evening_hours.values()) for kind in scenario.team.supporters.values())


def _of_pathway(before: Pathway | None, after: Pathway | None) -> Iterator[str]:
    """Unpriced needs of one pathway that differ between two scenarios."""
    was, now = _needs(before), _needs(after)
    yield from (what for what in {**was, **now} if was.get(what) != now.get(what))
    if before and after and any(getattr(before, gate) != getattr(after, gate) for gate in _GATES):
        yield "making more mothers come, answer or accept"


def _needs(pathway: Pathway | None) -> dict[str, object]:
    """Needs of an active pathway beside the team's time, with their extent as far as the scenario gives it."""
    if pathway is None:
        return {}
    needs: dict[str, object] = {}
    if pathway.removes:
        barriers = ", ".join(trait.word.replace("_", " ") for trait in pathway.removes)
        needs[f"removing barriers ({barriers}), such as by interpreters"] = True
    if pathway.initiative is Initiative.PROFESSIONAL:
        needs["professionals' time for referring mothers or signing them up"] = (pathway.reached, pathway.opens)
    return needs
