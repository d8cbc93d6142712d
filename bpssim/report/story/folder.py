"""The files of a story's folder."""

import json
from collections.abc import Sequence
from pathlib import Path

from bpssim.report.figures.saving import save_both
from bpssim.report.rendering import html
from bpssim.report.story.data import as_data
from bpssim.report.story.page import story_page
from bpssim.studies.results_folder.manifest import write_manifest
from bpssim.studies.results_folder.whole_file import write_file
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
    page = story_page(stories, found, command)
    drawn = {drawing.name: save_both(drawing, folder) for drawing in page.drawings}
    write_file(folder / "story.html", html(page, drawn))
    write_file(folder / "story.json", f"{json.dumps(as_data(stories, found), indent=2)}\n")
    about = {
        "mother": stories[0].mother["id"],
        "scenarios": [story.scenario.name for story in stories],
        "place": stories[0].place,
        "seed": stories[0].seed,
    }
    write_manifest(folder, "story", about, command)
