"""Words for circumstances and feeding of mothers, never in terms of deficits."""

from typing import NamedTuple

from bpssim.scenario.wording.wording import Wording
from bpssim.scenario.words import Difficulty, Feeding, Heard, SurveyGroup, Trait


class TraitWords(NamedTuple):
    """Words for a trait: of mothers for whom it holds, and as one of her circumstances, if a story lists it so."""

    true: str
    of_her: str = ""


TRAITS = Wording(
    {
        Trait.UNDER_20: TraitWords("under 20"),
        Trait.FIRST_BIRTH: TraitWords("first birth"),
        Trait.MULTIPAROUS: TraitWords("had a birth before"),
        Trait.BREASTFED_BEFORE: TraitWords("breastfed before"),
        Trait.LIMITED_ENGLISH: TraitWords("limited English"),
        Trait.OTHER_LANGUAGE: TraitWords("first language is not English"),
        Trait.MINORITY_ETHNIC: TraitWords("minority ethnic group"),
        Trait.LONE: TraitWords("no partner in the home"),
        Trait.PARTNER_AWAY: TraitWords("partner back at work"),
        Trait.NO_CAR: TraitWords("no car in the household", "no car"),
        Trait.NO_WEEKDAY_CAR: TraitWords("no car on weekdays", "no car on weekdays"),
        Trait.NO_MOBILE: TraitWords("no mobile phone of her own", "no mobile phone of her own"),
        Trait.NO_SMARTPHONE: TraitWords("no smartphone"),
        Trait.DEGREE: TraitWords("has a degree"),
        Trait.LEFT_SCHOOL_EARLY: TraitWords("left school at or before 16"),
        Trait.LOW_LITERACY: TraitWords("low literacy", "little practice in reading"),
        Trait.INTENDS: TraitWords("intended to breastfeed"),
        Trait.UNDECIDED: TraitWords("undecided in pregnancy how to feed"),
        Trait.UNSUPPORTIVE_FAMILY: TraitWords(
            "family does not back breastfeeding", "a family that does not favour breastfeeding"
        ),
        Trait.FRIENDS_BREASTFED: TraitWords("friends breastfed", "friends who breastfed"),
        Trait.SCHOOL_RUN: TraitWords("fetches a child of nursery age", "an older child to fetch"),
        Trait.CAESAREAN: TraitWords("caesarean birth", "a caesarean"),
        Trait.NEONATAL: TraitWords("baby admitted to a neonatal unit", "a baby in neonatal care"),
        Trait.RURAL: TraitWords("rural home"),
        Trait.STRESSOR: TraitWords("food, housing or benefit worries", "worries about food, housing or benefits"),
        Trait.WRONG_NUMBER: TraitWords("number passed on is wrong"),
        Trait.TOOK_LEAVE: TraitWords("partner took leave"),
    },
    TraitWords,
)


SURVEY_GROUPS = Wording(
    {
        SurveyGroup.UNDER_20: "under 20",
        SurveyGroup.FROM_30: "30 or older",
        SurveyGroup.DEGREE: "with a degree",
        SurveyGroup.ASIAN: "Asian",
        SurveyGroup.BLACK: "Black",
        SurveyGroup.MIXED: "mixed ethnic group",
        SurveyGroup.OTHER_ETHNIC: "other ethnic group",
    },
    str,
)


class FeedingWords(NamedTuple):
    """Words for how the baby is fed: at any time, and how that began at birth."""

    now: str
    at_birth: str = "She did not breastfeed."


FEEDING = Wording(
    {
        Feeding.EXCLUSIVE: FeedingWords("breast milk only", "She began to breastfeed, with breast milk only."),
        Feeding.MIXED: FeedingWords("breast milk and formula", "She began to breastfeed, with some formula."),
        Feeding.STOPPED: FeedingWords("stopped"),
        Feeding.NOT_STARTED: FeedingWords("formula from the start", "The baby was fed formula from the start."),
        Feeding.UNBORN: FeedingWords("not born yet"),
    },
    FeedingWords,
)
HEARD = Wording(
    {
        Heard.MIDWIFE: "A midwife told her of the service.",
        Heard.FRIEND: "A friend who had been supported told her of the service.",
        Heard.CONTACT: "The contact told her of the service.",
        Heard.BY_CHANCE: "She came across the service.",
        Heard.BEFORE: "She already knew that the service existed.",
    },
    str,
)
DIFFICULTIES = Wording(
    {
        Difficulty.LATCH: "latching on",
        Difficulty.PAIN: "pain",
        Difficulty.PERCEIVED_LOW_MILK: "worry about too little milk",
        Difficulty.WEIGHT_GAIN: "the baby's weight gain",
    },
    str,
)
