"""From a scenario file to a typed scenario.

A file may build on one parent with ``extends:`` and a caller may override single values. In both
cases maps merge, key by key; lists and single values replace what was there, and an empty map clears it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bpssim.scenario import ready
from bpssim.scenario.explaining import explain, locate_faults
from bpssim.scenario.faults import Faulty
from bpssim.scenario.files import missing_file
from bpssim.scenario.messages import BadInput, Mistake, Origin
from bpssim.scenario.parsing import MAX_DEPTH, parse_file, parse_text, scalar
from bpssim.scenario.tree import KeyPath, Node, as_node, lay_over, merge, with_changed

MAX_FILES = 10

Model = TypeVar("Model", bound=BaseModel)


def read(
    source: str | Path,
    model: type[Model],
    overrides: Iterable[str] = (),
    search: Path | None = None,
    files: Sequence[KeyPath] = (),
    check: Callable[[Model], None] | None = None,
) -> Model:
    """Read a scenario, its parents and its overrides.

    Parameters
    ----------
    source
        A path, or the name of a ready scenario (a text without ``/`` and ``.yaml``).
    model
        What the scenario is meant to describe.
    overrides
        Texts such as ``team.supporters.0.hours=12``; the value is a YAML scalar, or a list or map in
        brackets. Later ones win.
    search
        Folder of the ready scenarios, by default that of the package.
    files
        Inputs that name a file: relative to the file that says it, or for an override to the current folder.
    check
        What else must hold of the result; raises `Faulty` if it does not.

    Raises
    ------
    BadInput
        With everything that was found wrong.
    """
    return _validated(written(source, overrides, search, files), model, check)


def changed(
    scenario: Model,
    path: str,
    value: object,
    files: Sequence[KeyPath] = (),
    check: Callable[[Model], None] | None = None,
) -> Model:
    """Return a copy of a scenario in which one input is changed; a map is merged into what stands there.

    Parameters
    ----------
    scenario
        Any validated model.
    path
        Place of the input, such as ``team.supporters.0.hours``.
    value
        New value, spelled as in a scenario file.
    files, check
        As for `read`; files are relative to the current folder.

    Raises
    ------
    BadInput
        If there is no such input or the value is not allowed.
    """
    origin = Origin(f"{path}={value}")
    tree = as_node(scenario.model_dump(mode="json"), Origin("scenario"))
    tree = lay_over(tree, path.split("."), as_node(value, origin))
    return _validated(_with_whole_paths(tree, files, Path()), type(scenario), check)


def _validated(tree: Node, model: type[Model], check: Callable[[Model], None] | None) -> Model:
    try:
        result = model.model_validate(tree.plain())
        if check:
            check(result)
    except ValidationError as error:
        raise explain(error, tree, model) from None
    except Faulty as error:
        raise locate_faults(error.faults, tree) from None
    return result


def written(
    source: str | Path, overrides: Iterable[str] = (), search: Path | None = None, files: Sequence[KeyPath] = ()
) -> Node:
    """Return the whole scenario as written, every value with its origin, before validation.

    Parameters are those of `read`.

    Raises
    ------
    BadInput
        If a file cannot be read or an override cannot be placed.
    """
    path = locate(source, Path(), search, Origin(str(source)))
    tree = _with_parents(path, (), search, files)
    for override in overrides:
        tree = _override(tree, override)
    return _with_whole_paths(tree, files, Path())


def locate(source: str | Path, folder: Path, search: Path | None, origin: Origin, key: str = "") -> Path:
    """Return the file that a path or a ready name stands for.

    Parameters
    ----------
    source
        A path relative to `folder`, or the name of a ready scenario.
    folder
        Where relative paths start.
    search
        Folder of the ready scenarios, by default that of the package.
    origin, key
        Where the source was written, for the message.

    Raises
    ------
    BadInput
        If there is no such file or ready scenario.
    """
    if isinstance(source, str) and not _is_path(source):
        return ready.find(source, search, origin, key)
    path = folder / source
    try:
        if path.exists():
            return path
    except OSError as error:
        raise BadInput(Mistake(origin, f"cannot be read ({error.strerror})", key)) from None
    missing = missing_file(path, origin, key)
    raise BadInput(replace(missing, suggestion=path.stem) if path.stem in ready.names(search) else missing)


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or text.endswith((".yaml", ".yml"))


def _with_whole_paths(tree: Node, files: Sequence[KeyPath], folder: Path) -> Node:
    """Make files relative to a folder independent of it, so that a scenario means the same wherever it is read."""

    def whole(node: Node) -> Node:
        # A bare name may stand for something that comes with the package.
        if isinstance(node.value, str) and (Path(node.value).suffix or (folder / node.value).is_file()):
            return Node(str((folder / node.value).resolve()), node.origin)
        return node

    for key in files:
        tree = with_changed(tree, key, whole)
    return tree


def _with_parents(path: Path, children: tuple[Path, ...], search: Path | None, files: Sequence[KeyPath]) -> Node:
    tree = parse_file(path)
    if not isinstance(tree.value, dict):
        raise BadInput(Mistake(tree.origin, "should be settings written as `key: value`"))
    entries = {key: node for key, node in tree.value.items() if key != "extends"}
    own = _with_whole_paths(Node(entries, tree.origin), files, path.parent)
    parent = tree.value.get("extends")
    if parent is None:
        return own
    if not isinstance(parent.value, str):
        text = "should be one ready name, or the path of one file relative to this one"
        raise BadInput(Mistake(parent.origin, text, "extends"))
    above = locate(parent.value, path.parent, search, parent.origin, "extends")
    family = (*children, path)
    chain = " -> ".join(member.name for member in (*family, above))
    if any(above.samefile(member) for member in family):
        raise BadInput(Mistake(parent.origin, f"a scenario cannot extend itself: {chain}", "extends"))
    if len(family) == MAX_FILES:
        raise BadInput(Mistake(parent.origin, f"more than {MAX_FILES} files in a row: {chain}", "extends"))
    inherited = _with_parents(above, family, search, files)
    return merge(inherited, own) if entries else inherited


def _override(tree: Node, text: str) -> Node:
    origin = Origin(f"--set {text}")
    key, equals, value = text.partition("=")
    parts = key.strip().split(".")
    if not equals or not all(parts):
        raise BadInput(Mistake(origin, "should be written path.to.key=value"))
    if len(parts) > MAX_DEPTH:
        raise BadInput(Mistake(origin, f"nested too deeply (over {MAX_DEPTH} levels)"))
    return lay_over(tree, parts, _override_value(value.strip(), origin))


def _override_value(text: str, origin: Origin) -> Node:
    # Anything else is taken as it stands, so that a text may hold a colon or a hash without quotes.
    if not text.startswith(("[", "{", "'", '"')):
        return Node(scalar(text), origin)
    try:
        return parse_text(text, origin.file).moved_to(origin)
    except BadInput as error:
        raise BadInput(*(replace(mistake, origin=origin) for mistake in error.mistakes)) from None
