"""What a calibration found, in sentences."""

from collections.abc import Iterator, Sequence

from bpssim.report.formatting import Amount, cell, plain, unit_in_words
from bpssim.report.frontier.view import aim_in_words
from bpssim.studies.posterior.rows import ParameterSummaryRow, PredictiveRow
from bpssim.studies.results_folder.reading import CalibrationResults

_AGREES, _RULED_OUT = 2.0, 3.0
"""Sizes of z up to which a figure agrees, and from which it does not."""
_LITTLE, _MUCH = 0.15, 0.5
"""Shares by which a factor is narrower than before: below the first nothing was learned, above the second much."""
_FEW = 50


def findings(results: CalibrationResults) -> Iterator[str]:
    """How many points agree, with which targets, and what was learned of which factor."""
    manifest = results.manifest
    yield (
        f"{manifest.accepted} points were accepted of {manifest.tried:,} that were tried; they are worth "
        f"{manifest.effective:.0f} independent ones."
        + ("" if manifest.effective >= _FEW else " That is few: percentiles are rough, and more points would help.")
    )
    yield from _of_targets([row for row in results.predictive if row.use == "fitted"], "Targets", "fitted")
    yield from _of_targets([row for row in results.predictive if row.use == "checked"], "Checks", "not fitted")
    yield from _of_factors(results.posterior)


def _of_targets(rows: Sequence[PredictiveRow], what: str, how: str) -> Iterator[str]:
    if not rows:
        return
    missed = [row for row in rows if abs(row.z) > _AGREES]
    if not missed:
        yield f"{what}: all {len(rows)} agree ({how})." if len(rows) > 1 else f"{what}: the one agrees ({how})."
    for row in missed:
        clearly = "is ruled out" if abs(row.z) > _RULED_OUT else "is only just missed"
        yield (
            f"{what}: {aim_in_words(row.target)} {clearly} ({how}): {target_in_words(row)} as given, "
            f"{figure_in_words(row)} in the model."
        )


def _of_factors(rows: Sequence[ParameterSummaryRow]) -> Iterator[str]:
    much = [row.factor for row in rows if row.learned >= _MUCH]
    little = [row.factor for row in rows if row.learned < _LITTLE]
    if much:
        yield f"The targets say much about {', '.join(much)}."
    if little:
        yield f"They say next to nothing about {', '.join(little)}: the range after is as wide as the one before."


def target_in_words(row: PredictiveRow) -> str:
    """A target with its error."""
    return f"{_number(row, row.value)} ±{_number(row, 1.96 * row.error)}{_unit(row)}"


def figure_in_words(row: PredictiveRow) -> str:
    """What the accepted points give: mean, and where nine in ten lie."""
    return f"{_number(row, row.mean)} ({_number(row, row.lower)} to {_number(row, row.upper)}){_unit(row)}"


def _number(row: PredictiveRow, value: float) -> str:
    if row.unit == "share":
        return plain(100.0 * value, 1)
    return cell(Amount(value, float("nan"), float("nan"), row.unit))


def _unit(row: PredictiveRow) -> str:
    return f" {unit_in_words(row.unit)}"
