"""Continuation: who is still breastfeeding at a given age of the baby.

A mother who stops on day t was breastfeeding at age t. Ages are whole days; -1 means that the event did not happen.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def breastfeeding_at(age: int, started: NDArray[np.bool_], stop_age: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each baby gets any breast milk at this age.

    Parameters
    ----------
    age
        Age of the baby [days].
    started, stop_age
        Shape (mothers,): whether she started, and the baby's age when she stopped [days; -1 if she did not].
    """
    return started & ((stop_age < 0) | (stop_age >= age))


def exclusively_at(
    age: int, started: NDArray[np.bool_], stop_age: NDArray[Any], mixed_age: NDArray[Any]
) -> NDArray[np.bool_]:
    """Whether each baby gets breast milk and no formula at this age.

    Parameters
    ----------
    age, started, stop_age
        As for `breastfeeding_at`.
    mixed_age
        Baby's age at the first formula [days; -1 if there was none], shape (mothers,).
    """
    return breastfeeding_at(age, started, stop_age) & ((mixed_age < 0) | (mixed_age >= age))
