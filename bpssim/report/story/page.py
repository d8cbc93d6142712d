"""The page of a story: who she is, how it ended, the figure, and every day in words."""

from collections.abc import Sequence
from importlib.metadata import version

from bpssim.report.elements import Bullets, Day, Days, Figures, Page, Pairs, Section, Words
from bpssim.report.story.figure import draw_story
from bpssim.report.story.lines import rows
from bpssim.report.story.phrases import when
from bpssim.report.story.terminal import NOTE
from bpssim.report.story.who import ending, headline, who
from bpssim.studies.story.story import Story

_DAYS = (
    "What happened on each day. Bold: her own days. With a bar: what the service was told or knew. The rest: what the "
    "service did."
)


def story_page(stories: Sequence[Story], found: Sequence[str] = (), command: str = "") -> Page:
    """Return the page of one mother's story, with how she was found and the command that was typed."""
    first, names = stories[0], [story.scenario.name for story in stories]
    ends = {story.scenario.name: _end(story) for story in stories}
    days = [Day(when(row.age), row.cells, row.same) for row in rows(stories)]
    return Page(
        kicker=f"bpssim story of mother {first.mother['id']}",
        title=headline(stories),
        subtitle=f"One simulated mother in {' and in '.join(names)}; seed {first.seed}",
        first=[
            Section("answer", "Who she is, and how it ended", [Words([*found, who(first.mother)]), Pairs(ends)]),
            Section("figure", "Her story at a glance", [Figures([draw_story(stories)], wide=True)]),
            Section("days", "Day by day", [Days(_DAYS, names, days)]),
            Section("limits", "What not to conclude", [Bullets([NOTE])]),
        ],
        annex=[],
        footer=f"Made by bpssim {version('bpssim')}: {command}",
    )


def _end(story: Story) -> str:
    question = f"{story.scenario.question} " if story.scenario.question else ""
    return f"{question}{' '.join(ending(story))}"
