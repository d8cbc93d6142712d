"""Every assumption says at which value it does nothing, or why there is none."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from pydantic.fields import FieldInfo

import bpssim.scenario
from bpssim.scenario.fields import FITTED, NoNull, Section, given, null_of
from bpssim.scenario.support import SupportInputs


def declared() -> Iterator[tuple[str, FieldInfo]]:
    """Inputs that name a grade, in every section."""
    for module in pkgutil.iter_modules(bpssim.scenario.__path__, "bpssim.scenario."):
        for name, section in vars(import_module(module.name)).items():
            if inspect.isclass(section) and issubclass(section, Section) and section.__module__ == module.name:
                for field, info in section.model_fields.items():
                    if isinstance(info.json_schema_extra, dict) and "grade" in info.json_schema_extra:
                        yield f"{name}.{field}", info


def test_no_assumption_is_without_a_null_or_a_reason() -> None:
    inputs = dict(declared())
    assert len(inputs) > 130
    silent = [
        name
        for name, info in inputs.items()
        if (info.json_schema_extra or {})["grade"] == "C" and null_of(info) is None  # type: ignore[index]
    ]
    assert silent == []


def test_a_reason_says_something() -> None:
    reasons = {null.why for _, info in declared() if isinstance(null := null_of(info), NoNull)}
    assert all(len(why) > 5 and not why.endswith(".") for why in reasons)


@pytest.mark.parametrize(
    ("name", "null"),
    [("network_hazard", 1.0), ("strength", 0.0), ("resolves", 0.0), ("prevention", 1.0), ("no_common_language", 1.0)],
)
def test_nulls_of_support(name: str, null: float) -> None:
    assert null_of(SupportInputs.model_fields[name]) == null


def test_a_unit_that_says_it_may_be_overruled() -> None:
    field = given(2.0, "An odds ratio", unit="odds ratio", evidence="none", grade="C", null=FITTED)
    assert null_of(field) == FITTED
