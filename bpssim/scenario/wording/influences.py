"""Words for influences on access: their levels, and who could move them."""

from typing import NamedTuple

from bpssim.scenario.wording.wording import Wording
from bpssim.scenario.words import Level, Mover


class LevelWords(NamedTuple):
    """Words for a level: what lies there, and why mothers are missed, after `because of`."""

    what: str
    because_of: str = "these"


LEVELS = Wording(
    {
        Level.MACRO: LevelWords("law, money and rules", "law, money and rules"),
        Level.MESO: LevelWords(
            "the service, health services and the community",
            "how the service, health services and the community work",
        ),
        Level.MICRO: LevelWords(
            "her circumstances, and how the service meets them",
            "their circumstances and how the service meets them",
        ),
    },
    LevelWords,
)
MOVERS = Wording(
    {
        Mover.LAW: "law and national policy",
        Mover.COMMISSIONER: "the commissioner",
        Mover.HEALTH_SERVICES: "hospital and health services",
        Mover.SERVICE: "the service itself",
        Mover.COMMUNITY: "employers, families and communities",
    },
    str,
)
