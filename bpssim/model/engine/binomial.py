"""The lower tail of a binomial distribution, as a rule."""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import exp, log


@rule
def probability_of_at_most(count: int, total: int, share: float) -> float:
    """Probability of at most `count` successes in `total` trials, each with probability `share`."""
    if share <= 0.0 or count >= total:
        return 1.0
    if share >= 1.0:
        return 0.0
    log_term = total * log(1.0 - share)  # of no success; every further term follows from the one before
    log_odds = log(share) - log(1.0 - share)
    tail = exp(log_term)
    for k in range(1, count + 1):
        log_term += log((total - k + 1.0) / k) + log_odds
        tail += exp(log_term)
    return min(tail, 1.0)
