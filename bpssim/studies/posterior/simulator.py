"""The model as a calibration sees it: from quantiles of the factors to the figures of the targets."""

import zlib
from collections.abc import Mapping, Sequence
from threading import Event

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.estimates import estimated
from bpssim.studies.plan.cells import cell_of
from bpssim.studies.plan.designs import Combination
from bpssim.studies.plan.factors import place_at
from bpssim.studies.plan.points import Point, making_of
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.prepared import prepare, summary_of
from bpssim.studies.sweep.rows import kept_metrics

_SEEDS = 2**40
"""First seeds of points are below this."""


class Simulator:
    """Runs the first scenario of a study at quantiles of its factors.

    Parameters
    ----------
    read
        A study with targets.
    targets
        Figures to give, as in the study.
    """

    def __init__(self, read: ReadStudy, targets: Sequence[str]) -> None:
        self._read = read
        self._making = making_of(read)
        self._cells = [cell_of(target) for target in targets]
        self._metrics = kept_metrics([metric for metric, _ in self._cells]).metrics

    def figures(self, quantiles: Mapping[str, float]) -> NDArray[np.float64]:
        """Figures at a point, with seeds of its own, so that luck differs between points.

        Parameters
        ----------
        quantiles
            0 to 1, by name of the factor.
        """
        point = Point("", 0, 0, 0, self.places(quantiles))
        prepared = prepare(self._making.scenario_of(point))
        first = _seed_of(quantiles)
        numbers = range(first, first + self._read.study.replicates)
        found = estimated([summary_of(prepared, number, Event()) for number in numbers], self._metrics)
        places = {metric: place for place, metric in enumerate(found.names)}
        return np.array([found.value[places[metric], group] for metric, group in self._cells])

    def places(self, quantiles: Mapping[str, float]) -> Combination:
        """Place of each factor at a quantile."""
        factors = self._read.study.factors
        return {name: place_at(factors[name], quantile) for name, quantile in quantiles.items()}


def _seed_of(quantiles: Mapping[str, float]) -> int:
    """A seed that the point alone decides."""
    content = ",".join(f"{name}={quantile!r}" for name, quantile in sorted(quantiles.items())).encode()
    return (zlib.crc32(content) << 8 | zlib.adler32(content) & 0xFF) % _SEEDS
