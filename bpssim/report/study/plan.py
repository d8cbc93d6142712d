"""The plan of a sweep in words: what there is to run, how long it takes, and how much it writes."""

from collections.abc import Sequence

from bpssim.studies.plan.in_short import KINDS
from bpssim.studies.sweep.pieces import Piece
from bpssim.studies.sweep.sweep import Sample, Sweep


def plan_in_words(sweep: Sweep, missing: Sequence[Piece], sample: Sample, workers: int) -> str:
    """What a sweep would do.

    Parameters
    ----------
    sweep
        What to run, and where.
    missing, sample
        From `Sweep.missing` and `Sweep.sample`.
    workers
        How many pieces run at the same time.
    """
    study, points = sweep.read.study, len(sweep.points)
    runs, wanted = sum(piece.runs for piece in missing), sweep.runs
    factors = f"{len(study.factors)} factor{'' if len(study.factors) == 1 else 's'}"
    lines = [
        f"{study.name}: {study.question}" if study.question else study.name,
        f"  scenarios  {', '.join(scenario.name for scenario in sweep.read.scenarios)}",
        f"  design     {KINDS[study.design.kind]} of {factors}" if study.factors else "  design     no factors",
        f"  points     {points:,}, each with seeds {study.seeds.start} to {study.seeds.stop - 1}",
        f"  runs       {wanted:,}: {wanted - runs:,} are there, {runs:,} to do",
    ]
    if runs:
        together = f"{workers} at a time" if workers > 1 else "one at a time"
        lines += [
            f"  time       about {duration(sample.seconds(missing) / workers)}, {together}",
            f"  disk       about {size(sample.bytes * runs)} in {sweep.folder.place}",
        ]
    if sweep.has_more_seeds():
        lines.append("  more       seeds that the study does not ask for are there too, and left out of its tables")
    if other := sweep.folder.store.not_of(sweep.points):
        lines.append(f"  earlier    {other:,} points of another version of the study or of bpssim are kept apart")
    return "\n".join(lines)


def duration(seconds: float) -> str:
    """A length of time in words, with two figures."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} hours" if seconds < 48 * 3600 else f"{seconds / 86400:.1f} days"


def size(number: float) -> str:
    """A number of bytes in words."""
    for unit in ("kB", "MB", "GB"):
        number /= 1000.0
        if number < 1000.0:
            return f"{number:.1f} {unit}" if number < 10.0 else f"{number:.0f} {unit}"
    return f"{number / 1000.0:.1f} TB"
