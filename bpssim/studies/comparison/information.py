"""What it would be worth to know uncertain parameters before a scenario is chosen, from draws of the inputs."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from bpssim.outcomes.metrics import METRICS
from bpssim.statistics.groups import ALL
from bpssim.statistics.value_of_information import (
    FEWEST,
    Information,
    Smoother,
    value_of_all_information,
    value_of_partial_information,
)
from bpssim.studies.comparison.economics import WILLINGNESS
from bpssim.studies.comparison.rows import InformationRow
from bpssim.studies.comparison.uncertain import Cells, Uncertainty
from bpssim.studies.uncertainty.draws import quantile_table

EVERYTHING = "everything drawn"
"""Stands for all uncertain parameters together."""
MOTHERS, POUNDS = "mothers a year", "GBP a year"
_DAYS_PER_YEAR = 365
_NOTHING = Information(0.0, 0.0, 1.0)


def information_rows(uncertainty: Uncertainty, window_days: int, is_priced: bool) -> Iterator[InformationRow]:
    """Rows of `value_of_information.csv`; none with fewer draws than the method needs.

    Parameters
    ----------
    uncertainty
        Draws of all scenarios among which one is chosen.
    window_days
        Length of the recruitment window, from which values are brought to a year.
    is_priced
        Whether all costs have a price; without, values are in mothers alone.
    """
    drawn = uncertainty.drawn
    if len(drawn) < FEWEST:
        return
    parameters = list(drawn[0].draw.quantiles)
    quantiles = quantile_table([each.draw for each in drawn])
    smoothers = [Smoother(column) for column in quantiles.T]
    costs, births, share = (_of_metric(uncertainty, name) for name in ("cost_total", "births", "any_6w"))
    mothers = np.where(births > 0.0, births * np.nan_to_num(share), 0.0)
    yearly = _DAYS_PER_YEAR / window_days
    yield from _rows(uncertainty.names, parameters, smoothers, mothers * yearly, math.nan)
    for price in WILLINGNESS if is_priced else ():
        yield from _rows(uncertainty.names, parameters, smoothers, (price * mothers - costs) * yearly, float(price))


def _of_metric(uncertainty: Uncertainty, name: str) -> Cells:
    """A metric over all mothers, shape (draws, replicates, scenarios)."""
    return np.moveaxis(uncertainty.contributions[:, :, :, list(METRICS).index(name), ALL], 0, -1)


def _rows(
    names: Sequence[str], parameters: Sequence[str], smoothers: Sequence[Smoother], benefits: Cells, price: float
) -> Iterator[InformationRow]:
    """Rows of one kind of benefit, shape (draws, replicates, scenarios); the most valuable parameter first."""
    means = benefits.mean(axis=1)
    chosen = int(means.mean(axis=0).argmax())
    about = (names[chosen], float((means.argmax(axis=1) == chosen).mean()))
    unit = MOTHERS if math.isnan(price) else POUNDS
    whole = value_of_all_information(benefits)
    found = [_at_most(whole, value_of_partial_information(means, each)) for each in smoothers]
    yield InformationRow(EVERYTHING, price, *whole, unit, *about, len(means))
    for parameter, each in sorted(zip(parameters, found, strict=True), key=lambda pair: -pair[1].value):
        yield InformationRow(parameter, price, *each, unit, *about, len(means))


def _at_most(whole: Information, part: Information) -> Information:
    """The value of knowing one thing, which is never worth more than knowing all; luck alone could make it so."""
    if whole.value <= 0.0:
        return _NOTHING
    return part if part.value <= whole.value else Information(whole.value, whole.error, part.p_value)
