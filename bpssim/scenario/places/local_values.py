"""What a place says of inputs that a scenario leaves open."""

from typing import Any

from pydantic import ValidationError

from bpssim.scenario.places.place_data import data_of
from bpssim.scenario.places.who_lives_there import GROUPS, local_attributes
from bpssim.scenario.population import Population
from bpssim.scenario.reading.messages import BadInput, Origin
from bpssim.scenario.reading.tree import KeyPath, Node, as_node, lay_over

_ATTRIBUTES = ("population", "attributes")
LOCAL_INPUTS: tuple[KeyPath, ...] = (
    *((*_ATTRIBUTES, name) for name in ("rural", "limited_english", "other_language", "minority_ethnic")),
    *((*_ATTRIBUTES, "minority_groups", name) for name in GROUPS),
)
"""Inputs of which the table of small areas knows something."""
_TOGETHER = (LOCAL_INPUTS[1:3], LOCAL_INPUTS[-len(GROUPS) :])
BASELINE = "national_2024"
"""Feeding of a place of which nothing is known but who lives there: the latest profile of the nation."""
_NAMING = ("place", "places", "births_by_small_area", "published_index", "published_populations")


def with_local_values(tree: Node) -> Node:
    """A scenario as written, with what its place says of inputs that are not written."""
    named = _named(tree)
    if named is None:
        return tree
    local = {**local_inputs(named), ("feeding", "baseline"): BASELINE}
    filled = tree
    for path, value in local.items():
        if tree.at(path) is None and not _belongs_to_what_is_written(tree, path):
            filled = lay_over(filled, [str(part) for part in path], as_node(value, Origin("the place")))
    return filled


def _belongs_to_what_is_written(tree: Node, path: KeyPath) -> bool:
    """Whether the scenario itself states an input with which this one must fit: shares of language, or of groups."""
    return any(path in together and any(map(tree.at, together)) for together in _TOGETHER)


def local_inputs(population: Population | None) -> dict[KeyPath, Any]:
    """Values of inputs by their path, as the place of a population has them; empty without a place."""
    try:
        data = data_of(population) if population else None
    except BadInput:  # which is told when the whole scenario is checked
        return {}
    local = local_attributes(data.places) if data else {}
    groups = local.pop("minority_groups", {})
    return {
        **{(*_ATTRIBUTES, name): value for name, value in local.items()},
        **{(*_ATTRIBUTES, "minority_groups", name): value for name, value in groups.items()},
    }


def _named(tree: Node) -> Population | None:
    """The population as far as it says where it is; None if that is wrong or nowhere."""
    naming = {name: node.plain() for name in _NAMING if (node := tree.at(("population", name))) and node.value}
    try:
        return Population.model_validate(naming) if naming else None
    except (ValidationError, BadInput):
        return None
