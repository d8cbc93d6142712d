"""A story as one page that needs nothing else: the figure inline, and every word in a table."""

from collections.abc import Sequence
from html import escape

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
        The figure as an SVG file.
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
    title, story_of = headline(stories), who(stories[0].mother)
    return environment.get_template("story.html").render(
        title=title,
        found=found,
        who=story_of,
        figure=inline(figure, title, description(stories)),
        endings=[(story.scenario.name, story.scenario.question, ending(story)) for story in stories],
        names=[story.scenario.name for story in stories],
        rows=rows(stories),
        note=NOTE,
        seed=stories[0].seed,
        command=command,
    )


def description(stories: Sequence[Story]) -> str:
    """What a figure shows, for those who do not see it."""
    lanes = " ".join(f"{story.scenario.name}: {' '.join(ending(story))}" for story in stories)
    return f"One lane for each service, from birth on: feeding, difficulties, attempts, items known. {lanes}"


def inline(svg: str, title: str, text: str) -> str:
    """An SVG file as part of a page, with a title and description that are read aloud."""
    opening, _, rest = svg[svg.index("<svg") :].partition(">")
    words = f'<title id="story-title">{escape(title)}</title><desc id="story-desc">{escape(text)}</desc>'
    return f'{opening} role="img" aria-labelledby="story-title story-desc">{words}{rest}'
