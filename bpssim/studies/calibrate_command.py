"""What `bpssim calibrate` does and shows: a profile fitted, the file written, and target against fit in a table."""

from pathlib import Path

from bpssim.scenario.baseline import Baseline, Fit
from bpssim.scenario.words import QUINTILES
from bpssim.studies.calibrate import Progress, fit, write
from bpssim.studies.gradient import Gradient, gradient
from bpssim.studies.profiles import Profile, find
from bpssim.studies.whole_file import check_file


def calibrate_command(profile: str, out: Path | None, births: int, seed: int, progress: Progress | None = None) -> str:
    """Fit a baseline, write it, and return what to show.

    Parameters
    ----------
    profile
        Name of a profile, or path of a profile file.
    out
        File to write; ``<profile>_baseline.yaml`` in the current folder if not given.
    births
        Simulated births.
    seed
        Seed of the fitted cohort; the table is measured with the next one.
    progress
        Told after each round.

    Raises
    ------
    bpssim.scenario.messages.BadInput
        If the profile cannot be used or the file cannot be written.
    """
    wanted = find(profile)
    path = out or Path(f"{wanted.name}_baseline.yaml")
    check_file(path)
    fitted = fit(wanted, births, seed, progress=progress)
    write(fitted, path)
    found = gradient(fitted, wanted.population, births, seed + 1)
    return "\n".join([*table(wanted, measured(fitted)), gradient_line(found), f"wrote {path}"])


def measured(fitted: Baseline) -> Fit:
    """The fit of a baseline that was measured.

    Raises
    ------
    ValueError
        If it was not.
    """
    if fitted.fit is None:
        raise ValueError(f"the baseline {fitted.profile} has no fit")
    return fitted.fit


def table(profile: Profile, found: Fit) -> list[str]:
    """Lines of target and fit by age and quintile in percent; a dash where the profile has no target."""
    shares = profile.birth_shares()
    lines = [
        f"{profile.name}: any breastfeeding, % of births, target / fitted",
        f"{'age':>9}" + "".join(f"{name:>14}" for name in ("Q1", "Q2", "Q3", "Q4", "Q5", "all")),
    ]
    for age, row in found.breastfeeding.items():
        target = profile.breastfeeding.get(age)
        pairs = [_pair(target[q] if target else None, row[q]) for q in range(QUINTILES)]
        overall = sum(share * value for share, value in zip(shares, row, strict=True))
        pairs.append(_pair(profile.overall(age) if target else None, overall))
        lines.append(_age(age) + "".join(pairs))
    lines.append("exclusive breastfeeding, % of all births, target / fitted")
    lines += [_age(age) + _pair(profile.exclusive.get(age), value) for age, value in found.exclusive.items()]
    difficulty = _pair(profile.difficulty_week_1, found.difficulty_week_1).strip()
    worst, where = worst_cell(profile, found)
    return [
        *lines,
        f"meet a difficulty in week 1, % of those who start: {difficulty}",
        f"largest difference: {100 * worst:.1f} points ({where}), in {found.births:,} births not used for fitting",
    ]


def worst_cell(profile: Profile, found: Fit) -> tuple[float, str]:
    """Largest absolute difference between profile and fit [share], and where it is."""
    cells = [
        (abs(target - found.breastfeeding[age][q]), f"quintile {q + 1}, day {age}")
        for age, row in profile.breastfeeding.items()
        for q, target in enumerate(row)
    ]
    exclusive = [
        (abs(target - found.exclusive[age]), f"exclusive, day {age}") for age, target in profile.exclusive.items()
    ]
    return max(cells + exclusive)


def gradient_line(found: Gradient) -> str:
    """How much of the gradient attributes carry, in one sentence."""
    return (
        f"of those who start, {100 * found.total:.1f} points more in quintile 5 than in quintile 1 go on to 6 weeks: "
        f"attributes carry {100 * found.by_attributes:.1f}, the residual term {100 * found.by_residual:.1f}"
    )


def _age(age: int) -> str:
    return f"{f'day {age}' if age else 'birth':>9}"


def _pair(target: float | None, found: float) -> str:
    shown = "-" if target is None else f"{100 * target:.1f}"
    return f"{f'{shown} / {100 * found:.1f}':>14}"
