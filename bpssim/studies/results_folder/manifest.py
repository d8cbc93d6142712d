"""Provenance of results: what ran, when, with which versions, how to repeat it, and which files were written."""

import hashlib
import os
import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bpssim.scenario.fields import Grade
from bpssim.scenario.names import Name
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, cut
from bpssim.scenario.reading.plain_file import check_plain_file
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.changes import InputChange
from bpssim.studies.grades import grades_of
from bpssim.studies.results_folder.atomic_file import write_files
from bpssim.studies.results_folder.sole_writer import PREFIX
from bpssim.studies.results_folder.version import commit, versions
from bpssim.studies.uncertainty.inputs import HeldInput, UncertainInput

MANIFEST = "manifest.json"
PROGRAM = "bpssim"
"""Value of `program` in the manifest, because other software writes manifests too."""
IN_PYTHON = "(made in Python)"
"""What stands for the command line of results that were made without one."""
MAX_BYTES = 20_000_000
"""Largest manifest that is read; that of ten scenarios has about 300 kB."""
OF_REAL_PLACES = ("localities", "small_areas")
"""Tables that only a run in real places has."""
_CLUTTER = (
    ".ds_store", "._*", ".directory", ".nfs*", ".fuse_hidden*", "thumbs.db", "ehthumbs.db", "desktop.ini",
    ".~lock.*#", "~$*",
)  # fmt: skip
"""Lower-case names of files that systems and office programs leave in folders."""


def _time(text: str) -> str:
    datetime.fromisoformat(text)
    return text


def _within(name: str) -> str:
    path = PurePosixPath(name)
    if name != path.as_posix() or path.is_absolute() or "\\" in name or not path.parts or ".." in path.parts:
        raise ValueError("should be the path of a file within the folder")
    return name


def _with_ours(packages: dict[str, str]) -> dict[str, str]:
    if PROGRAM not in packages:
        raise ValueError(f"should have the version of {PROGRAM}")
    return packages


Text = Annotated[str, Field(max_length=100_000)]
FileName = Annotated[str, Field(max_length=1000), AfterValidator(_within)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Seed = Annotated[int, Field(ge=0, lt=2**63)]
Replicates = Annotated[int, Field(ge=1, le=1_000_000)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Graded(_Part):
    """Inputs in use whose evidence has one grade."""

    count: int
    inputs: list[Text]


Grades = dict[Grade, Graded]


def counted_grades(scenario: Scenario) -> Grades:
    """Number and paths of the graded inputs in use, by grade."""
    return {grade: Graded(count=len(paths), inputs=paths) for grade, paths in grades_of(scenario).items()}


class About(_Part):
    """Provenance of any results."""

    program: Literal["bpssim"] = "bpssim"
    command: Text
    finished: Annotated[str, AfterValidator(_time)] = Field(
        default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds")
    )
    python: Text = Field(default_factory=platform.python_version)
    packages: Annotated[dict[str, Text], AfterValidator(_with_ours)] = Field(default_factory=versions)
    commit: Text = Field(default_factory=commit, description="Of this program; empty if unknown")
    inputs: dict[FileName, Text] = Field(
        {}, description="Copies of files that scenarios name, and the input that names each"
    )
    files: dict[FileName, Digest] = Field({}, description="SHA-256 of every file but this one")

    @property
    def version(self) -> str:
        """Version of this program, with the commit where there is one."""
        return f"{self.packages[PROGRAM]}{f' (commit {self.commit})' if self.commit else ''}"


class Draws(_Part):
    """Draws of the inputs."""

    draws: int = Field(ge=1)
    replicates_per_draw: int = Field(ge=1)
    varied: list[UncertainInput]
    held_fixed: list[HeldInput]
    calibrated: list[Text] = Field([], description="Factors whose values come from a calibration, all together")


class AboutRun(About):
    """Provenance of a run."""

    kind: Literal["run"] = "run"
    scenario: Name
    scenario_sha256: Digest
    seed: Seed
    replicates: Replicates
    mothers: Text
    small_areas: int = Field(0, ge=0, description="Small areas of real places; 0 where none is named")
    uncertainty: Draws | None = None
    input_grades: Grades


class ReachedPrecision(_Part):
    """Wanted and reached precision of a difference."""

    scenario: Name
    metric: Text
    quintile: Text
    half_width: Number
    reached: Number | None
    met: bool


class AboutComparison(About):
    """Provenance of a comparison."""

    kind: Literal["comparison"] = "comparison"
    scenarios: Annotated[list[Name], Field(min_length=2)]
    questions: dict[Name, Text]
    differences: dict[Name, list[InputChange]]
    seed: Seed
    replicates: Replicates
    mothers: Text
    precision: list[ReachedPrecision]
    uncertainty: Draws | None
    input_grades: dict[Name, Grades]


class PriceInUse(_Part):
    """An assumed price, or one that a planner gave in its place."""

    name: Text
    what: Text
    value: Number
    low: Number
    high: Number
    unit: Text
    evidence: Text
    assumed: bool


class AboutBudget(About):
    """Provenance of a budget."""

    kind: Literal["budget"] = "budget"
    more: Number = Field(description="Sum a year, negative if it is saved [GBP]")
    scenarios: Annotated[list[Name], Field(min_length=2)]
    seed: Seed
    replicates: Replicates
    mothers: Text
    prices: list[PriceInUse]
    uncertainty: Draws | None
    input_grades: dict[Name, Grades]


class AboutStory(About):
    """Provenance of a story."""

    kind: Literal["story"] = "story"
    mother: int
    scenarios: Annotated[list[Name], Field(min_length=1)]
    place: Text
    seed: Seed


class AboutDocuments(About):
    """Provenance of the pages of the documents."""

    kind: Literal["set of documents"] = "set of documents"


class AboutGrowing(About):
    """Provenance of results that are gone on with."""

    @property
    def subject(self) -> str:
        """Name of what is studied, which stays the same."""
        raise NotImplementedError


class AboutBarriers(AboutGrowing):
    """Provenance of a study of barriers."""

    kind: Literal["barriers"] = "barriers"
    scenario: Name
    scenario_sha256: Digest
    key: Text = Field(description="Identity of what its replicates depend on")
    among: Text = Field(description="Which mothers are counted; empty for all")
    seed: Seed
    replicates: Replicates
    mothers: Text
    active: list[Name] = Field(description="Influences without which the scenario would be another one")
    inactive: list[Name] = Field(description="Influences that are not in this scenario")
    complete: bool = Field(description="Whether all replicates are there; without, it can be gone on with")
    input_grades: Grades

    @property
    def subject(self) -> str:
        """Name of the scenario."""
        return self.scenario


class AboutStudy(AboutGrowing):
    """Provenance of a study."""

    kind: Literal["study"] = "study"
    study: Name
    question: Text
    scenarios: Annotated[list[Name], Field(min_length=1)]
    factors: list[Name]
    points: int = Field(ge=1)
    seed: Seed
    replicates: Replicates
    mothers: Text
    complete: bool = Field(description="Whether every point has every seed; without, it can be gone on with")
    failed: int = Field(ge=0, description="Points that could not be run")
    input_grades: dict[Name, Grades]

    @property
    def subject(self) -> str:
        """Name of the study."""
        return self.study


class AboutFrontier(AboutStudy):
    """Provenance of a search for the best mixes."""

    kind: Literal["frontier"] = "frontier"  # type: ignore[assignment]  # a study too, but told apart by it
    cost: float = Field(gt=0, description="Of a year of every mix [GBP]")
    aims: dict[Text, Literal["more", "less"]]
    candidates: int = Field(ge=1, description="Mixes that were tried")
    final_replicates: Replicates


class AboutCalibration(AboutStudy):
    """Provenance of a calibration without a likelihood."""

    kind: Literal["calibration"] = "calibration"  # type: ignore[assignment]  # a study too, but told apart by it
    tried: int = Field(ge=0, description="Points that were run")
    accepted: int = Field(ge=0, description="Points that agree, all of the same weight")
    effective: float = Field(ge=0, description="How many independent points they are worth")


AboutRuns = AboutRun | AboutComparison | AboutBudget | AboutBarriers | AboutStudy | AboutFrontier | AboutCalibration
"""Provenance of results over several seeds."""
Manifest = AboutRuns | AboutStory | AboutDocuments
_ANY: TypeAdapter[Manifest] = TypeAdapter(Annotated[Manifest, Field(discriminator="kind")])


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a results folder.

    Raises
    ------
    BadInput
        If the folder does not hold results of this program, or its manifest is damaged.
    """
    path = folder / MANIFEST
    no_results = Mistake(
        Origin(str(folder)), "is not a results folder; give one that `bpssim run`, `compare` or `budget` wrote"
    )
    try:
        size = check_plain_file(path, follow=False).st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError:
        raise BadInput(no_results) from None
    try:
        return _ANY.validate_json(content, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = [str(part) for part in first["loc"]]
        if where[-1:] == ["program"] or b'"program"' not in content:
            raise BadInput(no_results) from None
        text = f"is damaged: {cut(first['msg'])}; run the scenario again"
        raise BadInput(Mistake(Origin(str(path)), text, ".".join(where[1:]))) from None


def manifest_of(folder: Path) -> Manifest | None:
    """Manifest of a folder that this program wrote; ``None`` for other folders."""
    try:
        return read_manifest(folder)
    except BadInput:
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, last of all, because without it a folder does not count as results."""
    write_files(folder, {MANIFEST: f"{manifest.model_dump_json(indent=2)}\n".encode()})


def list_files(folder: Path) -> None:
    """List every file in the manifest, if there is one, so that later changes and additions can be recognised."""
    manifest = manifest_of(folder)
    if manifest:
        names = (name for name in files_in(folder) if name != MANIFEST and not is_clutter(name))
        files = {name: digest_of(folder / name) for name in names}
        write_manifest(folder, manifest.model_copy(update={"files": files}))


def is_clutter(name: str) -> bool:
    """Whether a file, by its path within a folder, is one that systems or killed processes left and nobody misses."""
    base = PurePosixPath(name).name
    return base.startswith(PREFIX) or any(fnmatchcase(base.lower(), pattern) for pattern in _CLUTTER)


def files_in(folder: Path) -> Iterator[str]:
    """Paths within a folder of everything but folders, in order; links are not followed."""
    for root, folders, files in os.walk(folder):
        folders.sort()
        linked = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted([*files, *linked]):
            yield Path(root, name).relative_to(folder).as_posix()


def is_as_written(folder: Path, name: str, files: Mapping[str, str]) -> bool:
    """Whether a file is one of these and unchanged, by its digest."""
    path = folder / name
    is_link = any(part.is_symlink() for part in (path, *path.parents) if part.is_relative_to(folder) and part != folder)
    return name in files and not is_link and path.is_file() and digest_of(path) == files[name]


def is_whole(folder: Path) -> bool:
    """Whether a folder holds every file that its manifest lists, unchanged."""
    manifest = manifest_of(folder)
    files = manifest.files if manifest else {}
    return bool(files) and all(is_as_written(folder, name, files) for name in files)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
