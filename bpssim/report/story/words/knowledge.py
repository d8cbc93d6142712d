"""What the service knew, in plain words."""

from collections.abc import Sequence

from bpssim.report.story.phrases import listed, sentence, spelled
from bpssim.scenario.wording import BANDS, FEEDING, ITEMS, NOT_SENT, SOURCES
from bpssim.scenario.words import Band, Feeding, Item, NotSent
from bpssim.studies.story import moments as m


def tell(moment: m.Moment) -> str:
    """A moment in a few plain sentences."""
    match moment:
        case m.DataArrived(items=items, missing=missing, wrong=wrong):
            said = f"{_record(moment)} reached the service: {_said(items)}."
            return sentence(said, _without("It held no", missing), *(ITEMS[item].wrong for item in wrong))
        case m.DataNotSent(why=NotSent.CHOICE, opt_in=True):
            return f"{_record(moment)} did not go to the service: no agreement of hers was on record."
        case m.DataNotSent(why=why):
            return f"{_record(moment)} did not go to the service: {NOT_SENT[why]}."
        case m.Learned(how=m.How.REFERRAL, items=items):
            return f"The referral told the service: {_said(items)}."
        case m.Learned(how=m.How.CONTACT, items=items):
            return f"From the contact the service learned: {_said(items)}."
        case m.Learned(how=m.How.VOLUNTEERED, items=items):
            return f"Of her own accord she told the service: {_said(items)}."
        case m.Learned(items=items, not_given=not_given):
            given = f"Asked, she told the service: {_said(items)}." if items else ""
            return sentence(given, _without("Asked and not given:", not_given))
        case m.Held(items=held) if not held:
            return "The service knew nothing about her."
        case m.Held(items=held, unknown=unknown):
            known = f"The service now knew: {', '.join(_with_value(item, value) for item, value in held.items())}."
            return sentence(known, f"Not known: {', '.join(ITEMS[item].noun for item in unknown)}." if unknown else "")
    raise NotImplementedError(f"no words for {type(moment).__name__}")


_TELLS = {
    Item.POSTCODE: (Item.QUINTILE,),
    Item.ADDRESS: (Item.POSTCODE, Item.QUINTILE),
    Item.HOME: (Item.BIRTH,),
}
"""Items that the service infers from others."""


def _record(moment: m.DataArrived | m.DataNotSent) -> str:
    return f"Her {SOURCES[moment.source]} ({spelled(moment.feed)})"


def _without(lead: str, items: Sequence[Item]) -> str:
    return f"{lead} {listed(ITEMS[item].noun for item in items)}." if items else ""


def _said(items: Sequence[Item]) -> str:
    """Items in words; what follows from another item is said beside that."""
    told = {item: [each for each in _TELLS.get(item, ()) if each in items] for item in items}
    follow = {each for others in told.values() for each in others}
    return ", ".join(_with_others(item, told[item]) for item in items if item not in follow)


def _with_others(item: Item, others: Sequence[Item]) -> str:
    also = f" (which tells {listed([f'the {ITEMS[each].noun}' for each in others])})" if others else ""
    return ITEMS[item].noun + also


def _with_value(item: Item, value: int) -> str:
    match item:
        case Item.FEEDING:
            return f"how she feeds ({FEEDING[Feeding(value)].now})"
        case Item.QUINTILE:
            return f"quintile ({value})"
        case Item.AGE:
            return f"age ({value})"
        case Item.BEST_TIME:
            return f"best time to call ({BANDS[Band(value)]})"
    return ITEMS[item].noun
