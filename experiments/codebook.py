"""Write the codebook: every file of a results folder, and what each of its columns holds.

`python experiments/codebook.py` writes `bpssim/docs/codebook.md` from the columns and rows that write the files; a test
holds the page against them.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bpssim.outcomes.between_runs import BetweenRunsRow
from bpssim.outcomes.cascade import CascadeRow
from bpssim.outcomes.columns import Column
from bpssim.outcomes.contacts import contact_columns
from bpssim.outcomes.daily import DAILY
from bpssim.outcomes.decisions import DecisionRow
from bpssim.outcomes.event_log import event_columns
from bpssim.outcomes.metrics import MetricRow, metric_rows
from bpssim.outcomes.mothers import mother_columns
from bpssim.outcomes.small_areas import LocalityRow, SmallAreaRow
from bpssim.outcomes.summary import SeedRow, SummaryRow
from bpssim.outcomes.survival_curves import SurvivalRow
from bpssim.scenario.scenario import load
from bpssim.scenario.wording import TRAITS
from bpssim.scenario.words import EVENT_KINDS, EventKind
from bpssim.studies.barriers.contexts import ContextRow
from bpssim.studies.barriers.records import CountRow, CoverageRow, DisclosureRow
from bpssim.studies.barriers.rows import BarrierRow, InfluencePairRow, MissedRow, RemainingRow, TotalRow
from bpssim.studies.budget.rows import LeverPairRow, LeverRow
from bpssim.studies.comparison import rows
from bpssim.studies.comparison.economics import QUADRANTS
from bpssim.studies.frontier.rows import OptionRow, TriedRow
from bpssim.studies.local_rate.rows import LocalRateRow
from bpssim.studies.plan.accepted import QUANTILE_OF
from bpssim.studies.posterior.rows import ParameterSummaryRow, PredictiveRow
from bpssim.studies.sensitivity.carries import NullRow
from bpssim.studies.sensitivity.rows import SensitivityRow
from bpssim.studies.sweep.estimates import EffectRow, PointRow
from bpssim.studies.sweep.folder import FailureRow
from bpssim.studies.sweep.rows import SCHEMA
from bpssim.studies.uncertainty.draws import ParameterRow

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "codebook.md"

ROWS: dict[str, type] = {
    "summary.csv": SummaryRow,
    "by_seed.csv": SeedRow,
    "metrics.csv": MetricRow,
    "cascade.csv": CascadeRow,
    "survival.csv": SurvivalRow,
    "between_runs.csv": BetweenRunsRow,
    "decisions.csv": DecisionRow,
    "localities.csv": LocalityRow,
    "small_areas.csv": SmallAreaRow,
    "local_rate.csv": LocalRateRow,
    "comparison.csv": rows.ComparisonRow,
    "pairing.csv": rows.PairingRow,
    "changed.csv": rows.ChangeRow,
    "cost_effectiveness.csv": rows.CostRow,
    "net_benefit.csv": rows.NetBenefitRow,
    "frontier.csv": rows.FrontierRow,
    "equity_impact.csv": rows.ImpactRow,
    "plane.csv": rows.PlaneRow,
    "levels.csv": rows.LevelRow,
    "uncertainty.csv": rows.UncertaintyRow,
    "importance.csv": rows.ImportanceRow,
    "value_of_information.csv": rows.InformationRow,
    "sensitivity.csv": SensitivityRow,
    "nulls.csv": NullRow,
    "parameters.csv": ParameterRow,
    "budget.csv": LeverRow,
    "budget_pairs.csv": LeverPairRow,
    "totals.csv": TotalRow,
    "barriers.csv": BarrierRow,
    "missed.csv": MissedRow,
    "pairs.csv": InfluencePairRow,
    "reasons.csv": RemainingRow,
    "coverage.csv": CoverageRow,
    "counts.csv": CountRow,
    "disclosure.csv": DisclosureRow,
    "contexts.csv": ContextRow,
    "summary.csv of a study": PointRow,
    "effects.csv": EffectRow,
    "failures.csv": FailureRow,
    "frontier.csv of a search": OptionRow,
    "candidates.csv": TriedRow,
    "posterior.csv": ParameterSummaryRow,
    "predictive.csv": PredictiveRow,
}
"""Tables whose rows are named tuples, by file."""
_FACTOR = "Value or label of each factor at the point, in a column of its name; empty where the scenario is as it is"
_POINTS = {
    "point": "Key of the point: a digest of all that decides its results",
    "number": "Number of the point, from 0",
    "row": "Number of the combination of factors, from 0, which the points of all scenarios at it share",
    "scenario": "Name of the scenario",
    "(factors)": _FACTOR,
}
_STUDIES: dict[str, dict[str, str]] = {
    "points.csv": _POINTS,
    "runs/*.parquet": {field.name: field.metadata[b"description"].decode() for field in SCHEMA},
    "accepted.csv": {
        "point": "Number of the accepted point, from 0",
        "(factors)": _FACTOR,
        f"{QUANTILE_OF}(factor)": "Place of the factor within its range before the calibration, from 0 to 1",
    },
}
"""Tables of studies whose columns depend on the factors."""
_ALSO = {
    "candidates.csv": {"(factors)": _FACTOR, "(aims)": "Mean of each aim over the seeds of the search, in its column"},
}
"""Columns that follow those of the rows."""

EVERYWHERE = {
    "scenario": "Name of the scenario; in a comparison, of the alternative",
    "metric": "Id of the metric; `metrics.csv` says what it is",
    "quintile": "Deprivation quintile of the home: 1 (most deprived) to 5, or all",
    "seed": "Seed of the replicate",
    "replicate": "Number of the replicate, from 0; its seed is that of the scenario plus this number",
    "place": "Name of the place; empty where there is only one",
    "draw": "Number of the draw of the inputs",
    "draws": "Draws of the inputs",
    "replicates_per_draw": "Replicates under each draw",
    "input": "Path of the input in the scenario",
    "value": "Mean over replicates",
    "mothers": "Mothers, mean over replicates",
    "difference": "Alternative minus base",
    "extra_cost": "Cost of the alternative minus that of the base [GBP]",
    "extra_mothers": "Mothers breastfeeding at six weeks, alternative minus base",
    "median": "Median over replicates",
    "percentile_5": "5th percentile over replicates",
    "percentile_95": "95th percentile over replicates",
    "standard_deviation": "Standard deviation over replicates",
    "quadrant": "Where it lies on the plane of cost and effect: "
    + "; ".join(f"`{code}` {meaning}" for code, meaning in QUADRANTS.items()),
    "number": "Number of the replicate or draw",
    "what": "What was decided",
    "why": "On what ground",
    "estimate": "Mean over replicates",
    "lower": "Lower end of the 95 % confidence interval",
    "upper": "Upper end of the 95 % confidence interval",
    "unit": "Unit; shares are from 0 to 1",
    "replicates": "Replicates in which it exists",
    "description": "What it is, in plain words",
    "base": "Value in the base",
    "alternative": "Value in the alternative",
    "pathway": "Name of the pathway; any for all together",
    "gate": "Stage of access, from born to supported in time",
    "district": "District as of 2024; empty where it is not known",
    **{f"quintile_{n}": f"Share of births in areas of quintile {n}" for n in (2, 3, 4, 5)},
}
"""Columns that mean the same in every file, where the row says nothing else."""

_FIELD = re.compile(r"^    (\w+): [^#]*?(?:# (.*))?$")


def described(row: type) -> dict[str, str]:
    """What each column of a row holds, as its class says it."""
    found: dict[str, str] = {}
    for line in inspect.getsource(row).splitlines():
        match = _FIELD.match(line)
        if match and match[1] in row._fields:  # type: ignore[attr-defined]
            found[match[1]] = (match[2] or "").strip()
    return {name: _sentence(name, text) for name, text in found.items()}


def _sentence(name: str, text: str) -> str:
    stem, _, end = name.rpartition("_")
    if not text and stem and end in ("lower", "upper"):
        text = f"{end} end of the 95 % confidence interval of {stem}"
    text = text or EVERYWHERE.get(name, "")
    text = f"replicates {text}" if text.startswith("in which") else text
    return text[:1].upper() + text[1:]


def columns_in_words(columns: Mapping[str, Column]) -> dict[str, str]:
    """What each column of a table of mothers, contacts or days holds."""
    traits = {trait.word: f"True if this holds for her: {words.true}" for trait, words in TRAITS.items()}
    return {name: traits.get(name, column.description) + _words(column) for name, column in columns.items()}


def _words(column: Column) -> str:
    shown = [word for word in column.words or () if word]
    return f": {', '.join(shown)}" if shown else ""


def page() -> str:
    """The codebook, in Markdown."""
    scenario = load("site1")
    seeded = {"replicate": "Number of the replicate, from 0; its seed is that of the scenario plus this number"}
    parquet: dict[str, dict[str, Any]] = {
        "mothers.parquet": seeded | columns_in_words(mother_columns(scenario, [""])),
        "contacts.parquet": seeded | columns_in_words(contact_columns(scenario, [""])),
        "events.parquet": seeded | columns_in_words(event_columns(scenario, [""])),
    }
    days = {"scenario": EVERYWHERE["scenario"], "day": "Day from the first of the recruitment window; negative before"}
    tables = {
        **parquet,
        "daily.csv": days | columns_in_words(DAILY),
        **{name: described(row) | _ALSO.get(name, {}) for name, row in ROWS.items()},
        **_STUDIES,
    }
    lines = [
        "# Codebook",
        "",
        "Every file of a results folder, and what its columns hold. Names of pathways, places and kinds of supporter "
        "are those of the scenario, here `site1`. This page is written by `python experiments/codebook.py`.",
    ]
    for name, columns in tables.items():
        lines += ["", f"## {name}", "", *_table(("Column", "What it holds"), columns.items())]
    events = (
        (f"`{event.word}`", kind.meaning, ", ".join(_columns_of(kind)) or "none") for event, kind in EVENT_KINDS.items()
    )
    lines += [
        "",
        "## Events",
        "",
        "Rows stand in the order in which things happened. A column without a value for an event is empty. What is "
        "offered belongs to the attempt before it; work that is undone may be the last of a pathway.",
        "",
        *_table(("Event", "What happens", "Columns with a value"), events),
    ]
    metrics = ((f"`{each.metric}`", f"{each.description} [{each.unit}]", each.better) for each in metric_rows())
    return "\n".join([*lines, "", "## Metrics", "", *_table(("Metric", "What it is", "Better"), metrics)]) + "\n"


def _columns_of(kind: EventKind) -> Iterator[str]:
    """Columns in which an event has a value; of an attempt its contact gives outcome and step."""
    for name in (kind.where, kind.first, kind.second):
        yield from ("`outcome`", "`step`") if name == "contact" else [f"`{name}`"] * bool(name)


def _table(head: tuple[str, ...], rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
