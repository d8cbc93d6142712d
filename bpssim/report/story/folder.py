"""The files of a story's folder."""

import json
from collections.abc import Sequence
from pathlib import Path

from bpssim.report.figures import save
from bpssim.report.story.data import as_data
from bpssim.report.story.figure import draw_story
from bpssim.report.story.page import story_page
from bpssim.studies.folder import MANIFEST
from bpssim.studies.results import provenance
from bpssim.studies.story.story import Story


def write_story(folder: Path, stories: Sequence[Story], found: Sequence[str], command: str) -> None:
    """Write the page, the figure and the data of a story.

    Parameters
    ----------
    folder
        An existing folder.
    stories
        Of one mother in one service or two.
    found
        How she was found, in sentences.
    command
        What was typed.
    """
    figure = draw_story(stories)
    save(figure, folder / "story.svg")
    save(figure, folder / "story.png")
    svg = (folder / "story.svg").read_text(encoding="utf-8")
    page = story_page(stories, svg, found, command)
    (folder / "story.html").write_text(page, encoding="utf-8")
    _write_json(folder / "story.json", as_data(stories, found))
    scenarios = [story.scenario.name for story in stories]
    mother = stories[0].mother["id"]
    _write_json(
        folder / MANIFEST,
        {"story_of": mother, "scenarios": scenarios, "seed": stories[0].seed, **provenance(command)},
    )


def _write_json(path: Path, data: object) -> None:
    path.write_text(f"{json.dumps(data, indent=2)}\n", encoding="utf-8")
