"""Groups of a study have the same mothers and luck, the level of the study, and support that does something."""

import pytest

from bpssim.scenario.words import Trait
from bpssim.studies.comparison.pairs import places_by_scenario
from bpssim.validation.published.observe import observe
from bpssim.validation.published.reading import read_study
from bpssim.validation.published.study import Who


def seen(name, seed=1, who=None, **changes):
    read = read_study(name)
    paths = {path.replace("__", "."): value for path, value in changes.items()}
    scenarios = [each.with_(paths) if paths else each for each in read.scenarios.values()]
    study = read.study if who is None else read.study.model_copy(update={"mothers": who})
    return observe(study, scenarios, places_by_scenario(scenarios), seed)


def test_without_strength_the_arms_are_the_same_mother_by_mother():
    observed = seen("dennis_2002", support__strength=0.0)
    assert all(calls == control for calls, control in observed.shares.values())
    assert observed.doses["calls"] > 1.5
    assert observed.doses["control"] == 0.0


def test_the_control_arm_has_the_level_of_the_study_and_support_leaves_fewer_who_stop():
    observed = seen("dennis_2002")
    calls, control = observed.shares["12_weeks"]
    assert control == pytest.approx(0.669, abs=0.005)
    assert observed.factor < 0.9
    assert calls > control + 0.01


def test_who_takes_part_is_limited_as_written():
    shares = [
        seen("muirhead_2006", who=who).shares["6_weeks"][1]
        for who in (Who(), Who(started=True), Who(has=[Trait.INTENDS]), Who(has_not=[Trait.INTENDS]))
    ]
    everybody, started, intend, others = shares
    assert everybody == pytest.approx(0.292, abs=0.005)
    # The level is set among those who take part, whoever they are, unless nobody can reach it.
    assert started == pytest.approx(intend, abs=0.01) == pytest.approx(everybody, abs=0.01)
    assert others < 0.35


def test_a_survey_takes_its_groups_from_the_same_births():
    observed = seen("ifs_2010", feeding__baseline="national_2010")
    least, most = observed.shares["start"]
    assert least - most > 0.1
    assert observed.shares["6_months"][0] < least
