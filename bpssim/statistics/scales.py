"""Kinds of published values, and the scale on which each varies normally (metrics, section 3.4)."""

import math
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

Kind = Literal["proportion", "rate", "other"]
Scale = Literal["logit", "log", "natural"]

SCALES: dict[Kind, Scale] = {"proportion": "logit", "rate": "log", "other": "natural"}

RANGES: dict[Kind, tuple[float, float]] = {
    "proportion": (0.0, 1.0),
    "rate": (-math.inf, math.inf),
    "other": (-math.inf, math.inf),
}
"""What values can be. A negative rate, such as time saved, has no logarithm."""

ENDS: dict[Kind, tuple[float, ...]] = {"proportion": (0.0, 1.0), "rate": (0.0,), "other": ()}
"""Possible values at which the scale ends."""


def on_scale(values: NDArray[Any], scale: Scale) -> NDArray[np.float64]:
    """Values as they are on a scale; infinite at its ends, NaN beyond."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray({"logit": logit, "log": np.log, "natural": np.positive}[scale](values))


def from_scale(values: NDArray[Any], scale: Scale) -> NDArray[np.float64]:
    """The values of which these are the ones on a scale."""
    return np.asarray({"logit": expit, "log": np.exp, "natural": np.positive}[scale](values))
