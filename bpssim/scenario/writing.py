"""Scenarios written as YAML."""

from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML


def to_yaml(instance: BaseModel) -> str:
    """Return the whole effective scenario as YAML that reads back to an equal instance.

    Keys stand in the order of the model; values are plain texts, numbers, lists and maps.
    """
    return dump(instance.model_dump(mode="json", round_trip=True))


def dump(values: dict[str, Any]) -> str:
    """Return plain values as YAML, one setting a line, in the order given."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 4096  # a text stays on its line
    # The same list at two places would be written as an alias, which the loader refuses.
    yaml.representer.ignore_aliases = lambda _: True
    stream = StringIO()
    yaml.dump(values, stream)
    return stream.getvalue()
