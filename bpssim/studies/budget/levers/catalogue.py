"""All levers for more money, and all for less."""

from collections.abc import Sequence

from bpssim.scenario.scenario import Scenario
from bpssim.studies.budget.levers.cuts import cuts_of
from bpssim.studies.budget.levers.data_link import DATA_LINK
from bpssim.studies.budget.levers.evening import EVENING
from bpssim.studies.budget.levers.hours import FEWER_HOURS, MORE_HOURS
from bpssim.studies.budget.levers.interpreters import INTERPRETERS
from bpssim.studies.budget.levers.lever import Lever
from bpssim.studies.budget.levers.local_supporters import LOCAL_SUPPORTERS
from bpssim.studies.budget.levers.midwives import MIDWIVES
from bpssim.studies.budget.levers.visits import VISITS
from bpssim.studies.budget.levers.weekend_ward import WEEKEND_WARD

MORE = (MORE_HOURS, EVENING, WEEKEND_WARD, VISITS, INTERPRETERS, LOCAL_SUPPORTERS, MIDWIVES, DATA_LINK)


def levers_for(base: Scenario, pounds: float) -> Sequence[Lever]:
    """Levers for more money, or for less if the sum is negative."""
    return MORE if pounds > 0.0 else (FEWER_HOURS, *cuts_of(base))
