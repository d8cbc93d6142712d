"""Logarithm, exponential, power, cosine and complementary error function, with the same bits everywhere.

IEEE 754 determines sums, products, quotients and square roots to the last bit. It leaves the functions below to the C
library, whose last bits differ between systems and browsers, and one bit can move an event to another day. Rules
therefore use these functions, which are built from determined operations alone, instead of those of `math`: a seed
gives the same bytes wherever the model runs, compiled or not.

Logarithm, exponential and power are within one unit in the last place, the cosine within two, `erfc` within three;
they are exact where the value is 0, 1 or infinite. NaN is not supported, as no rule produces one.
"""

import math
from typing import Any

import numpy as np

from bpssim.model.engine.compiled import rule

_FRACTION_BITS = 52
_FRACTION = (1 << _FRACTION_BITS) - 1
_BIAS = 1023
_ONE = _BIAS << _FRACTION_BITS
_SPLIT = 2.0**27 + 1.0
_SMALLEST_NORMAL = 2.0**-1022
_TO_NORMAL = 54
_TIMES_TO_NORMAL = 2.0**_TO_NORMAL
_SQRT_2 = math.sqrt(2.0)
_2_BY_SQRT_PI = 2.0 / math.sqrt(math.pi)
_LOGS_OF_2 = 1.0 / math.log(2.0)
_LOG_2_HIGH = float.fromhex("0x1.62e42fefa38p-1")  # few enough bits that an exponent's multiples of it are exact
_LOG_2_LOW = float.fromhex("0x1.ef35793c7673p-45")
_LARGEST_EXPONENT = 709.782712893384
"""An exponential is infinite above this,"""
_SMALLEST_EXPONENT = -745.1332191019412
"""and 0 below this."""

# Taylor coefficients from the lowest power up; their number is a multiple of 4.
_ATANH = tuple(1.0 / n for n in range(3, 27, 2))
_EXP = tuple(1.0 / math.factorial(n) for n in range(2, 14))
_COS = tuple((-1.0) ** n / math.factorial(2 * n) for n in range(1, 9))
_SIN = tuple((-1.0) ** n / math.factorial(2 * n + 1) for n in range(1, 9))
_ERF = tuple((-1.0) ** n / (math.factorial(n) * (2 * n + 1)) for n in range(12))

_ERF_TO = 0.5
"""Up to this, erf is a series; beyond it, (1 + 2 x) exp(x^2) erfc(x) is a polynomial in (x - 3) / (x + 3)."""
_ERFC_AT_3 = 1.2530080582697296
_ERFC = (
    -0.1356211061245812,
    -0.04756229435345118,
    0.1296451587027627,
    -0.1192736634152746,
    0.06830802734391926,
    -0.0237705149196439,
    0.002529391816801994,
    0.0018886903733901694,
    -0.0007798322767695029,
    -0.00010515991321648652,
    0.0001250993676310028,
    4.950041040035321e-06,
    -2.0100586897405438e-05,
    -7.332776143348794e-07,
    3.4723808382859424e-06,
    3.605595858482348e-07,
    -6.164855094576418e-07,
    -1.4677288016091064e-07,
    1.0161043303102903e-07,
    4.638272753375476e-08,
    -1.3131578362670521e-08,
    -1.0839347297061949e-08,
    9.305338423564071e-10,
    1.4135353440304067e-09,
)
"""Chebyshev interpolation of that polynomial from 0.5 to 28, computed to 60 digits, in powers."""


@rule
def _sum_of_powers(x: float, coefficients: Any) -> float:
    """A polynomial: Horner's rule in the fourth power, so that four sums can be computed in parallel."""
    square = x * x
    fourth = square * square
    top = len(coefficients) - 4
    p0, p1, p2, p3 = coefficients[top], coefficients[top + 1], coefficients[top + 2], coefficients[top + 3]
    for k in range(top - 4, -1, -4):
        p0 = p0 * fourth + coefficients[k]
        p1 = p1 * fourth + coefficients[k + 1]
        p2 = p2 * fourth + coefficients[k + 2]
        p3 = p3 * fourth + coefficients[k + 3]
    return p0 + (x * p1 + square * (p2 + x * p3))


@rule
def _exact_product(x: float, y: float) -> Any:
    """A product and its rounding error (Dekker 1971)."""
    product = x * y
    part = _SPLIT * x
    x_high = part - (part - x)
    x_low = x - x_high
    part = _SPLIT * y
    y_high = part - (part - y)
    y_low = y - y_high
    return product, ((x_high * y_high - product) + x_high * y_low + x_low * y_high) + x_low * y_low


@rule
def _power_of_2(exponent: int) -> float:
    return np.int64((exponent + _BIAS) << _FRACTION_BITS).view(np.float64)


@rule
def _log(x: float) -> Any:
    """Logarithm of a positive finite number, and its rounding error."""
    shift = 0
    if x < _SMALLEST_NORMAL:
        x *= _TIMES_TO_NORMAL
        shift = -_TO_NORMAL
    bits = np.float64(x).view(np.int64)
    exponent = (bits >> _FRACTION_BITS) - _BIAS + shift
    m = np.int64((bits & _FRACTION) | _ONE).view(np.float64)
    if m > _SQRT_2:
        m *= 0.5
        exponent += 1
    # log m = 2 artanh s for s = (m - 1) / (m + 1), and 2 s = above - s above, of which `above` is exact
    above = m - 1.0
    s = above / (m + 1.0)
    z = s * s
    low = exponent * _LOG_2_LOW - s * (above - 2.0 * z * _sum_of_powers(z, _ATANH))
    of_2 = exponent * _LOG_2_HIGH
    high = of_2 + above
    low += above - (high - of_2)
    total = high + low
    return total, low - (total - high)


@rule
def _exp(x: float, low: float) -> float:
    """Exponential of the sum of a number and a correction below its last place."""
    if x > _LARGEST_EXPONENT:
        return math.inf
    if x < _SMALLEST_EXPONENT:
        return 0.0
    exponent = math.floor(x * _LOGS_OF_2 + 0.5)
    high = x - exponent * _LOG_2_HIGH
    low -= exponent * _LOG_2_LOW
    r = high + low
    left = low - (r - high)
    value = 1.0 + (r + (left + r * r * _sum_of_powers(r, _EXP)))
    half = exponent >> 1  # in two steps, since the smallest and largest exponents are beyond a power of 2
    return value * _power_of_2(half) * _power_of_2(exponent - half)


@rule
def log(x: float) -> float:
    """Natural logarithm of a non-negative number."""
    if x == 0.0:
        return -math.inf
    if x == math.inf:
        return x
    return _log(x)[0]


@rule
def exp(x: float) -> float:
    """Exponential."""
    return _exp(x, 0.0)


@rule
def power(x: float, y: float) -> float:
    """A non-negative number to a finite power; 1 for the power 0."""
    if y == 0.0 or x == 1.0:
        return 1.0
    if x == 0.0 or x == math.inf:
        return 0.0 if (x == 0.0) == (y > 0.0) else math.inf
    high, low = _log(x)
    product = y * high
    if abs(product) > 800.0:
        return math.inf if product > 0.0 else 0.0
    product, rest = _exact_product(y, high)
    return _exp(product, rest + y * low)


@rule
def cos_of_turn(share: float) -> float:
    """Cosine of an angle given as a share of a full turn, from 0 to 1."""
    quarter = math.floor(4.0 * share + 0.5)
    x = 2.0 * math.pi * (share - 0.25 * quarter)  # at most an eighth of a turn from it
    z = x * x
    cosine = 1.0 + z * _sum_of_powers(z, _COS)
    sine = x + x * z * _sum_of_powers(z, _SIN)
    if quarter % 2 == 1:
        return -sine if quarter == 1 else sine
    return -cosine if quarter == 2 else cosine


@rule
def erfc(x: float) -> float:
    """Complementary error function."""
    a = abs(x)
    if a <= _ERF_TO:
        return 1.0 - _2_BY_SQRT_PI * x * _sum_of_powers(x * x, _ERF)
    if a > 28.0:
        return 0.0 if x > 0.0 else 2.0
    square, rest = _exact_product(a, a)
    t = (a - 3.0) / (a + 3.0)
    above = _exp(-square, -rest) * ((_ERFC_AT_3 + t * _sum_of_powers(t, _ERFC)) / (1.0 + 2.0 * a))
    return above if x > 0.0 else 2.0 - above
