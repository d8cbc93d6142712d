"""Columns as pandas tables, with words for their numbers and missing for undefined values."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bpssim.outcomes.columns import Column, Columns, joined


def frame(meaning: dict[str, Column], replicates: Sequence[Columns]) -> pd.DataFrame:
    """One table for all replicates, with a first column `replicate`.

    Parameters
    ----------
    meaning
        Meaning of each column, by name.
    replicates
        Columns of each replicate, in order.
    """
    numbers = np.repeat(
        np.arange(len(replicates), dtype=np.int32), [len(next(iter(part.values()))) for part in replicates]
    )
    table = joined([dict(part) for part in replicates])
    spelled = {name: _series(column, table[name]) for name, column in meaning.items()}
    return pd.DataFrame({"replicate": numbers, **spelled})


def _series(column: Column, values: NDArray[Any]) -> "pd.Series[Any]":
    if column.words is not None:
        return pd.Series(pd.Categorical.from_codes(values, dtype=pd.CategoricalDtype(list(column.words))))
    if column.undefined is not None:
        return pd.Series(pd.arrays.IntegerArray(values, values == column.undefined))
    return pd.Series(values)
