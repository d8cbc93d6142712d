"""What the service is told: names and numbers of every mother who goes home breastfeeding, but not where she lives."""

from typing import Any

import numpy as np
import pytest
from harness import EVEN, HALF_HOURS, Run, gap, interval, over_seeds, ratio, variant

from bpssim.scenario.words import Gate, Item

FLAG = {"data_sharing.preset": "quintile_flag"}
NO_LIST = {"data_sharing.preset": "none"}
ETHOS_0 = {"team.supporters.paid.ethos": 0, "team.supporters.volunteer.ethos": 0}
WARD = ("ward_visit", "ward_request", "neonatal_visit")

SITE_1 = variant("site1", EVEN)


def _days_to_first_call(run: Run) -> Any:
    """Days from joining the list to the first attempt to call; many for mothers who were not called."""
    calls = run.attempts_in("call_48h")[::-1]  # the earliest last, so that it stands
    first = np.full(len(run.mothers), 999)
    first[calls.mother] = calls.baby_age
    return first - run.of("call_48h").entry_age


def _lead_of_quintile_1(shares: Any) -> Any:
    return shares[..., 0] - shares[..., 1:].mean(axis=-1)


def _called_at_once(run: Run) -> Any:
    return _lead_of_quintile_1(run.by_quintile(_days_to_first_call(run) <= 1, run.passed("call_48h", Gate.CHOSEN)))


def _reached_by_day_3(run: Run) -> Any:
    answering = run.passed("call_48h", Gate.CONNECTED)
    return _lead_of_quintile_1(run.by_quintile(run.reached_by(3), answering))


# Time is short and supporters would put the target first, so that the order of calls matters.
SHORT = variant(SITE_1, HALF_HOURS, ETHOS_0, {"objectives.target_weight": 20})


def test_M02_without_a_postcode_quintile_1_is_called_no_sooner() -> None:
    """The hospital withheld the postcode, so supporters could not put deprived mothers first. Quintile 1 gets its first
    call no sooner and no later than others (within half the lead that a flag gives), and sooner with a flag."""
    blind, sighted = over_seeds(_called_at_once, SHORT), over_seeds(_called_at_once, variant(SHORT, FLAG))
    lead = interval(sighted - blind)
    assert lead.above()
    assert interval(blind).within(-lead.mean / 2, lead.mean / 2)


def test_M02_without_a_postcode_reach_by_day_3_is_no_better_in_quintile_1() -> None:
    """For want of the postcode quintile 1 is reached early no better than by chance: of mothers who answer, as many
    have been reached by day 3 as elsewhere, or fewer."""
    assert not interval(over_seeds(_reached_by_day_3, SHORT)).above()


def _reach_off_the_ward(run: Run) -> Any:
    return run.by_quintile(run.reached_by(7), run.started() & ~run.supported_in(*WARD))


def test_M03_without_the_list_reach_falls_back_on_ward_and_referral() -> None:
    """Site 1 was given the name and number of every mother discharged breastfeeding. Without that list reach by day 7
    falls in every quintile, and away from the ward by more than half."""
    reach = over_seeds(lambda with_, without: without.by_quintile(without.reached_by(7)) - with_.by_quintile(
        with_.reached_by(7)), SITE_1, variant(SITE_1, NO_LIST))  # fmt: skip
    kept = over_seeds(lambda with_, without: _reach_off_the_ward(without) / _reach_off_the_ward(with_),
                      SITE_1, variant(SITE_1, NO_LIST))  # fmt: skip
    assert interval(reach).below()
    assert interval(kept).below(0.5)


@pytest.mark.xfail(
    strict=True,
    reason="what is left without the list is ward visits and embedded referral, assumed alike in all quintiles (P2, "
    "P16), while the calls that the list allows are not (P3); ward visits as uneven as asking (P1) would steepen it",
)
def test_M03_without_the_list_the_gradient_of_reach_steepens() -> None:
    """Without the list Site 1 depends on who asks and who is referred; among mothers who start, reach by day 7 in
    quintile 1 falls further behind that in quintile 5."""
    steeper = over_seeds(
        lambda with_, without: (
            ratio(without.by_quintile(without.reached_by(7), without.started()))
            - ratio(with_.by_quintile(with_.reached_by(7), with_.started()))
        ),
        SITE_1,
        variant(SITE_1, NO_LIST),
    )
    assert interval(steeper).below()


def _coverage(run: Run) -> tuple[float, float, float]:
    """Share of quintile 1 breastfeeding at home that is met: true, and believed; and quintile 1 among mothers met."""
    known = run.views[:, Item.QUINTILE] == 1
    met = run.mothers.contacts > 0
    eligible = run.started() & (run.mothers.quintile == 1)
    return met[eligible].mean(), met[known].mean(), known[met].mean()


def test_M04_without_a_postcode_the_service_cannot_see_whom_it_misses() -> None:
    """Supporters did not know how many mothers of the target group there were, so they could not see who was missing.
    The share of mothers met who are known to live in quintile 1 differs from the true coverage of quintile 1, and
    the coverage of those known to be in quintile 1 misses the truth by more than it does with a flag."""
    true, believed, share = over_seeds(_coverage, variant("site1")).T
    true_with_flag, believed_with_flag, _ = over_seeds(_coverage, variant("site1", FLAG)).T
    bias = interval(share - true)
    print(f"quintile 1 among mothers met, less its coverage: {bias.mean:.3f} ({bias.low:.3f} to {bias.high:.3f})")
    assert bias.above() or bias.below()
    assert interval(np.abs(believed - true) - np.abs(believed_with_flag - true_with_flag)).above()


def _gap_in_answers(run: Run) -> Any:
    return gap(run.by_quintile(run.passed("call_48h", Gate.CONNECTED), run.passed("call_48h", Gate.CHOSEN)))


def _attempts(run: Run) -> float:
    return len(run.attempts_in("call_48h")) / len(run.mothers)


def test_M05_a_flag_lets_attempts_go_where_answers_are_rare() -> None:
    """Without the postcode supporters could not try harder for deprived mothers. With the same hours and no more
    attempts in all, extra attempts for mothers flagged as quintile 1 close more of the gap in answering between
    quintiles 5 and 1 than one extra attempt for everyone."""
    service = variant(SITE_1, FLAG, ETHOS_0)
    targeted = variant(service, {"pathways.call_48h.attempts.extra_for_target": 5})
    equal = variant(service, {"pathways.call_48h.attempts.most": 4})
    assert interval(over_seeds(lambda a, b: _attempts(a) / _attempts(b), targeted, equal)).below(1.02)
    assert interval(over_seeds(lambda a, b: _gap_in_answers(b) - _gap_in_answers(a), targeted, equal)).above()
