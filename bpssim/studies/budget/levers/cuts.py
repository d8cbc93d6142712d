"""What to give up where money is cut: a pathway, or a session with all its pathways, beside hours of the team."""

from collections.abc import Iterator
from functools import partial

from bpssim.scenario.describing import capital
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import checked
from bpssim.scenario.scenario import Scenario
from bpssim.studies.budget.levers.lever import Lever, NotHere
from bpssim.studies.budget.pilot import Measured


def cuts_of(base: Scenario) -> Iterator[Lever]:
    """One lever for each session and for each pathway without one.

    Paid hours are cut in each by the sum, and giving up work leaves more of what remains for the rest.
    """
    running = {name: pathway for name, pathway in base.pathways.items() if pathway.active}
    for session in dict.fromkeys(pathway.session for pathway in running.values() if pathway.session is not None):
        names = tuple(name for name, pathway in running.items() if pathway.session == session)
        yield _without(base, session, names, session)
    for name, pathway in running.items():
        if pathway.session is None:
            yield _without(base, name, (name,), None)


def _without(base: Scenario, name: str, pathways: tuple[str, ...], session: str | None) -> Lever:
    titles = [f"no {base.title_of(each)[:1].lower()}{base.title_of(each)[1:]}" for each in pathways]
    given_up = " and ".join(titles)
    return Lever(
        f"without_{name}",
        capital(given_up),
        "Its time goes to the rest of the work, and hours are cut until the sum is saved.",
        partial(_scaled, names=pathways, session=session),
    )


def _scaled(base: Scenario, pounds: float, _: Measured, names: tuple[str, ...], session: str | None) -> Scenario:
    left: dict[str, Pathway] = {
        name: pathway.model_copy(update={"active": False}) if name in names else pathway
        for name, pathway in base.pathways.items()
    }
    if not any(pathway.active for pathway in left.values()):
        raise NotHere("it is all that the service does")
    duties = {name: duty for name, duty in base.team.duties.items() if name != session}
    team = base.team.model_copy(update={"duties": duties})
    return with_budget(checked(base, pathways=left, team=team), pounds)
