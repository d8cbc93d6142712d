"""A study as written in a file: scenarios, factors, a design, and what to keep."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from bpssim.scenario.fields import PathText, Real, Section, Share, TextInWords, Whole
from bpssim.scenario.names import Name, Named
from bpssim.scenario.reading.messages import Mistake, refuse, unknown, wrong

InputPath = Annotated[str, Field(max_length=300)]
"""Dotted path of an input, as after ``--set``; ``*`` stands for each entry of a map or list."""
Shape = Literal["uniform", "log_uniform", "triangular", "normal"]
DesignKind = Literal["grid", "one_at_a_time", "latin_hypercube", "sobol", "morris"]
Changes = Annotated[dict[InputPath, Any], Field(max_length=100)]

_NOT_VARIED = ("run.seed", "run.replicates", "name", "question")
"""Inputs that say nothing about a service."""
HOURS, BUDGET = "hours", "budget"
"""Paths of no single input: the paid hours of the team, and what the service may cost."""

MOST_POINTS = 1_000_000
MOST_RUNS = 100_000_000


def _unknown_cell(path: str, written: str, own: Sequence[str]) -> Iterator[Mistake]:
    """A metric with a quintile after a colon that is none."""
    from bpssim.outcomes.metrics import METRICS
    from bpssim.statistics.groups import GROUPS

    metric, _, group = written.partition(":")
    if metric not in METRICS and metric not in own:
        yield unknown(path, metric, "metrics", [*METRICS, *own])
    elif group not in ("", *GROUPS):
        yield wrong(path, "should name a quintile of 1 to 5 after the colon, or all")


def _is_changes(value: object) -> bool:
    return isinstance(value, dict)


_NAMES = ("path", "evidence", "slope", "null")
"""Ways to say what is varied."""


class Varied(Section):
    """One thing that is varied by itself: an input, or several that belong together, over levels or a range."""

    path: InputPath | None = Field(
        None,
        description="Input to vary, as after --set, with * for each entry of a map or list; or hours (levels and range "
        "are multiples of the paid hours), or budget (GBP a year more, or less if negative)",
    )
    evidence: Annotated[str, Field(max_length=200)] | None = Field(
        None,
        description="Uncertain parameter to vary over the range of its evidence, such as P8 or support.resolves, in "
        "every input that depends on it; `bpssim sensitivity --list` names them",
    )
    slope: Annotated[str, Field(max_length=20)] | None = Field(
        None,
        description="Row of the evidence whose access gates have their gradient by quintile multiplied: 0 makes it "
        "flat, 1 leaves it (log odds about their mean)",
    )
    null: Annotated[str, Field(max_length=200)] | None = Field(
        None,
        description="Assumption or mechanism to switch off, such as support.network_hazard, P3 (the same in all "
        "quintiles) or community; `bpssim sensitivity SCENARIO --against BASE` switches off each in turn",
    )
    levels: list[Any] | dict[Annotated[str, Field(max_length=60)], Any] = Field(
        [], max_length=1000,
        description="Values in turn; or labels with a value each; or, without a path, labels with changes to several "
        "inputs each",
    )  # fmt: skip
    range: tuple[Real, Real] | None = Field(None, description="Lowest and highest value")
    shape: Shape = Field(
        "uniform",
        description="Distribution over the range: uniform, log_uniform, triangular (with `mode`) or normal (95 % "
        "of it between the ends, where it is cut off)",
    )
    mode: Real | None = Field(None, description="Most likely value of a triangular distribution")
    times: bool = Field(False, description="Levels and range are multiples of what the scenario says")
    steps: Annotated[Whole, Field(ge=2, le=1000)] = Field(
        5, description="Values of a range in a grid, its ends included [values]"
    )

    @property
    def is_continuous(self) -> bool:
        """Whether it has a range and no levels."""
        return not self.levels and self.null is None

    @property
    def number_of_levels(self) -> int:
        """How many levels it has; a factor that is switched off has one."""
        return len(self.levels) or int(self.null is not None)

    @property
    def of_some_scenarios(self) -> str:
        """Key that names evidence, on which only some scenarios of a study may rest; empty for other factors."""
        return next((key for key in ("evidence", "slope", "null") if getattr(self, key) is not None), "")

    @model_validator(mode="after")
    def _says_what_and_how_far(self) -> Self:
        refuse(self._mistakes())
        return self

    def _mistakes(self) -> Iterator[Mistake]:
        named = [name for name in _NAMES if getattr(self, name) is not None]
        if len(named) > 1:
            yield wrong(named[1], f"goes without {named[0]}; a factor varies one of path, evidence, slope and null")
        elif not named and isinstance(self.levels, list):
            yield wrong("path", "must be given, or evidence, or slope; or levels with a label and its changes each")
        elif not named and isinstance(self.levels, dict) and not all(map(_is_changes, self.levels.values())):
            yield wrong("levels", "without a path, should have changes such as {team.unlimited: true} for each label")
        if self.null is not None and (self.levels or self.range is not None):
            yield wrong("null", "says itself at what value the input is set; to set another one, name it by its path")
        if self.evidence is None and self.null is None and bool(self.levels) == (self.range is not None):
            yield wrong("levels", "give either levels or a range")
        if self.evidence is not None and (self.levels or self.range is not None):
            yield wrong("evidence", "has a range of its own; to set another one, name the input by its path")
        if self.range is not None and not self.range[0] < self.range[1]:
            yield wrong("range", "should rise from its first number to its second")
        elif self.range is not None:
            yield from self._unshapely(*self.range)
        if self.slope is not None or self.path in (HOURS, BUDGET):
            yield from self._not_numbers()
        if self.times and (self.path is None or self.path in (HOURS, BUDGET)):
            yield wrong("times", "goes with the path of an input")

    def _not_numbers(self) -> Iterator[Mistake]:
        named = self.levels.items() if isinstance(self.levels, dict) else enumerate(self.levels)
        for key, level in named:
            if isinstance(level, bool) or not isinstance(level, int | float):
                yield wrong(f"levels.{key}", "should be a number, as hours, budget and slope are multiplied or added")

    def _unshapely(self, low: float, high: float) -> Iterator[Mistake]:
        if self.shape == "log_uniform" and low <= 0.0:
            yield wrong("range", "should be above 0 for a log_uniform distribution")
        if (self.shape == "triangular") != (self.mode is not None):
            yield wrong("mode", "goes with a triangular distribution, and a triangular distribution with it")
        elif self.mode is not None and not low <= self.mode <= high:
            yield wrong("mode", "should lie within the range")


class Factor(Varied):
    """A factor of a study: one thing that is varied, or what a calibration has found out, all together."""

    calibrated: PathText | None = Field(
        None,
        description="Folder of `bpssim calibrate`: each accepted point in turn, with all that was calibrated together",
    )
    together: dict[str, Varied] = Field(
        {}, max_length=50, description="Factors that take values together, at `points`; `calibrated` is read into these"
    )
    points: list[list[Share]] = Field(
        [], max_length=100_000, description="Quantiles of the factors of `together`, point by point"
    )

    @property
    def is_continuous(self) -> bool:
        """Whether it has a range and no levels."""
        return super().is_continuous and not self.points

    @property
    def number_of_levels(self) -> int:
        """How many levels, or points of a calibration, it has."""
        return len(self.points) or super().number_of_levels

    def _mistakes(self) -> Iterator[Mistake]:
        if self.calibrated is None and not self.together:
            yield from super()._mistakes()
            return
        if other := next((name for name in (*_NAMES, "levels", "range") if getattr(self, name)), ""):
            yield wrong(other, "does not go with points of a calibration, which say it all")
        uneven = any(len(point) != len(self.together) for point in self.points)
        if self.calibrated is None and (uneven or not self.points):
            yield wrong("points", "should have a quantile for each factor of `together`")


class Design(Section):
    """Which combinations of the factors to run."""

    kind: DesignKind = Field(
        "grid",
        description="grid: all combinations of levels; one_at_a_time: the scenario as it is, and each level or end of "
        "a range by itself; latin_hypercube: spread evenly over all ranges; sobol: for Sobol indices; morris: for "
        "screening",
    )
    size: Annotated[Whole, Field(ge=1, le=MOST_POINTS)] | None = Field(
        None,
        description="latin_hypercube: combinations; sobol: base sample, a power of two (a study has as many "
        "combinations for each factor, and twice more); morris: trajectories (each has one more than factors)",
    )
    seed: Annotated[Whole, Field(ge=0, lt=2**31)] = Field(1, description="Seed of the sample, not of mothers")

    @model_validator(mode="after")
    def _has_a_size_if_it_samples(self) -> "Design":
        refuse(self._mistakes())
        return self

    def _mistakes(self) -> Iterator[Mistake]:
        samples = self.kind not in ("grid", "one_at_a_time")
        if samples and self.size is None:
            yield wrong("size", f"must be given for {self.kind}")
        if not samples and self.size is not None:
            yield wrong("size", f"does not go with {self.kind}, whose levels say how many combinations there are")
        if self.kind == "sobol" and self.size is not None and self.size & (self.size - 1):
            below = 1 << (self.size.bit_length() - 1)
            yield wrong("size", f"should be a power of two, such as {below} or {2 * below}")


class OwnMetrics(Section):
    """Metrics by functions of the mothers' table."""

    file: PathText = Field(description="Python file with the functions; it is run, so use only one that you trust")
    functions: Annotated[dict[str, TextInWords], Field(min_length=1, max_length=50)] = Field(
        description="Names of the functions, each with a description of its metric; the name is the metric's id"
    )


Direction = Literal["more", "less"]


class Search(Section):
    """A search for the best mixes at one cost, for `bpssim frontier`; factors are what may be chosen."""

    cost: Annotated[Real, Field(gt=0, le=1e9)] | None = Field(
        None,
        description="What a year of the service costs in every mix; paid hours are what makes it so. That of the first "
        "scenario if not given [GBP per year]",
    )
    objectives: Annotated[dict[str, Direction], Field(min_length=1, max_length=6)] = Field(
        {"any_6w": "more", "any_6w:1": "more", "gap_any_6w": "less", "data_items": "less"},
        description="What is wanted: metrics, of all mothers or of a quintile after a colon, with more or less",
    )
    candidates: Annotated[Whole, Field(ge=10, le=100_000)] = Field(200, description="Mixes to try [mixes]")
    generation: Annotated[Whole, Field(ge=4, le=1000)] = Field(20, description="Mixes in each generation [mixes]")
    final_replicates: Annotated[Whole, Field(ge=2, le=100_000)] = Field(
        40,
        description="Runs with new seeds of those that came out best; the best of many look better than they are",
    )
    seed: Annotated[Whole, Field(ge=0, lt=2**31)] = Field(1, description="Seed of the search, not of mothers")


class Target(Section):
    """A figure that a calibrated model should give."""

    value: Real = Field(description="The figure, in the unit of its metric")
    error: Annotated[Real, Field(gt=0)] = Field(
        description="Standard error of the figure, with what else may set it apart from the model (another place or "
        "year); agreement is normal with this standard deviation"
    )
    evidence: TextInWords = Field("", description="Where it comes from: a row of the evidence, or a source of your own")
    check: bool = Field(False, description="Only compared with what comes out, and not fitted")


class Calibration(Section):
    """Targets for `bpssim calibrate`; factors are the parameters, and their distributions the prior."""

    targets: Annotated[dict[str, Target], Field(min_length=1, max_length=50)] = Field(
        description="Figures by metric, of all mothers or of a quintile after a colon"
    )
    accepted: Annotated[Whole, Field(ge=20, le=100_000)] = Field(200, description="Points to accept [points]")
    most_runs: Annotated[Whole, Field(ge=100, le=10_000_000)] = Field(
        20_000, description="Points to try at most, before it is given up [points]"
    )
    seed: Annotated[Whole, Field(ge=0, lt=2**31)] = Field(1, description="Seed of the points that are tried")


class Study(Section):
    """A planned set of runs: scenarios x combinations of factors x seeds."""

    name: Name = Field(description="Short name, that of its file")
    question: TextInWords = Field("", description="What it is to find out")
    scenarios: Annotated[list[PathText], Field(min_length=1, max_length=50)] = Field(
        description="Ready names, or files relative to this one; the first is the base of differences"
    )
    changes: Changes = Field({}, description="Inputs to change in all scenarios, by path")
    factors: Annotated[Named[Factor], Field(max_length=200)] = Field(
        {}, description="What is varied, by a name of its own"
    )
    design: Design = Field(Design(), description="Which combinations to run")
    replicates: Annotated[Whole, Field(ge=1, le=100_000)] = Field(20, description="Runs of each point")
    seed: Annotated[Whole, Field(ge=0, lt=2**63)] = Field(
        1, description="Seed of the first run of each point; all points have the same seeds (common random numbers)"
    )
    outcomes: Annotated[list[str], Field(max_length=200)] = Field(
        [], description="Metrics to keep, by id; all if none is named"
    )
    metrics: OwnMetrics | None = Field(None, description="Metrics of your own")
    search: Search | None = Field(None, description="How `bpssim frontier` looks for the best mixes of the factors")
    calibration: Calibration | None = Field(None, description="What `bpssim calibrate` makes the factors agree with")

    @property
    def seeds(self) -> range:
        """Seeds of every point."""
        return range(self.seed, self.seed + self.replicates)

    @model_validator(mode="after")
    def _can_be_run(self) -> "Study":
        refuse(self._mistakes())
        return self

    def _mistakes(self) -> Iterator[Mistake]:
        from bpssim.outcomes.metrics import METRICS

        own = list(self.metrics.functions) if self.metrics else []
        for number, outcome in enumerate(self.outcomes):
            if outcome not in METRICS and outcome not in own:
                yield unknown(f"outcomes.{number}", outcome, "metrics", [*METRICS, *own])
        for name in own:
            if name in METRICS and METRICS[name].own is None:
                yield wrong(f"metrics.functions.{name}", "is a built-in metric; choose another name")
        taken = {"point", "number", "row", "scenario", "seed", "metric", "quintile", "value"}
        for name in self.factors:
            if name.lower() in taken:
                yield wrong(f"factors.{name}", "is the name of a column of results; choose another one")
        yield from self._mistakes_of_search(own)
        if self.calibration:
            yield from self._mistakes_of_targets(self.calibration.targets, own)
        yield from self._too_large()
        for name, factor in self.factors.items():
            if (path := factor.path or "").startswith(_NOT_VARIED):
                yield wrong(
                    f"factors.{name}.path", f"{path} is not varied; `seed` and `replicates` of the study say it"
                )
        if self.design.kind != "grid" and not self.factors:
            yield wrong("factors", f"must be given for {self.design.kind}")
        runs = self.replicates + (self.search.final_replicates if self.search else 0)
        if self.seed + runs > 2**63:
            yield wrong("seed", "leaves no room for so many replicates below 2**63")

    def _too_large(self) -> Iterator[Mistake]:
        counts = [factor.number_of_levels or factor.steps for factor in self.factors.values()]
        combinations = math.prod(counts) if self.design.kind == "grid" else self.design.size or sum(counts)
        points = combinations * len(self.scenarios)
        if points > MOST_POINTS or points * self.replicates > MOST_RUNS:
            text = (
                f"makes {points:,} points of {self.replicates:,} runs; a study has room for {MOST_POINTS:,} points and"
            )
            yield wrong("design", f"{text} {MOST_RUNS:,} runs, and a Latin hypercube needs far fewer")

    def _mistakes_of_search(self, own: Sequence[str]) -> Iterator[Mistake]:
        for objective in self.search.objectives if self.search else ():
            yield from _unknown_cell(f"search.objectives.{objective}", objective, own)
        for name, factor in self.factors.items() if self.search else ():
            if factor.path in (HOURS, BUDGET):
                yield wrong(
                    f"factors.{name}.path", "does not go with a search, in which paid hours follow from the cost"
                )
            if factor.of_some_scenarios:
                text = "is what nobody knows, not what a service may choose; name inputs by their path for a search"
                yield wrong(f"factors.{name}.{factor.of_some_scenarios}", text)

    @staticmethod
    def _mistakes_of_targets(targets: Mapping[str, Target], own: Sequence[str]) -> Iterator[Mistake]:
        for target in targets:
            yield from _unknown_cell(f"calibration.targets.{target}", target, own)
        cells = [target.removesuffix(":all") for target in targets]
        if twice := next((cell for cell in cells if cells.count(cell) > 1), ""):
            yield wrong("calibration.targets", f"{twice} stands there twice, and would count double")
        if all(target.check for target in targets.values()):
            yield wrong("calibration.targets", "are all checks; at least one must be fitted")
