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
    """Scenarios, factors, and points and runs of a study in words; what a search or a calibration will try instead."""
    study = read.study
    factors = ", ".join(study.factors)
    if study.search:
        tried, again = study.search.candidates, study.search.final_replicates
        return (
            f"a search among {factors}; {tried:,} mixes, {tried * study.replicates:,} runs, and {again:,} more of each "
            "that comes out best"
        )
    if study.calibration:
        accepted, most = study.calibration.accepted, study.calibration.most_runs
        return f"a calibration of {factors}; until {accepted:,} points are accepted, {most:,} tried at most"
    points = len(combinations(study)) * len(read.scenarios)
    design = f"{KINDS[study.design.kind]} of {factors}" if study.factors else "no factors"
    return f"{design}; {points:,} points, {points * study.replicates:,} runs"
