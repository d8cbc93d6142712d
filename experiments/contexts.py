"""Say whom three designs of the case study assume, and how many do not fit: `python experiments/contexts.py`.

The script writes `bpssim/docs/contexts.md`; a test holds the page against it. The text around the numbers is written by
hand and has to be read again afterwards.
"""

from pathlib import Path
from typing import NamedTuple

import bpssim as bps
from bpssim.report.context_words import SUPPORTED, TO_BEGIN, how_counted, in_short, owners_in_words
from bpssim.scenario.describing import capital
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.context_check.check import check_contexts
from bpssim.studies.context_check.result import ContextCheck, Counted, PathwayContext

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "contexts.md"
RUNS = 8
"""With the seeds of each scenario."""
FIRST, LAST = 0, ALL - 1
"""The most and the least deprived quintile."""
Table = list[list[str]]


class Design(NamedTuple):
    """A design of the case study, and a pathway of the same service that is built in another way."""

    scenario: str
    pathway: str
    other: str
    heading: str
    paper: str


DESIGNS = (
    Design(
        "site1_year2",
        "text_2_3_weeks",
        "text_day_4",
        "A text at two to three weeks (M27 to M29)",
        "The manager of Site 1 had a text sent to all mothers on the list when partners mostly go back to work. The "
        "paper notes whom that serves: a mother with a partner, who could take leave, who still breastfeeds when the "
        "leave ends, and whom a text moves to act. Many mothers of the target areas had stopped by then.",
    ),
    Design(
        "site2",
        "antenatal_class",
        "midwife_sign_up",
        "Signing up at classes (M32, M33)",
        "At Site 2 mothers signed up at antenatal classes, and women of the target areas were missed: these classes "
        "were not what they wanted. When the service went on to sign up target women in hospital, the numbers were "
        "small, and sign-up was opened to the whole city.",
    ),
    Design(
        "site1",
        "groups",
        "call_48h",
        "Weekly groups (M37, M38)",
        "A mother who was alone with all her children and had no transport told that her nursery closed when the group "
        "began. Groups were mostly used from six weeks on, and supporters at Site 2 wanted more of them.",
    ),
)


def in_markdown(heads: list[str], rows: Table) -> list[str]:
    """Rows as a Markdown table."""
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)]


def checked(scenario: str, pathway: str) -> ContextCheck:
    """One pathway of a ready scenario."""
    return check_contexts(bps.load(scenario), pathway, RUNS, workers=2)


def only(check: ContextCheck) -> PathwayContext:
    """The one pathway that was checked."""
    [context] = check.pathways
    return context


def with_limits(counted: Counted, group: int) -> str:
    """Mothers of 100 in a quintile with 95 % limits."""
    mean, low, high = (100 * float(part[group]) for part in counted.shares[:3])
    return f"{mean:.1f}" if f"{low:.1f}" == f"{high:.1f}" else f"{mean:.1f} ({low:.1f} to {high:.1f})"


def of_each(counted: Counted) -> list[str]:
    """Mothers of 100 in each quintile, with limits at both ends, and mothers a year in the first."""
    between = [f"{100 * float(share):.1f}" for share in counted.shares.mean[1:LAST]]
    return [
        with_limits(counted, FIRST),
        *between,
        with_limits(counted, LAST),
        f"{float(counted.a_year.mean[FIRST]):.0f}",
    ]


def whom_it_assumes(context: PathwayContext) -> list[str]:
    """Every assumption of a pathway, and how many do not meet it."""
    rows = [
        [capital(in_short(each.assumed)), *of_each(each.unmet), owners_in_words(each)] for each in context.assumptions
    ]
    for words, counted in ((TO_BEGIN, context.can_begin), (SUPPORTED, context.supported)):
        rows.append([f"**{words}**", *of_each(counted), ""])
    quintiles = [f"Quintile {group}" for group in GROUPS[:ALL]]
    return in_markdown(["Not met by, of 100: she …", *quintiles, "A year in quintile 1", "Influence (level)"], rows)


def unmet(context: PathwayContext, name: str, group: int) -> float:
    """Mothers of 100 in a group who do not meet one assumption."""
    [found] = [each for each in context.assumptions if each.assumed.id == name]
    return 100 * float(found.unmet.shares.mean[group])


def in_words(of_100: tuple[float, float]) -> str:
    """Mothers of 100 in quintiles 1 and 5, in words."""
    first, last = of_100
    return f"{first:.0f} of 100 in quintile 1 and {last:.0f} in quintile 5"


def both_ends(context: PathwayContext, name: str) -> str:
    """Mothers of 100 in quintiles 1 and 5 who do not meet one assumption, in words."""
    return in_words((unmet(context, name, FIRST), unmet(context, name, LAST)))


def not_feeding(context: PathwayContext) -> tuple[float, float]:
    """Mothers of 100 in quintiles 1 and 5 who are not breastfeeding then: who never started, or have stopped."""
    first, last = (
        unmet(context, "starts", group) + unmet(context, "still_breastfeeding", group) for group in (FIRST, LAST)
    )
    return first, last


def said_of_text(text: PathwayContext, early: PathwayContext) -> str:
    """What the run says beside M27 to M29."""
    late = [on_17 - on_4 for on_17, on_4 in zip(not_feeding(text), not_feeding(early), strict=True)]
    return (
        f"The check finds the same before a text is sent. On day 17 {in_words(not_feeding(text))} are not "
        f"breastfeeding; on day 4 it would be {in_words(not_feeding(early))}, so waiting loses "
        f"{late[0]:.0f} and {late[1]:.0f}. A partner who took leave is missing for {both_ends(text, 'took_leave')}. "
        "By the same day leave has ended, so no partner is with her when the text comes by day. A text on day 4 does "
        "not lean on leave, but still asks her to read and to dare, and the service knows of fewer by then, because "
        "records take days."
    )


def said_of_class(classes: PathwayContext, midwives: PathwayContext) -> str:
    """What the run says beside M32 and M33."""
    return (
        f"The class is the first obstacle: {both_ends(classes, 'goes_to_class')} do not go to one. It assumes a first "
        f"baby, which {both_ends(classes, 'first_birth')} do not have, and confidence, "
        f"in which {both_ends(classes, 'confident')} are below the average mother. Sign-up by midwives meets mothers "
        f"where they are: it can begin for {with_limits(midwives.can_begin, FIRST)} of 100 in quintile 1, the class "
        f"for {with_limits(classes.can_begin, FIRST)}. Opening a design to more mothers (M32) changes none of this."
    )


def said_of_groups(groups: PathwayContext, calls: PathwayContext) -> str:
    """What the run says beside M37 and M38."""
    return (
        f"A car on weekdays is missing for {both_ends(groups, 'not_no_weekday_car')}, and "
        f"{both_ends(groups, 'not_school_run')} have a child to fetch from nursery. Before any of that "
        f"{in_words(not_feeding(groups))} are not breastfeeding on their day for a group. For nobody is a "
        "partner at home by day then: a weekday group is for a mother who manages alone. The 48-hour call, which comes "
        f"to her, can begin for {with_limits(calls.can_begin, FIRST)} of 100 in quintile 1, a group for "
        f"{with_limits(groups.can_begin, FIRST)}."
    )


SAID = {"text_2_3_weeks": said_of_text, "antenatal_class": said_of_class, "groups": said_of_groups}
"""What is said beside the table of each design."""


def page() -> str:
    """The page, in Markdown."""
    parts, ends = [], []
    counted: list[str] = []
    for design in DESIGNS:
        check = checked(design.scenario, design.pathway)
        context, other = only(check), only(checked(design.scenario, design.other))
        counted = counted or how_counted(check)
        parts += [
            f"## {design.heading}",
            "",
            f"**In the paper.** {design.paper}",
            "",
            f"**In the model.** {context.title} (`{context.name}`) in `{design.scenario}`:",
            "",
            *whom_it_assumes(context),
            "",
            SAID[design.pathway](context, other),
            "",
        ]
        for each in (context, other):
            cells = [with_limits(row, group) for row in (each.can_begin, each.supported) for group in (FIRST, LAST)]
            ends.append([f"{each.title}, {design.scenario}", *cells])
    heads = [f"{what}, quintile {group}" for what in ("can begin", "supports") for group in (1, 5)]
    return "\n".join(
        [
            "# Whom pathways assume",
            "",
            "Before a pathway starts, whom does it take for granted: a mother with a car, a partner at home, a phone; "
            "who is still breastfeeding by then and whom the service knows of? `bpssim check --context SCENARIO` says "
            "so for every pathway, and `--pathway NAME` for one that is switched off. Here are three designs that the "
            "case study describes, each beside what it says of it in our words. This page is written by "
            "`python experiments/contexts.py`.",
            "",
            "What a pathway assumes follows from its gates, data and times, and a mother who does not meet it may meet "
            "that of a pathway built in another way. " + " ".join(counted[1:]) + f" Means over {RUNS} runs with 95 % "
            "limits at both ends, of 100 births, whether or not a mother starts to breastfeed.",
            "",
            *parts,
            "## Each beside another design of the same service",
            "",
            "Of 100 mothers, those for whom it can begin, and those whom it supports.",
            "",
            *in_markdown(["Pathway", *heads], ends),
            "",
            "Sign-up by midwives is for quintiles 1 to 3. How much an assumption matters is its odds, and these are "
            "assumptions too (grade C). Many that are not met have odds near 1 and lose few mothers. Both texts "
            "begin during the run, at the end of its first year, if at all: over all three years they support fewer "
            "than a text that runs from the start.",
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
