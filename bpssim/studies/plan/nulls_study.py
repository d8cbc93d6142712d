"""The study of what carries the difference between two scenarios: every assumption in use switched off in turn."""

import re
from collections.abc import Iterable
from pathlib import Path

from bpssim.scenario.names import LONGEST_NAME
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import load
from bpssim.studies.comparison.pairs import paired_scenarios
from bpssim.studies.plan.nulls import Nulls
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.plan.study import Study


def study_of_nulls(
    scenario: str | Path, base: str | Path, overrides: Iterable[str] = (), replicates: int | None = None
) -> ReadStudy:
    """The scenarios as they are, and with each assumption and mechanism of either switched off in both.

    Parameters
    ----------
    scenario, base
        Ready names or paths: an alternative, and what it is compared with.
    overrides
        Changes to both, such as ``population.births_per_year=1000``.
    replicates
        Runs of each point, by default those of a study.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a scenario cannot be read, they cannot be compared, or there is nothing to switch off.
    """
    given = list(overrides)
    loaded = [load(source, given) for source in (base, scenario)]
    paired = paired_scenarios(loaded, loaded[0].run.seed)
    names = dict.fromkeys(name for each in paired for name in Nulls(each).in_use)
    if not names:
        raise BadInput(Mistake(Origin(str(scenario)), "rests on no assumption that could be switched off"))
    own, other = paired[1].name, paired[0].name
    written = {
        "name": f"{own}_against_{other}"[:LONGEST_NAME],
        "question": f"What carries the difference that {own} makes to {other}?".replace("_", " "),
        "scenarios": [str(base), str(scenario)],
        "factors": {_as_name(name): {"null": name} for name in names},
        "design": {"kind": "one_at_a_time"},
        "seed": loaded[0].run.seed,
        **({} if replicates is None else {"replicates": replicates}),
    }
    return ReadStudy(Study.model_validate(written), paired)


def _as_name(parameter: str) -> str:
    """The name of a factor: that of a parameter in letters that names may have, its end if it is long."""
    return re.sub(r"[^A-Za-z0-9_\-]", "_", parameter.replace("*", "each"))[-LONGEST_NAME:].lstrip("_-")
