"""Words for people: what stood between mothers and the service lies in services and circumstances."""

from bpssim.scenario.words import Gate, Reason

LOST_AFTER = {
    Gate.BORN: "Before any pathway opened",
    Gate.ELIGIBLE: "Service did not know of her",
    Gate.KNOWN: "Known, not chosen",
    Gate.CHOSEN: "Due, nobody got to her",
    Gate.ATTEMPTED: "Tried, did not get through",
    Gate.CONNECTED: "Spoke, no support followed",
    Gate.ACCEPTED: "Accepted, support not given",
    Gate.SUPPORTED: "Supported, but late",
}
"""What happened to mothers who passed a gate and not the next."""

REASONS = {
    Reason.NONE: "",
    Reason.NOT_BREASTFEEDING: "was not breastfeeding then",
    Reason.OUTSIDE_PATHWAY: "no pathway at her time or place",
    Reason.NO_DATA: "service was not told about her",
    Reason.NOT_AWARE: "service not made known to her",
    Reason.NOT_IN_AUDIENCE: "pathway was meant for others",
    Reason.NOT_APPROACHED: "nobody approached her",
    Reason.DID_NOT_SEEK: "left to her to come forward",
    Reason.NOT_REFERRED: "professionals did not refer",
    Reason.NO_SUPPORTER_PRESENT: "no supporter was present",
    Reason.NO_CAPACITY: "no supporter had time",
    Reason.NO_ANSWER: "contact came at the wrong time",
    Reason.WRONG_NUMBER: "number passed on was wrong",
    Reason.LANGUAGE_BARRIER: "no common language",
    Reason.DECLINED: "offer did not suit her",
    Reason.ALREADY_STOPPED: "breastfeeding had ended by then",
    Reason.TOO_LATE: "first contact came late",
    Reason.STILL_WAITING: "still waiting at the end",
}
"""Why, by `bpssim.scenario.words.Reason`."""

PASSED = {
    Gate.BORN: "Gave birth",
    Gate.ELIGIBLE: "A pathway was open",
    Gate.KNOWN: "Service knew of her",
    Gate.CHOSEN: "Pathway was for her",
    Gate.ATTEMPTED: "Contact was tried",
    Gate.CONNECTED: "Contact was made",
    Gate.ACCEPTED: "Offer suited her",
    Gate.SUPPORTED: "Had support",
    Gate.SUPPORTED_IN_TIME: "Had support in time",
}
"""What is true of mothers who passed a gate."""
