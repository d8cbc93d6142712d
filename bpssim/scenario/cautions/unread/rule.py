"""Form of a rule which says that nothing reads an input."""

from collections.abc import Callable
from typing import NamedTuple

from bpssim.scenario.cautions.unread.uses import Uses
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.review import Policy
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Duty


class Place(NamedTuple):
    """Position of an input.

    Parameters
    ----------
    uses
        What its scenario uses.
    keys
        Names and numbers of the entries that contain it, outermost first.
    """

    uses: Uses
    keys: tuple[str | int, ...]

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.uses.scenario

    @property
    def pathway(self) -> Pathway:
        """The pathway, for an input of one."""
        return self.scenario.pathways[str(self.keys[0])]

    @property
    def duty(self) -> Duty:
        """The duty of the team, for an input of one."""
        return self.scenario.team.duties[str(self.keys[0])]

    @property
    def policy(self) -> Policy:
        """The policy of the review, for an input of one."""
        return self.scenario.review.policies[str(self.keys[0])]


class Rule(NamedTuple):
    """One reason why nothing reads an input.

    Parameters
    ----------
    path
        Path of the input, with a star for the name or number of an entry.
    holds
        Whether the reason holds at a position.
    why
        The reason, as it follows "nothing reads it:".
    keeps
        Inputs within a part that are read nevertheless, such as its switch.
    """

    path: str
    holds: Callable[[Place], bool]
    why: str
    keeps: frozenset[str] = frozenset()
