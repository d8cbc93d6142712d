"""Words for what a pathway assumes of a mother: that a circumstance holds for her, or that it does not."""

from typing import NamedTuple

from bpssim.scenario.wording.wording import Wording
from bpssim.scenario.words import Assumption, Trait


class AssumedWords(NamedTuple):
    """Words that complete "it assumes that she …".

    Parameters
    ----------
    holds
        If the circumstance is assumed.
    does_not
        If it is assumed not to hold.
    """

    holds: str
    does_not: str


def _plain(trait: str) -> AssumedWords:
    return AssumedWords(f"has {trait}", f"does not have {trait}")


ASSUMED = Wording(
    {
        Trait.UNDER_20: AssumedWords("is under 20", "is 20 or older"),
        Trait.FIRST_BIRTH: AssumedWords("has her first baby", "has had a baby before"),
        Trait.MULTIPAROUS: AssumedWords("has had a baby before", "has her first baby"),
        Trait.BREASTFED_BEFORE: AssumedWords("breastfed before", "did not breastfeed before"),
        Trait.LIMITED_ENGLISH: AssumedWords("speaks a language other than English", "speaks English with ease"),
        Trait.OTHER_LANGUAGE: AssumedWords("grew up with another language", "grew up with English"),
        Trait.MINORITY_ETHNIC: AssumedWords("is of a minority ethnic group", "is of no minority ethnic group"),
        Trait.LONE: AssumedWords("has no partner in the home", "has a partner in the home"),
        Trait.PARTNER_AWAY: AssumedWords("has no partner with her at that hour", "has a partner with her at that hour"),
        Trait.NO_CAR: AssumedWords("has no car in the household", "has a car in the household"),
        Trait.NO_WEEKDAY_CAR: AssumedWords("has no car on weekdays", "has a car on weekdays"),
        Trait.NO_MOBILE: AssumedWords("has no mobile phone of her own", "has a mobile phone of her own"),
        Trait.NO_SMARTPHONE: AssumedWords("has no smartphone", "has a smartphone"),
        Trait.DEGREE: AssumedWords("has a degree", "has no degree"),
        Trait.LEFT_SCHOOL_EARLY: AssumedWords("left school at or before 16", "stayed at school beyond 16"),
        Trait.LOW_LITERACY: AssumedWords("has little practice in reading", "reads with ease"),
        Trait.INTENDS: AssumedWords("intended to breastfeed", "did not intend to breastfeed"),
        Trait.UNDECIDED: AssumedWords("was undecided how to feed", "had decided how to feed"),
        Trait.UNSUPPORTIVE_FAMILY: AssumedWords(
            "has a family that does not favour breastfeeding", "has a family that favours breastfeeding"
        ),
        Trait.FRIENDS_BREASTFED: AssumedWords("has friends who breastfed", "has no friends who breastfed"),
        Trait.SCHOOL_RUN: AssumedWords("has a child to fetch from nursery", "has no child to fetch from nursery"),
        Trait.CAESAREAN: AssumedWords("had a caesarean", "had no caesarean"),
        Trait.NEONATAL: AssumedWords("has a baby in neonatal care", "has no baby in neonatal care"),
        Trait.RURAL: AssumedWords("lives in the country", "lives in a town"),
        Trait.STRESSOR: AssumedWords(
            "has worries about food, housing or benefits", "has no worries about food, housing or benefits"
        ),
        Trait.TOOK_LEAVE: AssumedWords("has a partner who took leave", "has no partner who took leave"),
    },
    _plain,
)

ASSUMPTIONS = Wording(
    {
        Assumption.KNOWN_IN_TIME: "is known to the service in time",
        Assumption.KNOWS_OF_IT: "has heard of the service",
        Assumption.STILL_BREASTFEEDING: "is still breastfeeding by then",
        Assumption.STARTS: "starts to breastfeed",
        Assumption.CONFIDENT: "is as confident to seek help as the average mother",
    },
    str,
)
