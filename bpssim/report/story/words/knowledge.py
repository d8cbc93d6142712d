"""What the service knew, in plain words."""

from functools import singledispatch

from bpssim.report.story.phrases import listed, sentence, spelled
from bpssim.scenario.wording import FEEDING, ITEMS, NOT_SENT, SOURCES
from bpssim.scenario.words import Feeding, Item, NotSent
from bpssim.studies.story import moments as m


@singledispatch
def tell(moment: m.Moment) -> str:
    """A moment in a few plain sentences."""
    raise NotImplementedError(f"no words for {type(moment).__name__}")


@tell.register
def _(moment: m.DataArrived) -> str:
    said = f"{_record(moment)} reached the service: {_said(moment.items)}."
    missing = f"It held no {listed(ITEMS[item].noun for item in moment.missing)}." if moment.missing else ""
    return sentence(said, missing, *(ITEMS[item].wrong for item in moment.wrong))


@tell.register
def _(moment: m.DataNotSent) -> str:
    no_agreement = moment.opt_in and moment.why is NotSent.CHOICE
    why = "no agreement of hers was on record" if no_agreement else NOT_SENT[moment.why]
    return f"{_record(moment)} did not go to the service: {why}."


def _said(items: tuple[Item, ...]) -> str:
    """Items in words; a quintile that comes with a postcode was looked up from it."""
    looked_up = Item.POSTCODE in items and Item.QUINTILE in items
    said = [ITEMS[item].noun for item in items if not (looked_up and item is Item.QUINTILE)]
    return ", ".join(said).replace(
        ITEMS[Item.POSTCODE].noun,
        f"{ITEMS[Item.POSTCODE].noun} (which tells the quintile)" if looked_up else ITEMS[Item.POSTCODE].noun,
    )


def _record(moment: m.DataArrived | m.DataNotSent) -> str:
    return f"Her {SOURCES[moment.source]} ({spelled(moment.feed)})"


@tell.register
def _(moment: m.Learned) -> str:
    items = _said(moment.items)
    if moment.how is m.How.REFERRAL:
        return f"The referral told the service: {items}."
    if moment.how is m.How.CONTACT:
        return f"From the contact the service learned: {items}."
    given = f"Asked, she told the service: {items}." if items else ""
    not_given = (
        f"Asked and not given: {listed(ITEMS[item].noun for item in moment.not_given)}." if moment.not_given else ""
    )
    return sentence(given, not_given)


@tell.register
def _(moment: m.Held) -> str:
    if not moment.items:
        return "The service knew nothing about her."
    known = f"The service now knew: {', '.join(_with_value(item, value) for item, value in moment.items.items())}."
    unknown = f"Not known: {', '.join(ITEMS[item].noun for item in moment.unknown)}." if moment.unknown else ""
    return sentence(known, unknown)


def _with_value(item: Item, value: int) -> str:
    values = {
        Item.FEEDING: f"how she feeds ({FEEDING[Feeding(value)].now})" if item is Item.FEEDING else "",
        Item.QUINTILE: f"quintile ({value})",
        Item.AGE: f"age ({value})",
    }
    return values.get(item, ITEMS[item].noun)
