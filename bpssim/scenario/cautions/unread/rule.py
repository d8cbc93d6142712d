"""How a rule says that nothing reads an input where it stands."""

from collections.abc import Callable
from typing import NamedTuple

from bpssim.scenario.cautions.unread.uses import Uses
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.review import Policy
from bpssim.scenario.team import Duty


class Place(NamedTuple):
    """Where an input stands.

    Parameters
    ----------
    uses
        What its scenario makes use of.
    keys
        Names and numbers of the entries that it stands in, the outermost first.
    """

    uses: Uses
    keys: tuple[str | int, ...]

    @property
    def pathway(self) -> Pathway:
        """The pathway, for an input of one."""
        return self.uses.scenario.pathways[str(self.keys[0])]

    @property
    def duty(self) -> Duty:
        """The duty of the team, for an input of one."""
        return self.uses.scenario.team.duties[str(self.keys[0])]

    @property
    def policy(self) -> Policy:
        """The policy of the review, for an input of one."""
        return self.uses.scenario.review.policies[str(self.keys[0])]


class Rule(NamedTuple):
    """One reason for which nothing reads an input.

    Parameters
    ----------
    path
        Its path, with a star for the name or number of an entry.
    holds
        Whether the reason holds at a place.
    why
        The reason: what follows "nothing reads it:".
    keeps
        Of a whole part: inputs that are read nevertheless, such as the switch that would make it matter.
    """

    path: str
    holds: Callable[[Place], bool]
    why: str
    keeps: frozenset[str] = frozenset()
