"""Banks: every member gives back the level that was drawn for it, with the inputs that were drawn for it."""

from pathlib import Path

import numpy as np
import pytest

from bpssim.scenario import baseline
from bpssim.scenario.baseline import bank_path, load_bank
from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.calibration.bank import fit_bank, write_bank
from bpssim.studies.calibration.cohort import Cohort
from bpssim.studies.calibration.profiles import NATIONAL_2010, PROFILES

BIRTHS = 30_000


@pytest.mark.parametrize("name", list(PROFILES))
def test_shipped_members_meet_the_levels_that_were_drawn_for_them(name: str) -> None:
    profile, bank = PROFILES[name], load_bank(name)
    assert bank is not None
    assert len(bank.members) == 40
    for number in (0, 39):
        member = bank.members[number]
        feeding = profile.feeding.drawn(number, bank.factors_of(number))
        cohort = Cohort(profile.population, BIRTHS, 31, 42, feeding)
        outcome = cohort.feed(baseline.load(name, number), [42], [])
        found = float(cohort.births_share @ outcome.breastfeeding[0])
        # A member is fitted within 0.002 to 60,000 births, of which the largest quintile counts most.
        error = np.sqrt(0.25 * (cohort.births_share**2).sum() * 5 * (1 / BIRTHS + 1 / 60_000))
        assert abs(found - member.level) < 4 * error + 0.002
        assert outcome.difficulty_week_1 == pytest.approx(member.difficulty_week_1, abs=0.02)


@pytest.mark.parametrize("name", list(PROFILES))
def test_members_are_in_order_of_their_level_and_lie_around_that_of_the_profile(name: str) -> None:
    bank = load_bank(name)
    assert bank is not None
    levels = [member.level for member in bank.members]
    assert levels == sorted(levels)
    assert levels[0] < PROFILES[name].overall(42) < levels[-1]
    factors = np.log([member.factors for member in bank.members])
    assert (factors.std(axis=0) > 0.02).all()  # every input varies


def test_a_profile_that_carries_over_has_the_drawn_inputs_of_what_it_carries_over_from() -> None:
    nation, site = load_bank("national_2010"), load_bank("site1_like")
    assert nation is not None
    assert site is not None
    for member, other in zip(nation.members, site.members, strict=True):
        assert member.factors == other.factors
        assert member.start_effects == other.start_effects


def test_a_bank_is_written_beside_its_baseline_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(baseline._path("national_2010").read_text(encoding="utf-8"), encoding="utf-8")
    assert load_bank(str(path)) is None
    made: list[int] = []
    bank = fit_bank(NATIONAL_2010, baseline.load("national_2010"), 2, births=2_000, progress=made.append)
    write_bank(bank, bank_path(path))
    assert load_bank(str(path)) == bank
    assert made == [1, 2]
    assert baseline.load(str(path), 1).start_log_odds == bank.members[1].start_log_odds
    with pytest.raises(BadInput, match="should be 0 to 1"):
        baseline.load(str(path), 2)
    bank_path(path).write_text("{}", encoding="utf-8")
    with pytest.raises(BadInput, match="not a bank"):
        load_bank(str(path))
