"""Reach: who has had a two-way contact, and when.

Age at first contact is negative in pregnancy, and beyond any follow-up without a contact.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.groups import ALL, Values, mean


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


def believed_reach(on_list: NDArray[np.bool_], known_quintile: NDArray[Any], reached: NDArray[np.bool_]) -> Values:
    """Reach as a service sees it: share of the mothers on its list that it has spoken with, by quintile on record.

    Mothers it never learned of are missing from the denominator, and those whose quintile it does not know from every
    group but `all` (M4, M55).

    Parameters
    ----------
    on_list
        Whether the service holds a name or a number, shape (mothers,).
    known_quintile
        Quintile on its records, 1 to 5; 0 or less if unknown, shape (mothers,).
    reached
        Whether it has spoken with her, shape (mothers,).
    """
    known = on_list & (known_quintile >= 1)
    values = mean(known_quintile, reached, among=known)
    values[ALL] = reached[on_list].mean() if on_list.any() else np.nan
    return values
