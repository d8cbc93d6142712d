"""The model as users of Mesa meet it."""

import gc
import operator
import weakref

import mesa
import numpy as np
import pytest
from mesa.datacollection import DataCollector

from bpssim.model.mesa_model import BPSModel, HealthTeam, Mother, PeerSupporter
from bpssim.model.state import NEVER
from bpssim.scenario.words import Feeding, Item, Profession, Trait
from tests.model.services import small, state


@pytest.fixture(scope="module")
def finished():
    with BPSModel(small(), rng=3) as model:
        model.run()
        yield model


def test_the_run_stops_after_its_last_day():
    with BPSModel(small(150)) as model:
        while model.running:
            model.step()
        assert model.day == model.steps == model.simulation.last_day
        before = model.simulation.state.mothers.tobytes()
        model.step()
        assert model.simulation.state.mothers.tobytes() == before


def test_an_integer_rng_is_the_seed_and_the_scenario_has_one_of_its_own():
    scenario = small(150)
    seeds = [BPSModel(scenario).simulation.seed, BPSModel(scenario, rng=11).simulation.seed]
    assert seeds == [scenario.run.seed, 11]
    assert BPSModel(scenario, seed=11).simulation.seed == BPSModel(scenario, rng=np.int64(11)).simulation.seed == 11
    with pytest.raises(ValueError, match="not both"):
        BPSModel(scenario, seed=1, rng=1)


def test_any_rng_that_numpy_takes_decides_the_run():
    def seed(rng):
        return BPSModel(small(150), rng=rng).simulation.seed

    assert seed(np.random.default_rng(5)) == seed(np.random.default_rng(5)) != seed(np.random.default_rng(6))
    assert seed([1, 2]) == seed([1, 2]) != seed([1, 3])


def test_everyone_but_the_mothers_is_registered(finished):
    team = finished.inputs.team.supporters
    assert len(finished.agents_by_type[PeerSupporter]) == sum(kind.count for kind in team.values())
    assert set(finished.agents_by_type[HealthTeam].get("profession")) == set(Profession)
    assert Mother not in finished.agents_by_type


def test_a_service_without_supporters_has_no_supporter_agents():
    with BPSModel(small(150, team={}, pathways={})) as model:
        model.run()
        assert PeerSupporter not in model.agents_by_type


@pytest.mark.parametrize("field", ["quintile", "birth_day", "confidence", "minutes", "contacts", "id", "traits"])
def test_a_mother_reads_her_row(finished, field):
    mothers = finished.simulation.state.mothers
    handles = finished.mothers(mothers.id[:50])
    assert [getattr(m, field) for m in handles] == mothers[field][:50].tolist()


def test_fields_with_words_say_them(finished):
    mothers = finished.simulation.state.mothers
    for row in range(60):
        m, record = finished.mother(int(mothers.id[row])), mothers[row]
        assert isinstance(m.feeding, Feeding)
        assert m.feeding == record.feeding
        assert (m.first_contact_age is None) == (record.first_contact_age == NEVER)
        assert (m.stop_age is None) == (record.stop_age < 0)
        assert m.lone == m.has(Trait.LONE) == bool(record.traits >> Trait.LONE & 1)
        assert m.first_birth != m.multiparous
        assert (m.language != "english") == m.other_language
        assert m.baby_age == finished.day - 1 - record.birth_day


def test_what_is_known_of_a_mother_is_the_view_of_the_service(finished):
    state = finished.simulation.state
    for row, view in enumerate(state.known_data[:60]):
        known = finished.mother(int(state.mothers.id[row])).known
        assert known == {item: view.value[item] for item in Item if view.value[item] >= 0}
    assert any(isinstance(m.known.get(Item.FEEDING), Feeding) for m in finished.handles.values())


def test_supporters_say_who_they_are(finished):
    kinds = finished.inputs.team.supporters
    for supporter in finished.agents_by_type[PeerSupporter]:
        assert supporter.languages == ["english", *kinds[supporter.kind].languages]
        assert supporter.channels == kinds[supporter.kind].channels
        assert supporter.paid is True
        assert 0 < supporter.worked <= supporter.available


def test_the_same_mother_is_the_same_handle(finished):
    assert finished.mother(7) is finished.mother(7)
    assert finished.mother(np.int64(7)) is finished.mother(7)
    with pytest.raises(KeyError, match="no mother with the id 1000000000"):
        finished.mother(10**9)


def test_handles_cannot_change_what_happened(finished):
    with pytest.raises(AttributeError):
        finished.mother(7).stop_age = 5
    with pytest.raises(ValueError, match="before the first day"):
        finished.mother(7).quintile = 5


def test_an_attribute_that_is_set_before_the_first_day_acts_and_changes_nobody_else():
    runs = []
    for group in ("white", "black"):
        with BPSModel(small(300, pathways={})) as model:  # without a service, what happens to her is hers alone
            for id_ in range(100):
                model.mother(id_).ethnic_group = group
            model.run()
            runs.append(model.simulation.state.mothers[np.argsort(model.simulation.state.mothers.id)])
    without, with_ = runs
    assert (with_.traits[:100] != without.traits[:100]).all()
    assert (with_.feeding[:100] != without.feeding[:100]).any()
    assert (with_.stop_age[:100] >= without.stop_age[:100]).mean() > 0.5
    assert (with_[100:] == without[100:]).all()


def test_setting_what_is_already_so_changes_nothing():
    states = []
    for touch in (False, True):
        with BPSModel(small(150)) as model:
            if touch:
                for mother in model.mothers(range(150)):
                    mother.degree, mother.age_years = mother.degree, mother.age_years
            model.run()
            states.append(state(model.simulation))
    assert states[0] == states[1]


def test_a_misspelt_attribute_is_not_taken_for_one_of_somebody_else():
    with BPSModel(small(150)) as model:
        with pytest.raises(AttributeError, match="did you mean 'confidence'"):
            model.mother(3).confidnce = 1.0
        model.mother(3).colour = "red"  # a mark of one's own is as in any Mesa agent


def test_what_follows_from_an_attribute_is_set_with_it():
    with BPSModel(small(150)) as model:
        mother = model.mother(3)
        mother.breastfed_before = True
        assert mother.multiparous
        assert not mother.first_birth
        mother.first_birth = True
        assert not any([mother.multiparous, mother.breastfed_before, mother.school_run])
        mother.partner_leave = 14
        assert not mother.lone
        mother.lone = True
        assert mother.partner_leave == 0
        mother.age_years = 18
        assert mother.under_20
        mother.language = "polish"
        mother.limited_english = True
        assert mother.other_language
        mother.language = "english"
        assert not any([mother.other_language, mother.limited_english])


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("quintile", 6, "from 1 to 5"),
        ("age_years", "30", "from 10 to 60"),
        ("lone", 2, "true or false"),
        ("under_20", True, "age_years"),
        ("language", "welsh", "english, urdu"),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(name, value, message):
    with BPSModel(small(150)) as model, pytest.raises(ValueError, match=message):
        setattr(model.mother(3), name, value)


def test_the_words_of_agent_sets_work_on_mothers(finished):
    mothers = finished.mothers(range(100))
    assert len(mothers.select(lambda m: m.quintile == 1)) == len(mothers.groupby("quintile").groups[1]) > 0
    assert mothers.agg("minutes", sum) == pytest.approx(
        finished.simulation.state.mothers.minutes[_rows(finished)].sum()
    )


def _rows(model):
    return np.isin(model.simulation.state.mothers.id, np.arange(100))


def test_handles_follow_when_tables_grow():
    with BPSModel(small(150)) as model:
        supporter = next(iter(model.agents_by_type[PeerSupporter]))
        model.simulation.state = model.simulation.state._replace(supporters=model.simulation.state.supporters.copy())
        model.simulation.state = model.simulation.state._replace(known_data=model.simulation.state.known_data.copy())
        mothers = model.mothers(range(20))
        model.run()
        assert supporter.worked == model.simulation.state.supporters.worked[0] > 0
        assert any(mother.known for mother in mothers)


class Watched(BPSModel):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mothers(range(5))
        self.datacollector = DataCollector(
            model_reporters={"breastfeeding": "breastfeeding", "reached": "reached", "waiting": "waiting"},
            agenttype_reporters={
                PeerSupporter: {"worked": "worked"},
                Mother: {"feeding": "feeding", "age": "baby_age"},
            },
        )

    def step(self):
        super().step()
        self.datacollector.collect(self)


def test_a_data_collector_collects_the_model_and_its_agents():
    with Watched(small(150), rng=2) as model:
        model.run_model()
        daily = model.datacollector.get_model_vars_dataframe()
        assert len(daily) == model.simulation.last_day
        assert daily.breastfeeding.max() > 50
        assert daily.reached.is_monotonic_increasing
        assert daily.reached.iloc[-1] == model.reached > 0
        worked = model.datacollector.get_agenttype_vars_dataframe(PeerSupporter).worked
        assert worked.iloc[-5:].tolist() == model.simulation.state.supporters.worked.tolist()
        panel = model.datacollector.get_agenttype_vars_dataframe(Mother)
        assert len(panel) == 5 * model.simulation.last_day
        assert set(panel.feeding) > {Feeding.UNBORN, Feeding.EXCLUSIVE}


def test_a_data_collector_reads_every_agent():
    with BPSModel(small(150), rng=2) as model:
        collector = DataCollector(agent_reporters={"row": operator.attrgetter("row")})
        model.step()
        collector.collect(model)
        assert len(collector.get_agent_vars_dataframe()) == len(model.agents)


@pytest.mark.parametrize("steps", [0, 40, 10_000])
def test_steps_and_a_run_to_the_end_give_the_same_bytes(steps, finished):
    with BPSModel(small(), rng=3) as model:
        for _ in range(min(steps, model.simulation.last_day)):
            model.step()
        model.run()
        assert state(model.simulation) == state(finished.simulation)
        assert model.steps == finished.steps == model.day


@pytest.mark.skipif(not hasattr(mesa.Agent, "_ids"), reason="this Mesa keeps no table of models")
def test_a_closed_model_is_freed():
    def run(close):
        model = BPSModel(small(150))
        model.mother(1)
        if close:
            model.close()
            model.close()  # twice does no harm
        return weakref.ref(model)

    kept, freed = run(close=False), run(close=True)
    gc.collect()
    assert kept() is not None
    assert freed() is None
    kept().close()
