"""Elementary functions: as good as those of the C library, and the same bits without it."""

import ast
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bpssim
from bpssim.model.engine import elementary
from bpssim.model.engine.compiled import entry
from tests.safety import python

SMALLEST, LARGEST = 5e-324, 1.7976931348623157e308


@entry
def fill(values, numbers, powers):
    for k in range(numbers.shape[0]):
        x = numbers[k]
        values[k, 0] = elementary.log(x)
        values[k, 1] = elementary.exp(x)
        values[k, 2] = elementary.exp(-x)
        values[k, 3] = elementary.power(x, powers[k])
        values[k, 4] = elementary.cos_of_turn(min(x, 1.0))
        values[k, 5] = elementary.erfc(x)
        values[k, 6] = elementary.erfc(-x)


def value(column: int, x: float, power: float = 1.0) -> float:
    values = np.empty((1, 7))
    fill(values, np.array([x]), np.array([power]))
    return float(values[0, column])


def log(x: float) -> float:
    return value(0, x)


def exp(x: float) -> float:
    return value(1, x) if x >= 0.0 else value(2, -x)


def power(x: float, y: float) -> float:
    return value(3, x, y)


def cos_of_turn(share: float) -> float:
    return value(4, share)


def erfc(x: float) -> float:
    return value(5, x) if x >= 0.0 else value(6, -x)


def is_near(found: float, expected: float, units: int) -> bool:
    """Within so many units in the last place; the C library is itself up to one away."""
    return found == expected or abs(found - expected) <= units * math.ulp(expected)


@given(st.one_of(st.floats(SMALLEST, LARGEST), st.floats(0.0, 2.0, exclude_min=True), st.floats(1.0 - 1e-6, 1.0)))
def test_logarithms(x):
    assert is_near(log(x), math.log(x), 2)


@given(st.one_of(st.floats(-745.0, 709.7), st.floats(-30.0, 30.0), st.floats(-1e-6, 1e-6)))
def test_exponentials(x):
    assert is_near(exp(x), math.exp(x), 2)


@given(st.one_of(st.floats(0.0, 5.0), st.floats(1e-300, 1e300)), st.floats(-10.0, 10.0))
def test_powers(x, y):
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        expected = float(np.power(x, y))
    assert is_near(power(x, y), expected, 2)


@given(st.integers(0, 2**53 - 1))
def test_cosines_of_what_draws_give(bits):
    share = bits * 2.0**-53
    nearest = round(4.0 * share)
    within = 2.0 * math.pi * (share - nearest / 4.0)
    expected = [math.cos(within), -math.sin(within), -math.cos(within), math.sin(within)][nearest % 4]
    assert is_near(cos_of_turn(share), expected, 3)


@given(st.one_of(st.floats(-30.0, 30.0), st.floats(-1.0, 1.0)))
def test_complementary_error_functions(x):
    assert is_near(erfc(x), math.erfc(x), 4)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (log(1.0), 0.0),
        (log(0.0), -math.inf),
        (log(math.inf), math.inf),
        (exp(0.0), 1.0),
        (exp(math.inf), math.inf),
        (exp(-math.inf), 0.0),
        (exp(710.0), math.inf),
        (exp(-746.0), 0.0),
        (power(0.0, 0.0), 1.0),
        (power(0.0, 2.0), 0.0),
        (power(0.0, -2.0), math.inf),
        (power(1.0, 7.5), 1.0),
        (power(math.inf, 0.5), math.inf),
        (power(math.inf, -0.5), 0.0),
        (power(1e300, 10.0), math.inf),
        (power(1e-300, 10.0), 0.0),
        (power(3.0, 2.0), 9.0),
        (cos_of_turn(0.0), 1.0),
        (cos_of_turn(0.25), 0.0),
        (cos_of_turn(0.5), -1.0),
        (cos_of_turn(0.75), 0.0),
        (erfc(0.0), 1.0),
        (erfc(math.inf), 0.0),
        (erfc(-math.inf), 2.0),
    ],
)
def test_exact_values(found, expected):
    assert found == expected


@given(st.floats(0.0, 1.0, exclude_max=True), st.floats(0.0, 1.0, exclude_max=True))
def test_a_likelier_solution_never_runs_a_clock_down_less(p, q):
    """What stronger support rests on: hazards rise with their probabilities."""
    low, high = sorted([p, q])
    assert -log(1.0 - low) <= -log(1.0 - high)


@given(st.floats(0.0, 1.0, exclude_max=True), st.sampled_from([1, 2, 3, 10]))
def test_neighbours_are_in_order(p, steps):
    above = p
    for _ in range(steps):
        above = math.nextafter(above, 2.0)
    assert log(1.0 - p) >= log(1.0 - above)


_BYTES = """
import numpy as np
from tests.model.engine.test_elementary import fill
numbers = np.concatenate([np.linspace(0.0, 40.0, 999), 10.0 ** np.linspace(-300.0, 300.0, 99)])
values = np.empty((len(numbers), 7))
fill(values, numbers, np.linspace(-3.0, 3.0, len(numbers)))
print(values.tobytes().hex())
"""


def test_the_same_bits_without_compilation():
    assert python(_BYTES) == python(_BYTES, NUMBA_DISABLE_JIT="1")


def _rules() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted((Path(bpssim.__file__).parent / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names = {each.id for each in node.decorator_list if isinstance(each, ast.Name)}
                if names & {"rule", "entry"}:
                    yield f"{path.stem}.{node.name}", node


RULES = dict(_rules())
EXACT = {"sqrt", "floor", "pi", "inf", "uint64", "int64", "float64"}
"""What rules may use of `math` and NumPy: the same everywhere."""


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_asks_the_c_library(rule):
    for node in ast.walk(RULES[rule]):
        assert not isinstance(node, ast.Pow)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert node.value.id not in ("math", "np") or node.attr in EXACT, ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "pow"


def test_rules_are_found():
    assert {"random.normal", "feeding.begin_feeding", "day.run_days", "initial_state.apply_scenario"} <= set(RULES)
