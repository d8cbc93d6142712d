"""What a study of barriers shows, in sentences for the page, the sheets and the terminal."""

from collections.abc import Iterator, Mapping, Sequence

from bpssim.report.barriers.view import ALL, STARTED, BarriersView, InfluenceView, group_in_words
from bpssim.report.barriers.whose import whose
from bpssim.report.formatting import Amount, count, differs, in_words, limits_in_words, plain, with_limits
from bpssim.report.story.phrases import listed
from bpssim.scenario.describing import PERCENT
from bpssim.scenario.wording import LEVELS, MOVERS, REASONS
from bpssim.scenario.words import Level, Mover, Reason
from bpssim.studies.barriers.estimates import REMAIN

_NAMED = 3
"""Influences that a sentence names."""
_MOST = 0.5
"""Share above which mothers are said to be most."""
_A_MOTHER = 1.0
"""Mothers a year below which a share under 0 is no matter."""
_TOGETHER = 20.0
"""Mothers a year by which an influence brings more, or less, after others than alone, for a sentence about it."""
KINDS = {
    "only_together": "Only together: taking away either alone changes next to nothing",
    "more_together": "More together than the sum of each",
    "either": "They overlap: taking away one of them does much of the work of both",
    "not_told_apart": "No difference from the sum beyond chance",
}
"""What two influences do to each other."""
DECISION = "How a mother feeds her baby is her decision."


def service(view: BarriersView) -> str:
    """The service, and its place as the scenario names it, whose files need not be there any more."""
    population = view.results.scenario.population
    named = [population.place] if population.place else population.places
    where = {0: "", 1: f" in {named[0] if named else ''}"}.get(len(named), f" in {len(named)} places")
    return f"{view.results.scenario.name}{where}"


def before_day(view: BarriersView) -> str:
    """Until when support is in time."""
    return f"before the baby is {view.results.scenario.support.late_start_age} days old"


def question(view: BarriersView) -> str:
    """What the study asks."""
    return f"What keeps {whose(view.results.manifest.among)} from support in time?"


def headline(view: BarriersView) -> str:
    """The finding, for quintile 1 where it is large enough, in whole mothers that add up to 100."""
    mothers, group = whose(view.results.manifest.among), view.first
    if not view.births():
        return "There were no births of such mothers in these runs."
    if not view.missed():
        return f"All {count(view.births())} {mothers} a year are supported in time."
    if not view.active:
        return (
            "No influence of the catalogue is in this scenario: without them it would be the same. Of "
            f"{count(view.births())} {mothers} who give birth in a year, {count(view.missed())} are not supported in "
            "time."
        )
    if not view.is_large(group):
        return (
            f"Too few {mothers} are not supported in time to be counted per hundred: {plain(view.missed(), 1)} a year."
        )
    where = "" if group == ALL else f" in {group_in_words(group)}"
    numbers = view.whole_of_100(group)
    return (
        f"Of 100 {mothers}{where} who are not supported in time, {_by_level(view, group)}{numbers[REMAIN]} would still "
        f"not be without any of these{_why_remain(view, group)}.{_costs(numbers)}"
    )


def _by_level(view: BarriersView, group: str) -> str:
    """How many are missed at each level, the most first; nothing where nobody is."""
    numbers = view.whole_of_100(group)
    levels = [level for level in sorted(Level, key=lambda level: -numbers[level.word]) if numbers[level.word] > 0]
    if not levels:
        return ""
    first, *others = levels
    chance = {level: " (which may be chance)" * _may_be_chance(view.of_100(group, level.word)) for level in levels}
    parts = [f"{numbers[first.word]}{chance[first]} are not because of {LEVELS[first].because_of}"]
    parts += [f"{numbers[each.word]}{chance[each]} because of {LEVELS[each].because_of}" for each in others]
    return f"{listed(parts)}; "


def _costs(numbers: Mapping[str, int]) -> str:
    """Levels without which fewer would be supported in time."""
    below = [level for level in Level if numbers[level.word] < 0]
    each = [f"the {level.word} level would cost {-numbers[level.word]} others their support" for level in below]
    return f" To take away {listed(each)}." if each else ""


def _why_remain(view: BarriersView, group: str) -> str:
    rows = view.reasons(group)
    total = sum(row.without_any for row in rows)
    fed = sum(row.without_any for row in rows if row.reason == Reason.NOT_BREASTFEEDING.word)
    return ", in most cases because there is no breastfeeding to support" if total and fed > _MOST * total else ""


def findings(view: BarriersView) -> list[str]:
    """Sentences below the headline."""
    if not view.missed() or not view.active:
        return [*_inactive(view)]
    means = f"Supported in time means a contact that gives support {before_day(view)}, while she breastfeeds."
    return [
        _in_all(view),
        means,
        *_limits(view),
        *_largest(view),
        *_by_starting(view),
        *_depends(view),
        *_costs_others(view),
        *_inactive(view),
    ]


def _in_all(view: BarriersView) -> str:
    now, without = view.now(), view.without_any()
    more = view.difference()
    any_of = f"any of the {len(view.active)} influences" if len(view.active) > 1 else "the one influence"
    return (
        f"Of {count(view.births())} births a year, {count(now.value)} mothers are supported in time now and "
        f"{count(without.value)} would be without {any_of}: {with_limits(more)} more."
    )


def _limits(view: BarriersView) -> Iterator[str]:
    """How sure the numbers of the headline are."""
    if view.replicates == 1:
        yield "One replicate has no intervals; run more (--replicates)."
        return
    group = view.first
    if not view.is_large(group):
        return
    found = [level for level in Level if view.of_100(group, level.word).value]
    ranges = [f"{level.word} {limits_in_words(view.of_100(group, level.word))}" for level in found]
    remain = limits_in_words(view.of_100(group, REMAIN))
    yield f"Of these 100, with 95{PERCENT} intervals: {', '.join(ranges)}; {remain} remain."


def _may_be_chance(amount: Amount) -> bool:
    return amount.has_limits and not differs(amount)


def _largest(view: BarriersView) -> Iterator[str]:
    ranked = view.by_share()
    found = [each for each in ranked if _is_above_chance(each.share)][:_NAMED]
    if found:
        each = [f"{name(one)} ({_in_brackets(one.share)})" for one in found]
        which = "The largest fair share is that of" if len(each) == 1 else "The largest fair shares are those of"
        yield f"{which} {listed(each)}."
        for one in ranked[: ranked.index(found[-1])]:
            if one not in found:
                yield (
                    f"{capital_name(one)} has a larger mean ({_in_brackets(one.share)}) than some of these, and "
                    f"{view.results.manifest.replicates} replicates do not tell it from chance; more may."
                )


def _by_starting(view: BarriersView) -> Iterator[str]:
    """Influences without which more mothers are in time because more of them start to breastfeed."""
    found = [
        each
        for each in above_chance(view.by_share())
        if view.influence(each.row.influence, STARTED).share.value > _MOST * each.share.value >= _MOST * _A_MOTHER
    ]
    if found:
        them = "it" if len(found) == 1 else "them"
        yield (
            f"Feeding more than access: {listed([name(each) for each in found])}. Without {them} more mothers begin to "
            "breastfeed, and so there is something to support."
        )


def _depends(view: BarriersView) -> Iterator[str]:
    """Influences that bring much more, or much less, after others than alone."""
    found = [each for each in view.by_share() if _change(each) >= _TOGETHER]
    later = max((each for each in found if each.last.lower > each.alone.upper), key=_change, default=None)
    first = max((each for each in found if each.last.upper < each.alone.lower), key=_change, default=None)
    if later:
        yield (
            f"{capital_name(later)}: taken away alone, {_more(later.alone)}; after all others, {_more(later.last)}. "
            "It matters most once others are gone."
        )
    if first:
        yield (
            f"{capital_name(first)}: taken away alone, {_more(first.alone)}; after all others, {_more(first.last)}. "
            "It matters less once others are gone."
        )


def _change(each: InfluenceView) -> float:
    return abs(each.last.value - each.alone.value)


def _costs_others(view: BarriersView) -> Iterator[str]:
    found = [name(each) for each in view.by_share() if each.share.upper < 0.0 and each.share.value <= -_A_MOTHER]
    if found:
        yield (
            f"Below 0: {listed(found)}. To take such an influence away helps some mothers and costs others the time "
            "that supporters had for them."
        )


def _inactive(view: BarriersView) -> Iterator[str]:
    titles = [_lower(each.title) for each in view.inactive]
    if titles:
        them = "it" if len(titles) == 1 else "them"
        yield f"Not in this scenario, so that nothing changes without {them}: {listed(titles)}."


def name(each: InfluenceView) -> str:
    """An influence within a sentence, in quotation marks because titles are short."""
    return f"“{_lower(each.title)}”"


def capital_name(each: InfluenceView) -> str:
    """An influence at the start of a sentence."""
    return f"“{each.title}”"


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def _in_brackets(amount: Amount) -> str:
    limits = limits_in_words(amount)
    return f"{in_words(amount)} a year{f', {limits}' if limits else ''}"


def _more(amount: Amount) -> str:
    if amount.has_limits and not differs(amount):
        return "no difference beyond chance"
    number = abs(amount.value)
    return f"{plain(number, int(number < 1.0))} {'more' if amount.value > 0.0 else 'fewer'}"


def _is_above_chance(amount: Amount) -> bool:
    return amount.value > 0.0 and not amount.lower <= 0.0


def above_chance(views: Sequence[InfluenceView]) -> list[InfluenceView]:
    """Influences whose share differs from none beyond chance, or may in a single replicate."""
    return [each for each in views if each.share.value and (differs(each.share) or not each.share.has_limits)]


def movers_in_words(movers: Sequence[Mover]) -> str:
    """Who could move an influence, as a list; names of movers are lists themselves."""
    return "; ".join(MOVERS[mover] for mover in movers)


def reason_in_words(reason: str) -> str:
    """A reason for not being supported in time."""
    return REASONS[Reason[reason.upper()]]
