"""Published results beside simulated ones, as a page in Markdown with its figures."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.published import Dose, dose_drawing, published_drawing
from bpssim.report.figures.saving import saved
from bpssim.report.published_words import NOT_COMPARED, measured, reading_help, reason, summary, verdict, with_limits
from bpssim.validation.published.compared import Finding

HEADINGS = (
    "Row", "Study", "What", "Published (95 % interval)", "Grade", "Model", "A study of that size", "Mean is", "Why",
)  # fmt: skip
_FOLDER = "figures"


class Page(NamedTuple):
    """Text of the page, and its figures by their path from it."""

    text: str
    figures: dict[str, bytes]


def published_page(found: Sequence[Finding], number: int) -> Page:
    """Page on findings of so many draws."""
    drawings = list(_drawings(found))
    lines = [
        "# The model against published results",
        "",
        "Trials and surveys as scenarios, and what the model shows for them without being tuned to them. This page is "
        "written by `bpssim validate --published --out FILE`. Each study is a file of `experiments/published/`; "
        "[how to add one](published_studies.md). What trials say about the slope from little to intensive support is "
        "on a [page of its own](support_slope.md).",
        "",
        summary(found),
        "",
        *(f"{text}\n" for text in reading_help(number)),
        *(f"![{each.description}]({_FOLDER}/{each.name}.svg)\n\n*{each.title}.*\n" for each in drawings),
        "## Every result",
        "",
        _line(HEADINGS),
        _line("---" for _ in HEADINGS),
        *(_line(_cells(finding)) for finding in found),
        "",
        "## The studies",
        "",
        *(f"- **{study.evidence}, {study.title}.** {study.about}{f' Doses: {study.doses}.' if study.doses else ''}"
          for study in {finding.study.name: finding.study for finding in found}.values()),
        "",
        "## Not compared",
        "",
        *(f"- {rows}: {why}." for rows, why in NOT_COMPARED),
    ]  # fmt: skip
    figures = {f"{_FOLDER}/{name}": content for each in drawings for name, content in saved(each).files.items()}
    return Page("\n".join(lines) + "\n", figures)


def _drawings(found: Sequence[Finding]) -> Iterable[Drawing]:
    ratios = [each for each in found if each.result.effect == "ratio_of_not"]
    if ratios:
        heading = Heading(
            "published_effects",
            _met(ratios, "effects of support"),
            "Relative risk of not breastfeeding",
        )
        yield published_drawing(heading, {_label(each): _both(each) for each in ratios}, ratios=True)
    doses = {_short(each): each for each in ratios if each.result.slope}
    if doses:
        few, many = (pick(doses.values(), key=lambda each: each.doses[0]) for pick in (min, max))
        title = f"In the model {_at_a_dose(few)} and {_at_a_dose(many)}; trials spread more widely"
        heading = Heading("published_doses", title, "Relative risk of not breastfeeding")
        yield dose_drawing(heading, {name: Dose(each.doses[0], *_both(each)) for name, each in doses.items()})
    others = [each for each in found if each.result.effect in ("difference", "share")]
    if others:
        heading = Heading("published_shares", _met(others, "shares and differences"), "Share of mothers")
        yield published_drawing(heading, {_label(each): _both(each) for each in others}, ratios=False)


def _met(found: Sequence[Finding], what: str) -> str:
    tests = [each for each in found if not each.result.no_test]
    others = f"; {len(found) - len(tests)} more are shown and are no test" if len(tests) < len(found) else ""
    return f"{sum(each.inside for each in tests)} of the {len(tests)} published {what} are met{others}"


def _at_a_dose(finding: Finding) -> str:
    return f"{finding.doses[0]:.1f} contacts give {finding.simulated.value:.2f}"


def _both(finding: Finding) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    return tuple(finding.published), tuple(finding.simulated)  # type: ignore[return-value]


def _short(finding: Finding) -> str:
    """Title without place."""
    return finding.study.title.partition(",")[0].partition(" (")[0]


def _label(finding: Finding) -> str:
    return f"{_short(finding)}: {finding.name.replace('_', ' ')}"


def _cells(finding: Finding) -> Iterable[str]:
    study, result, predicted = finding.study, finding.result, finding.predicted
    interval = f"{with_limits(finding.published)}{f' ({result.about_interval})' if result.about_interval else ''}"
    size = f"{predicted.lower:.2f} to {predicted.upper:.2f}"
    what = f"{measured(finding)}{f' ({result.slope})' if result.slope else ''}"
    return (
        study.evidence, study.title, what, interval, result.grade, with_limits(finding.simulated), size,
        f"**{verdict(finding)}**", reason(finding),
    )  # fmt: skip


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
