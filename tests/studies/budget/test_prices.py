"""Assumed prices: in one place, with ranges, and a planner's own in place of them."""

import math

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.budget.prices import PRICES, Price, price_of, prices_with


@pytest.mark.parametrize("price", PRICES.values(), ids=lambda price: price.name)
def test_an_assumed_price_lies_in_its_range_and_says_that_it_is_assumed(price: Price) -> None:
    assert price.low <= price.value <= price.high
    assert price.low < price.high
    assert price.evidence.startswith("assumption: ")


def test_a_known_price_takes_the_place_of_an_assumed_one() -> None:
    assert prices_with({"data_link": 4.0}) == {**prices_with({}), "data_link": 4.0}


def test_an_unknown_price_is_refused_with_the_likeliest_name() -> None:
    with pytest.raises(BadInput, match="did you mean 'data_link'"):
        prices_with({"datalink": 4.0})


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_a_price_that_is_no_amount_is_refused(value: float) -> None:
    with pytest.raises(BadInput, match="0 or more"):
        prices_with({"data_link": value})


def test_a_price_is_written_with_its_name() -> None:
    assert price_of("data_link=5e3") == ("data_link", 5000.0)
    for text in ("data_link", "data_link=", "data_link=much", "=3x"):
        with pytest.raises(BadInput, match="name of a price and a number"):
            price_of(text)
