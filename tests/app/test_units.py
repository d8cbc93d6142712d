"""What a saved page puts together from the options of controls is what is made for them, or is refused."""

import itertools

import numpy as np
import pytest

from bpssim.app.engine.bundle import Bundle
from bpssim.app.engine.units import DoNotCombine, composed, groups_of, units_of

OPTIONS = (2, 3, 2)


def bundle(numbers, rows=2):
    """A bundle with one table of numbers and one of as many rows as are asked for."""
    tables = np.array(numbers, float).tobytes() + np.ones(rows).tobytes()
    regions = [
        {"name": "numbers", "item": 8, "shape": [len(numbers)], "at": 0, "given": 8 * len(numbers)},
        {"name": "rows", "item": 8, "shape": [rows], "at": 8 * len(numbers), "given": 8 * rows},
    ]
    return Bundle({"regions": regions, "numbers": {}, "service": {}, "layout": str(rows), "population": ""}, tables)


def alone_together_and_by_length(choice):
    """Numbers that follow from one control, from two, and from three at once where no pair tells of it."""
    a, b, c = choice
    return bundle([a, 10 * b, a * c, 1.0 if choice == (1, 1, 1) else 0.0], rows=2 + b)


def test_all_combinations_are_as_they_are_made_even_where_three_controls_meet():
    groups = groups_of(alone_together_and_by_length, OPTIONS, lambda _: None)
    whole = frozenset({"rows"})
    base = units_of(alone_together_and_by_length((0, 0, 0)), whole)
    for choice in itertools.product(*map(range, OPTIONS)):
        assert composed(base, groups, choice) == units_of(alone_together_and_by_length(choice), whole)


def test_what_never_comes_out_the_same_is_refused():
    made = itertools.count()
    with pytest.raises(DoNotCombine):
        groups_of(lambda _: bundle([next(made)]), OPTIONS, lambda _: None)
