"""A place has its own mothers: they differ as its residents do, and nothing of another town is kept."""

import re
from operator import le
from pathlib import Path

import numpy as np
import pytest

import bpssim as bps
from bpssim.model.initial_state import draw_population, places_of
from bpssim.report.questions import question_of
from bpssim.scenario.cautions.fitted_for import other_mothers
from bpssim.scenario.places.place_data import PlaceBirths
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.places.who_lives_there import local_attributes
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.places.whose_values import ASSUMED, NATIONAL, PLACE, PLACES, SCENARIO, whose_in_short, whose_values
from bpssim.scenario.population import Attributes
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Trait

EVIDENCE = Attributes()
TOLERANCE = 0.00006  # values are kept with four decimals


def in_place(name: str, *more: str, of: str = "site1") -> Scenario:
    return bps.load(of, [f"population.place={name}", *more])


def share(name: str, quintile: int, **where: str) -> float:
    """Mean over infants of a share of residents, area by area."""
    table = shipped_table()
    columns = {label: getattr(table, label).listed() for label in where}
    infants = people = 0.0
    for row in range(len(table)):
        here = all(columns[label][row] == wanted for label, wanted in where.items())
        value = getattr(table, name)[row]
        if here and table.quintile[row] == quintile and not np.isnan(value):
            infants += table.infants[row]
            people += table.infants[row] * value
    return people / infants


@pytest.mark.parametrize(("name", "quintile"), [("limited_english", 1), ("minority_ethnic", 3)])
def test_mothers_differ_as_residents_do(name: str, quintile: int) -> None:
    mothers = getattr(in_place("Rochdale").population.attributes, name)[quintile - 1]
    ratio = share(name, quintile, district="Rochdale") / share(name, quintile, nation="England")
    assert mothers == pytest.approx(getattr(EVIDENCE, name)[quintile - 1] * ratio, abs=TOLERANCE)


def test_homes_are_rural_as_they_are() -> None:
    found = in_place("Cumberland").population.attributes.rural
    assert found[0] == pytest.approx(share("rural", 1, district="Cumberland"), abs=TOLERANCE)


def test_the_evidence_holds_for_the_nation_as_a_whole() -> None:
    found = in_place("England").population.attributes
    for name in ("minority_ethnic", "limited_english", "other_language"):
        assert getattr(found, name) == pytest.approx(getattr(EVIDENCE, name), abs=TOLERANCE)
    groups = found.minority_groups
    assert groups.asian == pytest.approx(EVIDENCE.minority_groups.asian, abs=2 * TOLERANCE)


def test_what_the_place_says_is_drawn() -> None:
    scenario = in_place("Newham", "population.births_per_year=20000")
    mothers, _ = draw_population(scenario, places_of(scenario.population)[0], 1)
    first = mothers[mothers.quintile == 1]
    drawn = float(np.mean(first.traits >> Trait.LIMITED_ENGLISH & 1))
    expected = scenario.population.attributes.limited_english[0]
    assert expected > 2 * EVIDENCE.limited_english[0]
    assert abs(drawn - expected) < 4 * np.sqrt(expected * (1 - expected) / len(first))


def test_nothing_of_another_town_is_kept() -> None:
    town, here = bps.load("site1"), in_place("Cumberland")
    assert town.population.attributes.rural != here.population.attributes.rural
    assert (here.population.births_per_year, here.population.quintile_mix) == (None, None)
    assert here.feeding.baseline == "national_2024"
    assert "town" in town.question
    assert question_of(here) == "Whom does the service of site1 reach in Cumberland?"
    alone = in_place("Cumberland", of="site1_no_service")
    assert question_of(alone) == "How does feeding go in Cumberland without peer support?"


def test_what_is_written_with_the_place_is_meant(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "extends: site1\nname: mine\nquestion: Ours?\nfeeding: {baseline: national_2010}\n"
        "population: {place: Rochdale, attributes: {limited_english: 0.03}}\n"
    )
    scenario = bps.load(file)
    assert scenario.population.attributes.limited_english == (0.03,) * 5
    assert scenario.population.attributes.other_language == EVIDENCE.other_language  # not derived from what is known
    assert scenario.population.attributes.rural == in_place("Rochdale").population.attributes.rural
    assert (scenario.feeding.baseline, question_of(scenario)) == ("national_2010", "Ours?")


def test_another_place_has_other_mothers_and_another_change_keeps_them() -> None:
    here = in_place("Rochdale")
    assert here.with_("run.seed", 5).population == here.population
    assert here.with_("population.place", "Hart").population.attributes == in_place("Hart").population.attributes


def test_each_of_several_places_has_its_own_mothers() -> None:
    names = ["Cumberland", "Rochdale", "Newham"]
    several = bps.load("site1", [f"population.places=[{', '.join(names)}]", "population.services=each"])
    for place in places_of(several.population):
        alone = in_place(place.name).population.attributes
        for name in ("minority_ethnic", "limited_english", "rural"):
            # Those of all together are rounded before they are divided among places.
            assert getattr(place.attributes, name) == pytest.approx(getattr(alone, name), abs=0.002)
        assert place.attributes.minority_groups.asian == pytest.approx(alone.minority_groups.asian, abs=0.005)


def test_every_place_has_possible_mothers() -> None:
    table = shipped_table()
    wards = table.ward.of.astype(np.int64) * len(table.district.names) + table.district.of
    for labels in (table.district.of, wards):
        order = np.argsort(labels, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
            births = np.nan_to_num(table.infants[rows], nan=1.0)
            place = PlaceBirths("it", table.quintile[rows], births, rows)
            found = Attributes.model_validate(local_attributes([place]))  # which refuses shares beyond 0 and 1
            groups = found.minority_groups
            assert max(map(sum, zip(groups.asian, groups.black, groups.mixed, strict=True))) <= 1.0
            assert all(map(le, found.limited_english, found.other_language))


@pytest.mark.parametrize("name", ["S01007675", "Barassie, South Ayrshire"])
def test_rounded_census_figures_give_no_share_below_none(name: str) -> None:
    assert min(in_place(name).population.attributes.minority_ethnic) >= 0.0


def test_what_is_filled_fits_what_is_written() -> None:
    ward = "Milkstone & Deeplish, Rochdale"
    written = in_place(ward, "population.attributes.other_language=0.1").population.attributes
    assert written.limited_english == EVIDENCE.limited_english
    groups = in_place(ward, "population.attributes.minority_groups.black=0.1").population.attributes.minority_groups
    assert groups.asian == EVIDENCE.minority_groups.asian


def test_who_lives_there_goes_with_what_named_the_place(tmp_path: Path) -> None:
    births = tmp_path / "births.csv"
    births.write_text("code,births\nE01005501,20\nE01005502,30\n")
    here = in_place("Rochdale")
    some = here.with_("population.births_by_small_area", str(births))
    assert some.population.attributes != here.population.attributes
    assert some.with_("population.births_by_small_area", None).population.attributes == here.population.attributes
    nowhere = in_place("Haringey", "feeding.moved.starting=0.5").with_("population.place", None)
    assert (nowhere.population.attributes, nowhere.feeding.moved) == (EVIDENCE, None)
    mothers = tmp_path / "mothers.csv"
    mothers.write_text("quintile\n1\n2\n")
    assert here.with_("population.mothers", str(mothers)).population.attributes == EVIDENCE


def test_lists_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, code in (("a", "E01005501"), ("b", "E01005502")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "north.csv").write_text(f"code\n{code}\n")
    both = f"population.places=[{tmp_path}/a/north.csv, {tmp_path}/b/north.csv]"
    with pytest.raises(BadInput, match="is called north, as another place is"):
        bps.load("site1", [both])


def test_language_follows_ethnic_groups_where_it_is_not_known() -> None:
    found = in_place("Glasgow City").population.attributes
    ratios = [a / b for a, b in zip(found.minority_ethnic, EVIDENCE.minority_ethnic, strict=True)]
    limited = [a / b for a, b in zip(found.limited_english, EVIDENCE.limited_english, strict=True)]
    assert limited == pytest.approx(ratios, rel=0.01)
    rows = {row.what: row for row in whose_values(in_place("Glasgow City"))}
    assert "because English is not known there" in rows["Limited English"].how


def test_it_is_said_whose_each_value_is() -> None:
    assert whose_values(bps.load("site1")) == []
    scenario = in_place("Rochdale", "population.attributes.rural=0.2", "population.births_per_year=2000")
    whose = {row.what: row.whose for row in whose_values(scenario)}
    assert whose["Births"] == whose["Rural homes"] == SCENARIO
    assert whose["Quintiles of births"] == whose["Limited English"] == PLACE
    assert whose["Other circumstances"] == whose["Feeding without support"] == NATIONAL
    assert "own: quintiles of births, minority ethnic groups" in whose_in_short(scenario)


def test_values_of_several_places_are_theirs_and_births_that_nobody_counted_are_assumed() -> None:
    several = whose_values(bps.load("site1", ["population.places=[Rochdale, Oldham]"]))
    told = {row.what: row for row in several}
    assert told["Births"].whose == told["Rural homes"].whose == PLACES
    assert told["Quintiles of births"].how.startswith("their 2")
    births = whose_values(in_place("Belfast"))[0]
    assert births.whose == ASSUMED
    assert births.how.endswith("18 in each small area, because infants are not known there")


def test_shares_of_mothers_are_told_in_percent_with_their_source() -> None:
    rows = {row.what: row.how for row in whose_values(in_place("Rochdale"))}
    assert rows["Rural homes"] == ("0, 5, 0, 0, 0\N{NO-BREAK SPACE}%; as classed in its small areas")
    assert rows["Minority ethnic groups"].endswith("in the ratio of its residents to England's, census 2021")
    scottish = {row.what: row.how for row in whose_values(in_place("Fife"))}
    assert scottish["Minority ethnic groups"].endswith("census 2022")


def test_what_is_only_assumed_is_not_called_the_place_s_own() -> None:
    whose = {row.what: row.whose for row in whose_values(in_place("Fife"))}
    assert whose["Minority ethnic groups"] == PLACE
    assert whose["Limited English"] == whose["First languages other than English"] == ASSUMED
    assert whose["Which other languages"] == ASSUMED
    changed = in_place("Fife", "feeding.initiation_odds.intends=2", "population.languages={polish: 1}")
    rows = {row.what: row for row in whose_values(changed)}
    assert rows["Feeding without support"].whose == rows["Which other languages"].whose == SCENARIO
    assert "feeding.initiation_odds" in rows["Feeding without support"].how


def test_a_quintile_without_births_has_no_mothers_to_tell() -> None:
    rows = {row.what: row.how for row in whose_values(in_place("Milkstone & Deeplish, Rochdale"))}
    assert re.match(r"[\d.]+(, \N{EN DASH}){4}\N{NO-BREAK SPACE}%", rows["Limited English"])


@pytest.mark.parametrize(
    ("place", "index"),
    [
        ("Cardiff", "Welsh index of 2019"),
        ("Fife", "Scottish index of 2020"),
        ("Belfast", "Northern Irish index of 2017"),
    ],
)
def test_in_another_nation_it_is_said_once_what_is_english(place: str, index: str) -> None:
    told = whose_births(in_place(place))
    assert told.count("mostly English") == 1
    assert index in told
    assert ("Nothing is known here of who lives there" in told) == (place == "Belfast")
    assert "mostly English" not in whose_births(in_place("Rochdale"))


def test_a_place_s_own_mothers_are_no_slip_but_written_ones_may_be() -> None:
    assert list(other_mothers(in_place("Rochdale"))) == []
    [caution] = other_mothers(in_place("Rochdale", "population.attributes.minority_ethnic=0.5"))
    assert "minority_ethnic" in caution
    assert "asian" not in caution
