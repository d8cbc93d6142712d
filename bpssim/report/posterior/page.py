"""The page of a calibration without a likelihood."""

from bpssim.report.assumptions import assumptions
from bpssim.report.elements import Bullets, Figures, Page, Row, Section, Table
from bpssim.report.formatting import plain
from bpssim.report.frontier.view import aim_in_words
from bpssim.report.posterior.drawing import predictive_drawing
from bpssim.report.posterior.sentences import figure_in_words, findings, target_in_words
from bpssim.report.provenance import made_by, provenance, what_it_rests_on, what_not_to_conclude
from bpssim.studies.results_folder.reading import CalibrationResults

_CAUTIONS = (
    "That points agree with the targets does not make the model right: other mechanisms may agree as well. Checks that "
    "were not fitted say more than targets that were.",
    "A factor of which nothing was learned has the range that it had before; it is as uncertain as it was.",
)
_PREDICTIVE = (
    "Targets with 1.96 times their error on each side; the model with the mean over the accepted points, and where "
    "nine in ten of them lie. z is the distance in standard deviations of both: up to 2 agrees, above 3 is ruled out."
)
_POSTERIOR = (
    "Medians, and where nine in ten lie, before and after. Learned is how much narrower the factor's quantile has "
    "become: 0 is nothing, 1 all. Points belong together: single ranges do not say what goes with what. A factor whose "
    "inputs have no value in common is shown by its quantile."
)


def calibration_page(results: CalibrationResults) -> Page:
    """Return the report of a calibration from the contents of its folder."""
    manifest = results.manifest
    labels = {scenario.name: scenario.name for scenario in results.scenarios}
    annex = [_targets(results), _factors(results), assumptions(results.scenarios[:1], labels)]
    return Page(
        kicker="bpssim calibrate",
        title=manifest.question or f"At which values does {results.scenarios[0].name} agree with its targets?",
        subtitle=f"{results.scenarios[0].name}: {len(manifest.factors)} factors, {manifest.accepted} accepted points",
        first=[
            Section("answer", "What came out", [Bullets(list(findings(results)))]),
            Section("figure", "In a picture", [Figures([predictive_drawing(results)], _PREDICTIVE)]),
            Section("use", "How to use it", [Bullets([_USE])]),
            what_not_to_conclude(_CAUTIONS),
            what_it_rests_on(manifest, results.scenarios[:1]),
        ],
        annex=[
            *annex,
            provenance(
                manifest, results.scenarios[0], "`bpssim calibrate study.yaml` in this folder, with one worker,"
            ),
        ],
        footer=made_by(manifest, "calibration"),
    )


_USE = (
    "`bpssim compare A B --uncertainty 200 --calibrated FOLDER` takes these points in place of independent ranges; so "
    "does `bpssim run`, and a study by a factor with `calibrated: FOLDER`."
)


def _targets(results: CalibrationResults) -> Section:
    rows = [
        Row(
            aim_in_words(row.target),
            [row.use, target_in_words(row), figure_in_words(row), plain(row.z, 1), row.evidence],
            row.target,
        )
        for row in results.predictive
    ]
    head = ("Figure", "Use", "Target", "Model", "z", "Evidence")
    table = Table("Targets and the model", head, {"": rows}, _PREDICTIVE, prose=frozenset({1, 5}))
    return Section("targets", "Targets", [table])


def _factors(results: CalibrationResults) -> Section:
    rows = [
        Row(
            row.factor,
            [
                f"{row.prior_median:.3g} ({row.prior_lower:.3g} to {row.prior_upper:.3g})",
                f"{row.median:.3g} ({row.lower:.3g} to {row.upper:.3g})",
                plain(row.learned, 2),
            ],
        )
        for row in results.posterior
    ]
    table = Table("Factors before and after", ("Factor", "Before", "After", "Learned"), {"": rows}, _POSTERIOR)
    return Section("factors", "Factors", [table])
