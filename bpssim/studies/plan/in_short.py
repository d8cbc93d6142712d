"""A study in a line."""

from bpssim.studies.plan.designs import combinations
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.plan.study import DesignKind

KINDS: dict[DesignKind, str] = {
    "grid": "all combinations of levels",
    "one_at_a_time": "one factor at a time",
    "latin_hypercube": "a Latin hypercube",
    "sobol": "a Sobol design",
    "morris": "Morris trajectories",
}


def in_short(read: ReadStudy) -> str:
    """Scenarios, factors, points and runs of a study in words."""
    study = read.study
    points = len(combinations(study)) * len(read.scenarios)
    factors = f"{KINDS[study.design.kind]} of {', '.join(study.factors)}" if study.factors else "no factors"
    return f"{factors}; {points:,} points, {points * study.replicates:,} runs"
