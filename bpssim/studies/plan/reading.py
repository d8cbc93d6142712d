"""Study files: found by name or path, read, and checked against their scenarios."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bpssim.scenario.reading import ready
from bpssim.scenario.reading.loader import Surroundings, locate, read
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, Origin, nearest, refuse
from bpssim.scenario.reading.parsing import parse_file
from bpssim.scenario.reading.tree import EACH
from bpssim.scenario.scenario import Scenario, load
from bpssim.studies.comparison.pairs import paired_scenarios
from bpssim.studies.plan.accepted import read_accepted
from bpssim.studies.plan.factors import Base, Place, changes_in, nothing_rests_on, step_of, with_steps
from bpssim.studies.plan.overlaps import overlapping
from bpssim.studies.plan.own_functions import check_functions
from bpssim.studies.plan.study import Factor, Study

_PACKAGE = Path(__file__).parents[2]
_INSTALLED = _PACKAGE / "ready_studies"
_CHECKOUT = _PACKAGE.parent / "experiments"


@dataclass(frozen=True)
class ReadStudy:
    """A study with its scenarios.

    Parameters
    ----------
    study
        As written.
    scenarios
        With the study's changes and seed, and unique names, the base first.
    """

    study: Study
    scenarios: tuple[Scenario, ...]


def folder() -> Path:
    """Folder of the studies that come with the package."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def names() -> list[str]:
    """Names of these studies, sorted."""
    return ready.names(folder())


def is_study(source: str | Path) -> bool:
    """Whether a path or name is that of a study: a ready one, or a file that lists scenarios."""
    if isinstance(source, str) and source in names():
        return source not in ready.names()
    try:
        written = parse_file(Path(source)) if Path(source).is_file() else None
    except BadInput:
        return False
    return written is not None and written.child("scenarios") is not None


def find_study(source: str | Path) -> Path:
    """The file of a study by its path or the name of a ready one.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is none.
    """
    try:
        return locate(source, Path(), folder(), Origin(str(source)))
    except BadInput:
        if isinstance(source, str) and not source.endswith((".yaml", ".yml")):
            text = f"no ready study has this name; there are {', '.join(names())} (a file is written with its .yaml)"
            raise BadInput(Mistake(Origin(source), text, suggestion=nearest(source, names()))) from None
        raise


def read_study(source: str | Path, overrides: Iterable[str] = ()) -> ReadStudy:
    """Read a study and the scenarios that it names.

    Parameters
    ----------
    source
        A path, or the name of a ready study.
    overrides
        Texts such as ``replicates=50`` or ``design.size=256``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With all mistakes in the study, or in one of its scenarios.
    """
    path = find_study(source)
    outside = Surroundings(
        files=[("scenarios",), ("metrics", "file"), ("factors", EACH, "calibrated")],
        check=_check,
        sections=("factors",),
    )
    study = _with_points(read(path, Study, overrides, folder(), outside))
    return ReadStudy(study, scenarios_of(study))


def _with_points(study: Study) -> Study:
    """The study with the points of calibrations that it names.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a folder is none of a calibration.
    """
    factors = dict(study.factors)
    for name, factor in study.factors.items():
        if factor.calibrated is not None:
            with _told_at(f"factors.{name}.calibrated"):
                factors[name] = read_accepted(factor.calibrated).as_factor
    return study.model_copy(update={"factors": factors})


def scenarios_of(study: Study) -> tuple[Scenario, ...]:
    """The scenarios of a study, with its changes and seed.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With a key of the study, if a scenario cannot be read, they cannot be compared, or a change is not allowed.
    """
    loaded = []
    for number, source in enumerate(study.scenarios):
        with _told_at(f"scenarios.{number}"):
            loaded.append(load(source))
    with _told_at("scenarios"):
        seeded = paired_scenarios(loaded, study.seed)
    if not study.changes:
        return seeded
    with _told_at("changes"):
        return tuple(scenario.with_(changes_in(scenario, study.changes)) for scenario in seeded)


def _check(study: Study) -> None:
    """Refuse what the scenarios do not have, with every level and both ends of every range tried by itself."""
    bases = [Base(scenario) for scenario in scenarios_of(study)]
    factors = _with_points(study).factors
    mistakes = [mistake for name, factor in factors.items() for mistake in _mistakes_in(name, factor, bases)]
    if not mistakes and study.design.kind != "one_at_a_time":
        mistakes += overlapping(factors, bases)
    if study.metrics:
        mistakes += check_functions(study.metrics)
    refuse(mistakes)


def _mistakes_in(name: str, factor: Factor, bases: Sequence[Base]) -> Iterator[Mistake]:
    """Mistakes of a factor by itself; a study may name evidence that only some of its scenarios rest on."""
    if factor.of_some_scenarios and not any(base.rests_on(factor) for base in bases):
        yield replace(nothing_rests_on(factor, bases), path=f"factors.{name}.{factor.of_some_scenarios}")
        return
    levels = 1 if factor.together else factor.number_of_levels
    places: Sequence[Place] = (0.0, 1.0) if factor.is_continuous else range(levels)
    for place in places:
        for base in bases:
            try:
                with_steps(base, [step_of(factor, base, place)])
            except BadInput as error:
                key = f"factors.{name}.{_written_at(factor, place, error.mistakes)}"
                yield from (_moved(mistake, key) for mistake in error.mistakes)
                return


def _written_at(factor: Factor, place: Place, mistakes: Sequence[Mistake]) -> str:
    """Key of a factor where a mistake is best shown: its path if the input is unknown, or else the value."""
    if factor.together:
        return "calibrated"
    if factor.path is not None and any("unknown setting" in mistake.text for mistake in mistakes):
        return "path"
    if factor.is_continuous or factor.null is not None:
        return next(key for key in ("range", "evidence", "slope", "null") if getattr(factor, key) is not None)
    return f"levels.{list(factor.levels)[int(place)]}" if isinstance(factor.levels, dict) else f"levels.{place}"


@contextmanager
def _told_at(key: str) -> Iterator[None]:
    """Show mistakes in a scenario at the key of the study that led to them; those in files keep their place."""
    try:
        yield
    except BadInput as error:
        raise BadInput(*(each if each.origin.line else _moved(each, key) for each in error.mistakes)) from None


def _moved(mistake: Mistake, key: str) -> Mistake:
    text = f"{mistake.path}: {mistake.text}" if mistake.path else mistake.text
    return replace(mistake, origin=NOWHERE, path=key, text=text)
