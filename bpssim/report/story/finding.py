"""How a mother was found, in sentences."""

from bpssim.studies.story.cast import Cast, Chosen

_SHOWN = 5


def how_found(chosen: Chosen) -> str:
    """How many mothers meet the conditions, and who some of them are."""
    count = len(chosen.matching)
    if count == 1:
        return f'One mother of {chosen.births:,} fits "{chosen.pick}".'
    others = ", ".join([str(each) for each in chosen.matching if each != chosen.mother][: _SHOWN - 1])
    more = f" and {count - _SHOWN:,} more" if count > _SHOWN else ""
    also = f"another is {others}" if count == 2 else f"others are {others}{more}"
    return f'{count:,} mothers of {chosen.births:,} fit "{chosen.pick}". She is {chosen.place_among}; {also}.'


def how_many_changed(cast: Cast) -> list[str]:
    """How many mothers a second service alters, and in which way; nothing for one service alone."""
    changed = cast.changed()
    if changed is None:
        return []
    count = {kind: int(who.sum()) for kind, who in changed.items()}
    base, other = cast.services
    return [
        f"Of {len(changed['any']):,} mothers, the same in both services, {count['any']} feed or are reached otherwise "
        f"in {other} than in {base}: {count['gained']} breastfeed longer, {count['lost']} shorter; {count['reached']} "
        f"are newly reached, {count['unreached']} no longer."
    ]
