"""The work of `bpssim calibrate`: fit a profile, write the baseline, and tabulate target against fit."""

from pathlib import Path

from bpssim.scenario.baseline import Baseline, Fit, FittedCell, bank_path
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import load
from bpssim.scenario.wording import SURVEY_GROUPS
from bpssim.scenario.words import QUINTILES
from bpssim.studies.calibration.bank import Told, fit_bank, write_bank
from bpssim.studies.calibration.calibrate import Gradient, Progress, fit, gradient, write
from bpssim.studies.calibration.moved_profile import moved_profile
from bpssim.studies.calibration.observed_rates import read_rates
from bpssim.studies.calibration.profiles import PROFILES, Profile, find, with_mothers_of
from bpssim.studies.results_folder.atomic_file import check_file
from bpssim.studies.threads import aside

LIKE = "national_2024"
"""Default profile for the gradient of observed rates: it defines initiation as routine statistics do."""
_NO_TABLE = (".yaml", ".yml", "")
"""Suffixes of the names of profiles and of their files."""


def profile_for(source: str, like: str | None = None, mothers: str | None = None) -> Profile:
    """The profile to fit, for the mothers of a profile or a scenario.

    Parameters
    ----------
    source
        Name of a profile, path of a profile file, or path of a CSV file of observed rates.
    like
        For observed rates, the name of the profile whose gradient is kept; by default `LIKE`.
    mothers
        Scenario whose mothers to fit for; by default those of the profile.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If one of these cannot be used, or `like` is given together with a profile.
    """
    is_table = Path(source).suffix.lower() not in _NO_TABLE
    if like is not None and not is_table:
        text = "goes with a CSV file of observed rates; a profile has a gradient of its own"
        raise BadInput(Mistake(Origin("--like"), text, found=repr(like)))
    if like is not None and like not in PROFILES:
        raise BadInput(Mistake(Origin("--like"), f"should be one of {', '.join(PROFILES)}", found=repr(like)))
    profile = find((like or LIKE) if is_table else source)
    if mothers is not None:
        profile = with_mothers_of(profile, load(mothers))
    return moved_profile(read_rates(Path(source)), Path(source), profile) if is_table else profile


def calibrate_command(
    wanted: Profile,
    out: Path | None,
    births: int,
    seed: int,
    progress: Progress | None = None,
    members: int = 0,
    told: Told | None = None,
) -> str:
    """Fit a baseline, write it, and return the text to show.

    Parameters
    ----------
    wanted
        From `profile_for`.
    out
        File to write; ``<profile>_baseline.yaml`` in the current folder if not given.
    births
        Simulated births.
    seed
        Seed of the fitted cohort; the table is measured with the next one.
    progress
        Called after each round.
    members
        Members of the bank to make beside the baseline; 0 for none.
    told
        Called after each member.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a file cannot be written.
    """
    path = out or Path(f"{wanted.name}_baseline.yaml")
    check_file(path)
    fitted = aside(lambda: fit(wanted, births, seed, progress=progress))
    write(fitted, path)
    difference = aside(lambda: gradient(fitted, wanted, births, seed + 1))
    banked = []
    if members:
        write_bank(aside(lambda: fit_bank(wanted, fitted, members, seed=seed, progress=told)), bank_path(path))
        banked = [f"wrote {bank_path(path)}: {members} refitted baselines, which --uncertainty draws from"]
    use = f"wrote {path}; a scenario uses it with --set feeding.baseline={path}"
    return "\n".join([*table(wanted, measured(fitted)), gradient_line(difference), *_notes(wanted), *banked, use])


def _notes(profile: Profile) -> list[str]:
    """Notes on this fit."""
    last = max(profile.breastfeeding)
    notes = []
    if profile.rates == "moved":
        notes.append(
            f"note: every quintile of {profile.shape} was shifted by the same log odds to the observed level, also at "
            "ages without a rate; the gradient is not observed"
        )
    if 0 < last <= 26:
        notes.append(f"note: baby ages are days, and the last is day {last}; {last} weeks would be {7 * last} days")
    return notes


def measured(fitted: Baseline) -> Fit:
    """The fit of a baseline.

    Raises
    ------
    ValueError
        If it was not measured.
    """
    if fitted.fit is None:
        raise ValueError(f"the baseline {fitted.profile} has no fit")
    return fitted.fit


def table(profile: Profile, fit: Fit) -> list[str]:
    """Table of target and fit by age and quintile in percent; a dash where the profile has no target."""
    shares = profile.birth_shares()
    lines = [
        f"{profile.name}: any breastfeeding, % of births, target / fitted",
        f"{'age':>9}" + "".join(f"{name:>14}" for name in ("Q1", "Q2", "Q3", "Q4", "Q5", "all")),
    ]
    for age, row in fit.breastfeeding.items():
        target = profile.breastfeeding.get(age)
        pairs = [_pair(target[q] if target else None, row[q]) for q in range(QUINTILES)]
        overall = sum(share * value for share, value in zip(shares, row, strict=True))
        pairs.append(_pair(profile.overall(age) if target else None, overall))
        lines.append(_age(age) + "".join(pairs))
    lines.append("exclusive breastfeeding, % of all births, target / fitted")
    lines += [_age(age) + _pair(profile.exclusive.get(age), value) for age, value in fit.exclusive.items()]
    lines.append("any breastfeeding by survey group, % of their births, target / fitted")
    lines += [
        f"{_age(cell.age)}  {SURVEY_GROUPS[cell.group]:<22}{_pair(cell.target, cell.fitted)}  {_source(cell)}"
        for cell in fit.cells
    ]
    difficulty = _pair(profile.difficulty_week_1, fit.difficulty_week_1).strip()
    worst, where = worst_cell(profile, fit)
    return [
        *lines,
        f"have a difficulty in week 1, % of those who start: {difficulty}",
        f"largest difference: {100 * worst:.1f} points ({where}), in {fit.births:,} births not used for fitting",
    ]


def worst_cell(profile: Profile, fit: Fit) -> tuple[float, str]:
    """Largest absolute difference between profile and fit [share], and where it is."""
    cells = [
        (abs(target - fit.breastfeeding[age][q]), f"quintile {q + 1}, day {age}")
        for age, row in profile.breastfeeding.items()
        for q, target in enumerate(row)
    ]
    exclusive = [
        (abs(target - fit.exclusive[age]), f"exclusive, day {age}") for age, target in profile.exclusive.items()
    ]
    return max(cells + exclusive)


def gradient_line(found: Gradient) -> str:
    """How much of the gradient attributes carry, in one sentence."""
    return (
        f"of those who start, {100 * found.total:.1f} points more in quintile 5 than in quintile 1 go on to 6 weeks: "
        f"{100 * found.by_attributes:.1f} due to attributes, {100 * found.by_residual:.1f} to the residual term"
    )


def _source(cell: FittedCell) -> str:
    """Whether a cell was fitted, and what is known of it."""
    return "no target" if cell.target is None else f"{cell.use}; grade {cell.grade}; {cell.evidence}"


def _age(age: int) -> str:
    return f"{f'day {age}' if age else 'birth':>9}"


def _pair(target: float | None, fitted: float) -> str:
    shown = "-" if target is None else f"{100 * target:.1f}"
    return f"{f'{shown} / {100 * fitted:.1f}':>14}"
