"""Patterns of community, learning and review, M39 and M49 to M71: what spreads, what is learned, what is decided."""

from typing import Any

import numpy as np

from bpssim.scenario.words import Gate, Trait
from bpssim.studies.patterns.designs import INFORMED, KNOWLEDGE, choices, days_gained, fitting
from bpssim.studies.patterns.expected import above, below, exactly, within
from bpssim.studies.patterns.pattern import PERCENT, POINTS, RATIO, Check, Pattern, Unit
from bpssim.studies.patterns.policy_and_data import proportionality
from bpssim.studies.patterns.run import Run, gap
from bpssim.studies.patterns.targets import LARGE_SITE_1, QUINTILE_1
from bpssim.studies.patterns.variants import FLAG, FREE, FREE_SITE_1, HALF_HOURS, MANY, SITE_1, Variant
from bpssim.studies.patterns.whole import SITE_2

TWO_YEARS = {"run.window_days": 730}
THREE_YEARS = {"run.window_days": 1095}

M39 = Pattern(
    "M39",
    "Records that are analysed by quintile change which design is chosen",
    "A service that does not see how early mothers of its target group stop plans for those who go on.",
    "bpssim/model/review.py",
    (
        Check(
            "more choices that suit the target group at Site 2, if records are analysed",
            POINTS,
            above(0),
            lambda blind, shown: fitting(shown) - fitting(blind),
            (Variant(SITE_2, choices()), Variant(SITE_2, choices(monitoring=True))),
        ),
    ),
    follows_from="`review.monitoring_shows` (assumption)",
)


def _told(run: Run) -> float:
    """Aware by six weeks among mothers who had no contact."""
    return float(run.aware()[run.mothers.contacts == 0].mean())


ALONE, FEW, SOME = (Variant(SITE_1, {"community.ties": ties}) for ties in (0, 1, 3))
M49 = Pattern(
    "M49",
    "Supported mothers tell others, and news spreads less where ties are few",
    "What one mother has learned passes on to friends, three of them perhaps.",
    "bpssim/model/community.py",
    (
        Check(
            "more mothers without contact who know of the service, with three ties",
            POINTS,
            above(0),
            lambda alone, some: _told(some) - _told(alone),
            (ALONE, SOME),
        ),
        Check(
            "fewer of them with one tie than with three",
            POINTS,
            below(0),
            lambda few, some: _told(few) - _told(some),
            (FEW, SOME),
        ),
    ),
)


PRESENT = {
    "team.duties.presence": {"weekdays": ["friday"], "minutes": 180, "by": "volunteer", "task": "community"},
}
PRESENT_1_YEAR, PRESENT_3_YEARS = Variant(SITE_1, PRESENT), Variant(SITE_1, PRESENT, THREE_YEARS)


def _norm(run: Run) -> float:
    return float(run.neighbourhoods.norm[run.neighbourhoods.quintile == 1].mean())


M50 = Pattern(
    "M50",
    "Presence in community groups changes feeding too slowly to be seen within a year",
    "Friendship and example work drip by drip.",
    "bpssim/model/community.py",
    (
        Check(
            "norm in quintile 1 after three years, relative to after one",
            RATIO,
            above(1.5),
            lambda one, three: _norm(three) / _norm(one),
            (PRESENT_1_YEAR, PRESENT_3_YEARS),
        ),
        Check(
            "change in any breastfeeding at six months in quintile 1 by presence, in the first year",
            POINTS,
            within(-0.005, 0.005),
            lambda without, with_: (
                with_.by_quintile(with_.feeds_at(182))[0] - without.by_quintile(without.feeds_at(182))[0]
            ),
            (SITE_1, PRESENT_1_YEAR),
        ),
    ),
    follows_from="`community.presence` and `community.visibility`, which are assumed to be slow",
)
M51 = Pattern(
    "M51",
    "A contract of three years ends before norms have come far",
    "All see a change of culture as long-term.",
    "bpssim/model/community.py",
    (
        Check(
            "norm in quintile 1 after three years of presence, of its highest",
            PERCENT,
            below(0.5),
            _norm,
            (PRESENT_3_YEARS,),
        ),
    ),
    follows_from="`community.presence` and `community.visibility`, which are assumed to be slow",
)

TOOL = {"learning.context_tool": True}
M52 = Pattern(
    "M52",
    "Supervision passes on what is known of circumstances only with a tool that asks for it",
    "Supervision looks after quality, ethos and wellbeing; context is not on its agenda.",
    "bpssim/model/context.py",
    (
        Check(
            "more knowledge of paid supporters at Site 2 beside an informed co-ordinator, with the tool",
            KNOWLEDGE,
            above(0),
            lambda without, with_: with_.knowledge() - without.knowledge(),
            (INFORMED, Variant(INFORMED, TOOL)),
        ),
        Check(
            "fewer supporters who leave in a year with supervision than without",
            Unit("supporters"),
            below(0),
            lambda without, with_: float(with_.team.left_team.sum() - without.team.left_team.sum()),
            tuple(
                Variant(
                    SITE_1,
                    THREE_YEARS,
                    {"team.duties.supervision.every_weeks": weeks, "team.supporters.paid.turnover_per_year": 0.5},
                )
                for weeks in (104, 4)
            ),
        ),
    ),
)
M53 = Pattern(
    "M53",
    "What a supporter knows of circumstances goes with her when she leaves",
    "Development that is led by context happens inside the heads of supporters.",
    "bpssim/model/context.py",
    (
        Check(
            "change in knowledge of paid supporters after two years, if half of them leave in a year",
            KNOWLEDGE,
            below(0),
            lambda stay, leave: leave.knowledge() - stay.knowledge(),
            tuple(
                Variant(SITE_1, TWO_YEARS, {"team.supporters.paid.turnover_per_year": share}) for share in (0.0, 0.5)
            ),
        ),
    ),
)


RETARGET = {
    "objectives.target": QUINTILE_1,
    "objectives.target_weight": 1,
    "review": {
        "active": True,
        "monitoring": True,
        "manager_ethos": 0.0,
        "policies": {"retarget": {"when": {"reach_gap": 0.03}, "target_weight": 20, "targeted": True}},
    },
}
NO_FEEDBACK = Variant(
    SITE_1, HALF_HOURS, FLAG, TWO_YEARS, {f"team.supporters.{kind}.ethos": 0 for kind in ("paid", "volunteer")},
    {"objectives.target": QUINTILE_1, "objectives.target_weight": 1},
)  # fmt: skip
FEEDBACK = Variant(NO_FEEDBACK, RETARGET)


def _later_gap(run: Run) -> float:
    """Gap between quintiles 5 and 1 in reach by day 7 of mothers who start and are born in the second year."""
    return float(gap(run.by_quintile(run.reached_by(7), run.started() & (run.born_day() >= 365))))


def _acted(run: Run) -> float:
    return float(sum(event.what.startswith("gave the target group") for event in run.events))


M54 = Pattern(
    "M54",
    "Where data are for the commission only nothing changes; a service that acts on them narrows the gap",
    "Data make no difference on the ground unless somebody looks at them and acts.",
    "bpssim/model/review.py",
    (
        Check(
            "change in the gap in reach by day 7 between quintiles 5 and 1 in the second year, with feedback",
            POINTS,
            below(0),
            lambda without, with_: _later_gap(with_) - _later_gap(without),
            (NO_FEEDBACK, FEEDBACK),
        ),
        Check(
            "changes made by the same policy without monitoring",
            Unit("changes"),
            exactly(0),
            _acted,
            (Variant(FEEDBACK, {"review.monitoring": False}),),
        ),
    ),
)
M55 = Pattern(
    "M55",
    "Counts and the list look better than the reach of quintile 1 is",
    "Managers report how many, and not of how many.",
    "bpssim/model/recorded.py",
    (
        Check(
            "spoken with of all on the list, less true reach of quintile 1",
            POINTS,
            above(0),
            lambda run: (run.mothers.contacts > 0)[run.on_list()].mean() - run.by_quintile(run.reached_by(999))[0],
            (Variant("site1"),),
        ),
    ),
)
M56 = Pattern(
    "M56",
    "Analysing postcodes that are held already shows who is missing, at no cost in data",
    "Site 2 holds the postcodes of women who engage and does not analyse them.",
    "bpssim/model/recorded.py",
    (
        Check(
            "runs in which the skew is seen and acted on",
            PERCENT,
            above(0),
            _acted,
            (Variant(SITE_2, TWO_YEARS, RETARGET),),
        ),
        Check(
            "change in items of data disclosed for each birth, if records are analysed and nothing is done",
            Unit("items"),
            exactly(0),
            lambda off, on: float(on.mothers.data_items.mean() - off.mothers.data_items.mean()),
            tuple(Variant(SITE_2, {"review": {"active": True, "monitoring": on}}) for on in (False, True)),
        ),
    ),
)

LATE_TEXT = {"when": {"quarter": 1}, "opens": ["text_2_3_weeks"], "fitting": ["text_day_4"]}


def _late_text(**review: Any) -> dict[str, Any]:
    return {"review": {"active": True, "policies": {"text": LATE_TEXT}, **review}, "learning.active": False}


M57 = Pattern(
    "M57",
    "Evaluation by target group shortens the life of designs that miss it",
    "No site ever looked at who used its new designs.",
    "bpssim/model/review.py",
    (
        Check(
            "change in days of two years on which a late text runs, with evaluation, in a town of 12,000 births a year",
            Unit("days"),
            below(0),
            lambda without, with_: with_.days_running("text_2_3_weeks") - without.days_running("text_2_3_weeks"),
            tuple(Variant(LARGE_SITE_1, FLAG, TWO_YEARS, _late_text(evaluation=on)) for on in (False, True)),
        ),
    ),
)
M58 = Pattern(
    "M58",
    "What commissioners see says little of whether effort follows need",
    "They use counts and informal talk, and have no system to see change led by context.",
    out_of_scope="no commissioner decides in the model: contracts move in a month that the scenario names, whatever "
    "the counts, so a reward could not be related to anything",
)

RETENDERED = {"review": {"active": True, "retender": {"month": 6}}}
SETTLED, MOVED = Variant(SITE_1, TWO_YEARS), Variant(SITE_1, TWO_YEARS, RETENDERED)


def _reach_of_born(run: Run, first: int, last: int) -> float:
    born = (run.born_day() >= first) & (run.born_day() < last)
    return float(run.reached_by(7)[born].mean())


DIP = Check(
    "change in reach by day 7 of mothers born in the three months after a re-tender",
    POINTS,
    below(0),
    lambda settled, moved: _reach_of_born(moved, 183, 270) - _reach_of_born(settled, 183, 270),
    (SETTLED, MOVED),
)
M59 = Pattern(
    "M59",
    "After a re-tender reach dips, and recovers over months",
    "Knowledge, relationships and what professionals know of the service go with the old organisation.",
    "bpssim/model/calendar.py",
    (
        DIP,
        Check(
            "the change for mothers born a year after it, relative to that",
            PERCENT,
            within(-0.5, 0.5),
            lambda settled, moved: _reach_of_born(moved, 548, 730) - _reach_of_born(settled, 548, 730),
            (SETTLED, MOVED),
            relative_to=DIP,
        ),
    ),
)
M60 = Pattern(
    "M60",
    "Local organisations do not begin with more knowledge of local people than others",
    "That they do is assumed where services are decentralised; there is little evidence.",
    out_of_scope="every service begins with the same context knowledge unless a scenario says otherwise, and no other "
    "kind of organisation is modelled to compare it with",
)

WIDE = {"support.wider_help": 0.3, "support.wider_help_minutes": 30}
M62 = Pattern(
    "M62",
    "A wide scope reaches fewer visits and does more for each in quintile 1",
    "To focus on the mother may mean to tackle wider problems, which takes time.",
    "bpssim/model/wider_help.py",
    (
        Check(
            "change in mothers visited at home, with the hours there are",
            POINTS,
            below(0),
            lambda narrow, wide: wide.supported_in("home_visit").mean() - narrow.supported_in("home_visit").mean(),
            (Variant(SITE_1, HALF_HOURS, {"support.wider_help": 0.0}), Variant(SITE_1, HALF_HOURS, WIDE)),
        ),
        Check(
            "days of breastfeeding gained in quintile 1, with time for all",
            Unit("days"),
            above(0),
            lambda narrow, wide: days_gained(narrow, wide),
            (Variant(FREE_SITE_1, MANY, {"support.wider_help": 0.0}), Variant(FREE_SITE_1, MANY, WIDE)),
        ),
    ),
)
M63 = Pattern(
    "M63",
    "A tool that asks for circumstances leads to fewer designs that miss the target group, and to more time for it",
    "Prompts in supervision, feedback and design put macro, meso and micro on the agenda.",
    "bpssim/model/review.py",
    (
        Check(
            "more designs that suit the target group",
            POINTS,
            above(0),
            lambda without, with_: fitting(with_) - fitting(without),
            (Variant(SITE_1, choices()), Variant(SITE_1, choices(), TOOL)),
        ),
        Check(
            "change in minutes for each mother in need in quintile 1, relative to all, in three years",
            RATIO,
            above(0),
            lambda without, with_: proportionality(with_) - proportionality(without),
            (Variant(SITE_1, THREE_YEARS, _late_text()), Variant(SITE_1, THREE_YEARS, _late_text(), TOOL)),
            shortfall="the tool changes which text is sent, and texts take too few minutes to move the share of time "
            "that quintile 1 has; it does not move hours by itself",
        ),
    ),
    follows_from="`review.target_check` (assumption), as far as designs go",
)
LOCAL = {f"team.supporters.{kind}.social_distance": 0 for kind in ("paid", "volunteer")}
M64 = Pattern(
    "M64",
    "Supporters of the same community are met by chance, most by mothers whom services miss",
    "They live where the mothers live, and have ties there.",
    "bpssim/model/community.py",
    (
        Check(
            "more mothers without contact in quintile 1 who know of the service",
            POINTS,
            above(0),
            lambda distant, local: (
                local.aware()[_missed_in_quintile_1(distant, local)].mean()
                - distant.aware()[_missed_in_quintile_1(distant, local)].mean()
            ),
            (SITE_1, Variant(SITE_1, LOCAL)),
        ),
        Check(
            "more mothers who know of it, quintile 1 less quintile 5",
            POINTS,
            above(0),
            lambda distant, local: -gap(local.by_quintile(local.aware()) - distant.by_quintile(distant.aware())),
            (SITE_1, Variant(SITE_1, LOCAL)),
        ),
    ),
)


def _missed_in_quintile_1(*runs: Run) -> Any:
    return np.all([run.mothers.contacts == 0 for run in runs], axis=0) & (runs[0].mothers.quintile == 1)


FLUENT = {"population.attributes.limited_english": [0.0] * 5}
M67 = Pattern(
    "M67",
    "Reach of mothers with limited English is lowest, and results hold with and without them",
    "Women who speak no English were not interviewed, so what stands between them and support is known least.",
    "bpssim/model/access.py",
    (
        Check(
            "reach by day 7 of mothers who start, with limited English less the others",
            POINTS,
            below(0),
            lambda run: (
                run.reached_by(7)[run.started() & run.has(Trait.LIMITED_ENGLISH)].mean()
                - run.reached_by(7)[run.started() & ~run.has(Trait.LIMITED_ENGLISH)].mean()
            ),
            (Variant(FREE_SITE_1, MANY),),
        ),
        Check(
            "gap in reach by day 7 between quintiles 5 and 1 among all others, relative to the whole gap",
            PERCENT,
            within(0.75, 1.25),
            lambda run: (
                gap(run.by_quintile(run.reached_by(7), ~run.has(Trait.LIMITED_ENGLISH)))
                / gap(run.by_quintile(run.reached_by(7)))
            ),
            (Variant(FREE_SITE_1, MANY),),
        ),
    ),
)


def _education(run: Run) -> float:
    """Share with a degree among mothers whom the service supports, less that among others who start."""
    supported, degree = run.supported(), run.has(Trait.DEGREE)
    return float(degree[supported].mean() - degree[run.started() & ~supported].mean())


MANY_AT_SITE_1, MANY_AT_SITE_2 = Variant(SITE_1, FREE, MANY), Variant(SITE_2, FREE, MANY)
M68 = Pattern(
    "M68",
    "Mothers whom a service engages have more education than those it does not, the more so at Site 2",
    "Education goes with what makes a service easy to use.",
    "bpssim/model/population.py",
    (
        Check("degree, engaged less not engaged at Site 1", POINTS, above(0), _education, (MANY_AT_SITE_1,)),
        Check("degree, engaged less not engaged at Site 2", POINTS, above(0), _education, (MANY_AT_SITE_2,)),
        Check(
            "the difference at Site 2 less that at Site 1",
            POINTS,
            above(0),
            lambda site_1, site_2: _education(site_2) - _education(site_1),
            (MANY_AT_SITE_1, MANY_AT_SITE_2),
            shortfall="with the same mothers the two differences are nearly equal; in the paper the mothers of the two "
            "sites differed, and there were nine or ten of each",
        ),
    ),
)


def _accepts(run: Run, aware: bool) -> float:
    met = run.passed("call_48h", Gate.CONNECTED) & (run.mothers.quintile == 1)
    knew = run.mothers.aware_age < run.mothers.first_contact_age
    among = met & (knew == aware)
    return float(run.passed("call_48h", Gate.ACCEPTED)[among].mean())


M70 = Pattern(
    "M70",
    "Mothers who have never heard of the service accept it as readily as others once they are asked",
    "To be aware comes before any preference.",
    "bpssim/model/access.py",
    (
        Check(
            "accept when called in quintile 1, unaware before less aware",
            POINTS,
            within(-0.05, 0.05),
            lambda run: _accepts(run, aware=False) - _accepts(run, aware=True),
            (Variant(FREE_SITE_1, MANY),),
        ),
        Check(
            "seek help themselves, unaware and told of the service less unaware",
            POINTS,
            above(0),
            lambda some, all_: all_.supported_in("self_referral").mean() - some.supported_in("self_referral").mean(),
            (FREE_SITE_1, Variant(FREE_SITE_1, {"access.aware": {"by_quintile": 1.0}})),
        ),
    ),
    follows_from="acceptance that does not depend on awareness (assumption)",
)
M71 = Pattern(
    "M71",
    "What services learn may press for change of policy in the long run",
    "Organisations can speak for the women whom they come to know.",
    out_of_scope="advocacy works on data rules and budgets over longer than a contract and from outside any one "
    "service; in the model these are what the planner sets",
)
