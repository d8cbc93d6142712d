"""What holds access back: the page gets the numbers of the study of barriers, once for all who ask the same."""

import json
from threading import Event
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from bpssim.app.answers import barriers as answers
from bpssim.app.answers.barriers import barriers_of, plan_of
from bpssim.app.asked import Asked
from bpssim.app.serving import services as serving
from bpssim.app.serving.server import Pages, application
from bpssim.app.serving.services import Services
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.words import Reason
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.threads import Stopped
from tests.app.serving.asking import HOSTS, SEVERAL, TEACHER, mistakes
from tests.small import small

SMALL = {"population.births_per_year": 300, "run.warm_up_days": 14}
ASKED = Asked("site1", SMALL)
GROUPS = 6


@pytest.fixture(scope="module")
def client(module: bytes) -> TestClient:
    return TestClient(application(Pages(module, TEACHER), HOSTS), "http://127.0.0.1:8400")


def ask(client: TestClient, changes: dict[str, Any] = SMALL, **more: Any) -> Any:
    return client.post("/barriers", params={"number": 0, **more}, json={"from": "site1", "set": changes})


@pytest.mark.parametrize(("among", "number"), [("", 0), ("quintile=1, first_birth=yes", 1)])
def test_numbers_are_those_of_the_study(client: TestClient, among: str, number: int) -> None:
    answer = ask(client, number=number, **({"for": among} if among else {})).json()
    plan = BarriersPlan(ASKED.scenario(), among)
    [expected] = plan.replicates([number], 1)
    assert answer["active"] == plan.active
    assert (answer["number"], answer["per_year"]) == (number, 365.0 / plan.scenario.run.window_days)
    np.testing.assert_array_equal(answer["births"], expected.now.births)
    for part in ("alone", "last", "share"):
        np.testing.assert_array_equal(answer[part], getattr(expected, part))
    for part in ("now", "without_any"):
        np.testing.assert_array_equal(answer[part]["measures"], getattr(expected, part).measures)
        np.testing.assert_array_equal(answer[part]["reasons"], getattr(expected, part).reasons)
    assert np.shape(answer["now"]["reasons"]) == (len(Reason), GROUPS)
    assert np.shape(answer["share"]) == (len(plan.active), len(answer["measures"]), len(answer["groups"]))
    outside = np.array(answer["births"][1:5])
    assert (outside == 0).all() if among else (outside > 0).any()


def test_influences_are_told_in_words(client: TestClient) -> None:
    answer = ask(client).json()
    known = catalogue().influences
    assert [each["name"] for each in answer["influences"]] == list(known)
    assert set(answer["active"]) <= set(known)
    for told in answer["influences"]:
        influence = known[told["name"]]
        assert (told["title"], told["without"]) == (influence.title, influence.without)
        assert told["level"] in answer["levels"]
        assert [answer["movers"][mover] for mover in told["movers"]]
        assert set(told["ask"]) == {"supervision", "commissioning", "design"}
        assert told["evidence"] == [*influence.evidence, *influence.mechanisms]
        for row in told["evidence"]:
            assert set(answer["evidence"][row]) == {"says", "source", "grade"}
    assert answer["levels"]["meso"]["because_of"].startswith("how the service")


def test_a_link_asks_the_same_as_a_form(client: TestClient) -> None:
    texts = [f"{path}={json.dumps(value)}" for path, value in SMALL.items()]
    linked = client.get("/barriers", params={"from": "site1", "set": texts, "number": "0"})
    assert linked.json() == ask(client).json()


@pytest.mark.parametrize(
    ("among", "text"),
    [
        ("quintil=1", "should be about who mothers are"),
        ("limited_englsh", "did you mean 'limited_english'?"),
        ("gate=supported", "should be about who mothers are"),
        ("quintile=", "write conditions such as"),
        ("english=some", "some"),
        ("quintile=9", "no mother of site1 meets this"),
        ("x" * 301, "has room for 300 characters"),
    ],
)
def test_mothers_who_cannot_be_chosen_are_told_in_a_sentence(client: TestClient, among: str, text: str) -> None:
    [found] = mistakes(ask(client, **{"for": among}))
    assert text in found["text"]
    assert found["text"].startswith("for: ")
    assert "--for" not in found["text"] + found["short"]


def test_what_a_page_has_no_room_for_names_the_command(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    [several] = mistakes(ask(client, SEVERAL))
    assert "2 places with a service each" in several["text"]
    [file] = mistakes(ask(client, {"learning.influences": "mine.yaml"}))
    assert "names a file, which a page must not read" in file["text"]
    monkeypatch.setattr(answers, "MOTHERS_IN_THE_PAGE", 100)
    [large] = mistakes(ask(client, {**SMALL, "run.seed": 5}))
    assert "has 312 mothers, and the page can do this for 100" in large["text"]
    assert all("`bpssim barriers`" in each["text"] for each in (several, large))


@pytest.mark.parametrize("more", [{"number": 200}, {"number": "one"}, {"whom": "all"}])
def test_other_questions_are_refused(client: TestClient, more: dict[str, Any]) -> None:
    mistakes(ask(client, **more))


def test_a_class_that_asks_the_same_is_answered_from_one_replicate(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, int]] = []

    def counting(plan: BarriersPlan, number: int, stop: Event) -> dict[str, Any]:
        made.append((plan.among, number))
        return {"of": plan.among, "number": number}

    monkeypatch.setattr(serving, "barriers_of", counting)
    services = Services()
    for among, number in [("", 0), ("", 0), ("", 1), ("lone", 0), ("", 0)]:
        kept = services.barriers_kept(ASKED, among, number)
        answer = services.barriers(ASKED, among, number, Event())
        assert answer == {"of": among, "number": number}
        assert kept in (None, answer)
    assert made == [("", 0), ("", 1), ("lone", 0)]
    assert services.barriers_kept(ASKED, "", 1)
    assert services.barriers_kept(Asked("site1", {}), "", 1) is None


def test_what_is_abandoned_does_not_begin() -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        barriers_of(plan_of(small(), ""), 0, stop)


def test_all_mistakes_are_found_before_a_replicate_waits() -> None:
    with pytest.raises(BadInput, match="for: should be about who"):
        plan_of(small(), "reached=yes")
