"""Rows of the files of a comparison; `scenario` is the alternative that is compared with the base, NaN is undefined.

Unless stated otherwise, limits are 95 % confidence limits over replicates paired by their seeds.
"""

import math
from typing import NamedTuple


class ComparisonRow(NamedTuple):
    """One metric in one group (`comparison.csv`)."""

    scenario: str
    metric: str
    quintile: str
    base: float
    alternative: float
    difference: float  # alternative minus base
    lower: float
    upper: float
    unit: str
    replicates: int
    detectable: float  # difference that 90 % of such comparisons would detect; NaN where `flag` is set
    flag: str  # one_replicate or no_replicates: no limits; never_varies: zero width (see `limit_of_none`); else empty


class PairingRow(NamedTuple):
    """Gain in precision from common random numbers (`pairing.csv`)."""

    scenario: str
    metric: str
    quintile: str
    half_width: float  # of the interval of the difference
    half_width_independent: float  # with independent seeds (Welch)
    correlation: float  # of base and alternative over replicates
    variance_removed: float  # share


class ChangeRow(NamedTuple):
    """How many mothers of one kind have a changed story (`changed.csv`)."""

    scenario: str
    attribute: str  # all, quintile, or a trait
    value: str  # all, 1 to 5, or yes and no
    measure: str  # see `bpssim.outcomes.changed.MEASURES`
    estimate: float
    lower: float
    upper: float
    unit: str
    replicates: int


class CostRow(NamedTuple):
    """Cost per additional mother breastfeeding at six weeks (`cost_effectiveness.csv`)."""

    scenario: str
    extra_cost: float  # GBP
    extra_cost_lower: float
    extra_cost_upper: float
    extra_mothers: float
    extra_mothers_lower: float
    extra_mothers_upper: float
    quadrant: str
    cost_per_additional_6w: float  # GBP per mother
    lower: float  # Fieller
    upper: float
    reason: str  # why it has no value or no limits; empty otherwise
    not_priced: str  # costs of the change beside the team's time that are not priced, separated by semicolons
    replicates: int


class NetBenefitRow(NamedTuple):
    """Net benefit at one willingness to pay for an additional mother breastfeeding at six weeks (`net_benefit.csv`)."""

    scenario: str
    willingness_to_pay: float  # GBP per additional mother
    net_benefit: float  # GBP
    lower: float
    upper: float
    probability_best: float  # share of draws in which it is the best of all scenarios; NaN without draws
    replicates: int

    def undefined(self) -> "NetBenefitRow":
        """The same for an alternative whose cost is not fully priced."""
        return self._replace(net_benefit=math.nan, lower=math.nan, upper=math.nan, probability_best=math.nan)


class FrontierRow(NamedTuple):
    """One scenario, the base included, in order of cost (`frontier.csv`)."""

    scenario: str
    cost: float  # GBP
    mothers: float  # breastfeeding at six weeks
    status: str  # on the frontier, dominated, or extendedly dominated, by the means
    extra_cost: float  # GBP, compared with the one before it on the frontier
    extra_mothers: float
    ratio: float  # GBP per additional mother
    share_on_frontier: float  # of the pairs, or of the draws, that `share_of` names
    share_of: str  # pairs, or draws of the inputs


class ImpactRow(NamedTuple):
    """Efficiency and equity (`equity_impact.csv`)."""

    scenario: str
    extra_mothers: float  # breastfeeding at six weeks
    extra_mothers_lower: float
    extra_mothers_upper: float
    equity_gain: float  # reduction of the absolute slope index of inequality; share
    equity_gain_lower: float
    equity_gain_upper: float
    sii_change: float  # share
    sii_change_lower: float
    sii_change_upper: float
    label: str  # of mothers and the gradient (slope index, not the gap), as far as their intervals exclude no change
    levelling_down: bool | None  # the gradient flattens while a quintile does worse; undefined for one replicate
    replicates: int


class PlaneRow(NamedTuple):
    """One point of the planes of cost and of equity (`plane.csv`)."""

    scenario: str
    point: str  # replicate or draw
    number: int
    extra_cost: float  # GBP
    extra_mothers: float  # breastfeeding at six weeks
    equity_gain: float  # share
    sii_change: float  # share


class UncertaintyRow(NamedTuple):
    """A difference over draws of the inputs (`uncertainty.csv`)."""

    scenario: str
    metric: str
    quintile: str
    difference: float
    lower: float
    upper: float
    kind: str  # of the limits: 95 % of draws, or with fewer than 40 draws the range of all draws
    probability_more: float  # share of draws in which the alternative has more than the base
    probability_same: float  # ... exactly as much
    probability_fewer: float  # ... less
    probability_better: float  # share of draws; NaN where neither direction is better by itself
    share_of_inputs: float  # share of the variance between draws due to inputs; the rest is Monte Carlo error
    parameter_deviation: float  # standard deviation due to the inputs
    monte_carlo_error: float  # standard error of the mean difference
    unit: str
    draws: int
    replicates_per_draw: int


class LevelRow(NamedTuple):
    """One metric of one scenario in one group, over draws of the inputs (`levels.csv`)."""

    scenario: str  # name of the scenario
    metric: str
    quintile: str
    value: float  # mean over draws
    lower: float  # lower end of the range that `kind` names
    upper: float  # upper end of the range that `kind` names
    kind: str  # 95 % of draws, or the range of all draws where they are too few
    share_of_inputs: float  # of the variance between draws; the rest is Monte Carlo error
    unit: str
    draws: int
    replicates_per_draw: int


class ImportanceRow(NamedTuple):
    """Importance of one input for the uncertainty of a difference (`importance.csv`)."""

    scenario: str
    metric: str
    quintile: str
    input: str  # its path in the scenario
    importance: float  # standardised rank regression coefficient, -1 to 1


class InformationRow(NamedTuple):
    """What knowing an uncertain parameter before the choice would be worth (`value_of_information.csv`)."""

    uncertain_parameter: str  # its name; "everything drawn" for all of them together, which no single one can exceed
    willingness_to_pay: float  # GBP per additional mother at six weeks; NaN where the benefit is mothers alone
    value: float  # expected value for this place [unit]
    error: float  # standard error of the value
    p_value: float  # of its doing nothing for any benefit; NaN for everything drawn
    unit: str  # mothers a year, or GBP a year (net benefit)
    chosen: str  # scenario that is best on average over draws
    share_best: float  # share of draws in which it is the best, luck of few replicates included
    draws: int
