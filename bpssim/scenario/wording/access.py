"""Words for access. Barriers lie in services and circumstances."""

from typing import NamedTuple

from bpssim.scenario.wording.wording import Wording
from bpssim.scenario.words import Gate, Initiative, Reason, Trigger


class GateWords(NamedTuple):
    """Words for a gate: for mothers who passed it, and for mothers who got no further."""

    passed: str
    lost_after: str = "Got no further"


GATES = Wording(
    {
        Gate.BORN: GateWords("Gave birth", "Before any pathway opened"),
        Gate.ELIGIBLE: GateWords("A pathway was open", "Not known to each other"),
        Gate.KNOWN: GateWords("Known as far as needed", "No first move was made"),
        Gate.CHOSEN: GateWords("A first move was made", "Queued, not attempted"),
        Gate.ATTEMPTED: GateWords("Contact was tried", "Attempted, not connected"),
        Gate.CONNECTED: GateWords("Contact was made", "Contacted, not supported"),
        Gate.ACCEPTED: GateWords("Offer suited her", "Accepted, support not given"),
        Gate.SUPPORTED: GateWords("Had support", "Supported, but late"),
        Gate.SUPPORTED_IN_TIME: GateWords("Had support in time", "Not lost"),
    },
    GateWords,
)
REASONS = Wording(
    {
        Reason.NONE: "",
        Reason.NOT_BREASTFEEDING: "was not breastfeeding then",
        Reason.OUTSIDE_PATHWAY: "no pathway at her time or place",
        Reason.NO_DATA: "service was not told how to reach her",
        Reason.NOT_AWARE: "service not made known to her",
        Reason.AUDIENCE_UNKNOWN: "service was not told if it was for her",
        Reason.NOT_IN_AUDIENCE: "pathway was meant for others",
        Reason.NOT_APPROACHED: "nobody approached her",
        Reason.DID_NOT_SEEK: "left to her to come forward",
        Reason.NOT_REFERRED: "professionals did not refer",
        Reason.NO_SUPPORTER_PRESENT: "no supporter was present",
        Reason.NO_CAPACITY: "no supporter had time",
        Reason.NO_ANSWER: "no answer to call, text or visit",
        Reason.IN_HOSPITAL: "not home from hospital yet",
        Reason.WRONG_NUMBER: "number passed on was wrong",
        Reason.LANGUAGE_BARRIER: "no common language",
        Reason.DECLINED: "offer did not suit her",
        Reason.ALREADY_STOPPED: "breastfeeding had ended by then",
        Reason.TOO_LATE: "support came late",
        Reason.STILL_WAITING: "still waiting at the end",
        Reason.HAS_PLAN: "already had a plan with a supporter",
        Reason.BIRTH_UNKNOWN: "service did not hear of the birth",
    },
    str,
)


class InitiativeWords(NamedTuple):
    """Words for a first move: what mothers do or have done, and how a contact that follows it begins in a story."""

    mothers: str
    before_contact: str = ""


INITIATIVES = Wording(
    {
        Initiative.SERVICE: InitiativeWords("are approached"),
        Initiative.MOTHER: InitiativeWords("join", "she asked for support, and "),
        Initiative.PROFESSIONAL: InitiativeWords("are referred", "she was referred, and "),
    },
    InitiativeWords,
)
TRIGGERS = Wording(
    {
        Trigger.BOOKING: "at booking",
        Trigger.CLASS: "at an antenatal class",
        Trigger.WARD_STAY: "on the ward",
        Trigger.NEONATAL_STAY: "on the neonatal unit",
        Trigger.DISCHARGE: "after discharge",
        Trigger.BABY_AGE: "",
        Trigger.PROBLEM: "when she has a difficulty",
        Trigger.PROFESSIONAL_CONTACT: "when professionals see her",
        Trigger.CLINIC_DAY: "at a clinic",
        Trigger.GROUP_DAY: "at a group",
        Trigger.BROADCAST: "as a message to all",
        Trigger.OWN_INITIATIVE: "",
        Trigger.OFFERED: "when another pathway offers it",
        Trigger.DUE_DATE: "by the due date",
    },
    str,
)
"""When a pathway opens; nothing where its ages say so."""
