"""Words for contacts: channels, times of day and outcomes."""

from typing import NamedTuple

from bpssim.scenario.wording.wording import Wording
from bpssim.scenario.words import Band, Channel, Outcome


class ChannelWords(NamedTuple):
    """Words for a way of contact.

    Parameters
    ----------
    noun
        What was due or done, in a story.
    contact
        One contact of this kind, where they are counted.
    did
        What the supporter did, in a story.
    unmet
        Description if it did not come about.
    """

    noun: str
    contact: str = "contact"
    did: str = "was in contact with her"
    unmet: str = "they did not meet"


CHANNELS = Wording(
    {
        Channel.WARD: ChannelWords("visit on the ward", "ward contact", "came to her on the ward"),
        Channel.CALL: ChannelWords("call", "call", "called", "the call was not answered"),
        Channel.TEXT: ChannelWords("text", "text", "texted", "no reply came"),
        Channel.HOME_VISIT: ChannelWords("home visit", "home visit", "came to her home"),
        Channel.GROUP: ChannelWords("group", "group session", "was with her at the group"),
        Channel.CLINIC: ChannelWords("clinic", "clinic contact", "was with her at the clinic"),
        Channel.CLASS: ChannelWords("class", "class contact", "was with her at the class"),
        Channel.ONLINE: ChannelWords("message online", "online contact", "wrote to her online"),
    },
    ChannelWords,
)
BANDS = Wording({Band.DAY: "in the day", Band.EVENING: "in the evening"}, str)
OUTCOMES = Wording(
    {
        Outcome.SUPPORTED: "support",
        Outcome.DECLINED: "offer did not suit her",
        Outcome.ALREADY_STOPPED: "feeding had ended",
        Outcome.NO_ANSWER: "did not get through",
        Outcome.EXPIRED: "due, not made",
        Outcome.WITHDRAWN: "taken back",
    },
    str,
)
