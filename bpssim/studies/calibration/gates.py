"""Calibration of access gates: the levels at which the totals by quintile come back over mothers of the nation.

What is printed says how much of each gradient circumstances carry, and what is left to the area: two mothers with the
same circumstances in quintile 1 and 5 differ by that alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import numpy as np

from bpssim.model.gate_fit import Nation, fit, nation, odds_ratios_of
from bpssim.model.mother import MOTHER
from bpssim.model.state import empty
from bpssim.scenario.access import Access, Circumstances, GateProbability, depends_on_circumstances
from bpssim.scenario.fields import Section
from bpssim.scenario.gate_levels import SHIPPED, FittedGate, FittedGates
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.population import NATIONAL_CONFIDENCE
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.writing import to_yaml
from bpssim.scenario.scenario import load
from bpssim.scenario.words import QUINTILES, Trait
from bpssim.studies.results_folder.atomic_file import check_file, write_file

VERSION = 1
"""Raised when the method changes, or the default inputs that it rests on."""
_ROUNDING = 0.002
"""Gaps between quintiles 1 and 5 that are smaller are none [share]."""


class Life(NamedTuple):
    """The circumstances of a mother, in words and as the model has them."""

    words: str
    traits: Sequence[Trait]
    partner_leave: int  # days


LIVES = (
    Life("has a degree and a car, speaks English, has no worries about food or housing, partner at home",
         [Trait.DEGREE, Trait.MULTIPAROUS], 14),
    Life("has no degree and no car on weekdays, has worries about food or housing, partner at work",
         [Trait.NO_WEEKDAY_CAR, Trait.STRESSOR, Trait.MULTIPAROUS], 0),
)  # fmt: skip
"""Two lives that may be lived in any quintile; both with the nation's mean confidence and an earlier birth."""


def gates_of_ready_scenarios() -> dict[str, GateProbability]:
    """Gates of the ready scenarios that depend on circumstances, by where they are used.

    Those of the base scenario come first; a scenario that changes one has it under its own name beside.
    """
    found: dict[str, GateProbability] = {}
    for name in sorted(ready.names(), key=lambda name: name != "base"):
        scenario = load(name)
        for path, gate in _gates(scenario.access, scenario.pathways):
            alike = [each for other, each in found.items() if other.partition(" of ")[0] == path]
            if depends_on_circumstances(gate) and gate not in alike:
                found[f"{path} of {name}" if alike else path] = gate
    return found


def _gates(access: Access, pathways: Mapping[str, Pathway]) -> Iterator[tuple[str, GateProbability]]:
    parts: list[tuple[str, Section]] = [("access", access), *pathways.items()]
    for part, section in parts:
        for name, value in section:
            if isinstance(value, GateProbability):
                yield f"{part}.{name}", value


def fit_gates(births: int, seed: int) -> FittedGates:
    """Fit all gates of the ready scenarios over mothers of the nation, equally many of each quintile."""
    mothers, circumstances = nation(births // QUINTILES, seed), Circumstances()
    used: dict[str, list[str]] = {}
    gates: dict[str, GateProbability] = {}
    for path, gate in gates_of_ready_scenarios().items():
        key = repr((gate.by_quintile, gate.demands, gate.effects))
        used.setdefault(key, []).append(path)
        gates.setdefault(key, gate)
    fitted = {key: fit(gate, circumstances, mothers) for key, gate in gates.items()}
    return FittedGates(
        version=VERSION,
        mothers=births // QUINTILES * QUINTILES,
        seed=seed,
        circumstances=circumstances,
        gates=[
            FittedGate(
                used_as=used[key],
                by_quintile=gate.by_quintile,
                demands=gate.demands,
                effects=gate.effects,
                level=fitted[key].level,
                by_circumstances=tuple(round(share, 4) for share in fitted[key].by_circumstances),
            )
            for key, gate in gates.items()
        ],
    )


def calibrate_gates(out: Path | None, births: int, seed: int) -> str:
    """Fit the gates of the ready scenarios, write their levels, and return the text to show.

    Parameters
    ----------
    out
        File to write; that of the package if not given.
    births
        Mothers of the nation.
    seed
        Their seed.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be written.
    """
    path = out or SHIPPED
    check_file(path)
    fitted = fit_gates(births, seed)
    write(fitted, path)
    return "\n".join([*table(fitted), "", *same_lives(fitted), "", f"wrote {path}"])


def write(fitted: FittedGates, path: Path) -> None:
    """Write the levels of gates as YAML, whole or not at all.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be written.
    """
    lines = (
        "Levels of access gates, made by `bpssim calibrate --gates`; not for editing.",
        "With them the totals by quintile come back over mothers of the nation (D1, D3-D25) with the effects of their "
        "circumstances; grade C, as are totals and effects.",
    )
    header = "".join(fill(line, 110, initial_indent="# ", subsequent_indent="#   ") + "\n" for line in lines)
    write_file(path, header + to_yaml(fitted))


def table(fitted: FittedGates) -> list[str]:
    """Table of gates: given totals, circumstances alone, how much of the gap they carry, and the residual by area."""
    lines = [
        f"who passes each gate, % of {fitted.mothers:,} mothers of the nation in quintile 1 to 5",
        f"{'gate':<27}{'given':<26}{'by circumstances alone':<26}{'of gap':>8}  residual by area, log odds",
    ]
    turned = False
    for each in fitted.gates:
        carried = share_of_gap(each)
        turned |= carried is not None and not 0.0 <= carried <= 1.0
        shown = "-" if carried is None else f"{100 * carried:.0f} %"
        residual = " ".join(f"{value:+.2f}" for value in each.level.residual)
        lines.append(
            f"{each.used_as[0]:<27}{_percent(each.by_quintile):<26}{_percent(each.by_circumstances):<26}{shown:>8}  "
            f"{residual}"
        )
        lines += [f"  {path}: as above" for path in each.used_as[1:]]
    if turned:
        lines.append(
            "of gap: share of the difference between quintiles 5 and 1 that circumstances carry. Above 100 % lives "
            "imply more than the given gradient, below 0 the opposite: the residual turns round, which is a reason to "
            "doubt the given totals or the sizes of effects (both grade C)."
        )
    lines.append("access.area_residual multiplies the residual: 1 by default, and with 0 circumstances act alone.")
    return lines


def share_of_gap(fitted: FittedGate) -> float | None:
    """Share of the difference between quintiles 5 and 1 that circumstances carry; nothing where there is none."""
    given = fitted.by_quintile[-1] - fitted.by_quintile[0]
    if abs(given) < _ROUNDING:
        return None
    return (fitted.by_circumstances[-1] - fitted.by_circumstances[0]) / given


def same_lives(fitted: FittedGates) -> list[str]:
    """Table of two lives in quintile 1 and 5, which differ by the residual of the area only."""
    lines = ["who passes with the same life in quintile 1 and 5, %"]
    lines += [f"  life {number}: {life.words}" for number, life in enumerate(LIVES, 1)]
    lines.append(f"{'gate':<27}" + "".join(f"{f'life {n}: Q1    Q5':>20}" for n in range(1, len(LIVES) + 1)))
    for each in fitted.gates:
        pairs = in_both_ends(each, fitted.circumstances)
        lines.append(
            f"{each.used_as[0]:<27}" + "".join(f"{100 * first:>14.1f}{100 * last:>6.1f}" for first, last in pairs)
        )
    return lines


def in_both_ends(fitted: FittedGate, circumstances: Circumstances) -> list[tuple[float, float]]:
    """Probability that a mother passes in quintile 1 and in 5, for each of `LIVES`."""
    mothers = empty(MOTHER, len(LIVES))
    mothers.traits = [sum(1 << trait for trait in life.traits) for life in LIVES]
    mothers.partner_leave = [life.partner_leave for life in LIVES]
    mothers.confidence = NATIONAL_CONFIDENCE.mean
    ratios = odds_ratios_of(fitted.gate(), circumstances, Nation(mothers, np.ones(len(LIVES))))
    first, *_, last = np.exp(fitted.level.log_odds(1.0))
    return [(first * ratio / (1.0 + first * ratio), last * ratio / (1.0 + last * ratio)) for ratio in ratios.tolist()]


def _percent(shares: Sequence[float]) -> str:
    return " ".join(f"{100 * share:4.1f}" for share in shares)
