"""What a story leaves: a figure that can be read, a page that needs nothing else, and data."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import bpssim as bps
from bpssim.model.simulation import Simulation
from bpssim.report.figures.saving import saved
from bpssim.report.story.data import as_data
from bpssim.report.story.figure import draw_story
from bpssim.report.story.folder import write_story
from bpssim.report.story.words import tell
from bpssim.studies.story.story import Story
from tests.model.services import small as every_pathway
from tests.report.pages import check_page

SCENARIO = every_pathway(60, data_sharing__preset="full")


@pytest.fixture(scope="module")
def pairs() -> list[list[Story]]:
    mothers = Simulation(SCENARIO, 7).state.mothers
    other = SCENARIO.with_("name", "other").with_("question", "Is 1 < 2 & 3?").with_("pathways.ward.active", False)
    ids = mothers.id[mothers.in_window == 1].tolist()[:12]
    return [[bps.story(SCENARIO, mother), bps.story(other, mother)] for mother in ids]


def test_labels_of_a_figure_do_not_overlap(pairs: list[list[Story]]) -> None:
    longer = SCENARIO.with_("run.follow_up_days", 400)
    long = [[bps.story(longer, first.mother["id"])] for first, _ in pairs[:3]]
    for stories in [*pairs, *([first] for first, _ in pairs[:3]), *long]:
        figure = draw_story(stories).figure
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        for axes in figure.axes:
            ticks = axes.get_xticklabels() if axes is figure.axes[-1] else []
            texts = [text for text in (*axes.texts, *ticks, *axes.get_yticklabels(), axes.title) if text.get_text()]
            boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
            for (one, mine), (two, its) in combinations(boxes, 2):
                assert not mine.overlaps(its), (one, two)
            assert len(axes.get_yticklabels()) >= 3
            assert len(axes.get_xticks()) >= 5


def test_the_figure_says_what_to_see_and_is_the_same_again(pairs: list[list[Story]]) -> None:
    texts = []
    for _ in range(2):
        texts.append(saved(draw_story(pairs[0])).files["story.svg"].decode())
    text, again = texts
    assert text == again
    for words in ("The same mother", "small: ", "other: ", "Feeding", "Items known", "26 weeks"):
        assert words in text


def test_the_page_is_one_of_the_house_and_holds_every_word(pairs: list[list[Story]], tmp_path: Path) -> None:
    for stories in (pairs[0], pairs[0][:1]):
        write_story(tmp_path, stories, ["Found <i>so</i>."], "bpssim story small")
        page = check_page(tmp_path / "story.html")
        assert [title for _, title in page.headings[1:]] == [
            "Who she is, and how it ended", "Her story at a glance", "Day by day", "What not to conclude",
        ]  # fmt: skip
        told = [tell(moment, story.scenario.titles()) for story in stories for moment in story.moments]
        for text in (*told, "Found <i>so</i>.", "seed 7", "bpssim story small"):
            assert text in page.text, text
        assert page.source.count('scope="col"') == 1 + len(stories)
        assert 'aria-labelledby="story-title" aria-describedby="story-description"' in page.source
        assert ("Is 1 < 2 & 3?" in page.text) == (len(stories) == 2)


def test_the_data_are_plain_and_whole(pairs: list[list[Story]]) -> None:
    for stories in pairs:
        data = json.loads(json.dumps(as_data(stories, ["found"])))
        assert data["mother"] == stories[0].mother["id"]
        for service, story in zip(data["services"], stories, strict=True):
            assert [each["age"] for each in service["moments"]] == [moment.age for moment in story.moments]
            titles = story.scenario.titles()
            assert [each["text"] for each in service["moments"]] == [tell(moment, titles) for moment in story.moments]
            assert service["row_of_mothers_table"] == story.mother
            attempts = [each for each in service["moments"] if each["kind"] == "Attempt"]
            assert all(each["channel"] in ("ward", "call", "text", "home_visit", "group", "clinic", "class", "online")
                       for each in attempts)  # fmt: skip
            held = [each["items"] for each in service["moments"] if each["kind"] == "Held"]
            assert held[0] == {}
            assert set(held[-1]) <= {"name", "phone", "feeding", "age", "postcode", "quintile", "language", "parity",
                                     "neonatal", "best_time", "due_date", "birth", "home", "address",
                                     "difficulty"}  # fmt: skip


def test_the_folder_holds_the_page_the_figure_the_data_and_where_they_come_from(
    pairs: list[list[Story]], tmp_path: Path
) -> None:
    write_story(tmp_path, pairs[1], ["found"], "bpssim story small")
    assert {path.name for path in tmp_path.iterdir()} == {
        "manifest.json", "story.html", "story.json", "story.png", "story.svg",
    }  # fmt: skip
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["program"], manifest["kind"]) == ("bpssim", "story")
    assert (manifest["mother"], manifest["seed"]) == (pairs[1][0].mother["id"], 7)
    assert (manifest["scenarios"], manifest["command"]) == (["small", "other"], "bpssim story small")
    assert "bpssim" in manifest["packages"]
    assert (tmp_path / "story.png").read_bytes().startswith(b"\x89PNG")
