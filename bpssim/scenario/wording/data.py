"""Words for personal data: items and sources."""

from typing import NamedTuple

from bpssim.scenario.wording.wording import Wording
from bpssim.scenario.words import Item, NotSent, Source


class ItemWords(NamedTuple):
    """Words for an item of data, and for a wrong item."""

    noun: str
    wrong: str = "Not all of it was right."


ITEMS = Wording(
    {
        Item.NAME: ItemWords("name"),
        Item.PHONE: ItemWords("telephone number", "The number was wrong or off."),
        Item.FEEDING: ItemWords("how she feeds"),
        Item.AGE: ItemWords("age"),
        Item.POSTCODE: ItemWords("postcode", "The postcode could not be matched to an area."),
        Item.QUINTILE: ItemWords("quintile", "The quintile was wrong."),
        Item.LANGUAGE: ItemWords("language"),
        Item.PARITY: ItemWords("first baby or not"),
        Item.NEONATAL: ItemWords("neonatal care or not"),
        Item.BEST_TIME: ItemWords("best time to call"),
        Item.DUE_DATE: ItemWords("due date"),
        Item.BIRTH: ItemWords("date of birth"),
        Item.HOME: ItemWords("day of going home"),
        Item.ADDRESS: ItemWords("address", "The address could not be matched to an area."),
        Item.DIFFICULTY: ItemWords("feeding difficulty or none"),
    },
    ItemWords,
)
NOT_SENT = Wording(
    {
        NotSent.NONE: "it was sent",
        NotSent.NOT_BREASTFEEDING: "only mothers who breastfeed at that moment are passed on",
        NotSent.COVERAGE: "not every record is passed on",
        NotSent.CHOICE: "an opt-out was on record",
    },
    str,
)
SOURCES = Wording(
    {
        Source.BOOKING: "booking record",
        Source.DISCHARGE: "discharge record",
        Source.NEONATAL_UNIT: "record of the neonatal unit",
    },
    str,
)
