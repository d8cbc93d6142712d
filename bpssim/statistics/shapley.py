"""Fair shares of a joint effect: Shapley values by sampling the orders in which its causes are taken away.

A cause is credited with what changes when it is taken away next, averaged over orders. Along each order these
contributions add up to the joint effect, and so do their means. (Shapley 1953; Castro, Gómez and Tejada 2009.)
"""

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, numbers


def orders(causes: int, pairs: int, seed: int) -> NDArray[np.int64]:
    """Random orders of causes, each followed by its reverse, which makes means more precise.

    Parameters
    ----------
    causes
        Number of causes.
    pairs
        Number of random orders.
    seed
        Of the random numbers.

    Returns
    -------
    numpy.ndarray
        Shape (2 pairs, causes); each row has every cause once.
    """
    generator = np.random.default_rng(seed)
    drawn = [generator.permutation(causes) for _ in range(pairs)]
    return np.array([row for order in drawn for row in (order, order[::-1])], np.int64).reshape(2 * pairs, causes)


def all_orders(causes: int) -> NDArray[np.int64]:
    """Every order of a few causes, over which the mean is exact.

    Parameters
    ----------
    causes
        Number of causes.

    Returns
    -------
    numpy.ndarray
        Shape (causes!, causes).
    """
    return np.array(list(permutations(range(causes))), np.int64)


def contributions(order: NDArray[np.int64], outcomes: Numbers) -> Values:
    """What each cause adds when causes are taken away in one order.

    Parameters
    ----------
    order
        Causes in that order, shape (causes,).
    outcomes
        Outcome before the first is taken away and after each, shape (causes + 1, ...).

    Returns
    -------
    numpy.ndarray
        By cause, shape (causes, ...); the sum is the last outcome minus the first.
    """
    along = numbers(outcomes, axes=("outcome",), more=True)
    if len(along) != len(order) + 1:
        raise ValueError(f"{len(order)} causes have {len(order) + 1} outcomes along an order, not {len(along)}")
    added = np.empty_like(along[1:])
    added[order] = np.diff(along, axis=0)
    return added


def interaction(together: Numbers, first: Numbers, second: Numbers) -> Values:
    """What two causes bring together beyond the sum of what each brings alone.

    Above 0 each makes the other worth more; below 0 either does some of the work of the other.

    Parameters
    ----------
    together, first, second
        Effects of taking away both, and each alone; of one shape.
    """
    both, one, other = (np.asarray(each, float) for each in (together, first, second))
    return np.asarray(both - one - other, float)
