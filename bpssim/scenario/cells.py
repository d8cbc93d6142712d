"""Cells: mothers of one age group, education and ethnic group, whom a baseline treats alike.

Surveys give feeding by each of the three alone. A baseline has one effect for each `SurveyGroup`, relative to White
mothers of 20 to 29 without a degree, and a mother has those of all groups that she is in.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.words import EthnicGroup, SurveyGroup

AGES = (SurveyGroup.UNDER_20, None, SurveyGroup.FROM_30)
EDUCATION = (None, SurveyGroup.DEGREE)
ETHNIC_GROUPS = {
    EthnicGroup.WHITE: None,
    EthnicGroup.ASIAN: SurveyGroup.ASIAN,
    EthnicGroup.BLACK: SurveyGroup.BLACK,
    EthnicGroup.MIXED: SurveyGroup.MIXED,
    EthnicGroup.OTHER: SurveyGroup.OTHER_ETHNIC,
}
CELLS = tuple(product(AGES, EDUCATION, ETHNIC_GROUPS.values()))
"""Groups of each cell; the rule `bpssim.model.rules.feeding.cell_of` has the same order."""

MEMBERS: NDArray[np.float64] = np.array([[float(group in cell) for cell in CELLS] for group in SurveyGroup])
"""1 where the mothers of a cell belong to a group, shape (groups, cells)."""
