"""Reach: who has had a two-way contact, and when.

An age at first contact is negative in pregnancy, and beyond any follow-up if there was no contact.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def reached_by(age: int, first_contact_age: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each mother had a contact by this age of the baby [days]; contacts in pregnancy count."""
    reached: NDArray[np.bool_] = first_contact_age <= age
    return reached


def reached_before_stop(
    reached: NDArray[np.bool_], started: NDArray[np.bool_], stop_age: NDArray[Any], first_contact_age: NDArray[Any]
) -> NDArray[np.bool_]:
    """Whether the first contact came while there was breastfeeding to support, or in pregnancy before it began.

    Parameters
    ----------
    reached, started
        Whether she ever had a contact, and whether she started to breastfeed, shape (mothers,).
    stop_age
        Baby's age when she stopped [days; -1 if she did not], shape (mothers,).
    first_contact_age
        Baby's age at the first contact [days], shape (mothers,).
    """
    return reached & started & ((stop_age < 0) | (first_contact_age <= stop_age))
