"""Parents, overrides, and the way back to a file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpssim.scenario.reading.loader import read, written
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.reading.new_file import new_scenario
from bpssim.scenario.reading.parsing import parse_text
from bpssim.scenario.reading.schema import file_schema
from bpssim.scenario.reading.writing import to_yaml
from tests.scenario.toy import Basis, ClinicTrigger, DayTrigger, Pathway, Sharing, Supporter, Team, Toy

BASE = """\
name: base
place: Blackburn
sharing:
  basis: opt-out
  share_with: [midwives, health visitors]
team:
  supporters:
  - {hours: 10}
  - {hours: 20}
pathways:
  ward: {channel: ward}
  text: {channel: text, accept: 0.3}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "child.yaml").write_text(
        "extends: base.yaml\nname: child\nsharing: {share_with: [us]}\npathways: {text: {accept: 0.4}, club: {}}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_maps_merge_with_the_parent_and_lists_replace(folder: Path) -> None:
    child = read(folder / "child.yaml", Toy)
    assert (child.name, child.place) == ("child", "Blackburn")
    assert child.sharing == Sharing(basis=Basis.OPT_OUT, share_with=["us"])
    assert list(child.pathways) == ["ward", "text", "club"]
    assert child.pathways["text"] == Pathway(channel="text", accept=0.4)


def test_a_file_may_come_from_windows(folder: Path) -> None:
    (folder / "win.yaml").write_bytes(b"\xef\xbb\xbfname: x\r\nplace: St Helens\r\n")
    assert read(folder / "win.yaml", Toy) == Toy(name="x", place="St Helens")


def test_null_replaces_and_nothing_after_a_key_says_nothing(folder: Path) -> None:
    (folder / "base.yaml").write_text("name: base\nnote: something\n", encoding="utf-8")
    (folder / "bare.yaml").write_text("extends: ./base.yaml\nnote: null\n", encoding="utf-8")
    assert read(folder / "bare.yaml", Toy).note is None
    (folder / "bare.yaml").write_text(
        "extends: ./base.yaml\nnote:\nteam:  # nothing\npathways:\n  a:\n", encoding="utf-8"
    )
    assert read(folder / "bare.yaml", Toy) == read(folder / "base.yaml", Toy)


def test_a_parent_is_relative_to_its_child_or_a_ready_name(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "path.yaml").write_text("extends: ../child.yaml\n", encoding="utf-8")
    (folder / "mine" / "name.yaml").write_text("extends: child\n", encoding="utf-8")
    assert read(folder / "mine" / "path.yaml", Toy).name == "child"
    assert read(folder / "mine" / "name.yaml", Toy, search=folder).name == "child"


def test_a_source_is_a_path_or_a_ready_name(folder: Path) -> None:
    assert read("child", Toy, search=folder) == read(str(folder / "child.yaml"), Toy)


@pytest.mark.parametrize(
    ("override", "value"),
    [
        ("place=Blackburn with Darwen", "Blackburn with Darwen"),
        ("place='12'", "12"),
        ("place=Site 1: the town # as was", "Site 1: the town # as was"),
        ("place = St Helens", "St Helens"),
        ("place=no", "no"),
        ("place=a=b", "a=b"),
    ],
)
def test_an_override_takes_a_text_as_it_stands(folder: Path, override: str, value: str) -> None:
    assert read(folder / "child.yaml", Toy, [override]).place == value


def test_overrides_reach_into_maps_and_lists_and_the_last_one_wins(folder: Path) -> None:
    toy = read(
        folder / "base.yaml",
        Toy,
        [
            "team.supporters.1.hours=12.5",
            "team.volunteers=3",
            "team.volunteers=4",
            "pathways.text={accept: 0.9}",
            "pathways.new={channel: ward}",
            "sharing.share_with=[nobody]",
            "window.last=90",
            "note=null",
        ],
    )
    assert toy.team == Team(supporters=[Supporter(hours=10), Supporter(hours=12.5)], volunteers=4)
    assert toy.pathways["text"] == Pathway(channel="text", accept=0.9)
    assert toy.pathways["new"] == Pathway(channel="ward")
    assert toy.sharing.share_with == ["nobody"]
    assert (toy.window.first, toy.window.last, toy.note) == (0, 90, None)


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("place", "should be written path.to.key=value"),
        ("=3", "should be written path.to.key=value"),
        ("team..hours=3", "should be written path.to.key=value"),
        ("place= ", "nothing stands after the ="),
        ("place='x", "not readable as YAML"),
        ("team.supporters.2.hours=3", "team.supporters.2: the list has 2 items, numbered from 0"),
        ("team.supporters.-1.hours=3", "team.supporters.-1: the list has 2 items"),
        ("team.supporters.first.hours=3", "team.supporters.first: the list has 2 items"),
        (".".join("a" * 2000) + "=3", "nested too deeply"),
        ("a=" + "[" * 2000, "nested too deeply"),
        ("extends=base", "extends: unknown setting"),
    ],
)
def test_an_override_that_cannot_be_placed_is_refused(folder: Path, override: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(folder / "base.yaml", Toy, [override])
    [line] = str(caught.value).splitlines()
    assert line.startswith(f"--set {override}: ")
    assert words in line


def test_every_value_knows_where_it_was_written(folder: Path) -> None:
    tree = written(folder / "child.yaml", ["pathways.club.channel=text"])
    places = {
        ("place",): f"{folder}/base.yaml:2:1",
        ("pathways", "text", "channel"): f"{folder}/base.yaml:12:10",
        ("pathways", "text", "accept"): f"{folder}/child.yaml:4:19",
        ("pathways", "club", "channel"): "--set pathways.club.channel=text",
    }
    assert {path: str(tree.nearest(path).origin) for path in places} == places


def test_yaml_1_2_has_no_surprises() -> None:
    tree = parse_text("a: no\nb: 12:30\nc: 0123\nd: 1e-3\ne: 2020-01-01\nf: on\ng: ~\nh: true", "f")
    assert tree.plain() == {
        "a": "no", "b": "12:30", "c": 123, "d": 0.001, "e": "2020-01-01", "f": "on", "g": None, "h": True,
    }  # fmt: skip


toys = st.builds(
    Toy,
    name=st.text(),
    place=st.text(),
    note=st.none() | st.text(),
    sharing=st.builds(
        Sharing,
        basis=st.sampled_from(Basis),
        notify_within_hours=st.floats(0, allow_nan=False, allow_infinity=False),
        share_with=st.lists(st.text(), max_size=3),
    ),
    team=st.builds(
        Team,
        supporters=st.lists(
            st.builds(Supporter, hours=st.floats(0, 169, exclude_min=True, exclude_max=True)), max_size=3
        ),
        volunteers=st.integers(0, 10**20),
    ),
    pathways=st.dictionaries(
        st.text(max_size=8),
        st.builds(
            Pathway,
            trigger=st.builds(DayTrigger, kind=st.just("day"), day=st.integers(0, 182))
            | st.builds(ClinicTrigger, kind=st.just("clinic"), weekday=st.just("monday")),
        ),
        max_size=3,
    ),
)


@given(toys)
def test_a_scenario_written_as_yaml_reads_back_equal(toy: Toy) -> None:
    tree = parse_text(to_yaml(toy), "written")
    assert Toy.model_validate(tree.plain()) == toy


def test_written_yaml_keeps_the_order_of_the_model_and_has_no_aliases(folder: Path) -> None:
    shared = Supporter(hours=3)
    text = to_yaml(Toy(name="x", team=Team(supporters=[shared, shared])))
    (folder / "again.yaml").write_text(text, encoding="utf-8")
    assert [line.split(":")[0] for line in text.splitlines() if not line.startswith((" ", "-"))] == list(
        Toy.model_fields
    )
    assert read(folder / "again.yaml", Toy).team.supporters == [shared, shared]


def test_the_schema_lets_a_child_hold_only_what_differs() -> None:
    schema = file_schema(Toy)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["properties"]["extends"]["type"] == "string"
    assert schema["additionalProperties"] is False
    assert "required" not in schema
    assert all("required" not in part and part["additionalProperties"] is False
               for part in schema["$defs"].values() if part["type"] == "object")  # fmt: skip


def test_the_schema_keeps_descriptions_and_the_values_of_named_sections() -> None:
    schema = file_schema(Toy)
    pathway = schema["properties"]["pathways"]["additionalProperties"]
    assert pathway == {
        "anyOf": [{"$ref": "#/$defs/Pathway"}, {"type": "null"}]
    }  # null: a heading with nothing below it
    assert schema["$defs"]["Sharing"]["properties"]["notify_within_hours"]["description"] == "Delay, hours."
    assert "anyOf" in schema["$defs"]["Pathway"]["properties"]["trigger"]["anyOf"][0]


def test_a_new_scenario_starts_as_its_parent(folder: Path) -> None:
    path = new_scenario("evenings", "child", folder / "mine", Toy, search=folder)
    assert path == folder / "mine" / "evenings.yaml"
    assert path.read_text(encoding="utf-8").startswith("# ")
    new, parent = read(path, Toy, search=folder), read(folder / "child.yaml", Toy)
    assert new.model_copy(update={"name": parent.name, "question": parent.question}) == parent
    assert new.name == "evenings"
    assert new.question


def test_a_new_scenario_points_the_editor_to_a_schema_beside_it(folder: Path) -> None:
    (folder / "scenario.schema.json").write_text("{}", encoding="utf-8")
    path = new_scenario("null", "base.yaml", folder, Toy)
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=./scenario.schema.json\n# ")
    assert read(path, Toy).name == "null"


@pytest.mark.parametrize("name", ["", "Site 1", "../x", "a/b", "1a", "_a", "a.yaml", "a\n", "é", "a" * 99])
def test_a_new_scenario_refuses_a_bad_name(folder: Path, name: str) -> None:
    with pytest.raises(BadInput, match="a name starts with a small letter"):
        new_scenario(name, "base.yaml", folder, Toy)


def test_a_new_scenario_never_overwrites_and_needs_its_parent(folder: Path) -> None:
    before = (folder / "child.yaml").read_bytes()
    with pytest.raises(BadInput, match=r"child\.yaml: is there already; choose another name, or delete"):
        new_scenario("child", "base.yaml", folder, Toy)
    assert (folder / "child.yaml").read_bytes() == before
    with pytest.raises(BadInput, match=r"did you mean 'base\.yaml'"):
        new_scenario("other", "bse.yaml", folder, Toy)
    assert not (folder / "other.yaml").exists()
