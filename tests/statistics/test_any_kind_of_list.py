"""Every public statistic takes any kind of list, by position, or refuses it in one line."""

import inspect
import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

import bpssim as bps
from bpssim.statistics.published import Published
from bpssim.statistics.survival import Curve
from tests.safety import python

stats = bps.statistics

FALLING, RISING = [200, 150, 90, 40, 10], [10, 40, 90, 150, 201]
SHARES = [0.25, 0.375, 0.5, 0.625, 0.75]
PEOPLE = [210, 160, 130, 105, 75]
FED = [60, 60, 55, 50, 45]
QUINTILES = [3, 1, 1, 5, 2, 4, 1]
OF_MOTHERS = [7, 9, 0, 3, 250, 4, 1]
MARKS = [1, 1, 0, 1, 0, 1, 1]
TABLE, OTHER_TABLE = [[9, 250], [7, 3], [8, 100]], [[3, 5], [2, 255], [4, 7]]
MANY, MANY_MORE = list(range(30, 5, -1)), list(range(37, 12, -1))
CURVE = stats.survival_curve(OF_MOTHERS, MARKS)
DATA = stats.from_counts(FED, PEOPLE)
MEAN = stats.restricted_mean(CURVE, 6)

EXAMPLES: dict[str, dict[str, Any]] = {
    "absolute_precision": {"values": FALLING, "target": 500.0},
    "acceptability": {"costs": TABLE, "effects": OTHER_TABLE, "willingness": [0, 1, 200]},
    "acceptability_frontier": {"costs": TABLE, "effects": OTHER_TABLE, "willingness": [0, 1, 200]},
    "against_base": {"costs": FALLING, "effects": RISING},
    "atkinson_equivalent": {"values": FALLING, "population": PEOPLE, "aversion": 2.0},
    "concentration_by_need": {"resource": FALLING, "need": PEOPLE},
    "concentration_curve": {"given": FALLING, "population": PEOPLE},
    "concentration_index": {"values": FALLING, "population": PEOPLE},
    "concentration_of_mothers": {"group": QUINTILES, "values": OF_MOTHERS},
    "concentration_statistics": {"data": DATA},
    "cost_per_mother": {"cost_change": FALLING, "effect_change": RISING},
    "decimals_supported": {"error": 0.01},
    "detectable_difference": {"half_width": FALLING, "pairs": PEOPLE},
    "difference_by_bootstrap": {"base": MANY, "alternative": MANY_MORE},
    "difference_of_means": {"first": MEAN, "second": MEAN},
    "equity_impact": {"base": FALLING, "alternative": RISING, "births": PEOPLE},
    "error_of_mean": {"values": FALLING},
    "error_of_share": {"happened": MARKS},
    "error_of_spread": {"values": FALLING},
    "erreygers": {"proportions": SHARES, "population": PEOPLE},
    "from_counts": {"successes": FED, "population": PEOPLE},
    "from_errors": {"values": SHARES, "errors": [1, 2, 3, 4, 5], "population": PEOPLE, "kind": "proportion"},
    "from_limits": {"values": RISING, "lower": [1] * 5, "upper": [255] * 5, "population": PEOPLE, "kind": "rate"},
    "frontier": {"costs": RISING, "effects": RISING},
    "gap": {"values": FALLING},
    "gap_of_proportions": {"successes": FED, "population": PEOPLE},
    "generalised_concentration": {"values": FALLING, "population": PEOPLE},
    "hoover": {"resource": FALLING, "need": PEOPLE},
    "kakwani": {"resource": FALLING, "need": RISING, "population": PEOPLE},
    "kolm_equivalent": {"values": FALLING, "population": PEOPLE, "aversion": 0.01},
    "levelling_down": {"base": TABLE, "alternative": OTHER_TABLE, "births": [200, 100]},
    "limit_of_none": {"pairs": 20},
    "mean": {"quintile": QUINTILES, "values": OF_MOTHERS, "among": MARKS},
    "net_benefit": {"cost": FALLING, "effect": RISING, "willingness": [0, 1, 200]},
    "net_benefit_gain": {"cost_change": FALLING, "effect_change": RISING, "willingness": [0, 1, 200]},
    "over_draws": {"values": FALLING},
    "over_replicates": {"values": TABLE},
    "paired_difference": {"base": TABLE, "alternative": OTHER_TABLE},
    "ranking": {"values": TABLE},
    "planned_replicates": {"pilot": FALLING, "target": 10.0},
    "proportionality": {"resource": FALLING, "need": PEOPLE},
    "proportions": {"successes": FED, "population": PEOPLE},
    "quadrant_of": {"cost": 1.0, "effect": 1.0},
    "quantile": {"curve": CURVE},
    "ranks": {"population": PEOPLE},
    "ratio": {"numerator": FALLING, "denominator": PEOPLE},
    "ratio_of_ends": {"values": FALLING},
    "ratio_of_proportions": {"successes": FED, "population": PEOPLE},
    "relative_precision": {"values": FALLING, "target": 5.0},
    "resource_per_need": {"resource": FALLING, "need": PEOPLE},
    "restricted_mean": {"curve": CURVE, "horizon": 6},
    "scaled": {"values": FALLING, "lowest": 0.0, "highest": 255.0},
    "share_at": {"curve": CURVE, "days": [1, 2, 5]},
    "share_with_gain": {"cost_change": FALLING, "effect_change": RISING, "willingness": [0, 1, 200]},
    "shares_of": {"given": FALLING},
    "shares_on_frontier": {"costs": TABLE, "effects": OTHER_TABLE},
    "shares_over_replicates": {"shares": SHARES, "people": PEOPLE},
    "single_runs": {"values": FALLING},
    "slope_index": {"values": FALLING, "population": PEOPLE},
    "slope_statistics": {"data": DATA, "method": "linear"},
    "survival_curve": {"durations": OF_MOTHERS, "event_observed": MARKS},
    "totals": {"quintile": QUINTILES, "values": OF_MOTHERS},
    "two_levels": {"values": TABLE},
    "value_of_perfect_information": {"costs": TABLE, "effects": OTHER_TABLE, "willingness": [0, 1, 200]},
    "wagstaff": {"proportions": SHARES, "population": PEOPLE},
    "wilson": {"successes": FED, "population": PEOPLE},
}

FUNCTIONS = {name: getattr(stats, name) for name in stats.__all__ if inspect.isfunction(getattr(stats, name))}

LISTS = [(name, argument) for name, given in EXAMPLES.items() for argument, x in given.items() if isinstance(x, list)]

OTHERWISE_ALLOWED: dict[tuple[str, str], list[Any]] = {("mean", "among"): [None], ("totals", "values"): [None]}
"""What stands for no list where a function may be called without it."""

SINGLE_TOO = ("detectable_difference",)
"""Functions that take a single number as well as a list of them."""

ANY_SHAPE = {
    "detectable_difference",
    "error_of_mean",
    "error_of_share",
    "error_of_spread",
    "net_benefit",
    "over_replicates",
    "ratio",
    "share_at",
    "single_runs",
}


def in_other_order(values: list[Any]) -> pd.Series | pd.DataFrame:
    """The values in their order, with an index that says otherwise."""
    index = np.random.default_rng(1).permutation(len(values)) + 40
    return pd.DataFrame(values, index=index) if isinstance(values[0], list) else pd.Series(values, index=index)


def filtered(values: list[Any]) -> pd.Series | pd.DataFrame:
    doubled = pd.DataFrame(np.repeat(np.array(values, float).reshape(len(values), -1), 2, axis=0))
    return doubled[doubled.index % 2 == 1].squeeze(axis=1)


FORMS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "floats": lambda values: np.array(values, float),
    "float32": lambda values: np.array(values, np.float32),
    "uint8": lambda values: np.array(values, np.uint8),
    "int16": lambda values: np.array(values, np.int16),
    "uint64": lambda values: np.array(values, np.uint64),
    "every other of an array": lambda values: np.repeat(np.array(values, float), 2, axis=0)[::2],
    "objects": lambda values: np.array(values, object),
    "series or frame in another order": in_other_order,
    "filtered series or frame": filtered,
    "nullable integers": lambda values: in_other_order(values).astype("Int64"),
    "frame of one column": lambda values: pd.DataFrame({"x": values}, index=range(len(values), 0, -1)),
    "masked": lambda values: np.ma.masked_array(np.array(values, float)),
    "decimals": lambda values: [Decimal(str(value)) for value in values],
    "fractions": lambda values: [Fraction(value) for value in values],
}
FOR_ONE_AXIS = ("frame of one column", "decimals", "fractions")


def formed(form: str, values: list[Any]) -> Any:
    """The same numbers in another form; None if they cannot have it."""
    if isinstance(values[0], list) and form in FOR_ONE_AXIS:
        return None
    whole = np.array_equal(np.array(values), np.floor(values))
    if form in ("uint8", "int16", "uint64", "nullable integers") and not whole:
        return None
    return FORMS[form](values)


def outcome(name: str, given: dict[str, Any]) -> Any:
    """What a function returns, or how it refuses."""
    try:
        return FUNCTIONS[name](**given)
    except ValueError as error:
        return str(error)


def parts(value: Any) -> Iterator[Any]:
    """The numbers and texts of a result, whatever it is."""
    if isinstance(value, dict):
        yield from (part for entry in value.values() for part in parts(entry))
    elif isinstance(value, list | tuple):
        yield from (part for entry in value for part in parts(entry))
    elif isinstance(value, np.ndarray):
        yield from value.ravel().tolist()
    elif isinstance(value, np.generic):
        yield value.item()
    elif not hasattr(value, "quantiles"):  # SciPy's survival function
        yield value


def assert_same(found: Any, expected: Any, form: object = "") -> None:
    for one, other in zip(parts(found), parts(expected), strict=True):
        same = one == other or (isinstance(other, float) and one == pytest.approx(other, rel=1e-12, nan_ok=True))
        assert same, (form, one, other)


def test_every_public_function_has_an_example() -> None:
    assert set(FUNCTIONS) == set(EXAMPLES)
    records = set(stats.__all__) - set(FUNCTIONS)
    assert all(issubclass(getattr(stats, name), tuple | Enum) for name in records)
    for name, given in EXAMPLES.items():
        for argument, value in given.items():
            hint = str(inspect.signature(FUNCTIONS[name]).parameters[argument].annotation)
            assert ("Sequence" in hint) == isinstance(value, list), (name, argument)
            assert isinstance(value, Published) == (argument == "data")
            assert isinstance(value, Curve) == (argument == "curve")


def test_statistics_import_scipy_only_where_they_need_it_and_never_pandas() -> None:
    code = (
        "import sys, bpssim as bps\n"
        "bps.statistics.slope_index([1, 2, 3], [1, 1, 1])\n"
        "assert not {'scipy', 'pandas', 'numba', 'mesa'} & set(sys.modules)\n"
        "bps.statistics.wilson([1], [9])\n"
        "assert 'scipy' in sys.modules and 'pandas' not in sys.modules\n"
    )
    python(code)


@pytest.mark.parametrize(("name", "argument"), LISTS)
def test_any_kind_of_list_is_taken_by_position(name: str, argument: str) -> None:
    expected = FUNCTIONS[name](**EXAMPLES[name])
    for form in FORMS:
        values = formed(form, EXAMPLES[name][argument])
        if values is not None:
            assert_same(FUNCTIONS[name](**{**EXAMPLES[name], argument: values}), expected, form)


@pytest.mark.parametrize(("name", "argument"), LISTS)
def test_missing_is_one_thing(name: str, argument: str) -> None:
    given = EXAMPLES[name]
    values: Any = np.array(given[argument], object)
    place = (1, 0) if values.ndim == 2 else (1,)
    outcomes = []
    for nothing in (None, math.nan, np.float32("nan"), pd.NA):
        values[place] = nothing
        outcomes.append(outcome(name, {**given, argument: values.tolist()}))
    outcomes.append(outcome(name, {**given, argument: in_other_order(values.tolist())}))
    mask = np.zeros(values.shape, bool)
    mask[place] = True
    masked = np.ma.masked_array(np.array(given[argument], float), mask)
    outcomes.append(outcome(name, {**given, argument: masked}))
    for found in outcomes[1:]:
        assert_same(found, outcomes[0])
    if isinstance(outcomes[0], str):
        assert " 2" in outcomes[0]
        assert "has no number" in outcomes[0]


@pytest.mark.parametrize(("name", "argument"), LISTS)
def test_what_has_no_order_is_no_list_of_numbers_is_refused(name: str, argument: str) -> None:
    values = EXAMPLES[name][argument]
    wrong = [dict(enumerate(values)), {1, 2, 3}, (x for x in values), "12345", None, [[1, 2], [3]]]
    wrong += [] if name in SINGLE_TOO else [5]
    wrong += [] if name in ANY_SHAPE else [[values] * 4]
    for given in (each for each in wrong if each not in OTHERWISE_ALLOWED.get((name, argument), [])):
        found = outcome(name, {**EXAMPLES[name], argument: given})
        assert isinstance(found, str), given
        assert "\n" not in found


def test_a_refusal_says_what_is_wrong_with_the_list() -> None:
    for given, says in (
        ({"q1": 0.2, "q2": 0.4}, "are a dict, which is read by its keys; give a list in order instead"),
        ({0.2, 0.4}, "are a set, which has no order; give a list in order instead"),
        (0.2, r"are 0\.2; there should be a list, an array, a series or a data frame"),
        ([[0.2], [0.4, 0.6]], "are lists of different lengths"),
        ([[0.2, 0.4]], r"have shape \(1, 2\); there should be one for each group"),
        ([0.2, "0.4"], r"group 2 has '0\.4' as value; it should be a number"),
        ([0.2, math.inf], "group 2 has inf as value; it should be a number"),
    ):
        with pytest.raises(ValueError, match=says):
            stats.gap(given)


@pytest.mark.parametrize(("name", "argument"), LISTS)
def test_a_value_that_is_no_number_is_named_with_its_place(name: str, argument: str) -> None:
    values: Any = np.array(EXAMPLES[name][argument], object)
    place = (1, 0) if values.ndim == 2 else (1,)
    for wrong in ("0.5", "many", 1 + 2j, math.inf, -math.inf, pd.Timestamp("2021-03-01")):
        values[place] = wrong
        found = outcome(name, {**EXAMPLES[name], argument: values.tolist()})
        assert isinstance(found, str), wrong
        assert "\n" not in found
        assert " 2" in found
        assert repr(wrong) in found or str(wrong) in found


@pytest.mark.parametrize(
    "name", [name for name, f in FUNCTIONS.items() if "confidence" in inspect.signature(f).parameters]
)
def test_a_level_of_confidence_is_between_0_and_1(name: str) -> None:
    for wrong, says in ((95, r"did you mean 0\.95\?"), (99.5, r"did you mean 0\.995\?"), (0, ""), (1, "")):
        with pytest.raises(ValueError, match=f"confidence is .*{says}"):
            FUNCTIONS[name](**EXAMPLES[name], confidence=wrong)
    for wrong in (-0.5, math.nan, "0.95", None, True):
        with pytest.raises(ValueError, match="confidence is"):
            FUNCTIONS[name](**EXAMPLES[name], confidence=wrong)


@pytest.mark.parametrize("name", [name for name, given in EXAMPLES.items() if list in map(type, given.values())])
def test_lists_of_different_lengths_are_refused(name: str) -> None:
    lists = [argument for argument, value in EXAMPLES[name].items() if isinstance(value, list)]
    for argument in (each for each in lists if len(lists) > 1 and each != "willingness"):
        found = outcome(name, {**EXAMPLES[name], argument: EXAMPLES[name][argument][:-1]})
        assert isinstance(found, str), argument
        assert "\n" not in found
