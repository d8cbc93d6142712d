"""One quintile at a time: q1 is the most deprived, and nobody has to count from 0."""

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load

REACHED = "pathways.groups.reached.by_quintile"


def test_one_quintile_is_set_by_its_name_also_where_the_others_are_defaults() -> None:
    changed = load("site1", [f"{REACHED}.q1=0.9", "population.attributes.lone.q5=0.5"])
    assert changed.pathways["groups"].reached.by_quintile == (0.9, 0.22, 0.27, 0.33, 0.38)
    assert changed.population.attributes.lone == (0.22, 0.16, 0.11, 0.07, 0.5)
    assert load("site1").with_("access.aware.by_quintile.q3", 0.1).access.aware.by_quintile[2] == 0.1


def test_one_number_for_all_is_taken_apart() -> None:
    assert load("site1", ["pathways.ward_visit.reached.by_quintile.q2=0.3"]).pathways[
        "ward_visit"
    ].reached.by_quintile == (0.5, 0.3, 0.5, 0.5, 0.5)


@pytest.mark.parametrize("item", ["0", "4", "7", "q0", "q6", "most"])
def test_other_names_are_refused_with_help(item: str) -> None:
    with pytest.raises(BadInput, match=r"quintiles are named q1 \(most deprived\) to q5") as refused:
        load("site1", [f"{REACHED}.{item}=0.9"])
    assert (f"did you mean '{REACHED}.q1'" in str(refused.value)) == (item == "0")


def test_a_value_that_is_not_allowed_is_told_by_the_name_of_its_quintile() -> None:
    with pytest.raises(BadInput, match=r"by_quintile\.q1: should be a number"):
        load("site1", [f"{REACHED}.q1=2"])
    with pytest.raises(BadInput, match=r"rural\.q4: should be a number"):
        load("site1", ["population.attributes.rural=[0.1, 0.2, 0.3, 5, 0.1]"])


def test_lists_that_are_not_by_quintile_are_numbered_as_before() -> None:
    changed = load("site1", ["pathways.follow_up.steps.1.day=7"])
    assert changed.pathways["follow_up"].steps[1].day == 7
