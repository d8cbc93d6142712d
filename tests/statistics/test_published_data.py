"""Statistics of one published data set: worked examples, other people's programs, and the cases at the edges."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpssim.statistics.concentration import concentration_statistics
from bpssim.statistics.proportions import gap_of_proportions, proportions, ratio_of_proportions
from bpssim.statistics.published import from_counts, from_errors, from_limits
from bpssim.statistics.slopes import LINE, METHODS, slope_statistics
from bpssim.statistics.statistic import Statistic

BIRTHS = [640, 520, 480, 430, 330]
FED = [186, 192, 210, 221, 196]
HOURS = [1.53, 1.17, 0.84, 0.59, 0.37]

cells = st.lists(
    st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=5, max_size=5
)
inner_cells = st.lists(
    st.integers(2, 500).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))), min_size=5, max_size=5
)


def limits(found: Statistic) -> tuple[float | None, ...]:
    return found.estimate, found.lower, found.upper


def test_proportions_by_hand() -> None:
    found = proportions(FED, BIRTHS)
    assert [p.estimate for p in found] == pytest.approx([0.290625, 0.369231, 0.4375, 0.513953, 0.593939], abs=1e-6)
    assert [p.lower for p in found] == pytest.approx([0.256780, 0.328852, 0.393791, 0.466799, 0.540168], abs=1e-6)
    assert [p.upper for p in found] == pytest.approx([0.326969, 0.411528, 0.482202, 0.560861, 0.645549], abs=1e-6)
    assert [(p.n, p.groups_used) for p in found] == [(n, (q,)) for q, n in enumerate(BIRTHS, 1)]


@pytest.mark.parametrize("n", range(30, 60))
def test_limits_of_nobody_and_everybody_begin_and_end_exactly_there(n: int) -> None:
    nobody, everybody = proportions([0, n, n, n, n], [n] * 5)[:2]
    assert nobody.lower == 0.0 < nobody.upper
    assert everybody.lower < 1.0 == everybody.upper


def test_gap_and_ratio_by_hand() -> None:
    gap, ratio = gap_of_proportions(FED, BIRTHS), ratio_of_proportions(FED, BIRTHS)
    assert limits(gap) == pytest.approx((0.303314, 0.238412, 0.365032), abs=1e-6)
    assert limits(ratio) == pytest.approx((2.043662, 1.758357, 2.375261), abs=1e-6)
    assert (gap.n, gap.groups_used, gap.method, gap.ci_method) == (970, (1, 5), "difference", "newcombe")


SLOPES = {  # estimate, lower, upper, and how exact: simulated limits are good for three digits
    ("linear", "sii"): (0.367409633, 0.2986, 0.4335, 1e-3),
    ("linear", "rii"): (2.563144702, 2.104, 3.158, 5e-3),
    ("ohid_logit", "sii"): (0.358834833, 0.293868011, 0.420584934, 1e-9),
    ("ohid_logit", "rii"): (2.452209266, 2.065098253, 2.908474211, 1e-9),
    ("binomial_glm", "sii"): (0.359376685, 0.296119, 0.422635, 1e-6),
    ("binomial_glm", "rii"): (2.457026532, 2.060618, 2.929693, 1e-6),
}


@pytest.mark.parametrize(("method", "name"), SLOPES)
def test_slopes_by_hand(method: Any, name: str) -> None:
    found = slope_statistics(from_counts(FED, BIRTHS), method)[name]
    *expected, exact = SLOPES[method, name]
    assert found.estimate == pytest.approx(expected[0], abs=1e-9)
    assert limits(found)[1:] == pytest.approx(expected[1:], abs=exact)
    assert (found.name, found.method, found.n, found.groups_used, found.flags) == (
        name,
        method,
        2400,
        (1, 2, 3, 4, 5),
        (),
    )


def test_slope_over_mean_and_poisson_by_hand() -> None:
    data = from_counts(FED, BIRTHS)
    over_mean = slope_statistics(data)["sii_over_mean"]
    assert over_mean.estimate == pytest.approx(0.877396139, abs=1e-9)
    rii = slope_statistics(data)["rii"]
    for k, ratio in zip(limits(over_mean), limits(rii), strict=True):
        assert (2.0 + k) / (2.0 - k) == pytest.approx(ratio)
    assert slope_statistics(data, "poisson")["rii_poisson"].estimate == pytest.approx(2.419101068, abs=1e-9)


LINES = {  # slope, intercept, at_rank_0, at_rank_1 of the worked example, from the formulas of each method
    "linear": (0.367409633, 0.235045183, 0.235045183, 0.602454817),
    "ohid_logit": (1.544400420, -0.341961586 - 0.772200210, 0.247095815, 0.247095815 + 0.358834833),
}


@pytest.mark.parametrize("method", LINES)
def test_lines_by_hand(method: Any) -> None:
    found = slope_statistics(from_counts(FED, BIRTHS), method)
    assert [found[name].estimate for name in LINE] == pytest.approx(LINES[method], abs=1e-8)
    if method == "ohid_logit":
        half = 1.959963985 * 0.152355415
        assert limits(found["slope"]) == pytest.approx([1.544400420, 1.544400420 - half, 1.544400420 + half], abs=1e-8)
        shares = np.array(BIRTHS) / sum(BIRTHS)
        contrast = np.array([-1.229246, -0.340487, 0.209531, 0.614732, 0.745470])
        errors = np.array([0.086952, 0.090749, 0.091885, 0.096343, 0.111868])
        half = 1.959963985 * np.sqrt((((shares - contrast / 2) * errors) ** 2).sum())
        assert found["intercept"].upper - found["intercept"].estimate == pytest.approx(half, abs=1e-5)
        assert found["at_rank_0"].upper == pytest.approx(1 / (1 + np.exp(-found["intercept"].upper)))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_its_line_in_any_number_of_groups(method: Any) -> None:
    luck = np.random.default_rng(4)
    births = luck.integers(200, 600, 10)
    if METHODS[method].kind == "rate":
        data = from_errors(luck.uniform(1.0, 2.0, 10), np.full(10, 0.05), births, "rate")
    else:
        data = from_counts(luck.binomial(births, np.linspace(0.3, 0.6, 10)), births)
    found = slope_statistics(data, method)
    assert set(found) == {*METHODS[method].names, *LINE}
    for each in found.values():
        assert each.lower < each.estimate < each.upper
        assert each.groups_used == tuple(range(1, 11))
    low, high = found["at_rank_0"].estimate, found["at_rank_1"].estimate
    if "sii" in found:
        assert found["sii"].estimate == pytest.approx(high - low)
    ratio = next(found[name] for name in ("rii", "rii_poisson") if name in found)
    assert ratio.estimate == pytest.approx(high / low)


@pytest.mark.parametrize(("method", "family"), [("binomial_glm", "Binomial"), ("poisson", "Poisson")])
def test_fitted_ends_of_regressions_agree_with_statsmodels(method: Any, family: str) -> None:
    import statsmodels.api as sm

    x, n = np.array(FED), np.array(BIRTHS)
    shares = n / n.sum()
    design = sm.add_constant(np.cumsum(shares) - shares / 2)
    if family == "Poisson":
        fit = sm.GLM(x, design, family=sm.families.Poisson(), offset=np.log(n)).fit(tol=1e-12)
    else:
        fit = sm.GLM(np.column_stack([x, n - x]), design, family=sm.families.Binomial()).fit(tol=1e-12)
    found = slope_statistics(from_counts(FED, BIRTHS), method)
    for number, name in enumerate(("intercept", "slope")):
        assert limits(found[name]) == pytest.approx([fit.params[number], *fit.conf_int()[number]], rel=1e-6)
    ends = fit.get_prediction([[1.0, 0.0], [1.0, 1.0]]).summary_frame()
    for number, name in enumerate(("at_rank_0", "at_rank_1")):
        row = ends[["mean", "mean_ci_lower", "mean_ci_upper"]].to_numpy()[number]
        assert limits(found[name]) == pytest.approx(row, rel=1e-6)


def test_a_value_of_which_nobody_says_how_sure_it_is_has_no_limits_and_says_why() -> None:
    data = from_limits(HOURS, [1.4, None, 0.7, 0.5, 0.3], [1.7, None, 0.9, 0.7, 0.5], BIRTHS, "other")
    found = slope_statistics(data)["sii"]
    assert found.estimate is not None
    assert (found.lower, found.upper, found.flags) == (None, None, ("no_error",))


def test_limits_of_another_level_are_worth_their_own_errors() -> None:
    z = {0.95: 1.959963985, 0.998: 3.090232306}
    values = np.array(HOURS)
    by_level = [
        from_limits(values, values - 0.05 * z[level], values + 0.05 * z[level], BIRTHS, "other", level) for level in z
    ]
    for data in by_level:
        np.testing.assert_allclose(data.errors, 0.05)


def test_concentration_by_hand() -> None:
    found = concentration_statistics(from_counts(FED, BIRTHS))
    expected = {
        "generalised_concentration": 0.058449653,
        "concentration_index": 0.139581260,
        "erreygers": 0.233798611,
        "wagstaff": 0.240139803,
    }
    assert {name: index.estimate for name, index in found.items()} == pytest.approx(expected, abs=1e-9)
    sii = slope_statistics(from_counts(FED, BIRTHS))["sii"]
    absolute = found["generalised_concentration"]
    assert limits(absolute) == pytest.approx([2 * 0.0795428964 * part for part in limits(sii)])
    assert limits(found["erreygers"]) == pytest.approx([4 * part for part in limits(absolute)])
    for name in ("concentration_index", "wagstaff"):
        assert found[name].lower < expected[name] < found[name].upper


def test_the_linear_method_agrees_with_statsmodels() -> None:
    import statsmodels.api as sm

    x, n = np.array([0, 9, 3, 25, 40]), np.array([31, 60, 45, 80, 50])
    shares = n / n.sum()
    design = sm.add_constant(np.cumsum(shares) - shares / 2)
    found = slope_statistics(from_counts(x, n))
    slope = sm.WLS(x / n, design, weights=shares).fit().params
    assert found["sii"].estimate == pytest.approx(slope[1], abs=1e-6)
    assert found["sii_over_mean"].estimate == pytest.approx(slope[1] / (x.sum() / n.sum()), abs=1e-6)


def test_rates_and_other_values_have_limits_of_their_own() -> None:
    errors = [0.05] * 5
    lower, upper = (np.exp(np.log(HOURS) + sign * 1.959963985 * 0.05) for sign in (-1, 1))
    by_limits, by_errors = (
        slope_statistics(data, "ohid_log")
        for data in (from_limits(HOURS, lower, upper, BIRTHS, "rate"), from_errors(HOURS, errors, BIRTHS, "rate"))
    )
    for name in ("sii", "rii"):
        assert limits(by_limits[name]) == pytest.approx(limits(by_errors[name]))
        assert by_errors[name].lower < by_errors[name].estimate < by_errors[name].upper < 1.0
    linear = slope_statistics(from_errors(HOURS, errors, BIRTHS, "other"))
    contrasts = np.array([-1.229246, -0.340487, 0.209531, 0.614732, 0.745470])
    half = 1.959963985 * 0.05 * np.sqrt((contrasts**2).sum())
    assert linear["sii"].ci_method == "closed_form"
    assert linear["sii"].upper - linear["sii"].estimate == pytest.approx(half, abs=1e-6)
    assert linear["rii"].lower < linear["rii"].estimate < linear["rii"].upper


def test_the_log_method_is_the_line_through_logarithms() -> None:
    shares = np.array(BIRTHS) / sum(BIRTHS)
    ridits = np.cumsum(shares) - shares / 2
    slope, start = np.polyfit(ridits, np.log(HOURS), 1, w=np.sqrt(shares))
    found = slope_statistics(from_errors(HOURS, [0.05] * 5, BIRTHS, "rate"), "ohid_log")
    assert found["rii"].estimate == pytest.approx(np.exp(slope))
    assert found["sii"].estimate == pytest.approx(np.exp(start + slope) - np.exp(start))


def test_simulated_limits_are_always_the_same() -> None:
    assert slope_statistics(from_counts(FED, BIRTHS)) == slope_statistics(from_counts(FED, BIRTHS))


def test_a_share_of_a_mean_that_may_be_nothing_is_a_point() -> None:
    found = slope_statistics(from_errors([0.3, 0.1, 0.1, 0.0, 0.0], [0.2] * 5, [100] * 5, "other"))["sii_over_mean"]
    assert found.estimate == pytest.approx(-3.5)
    assert (found.lower, found.flags) == (None, ("mean_not_positive",))
    assert found.upper > found.estimate


def test_simulated_limits_without_transform_are_near_those_in_closed_form() -> None:
    p, n = np.array(FED) / BIRTHS, np.array(BIRTHS)
    natural = slope_statistics(from_errors(p, np.sqrt(p * (1 - p) / n), n, "other"))["sii"]
    assert limits(slope_statistics(from_counts(FED, BIRTHS))["sii"]) == pytest.approx(limits(natural), abs=2e-3)


def test_a_relative_index_of_which_a_limit_leaves_the_possible_range_is_a_point() -> None:
    found = slope_statistics(from_errors([0.08, 0.15, 0.2, 0.3, 0.38], [0.05] * 5, [100] * 5, "other"))["rii"]
    assert found.estimate is not None
    assert (found.upper, found.flags) == (None, ("fitted_value_not_positive",))
    assert 1.0 < found.lower < found.estimate


@given(cells)
@settings(max_examples=15)
def test_what_is_undefined_is_none_and_says_why(drawn: list[tuple[int, int]]) -> None:
    x, n = zip(*drawn, strict=True)
    data = from_counts(x, n)
    found = [gap_of_proportions(x, n), ratio_of_proportions(x, n), *concentration_statistics(data).values()]
    found += [each for method in METHODS if method != "ohid_log" for each in slope_statistics(data, method).values()]
    for each in found:
        numbers = [part for part in limits(each) if part is not None]
        assert np.isfinite(numbers).all()
        if len(numbers) < 3:
            assert each.flags
        else:
            assert each.lower <= each.estimate <= each.upper
        if each.estimate is None:
            assert (each.lower, each.upper, each.ci_method) == (None, None, "")


@given(inner_cells)
@settings(max_examples=60)
def test_logit_slopes_stay_in_the_possible_range(drawn: list[tuple[int, int]]) -> None:
    x, n = zip(*drawn, strict=True)
    found = slope_statistics(from_counts(x, n), "ohid_logit")
    assert all(-1.0 < part < 1.0 for part in limits(found["sii"]))
    assert all(part > 0.0 for part in limits(found["rii"]))
    opposite = slope_statistics(from_counts(np.subtract(n, x), n), "ohid_logit")
    assert opposite["sii"].estimate == pytest.approx(-found["sii"].estimate)
    back = slope_statistics(from_counts(x[::-1], n[::-1]), "ohid_logit")
    assert back["sii"].estimate == pytest.approx(-found["sii"].estimate)
    assert back["rii"].estimate == pytest.approx(1.0 / found["rii"].estimate)


NOBODY_IN_2 = ([83, 0, 127, 132, 83], [250, 0, 310, 280, 160])
EDGES: list[tuple[Any, Any, dict[str, float | None], list[str]]] = [
    (*NOBODY_IN_2, {"gap": 0.18675, "sii": 0.23353, "concentration_index": 0.08504}, ["groups_used"]),
    ([0, 1, 2, 3, 4], [0, 50, 50, 50, 50], {"gap": None, "ratio": None, "sii": 0.08}, ["nobody", "groups_used"]),
    ([4, 3, 2, 1, 0], [50, 50, 50, 50, 0], {"gap": None, "ratio": None, "sii": -0.08}, ["nobody", "groups_used"]),
    (
        [None, 9, 9, 9, 9],
        [50] * 5,
        {"gap": None, "ratio": None, "sii": None, "rii": None, "concentration_index": None},
        ["missing_value"],
    ),
    ([9, 9, None, 9, 9], [50] * 5, {"gap": 0.0, "ratio": 1.0, "sii": None, "erreygers": None}, ["missing_value"]),
    (
        [0] * 5,
        [50] * 5,
        {
            "gap": 0.0,
            "ratio": None,
            "sii": 0.0,
            "rii": None,
            "concentration_index": None,
            "generalised_concentration": 0.0,
        },
        ["zero_or_full_cell", "fitted_value_not_positive", "nothing_to_share", "nothing_below"],
    ),
    (
        [50] * 5,
        [50] * 5,
        {"gap": 0.0, "ratio": 1.0, "sii": 0.0, "rii": 1.0, "concentration_index": 0.0, "wagstaff": None},
        ["zero_or_full_cell", "nothing_to_share"],
    ),
    ([0, 9, 9, 9, 9], [50] * 5, {"gap": 0.18, "ratio": None, "sii": 0.18}, ["zero_or_full_cell", "nothing_below"]),
    ([9, 9, 9, 9, 0], [50] * 5, {"gap": -0.18, "ratio": 0.0, "sii": -0.18}, ["zero_or_full_cell"]),
    ([0, 0, 0, 1, 1], [1] * 5, {"gap": 1.0, "sii": 1.5}, ["small_group", "zero_or_full_cell"]),
    (
        [9, 0, 0, 0, 12],
        [50, 0, 0, 0, 50],
        {"gap": 0.06, "sii": None, "rii": None, "concentration_index": 0.0714},
        ["too_few_groups", "groups_used"],
    ),
    ([0] * 5, [0] * 5, {"gap": None, "sii": None, "generalised_concentration": None}, ["nobody", "too_few_groups"]),
]


@pytest.mark.parametrize(("x", "n", "expected", "flags"), EDGES)
def test_edges(x: Any, n: Any, expected: dict[str, float | None], flags: list[str]) -> None:
    data = from_counts(x, n)
    found = slope_statistics(data) | concentration_statistics(data)
    found |= {"gap": gap_of_proportions(x, n), "ratio": ratio_of_proportions(x, n)}
    for name, value in expected.items():
        assert found[name].estimate == (None if value is None else pytest.approx(value, abs=1e-4)), name
    assert {flag for name in expected for flag in found[name].flags} == set(flags)


@pytest.mark.parametrize("x", [[0, 9, 9, 9, 9], [9, 9, 50, 9, 9]])
def test_a_zero_or_full_cell_leaves_the_linear_method_only(x: list[int]) -> None:
    data = from_counts(x, [50] * 5)
    assert slope_statistics(data, "ohid_logit")["sii"].estimate is None
    linear = slope_statistics(data)["sii"]
    assert linear.lower < linear.estimate < linear.upper
    assert linear.ci_method == "closed_form"


def test_rates_of_zero_or_less_leave_the_linear_method_only() -> None:
    for lowest, flag in ((0.0, "zero_or_full_cell"), (-0.1, "negative_value")):
        data = from_errors([1.0, 0.8, 0.6, 0.4, lowest], [0.05] * 5, BIRTHS, "rate")
        found = slope_statistics(data, "ohid_log")["sii"]
        assert (found.estimate, found.flags) == (None, ("no_error", flag))
        linear = slope_statistics(data)["sii"]
        assert linear.estimate < 0.0
        assert linear.lower is None  # an error of the logarithm says nothing here


def test_regressions_without_an_end_are_undefined() -> None:
    data = from_counts([0, 0, 50, 50, 50], [50] * 5)
    assert slope_statistics(data, "binomial_glm")["sii"].flags == ("zero_or_full_cell", "no_fit")
    for x in ([0] * 5, [50] * 5):
        assert slope_statistics(from_counts(x, [50] * 5), "binomial_glm")["rii"].estimate is None
    assert slope_statistics(from_counts([0] * 5, [50] * 5), "poisson")["rii_poisson"].estimate is None
    data = from_counts([0, 0, 0, 0, 9], [50] * 5)
    assert slope_statistics(data, "poisson")["rii_poisson"].flags == ("zero_or_full_cell", "no_fit")


def test_small_groups_are_flagged_where_they_are_used() -> None:
    assert gap_of_proportions([9, 1, 9, 9, 9], [50, 2, 50, 50, 50]).flags == ()
    assert slope_statistics(from_counts([9, 1, 9, 9, 9], [50, 29, 50, 50, 50]))["sii"].flags == ("small_group",)
    assert slope_statistics(from_counts([9, 1, 9, 9, 9], [50, 30, 50, 50, 50]))["sii"].flags == ()
    assert slope_statistics(from_counts([9, 0, 9, 9, 9], [50, 0, 50, 50, 50]))["sii"].flags == ("groups_used",)


NONSENSE = [
    ([1, 1, 2.5, 1, 1], [9] * 5, r"group 3 has 2\.5 successes; it should be a whole number"),
    ([1, -1, 1, 1, 1], [9] * 5, "group 2 has -1 successes"),
    ([1, 1, 1, 1, 10], [9] * 5, "group 5 has 10 successes of 9"),
    ([1] * 5, [-9, 9, 9, 9, 9], "group 1 has -9 in its denominator"),
]


@pytest.mark.parametrize("function", [proportions, gap_of_proportions, ratio_of_proportions, from_counts])
@pytest.mark.parametrize(("x", "n", "message"), NONSENSE)
def test_nonsense_is_refused_by_its_group(function: Any, x: Any, n: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        function(x, n)


def test_values_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match=r"group 2 has 1\.2 as value; it should be a number from 0 to 1"):
        from_errors([0.1, 1.2, 0.1, 0.1, 0.1], [0.1] * 5, BIRTHS, "proportion")
    with pytest.raises(ValueError, match=r"group 1 has -0\.1 as standard error"):
        from_errors(HOURS, [-0.1, 0.1, 0.1, 0.1, 0.1], BIRTHS, "rate")
    with pytest.raises(ValueError, match="group 5 has -1 between its limits"):
        from_limits(HOURS, [1.0] * 5, [2.0, 2.0, 2.0, 2.0, 0.0], BIRTHS, "other")


def test_a_method_is_for_its_kind_of_values() -> None:
    with pytest.raises(ValueError, match="ohid_logit is for values of kind proportion"):
        slope_statistics(from_errors(HOURS, [0.1] * 5, BIRTHS, "rate"), "ohid_logit")
    with pytest.raises(ValueError, match="ohid_log is for values of kind rate"):
        slope_statistics(from_counts(FED, BIRTHS), "ohid_log")
