"""How supporters share out their time: hours, ethos, and whom they respond to."""

from typing import Any

import numpy as np
from harness import EVEN, FREE, HALF_HOURS, MANY, MANY_WITH_TEAM, TWO_DAYS, Run, gap, interval, over_seeds, variant

from bpssim.scenario.words import Gate

SITE_1 = variant("site1", EVEN)
FLAG = {"data_sharing.preset": "quintile_flag"}
ETHOS_0 = {"team.supporters.paid.ethos": 0, "team.supporters.volunteer.ethos": 0}
ETHOS_1 = {"team.supporters.paid.ethos": 1, "team.supporters.volunteer.ethos": 1}
MORE_FOR_TARGET = {
    "objectives.target_weight": 5,
    "pathways.call_48h.attempts.extra_for_target": 2,
    "pathways.call_48h.offers": [{"pathway": "home_visit", "to": "target"}, {"pathway": "follow_up"}],
}
THE_SAME_FOR_ALL = {"objectives.target_weight": 1}


def test_M08_half_the_hours_give_mothers_fewer_contacts() -> None:
    """Funding sets how intensive and how universal a service can be. With half the paid hours at Site 1, contacts
    for each birth and home visits fall."""
    fall = over_seeds(
        lambda full, half: (
            half.mothers.contacts.mean() - full.mothers.contacts.mean(),
            half.supported_in("home_visit").mean() - full.supported_in("home_visit").mean(),
        ),
        SITE_1,
        variant(SITE_1, HALF_HOURS),
    )
    assert interval(fall).below()


def _proportionality(run: Run) -> float:
    """Minutes for each mother with a problem in quintile 1, relative to all (I8)."""
    deprived = run.mothers.quintile == 1
    need = run.mothers.problems > 0
    return (run.mothers.minutes[deprived].sum() / need[deprived].sum()) / (run.mothers.minutes.sum() / need.sum())


def test_M09_supporters_who_treat_all_alike_undo_a_target() -> None:
    """Supporters disliked to categorise women and gave all the same approach. With quintiles known, a target that is
    meant to get first calls, extra attempts and home visits changes nothing for any mother if ethos is 1, time is
    then not even in proportion to need; if ethos is 0 it moves minutes to quintile 1."""
    alike = variant(SITE_1, HALF_HOURS, FLAG, ETHOS_1)
    targeted = variant(alike, MORE_FOR_TARGET)
    changed = over_seeds(
        lambda a, b: np.count_nonzero(a.mothers.minutes != b.mothers.minutes),
        variant(alike, THE_SAME_FOR_ALL),
        targeted,
    )
    assert not changed.any()
    assert interval(over_seeds(_proportionality, targeted)).below(1.0)
    tilt = over_seeds(lambda a, b: _proportionality(b) - _proportionality(a), targeted, variant(targeted, ETHOS_0))
    assert interval(tilt).above()


def _flat(shares: Any) -> Any:
    """The same for every quintile."""
    if isinstance(shares, dict):
        return {name: _flat(inner) for name, inner in shares.items()}
    return [sum(shares) / len(shares)] * len(shares)


def _gap_in_attempts(run: Run) -> Any:
    return gap(run.by_quintile(run.passed("call_48h", Gate.ATTEMPTED), run.passed("call_48h", Gate.CHOSEN)))


def _gap_in_receipt(run: Run) -> Any:
    return gap(run.by_quintile(run.supported_in("call_48h"), run.passed("call_48h", Gate.CHOSEN)))


def test_M10_equal_offers_give_unequal_receipt_because_of_barriers() -> None:
    """Supporters held that everyone has the same chance of support. With the hours there are, mothers on the list are
    called alike in all quintiles (to a tenth of the gap in receipt), yet quintile 5 receives more; with gates and
    attributes equal in all quintiles no more than a third of that gap can be left."""
    service = variant("site1", EVEN, FREE, MANY)
    equal_gates = {"access.gradient": 0}
    equal_mothers = {"population.attributes": _flat(service.population.attributes.model_dump(mode="json"))}
    unequal = interval(over_seeds(_gap_in_receipt, service))
    equal = interval(over_seeds(_gap_in_receipt, variant(service, equal_gates, equal_mothers)))
    assert unequal.above()
    assert interval(over_seeds(_gap_in_attempts, SITE_1)).within(-unequal.mean / 10, unequal.mean / 10)
    assert equal.within(-unequal.mean / 3, unequal.mean / 3)


def _share_of_better_off(run: Run) -> float:
    better_off = run.mothers.quintile >= 4
    return run.mothers.minutes[better_off].sum() / run.mothers.minutes.sum()


def test_M61_responding_to_those_who_respond_shifts_time_to_the_better_off() -> None:
    """Supporters respond more to women who seek them, who are better off. Where time is short, priority for mothers
    who have answered before raises the share of minutes that goes to quintiles 4 and 5, with no such intent."""
    short = variant(SITE_1, TWO_DAYS, MANY_WITH_TEAM)
    shift = over_seeds(
        lambda a, b: _share_of_better_off(b) - _share_of_better_off(a),
        short,
        variant(short, {"team.responder_weight": 2}),
    )
    assert interval(shift).above()
