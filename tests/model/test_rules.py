"""Rules that hold for every service: no leak, same bytes, monotone luck, conserved minutes, order does not matter."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bpssim.model.initial_state import draw_population
from bpssim.model.rules.access import Stage
from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER
from bpssim.outcomes.decisions import decided
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Feeding, Gate, Item, Outcome, Reason
from tests.model.services import MECHANISMS, PATHWAYS, contacts, run, run_until, small, state
from tests.safety import python

FEEDING_FIELDS = ["feeding", "stop_age", "mixed_age", "wanted_longer", "difficulty_number", "problems", "birth_day"]
ENGINE = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def services(draw, mechanisms=tuple(MECHANISMS), **fixed):
    """Small services: any data agreement, any pathways, any mechanisms of those named, teams from nobody to plenty."""
    chosen = draw(st.lists(st.sampled_from(sorted(PATHWAYS)), unique=True, min_size=3))
    pathways = {name: {**PATHWAYS[name], "active": name in chosen} for name in PATHWAYS}
    hours = draw(st.sampled_from([0.25, 1.0, 4.0, 8.0]))
    ethos = draw(st.sampled_from([0.0, 0.5, 1.0]))
    changes = {
        "births": draw(st.integers(150, 400)),
        "pathways": pathways,
        "data_sharing__preset": draw(st.sampled_from(["none", "minimal", "minimal_plus_age", "quintile_flag", "full"])),
        "data_sharing__basis": draw(st.sampled_from(["public_task", "opt_in", "opt_out"])),
        "data_sharing__delay": draw(st.integers(0, 3)),
        "team__supporters": {
            "paid": {
                "count": draw(st.integers(1, 4)),
                "hours": dict.fromkeys(["monday", "tuesday", "wednesday", "friday"], hours),
                "ethos": ethos,
            },
            "volunteer": {"count": 2, "hours": {"thursday": 2.0}, "languages": ["urdu", "polish"], "ethos": ethos},
        },
        "team__unlimited": draw(st.booleans()),
        "team__responder_weight": draw(st.sampled_from([0.0, 1.0])),
        "objectives__style": draw(st.sampled_from(["same_for_all", "by_target", "by_need"])),
        "run__seed": draw(st.integers(0, 2**40)),
    } | fixed
    switched_on = mechanisms if draw(st.booleans()) else draw(st.sets(st.sampled_from(mechanisms)))
    return small(changes.pop("births"), sorted(switched_on), **changes)


# 1. No leak


def scrambled(scenario: Scenario, item: Item) -> Simulation:
    """Build a run in which one item of every record is replaced before the first day."""
    simulation = Simulation(scenario, scenario.run.seed)
    values = simulation.state.true_data["value"]
    values[:, item] = 1 - values[:, item] if item is Item.BEST_TIME else 1 + (values[:, item] + 2) % 5
    return simulation


@ENGINE
@given(services(), st.sampled_from([item for item in Item if item not in (Item.FEEDING, Item.POSTCODE)]))
def test_no_decision_depends_on_an_item_before_anyone_has_learned_it(scenario, item):
    plain, other = Simulation(scenario, scenario.run.seed), scrambled(scenario, item)
    items = [item, Item.POSTCODE] if item is Item.QUINTILE else [item]  # a postcode tells the quintile
    while plain.day < plain.last_day:
        plain.step()
        other.step()
        if any((run.state.known_data["value"][:, known] >= 0).any() for run in (plain, other) for known in items):
            break
        _assert_same_decisions(plain, other)
    assume(plain.day > 1)  # or somebody had learned it on the first day, and nothing was compared


@ENGINE
@given(services(data_sharing__preset="none"), st.sampled_from([Item.AGE, Item.QUINTILE, Item.PARITY, Item.LANGUAGE]))
def test_an_item_that_nobody_passes_on_or_asks_for_is_never_used(scenario, item):
    tree = scenario.model_dump(mode="json")
    for pathway in tree["pathways"].values():
        pathway["asks"] = [asked for asked in pathway["asks"] if asked != item.word]
        pathway["learns"] = [learned for learned in pathway["learns"] if learned != item.word]
    if agreement := tree["review"]["agreement"]:
        agreement["feed"]["items"] = [agreed for agreed in agreement["feed"]["items"] if agreed != item.word]
    closed = Scenario.model_validate(tree)
    plain, other = run(closed), scrambled(closed, item)
    other.run()
    _assert_same_decisions(plain, other)
    for field in FEEDING_FIELDS:
        assert (plain.state.mothers[field] == other.state.mothers[field]).all()


def _assert_same_decisions(plain: Simulation, other: Simulation) -> None:
    assert contacts(plain).tobytes() == contacts(other).tobytes()
    assert plain.state.days.tobytes() == other.state.days.tobytes()
    assert plain.state.progress.tobytes() == other.state.progress.tobytes()
    assert (plain.state.known_data["value"] == other.state.known_data["value"]).all()
    assert decided(plain) == decided(other)


def test_scrambling_matters_once_an_item_is_known():
    scenario = small(400, data_sharing__preset="full")
    plain, other = run(scenario), scrambled(scenario, Item.QUINTILE)
    other.run()
    assert contacts(plain).tobytes() != contacts(other).tobytes()


# 2. Same seed, same bytes; untouched mothers keep their history


@ENGINE
@given(services())
def test_the_same_seed_gives_the_same_bytes_in_one_go_and_day_by_day(scenario):
    daily = Simulation(scenario, scenario.run.seed)
    for _ in range(daily.last_day):
        daily.step()
    at_once = run(scenario)
    assert state(daily) == state(at_once)
    assert decided(daily) == decided(at_once)


_DIGEST = """
import hashlib
from bpssim.outcomes.decisions import decided
from tests.model.services import MECHANISMS, run, small, state
simulation = run(small(200, MECHANISMS), 5)
print(decided(simulation))
print(hashlib.sha256(b"".join(state(simulation).values())).hexdigest())
"""


def test_the_order_of_hashes_changes_nothing():
    assert python(_DIGEST, PYTHONHASHSEED="0") == python(_DIGEST, PYTHONHASHSEED="12345")


CHANGES = {
    "data": ("data_sharing.preset", "quintile_flag"),
    "no young mothers' text": ("pathways.young.active", False),
    "no ward": ("pathways.ward.active", False),
    "half the team": ("team.supporters.paid.count", 1),
    "target group": ("objectives.target_weight", 50.0),
}


@pytest.mark.parametrize("mechanisms", [(), tuple(MECHANISMS)], ids=["nothing slow", "everything"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_mother_with_the_same_contacts_has_the_same_history(change, mechanisms):
    """Not so where others change what a contact or a place is to her, so this holds without norms outside quintile 1.

    What a contact does for a mother in quintile 1 depends on what the supporter has learned from others, and norms on
    all mothers around.
    """
    scenario = small(400, mechanisms, community__norm_effect=0.0)
    base, changed = run(scenario), run(scenario.with_(*CHANGES[change]))
    names = [list(scenario.active_pathways()), list(changed.scenario.active_pathways())]

    def story(simulation, pathways, mother):
        rows = contacts(simulation)
        rows = rows[rows.mother == mother]
        return [
            (pathways[row.pathway], row.day - simulation.parameters.derived.lead, row.step, row.channel, row.outcome,
             row.resolved, row.supporter)
            for row in rows
        ]  # fmt: skip

    mothers = [(s.state.mothers, s.parameters.derived.lead) for s in (base, changed)]
    untouched = [
        row
        for row, id in enumerate(mothers[0][0].id)  # noqa: A001
        if (not mechanisms or mothers[0][0].quintile[row] > 1)
        and story(base, names[0], id) == story(changed, names[1], id)
    ]
    share_same = np.mean(
        [
            all(
                mothers[0][0][field][row] - (mothers[0][1] if field == "birth_day" else 0)
                == mothers[1][0][field][row] - (mothers[1][1] if field == "birth_day" else 0)
                for field in FEEDING_FIELDS
            )
            for row in untouched
        ]
    )
    print(f"{change}: {len(untouched)} of {len(mothers[0][0])} untouched, share identical {share_same:.4f}")
    assert 20 < len(untouched) < len(mothers[0][0])
    assert share_same == 1.0


def test_a_pathway_in_pregnancy_that_reaches_nobody_changes_nothing():
    nobody = {**PATHWAYS["class"], "reached": {"by_quintile": 0.0}}
    base, changed = (
        run(small(400, MECHANISMS, pathways={**PATHWAYS, "class": {**nobody, "active": active}}))
        for active in (False, True)
    )
    assert changed.parameters.derived.lead > base.parameters.derived.lead
    for field in ("stop_age", "mixed_age", "first_contact_age", "contacts", "minutes", "aware_age", "relieved"):
        assert (base.state.mothers[field] == changed.state.mothers[field]).all(), field
    for field in ("knowledge", "left_team", "worked"):
        assert (base.state.supporters[field] == changed.state.supporters[field]).all(), field
    assert (base.state.health_teams.awareness == changed.state.health_teams.awareness).all()
    assert (base.state.neighbourhoods.norm == changed.state.neighbourhoods.norm).all()
    assert decided(base) == decided(changed)


def test_without_a_pathway_nothing_that_moves_slowly_changes_a_history():
    """But for supporters who are present in the community, whose task it is to change how feeding is seen there."""
    of_pathways = ("review", "adaptation", "evenings")
    here = [name for name in MECHANISMS if name not in of_pathways]
    absent = {"weekdays": ["friday"], "minutes": 1, "by": "paid"}
    none, slow = run(small(400, pathways={})), run(small(400, here, pathways={}, team__duties__presence=absent))
    assert len(decided(slow)) >= 3
    for field in FEEDING_FIELDS:
        assert (none.state.mothers[field] == slow.state.mothers[field]).all(), field


@pytest.mark.parametrize("off", MECHANISMS)
def test_each_mechanism_can_be_off_while_all_others_work(off):
    everything = run(small(300, MECHANISMS))
    others = run(small(300, [name for name in MECHANISMS if name != off]))
    assert (others.state.mothers.id == everything.state.mothers.id).all()
    assert state(others) != state(everything)
    assert len(contacts(others)) > 300


# 3. Monotone luck

FIXED = tuple(name for name in MECHANISMS if name not in ("community", "adaptation"))
"""Mechanisms that act alike whatever comes of support: not reviews that react to it."""


@ENGINE
@given(services(FIXED, team__unlimited=True), st.sampled_from([0.05, 0.35]))
def test_stronger_support_never_makes_a_mother_stop_earlier(scenario, resolved_hazard):
    scenario = scenario.with_("support.starting_channels", ["class"])  # the one in pregnancy here
    scenario = scenario.with_("support.resolved_hazard", resolved_hazard)  # so low that a resolved problem is no burden
    population = draw_population(scenario, Simulation(scenario, scenario.run.seed).place, scenario.run.seed)
    before = None
    for strength in (0.0, 0.3, 0.7, 1.0, 1.6):
        mothers = run(scenario.with_("support.strength", strength), population=population).state.mothers
        stop_age = np.where(mothers.stop_age < 0, NEVER, mothers.stop_age)
        stop_age[mothers.feeding == Feeding.NOT_STARTED] = -1
        if before is not None:
            assert (stop_age >= before).all()
        before = stop_age


def test_support_lengthens_feeding_for_somebody():
    scenario = small(400, team__unlimited=True)
    weak, strong = (run(scenario.with_("support.strength", strength)) for strength in (0.0, 1.0))
    assert (weak.state.mothers.feeding == Feeding.STOPPED).sum() > (
        strong.state.mothers.feeding == Feeding.STOPPED
    ).sum()


# 4. Minutes and requests are conserved


@ENGINE
@given(services(team__unlimited=False))
def test_no_supporter_works_more_minutes_than_she_has(scenario):
    simulation = Simulation(scenario, scenario.run.seed)
    state = simulation.state
    before = state.supporters.copy()
    while simulation.day < simulation.last_day:
        today = simulation.day
        simulation.step()
        supporters = simulation.state.supporters
        share = simulation.state.management[0].hours_share
        by_band = [60.0 * share * each[:, today % 7] for each in (supporters.hours, supporters.evening_hours)]
        available = np.stack(by_band, axis=1)
        queue = supporters.queue - before.queue
        duty = supporters.duty - before.duty
        worked = supporters.worked - before.worked
        spent = available - supporters.left
        assert ((spent >= -1e-9) & (supporters.left >= -1e-9)).all()
        assert queue + duty == pytest.approx(spent.sum(axis=1))
        assert (worked <= queue + duty + 1e-6).all()
        today_met = contacts(simulation)
        today_met = today_met[today_met.day == today]
        with_mothers = np.zeros_like(spent)
        np.add.at(with_mothers, (today_met.supporter, today_met.band), today_met.minutes)
        assert (with_mothers <= spent + 1e-3).all()
        day = simulation.state.days[today]
        assert day.minutes_queue == pytest.approx(queue.sum())
        assert day.minutes_duty == pytest.approx(duty.sum())
        assert day.minutes_available == pytest.approx(available.sum())
        before = supporters.copy()
    rows = contacts(simulation)
    assert simulation.state.mothers.minutes.sum() == pytest.approx(supporters.worked.sum())
    assert rows.minutes.sum(dtype=float) == pytest.approx(supporters.worked.sum(), rel=1e-5)


@ENGINE
@given(services())
def test_every_request_ends_in_exactly_one_way_or_still_waits(scenario):
    simulation = run(scenario)
    days, counts = simulation.state.days, simulation.state.counts[0]
    waiting = np.cumsum(days.requests) - np.cumsum(days.ended.sum(axis=1))
    assert (days.waiting == waiting).all()
    assert counts.requests == waiting[-1] == simulation.state.mothers.open_requests.sum()
    rows = contacts(simulation)
    by_outcome = np.bincount(rows.outcome, minlength=len(Outcome))
    attempted = [Outcome.SUPPORTED, Outcome.DECLINED, Outcome.ALREADY_STOPPED, Outcome.NO_ANSWER]
    for outcome in attempted:
        assert days.ended.sum(axis=0)[outcome] == by_outcome[outcome]
    assert by_outcome.sum() == simulation.state.mothers.attempts.sum()
    assert simulation.state.mothers.contacts.sum() == (rows.outcome != Outcome.NO_ANSWER).sum()
    assert days.births.sum() == len(simulation.state.mothers)


@ENGINE
@given(services())
def test_the_gates_of_every_pathway_add_up_to_births_and_every_loss_has_a_reason(scenario):
    simulation = run(scenario)
    state = simulation.state
    rows = contacts(simulation)
    offered = {offer.pathway for pathway in scenario.active_pathways().values() for offer in pathway.offers}
    for p, name in enumerate(scenario.active_pathways()):
        progress = state.progress[:, p]
        assert np.bincount(progress.gate, minlength=len(Gate)).sum() == len(state.mothers)
        attempted = np.isin(state.mothers.id, rows.mother[rows.pathway == p])
        supported = np.isin(state.mothers.id, rows.mother[(rows.pathway == p) & (rows.outcome == Outcome.SUPPORTED)])
        counted = progress.eligible == 1  # who had stopped when it opened is not counted at its gates
        assert (progress.gate[attempted & counted] >= Gate.ATTEMPTED).all(), name
        assert (progress.gate[~counted] == Gate.BORN).all(), name
        assert ((progress.gate >= Gate.SUPPORTED) == supported).all(), name
        if name not in offered:  # an offer is made in person, and so passes the first gates
            assert ((progress.gate >= Gate.ATTEMPTED) <= attempted).all(), name
        lost_on_the_way = (progress.gate > Gate.BORN) & (progress.gate < Gate.SUPPORTED)
        assert (progress.reason[lost_on_the_way] != Reason.NONE).all(), name


# 5. Nothing is impossible


@ENGINE
@given(services())
def test_no_number_is_negative_and_exclusive_is_never_more_than_any(scenario):
    simulation = Simulation(scenario, scenario.run.seed)
    while simulation.day < simulation.last_day:
        simulation.run() if simulation.day > 120 else simulation.step()
        mothers = simulation.state.mothers
        for field in ("minutes", "contacts", "attempts", "open_requests", "data_items", "problems_resolved"):
            assert (mothers[field] >= 0).all(), field
        assert (mothers.problems_resolved <= mothers.problems).all()
        assert (mothers.problems <= mothers.difficulty_number).all()
        stopped = mothers.stop_age >= 0
        assert (stopped == (mothers.feeding == Feeding.STOPPED)).all()
        assert (mothers.mixed_age[stopped] <= mothers.stop_age[stopped]).all()
        assert ((mothers.mixed_age >= 0) >= (mothers.feeding == Feeding.MIXED)).all()
        assert ((mothers.encouragement >= 0) & (mothers.encouragement <= scenario.support.strength)).all()
        for table, field in (("supporters", "knowledge"), ("health_teams", "awareness"), ("neighbourhoods", "norm")):
            share = getattr(simulation.state, table)[field]
            assert ((share >= 0) & (share <= 1)).all(), field
    assert (simulation.state.contacts.minutes >= 0).all()
    assert (simulation.state.days.waiting >= 0).all()


@ENGINE
@given(services())
def test_a_mother_who_stopped_gets_no_attempt_once_the_service_knows(scenario):
    simulation = run(scenario)
    state = simulation.state
    rows = contacts(simulation)
    row_of = {id: row for row, id in enumerate(state.mothers.id.tolist())}  # noqa: A001
    told = rows[rows.outcome == Outcome.ALREADY_STOPPED]
    pathways = list(scenario.active_pathways().values())
    for contact in told:
        mother = state.mothers[row_of[int(contact.mother)]]
        assert mother.feeding in (Feeding.STOPPED, Feeding.NOT_STARTED)
        assert mother.feeding == Feeding.NOT_STARTED or mother.stop_age <= contact.baby_age
        if Item.FEEDING in pathways[contact.pathway].learns:
            later = rows[(rows.mother == contact.mother) & (rows.day > contact.day)]
            by_queue = [row for row in later if pathways[row.pathway].session is None]
            assert by_queue == []


def test_work_that_waits_is_taken_back_when_the_service_learns_that_she_stopped():
    waiting = {"expires_after": 60}
    pathways = {name: {**pathway, "attempts": waiting} for name, pathway in PATHWAYS.items()}
    hours = {"paid": {"count": 1, "hours": {"monday": 3.0, "thursday": 3.0}}}
    team = {"supporters": hours, "duties": {}}
    pathways = {
        name: {**pathway, "session": None, "staffed": 1.0}
        for name, pathway in pathways.items()
        if pathway["opens"]["on"] not in ("ward_stay", "neonatal_stay")
    }
    simulation = run(small(400, pathways=pathways, team=team, data_sharing__preset="full"))
    ended = simulation.state.days.ended.sum(axis=0)
    rows = contacts(simulation)
    assert ended[Outcome.WITHDRAWN] > 0
    assert (
        len(set(rows.mother[rows.outcome == Outcome.ALREADY_STOPPED]))
        == (rows.outcome == Outcome.ALREADY_STOPPED).sum()
    )


@ENGINE
@given(services())
def test_a_mother_does_not_come_for_support_after_she_stopped(scenario):
    simulation = run(scenario)
    rows, mothers = contacts(simulation), simulation.state.mothers
    row_of = {id: row for row, id in enumerate(mothers.id.tolist())}  # noqa: A001
    for contact in rows[(rows.outcome == Outcome.SUPPORTED) & (rows.baby_age >= 0)]:
        mother = mothers[row_of[int(contact.mother)]]
        assert mother.feeding != Feeding.NOT_STARTED
        assert mother.stop_age < 0 or contact.baby_age <= mother.stop_age


@ENGINE
@given(services())
def test_a_mother_has_one_plan_and_it_is_a_pathway_that_goes_on(scenario):
    simulation = Simulation(scenario, scenario.run.seed)
    plans = [row for row, each in enumerate(scenario.active_pathways().values()) if each.is_plan]
    going_on = [Stage.CONTINUING, Stage.WAITING, Stage.HELD]
    while simulation.day < simulation.last_day:
        run_until(simulation, min(simulation.day + 5, simulation.last_day))
        mothers, progress = simulation.state.mothers, simulation.state.progress
        open_plans = np.isin(progress["state"][:, plans], going_on).sum(axis=1)
        assert (open_plans[mothers.plan < 0] == 0).all()
        assert np.isin(progress["state"][np.arange(len(mothers)), mothers.plan][mothers.plan >= 0], going_on).all()
        assert (open_plans <= 1).all()


# 6. Order does not matter


@ENGINE
@given(services(), st.randoms(use_true_random=False))
def test_the_order_of_mothers_in_memory_changes_nothing(scenario, shuffler):
    place = Simulation(scenario, scenario.run.seed).place
    mothers, neighbourhoods = draw_population(scenario, place, scenario.run.seed)
    order = list(range(len(mothers)))
    shuffler.shuffle(order)
    plain = run(scenario, population=(mothers, neighbourhoods))
    other = run(scenario, population=(mothers[order].view(np.recarray), neighbourhoods))
    by_id = [np.argsort(simulation.state.mothers.id) for simulation in (plain, other)]
    for name in mothers.dtype.names:
        assert (plain.state.mothers[name][by_id[0]] == other.state.mothers[name][by_id[1]]).all(), name
    for table in ("known_data", "progress", "feed_states"):
        ours, theirs = getattr(plain.state, table)[by_id[0]], getattr(other.state, table)[by_id[1]]
        assert all((ours[name] == theirs[name]).all() for name in ours.dtype.names), table
    assert _sorted(contacts(plain)) == _sorted(contacts(other))
    for table in ("supporters", "health_teams", "neighbourhoods"):
        assert state(plain)[table] == state(other)[table], table
    assert decided(plain) == decided(other)


def _sorted(rows):
    fields = [name for name in rows.dtype.names if name != "row"]
    return sorted(row.tolist() for row in np.asarray(rows)[fields])
