"""Fitted numbers: baselines of feeding, and levels of gates."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bpssim.scenario import baseline
from bpssim.scenario.baseline import Baseline, load
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.gate_levels import shipped
from bpssim.scenario.words import Difficulty, SurveyGroup, Trait
from odd_tables.inputs import written
from odd_tables.markdown import code, number, table

REFERENCE = "national_2010"
_QUINTILES = tuple(f"Quintile {quintile}" for quintile in range(1, 6))


def feeding() -> str:
    """The numbers of feeding that are tables: of the default baseline and of the default inputs."""
    inputs = FeedingInputs()
    return "\n\n".join([_of_traits(inputs), _of_difficulties(inputs), numbers_of(load(REFERENCE))])


def _of_traits(inputs: FeedingInputs) -> str:
    """Effects of traits; 1 where there is none."""
    maps = (inputs.initiation_odds, inputs.stopping_hazard, inputs.difficulty_multipliers)
    rows = (
        (code(trait.word), *(number(each.get(trait, 1.0)) for each in maps))
        for trait in Trait
        if any(trait in each for each in maps)
    )
    head = ("Trait", "`initiation_odds`", "`stopping_hazard`", "`difficulty_multipliers`")
    return f"**Effects of traits** (`feeding`)\n\n{table(head, rows)}"


def _of_difficulties(inputs: FeedingInputs) -> str:
    kinds = [inputs.difficulties[kind] for kind in Difficulty]
    periods = _periods(inputs.difficulty_periods)
    rows = [(ages, *(number(kind.incidence[n]) for kind in kinds)) for n, ages in enumerate(periods)]
    rows.append(("`stopping_multiplier`", *(number(kind.stopping_multiplier) for kind in kinds)))
    head = ("Incidence per day at baby ages", *(code(kind.word) for kind in Difficulty))
    return f"**Difficulties** (`feeding.difficulties`), before `difficulty_scale`\n\n{table(head, rows)}"


def numbers_of(fitted: Baseline) -> str:
    """The numbers of a baseline."""
    single = {name: getattr(fitted, name) for name in ("exclusive_at_birth", "difficulty_scale")}
    said = ", ".join(f"`{name}` {number(value)}" for name, value in single.items())
    groups = (
        (code(group.word), number(fitted.start_effects.get(group, 0.0)), number(fitted.stop_effects.get(group, 1.0)))
        for group in SurveyGroup
    )
    stopping = zip(_periods(fitted.periods[:-1]), *_columns(fitted.stopping_hazard, *fitted.residual), strict=True)
    mixing = zip(_periods(fitted.mixing_periods[:-1]), *_columns(fitted.mixing_hazard), strict=True)
    return "\n\n".join(
        [
            f"**Baseline `{fitted.profile}`**: {said}; `start_log_odds` {written(fitted.start_log_odds)}",
            table(("Survey group", "`start_effects` [log odds ratio]", "`stop_effects` [hazard ratio]"), groups),
            table(("Baby ages", "`stopping_hazard` [per day]", *(f"`residual` {q}" for q in _QUINTILES)), stopping),
            table(("Baby ages", "`mixing_hazard` [per day]"), mixing),
        ]
    )


def _columns(*of_periods: Sequence[float]) -> Iterator[list[str]]:
    return ([number(value) for value in values] for values in of_periods)


def _periods(boundaries: Sequence[int]) -> list[str]:
    """Baby ages of each period, first and last day included; the last goes on."""
    spans = pairwise([0, *boundaries])
    return [*(f"{first} to {end - 1}" for first, end in spans), f"from {boundaries[-1] if boundaries else 0}"]


def other_baselines() -> str:
    """The numbers of the other baselines in the package."""
    return "\n\n".join(numbers_of(load(name)) for name in baseline.shipped() if name != REFERENCE)


def reproduced() -> str:
    """What feeding without peer support should come to with the default baseline."""
    fit = load(REFERENCE).fit
    assert fit is not None
    rows = (("any", age, *map(number, shares)) for age, shares in fit.breastfeeding.items())
    any_kind = table(("Breastfeeding", "Baby age [days]", *_QUINTILES), rows)
    exclusive = table(
        ("Breastfeeding", "Baby age [days]", "All births of England"),
        (("exclusive", age, number(share)) for age, share in fit.exclusive.items()),
    )
    said = f"Measured on {fit.births:,} simulated mothers, equally many in each quintile, other than those of the fit."
    return f"{said}\n\n{any_kind}\n\n{exclusive}"


def gates() -> str:
    """Totals, demands, own effects and fitted levels of the gates of the ready scenarios."""
    fitted = shipped()
    assert fitted is not None
    rows = (
        (
            ", ".join(map(code, each.used_as)),
            ", ".join(map(number, each.by_quintile)),
            ", ".join(demand.word for demand in each.demands),
            "; ".join(f"{number(e.odds)} if {' and '.join(t.word for t in e.when)}" for e in each.effects),
            number(each.level.intercept),
            ", ".join(map(number, each.level.residual)),
        )
        for each in fitted.gates
    )
    head = ("Gate", "Totals, quintile 1 to 5", "Demands", "Own effects [odds ratio]", "Intercept", "Residual, 1 to 5")
    return table(head, rows)
