"""From a scenario file to a typed scenario.

A file may build on one parent with ``extends:`` and a caller may override single values. In both
cases maps merge, key by key; lists and single values replace what was there, and an empty map clears it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bpssim.scenario.itself import Itself
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.errors import MUST_BE_GIVEN, explain, located
from bpssim.scenario.reading.files import is_table_file, missing_file
from bpssim.scenario.reading.hidden import hidden
from bpssim.scenario.reading.messages import SHOWN_MISTAKES, BadInput, Mistake, Origin, shortened
from bpssim.scenario.reading.parsing import MAX_DEPTH, parse_file, parse_text, scalar
from bpssim.scenario.reading.quintile_names import as_number, names_quintile
from bpssim.scenario.reading.tree import KeyPath, Node, as_node, give_way, lay_over, merge, with_changed

MAX_FILES = 10

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Surroundings:
    """Files and data outside the model.

    Parameters
    ----------
    files
        Inputs that name a file or several: relative to the file that says it, or for an override to the current folder.
    names_or_files
        Inputs that hold a name or several, each of which may also be a file of a table, in the same way.
    replaced
        For inputs that name data, the inputs whose values these data replace if they come from further away: from a
        parent, where the data are named in a file, and from any file, where they are named in an override.
    filled
        Adds to what is written what data named there say of inputs that are not written; must not raise `BadInput`.
    kept
        For inputs whose value is still told when it gives way so, the input that then has it.
    check
        Further check; raises `BadInput`.
    sections
        The sections of the model that `check` looks at.
    parent
        A ready name to suggest to someone who forgot `extends`; empty for files that seldom extend others.
    """

    files: Sequence[KeyPath] = ()
    names_or_files: Sequence[KeyPath] = ()
    replaced: Mapping[KeyPath, Sequence[KeyPath]] = field(default_factory=dict)
    filled: Callable[[Node], Node] = field(default=lambda tree: tree)
    kept: Mapping[KeyPath, KeyPath] = field(default_factory=dict)
    check: Callable[[Any], None] | None = None
    sections: Sequence[str] = ()
    parent: str = ""


NOTHING_OUTSIDE = Surroundings()


class NoParent(BadInput):
    """A file that `extends` what is not there.

    Parameters
    ----------
    own
        What it says itself, and the files that extend it.
    *mistakes
        As of `BadInput`.
    """

    def __init__(self, own: Node, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.own = own


def read(
    source: str | Path,
    model: type[Model],
    overrides: Iterable[str] = (),
    search: Path | None = None,
    outside: Surroundings = NOTHING_OUTSIDE,
) -> Model:
    """Read a scenario, its parents and its overrides.

    Parameters
    ----------
    source
        A path, or the name of a ready scenario (a text without ``/`` and ``.yaml``).
    model
        Model that the scenario describes.
    overrides
        Texts such as ``team.supporters.paid.count=4``; the value is a YAML scalar, or a list or map in
        brackets. Later ones win, and a single quintile (``access.aware.by_quintile.q1=0.3``) over whole lists.
    search
        Folder of the ready scenarios, by default that of the package.
    outside
        Files and data outside the model.

    Raises
    ------
    BadInput
        With all mistakes found.
    """
    given = list(overrides)
    of_one = [text for text in given if names_quintile(model, check_override(text)[0], Origin(f"--set {text}"))]
    others = [text for text in given if text not in of_one]
    try:
        tree = written(source, others, search, outside)
    except NoParent as error:
        raise BadInput(*shortened([*error.mistakes, *_wrong_by_itself(error.own, model)])) from None
    tree = merge(default_maps(model, Origin(tree.origin.file)), tree)
    try:
        result = validated(tree, model, outside)
    except BadInput as error:
        raise BadInput(*_extends_forgotten(tree, error.mistakes, outside.parent), *error.mistakes) from None
    # After all others, because the values of the other quintiles may be defaults.
    return _with_values(result, [_override(text) for text in of_one], outside) if of_one else result


def _wrong_by_itself(tree: Node, model: type[BaseModel]) -> list[Mistake]:
    """What is wrong with a part of a scenario whatever the rest is."""
    try:
        model.model_validate(tree.plain())
    except ValidationError as error:
        return explain(error, tree, model, is_whole=False)
    return []


def _extends_forgotten(tree: Node, mistakes: Sequence[Mistake], parent: str) -> Iterator[Mistake]:
    """The likely cause where a file lacks what only a whole scenario needs."""
    file, *others = sorted(file for file in tree.files() if not file.startswith("--set"))
    if parent and not others and any(mistake.text.startswith(MUST_BE_GIVEN) for mistake in mistakes):
        advice = f"to change a ready one, begin with a line such as `extends: {parent}`"
        yield Mistake(Origin(file), "extends no other scenario, so it must say everything", advice=advice)


def default_maps(model: type[BaseModel], origin: Origin) -> Node:
    """Return the maps over fixed lists of words that sections have by default, so that a file may say a part of one."""
    defaults = {name: field.get_default() for name, field in model.model_fields.items() if not field.is_required()}
    sections = {name: _maps_by_word(value) for name, value in defaults.items() if isinstance(value, BaseModel)}
    return as_node({name: maps for name, maps in sections.items() if maps}, origin)


def _maps_by_word(section: BaseModel) -> dict[str, Any]:
    dumped = section.model_dump(mode="json")
    maps = [
        name for name, value in section if isinstance(value, dict) and value and isinstance(next(iter(value)), Enum)
    ]
    return {name: dumped[name] for name in maps}


def changed(scenario: Model, changes: Mapping[str, object], outside: Surroundings = NOTHING_OUTSIDE) -> Model:
    """Return a copy of a scenario in which inputs are changed, all at once; a map is merged into what stands there.

    Parameters
    ----------
    scenario
        Any validated model.
    changes
        New values, spelled as in a scenario file, by the place of the input, such as ``team.supporters.paid.count`` or
        ``access.aware.by_quintile.q1``; later ones win.
    outside
        As for `read`; files are relative to the current folder.

    Raises
    ------
    BadInput
        If there is no such input or a value is not allowed, with everything that is wrong.
    """
    given = [(path.split("."), as_node(value, Origin(f"{path}={value}"))) for path, value in changes.items()]
    return _with_values(scenario, given, outside)


def _with_values(scenario: Model, given: Sequence[tuple[list[str], Node]], outside: Surroundings) -> Model:
    tree = _tree_of(Itself(scenario))
    for path, value in given:
        parts = as_number(path) if names_quintile(type(scenario), path, value.origin) else path
        tree = give_way(tree, lay_over(_empty(value.origin), parts, value), outside.replaced, outside.kept)
        tree = lay_over(tree, parts, value)
    return validated(_with_whole_paths(tree, outside, Path()), type(scenario), outside)


@lru_cache(maxsize=8)  # a page and a study change one scenario again and again
def _tree_of(which: Itself) -> Node:
    """A scenario as a tree, which nobody changes."""
    return as_node(which.it.model_dump(mode="json"), Origin("scenario"))


def _empty(origin: Origin) -> Node:
    return Node({}, origin)


def validated(tree: Node, model: type[Model], outside: Surroundings = NOTHING_OUTSIDE) -> Model:
    """Return what a tree describes.

    Parameters
    ----------
    tree
        Everything that was written, with its origins.
    model, outside
        As for `read`.

    Raises
    ------
    BadInput
        With all mistakes found.
    """
    tree = outside.filled(tree)
    try:
        result = model.model_validate(tree.plain())
        if outside.check:
            outside.check(result)
    except ValidationError as error:
        told = explain(error, tree, model)
        if len(told) < SHOWN_MISTAKES:
            told = located([*told, *hidden(error, tree, model, outside.check, outside.sections)], tree)
        raise BadInput(*shortened(told)) from None
    except BadInput as error:
        raise BadInput(*shortened(located(error.mistakes, tree))) from None
    return result


def written(
    source: str | Path,
    overrides: Iterable[str] = (),
    search: Path | None = None,
    outside: Surroundings = NOTHING_OUTSIDE,
) -> Node:
    """Return the whole scenario as written, every value with its origin, before validation.

    Parameters are those of `read`.

    Raises
    ------
    BadInput
        If a file cannot be read or an override cannot be placed.
    """
    path = locate(source, Path(), search, Origin(str(source)))
    tree = _with_parents(path, (), search, outside)
    given = [_override(text) for text in overrides]
    together = _empty(Origin("--set"))
    for parts, value in given:
        together = lay_over(together, parts, value)
    tree = give_way(tree, together, outside.replaced, outside.kept)
    for parts, value in given:
        tree = lay_over(tree, parts, value)
    return _with_whole_paths(tree, outside, Path())


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


def _with_whole_paths(tree: Node, outside: Surroundings, folder: Path) -> Node:
    """Make files relative to a folder independent of it, so that a scenario means the same wherever it is read."""

    def whole(node: Node) -> Node:
        if isinstance(node.value, list):
            return Node([whole(item) for item in node.value], node.origin)
        # A bare name may stand for something that comes with the package.
        if isinstance(node.value, str) and (Path(node.value).suffix or (folder / node.value).is_file()):
            return Node(str((folder / node.value).resolve()), node.origin)
        return node

    def whole_if_table(node: Node) -> Node:
        if isinstance(node.value, list):
            return Node([whole_if_table(item) for item in node.value], node.origin)
        return whole(node) if isinstance(node.value, str) and is_table_file(node.value) else node

    for key in outside.files:
        tree = with_changed(tree, key, whole)
    for key in outside.names_or_files:
        tree = with_changed(tree, key, whole_if_table)
    return tree


def _with_parents(path: Path, children: tuple[Path, ...], search: Path | None, outside: Surroundings) -> Node:
    tree = parse_file(path)
    if not isinstance(tree.value, dict):
        raise BadInput(Mistake(tree.origin, "should be settings written as `key: value`"))
    entries = {key: node for key, node in tree.value.items() if key != "extends"}
    own = _with_whole_paths(Node(entries, tree.origin), outside, path.parent)
    parent = tree.value.get("extends")
    if parent is None:
        return own
    if not isinstance(parent.value, str):
        text = "should be one ready name, or the path of one file relative to this one"
        raise BadInput(Mistake(parent.origin, text, "extends"))
    try:
        above = locate(parent.value, path.parent, search, parent.origin, "extends")
    except BadInput as error:
        raise NoParent(own, *error.mistakes) from None
    family = (*children, path)
    chain = " -> ".join(member.name for member in (*family, above))
    if any(above.samefile(member) for member in family):
        raise BadInput(Mistake(parent.origin, f"a scenario cannot extend itself: {chain}", "extends"))
    if len(family) == MAX_FILES:
        raise BadInput(Mistake(parent.origin, f"more than {MAX_FILES} files in a row: {chain}", "extends"))
    try:
        inherited = _with_parents(above, family, search, outside)
    except NoParent as error:
        raise NoParent(merge(error.own, own), *error.mistakes) from None
    return merge(give_way(inherited, own, outside.replaced, outside.kept), own) if entries else inherited


def check_override(text: str) -> tuple[list[str], str]:
    """Return the keys and the value of one override, as texts.

    Raises
    ------
    BadInput
        If it is not written as a path and a value.
    """
    origin = Origin(f"--set {text}")
    key, equals, value = text.partition("=")
    parts = key.strip().split(".")
    if not equals or not all(parts):
        raise BadInput(Mistake(origin, "should be written path.to.key=value", advice=_HOW_TO_SET))
    if not value.strip():
        raise BadInput(Mistake(origin, "nothing stands after the =", advice=f"{_HOW_TO_SET}; null clears a setting"))
    if len(parts) > MAX_DEPTH:
        raise BadInput(Mistake(origin, f"nested too deeply (over {MAX_DEPTH} levels)"))
    return parts, value.strip()


_HOW_TO_SET = (
    'no spaces round the =, and quotes if the value has spaces: --set "population.place=Blackburn with Darwen"'
)


def _override(text: str) -> tuple[list[str], Node]:
    parts, value = check_override(text)
    return parts, _override_value(value, Origin(f"--set {text}"))


def _override_value(text: str, origin: Origin) -> Node:
    # Anything else is taken as it stands, so that a text may hold a colon or a hash without quotes.
    if not text.startswith(("[", "{", "'", '"')):
        return Node(scalar(text), origin)
    try:
        return parse_text(text, origin.file).moved_to(origin)
    except BadInput as error:
        raise BadInput(*(replace(mistake, origin=origin) for mistake in error.mistakes)) from None
