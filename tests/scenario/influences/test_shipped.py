"""What each influence that is shipped changes in two services: everything that it should, and nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

import bpssim as bps
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.influences.taken_away import TakenAway
from bpssim.scenario.population import Population
from bpssim.scenario.scenario import Scenario

EVERYBODY = [1.0] * 5
BEDSIDE = ("ward_visit", "neonatal_visit", "hospital_sign_up")
CALLS = (
    *("call_48h", "follow_up", "sign_up_programme", "young_mothers", "young_mothers_programme", "midwife_sign_up"),
    "professional_referral",
)
WHERE_SHE_COMES = ("antenatal_class", "saturday_clinic", "weigh_in_clinic", "groups")
ALSO_REMOVED = {
    "language": ["limited_english"],
    "partner_there": ["partner_away"],
    "worries": ["school_run"],
    "transport": ["no_weekday_car", "rural"],
    "reading_and_phone": ["no_smartphone", "low_literacy"],
    "age": ["under_20"],
}
"""What bears on nobody any more, in every pathway."""
COMMON: dict[str, dict[str, Any]] = {
    "data_rule": {"data_sharing.preset": "full"}
    | {f"data_sharing.{name}": 0 for name in ("delay", "wrong_number", "wrong_flag", "unplaced_postcode")},
    "funding": {"team.unlimited": True},
    "partner_leave": {"population.eased.partner_leave": 42},
    "targets": {},
    "contract": {},
    "hours_of_day": {f"pathways.{name}.band": "evening" for name in CALLS},
    "ward": {f"pathways.{name}.reached.by_quintile": EVERYBODY for name in BEDSIDE},
    "professionals": {"pathways.professional_referral.reached.by_quintile": EVERYBODY},
    "continuity": {"access.handed_on": 1.0},
    "outreach": {"pathways.ward_request.reached.by_quintile": EVERYBODY},
    "timing": {f"pathways.{name}.opens.from_age": 3 for name in ("text_2_3_weeks", "text_day_4", "groups")}
    | {"support.late_start_factor": 1.0},
    "ethos": {"review.manager_ethos": 0.0},
    "insight": {"learning.misfit": 0.0},
    "groups": {f"pathways.{name}.removes": ["no_weekday_car", "school_run", "rural"] for name in WHERE_SHE_COMES},
    "social_distance": {},
    "awareness": {"access.aware.by_quintile": EVERYBODY},
    "norms": {"population.eased.having": ["friends_breastfed"]},
    "language": {},
    "partner_there": {},
    "confidence": {"population.eased.least_confidence": Population().attributes.confidence[4]},
    "worries": {"population.eased.without": ["stressor"]},
    "transport": {},
    "reading_and_phone": {"population.eased.without": ["no_mobile"]},
    "age": {},
    "family": {"population.eased.without": ["unsupportive_family"]},
}
OWN: dict[str, dict[str, dict[str, Any]]] = {
    "site1": {"professionals": {"professionals.half_life_days": None}},
    "site2": {
        "professionals": {"professionals.midwifery": 1.0, "professionals.health_visiting": 1.0},
        "ward": {"pathways.ward_visit.active": True},
        "outreach": {"pathways.call_48h.active": True},
    },
}
"""What depends on the service: who knows of it already, and which pathways run."""


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from leaves(each, f"{path}.{name}" if path else str(name))
    else:
        yield path, value


def changed(before: Scenario, after: Scenario) -> dict[str, Any]:
    """Inputs that differ, as in a file, but for the team's people, whom other tests are about."""
    was = dict(leaves(before.model_dump(mode="json")))
    return {
        path: value
        for path, value in leaves(after.model_dump(mode="json"))
        if was.get(path, "nothing") != value
        and not re.match(r"team\.(duties\.ward|supporters\.(for_ward|\w+\.evening_hours))\.", path)
    }


def of_each_kind(scenario: Scenario, name: str) -> dict[str, Any]:
    """What an influence changes of every kind of supporter."""
    fields = {"ethos": ["ethos"], "social_distance": ["social_distance"], "continuity": ["turnover_per_year"]}
    return {
        f"team.supporters.{kind}.{field}": 0.0
        for field in fields.get(name, [])
        for kind, each in scenario.team.supporters.items()
        if getattr(each, field)
    }


@pytest.mark.parametrize("name", ["site1", "site2"])
def test_each_influence_changes_its_own_inputs_alone(name: str) -> None:
    scenario = bps.load(name)
    taken = TakenAway(scenario, catalogue().influences)
    assert list(COMMON) == list(catalogue().influences)
    for influence, common in COMMON.items():
        removed = {
            f"pathways.{pathway}.removes": ALSO_REMOVED[influence]
            for pathway in scenario.pathways
            if influence in ALSO_REMOVED
        }
        expected = common | OWN[name].get(influence, {}) | of_each_kind(scenario, influence) | removed
        assert changed(scenario, taken.without([influence])) == expected, influence
