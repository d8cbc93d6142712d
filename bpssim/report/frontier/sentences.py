"""What a search found, in sentences."""

from collections.abc import Iterator

from bpssim.report.formatting import Amount, change_in_words, differs, limits_in_words, unit_in_words
from bpssim.report.frontier.view import FrontierView, aim_in_words

_MONEY = "\N{POUND SIGN}{:,.0f}"


def findings(view: FrontierView) -> Iterator[str]:
    """The answer: how many mixes are worth choosing among, and what each is best for."""
    manifest = view.results.manifest
    cost = _MONEY.format(manifest.cost)
    tried = f"{manifest.candidates} mixes were tried at {cost} a year"
    if manifest.failed:
        tried += f", {manifest.failed} of which could not be run (candidates.csv says why)"
    yield f"{tried}. {_how_many(view)}"
    for aim, wanted in manifest.aims.items():
        yield _best_for(view, aim, wanted)


def _how_many(view: FrontierView) -> str:
    best = view.best
    as_it_is = "" if view.base in best else f" {_base_in_words(view)}"
    if best == [view.base]:
        return f"None of them can be told from {view.base} as it is, or is seen to be better in any aim."
    if len(best) == 1:
        return f"One stands out: {name(view, best[0])} is as good as any other in every aim.{as_it_is}"
    differ = "each gives more of something than the others, beyond what chance may do"
    return f"{len(best)} are worth choosing among: {differ}.{as_it_is}"


def _base_in_words(view: FrontierView) -> str:
    """What becomes of the base beside the best options."""
    if alike := view.told_from(view.base):
        return f"{view.base} as it is cannot be told from {alike.replace('_', ' ')}, in any aim."
    return f"{view.base} as it is, at the same cost, is not among them."


def _best_for(view: FrontierView, aim: str, wanted: str) -> str:
    """Which option is best in one aim, and what it costs in the others."""
    best = view.best_in(aim)
    change = view.change(best, aim)
    about = f"{'Most' if wanted == 'more' else 'Least'} of {aim_in_words(aim)}"
    if not differs(change) or (change.value > 0.0) != (wanted == "more"):
        return f"{about}: no mix that was tried is seen to be better than {view.base} as it is."
    others = [
        f"{aim_in_words(other)} {amount_in_words(view.change(best, other))}"
        for other in view.aims
        if other != aim and differs(view.change(best, other))
    ]
    beside = f" It also changes {'; '.join(others)}." if others else ""
    return f"{about}: {name(view, best)}, {amount_in_words(change)} beside {view.base}.{beside}"


def amount_in_words(amount: Amount) -> str:
    """A difference with unit and limits."""
    unit = "" if amount.unit == "GBP" else f" {unit_in_words(amount.unit)}"
    limits = limits_in_words(amount)
    return f"{change_in_words(amount)}{unit}{f' ({limits})' if limits else ''}"


def name(view: FrontierView, option: str) -> str:
    """An option in words: a mix by its factors."""
    if not view.is_mix(option):
        return option
    return (
        f"{option.replace('_', ' ')} ({', '.join(f'{factor} {level}' for factor, level in view.mix(option).items())})"
    )
