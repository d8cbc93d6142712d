"""The files of a story's folder."""

import json
from collections.abc import Sequence
from pathlib import Path

from bpssim.report.figures.saving import saved
from bpssim.report.rendering import html
from bpssim.report.story.data import as_data
from bpssim.report.story.page import story_page
from bpssim.studies.results_folder.atomic_file import write_files
from bpssim.studies.results_folder.manifest import AboutStory, write_manifest
from bpssim.studies.story.story import Story


def write_story(folder: Path, stories: Sequence[Story], found: Sequence[str], command: str) -> None:
    """Write the page, the figure and the data of one mother's story into an existing folder; as `story_page`."""
    page = story_page(stories, found, command)
    figures = {drawing.name: saved(drawing, png=True) for drawing in page.drawings}
    files = {name: content for each in figures.values() for name, content in each.files.items()}
    files["story.html"] = html(page, {name: each.part for name, each in figures.items()}).encode()
    files["story.json"] = f"{json.dumps(as_data(stories, found), indent=2)}\n".encode()
    write_files(folder, files)
    about = AboutStory(
        command=command,
        mother=stories[0].mother["id"],
        scenarios=[story.scenario.name for story in stories],
        place=stories[0].place,
        seed=stories[0].seed,
    )
    write_manifest(folder, about)
