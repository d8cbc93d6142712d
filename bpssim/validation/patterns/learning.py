"""Patterns of learning and review, M39 and M52 to M63: what is known, looked at, decided, and lost."""

from typing import Any

from bpssim.scenario.scenario import Scenario
from bpssim.validation.patterns.contact_work import INFORMED, choices, fitting
from bpssim.validation.patterns.expected import above, below, exactly, within
from bpssim.validation.patterns.measures import change, days_gained, gap, proportionality, visited
from bpssim.validation.patterns.pattern import (
    DAYS,
    KNOWLEDGE,
    PERCENT,
    POINTS,
    RATIO,
    Check,
    KnockOut,
    Pattern,
    Unit,
)
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.targets import never_told
from bpssim.validation.patterns.variants import (
    FLAG,
    FREE_SITE_1,
    HALF_HOURS,
    MANY,
    MANY_SITE_1,
    QUINTILE_1,
    SITE_1,
    SITE_2,
    THREE_YEARS,
    TWO_YEARS,
    Changes,
    Variant,
    open_to_all_alike,
)

M39 = Pattern(
    "M39",
    "Analysing records by quintile changes which design is chosen",
    "A service that does not see how early mothers in its target group stop plans for those who continue.",
    "bpssim/model/decisions/review.py",
    {
        "more choices that suit the target group at Site 2, if records are analysed": Check(
            POINTS, above(0), change(fitting), Variant(SITE_2, choices()), Variant(SITE_2, choices(monitoring=True))
        )
    },
    follows_from="`review.monitoring_shows` (assumption)",
    knockout=KnockOut("analysed records show nothing", {"review.monitoring_shows": 0}),
)


TOOL = {"learning.context_tool": True}
M52 = Pattern(
    "M52",
    "Supervision passes on knowledge of circumstances only with a tool that asks for it",
    "Supervision covers quality, ethos and wellbeing; context is not on its agenda.",
    "bpssim/model/rules/context_knowledge.py",
    {
        "more knowledge of paid supporters at Site 2 beside an informed co-ordinator, with the tool": Check(
            KNOWLEDGE, above(0), change(Run.knowledge), INFORMED, Variant(INFORMED, TOOL)
        ),
        "change in supporters who leave, with supervision": Check(
            Unit("supporters"),
            below(0),
            change(lambda run: float(run.team.left_team.sum())),
            *(
                Variant(
                    SITE_1,
                    THREE_YEARS,
                    {"team.duties.supervision.every_weeks": weeks, "team.supporters.paid.turnover_per_year": 0.5},
                    {"population.births_per_year": 300},
                )
                for weeks in (104, 4)
            ),
        ),
    },
    knockout=KnockOut("an hour with the tool passes nothing on", {"learning.shared_per_hour": 0}),
)


M53 = Pattern(
    "M53",
    "A supporter's knowledge of circumstances leaves with her",
    "Knowledge of context is held only in supporters' heads.",
    "bpssim/model/rules/context_knowledge.py",
    {
        "change in knowledge of paid supporters after two years, if nine in ten leave in a year": Check(
            KNOWLEDGE,
            below(0),
            change(Run.knowledge),
            *(Variant(SITE_1, TWO_YEARS, {"team.supporters.paid.turnover_per_year": share}) for share in (0.0, 0.9)),
        )
    },
    knockout=KnockOut("new supporters know as much as anybody", {"learning.at_start": 1}),
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
    return float(sum(event.what.startswith("gave the target group") for event in run.decisions))


M54 = Pattern(
    "M54",
    "Data collected only for the commissioner change nothing; a service that acts on them narrows the gap",
    "Data make no difference on the ground unless somebody reviews them and acts.",
    "bpssim/model/decisions/review.py",
    {
        "change in the gap in reach by day 7 between quintiles 5 and 1 in the second year, with feedback": Check(
            POINTS, below(0), change(_later_gap), NO_FEEDBACK, FEEDBACK
        ),
        "changes made by the same policy without monitoring": Check(
            Unit("changes"), exactly(0), _acted, Variant(FEEDBACK, {"review.monitoring": False})
        ),
    },
    knockout=KnockOut("records are not analysed by quintile", {"review.monitoring": False}),
)


def _believed_beyond_quintile_1(run: Run) -> float:
    """Contacted of all on the list, as the service can say, less the same of those who live in quintile 1."""
    listed, contacted = run.on_list(), run.mothers.contacts > 0
    return float(contacted[listed].mean() - run.by_quintile(contacted, listed)[0])


M55 = Pattern(
    "M55",
    "Counts and the list give a better picture than the true reach in quintile 1",
    "Managers report numerators without denominators.",
    "bpssim/model/decisions/service_records.py",
    {
        "contacted, of all on the list, less the same in quintile 1, which the service cannot see": Check(
            POINTS,
            above(0),
            _believed_beyond_quintile_1,
            MANY_SITE_1,
        ),
    },
    knockout=KnockOut("all mothers pass every gate equally often", open_to_all_alike()),
)


M56 = Pattern(
    "M56",
    "Analysing postcodes already held shows who is missing, without further data",
    "Site 2 holds the postcodes of women who engage and does not analyse them.",
    "bpssim/model/decisions/service_records.py",
    {
        "runs in which the skew is noticed and acted on": Check(
            PERCENT, above(0), _acted, Variant(SITE_2, TWO_YEARS, RETARGET)
        ),
        "change in items of data disclosed for each birth, if records are analysed and nothing is done": Check(
            Unit("items"),
            exactly(0),
            change(lambda run: run.mothers.data_items.mean()),
            *(Variant(SITE_2, {"review": {"active": True, "monitoring": on}}) for on in (False, True)),
        ),
    },
    knockout=KnockOut("records are not analysed by quintile", {"review.monitoring": False}),
)


LATE_TEXT = {"when": {"review": 1}, "opens": ["text_2_3_weeks"], "fitting": ["text_day_4"]}


def _late_text(**review: Any) -> dict[str, Any]:
    return {"review": {"active": True, "policies": {"text": LATE_TEXT}, **review}, "learning.active": False}


M57 = Pattern(
    "M57",
    "Evaluation by target group shortens the life of designs that miss it",
    "Neither site looked at who used its new designs.",
    "bpssim/model/decisions/review.py",
    {
        "change in days of two years on which a late text runs, with evaluation": Check(
            DAYS,
            below(0),
            change(Run.days_running, "text_2_3_weeks"),
            *(Variant(SITE_1, FLAG, TWO_YEARS, _late_text(evaluation=on)) for on in (False, True)),
        )
    },
    knockout=KnockOut("the service never knows where mothers live", {"data_sharing.preset": "minimal"}, never_told),
)


M58 = Pattern(
    "M58",
    "What commissioners see says little about whether effort follows need",
    "They rely on counts and informal talk, with no system to see changes that respond to context.",
    out_of_scope="no commissioner decides in the model: contracts move in a month set by the scenario, "
    "whatever the counts, so there is no reward to relate to effort",
)


# The new team works all its hours, so that what is seen is lost knowledge, relationships and awareness.
RETENDERED = {"review": {"active": True, "retender": {"month": 6, "hours_until_then": 1}}}
SETTLED, MOVED = Variant(SITE_1, TWO_YEARS), Variant(SITE_1, TWO_YEARS, RETENDERED)


def _born(run: Run, first: int, last: int) -> Any:
    return (run.born_day() >= first) & (run.born_day() < last)


def _referred_of_born(run: Run, first: int, last: int) -> float:
    return float((run.of("professional_referral").requests > 0)[run.started() & _born(run, first, last)].mean())


def _reach_of_born(run: Run, first: int, last: int) -> float:
    return float(run.reached_by(7)[_born(run, first, last)].mean())


def _everything_is_kept(scenario: Scenario) -> Changes:
    return {"review.retender.keeps": 1} if scenario.review.retender else {}


M59 = Pattern(
    "M59",
    "After a re-tender fewer mothers are referred and reached, which recovers over months",
    "Knowledge, relationships and professionals' awareness leave with the old organisation.",
    "bpssim/model/decisions/calendar.py",
    {
        "change in referrals of mothers born in the three months after a re-tender, who start": Check(
            POINTS, below(0), change(_referred_of_born, 183, 274), SETTLED, MOVED
        ),
        "the change for mothers born a year after it, relative to that": Check(
            PERCENT, within(-0.5, 0.5), change(_referred_of_born, 548, 730), SETTLED, MOVED, relative_to_first=True
        ),
        "change in reach by day 7 of mothers born in the three months after a re-tender": Check(
            POINTS,
            below(0),
            change(_reach_of_born, 183, 274),
            SETTLED,
            MOVED,
            shortfall=(
                "reach rests on the list and on the wards, which stay, and a mother's next supporter is named at once, "
                "so what is lost costs a fifth of a point; reach dips by points only if the new team works fewer hours"
            ),
        ),
    },
    knockout=KnockOut("knowledge and awareness stay with the service", _everything_is_kept),
)


M60 = Pattern(
    "M60",
    "Local organisations do not start with more knowledge of local people than others",
    "Decentralised services are assumed to have it, with little evidence.",
    out_of_scope="every service begins with the same context knowledge unless a scenario says otherwise, and no other "
    "kind of organisation is modelled to compare it with",
)


WIDE = {"support.wider_help": 0.3, "support.wider_help_minutes": 30}
M62 = Pattern(
    "M62",
    "A wide scope allows fewer visits but does more for each mother in quintile 1",
    "Focusing on the mother may mean tackling wider problems, which takes time.",
    "bpssim/model/rules/wider_help.py",
    {
        "change in mothers visited at home, with the hours there are": Check(
            POINTS,
            below(0),
            change(visited),
            Variant(SITE_1, HALF_HOURS, {"support.wider_help": 0.0}),
            Variant(SITE_1, HALF_HOURS, WIDE),
        ),
        "days of breastfeeding gained in quintile 1, with time for all": Check(
            DAYS,
            above(0),
            days_gained,
            Variant(FREE_SITE_1, MANY, {"support.wider_help": 0.0}),
            Variant(FREE_SITE_1, MANY, WIDE),
        ),
    },
    knockout=KnockOut("stressors do not affect feeding", {"feeding.stopping_hazard.stressor": 1}),
)


M63 = Pattern(
    "M63",
    "A tool that asks for circumstances leads to fewer designs that miss the target group, and to more time for it",
    "Prompts in supervision, feedback and design put the macro, meso and micro context on the agenda.",
    "bpssim/model/decisions/review.py",
    {
        "more designs that suit the target group": Check(
            POINTS, above(0), change(fitting), Variant(SITE_1, choices()), Variant(SITE_1, choices(), TOOL)
        ),
        "change in minutes for each mother in need in quintile 1, relative to all, in three years": Check(
            RATIO,
            above(0),
            change(proportionality),
            Variant(SITE_1, THREE_YEARS, _late_text()),
            Variant(SITE_1, THREE_YEARS, _late_text(), TOOL),
            shortfall=(
                "the tool changes which text is sent, and texts take too few minutes to move the share of time "
                "that quintile 1 has; it does not move hours by itself"
            ),
        ),
    },
    follows_from="`review.target_check` (assumption), as far as designs go",
    knockout=KnockOut(
        "the tool's questions add nothing, and nothing is passed on",
        {"review.target_check": 0, "learning.shared_per_hour": 0, "learning.active": False},
    ),
)
