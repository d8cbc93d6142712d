"""What stands between a mother and support: family, confidence, load, social distance, and how barriers add up."""

from itertools import pairwise
from typing import Any

import numpy as np
from harness import EVEN, FREE, MANY, Run, gap, interval, over_seeds, ratio, variant, without_service

from bpssim.scenario.words import Gate, Trait

SITE_1 = variant("site1", EVEN, FREE)
ONLY_QUINTILE_1 = {"population.quintile_mix": [1, 0, 0, 0, 0]}


def test_M13_an_unsupportive_family_shapes_outcomes_and_not_reach() -> None:
    """Families of target women may be unsupportive of breastfeeding. If that were as common in every quintile, the gap
    at six weeks would narrow, while reach by day 7 among mothers who start stays within one percentage point."""
    mean = np.mean(SITE_1.population.attributes.unsupportive_family)
    even_families = variant(SITE_1, {"population.attributes.unsupportive_family": [float(mean)] * 5})
    narrowing = over_seeds(
        lambda a, b: gap(a.by_quintile(a.feeds_at(42))) - gap(b.by_quintile(b.feeds_at(42))), SITE_1, even_families
    )
    reach = over_seeds(
        lambda a, b: b.by_quintile(b.reached_by(7), b.started()) - a.by_quintile(a.reached_by(7), a.started()),
        SITE_1,
        even_families,
    )
    assert interval(narrowing).above()
    assert interval(reach).within(-0.01, 0.01)


PROACTIVE = ("ward_visit", "neonatal_visit", "call_48h")
SELF_INITIATED = ("ward_request", "groups", "online_forum", "self_referral")


def _gradient(run: Run, *pathways: str) -> Any:
    return ratio(run.by_quintile(run.supported_in(*pathways), run.started()))


def _use_by_confidence(run: Run, *pathways: str) -> float:
    """Support of the less confident half of quintile 1 relative to the more confident half."""
    mothers = run.started() & (run.mothers.quintile == 1)
    unsure = run.mothers.confidence <= np.median(run.mothers.confidence[mothers])
    supported = run.supported_in(*pathways)
    return supported[mothers & unsure].mean() / supported[mothers & ~unsure].mean()


def test_M14_M41_gradients_are_steeper_where_mothers_must_make_the_first_move() -> None:
    """Lower confidence keeps women from seeking services, while proactive contact was welcome to all. Quintile 1 is
    further behind quintile 5 in pathways that mothers initiate than in proactive ones, and within quintile 1 low
    confidence costs more support in the former."""
    for measure in (_gradient, _use_by_confidence):
        difference = over_seeds(lambda run, m=measure: m(run, *SELF_INITIATED) - m(run, *PROACTIVE), SITE_1)
        assert interval(difference).below()


TEXTS = {
    "pathways.text_2_3_weeks": {
        "active": True,
        "opens": {"from_age": 2, "to_age": 6},
        "steps": [{"day": day, "channel": "text", "minutes": {"contact": 4}} for day in (0, 4, 8, 12, 19, 26)],
    }
}
CALLS_AND_VISITS = {"pathways.call_48h.active": True, "pathways.home_visit.active": True}


def _days_gained(service: Run, none: Run) -> Any:
    """Mean days of breastfeeding to six months that a service adds for mothers who start, by quintile."""
    end = 182
    days = [np.where(run.mothers.stop_age < 0, end, np.minimum(run.mothers.stop_age, end)) for run in (service, none)]
    return none.by_quintile(days[0] - days[1], none.started())


def test_M15_texts_lose_more_of_their_effect_in_quintile_1_than_calls_and_visits() -> None:
    """Language, literacy and thin support weigh on deprived mothers. The breastfeeding that a service of texts adds in
    quintile 1, relative to quintile 5, is less than that of a service of calls and visits."""
    none = without_service(variant(SITE_1, MANY))
    texts, calls = variant(none, TEXTS), variant(none, CALLS_AND_VISITS)

    def cross(with_texts: Run, with_calls: Run, without: Run) -> float:
        by_text, by_call = _days_gained(with_texts, without), _days_gained(with_calls, without)
        return by_text[0] * by_call[4] - by_call[0] * by_text[4]  # the two ratios, compared without dividing

    assert interval(over_seeds(cross, texts, calls, none)).below()


def test_M15_low_literacy_keeps_mothers_from_using_texts() -> None:
    """Literacy lowers what texts can do. If texts could be used without reading well, more mothers of low literacy
    would act on them, and nobody else would."""
    texts = variant(without_service(SITE_1), MANY, TEXTS)
    readable = variant(texts, {"pathways.text_2_3_weeks.removes": ["low_literacy"]})

    def gains(before: Run, after: Run) -> tuple[float, int]:
        low = before.has(Trait.LOW_LITERACY)
        gain = after.supported().astype(int) - before.supported()
        return gain[low].mean(), np.count_nonzero(gain[~low])

    among_low, among_others = over_seeds(gains, texts, readable).T
    assert interval(among_low).above()
    assert not among_others.any()


def _visits_accepted(run: Run) -> Any:
    return run.by_quintile(run.passed("home_visit", Gate.ACCEPTED), run.passed("home_visit", Gate.CONNECTED))


def test_M16_supporters_from_the_same_community_are_accepted_more_in_quintile_1() -> None:
    """Supporters were more educated than target women. If they come from the same community, more home visits are
    accepted in quintile 1 when offered, and the gain is larger there than in quintile 5."""
    local = {f"team.supporters.{kind}.social_distance": 0 for kind in SITE_1.team.supporters}
    gain = over_seeds(lambda a, b: _visits_accepted(b) - _visits_accepted(a), SITE_1, variant(SITE_1, local))
    assert interval(gain[:, 0]).above()
    assert interval(gap(gain)).below()


def _share_of_better_off(run: Run) -> Any:
    """Share of places that mothers with a degree, and the third of most advantage, take relative to their number."""
    supported, advantage = run.supported(), run.mothers.advantage
    groups = (run.has(Trait.DEGREE), advantage > np.quantile(advantage, 2 / 3))
    return [supported[group].mean() / supported.mean() for group in groups]


def test_M65_the_better_off_of_a_target_area_take_most_of_its_places() -> None:
    """Better-off women live in target areas too. Of mothers in quintile 1 whom the Site 2 service supports, those with
    a degree and those of more advantage are more than their share, the more so the less an area says of them."""
    target_area = variant("site2", FREE, ONLY_QUINTILE_1)
    loose, tight = (variant(target_area, {"population.quintile_correlation": r}) for r in (0.25, 0.65))
    assert interval(over_seeds(_share_of_better_off, target_area)).above(1.0)
    difference = over_seeds(lambda a, b: np.subtract(_share_of_better_off(a), _share_of_better_off(b)), loose, tight)
    assert interval(difference).above()


def _steps(run: Run, *stages: Any) -> Any:
    """Quintile 1 relative to 5 in passing each stage, among those who passed all before, and last in passing all."""
    passed = np.logical_and.accumulate([np.ones(len(run.mothers), bool), *stages])
    steps = [run.by_quintile(after, before) for before, after in pairwise(passed)]
    return np.array([ratio(shares) for shares in (*steps, run.by_quintile(passed[-1]))])


def _site_1(run: Run) -> Any:
    listed, answered, supported = (
        run.passed("call_48h", gate) for gate in (Gate.CHOSEN, Gate.CONNECTED, Gate.ACCEPTED)
    )
    accepted = run.passed("follow_up", Gate.ACCEPTED)
    return _steps(run, run.started(), listed, answered, supported, accepted, run.supported_in("follow_up"))


def _site_2(run: Run) -> Any:
    staffed, signed_up = (run.passed("antenatal_class", gate) for gate in (Gate.CHOSEN, Gate.ACCEPTED))
    return _steps(run, staffed, signed_up, run.started(), run.supported_in("sign_up_programme"))


def test_M66_barriers_at_several_steps_add_up_at_site_1() -> None:
    """Social disadvantage acts at several points in time. From birth to follow-up at Site 1 (starting, list, answering,
    accepting, agreeing to and getting follow-up) receipt is steeper than any single step."""
    steps = over_seeds(_site_1, SITE_1)
    assert interval(steps[:, -1:] - steps[:, :-1]).below()


def test_M66_barriers_at_several_steps_add_up_at_site_2() -> None:
    """Social disadvantage acts at several points in time. From class to programme at Site 2 (a class with a supporter,
    signing up, starting, getting texts) receipt is steeper than any single step."""
    steps = over_seeds(_site_2, variant("site2", EVEN, FREE))
    assert interval(steps[:, -1:] - steps[:, :-1]).below()
