"""Commands whose library is not installed."""

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.extras import check_installed


def test_a_missing_library_is_named_with_what_installs_it() -> None:
    check_installed("bpssim frontier", "Optuna", "search")
    with pytest.raises(BadInput, match=r"bpssim tea: needs Kettle; install it with `pip install 'bpssim\[kitchen\]'`"):
        check_installed("bpssim tea", "Kettle", "kitchen")
