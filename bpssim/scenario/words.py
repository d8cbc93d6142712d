"""The vocabulary of a scenario: one enumeration for each closed list of words.

A planner writes the lower-case name (``home_visit``); the compiled rules use the number. A number is
never reused or changed, because it is part of what identifies a random draw or a row of results.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

QUINTILES = 5
"""Index of Multiple Deprivation quintiles; 1 is the most deprived."""


MOST_OVERDUE = 28
"""Most days by which a birth differs from the due date, either way [days]."""
BOOKING_AGE = -210
"""Baby age at the booking appointment, about ten weeks of pregnancy [days]."""
REFERENCE_AGE = 7
"""Baby age at which the share of mothers who pass a gate is taken, by day: partners with two weeks of leave are at home
[days]."""


class Word(IntEnum):
    """An enumeration that scenario files spell by its lower-case name."""

    @property
    def word(self) -> str:
        """The word as a scenario file spells it."""
        return self.name.lower()

    @classmethod
    def words(cls) -> list[str]:
        """Every word of the list, in order of its number."""
        return [member.word for member in cls]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            lambda word: cls[word.upper()],
            core_schema.no_info_before_validator_function(
                lambda given: given.word if isinstance(given, cls) else given,
                core_schema.literal_schema(cls.words()),
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda member: cls(member).word, return_schema=core_schema.str_schema()
            ),
        )


class Trait(Word):
    """Circumstances that may affect access or feeding.

    A barrier is a property of the meeting between her circumstances and the way a service is built; a
    pathway can remove it (an interpreter removes ``limited_english``).
    """

    UNDER_20 = 0
    FIRST_BIRTH = 1
    MULTIPAROUS = 2
    BREASTFED_BEFORE = 3
    LIMITED_ENGLISH = 4
    OTHER_LANGUAGE = 5
    MINORITY_ETHNIC = 6
    LONE = 7
    PARTNER_AWAY = 8
    NO_CAR = 9
    NO_WEEKDAY_CAR = 10
    NO_MOBILE = 11
    NO_SMARTPHONE = 12
    DEGREE = 13
    LEFT_SCHOOL_EARLY = 14
    LOW_LITERACY = 15
    INTENDS = 16
    UNSUPPORTIVE_FAMILY = 17
    FRIENDS_BREASTFED = 18
    SCHOOL_RUN = 19
    CAESAREAN = 20
    NEONATAL = 21
    RURAL = 22
    STRESSOR = 23
    WRONG_NUMBER = 24
    UNDECIDED = 25
    TOOK_LEAVE = 26


class EthnicGroup(Word):
    """Ethnic groups as the census of England and Wales has them; Chinese mothers are among Asian ones (D26)."""

    WHITE = 0
    ASIAN = 1
    BLACK = 2
    MIXED = 3
    OTHER = 4


class SurveyGroup(Word):
    """Groups of mothers whose feeding is known from a survey (O50, O51, O53); a mother may be in several."""

    UNDER_20 = 0
    FROM_30 = 1
    DEGREE = 2
    ASIAN = 3
    BLACK = 4
    MIXED = 5
    OTHER_ETHNIC = 6


class Item(Word):
    """One item of personal data that a service may hold about a mother."""

    NAME = 0
    PHONE = 1
    FEEDING = 2
    AGE = 3
    POSTCODE = 4
    QUINTILE = 5
    LANGUAGE = 6
    PARITY = 7
    NEONATAL = 8
    BEST_TIME = 9
    DUE_DATE = 10
    BIRTH = 11  # that and when the baby was born
    HOME = 12  # that and when mother and baby went home; says when the baby was born, too
    ADDRESS = 13  # includes the postcode
    DIFFICULTY = 14  # a feeding difficulty, as of the day on which she spoke of it


DATES = (Item.DUE_DATE, Item.BIRTH, Item.HOME)
"""Items whose value is a day."""


class Feeding(Word):
    """How the baby is fed; exclusive and mixed together are any breastfeeding."""

    EXCLUSIVE = 0
    MIXED = 1
    STOPPED = 2
    NOT_STARTED = 3
    UNBORN = 4


class Difficulty(Word):
    """Kinds of feeding difficulty (evidence F9)."""

    LATCH = 0
    PAIN = 1
    PERCEIVED_LOW_MILK = 2
    WEIGHT_GAIN = 3


class Problem(Word):
    """What has become of a mother's present difficulty."""

    NONE = 0
    UNRESOLVED = 1
    RESOLVED = 2
    PREVENTED = 3


class ChannelKind(NamedTuple):
    """Properties of a channel."""

    by_phone: bool = False  # needs her number
    remote: bool = False  # has no journey
    gathering: bool = False  # she goes there, as others do


class Channel(Word):
    """Channels of contact; see `CHANNEL_KINDS` for their properties."""

    WARD = 0
    CALL = 1
    TEXT = 2
    HOME_VISIT = 3
    GROUP = 4
    CLINIC = 5
    CLASS = 6
    ONLINE = 7

    @property
    def kind(self) -> ChannelKind:
        """Its properties."""
        return CHANNEL_KINDS[self]


CHANNEL_KINDS: Mapping[Channel, ChannelKind] = {
    Channel.WARD: ChannelKind(),
    Channel.CALL: ChannelKind(by_phone=True, remote=True),
    Channel.TEXT: ChannelKind(by_phone=True, remote=True),
    Channel.HOME_VISIT: ChannelKind(),
    Channel.GROUP: ChannelKind(gathering=True),
    Channel.CLINIC: ChannelKind(gathering=True),
    Channel.CLASS: ChannelKind(gathering=True),
    Channel.ONLINE: ChannelKind(remote=True),
}


class TriggerKind(NamedTuple):
    """Properties of a trigger, which rules read from the record of a pathway."""

    before_birth: bool = False  # in pregnancy, whatever ages the pathway is open for
    is_stay: bool = False  # she is met in hospital: a stay is one occasion, however long
    lasts: bool = False  # opens a period in which data may still arrive
    each_anew: bool = False  # each occasion has its own draw, and further ones follow
    recurs: bool = False  # opens again after it has ended
    by_difficulty: bool = False  # she seeks help with a difficulty
    by_pathway: bool = False  # offered by another pathway
    on_own_day: bool = False  # she comes on a day of her own within the ages of the pathway
    dated_by: Item | None = None  # from afar, the service must know this date


class Trigger(Word):
    """Events that open a pathway for a mother; see `TRIGGER_KINDS` for their properties."""

    BOOKING = 0
    CLASS = 1
    WARD_STAY = 2
    NEONATAL_STAY = 3
    DISCHARGE = 4
    BABY_AGE = 5
    PROBLEM = 6
    PROFESSIONAL_CONTACT = 7
    CLINIC_DAY = 8
    GROUP_DAY = 9
    BROADCAST = 10
    OWN_INITIATIVE = 11
    OFFERED = 12
    DUE_DATE = 13

    @property
    def kind(self) -> TriggerKind:
        """Its properties."""
        return TRIGGER_KINDS[self]


TRIGGER_KINDS: Mapping[Trigger, TriggerKind] = {
    Trigger.BOOKING: TriggerKind(before_birth=True),
    Trigger.CLASS: TriggerKind(before_birth=True, on_own_day=True),
    Trigger.WARD_STAY: TriggerKind(is_stay=True),
    Trigger.NEONATAL_STAY: TriggerKind(is_stay=True),
    Trigger.DISCHARGE: TriggerKind(lasts=True, dated_by=Item.HOME),
    Trigger.BABY_AGE: TriggerKind(lasts=True, dated_by=Item.BIRTH),
    Trigger.PROBLEM: TriggerKind(recurs=True, by_difficulty=True),
    Trigger.PROFESSIONAL_CONTACT: TriggerKind(each_anew=True),
    Trigger.CLINIC_DAY: TriggerKind(on_own_day=True),
    Trigger.GROUP_DAY: TriggerKind(on_own_day=True),
    Trigger.BROADCAST: TriggerKind(each_anew=True, recurs=True),
    Trigger.OWN_INITIATIVE: TriggerKind(on_own_day=True),
    Trigger.OFFERED: TriggerKind(by_pathway=True),
    Trigger.DUE_DATE: TriggerKind(each_anew=True, recurs=True, dated_by=Item.DUE_DATE),
}


class Demand(Word):
    """What passing a gate demands of a mother, so that circumstances bear on it."""

    ANSWERING = 0  # the service comes to her
    ASKING = 1  # she must ask or come
    TRAVEL = 2  # to a place on a weekday
    DAYTIME = 3  # to be free at an hour of the day
    READING = 4


class Initiative(Word):
    """Who makes the first move."""

    SERVICE = 0
    MOTHER = 1
    PROFESSIONAL = 2


class Profession(Word):
    """Professional teams who see mothers in the course of their own work."""

    MIDWIFERY = 0
    HEALTH_VISITING = 1
    INFANT_FEEDING = 2


class Task(Word):
    """Purposes of fixed duties."""

    MOTHERS = 0
    PROFESSIONALS = 1
    SUPERVISION = 2
    COMMUNITY = 3
    AGREEMENT = 4


class Gate(Word):
    """The stages of access, in order; each mother is counted at the furthest one she passed."""

    BORN = 0
    ELIGIBLE = 1
    KNOWN = 2
    CHOSEN = 3
    ATTEMPTED = 4
    CONNECTED = 5
    ACCEPTED = 6
    SUPPORTED = 7
    SUPPORTED_IN_TIME = 8


class Reason(Word):
    """Why a mother went no further than her gate."""

    NONE = 0
    NOT_BREASTFEEDING = 1
    OUTSIDE_PATHWAY = 2
    NO_DATA = 3
    NOT_AWARE = 4
    NOT_IN_AUDIENCE = 5
    NOT_APPROACHED = 6
    DID_NOT_SEEK = 7
    NOT_REFERRED = 8
    NO_SUPPORTER_PRESENT = 9
    NO_CAPACITY = 10
    NO_ANSWER = 11
    WRONG_NUMBER = 12
    LANGUAGE_BARRIER = 13
    DECLINED = 14
    ALREADY_STOPPED = 15
    TOO_LATE = 16
    STILL_WAITING = 17
    AUDIENCE_UNKNOWN = 18
    IN_HOSPITAL = 19
    HAS_PLAN = 20
    BIRTH_UNKNOWN = 21


class Outcome(Word):
    """Outcome of a request for a supporter's time; every request has exactly one."""

    SUPPORTED = 0
    DECLINED = 1
    ALREADY_STOPPED = 2
    NO_ANSWER = 3
    EXPIRED = 4
    WITHDRAWN = 5


class Level(Word):
    """Levels of a social ecological model of influences on access."""

    MACRO = 0  # law, money and rules
    MESO = 1  # the service, health services and the community
    MICRO = 2  # a mother's circumstances, and how the service meets them


class Mover(Word):
    """Who could move an influence."""

    LAW = 0
    COMMISSIONER = 1
    HEALTH_SERVICES = 2
    SERVICE = 3
    COMMUNITY = 4


class Assumption(Word):
    """What a pathway may assume of a mother beside her circumstances."""

    KNOWN_IN_TIME = 0  # the service holds what the pathway needs, when it needs it
    KNOWS_OF_IT = 1  # she knows that the service exists
    STILL_BREASTFEEDING = 2  # she started, and has not stopped
    CONFIDENT = 3
    STARTS = 4  # she starts to breastfeed


class Style(Word):
    """How a service shares out what is not for everybody."""

    SAME_FOR_ALL = 0
    BY_TARGET = 1
    BY_NEED = 2


class LegalBasis(Word):
    """Legal basis of data sharing (evidence L5, L6)."""

    PUBLIC_TASK = 0
    OPT_OUT = 1
    OPT_IN = 2


class Source(Word):
    """Sources of data, which determine when data arrive: booking, discharge from the ward, or the neonatal unit."""

    BOOKING = 0
    DISCHARGE = 1
    NEONATAL_UNIT = 2


class NotSent(Word):
    """Why a feed does not pass on a mother's record."""

    NONE = 0
    NOT_BREASTFEEDING = 1
    COVERAGE = 2
    CHOICE = 3


class Heard(Word):
    """How a mother comes to know that the service exists."""

    MIDWIFE = 0
    FRIEND = 1
    CONTACT = 2
    BY_CHANCE = 3
    BEFORE = 4


class Event(Word):
    """What happens to a mother, as the event log has it; see `EVENT_KINDS`."""

    ENTERED = 0
    HEARD = 1
    BORN = 2
    DIFFICULTY_BEGAN = 3
    DIFFICULTY_PASSED = 4
    FORMULA_BEGAN = 5
    STOPPED = 6
    MET_OTHERS = 7
    RELIEVED = 8
    RECORD_SENT = 9
    RECORD_NOT_SENT = 10
    RECORD_ARRIVED = 11
    ITEM_IN_RECORD = 12
    ITEM_WRONG = 13
    ITEM_IN_REFERRAL = 14
    ITEM_IN_CONTACT = 15
    ITEM_GIVEN = 16
    ITEM_NOT_GIVEN = 17
    PASSED_BY = 18
    WORK_CREATED = 19
    ATTEMPTED = 20
    WORK_UNDONE = 21
    STEP_DUE = 22
    OFFERED = 23
    PATHWAY_ENDED = 24
    ITEM_LOOKED_UP = 25
    ITEM_VOLUNTEERED = 26

    @property
    def kind(self) -> "EventKind":
        """Its properties."""
        return EVENT_KINDS[self]


class EventKind(NamedTuple):
    """What an event is, and what the log says of it beside mother and day."""

    meaning: str
    where: str = ""  # "pathway" or "feed", if it belongs to one
    first: str = ""  # names of its two numbers, as in the columns of the event log
    second: str = ""


EVENT_KINDS = {
    Event.ENTERED: EventKind("She enters the run"),
    Event.HEARD: EventKind("She comes to know that the service exists", first="heard"),
    Event.BORN: EventKind("The birth, and how feeding begins", first="feeding"),
    Event.DIFFICULTY_BEGAN: EventKind("A feeding difficulty begins", first="difficulty", second="problem"),
    Event.DIFFICULTY_PASSED: EventKind("A difficulty passes by itself", first="difficulty", second="problem"),
    Event.FORMULA_BEGAN: EventKind("Formula is given for the first time, to a baby who had breast milk only"),
    Event.STOPPED: EventKind(
        "She stops; the difficulty is one that was then unresolved", first="sooner_than_wanted", second="difficulty"
    ),
    Event.MET_OTHERS: EventKind("She meets other breastfeeding mothers in a group or online"),
    Event.RELIEVED: EventKind("A visit links her to help that ends a food, housing or benefit stressor"),
    Event.RECORD_SENT: EventKind("A record about her is sent to the service", "feed"),
    Event.RECORD_NOT_SENT: EventKind("A record about her is not sent", "feed", "not_sent"),
    Event.RECORD_ARRIVED: EventKind("A record about her reaches the service", "feed"),
    Event.ITEM_IN_RECORD: EventKind("An item of that record", "feed", "item", "value"),
    Event.ITEM_WRONG: EventKind("An item of that record that is wrong", "feed", "item", "value"),
    Event.ITEM_IN_REFERRAL: EventKind("An item new to the service, from a referral", "pathway", "item", "value"),
    Event.ITEM_IN_CONTACT: EventKind("An item new to the service, from a contact", "pathway", "item", "value"),
    Event.ITEM_GIVEN: EventKind("An item that she gives when asked", "pathway", "item", "value"),
    Event.ITEM_NOT_GIVEN: EventKind("An item that she is asked for and does not give", "pathway", "item"),
    Event.PASSED_BY: EventKind("An occasion of a pathway comes to nothing", "pathway", "reason"),
    Event.WORK_CREATED: EventKind("A request for a supporter's time is created", "pathway", "step"),
    Event.ATTEMPTED: EventKind(
        "An attempt to reach her; the reason is why it did not connect", "pathway", "contact", "reason"
    ),
    Event.WORK_UNDONE: EventKind("A request ends without an attempt", "pathway", "outcome", "step"),
    Event.STEP_DUE: EventKind("A further attempt, or the next step, is due later", "pathway", "step", "due_age"),
    Event.OFFERED: EventKind("A pathway is offered during a contact, or is not", "pathway", "accepted", "reason"),
    Event.PATHWAY_ENDED: EventKind("A pathway ends for her", "pathway", "reason"),
    Event.ITEM_LOOKED_UP: EventKind("An item that the service infers from another", "", "item", "value"),
    Event.ITEM_VOLUNTEERED: EventKind("An item that she tells of her own accord", "", "item", "value"),
}


class Decision(Word):
    """Rows of the log of decisions, with subject and two numbers; those that begin a decision come before its others.

    A review, a policy that is carried out, a verdict, an agreement, and a contract that moves or settles begin one.
    """

    REVIEWED = 0  # review; mothers on the list, and of them spoken with
    COUNTED = 1  # count; contacts, and what was agreed
    CARRIED_OUT = 2  # policy
    SAW_REVIEW = 3  # number of the review
    SAW_SHORT = 4  # count; reviews in a row
    SAW_LOSSES = 5  # mothers lost, of mothers on the list
    SAW_GAP = 6  # reach in quintile 1, and in quintiles 4 and 5
    OPENED = 7  # pathway
    WIDENED = 8  # pathway
    CLOSED = 9  # pathway
    WEIGHTED = 10  # new weight of the target group
    JUDGED_UNKNOWN = 11  # policy
    JUDGED_FAIR = 12  # policy; share of quintile 1 in contacts, and on the list
    JUDGED_SHORT = 13  # policy; the same
    ON_TRIAL = 14  # pathway that was judged
    AGREED = 15  # hours of talks
    MOVED = 16
    SETTLED = 17


class Services(Word):
    """Whether several places share one service or have one each."""

    ONE = 0
    EACH = 1


class Measured(Word):
    """Whether a local rate was measured with the service of a scenario at work."""

    WITH_SERVICE = 0
    WITHOUT_SERVICE = 1


class Band(Word):
    """Parts of a day: working hours, and the evening, when partners are home and no school or nursery run is due."""

    DAY = 0
    EVENING = 1


class Weekday(Word):
    """Days of the week; day 0 of every run is a Monday."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6
