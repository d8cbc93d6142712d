"""Pages on the ready studies, one file each, made from their tables; `experiments/studies.py` writes them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from study_pages import (
    data_sharing_by_plan_by_ethos,
    evening_by_hours,
    frontier_site1,
    gradient_of_access,
    text_timing,
)
from study_pages.layout import Page

PAGES: Mapping[str, Callable[[Path], Page]] = {
    "gradient_of_access": gradient_of_access.page,
    "data_sharing_by_plan_by_ethos": data_sharing_by_plan_by_ethos.page,
    "text_timing": text_timing.page,
    "evening_by_hours": evening_by_hours.page,
    "frontier_site1": frontier_site1.page,
}
"""By name of the study."""
