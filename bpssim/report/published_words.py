"""Published results beside simulated ones, in words."""

import math
from collections.abc import Sequence

from bpssim.validation.published.compared import Estimate, Finding

_EFFECTS = {
    "ratio_of_not": "relative risk of not doing so",
    "odds_ratio": "odds ratio",
    "difference": "difference",
    "share": "share",
}
NOT_COMPARED = (
    ("E25", "vouchers, which the model does not have"),
    ("E26, E27", "no results by arm were found"),
    ("E28", "its uptake of 75 % is an input (R5)"),
    ("E29", "no rates are given"),
    ("E30", "automated texts; its effect on any breastfeeding is given as none, without a number"),
    ("E1-E5, E7", "reviews of all countries, supporters and intensities; no one service stands for them"),
    ("C11, C13", "prices of other services; what one contact costs is an input"),
    ("R4, R20, R21", "levels to which gates are set; R4 is shown with the trial that it is from"),
    ("R25", "health visiting, which the model does not have"),
)
"""Rows that are no test of the model, and why."""


def measured(finding: Finding) -> str:
    """What was measured."""
    return f"{finding.result.title}: {_EFFECTS[finding.result.effect]}"


def with_limits(estimate: Estimate) -> str:
    """A value with its interval."""
    return f"{estimate.value:.2f} ({estimate.lower:.2f} to {estimate.upper:.2f})"


def verdict(finding: Finding) -> str:
    """Whether the model's mean lies within the published interval."""
    return "inside" if finding.inside else "outside"


def reason(finding: Finding) -> str:
    """Why it is so."""
    result = finding.result
    no_test = f"No test: {result.no_test}." if result.no_test else ""
    if not finding.inside:
        why = result.why_not or "no reason is known"
        return " ".join(filter(None, (no_test, f"{why[0].upper()}{why[1:]}.")))
    if no_test:
        return no_test
    if finding.study.level and result.effect == "ratio_of_not":
        return f"The effect of {finding.doses[0]:.1f} contacts in the first fortnight, at the level of the study."
    return "It follows from several inputs together."


def summary(found: Sequence[Finding]) -> str:
    """How many published intervals are met."""
    tests = [each for each in found if not each.result.no_test]
    effects = [each for each in tests if each.result.effect == "ratio_of_not"]
    others = [each for each in tests if each.result.effect != "ratio_of_not"]
    of_slope = [
        _met([each for each in effects if each.result.slope == use], f"results that the slope of support is {words}")
        for use, words in (("fitted", "fitted to"), ("checked", "checked against"))
    ]
    among = f" (among them {' and '.join(filter(None, of_slope))})" if any(of_slope) else ""
    parts = [
        f"{_met(effects, 'effects of support')}{among}",
        _met(others, "levels of groups and differences between them"),
    ]
    texts = [
        f"The model's mean lies within the published interval for {' and for '.join(filter(None, parts)) or 'none'}."
    ]
    if effects:
        pairs = [(math.log(each.simulated.value), math.log(each.published.value)) for each in effects]
        same_way = [abs(simulated) < abs(published) for simulated, published in pairs if simulated * published > 0.0]
        texts.append(
            f"Of the {len(same_way)} in which both are on the same side of none, its effect is the smaller in "
            f"{sum(same_way)}."
        )
    if missed := [each for each in tests if not each.inside]:
        chance = sum(each.by_chance for each in missed)
        texts.append(f"Of the {len(missed)} missed, a study of that size could by chance have found {chance}.")
    if restated := [each for each in found if each.result.no_test]:
        texts.append(
            f"{len(restated)} further results restate an input or another result and test nothing; "
            f"{sum(not each.inside for each in restated)} of them are missed all the same."
        )
    return " ".join(texts)


def _met(found: Sequence[Finding], what: str) -> str:
    """How many of some results are met, in words; empty if there are none."""
    return f"{sum(each.inside for each in found)} of {len(found)} {what}" if found else ""


def reading_help(number: int) -> tuple[str, ...]:
    """How to read the table."""
    return (
        f"The model's value is the mean over {number} draws of its uncertain inputs, strength of support and refitted "
        "baselines included, with the interval over draws. Nothing was tuned to a result that is said to be checked. "
        "Beside it stands the interval that a study of that size would find, sampling error included.",
        "The groups of a study have the same mothers with the same luck. Where a study has a level, the hazard of "
        "stopping is multiplied so that the group without support has the published level: it is the setting of a "
        "study, and a relative risk depends on it.",
        "Inside means that the model's mean lies within the published interval. Published intervals of small trials "
        "are wide, so that is a weak test; a wide interval of the model is no merit.",
    )
