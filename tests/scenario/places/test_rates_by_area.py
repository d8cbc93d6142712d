"""Rates by area as official statistics publish them: whatever the layout, the right cell, or one clear message."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpssim.scenario.local_rate import LocalRate
from bpssim.scenario.places.published_rates import local_rate_of
from bpssim.scenario.places.rates_by_area import Found, RatesByArea
from bpssim.scenario.population import Population
from bpssim.scenario.reading.messages import BadInput
from tests.refused import read_or_refused

ROCHDALE = ("E08000005", "Rochdale")

# Laid out as the Office for Health Improvement and Disparities publishes its annual and quarterly tables.
ANNUAL = """\
Breastfeeding at 6 to 8 weeks after birth: annual data for 2023 to 2024,,,,,,
This worksheet contains one table. Some cells refer to notes.,,,,,,
,,,,,,
Area code,Area name,Number of infants due a 6 to 8 week review,Number totally or partially breastfed,\
Breastfeeding prevalence at 6 to 8 weeks (%),Lower 95% confidence limit,Upper 95% confidence limit
E92000001,England,560000,260000,52.7,52.6,52.8
E10000017,Lancashire,"11,500","4,900",42.6,41.7,43.5
E07000117,Burnley,"1,150",[c],[c],[c],[c]
E08000004,Oldham [note 2],3100,1209,39.0,37.3,40.7
E08000005,Rochdale,2800,1299,46.4 [note 3],44.5,48.2
E06000015,Derby,3000,1410,47.0r,45.2,48.8
E09000025,Newham,5800,*,*,*,*
E54000048,NHS Greater Manchester Integrated Care Board,36000,17400,48.3,47.8,48.8
[c]: suppressed because of small numbers or poor quality,,,,,,
"""
STATES = """\
Org Code,Local authority,Totally breastfed (%),Partially breastfed (%),Totally or partially breastfed (%),\
Not at all breastfed (%),Not known (%)
E08000005,Rochdale,30.1,16.3,46.4,50.0,3.6
"""
LONG = """\
Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,\
Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note,Recent Trend,\
Compared to England value or percentiles,Time period Sortable
92517,Breastfeeding prevalence at 6 to 8 weeks - current method,E12000002,North West region,E08000005,Rochdale,UA,\
Female,6-8 weeks,,,2021/22,43.2,41,45,1200,2780,,,Worse,20210000
92517,Breastfeeding prevalence at 6 to 8 weeks - current method,E12000002,North West region,E08000005,Rochdale,UA,\
Female,6-8 weeks,,,2023/24,46.4,44,48,1299,2800,,,Similar,20230000
92517,Breastfeeding prevalence at 6 to 8 weeks - current method,E12000002,North West region,E08000005,Rochdale,UA,\
Female,6-8 weeks,IMD,Most deprived,2023/24,39.0,37,41,500,1282,,,Worse,20230000
93580,Baby's first feed breastmilk,E12000002,North West region,E08000005,Rochdale,UA,\
Female,Newborn,,,2020/21,64.9,63,67,1817,2800,,,Worse,20200000
92517,Breastfeeding prevalence at 6 to 8 weeks - current method,E12000002,North West region,E08000004,Oldham,UA,\
Female,6-8 weeks,,,2023/24,,,,,,Value suppressed,,Not compared,20230000
92517,Breastfeeding prevalence at 6 to 8 weeks - current method,E12000002,North West region,E08000004,Oldham,UA,\
Female,6-8 weeks,,,2022/23,38.5,,,1190,3090,,,Worse,20220000
"""
BY_REVIEW = """\
FinancialYear,CA,CAName,Review,NumberOfValidReviews,PercentageExclusive,PercentageOverallBreastfed
2022/23,S12000036,City of Edinburgh,First Visit,4600,58.0,77.0
2022/23,S12000036,City of Edinburgh,6-8 Week Review,4500,49.0,67.5
2023/24,S12000036,City of Edinburgh,First Visit,4500,59.0,78.1
2023/24,S12000036,City of Edinburgh,6-8 Week Review,4400,50.1,68.9
2023/24,S12000047,Fife,6-8 Week Review,3000,33.0,47.0
"""
OF_COUNTIES = """\
County code,County,Code,Area,Any breastfeeding at 6-8 weeks (%),Year
E10000017,Lancashire,E07000117,Burnley,37.0,2023/24
E10000017,Lancashire,E07000120,Hyndburn,38.0,2023/24
E10000017,Lancashire,E10000017,Lancashire (all),42.6,2023/24
E10000017,Lancashire,E10000017,Lancashire (all),44.0,2023/24 Q4
E10000017,Lancashire,E10000017,Lancashire (all),41.0,2022/23
"""
IN_COLUMNS = """\
Any breastfeeding by age and local authority;;;;;;
;;At birth;;;10 days;6 weeks
Code;Area;2021;2022;2023;2023;2023
W06000015;Cardiff;71,5;72,0;73,25;61,5;52,5
W06000016;Rhondda Cynon Taf;52,0;53,0;54,0;40,0;.
"""
QUARTERLY = """\
Breastfeeding at 6 to 8 weeks, England, April 2023 to March 2024

la_code,la_name,number_due,number_with_known_status,number_exclusively_breastfed,pct_exclusively,bf_6_8_weeks_pct
E08000005,Rochdale,2800,2700,850,31.5,46.4
"""
COUNTS = """\
Breastfeeding at 6-8 weeks,,,
Area code,Area name,Number breastfed,Total number of reviews
E08000005,Rochdale,"1,299","2,800"
"""
SHARES = """\
code,area,year,any_6_weeks_share
E08000005,Rochdale,2023,0.464
E08000004,Oldham,2023,0.39
"""


WITH_A_WRITTEN_RATE = "any_2w as written; any_6w from rates.csv: Rochdale (E08000005), 2023 to 2024"
ROWS_OF_SEXES = """\
Area code,Area,Sex,Breastfed at 6-8 weeks (%)
E08000005,Rochdale,Male,45.0
E08000005,Rochdale,Female,47.0
"""
WELSH = "Local authority,Birth,10 days,6 weeks,6 months\nCardiff,72.1,60.2,52.5,40.1\n"
ANY = "Area,Any breastfeeding at 6-8 weeks"
COUNTED = "Area,Number breastfed at 6 to 8 weeks"
PERIODS = """\
Area code,Area,Period,Breastfed at 6-8 weeks (%)
E08000005,Rochdale,2022/23,45.0
E08000005,Rochdale,2023/24 Q1,47.0
E08000004,Oldham,2022/23,39.0
"""


CELLS = (
    *("E08000005", "E10000017", "Rochdale", "46.4", "146", "-1", "0.46", "1,299", "[c]", "*", "", "x" * 99),
    *(
        "2023/24",
        "Q1",
        "Year",
        "Breastfed 2022",
        "6-8 weeks %",
        "First Visit",
        "initiation",
        "Number breastfed",
        "Total",
    ),
    *("Lower CI", "Value", "Category", "[note 1]", "any", "exclusive", "\u0664"),
)


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "rates.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def rates_of(path: Path, code: str, name: str) -> dict[str, Found]:
    return RatesByArea(path).rates((code,) if code else (), (name,) if name else ())


@pytest.mark.parametrize(
    ("text", "area", "found"),
    [
        (ANNUAL, ROCHDALE, {"any_6w": (0.464, "2023 to 2024")}),  # a note behind the number
        (ANNUAL, ("E06000015", ""), {"any_6w": (0.47, "2023 to 2024")}),  # a mark of revision
        (ANNUAL, ("", "Lancashire"), {"any_6w": (0.426, "2023 to 2024")}),
        (ANNUAL, ("", "Oldham"), {"any_6w": (0.39, "2023 to 2024")}),  # a note behind the name
        (ANNUAL, ("E54000048", ""), {"any_6w": (0.483, "2023 to 2024")}),
        (f"Breastfeeding at 6-8 weeks 2019/20,,\n{STATES}", ROCHDALE, {"any_6w": (0.464, "2019/20")}),
        (LONG, ROCHDALE, {"initiation": (0.649, "2020/21"), "any_6w": (0.464, "2023/24")}),
        (
            BY_REVIEW,
            ("S12000036", "City of Edinburgh"),
            {"any_2w": (0.781, "2023/24"), "any_6w": (0.689, "2023/24")},
        ),
        (BY_REVIEW, ("S12000015", "Fife"), {"any_6w": (0.47, "2023/24")}),  # the code of another year
        (
            IN_COLUMNS,
            ("W06000015", "Cardiff"),
            {"initiation": (0.7325, "2023"), "any_2w": (0.615, "2023"), "any_6w": (0.525, "2023")},
        ),
        (OF_COUNTIES, ("E10000017", "Lancashire"), {"any_6w": (0.426, "2023/24")}),  # a whole year, not its quarter
        (QUARTERLY, ROCHDALE, {"any_6w": (0.464, "2023 to March 2024")}),  # commas in a title without quotes
        (COUNTS, ROCHDALE, {"any_6w": (1299 / 2800, "")}),
        (SHARES, ROCHDALE, {"any_6w": (0.464, "2023")}),
        (f"{COUNTED},Infants reviewed\nRochdale,83,140\n", ROCHDALE, {"any_6w": (83 / 140, "")}),
        (f"{COUNTED},With known status\nRochdale,83,140\n", ROCHDALE, {"any_6w": (83 / 140, "")}),
        (f"{COUNTED},Babies born\nRochdale,83,140\n", ROCHDALE, {"any_6w": (83 / 140, "")}),
        (f"{COUNTED},Out of\nRochdale,83,140\n", ROCHDALE, {"any_6w": (83 / 140, "")}),
        (f"{ANY},Any breastfeeding at 6-8 weeks (number)\nRochdale,45.0,1200\n", ROCHDALE, {"any_6w": (0.45, "")}),
        (f"{ANY},Any breastfeeding at 6-8 weeks (number)\nRochdale,45.0,62\n", ROCHDALE, {"any_6w": (0.45, "")}),
        (f"Exclusive and any breastfeeding\n\n{ANY}\nRochdale,45\n", ROCHDALE, {"any_6w": (0.45, "")}),
        (f"{ANY},Reviewed\nRochdale,1299,2800\n", ROCHDALE, {"any_6w": (1299 / 2800, "")}),
        ("Area,Metric,6-8 weeks\nRochdale,Number,83\nRochdale,Percent,46\n", ROCHDALE, {"any_6w": (0.46, "")}),
        (f"{ANY},Births\nRochdale,45,2800\n", ROCHDALE, {"any_6w": (0.45, "")}),
        (f"{ROWS_OF_SEXES}E08000005,Rochdale,Persons,46.0\n", ROCHDALE, {"any_6w": (0.46, "")}),
        (WELSH, ("", "Cardiff"), {"initiation": (0.721, ""), "any_2w": (0.602, ""), "any_6w": (0.525, "")}),
        (f"{ANY}\nRochdale Metropolitan Borough,45\n", ROCHDALE, {"any_6w": (0.45, "")}),
        (f"{ANY}\nRochdale,45\n", ("", "Rochdale Metropolitan Borough"), {"any_6w": (0.45, "")}),
        (f"Code;{ANY.replace(',', ';')}\nE08000005;Rochdale;0,438\n", ROCHDALE, {"any_6w": (0.438, "")}),
    ],
)
def test_the_rate_is_found(file, text, area, found) -> None:
    rates = rates_of(file(text), *area)
    assert list(rates) == list(found)
    for kind, (rate, period) in found.items():
        assert rates[kind].rate == pytest.approx(rate)
        assert period in rates[kind].period


@pytest.mark.parametrize("cell", ["46.4", "46.4 %", "46.4*", "46.4[note 1]", "46.4 (r)", "46.4p", "46.4 †", "46,4"])
def test_marks_behind_a_number_do_not_change_it(file, cell: str) -> None:
    text = f"Area code;Area;Breastfed at 6-8 weeks (%)\nE08000005;Rochdale;{cell}\n"
    assert rates_of(file(text), *ROCHDALE) == {"any_6w": Found(pytest.approx(0.464), "")}


@pytest.mark.parametrize("cell", ["", "*", "[c]", "-", ".", "..", ":", "c", "<5", "[x] [note 2]", "suppressed"])
def test_a_cell_without_a_number_is_refused(file, cell: str) -> None:
    text = f"Area code,Area,Breastfed at 6-8 weeks (%)\nE08000005,Rochdale,{cell}\nE08000004,Oldham,39\n"
    with pytest.raises(BadInput, match=r"rates.csv:2: holds no number of any_6w for Rochdale \(E08000005\)"):
        rates_of(file(text), *ROCHDALE)


@pytest.mark.parametrize(
    ("text", "area", "message"),
    [
        (ANNUAL, ("E07000117", "Burnley"), r"holds no number of any_6w for Burnley .*\(found '\[c\]'\).*county"),
        (ANNUAL, ("E07000120", "Hyndburn"), "has no row of Hyndburn .*8 areas, and its counties are Lancashire"),
        (ANNUAL, ("E07000001", ""), "has no row of E07000001; it has"),
        (ANNUAL, ("", "Rochdal"), "has no row of Rochdal; did you mean 'Rochdale'"),
        (LONG, ("E08000004", "Oldham"), "holds no number of any_6w for Oldham .* for 2023/24 .*for 2022/23 .* 0.385"),
        (STATES, ROCHDALE, "calls no number for Rochdale .* a rate .*; its headings are 'Org Code', 'Local authority'"),
        (
            "Code,Area,6 weeks %,6-8 weeks %\nE08000005,Rochdale,46,47\n",
            ROCHDALE,
            "2 cells may hold any_6w of Rochdale .*'6 weeks %', '6-8 weeks %'; leave one of them",
        ),
        (
            f"{COUNTED}\nRochdale,83\n",
            ROCHDALE,
            "'Number breastfed at 6 to 8 weeks' is a count, and it cannot be told of",
        ),
        (
            "Area,Measure,6-8 weeks\nRochdale,Number,83\n",
            ROCHDALE,
            "calls no number for Rochdale",
        ),
        (
            "Number of babies breastfed at 6-8 weeks\n\nCode,Area,2023\nE08000005,Rochdale,83\n",
            ROCHDALE,
            "calls no number for",
        ),
        (f"{ANY},Reviewed\nRochdale,83,140\n", ROCHDALE, "may be a percentage, or a number of 'Reviewed'"),
        (f"{ROWS_OF_SEXES}E08000005,Rochdale,Persons,*\n", ROCHDALE, "rates.csv:4: holds no number of any_6w"),
        (ROWS_OF_SEXES, ROCHDALE, r"of Rochdale .*: lines 2-3, which differ in 'Sex' \('Male', 'Female'\)"),
        ("E08000005,Rochdale,46\n", ROCHDALE, "no line of headings"),
        ("Code,Area,6 weeks %\nE08000005,Rochdale,146\n", ROCHDALE, "should be above 0 and below 100 %"),
    ],
)
def test_what_cannot_be_used_is_said(file, text: str, area: tuple[str, str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        rates_of(file(text), *area)


@pytest.mark.parametrize("of", ["Exclusive breastfeeding", "Formula feeding", "Mixed feeding", "Infants not breastfed"])
def test_a_table_of_other_feeding_is_refused(file, of: str) -> None:
    with pytest.raises(BadInput, match=r"calls no number for Rochdale .* a rate .*its titles speak of"):
        rates_of(file(f"Table: {of}\nArea,6-8 weeks\nRochdale,25\n"), *ROCHDALE)


@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=7), max_size=6))
def test_whatever_a_table_holds_it_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, rows) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text("\n".join(";".join(row) for row in [*rows, ["E08000005", "Rochdale", "46,4", "*", "1,299"]]))
    found = read_or_refused(lambda: RatesByArea(path).rates(("E08000005",), ("Rochdale",)))
    assert found is None or all(0.0 < each.rate < 1.0 for each in found.values())


def test_the_row_is_that_of_the_place(file) -> None:
    local = LocalRate(file=str(file(ANNUAL)), any_2w=0.55)
    found = local_rate_of(Population(place="Rochdale"), local)
    assert found == LocalRate(any_6w=0.464, any_2w=0.55, source=WITH_A_WRITTEN_RATE)
    county = local_rate_of(Population(place="Burnley"), LocalRate(file=local.file, area="E10000017"))
    assert county is not None
    assert (county.any_6w, county.source) == (0.426, "rates.csv: E10000017, 2023 to 2024")


def test_several_places_have_their_mean_over_births(file) -> None:
    found = local_rate_of(Population(places=["Rochdale", "Oldham"]), LocalRate(file=str(file(ANNUAL))))
    assert found is not None
    assert found.any_6w is not None
    assert 0.42 < found.any_6w < 0.427  # Oldham has more births
    assert found.source.startswith("rates.csv: mean over births of Rochdale (E08000005), Oldham (E08000004), 2023")


def test_a_file_is_named_for_what_was_read_from_it(file) -> None:
    written = local_rate_of(Population(place="Rochdale"), LocalRate(file=str(file(ANNUAL)), any_6w=0.5))
    assert written == LocalRate(any_6w=0.5, source="as written")


def test_several_places_have_rates_of_one_period(file) -> None:
    local, both = LocalRate(file=str(file(PERIODS))), Population(places=["Rochdale", "Oldham"])
    found = local_rate_of(both, local)
    assert found is not None
    assert found.source.endswith("(E08000004), 2022/23")
    assert 0.41 < found.any_6w < 0.425  # type: ignore[operator]
    file(PERIODS.replace("E08000004,Oldham,2022/23", "E08000004,Oldham,2021/22"))
    words = r"not any_6w of one period for all places: Rochdale .* has 2022/23 and 2023/24 Q1, Oldham .* has 2021/22"
    with pytest.raises(BadInput, match=words):
        local_rate_of(both, local)


def test_how_long_a_period_is_is_no_part_of_it(file) -> None:
    text = "Area,Time period,Time period range,Any breastfeeding at 6-8 weeks (%)\nRochdale,2022/23,1y,45\n"
    assert rates_of(file(text), *ROCHDALE) == {"any_6w": Found(0.45, "2022/23")}


def test_a_place_or_an_area_must_be_named(file) -> None:
    with pytest.raises(BadInput, match=r"needs population.place, or the code or name of a row in feeding.local.area"):
        local_rate_of(Population(), LocalRate(file=str(file(ANNUAL))))


def test_rates_of_a_file_must_fall_with_age(file) -> None:
    with pytest.raises(BadInput, match=r"feeding.local.any_6w: should be above 0 and below initiation, 0.4"):
        local_rate_of(Population(place="Rochdale"), LocalRate(file=str(file(ANNUAL)), initiation=0.4))


@pytest.mark.parametrize(
    ("place", "row"),
    [
        ("NHS Devon", "E10000008,Devon,England,51.2"),  # the county, which is smaller
        ("London", "E09000007,Camden,London,71.2"),  # a part of it
    ],
)
def test_a_row_of_another_area_is_not_taken_for_its_name(place: str, row: str, tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(f"Area code,Area,Parent,Breastfed at 6-8 weeks (%)\n{row}\n")
    with pytest.raises(BadInput, match="has no row of"):
        local_rate_of(Population(place=place), LocalRate(file=str(file)))
