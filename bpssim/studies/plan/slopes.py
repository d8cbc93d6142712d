"""Gradients by quintile made steeper or flatter."""

import math


def sloped(shares: tuple[float, ...], times: float) -> tuple[float, ...]:
    """Shares whose log odds lie `times` as far from their mean; shares of 0 or 1 have none and stay."""
    odds = [math.log(share / (1.0 - share)) for share in shares if 0.0 < share < 1.0]
    if len(odds) < len(shares):
        return shares
    centre = sum(odds) / len(odds)
    return tuple(1.0 / (1.0 + math.exp(-(centre + times * (own - centre)))) for own in odds)
