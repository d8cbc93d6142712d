"""Accepted points of a calibration, as its folder has them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.reading.loader import read
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.plan.study import Factor, Study

ACCEPTED = "accepted.csv"
QUANTILE_OF = "quantile of "
"""Before the name of a factor, in the heading of its quantiles."""
_STUDY = "study.yaml"


@dataclass(frozen=True)
class AcceptedPoints:
    """Points at which a service agrees with targets, all of the same weight.

    Parameters
    ----------
    factors
        What was calibrated, by name.
    quantiles
        Quantile of each factor, shape (points, factors).
    """

    factors: Mapping[str, Factor]
    quantiles: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.quantiles)

    def at(self, point: int) -> dict[str, float]:
        """Quantile of each factor at a point."""
        return dict(zip(self.factors, self.quantiles[point].tolist(), strict=True))

    def order(self, number: int, seed: int) -> list[int]:
        """Points for so many draws: each about as often as any other, in an order that the seed decides."""
        rng = np.random.default_rng([seed, len(self)])
        rounds = -(-number // len(self))
        order: list[int] = np.concatenate([rng.permutation(len(self)) for _ in range(rounds)])[:number].tolist()
        return order

    @property
    def as_factor(self) -> Factor:
        """One factor that has each point as a level."""
        return Factor(together=dict(self.factors), points=self.quantiles.tolist())


def read_accepted(folder: str | Path) -> AcceptedPoints:
    """Accepted points from the folder of a calibration.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is none.
    """
    place = Path(folder)
    table = place / ACCEPTED
    if not table.is_file() or not (place / _STUDY).is_file():
        text = "is not the folder of a calibration; give one that `bpssim calibrate STUDY` wrote"
        raise BadInput(Mistake(Origin(str(folder)), text))
    study = read(place / _STUDY, Study)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        quantiles = [[float(row[f"{QUANTILE_OF}{name}"]) for name in study.factors] for row in rows]
    except (KeyError, ValueError):
        raise BadInput(Mistake(Origin(str(table)), "does not hold what this version writes; calibrate again")) from None
    if not quantiles:
        raise BadInput(Mistake(Origin(str(table)), "holds no points; calibrate again"))
    return AcceptedPoints(dict(study.factors), np.array(quantiles))
