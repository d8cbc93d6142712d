"""Scenarios written as YAML."""

from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode, SequenceNode
from ruamel.yaml.representer import RoundTripRepresenter


def to_yaml(instance: BaseModel) -> str:
    """Return the whole effective scenario as YAML that reads back to an equal instance.

    Keys stand in the order of the model; values are plain texts, numbers, lists and maps.
    """
    return dump(instance.model_dump(mode="json", round_trip=True))


def dump(values: dict[str, Any]) -> str:
    """Return plain values as YAML, one setting a line, in the order given."""
    yaml = YAML(pure=True)
    yaml.Representer = _Representer
    yaml.width = 4096  # a text stays on its line
    stream = StringIO()
    yaml.dump(values, stream)
    return stream.getvalue()


class _Representer(RoundTripRepresenter):
    """Writes what the loader reads back."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a list again wherever it stands: the loader refuses aliases."""
        return True

    def row(self, values: list[Any]) -> SequenceNode:
        """Write a list of numbers, such as one for each quintile, on one line."""
        numbers = all(isinstance(value, int | float) for value in values)
        return self.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=numbers)

    def text(self, text: str) -> ScalarNode:
        """Write unusual characters as escapes: some of them would end a line."""
        style = None if text.isprintable() else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Representer.add_representer(list, _Representer.row)
_Representer.add_representer(str, _Representer.text)
