"""Which graded inputs of a scenario vary, which are held fixed and why, and which move together.

Inputs that the evidence grades B or C and gives a range for are drawn. Four kinds of graded inputs are held fixed:

- choices, counts and times, which describe a service and are not measured;
- inputs without a range, in the evidence or by assumption;
- attributes of mothers that the feeding baseline was fitted with. They mean nothing apart from the fit: with other
  values a run without peer support no longer reproduces its profile (with 1.3 times as many mothers who intend to
  breastfeed, it starts up to 10 percentage points higher), and the change of profile would pass for uncertainty about
  the service. `population.attribute_loading` is held too (1.3 points); the correlation D25 is drawn, because over its
  whole range it moves no quintile by more than 0.3 points;
- inputs at an end of their range: a mechanism that is off, or supporters who all treat everyone the same. That is a
  limiting case that somebody chose, and a draw would replace it with another question.

Inputs of feeding, and the levels by age, quintile and survey group, are drawn together: a draw takes one member of the
bank of refitted baselines. For a baseline without a bank they are held fixed, and results are conditional on it.

The strength of support has a distribution of its own (`bpssim.studies.uncertainty.distributions.STRENGTH`).

Gates without a range of their own do vary, by an assumption (`bpssim.studies.uncertainty.gates.UNKNOWN_ODDS`), because
holding them fixed would claim that they are known. A planner's own value outside a range widens the range.
"""

import math
import re
from collections.abc import Iterator, Mapping

from bpssim.scenario.access import GateProbability
from bpssim.scenario.baseline import load_bank
from bpssim.scenario.population import PARTS_OF_WHOLES, AgeGroups
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.grades import GradedInput, graded_inputs
from bpssim.studies.uncertainty.distributions import VaryingNumber, VaryingRatio, VaryingSeveral, VaryingStrength
from bpssim.studies.uncertainty.feeding import VaryingFeeding
from bpssim.studies.uncertainty.gates import VaryingGate, mean_of, varying_gate

Varying = VaryingNumber | VaryingRatio | VaryingSeveral | VaryingGate | VaryingStrength | VaryingFeeding

GRADE_A = "read in its source (grade A)"
CHOSEN = "a choice, a count or a time, and not a measurement"
NO_RANGE = "has no range"
FITTED = "the feeding baseline was fitted with it, and another value would need another fit"
LIMITING = "stands at an end of its range: a limiting case that the scenario chose"

_BASELINE = GradedInput(
    ("feeding",),
    "Feeding without support: effects of circumstances, difficulties, and a baseline fitted with them",
    None,
    "any breastfeeding at six weeks, share of births",
    "bank of refitted baselines",
    "C",
    None,
)
_ATTRIBUTES = ("population", "attributes")
_OF_CELLS = ("degree", "minority_ethnic")  # beside age, which has groups of its own
_BY_WHO_IS_AT_HOME = ("lone", "partner_leave_1_week", "partner_leave_2_weeks")  # read by `feeding.alone_hazard`
_ROW = re.compile(r"[A-Z]\d+")


def classified_inputs(scenario: Scenario) -> Iterator[tuple[GradedInput, Varying | str]]:
    """Each graded input in use with how it varies, or why it does not, in the order of a scenario file."""
    fitted_with = _fitted_with(scenario)
    feeding = scenario.feeding
    bank = load_bank(feeding.baseline) if feeding.member is None else None
    if bank:
        yield _BASELINE._replace(value=feeding), VaryingFeeding(feeding, bank)
    drawn = {("feeding", path.partition(".")[0]) for path in bank.inputs} if bank else set()
    for graded in graded_inputs(scenario):
        if graded.path[:2] not in drawn:
            yield graded, _classified(graded, fitted_with)


def varying_inputs(scenario: Scenario) -> dict[KeyPath, tuple[str, Varying]]:
    """For each input of a scenario that varies: its uncertain parameter, and how it varies with that."""
    return {
        graded.path: (uncertain_parameter_of(graded), varying)
        for graded, varying in classified_inputs(scenario)
        if not isinstance(varying, str)
    }


def uncertain_parameter_of(graded: GradedInput) -> str:
    """The uncertain parameter that an input depends on; inputs that share one move together.

    Gates that rest on the same row of P1-P18 (the first that they name) share one: the probability that a text is acted
    on (P8) is no better known for a text at day 4 than for one at day 17; nor are the effects that they list. So do an
    attribute and the one it is part of, and traits of all kinds of supporters, such as their ethos.
    """
    path = graded.path
    row = _ROW.match(graded.evidence)
    if isinstance(graded.value, GateProbability) and row:
        return row.group()
    if path[-1] == "odds" and row:
        return dotted((row.group(), *path[-3:]))
    if path[:2] == _ATTRIBUTES:
        return dotted((*path[:-1], dict(PARTS_OF_WHOLES).get(str(path[-1]), path[-1])))
    if path[:2] == ("team", "supporters"):
        return dotted(("team", "supporters", "*", *path[3:]))
    return dotted(path)


def _classified(graded: GradedInput, fitted_with: set[KeyPath]) -> Varying | str:
    path, value, unit, grade, limits = graded.path, graded.value, graded.unit, graded.grade, graded.range
    if grade == "A":
        return GRADE_A
    if isinstance(value, GateProbability):
        ends = (0.0, 1.0, *(limits or ()))
        return LIMITING if any(math.isclose(mean_of(value), end) for end in ends) else varying_gate(value)
    if not isinstance(value, float | tuple | Mapping):
        return CHOSEN
    if limits is None:
        return NO_RANGE
    if path[0] == "feeding" or path in fitted_with:
        return FITTED
    if isinstance(value, float) and path == ("support", "strength"):
        return VaryingStrength(value) if value else LIMITING
    if not isinstance(value, float):
        return VaryingSeveral(value, limits, 1.0 if unit in ("share", "probability") else math.inf)
    if value in limits:
        return LIMITING
    around = min(limits[0], value), max(limits[1], value)
    return VaryingRatio(value, around) if unit == "odds ratio" else VaryingNumber(value, around)


def _fitted_with(scenario: Scenario) -> set[KeyPath]:
    """Paths of the inputs of the population that the feeding rules read, and of attributes tied to them."""
    feeding = scenario.feeding
    by_trait = (feeding.initiation_odds, feeding.stopping_hazard, feeding.difficulty_multipliers)
    names = {*_BY_WHO_IS_AT_HOME, *_OF_CELLS, *(trait.word for traits in by_trait for trait in traits)}
    names |= {name for pair in PARTS_OF_WHOLES if names & set(pair) for name in pair}
    return {
        ("population", "attribute_loading"),
        *((*_ATTRIBUTES, "age", name) for name in AgeGroups.model_fields),
        *((*_ATTRIBUTES, name) for name in names),
    }
