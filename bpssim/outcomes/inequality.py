"""Inequality between quintiles (metrics, section 2)."""

import numpy as np

from bpssim.outcomes.groups import Values


def gap(values: Values) -> Values:
    """Least deprived quintile minus most deprived, for `all` only; positive is inequality against the deprived.

    Undefined if either quintile has no value; the next quintile does not take its place.
    """
    return np.append(np.full(5, np.nan), values[4] - values[0])
