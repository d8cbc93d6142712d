"""Orders of mothers: by birth and by neighbourhood, however they lie in memory."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bpssim.model.mother import MOTHER
from bpssim.model.rules.orders import arrange, birth_order, neighbourhood_order
from bpssim.model.state import empty

MOTHERS = st.lists(
    st.tuples(st.integers(0, 2**40), st.integers(0, 30), st.integers(-1, 5)), min_size=1, max_size=60, unique=True
)


def mothers_of(rows):
    mothers = empty(MOTHER, len(rows))
    mothers.id, mothers.birth_day, mothers.neighbourhood = np.array(rows).T
    return mothers


@given(MOTHERS)
def test_orders_are_those_of_a_library_sort(rows):
    mothers = mothers_of(rows)
    by_birth = birth_order(mothers)
    assert by_birth.tolist() == np.lexsort((mothers.id, mothers.birth_day)).tolist()
    by_place = np.lexsort((mothers.id, mothers.birth_day, mothers.neighbourhood))
    assert neighbourhood_order(mothers, by_birth).tolist() == by_place.tolist()


@given(MOTHERS)
def test_mothers_are_arranged_whole(rows):
    mothers = mothers_of(rows)
    arranged = empty(MOTHER, len(rows))
    order = birth_order(mothers)
    arrange(arranged, mothers, order)
    for field in MOTHER.names:
        assert (arranged[field] == mothers[field][order]).all()
