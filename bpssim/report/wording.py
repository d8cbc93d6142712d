"""Words for people: what stood between mothers and the service lies in services and circumstances."""

from bpssim.scenario.words import Gate, Reason

LOST_AFTER = {
    Gate.BORN: "Before any pathway opened",
    Gate.ELIGIBLE: "Not known to each other",
    Gate.KNOWN: "No first move was made",
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
}
"""Why, by `bpssim.scenario.words.Reason`."""

PASSED = {
    Gate.BORN: "Gave birth",
    Gate.ELIGIBLE: "A pathway was open",
    Gate.KNOWN: "Known as far as needed",
    Gate.CHOSEN: "A first move was made",
    Gate.ATTEMPTED: "Contact was tried",
    Gate.CONNECTED: "Contact was made",
    Gate.ACCEPTED: "Offer suited her",
    Gate.SUPPORTED: "Had support",
    Gate.SUPPORTED_IN_TIME: "Had support in time",
}
"""What is true of mothers who passed a gate."""

TRAITS = {
    "under_20": "under 20",
    "first_birth": "first birth",
    "multiparous": "had a birth before",
    "breastfed_before": "breastfed before",
    "limited_english": "limited English",
    "other_language": "first language is not English",
    "minority_ethnic": "minority ethnic group",
    "lone": "no partner in the home",
    "partner_away": "partner back at work",
    "no_car": "no car in the household",
    "no_weekday_car": "no car on weekdays",
    "no_mobile": "no mobile phone of her own",
    "no_smartphone": "no smartphone",
    "degree": "has a degree",
    "left_school_early": "left school at or before 16",
    "low_literacy": "low literacy",
    "intends": "intended to breastfeed",
    "unsupportive_family": "family does not back breastfeeding",
    "friends_breastfed": "friends breastfed",
    "school_run": "fetches a child of nursery age",
    "caesarean": "caesarean birth",
    "neonatal": "baby admitted to a neonatal unit",
    "rural": "rural home",
    "stressor": "food, housing or benefit worries",
    "wrong_number": "number passed on is wrong",
}
"""Circumstances of mothers, by `bpssim.scenario.words.Trait`."""
