"""What an alternative changes and nothing prices, so that its cost is that of the team's time alone.

The model prices hours of paid and volunteer work, travel, and through them pathways, duties and every rule about whose
turn it is. It does not know what it costs that a hospital sends data, midwives sign mothers up, interpreters are there
or more mothers accept; that is for the planner to give in `costs.other_per_year`.
"""

from collections.abc import Iterator
from fnmatch import fnmatch

from bpssim.scenario.pathways import Pathway
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Initiative
from bpssim.studies.comparison.changes import changed_inputs

NOT_PRICED = {
    "population*": "what brings about other circumstances of mothers",
    "feeding*": "what brings about other feeding without support",
    "data_sharing*": "data agreements and links with the hospital",
    "access*": "what makes the service better known or easier to come to",
    "team.supporters.*.languages*": "finding and training such supporters",
    "team.supporters.*.ethos": "finding and training such supporters",
    "team.supporters.*.context_knowledge": "finding and training such supporters",
    "team.supporters.*.turnover_per_year": "keeping supporters for longer",
    "team.supporters.*.social_distance": "finding and training such supporters",
    "team.retained_by_supervision": "keeping supporters for longer",
    "learning*": "training and supervision beyond hours of the team",
    "support*": "what makes support do more",
    "professionals*": "professionals' time and training",
    "community*": "work in the community beyond hours of the team",
    "review.retender*": "the move to another organisation",
    "review.agreement*": "data agreements and links with the hospital",
    "review*": "analysis of records, and what is decided from them",
}
"""For changed inputs, by the first pattern that their path fits: what each costs beside the team's time. Those that fit
none cost the team's time only, or nothing.
"""

_GATES = ("reached", "staffed", "connects", "accepts", "stays")


def not_priced(base: Scenario, alternative: Scenario) -> tuple[str, ...]:
    """What the change costs beside the team's time and nothing says how much; none if the planner has said it.

    The planner says it by giving the alternative `costs.other_per_year`, 0 included, other than that of the base.

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
    found = [whats[0] for whats in fitting if whats]
    for name in dict.fromkeys(path.split(".")[1] for path in paths if path.startswith("pathways.")):
        found += _of_pathway(base.active_pathways().get(name), alternative.active_pathways().get(name))
    return tuple(dict.fromkeys(found))


def _of_pathway(before: Pathway | None, after: Pathway | None) -> Iterator[str]:
    """What one pathway takes that nothing prices, if it does so in one of two scenarios and not alike in the other."""
    was, now = _takes(before), _takes(after)
    yield from (what for what in {**was, **now} if was.get(what) != now.get(what))
    if before and after and any(getattr(before, gate) != getattr(after, gate) for gate in _GATES):
        yield "what makes more mothers come, answer or accept"


def _takes(pathway: Pathway | None) -> dict[str, object]:
    """What a pathway that runs takes beside the team's time, and how much of it as far as the scenario says."""
    if pathway is None:
        return {}
    found: dict[str, object] = {}
    if pathway.removes:
        barriers = ", ".join(trait.word.replace("_", " ") for trait in pathway.removes)
        found[f"what removes barriers ({barriers}), such as interpreters"] = True
    if pathway.initiative is Initiative.PROFESSIONAL:
        found["professionals' time for referring mothers or signing them up"] = (pathway.reached, pathway.opens)
    if pathway.evening:
        found["a supplement for evening hours"] = True
    return found
