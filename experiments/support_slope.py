"""Fit the slope from little to intensive support to half of the trials: `python experiments/support_slope.py`.

Sets of values of the four inputs that make the slope are drawn from their ranges and weighted by the likelihood of the
trials of the first half; the mean is what these trials say. The other half is only checked. The script writes
`bpssim/docs/support_slope.md`; it takes some minutes.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.support import SupportInputs
from bpssim.studies.comparison.pairs import places_by_scenario
from bpssim.studies.threads import in_order, load_rules
from bpssim.studies.uncertainty.distributions import Drawn, VaryingNumber, VaryingSeveral
from bpssim.studies.uncertainty.draws import stratified
from bpssim.validation.published.compared import error_of, published_estimate
from bpssim.validation.published.observe import observe
from bpssim.validation.published.reading import ReadStudy, read_studies

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "support_slope.md"
SETS = 100
"""Sets of values that are tried."""
SEED = 1
TAU = 0.17
"""Spread between studies, on the logarithm of the relative risk (E48)."""
STRONGEST = 0.57
"""Relative risk that no arm of a British service should beat (E20)."""

Floats = NDArray[np.float64]
_OWN = SupportInputs()
FITTED = {
    "resolves": VaryingSeveral(_OWN.resolves, (0.5, 1.4), 1.0),  # E41
    "prevention": VaryingNumber(_OWN.prevention, (0.7, 1.0)),  # E42
    "encouragement": VaryingNumber(_OWN.encouragement, (0.0, 0.45)),  # E48
    "encouragement_dose": VaryingSeveral(_OWN.encouragement_dose, (0.5, 1.5), 1.0),  # E8
}
"""Inputs that make the slope, over their ranges; of several values a common multiplier."""


class Trial(NamedTuple):
    """The result of a trial that has a part in the fit or its check."""

    study: ReadStudy
    name: str  # of the result
    log_risk: float  # logarithm of the published relative risk
    error: float  # its standard error
    is_fitted: bool


def trials() -> list[Trial]:
    """All results with a part in the fit or its check, in order of the evidence."""
    found = []
    for read in read_studies([]):
        for name, result in read.study.results.items():
            if result.slope:
                estimate = published_estimate(read.study, result)
                error = error_of(result, estimate)
                found.append(Trial(read, name, math.log(estimate.value), error, result.slope == "fitted"))
    return found


def simulated(listed: list[Trial], sets: list[dict[str, Drawn]]) -> Iterator[tuple[list[float], list[float]]]:
    """For each set of values: the logarithm of each trial's relative risk, and its contacts in the first fortnight.

    All sets have the same mothers with the same luck, so what differs between sets is their doing.
    """
    factors = {trial.study.study.name: _factor(trial) for trial in listed}

    def work(values: dict[str, Drawn], _: Event) -> tuple[list[float], list[float]]:
        shown = [_observed(trial, {name: each.value for name, each in values.items()}, factors) for trial in listed]
        return [risk for risk, _ in shown], [dose for _, dose in shown]

    return in_order(work, sets, 2)


def _factor(trial: Trial) -> float:
    scenarios = list(trial.study.scenarios.values())
    return observe(trial.study.study, scenarios, places_by_scenario(scenarios), SEED).factor


def _observed(trial: Trial, values: dict[str, Any], factors: dict[str, float]) -> tuple[float, float]:
    study = trial.study.study
    scenarios = [
        each.model_copy(update={"support": each.support.model_copy(update=values)})
        for each in trial.study.scenarios.values()
    ]
    seen = observe(study, scenarios, places_by_scenario(scenarios), SEED, factors[study.name])
    dose = seen.doses[study.results[trial.name].groups[0]]
    return math.log(seen.effects(study.results)[trial.name]), dose


def weights(listed: list[Trial], risks: Floats) -> Floats:
    """Likelihood of each set of values, by the trials that are fitted; they add up to 1."""
    distance = sum(
        (trial.log_risk - risks[:, column]) ** 2 / (trial.error**2 + TAU**2)
        for column, trial in enumerate(listed)
        if trial.is_fitted
    )
    likelihood: Floats = np.exp(-0.5 * (distance - np.min(distance)))
    return likelihood / likelihood.sum()


def scale(listed: list[Trial], own: Floats, is_fitted: bool) -> tuple[float, float]:
    """By what the model's effects, on the logarithm, would have to be multiplied for some trials; and its error."""
    among = [(each, shown) for each, shown in zip(listed, own, strict=True) if each.is_fitted == is_fitted]
    precision = sum(shown**2 / (each.error**2 + TAU**2) for each, shown in among)
    times = sum(shown * each.log_risk / (each.error**2 + TAU**2) for each, shown in among) / precision
    return float(times), float(precision**-0.5)


def in_markdown(heads: list[str], rows: list[list[str]]) -> list[str]:
    """Rows as a Markdown table."""
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)]


def page() -> str:
    """The page, in Markdown."""
    load_rules()
    listed = trials()
    quantiles = {name: stratified(SETS, SEED, name) for name in FITTED}
    sets = [{name: each.at(quantiles[name][row]) for name, each in FITTED.items()} for row in range(SETS)]
    plain = {name: Drawn(getattr(_OWN, name), 1.0) for name in FITTED}
    runs = list(simulated(listed, [plain, *sets]))
    risks, doses = (np.array(each) for each in zip(*runs, strict=True))
    own, tried = risks[0], risks[1:]
    weight = weights(listed, tried)
    values = np.array([[each.reported for each in one.values()] for one in sets])
    fitted = weight @ tried
    return "\n".join(
        [
            "# The slope of support",
            "",
            "How much more does intensive support do than a little? Four inputs make that slope: what a contact "
            "resolves, what an early one prevents, and encouragement with its dose. This page says what trials tell "
            "about them. It is written by `python experiments/support_slope.py`.",
            "",
            "## Which half",
            "",
            "Decided before anything was fitted: of the trials in order of the evidence (E20, E21, E22, E23, E24, "
            "E32, E33) every second one from the first is fitted, the others are only checked. So each half has a "
            "trial of calls by volunteers, a British one of few contacts and one of many visits. The review E6 holds "
            "E23 and E24 and is checked. E8 gives a direction and no number: in the table of residuals the model's "
            "relative risks should be lower where there are more contacts.",
            "",
            "## What was fitted",
            "",
            f"{SETS} sets of values from the ranges of the evidence (triangular around the defaults), each weighted by "
            "the likelihood of the fitted trials; the variance of a trial is that of its result and of the spread "
            f"between studies, tau {TAU} (E48). The weights are worth {1.0 / (weight**2).sum():.0f} of {SETS} sets: "
            "the nearer that is to all of them, the less the trials say.",
            "",
            *in_markdown(
                ["Input", "Range", "Before", "After the fit", "Spread before", "Spread after", "Chosen"],
                [_of_input(name, values[:, column], weight) for column, name in enumerate(FITTED)],
            ),
            "",
            *_conclusion(listed, own, values, weight),
            "",
            "## Residuals",
            "",
            "Relative risk of stopping (in E24, E32 and E6 of stopping or never starting), published and as the model "
            "has it at the defaults and after the fit. The residual is the difference of the logarithms over its "
            "standard error, the spread between studies included; beyond 2 either way would be a surprise. Contacts "
            "are those of the first fortnight for each mother in the arm.",
            "",
            *in_markdown(
                ["Row", "Trial", "Use", "Published", "Defaults", "Fitted", "Residual", "Contacts"],
                [
                    _of_trial(trial, *each)
                    for trial, *each in zip(listed, own, fitted, doses[0], strict=True)
                ],
            ),
            "",
            *_overall(listed, fitted),
            "",
            *_red_flags(listed, tried),
            "",
        ]
    )  # fmt: skip


def _of_input(name: str, values: Floats, weight: Floats) -> list[str]:
    varying = FITTED[name]
    mean = float(weight @ values)
    spread = float(np.sqrt(weight @ (values - mean) ** 2))
    several = isinstance(varying, VaryingSeveral)
    chosen = "as it was (1 times)" if several else f"{getattr(_OWN, name):g}"
    label = f"`support.{name}`{' (multiplier)' if several else ''}"
    low, high = varying.range
    numbers = [f"{each:.2f}" for each in (values.mean(), mean, values.std(), spread)]
    return [label, f"{low:g} to {high:g}", *numbers, chosen]


def _conclusion(listed: list[Trial], own: Floats, values: Floats, weight: Floats) -> list[str]:
    moved = np.abs(weight @ values - values.mean(axis=0)) / values.std(axis=0)
    half, other = scale(listed, own, is_fitted=True), scale(listed, own, is_fitted=False)
    return [
        f"No mean moves by more than {moved.max():.1f} of its standard deviation, so the trials neither ask for other "
        "defaults nor narrow the ranges, and the defaults stay. All effects together say more than each: multiplied by "
        f"one number, the effects of the model would fit the first half best at {half[0]:.1f} (standard error "
        f"{half[1]:.1f}) and the second at {other[0]:.1f} ({other[1]:.1f}). Neither rules out 1. Trials of "
        "intensive support by peers ask for more (E20, E21, E22, E32), and an equally intensive one by midwives for "
        "nothing at all (E33). Values within the ranges of grade C cannot reach E20 or E22 (see below), and going "
        "beyond the ranges for them would contradict E33. What separates these trials is not in the model, so it is "
        "part of the spread of any one service: the strength of support (E47) is drawn with a median of 1, one service "
        "in six having no effect and as many 1.6 times the effect. Draws then give a British service of few contacts "
        "E6, as the page on [published results](published.md) shows."
    ]


def _of_trial(trial: Trial, own: float, fitted: float, dose: float) -> list[str]:
    study = trial.study.study
    estimate = published_estimate(study, study.results[trial.name])
    residual = (trial.log_risk - fitted) / math.hypot(trial.error, TAU)
    published = f"{estimate.value:.2f} ({estimate.lower:.2f} to {estimate.upper:.2f})"
    use = "fitted" if trial.is_fitted else "checked"
    numbers = [f"{math.exp(own):.2f}", f"{math.exp(fitted):.2f}", f"{residual:+.1f}", f"{dose:.1f}"]
    return [study.evidence, study.title, use, published, *numbers]


def _overall(listed: list[Trial], fitted: Floats) -> list[str]:
    squares = {True: 0.0, False: 0.0}
    for trial, risk in zip(listed, fitted, strict=True):
        squares[trial.is_fitted] += (trial.log_risk - float(risk)) ** 2 / (trial.error**2 + TAU**2)
    counts = {use: sum(trial.is_fitted == use for trial in listed) for use in squares}
    return [
        f"The squares of the residuals add up to {squares[True]:.1f} for the {counts[True]} trials of the first half "
        f"and to {squares[False]:.1f} for the {counts[False]} results of the second; a model that is right would have "
        "about as many as there are results."
    ]


def _red_flags(listed: list[Trial], tried: Floats) -> list[str]:
    strongest = np.exp(tried.min(axis=0))
    column = int(strongest.argmin())
    title = listed[column].study.study.title
    flag = "a red flag" if strongest[column] < STRONGEST else "no red flag"
    return [
        f"The strongest effect of any set in any arm is {strongest[column]:.2f} ({title}), against {STRONGEST} in E20, "
        f"which no British service should beat: {flag}."
    ]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
