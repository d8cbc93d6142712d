"""How much of the social gradient in continuation the mothers' attributes carry, and how much the residual term."""

from typing import NamedTuple

import numpy as np

from bpssim.scenario.baseline import Baseline
from bpssim.studies.calibration.cohort import Cohort
from bpssim.studies.calibration.profiles import Profile

SIX_WEEKS = 42


class Gradient(NamedTuple):
    """Difference between quintiles 5 and 1 in continuation to six weeks, among those who start [share]."""

    total: float
    by_attributes: float  # what is left when every quintile has the common hazard

    @property
    def by_residual(self) -> float:
        """What the residual quintile term adds."""
        return self.total - self.by_attributes


def gradient(fitted: Baseline, profile: Profile, births: int, seed: int) -> Gradient:
    """Run a cohort under the baseline, and again with the residual term taken out.

    Parameters
    ----------
    fitted
        A fitted baseline.
    profile
        What it was fitted to, and for whom.
    births, seed
        Size and seed of the cohort.
    """
    cohort = Cohort(profile.population, births, seed, SIX_WEEKS, profile.feeding)
    ones = np.ones_like(fitted.residual).tolist()
    without = fitted.model_copy(update={"residual": ones})
    return Gradient(_difference(cohort, fitted), _difference(cohort, without))


def _difference(cohort: Cohort, baseline: Baseline) -> float:
    starts, later = cohort.feed(baseline, [0, SIX_WEEKS], []).breastfeeding
    continuation = later / starts
    return float(continuation[-1] - continuation[0])
