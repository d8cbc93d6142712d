"""From files of published studies to typed studies with the scenario of each group.

In a file of a study, ``scenario:`` holds what all groups live with, and below a group what is its own; both are written
as in a scenario file, and either may extend one. Everything else is described by `Study`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bpssim.scenario.evidence import evidence
from bpssim.scenario.external_files import OUTSIDE
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.loader import default_maps, locate, validated, written
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.reading.parsing import parse_file
from bpssim.scenario.reading.tree import Node, give_way, merge, without
from bpssim.scenario.scenario import Scenario
from bpssim.validation.published.study import Study

_PACKAGE = Path(__file__).parents[2]
_INSTALLED = _PACKAGE / "published_studies"
_CHECKOUT = _PACKAGE.parent / "experiments" / "published"
PARENT = "base"
"""What scenarios of groups extend if the file names nothing else: no peer support."""


@dataclass(frozen=True)
class ReadStudy:
    """A study with the scenario of each of its groups, by name."""

    study: Study
    scenarios: dict[str, Scenario]


def folder() -> Path:
    """Folder of the studies that come with the package."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def names() -> list[str]:
    """Names of these studies, sorted; files starting with ``_`` hold what several of them share."""
    return ready.names(folder())


def read_studies(sources: Iterable[str]) -> list[ReadStudy]:
    """Studies by name, path or row of the evidence, in its order; all that come with the package if none is named.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such study, or a file is not one.
    """
    rows = list(evidence())
    wanted = [name for source in sources for name in (_of_row(source) if source.upper() in rows else [source])]
    read = [read_study(source) for source in dict.fromkeys(wanted or names())]
    return sorted(read, key=lambda each: rows.index(each.study.evidence))


def read_study(source: str | Path) -> ReadStudy:
    """One study by name or path.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that is wrong with the study, or else with the scenario of one of its groups.
    """
    path = _found(source)
    whole = parse_file(path)
    tree, shared = _taken(whole, ())
    own = {}
    groups = whole.child("groups")
    for name in groups.value if groups and isinstance(groups.value, dict) else ():
        tree, own[name] = _taken(tree, ("groups", name))
    study = validated(tree, Study)
    return ReadStudy(
        study, {name: _scenario(f"{study.name}_{name}", path.parent, shared, own[name]) for name in study.groups}
    )


def _of_row(row: str) -> list[str]:
    """Names of the studies that have a row of the evidence."""
    rows = {name: parse_file(folder() / f"{name}.yaml").plain()["evidence"] for name in names()}
    if row.upper() not in rows.values():
        has = ", ".join(each for each in evidence() if each in rows.values())
        raise BadInput(Mistake(Origin(row), f"no study comes from this row of the evidence; there are those of {has}"))
    return [name for name, own in rows.items() if own == row.upper()]


def _found(source: str | Path) -> Path:
    try:
        return locate(source, Path(), folder(), Origin(str(source)))
    except BadInput:
        if isinstance(source, str) and not source.endswith((".yaml", ".yml")):
            text = (
                f"no published study has this name; there are {', '.join(names())} (a file is written with its .yaml)"
            )
            raise BadInput(Mistake(Origin(source), text, suggestion=nearest(source, names()))) from None
        raise


def _taken(tree: Node, path: tuple[str, ...], key: str = "scenario") -> tuple[Node, Node]:
    """A tree without the entry of a key below a path, and that entry; an empty map if there is none."""
    entry = tree.at((*path, key))
    return (without(tree, (*path, key)), entry) if entry else (tree, Node({}, tree.origin))


def _parent(extends: Node, where: Path) -> Path:
    """File that a scenario extends: one that studies share, a ready one, or a path relative to the study."""
    source = str(extends.value or PARENT)
    shared = folder() / f"{source}.yaml"
    is_shared = source.startswith("_") and shared.is_file()
    return shared if is_shared else locate(source, where, None, extends.origin, "scenario.extends")


def _scenario(name: str, where: Path, shared: Node, own: Node) -> Scenario:
    """The scenario of a group: what it or else the study extends, below what all share and what is its own."""
    shared, above = _taken(shared, (), "extends")
    own, nearer = _taken(own, (), "extends")
    tree = written(_parent(nearer if nearer.value else above, where))
    tree = merge(default_maps(Scenario, tree.origin), tree)
    for layer in (shared, own, Node({"name": Node(name, own.origin)}, own.origin)):
        if layer.value:
            tree = merge(give_way(tree, layer, OUTSIDE.replaced, OUTSIDE.kept), layer)
    return validated(tree, Scenario, OUTSIDE)
