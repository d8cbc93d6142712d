"""A story as one page that needs nothing else: the figure inline, and every word in a table."""

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from bpssim.report.story.lines import rows
from bpssim.report.story.phrases import when
from bpssim.report.story.terminal import NOTE
from bpssim.report.story.who import ending, headline, who
from bpssim.studies.story.story import Story


def story_page(stories: Sequence[Story], figure: str, found: Sequence[str] = (), command: str = "") -> str:
    """Write a story as HTML.

    Parameters
    ----------
    stories
        Of one mother in one service or two.
    figure
        The figure as an element of a page.
    found
        How she was found, in sentences.
    command
        What was typed.
    """
    environment = Environment(
        loader=PackageLoader("bpssim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["when"] = when
    return environment.get_template("story.html").render(
        title=headline(stories),
        found=found,
        who=who(stories[0].mother),
        figure=figure,
        endings=[(story.scenario.name, story.scenario.question, ending(story)) for story in stories],
        names=[story.scenario.name for story in stories],
        rows=rows(stories),
        note=NOTE,
        seed=stories[0].seed,
        command=command,
    )
