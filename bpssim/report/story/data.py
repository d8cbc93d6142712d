"""A story as data that other programs read: every moment with its facts and its words."""

from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from typing import Any

from bpssim.report.story.phrases import when
from bpssim.report.story.who import ending, headline, who
from bpssim.report.story.words import tell
from bpssim.scenario.words import Word
from bpssim.studies.story.moments import Moment
from bpssim.studies.story.story import Story


def as_data(stories: Sequence[Story], found: Sequence[str] = ()) -> dict[str, Any]:
    """A story of one mother in one service or two, and how she was found, made of plain values."""
    return {
        "headline": headline(stories),
        "found": list(found),
        "mother": stories[0].mother["id"],
        "who": who(stories[0].mother),
        "services": [
            {
                "scenario": story.scenario.name,
                "seed": story.seed,
                "place": story.place,
                "row_of_mothers_table": story.mother,
                "moments": [_moment(moment, story.scenario.titles()) for moment in story.moments],
                "ending": list(ending(story)),
            }
            for story in stories
        ],
    }


def _moment(moment: Moment, titles: dict[str, str]) -> dict[str, Any]:
    facts = {field.name: _plain(getattr(moment, field.name)) for field in fields(moment) if field.name != "age"}
    text = tell(moment, titles)
    return {"age": moment.age, "when": when(moment.age), "kind": type(moment).__name__, "text": text, **facts}


def _plain(value: Any) -> Any:
    if isinstance(value, Word):
        return value.word
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, str) else value.name.lower()
    if isinstance(value, dict):
        return {_plain(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
