"""A given table of mothers: what is read, what is refused, and how the rest is drawn."""

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from bpssim.model.initial_state import draw_population, places_of
from bpssim.model.simulation import Simulation
from bpssim.scenario.places.mother_table import TRAITS, read_mothers
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import EthnicGroup, Trait
from tests.safety import ends

LANGUAGES = ["urdu", "polish"]
DAYS = 84


@pytest.fixture
def table(tmp_path):
    def write(text):
        path = tmp_path / "mothers.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def read(path):
    return read_mothers(path, LANGUAGES, DAYS)


def refused(path):
    with pytest.raises(BadInput) as caught:
        read(path)
    return str(caught.value)


def test_columns_are_read_and_empty_cells_are_left_open(table):
    path = table(
        "id,quintile,birth_day,age_years,partner_leave,language,confidence\n7,1,0,33,14,Urdu,0.25\n9,,83,,,,\n"
    )
    columns = read(path)
    found = {name: columns[name].tolist() for name in ("id", "quintile", "birth_day", "age_years", "partner_leave")}
    assert found == {
        "id": [7, 9],
        "quintile": [1, -1],
        "birth_day": [0, 83],
        "age_years": [33, -1],
        "partner_leave": [14, -1],
    }
    assert columns["language"].tolist() == [1, -1]
    assert columns["confidence"].tolist() == [0.25, -1]


@pytest.mark.parametrize("trait", TRAITS)
def test_every_trait_can_be_given_by_its_word(table, trait):
    assert read(table(f"quintile,{trait}\n1,1\n1,0\n1,TRUE\n1,false\n1,Y\n1,No\n1,\n"))[trait].tolist() == [
        1,
        0,
        1,
        0,
        1,
        0,
        -1,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffquintile,lone\n1,1\n5,0\n",
        '"Quintile","LONE"\n"1","1"\n"5",0\n',
        "quintile , lone\r\n 1,1 \r\n5,0\r\n",
        "quintile,lone\n1.0,true\n5.00,false",
        "quintile,lone\n\n1,1\n\n5,0\n\n",
    ],
)
def test_a_csv_file_may_be_written_in_the_usual_ways(table, text):
    columns = read(table(text))
    assert columns["quintile"].tolist() == [1, 5]
    assert columns["lone"].tolist() == [1, 0]


@pytest.mark.parametrize(
    "columns",
    [
        {"quintile": [1, 5, None], "lone": [True, False, None], "language": ["urdu", "english", None]},
        {"quintile": [1.0, 5.0, None], "lone": [1, 0, None], "language": ["Urdu", "ENGLISH", ""]},
        {"quintile": ["1", "5", ""], "lone": ["true", "0", None], "language": ["urdu ", "english", None]},
    ],
)
def test_a_parquet_file_may_hold_numbers_texts_or_truths(tmp_path, columns):
    path = tmp_path / "mothers.parquet"
    parquet.write_table(pa.table(columns), path)
    found = read(path)
    assert found["quintile"].tolist() == [1, 5, -1]
    assert found["lone"].tolist() == [1, 0, -1]
    assert found["language"].tolist() == [1, 0, -1]


def test_a_number_may_be_written_with_an_exponent(table):
    columns = read(table("quintile,confidence\n1,1e-7\n2e0,2.5E-1\n3,1E+0\n0.4e1,.1e-300\n5,.12345678901234567\n"))
    assert columns["confidence"].tolist() == [1e-7, 0.25, 1, 1e-301, 0.12345678901234567]
    assert columns["quintile"].tolist() == [1, 2, 3, 4, 5]


def test_a_parquet_file_may_hold_any_share(tmp_path):
    path = tmp_path / "mothers.parquet"
    shares = [0.0, 1e-320, 1e-300, 1e-16, 1e-7, 0.1, 1.0]
    parquet.write_table(pa.table({"confidence": [*shares, None]}), path)
    assert read(path)["confidence"].tolist() == [*shares, -1]


@pytest.mark.parametrize("text", ["1e", "e5", "1e5.0", "1e400", "-1e400", "0x1", "1_0", "inf", "-inf"])
def test_what_is_no_finite_number_is_refused(table, text):
    assert f"should be a number from 0 to 1, or empty (found '{text[:90]}" in refused(table(f"confidence\n{text}\n"))


def test_a_mistake_in_a_parquet_file_is_named_by_its_row(tmp_path):
    path = tmp_path / "mothers.parquet"
    parquet.write_table(pa.table({"quintile": [1, 9]}), path)
    assert refused(path).startswith(
        f"{path}, row 2: quintile: should be a whole number from 1 to 5, or empty (found '9')"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "quintile\n6\n",
            ":2: quintile: should be a whole number from 1 to 5, or empty (found '6'); these may be deciles; two "
            "deciles are one quintile, so deciles 1 and 2 are quintile 1",
        ),
        ("quintile\n1.5\n", ":2: quintile: should be a whole number from 1 to 5, or empty (found '1.5')"),
        ("quintile\nnan\n", ":2: quintile: should be a whole number from 1 to 5, or empty (found 'nan')"),
        ("birth_day\n84\n", ":2: birth_day: should be a whole number from 0 to 83, or empty (found '84')"),
        ("lone\nmaybe\n", ":2: lone: should be 1 or 0, yes or no, true or false, or empty (found 'maybe')"),
        ("confidence\n-1\n", ":2: confidence: should be a number from 0 to 1, or empty (found '-1')"),
        ("age_years\n-1\n", ":2: age_years: should be a whole number from 10 to 60, or empty (found '-1')"),
        ("id\n2147483648\n", ":2: id: should be a whole number from 0 to 2147483647, or empty (found '2147483648')"),
        ("id\n4\n\n4\n", ":4: id: should be an id that no other mother has (found '4')"),
        ("id,lone\n4,1\n,1\n", ":3: id: should be given, because other mothers have one (found nothing)"),
        (
            "language\nordu\n",
            ":2: language: should be one of english, urdu, polish, or empty (found 'ordu'); did you mean 'urdu'?",
        ),
        ("quintile,lone\n1,1\n1\n", ":3: should have 2 cells, as the headings have (found 1 cells)"),
        ("lone,lone\n1,1\n", ":1: a column stands there twice (found 'lone')"),
        ("quintile\n", ": there are no rows below the headings"),
    ],
)
def test_a_wrong_value_is_named_with_its_place_and_what_is_allowed(table, text, expected):
    path = table(text)
    assert refused(path) == f"{path}{expected}"


MESSY = {
    "title lines and notes": "Births, maternity record\n\nquintile,lone,degree\n1,1,\n5,0,\nSource: the hospital\n",
    "semicolons": "quintile;lone\n1;1\n5;0\n",
    "tabs in UTF-16": "quintile\tlone\n1\t1\n5\t0\n".encode("utf-16"),
    "blank rows of a spreadsheet": "quintile,lone,,\n1,1,,\n5,0,,\n,,,\n,,,\n",
    "names of quintiles": "quintile,lone\nQ1,yes\nQ5,no\n",
    "names with words": "quintile,lone\n1 (most deprived),Y\n5 - least deprived,N\n",
    "words alone": "quintile,lone\nMost deprived,1\nLeast deprived,0\n",
    "a code page": "quintile,lone,language\n1,1,Ordü\n5,0,\n".encode("cp1252"),
}


@pytest.mark.parametrize("kind", MESSY)
def test_a_table_as_exported_is_read_as_it_is_meant(tmp_path, kind):
    path = tmp_path / "mothers.csv"
    path.write_bytes(MESSY[kind] if isinstance(MESSY[kind], bytes) else MESSY[kind].encode())
    columns = read_mothers(path, ["urdu", "ordü"], DAYS)
    assert columns["quintile"].tolist() == [1, 5]
    assert columns["lone"].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("quintile\n5 (most deprived)\n", "these are numbered the other way round; 1 is the most deprived"),
        ("quintile\n9\n", "these may be deciles; two deciles are one quintile"),
        ("confidence\n45\n", "a share is written from 0 to 1: 45 % is 0.45"),
        ("confidence\n45%\n", "45% is written 0.45"),
        ("partner_leave\n2 weeks\n", "2 weeks is 14"),
        ("lone\n*\n", "leave the cell empty where it is not known"),
        ("lone\nunknown\n", "leave the cell empty where it is not known"),
    ],
)
def test_what_was_likely_meant_is_told(table, text, advice):
    assert advice in refused(table(text))


@pytest.mark.parametrize("found", ["2", "20 %"])
def test_a_number_that_is_not_yes_or_no_is_no_share(table, found):
    told = refused(table(f"degree\n{found}\n"))
    assert told.rstrip().endswith(f"should be 1 or 0, yes or no, true or false, or empty (found '{found}')")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04" + b"\0" * 50, "is a workbook"),
        (b"%PDF-1.7", "is a PDF"),
        ("<html></html>", "is a web page"),
    ],
)
def test_a_file_of_another_kind_is_named(table, content, words):
    assert words in refused(table(content))


def test_a_misspelt_column_is_named_with_the_nearest(table):
    message = refused(table("quintle\n1\n"))
    assert ":1: no such column; the columns are id, quintile" in message
    assert message.endswith("(found 'quintle'); did you mean 'quintile'?")


def test_a_births_file_given_as_a_table_of_mothers_is_recognised(table):
    told = refused(table("lsoa,births\nE01005501,10\nE01005502,12\nTotal\n"))
    assert ":1: no heading of a table of mothers, one row a mother, was recognised; these are id, quintile" in told
    assert told.endswith("(found 'lsoa, births'); births by small area go to population.births_by_small_area")
    assert refused(table("a,xyz\n1,2\n")).endswith("(found 'a, xyz')")


@pytest.mark.parametrize(("rows", "more"), [(30, "1 more mistake"), (99, "70 more mistakes")])
def test_how_many_more_mistakes_there_are_stands_last(table, rows, more):
    lines = refused_scenario(table("quintle,lone\n" + "9,2\n" * rows)).splitlines()
    assert len(lines) == 31
    assert lines[-1].endswith(f": and {more}")


def refused_scenario(path) -> str:
    with pytest.raises(BadInput) as caught:
        load("site1", [f"population.mothers={path}"])
    return str(caught.value)


@pytest.mark.parametrize("name", ["partner_away", "wrong_number"])
def test_what_the_model_works_out_itself_cannot_be_given(table, name):
    assert "no such column" in refused(table(f"{name},lone\n1,1\n"))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("under_20,age_years", "1,30"),
        ("under_20,age_years", "0,17"),
        ("multiparous,first_birth", "1,1"),
        ("multiparous,first_birth", "0,0"),
        ("partner_leave,lone", "7,1"),
        ("breastfed_before,first_birth", "1,1"),
        ("breastfed_before,multiparous", "1,0"),
        ("school_run,first_birth", "1,1"),
        ("no_car,no_weekday_car", "1,0"),
        ("no_mobile,no_smartphone", "1,0"),
        ("limited_english,other_language", "1,0"),
        ("limited_english,language", "1,english"),
        ("other_language,language", "0,urdu"),
        ("other_language,language", "1,english"),
    ],
)
def test_two_things_that_cannot_both_be_true_are_refused(table, header, cells):
    path = table(f"{header}\n,\n{cells}\n")
    assert refused(path).startswith(f"{path}:3: ")
    assert refused(path).endswith(" cannot both be true of one mother")
    for alone in range(2):  # each can be true by itself
        kept = [cell if number == alone else "" for number, cell in enumerate(cells.split(","))]
        read(table(f"{header}\n{','.join(kept)}\n"))


@pytest.mark.parametrize(
    ("given", "implied"),
    [
        ("school_run 1", {"multiparous": 1, "first_birth": 0}),
        ("first_birth 0", {"multiparous": 1}),
        ("multiparous 0", {"first_birth": 1, "breastfed_before": 0, "school_run": 0}),
        ("no_weekday_car 0", {"no_car": 0}),
        ("limited_english 1", {"other_language": 1}),
        ("language english", {"other_language": 0, "limited_english": 0}),
        ("age_years 19", {"under_20": 1}),
        ("partner_leave 14", {"lone": 0}),
    ],
)
def test_what_follows_from_a_value_is_filled_in(table, given, implied):
    name, value = given.split()
    columns = read(table(f"{name},quintile\n{value},1\n"))
    assert {trait: columns[trait][0] for trait in implied} == implied
    assert columns["degree"][0] == -1


def test_every_mistake_of_a_table_is_told_at_once(table):
    told = refused(table("quintle,lone,degree\n1,2,0\n1\n1,0,x\n")).splitlines()
    assert [line.split(":")[1] for line in told] == ["1", "2", "3", "4"]
    assert "did you mean 'quintile'?" in told[0]


def test_several_mistakes_are_shown_at_once_in_order_but_not_all_of_many(table):
    many = refused(table("quintile,lone\n" + "9,2\n" * 500)).splitlines()
    assert [line.split(":")[1] for line in many[:30]] == [str(2 + row // 2) for row in range(30)]
    assert len(many) == 31
    assert many[-1].endswith(": and 970 more mistakes")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x00\x01\x02", b"PAR1 but no more", b"quintile\n\xff\n"])
def test_what_is_no_table_is_refused_in_one_line(table, content):
    path = table(content)
    assert refused(path).startswith(str(path))
    assert "\n" not in refused(path)


def test_files_that_cannot_be_read_are_refused(tmp_path, table):
    table("quintile\n1\n")
    assert refused(tmp_path / "mother.csv").endswith("no such file; did you mean 'mothers.csv'?")
    assert refused(tmp_path).endswith("is a folder, not a file")


def test_a_million_mothers_are_read(table):
    path = table("quintile,degree\n" + "1,0\n5,1\n" * 500_000)
    with ends():
        columns = read(path)
    assert columns["quintile"].sum() == 3_000_000


# What the table leaves open is drawn


def population(path, **changes):
    scenario = Scenario.model_validate(
        {
            "name": "given",
            "run": {"warm_up_days": 14, "window_days": DAYS},
            "population": {"mothers": str(path), "languages": {"urdu": 1, "polish": 1}, **changes},
        }
    )
    return scenario, draw_population(scenario, places_of(scenario.population, DAYS)[0], 1)


def has(mothers, trait):
    return (mothers.traits >> trait) & 1 == 1


def test_a_run_keeps_what_was_given(table):
    rows = "\n".join(f"{900 - i},{1 + i % 5},{i % DAYS},{16 + i % 25},{i % 2}" for i in range(300))
    scenario, drawn = population(table(f"id,quintile,birth_day,age_years,degree\n{rows}\n"))
    simulation = Simulation(scenario, 1, population=drawn)
    simulation.run()
    mothers = simulation.state.mothers
    assert sorted(mothers.id) == list(range(601, 901))
    number = 900 - mothers.id
    assert (mothers.quintile == 1 + number % 5).all()
    assert (mothers.birth_day - simulation.parameters.derived.window_start == number % DAYS).all()
    assert (mothers.age_years == 16 + number % 25).all()
    assert (has(mothers, Trait.DEGREE) == (number % 2 == 1)).all()
    assert (has(mothers, Trait.UNDER_20) == (mothers.age_years < 20)).all()
    assert set(mothers.in_window) == {1}


def test_an_empty_table_draws_the_same_mothers_as_no_table(table):
    births = 690  # in 84 days, as of 3,000 in a year
    _, (given, _) = population(table("id,degree\n" + "".join(f"{i},\n" for i in range(births))))
    scenario = Scenario.model_validate(
        {
            "name": "drawn",
            "run": {"warm_up_days": 0, "window_days": DAYS},
            "population": {"births_per_year": 3000, "languages": {"urdu": 1, "polish": 1}},
        }
    )
    drawn, _ = draw_population(scenario, places_of(scenario.population)[0], 1)
    drawn = drawn[np.isin(drawn.id, given.id)]
    given.birth_day -= 14  # the warm-up
    for name in given.dtype.names:
        assert (given[name] == drawn[name]).all(), name


CONDITIONAL = [
    ("no_weekday_car", 1, "no_car", lambda a: np.array(a.no_car) / a.no_weekday_car),
    ("no_car", 0, "no_weekday_car", lambda a: (np.array(a.no_weekday_car) - a.no_car) / (1 - np.array(a.no_car))),
    ("no_smartphone", 1, "no_mobile", lambda a: (1 - np.array(a.mobile)) / (1 - np.array(a.smartphone))),
    ("degree", 0, "left_school_early", lambda a: np.array(a.left_school_early) / (1 - np.array(a.degree))),
    ("left_school_early", 0, "degree", lambda a: np.array(a.degree) / (1 - np.array(a.left_school_early))),
    ("multiparous", 1, "breastfed_before", lambda a: np.array(a.breastfed_before)),
    ("other_language", 1, "limited_english", lambda a: np.array(a.limited_english) / a.other_language),
    ("other_language", 1, "minority_ethnic", lambda a: np.minimum(0.6, a.other_language / np.array(a.minority_ethnic))
     * a.minority_ethnic / a.other_language),
]  # fmt: skip


@pytest.mark.parametrize(("given", "value", "drawn", "share"), CONDITIONAL, ids=lambda part: str(part)[:20])
def test_what_is_left_open_is_drawn_given_what_is_known(table, given, value, drawn, share):
    per_quintile = 8000
    rows = "".join(f"{quintile},{value}\n" * per_quintile for quintile in range(1, 6))
    scenario, (mothers, _) = population(table(f"quintile,{given}\n{rows}"))
    for quintile, expected in enumerate(share(scenario.population.attributes), 1):
        found = has(mothers, Trait[drawn.upper()])[mothers.quintile == quintile].mean()
        assert abs(found - expected) < 5 * np.sqrt(expected * (1 - expected) / per_quintile) + 1e-9


def test_a_given_ethnic_group_is_kept_and_one_of_minority_ethnic_mothers_is_drawn_among_theirs(table):
    rows = ["asian,,1", ",1,2", ",0,3", "white,,4", ",,5"]
    _, (mothers, _) = population(table("ethnic_group,minority_ethnic,id\n" + "\n".join(rows)))
    mothers = mothers[np.argsort(mothers.id)]
    assert mothers.ethnic_group[[0, 2, 3]].tolist() == [EthnicGroup.ASIAN, EthnicGroup.WHITE, EthnicGroup.WHITE]
    assert mothers.ethnic_group[1] != EthnicGroup.WHITE
    assert ((mothers.ethnic_group != EthnicGroup.WHITE) == has(mothers, Trait.MINORITY_ETHNIC)).all()
    text = refused(table("ethnic_group,minority_ethnic\nasian,0\n"))
    assert "ethnic_group other than white and minority_ethnic 0 cannot both be true of one mother" in text
    assert "mixed" in refused(table("ethnic_group\nmixt\n"))


def test_the_age_of_a_young_mother_is_drawn_among_young_ages_and_of_another_not(table):
    _, (mothers, _) = population(table("under_20\n" + "1\n0\n" * 2000))
    young = mothers.id % 2 == 0
    assert mothers.age_years[young].max() == 19
    assert mothers.age_years[~young].min() == 20
    assert (has(mothers, Trait.UNDER_20) == young).all()


def test_a_given_quintile_has_a_neighbourhood_of_that_quintile(table):
    _, (mothers, neighbourhoods) = population(table("quintile\n" + "".join(f"{1 + i % 5}\n" for i in range(1000))))
    assert (neighbourhoods.quintile[mothers.neighbourhood] == mothers.quintile).all()
    assert len(set(mothers.neighbourhood)) > len(neighbourhoods) / 2
    _, (mothers, _) = population(table("quintile\n5\n"), quintile_mix=[1, 1, 1, 1, 0])
    assert mothers.neighbourhood.tolist() == [-1]


def test_an_open_quintile_is_drawn_from_the_mix(table):
    _, (mothers, _) = population(table("degree\n" + "1\n" * 500), quintile_mix=[0, 0, 1, 0, 0])
    assert set(mothers.quintile) == {3}


def test_the_age_of_a_mother_with_earlier_births_or_a_degree_is_drawn_among_such_mothers(table):
    _, (mothers, _) = population(table("multiparous,degree\n" + "1,\n0,\n,1\n" * 3000))
    young = mothers.age_years < 20
    earlier, first, graduate = (mothers.id % 3 == kind for kind in range(3))
    assert young[earlier].mean() < 0.01 < 0.02 < young[first].mean()
    assert mothers.age_years[graduate].min() == 21
