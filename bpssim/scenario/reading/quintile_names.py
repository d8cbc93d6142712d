"""Values by quintile one at a time: `--set pathways.groups.reached.by_quintile.q1=0.3`.

Lists by quintile are never numbered from 0: the most deprived quintile is quintile 1 to everybody who plans for it.
"""

from collections.abc import Sequence

from pydantic import BaseModel

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.schema_rules import Allowed
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.words import QUINTILES

NAMES = tuple(f"q{quintile}" for quintile in range(1, QUINTILES + 1))
_HELP = "quintiles are named q1 (most deprived) to q5 (least deprived)"


def names_quintile(model: type[BaseModel], parts: Sequence[str], origin: Origin) -> bool:
    """Whether a path in a model, written somewhere, names one quintile of a list by quintile.

    Raises
    ------
    BadInput
        If such a list is entered by anything but the name of a quintile.
    """
    *above, last = parts
    if not above or not _is_by_quintile(Allowed.by(model), above):
        return False
    if last not in NAMES:
        raise BadInput(Mistake(origin, _HELP, dotted(parts), suggestion=_meant(above, last)))
    return True


def as_number(parts: Sequence[str]) -> list[str]:
    """The same path with the number of the item in the list."""
    return [*parts[:-1], str(NAMES.index(parts[-1]))]


def with_names(allowed: Allowed, path: KeyPath) -> KeyPath:
    """The same path with the name of the quintile, where a whole file allows a list by quintile there."""
    *above, last = path or ("",)
    is_item = isinstance(last, int) and last < QUINTILES and _is_by_quintile(allowed, above)
    return (*above, NAMES[int(last)]) if is_item else path


def _meant(above: Sequence[str], last: str) -> str:
    """The path that was likely meant, counting from 0 as lists are counted."""
    return dotted([*above, NAMES[int(last)]]) if last in map(str, range(QUINTILES)) else ""


def _is_by_quintile(allowed: Allowed, path: Sequence[str | int]) -> bool:
    for part in path:
        inside = allowed.inside(part)
        is_item = str(part).isdecimal() and not inside.branches
        allowed = allowed.inside(0) if is_item else inside  # all items of such a list are alike
    fixed = (len(branch.get("prefixItems", ())) for branch in allowed.branches)
    return QUINTILES in fixed or any(branch.get("by") == "quintile" for branch in allowed.branches)
