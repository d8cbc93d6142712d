"""What can be switched off in a scenario: mechanisms, and assumptions (grade C) at the value at which they do nothing.

A null says what a result owes to an assumption. It is no claim about the world: an effect of 0 is as much of an
assumption as the one that it takes the place of.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from bpssim.scenario.access import GateProbability
from bpssim.scenario.cautions.unread.finding import unread_inputs, why_unread
from bpssim.scenario.fields import NoNull, Section, null_of
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.grades import GradedInput, graded_inputs
from bpssim.studies.plan.slopes import sloped
from bpssim.studies.uncertainty.which_inputs_vary import uncertain_parameter_of

EFFECTS = "effects"
"""Follows the row of gates in the name of their own effects."""
_MECHANISMS: Mapping[KeyPath, tuple[object, str]] = {
    ("team", "unlimited"): (True, "limits of the team's time"),
    ("community", "active"): (False, "word of mouth and norms in the neighbourhood"),
    ("learning", "active"): (False, "what supporters learn of hard circumstances"),
    ("review", "active"): (False, "reviews, and decisions of others about the service"),
}
"""Switches of whole mechanisms, and what is off then."""
AT_NULL_ALREADY = "it does nothing there as it is"


class Null(NamedTuple):
    """Inputs at the values at which they do nothing.

    Parameters
    ----------
    words
        What is switched off, in plain words.
    how
        How, such as ``support.network_hazard at 1``.
    grade
        C, or empty for a mechanism.
    evidence
        Rows of the evidence, or why it is assumed.
    values
        By path, without checks.
    """

    words: str
    how: str
    grade: str
    evidence: str
    values: dict[KeyPath, object]


class Nulls:
    """What can be switched off in one scenario.

    Parameters
    ----------
    scenario
        Whose inputs are switched off.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self.in_use: dict[str, Null] = {}
        self.left_out: dict[str, str] = {}
        for name, null, why in (*self._mechanisms(), *self._assumptions()):
            if why:
                self.left_out.setdefault(name, why)
            elif null:
                self._add(name, null)
        for name in self.in_use:
            self.left_out.pop(name, None)

    def values(self, name: str) -> dict[KeyPath, object]:
        """Values of the inputs that a name stands for; none if nothing of it is in use."""
        return self.in_use[name].values if name in self.in_use else {}

    def _add(self, name: str, null: Null) -> None:
        """Inputs of one name are switched off together."""
        so_far = self.in_use.get(name)
        self.in_use[name] = so_far._replace(values={**so_far.values, **null.values}) if so_far else null

    @cached_property
    def _unread(self) -> Mapping[KeyPath, str]:
        return unread_inputs(self._scenario)

    def _mechanisms(self) -> Iterator[tuple[str, Null | None, str]]:
        for path, (off, words) in _MECHANISMS.items():
            name = path[0] if path[-1] == "active" else dotted(path)
            is_off = getattr(getattr(self._scenario, str(path[0])), str(path[1])) == off
            how = f"{dotted(path)}: {str(off).lower()}"
            yield str(name), Null(words, how, "", "", {path: off}), AT_NULL_ALREADY if is_off else ""

    def _assumptions(self) -> Iterator[tuple[str, Null | None, str]]:
        """Every graded input of grade C in use: its name, its null, and why it is left out if it is."""
        for graded in graded_inputs(self._scenario):
            if graded.grade != "C":
                continue
            name, null = self._null(graded)
            if isinstance(null, NoNull):
                yield name, None, f"has no null: {null.why}"
            elif why := why_unread(self._unread, graded.path):
                yield name, None, f"nothing reads it: {why}"
            else:
                at_null = null.values[graded.path] == graded.value
                yield name, null, AT_NULL_ALREADY if at_null else ""

    def _null(self, graded: GradedInput) -> tuple[str, Null | NoNull]:
        parameter, value = uncertain_parameter_of(graded), graded.value
        if isinstance(value, GateProbability):
            flat = value.model_copy(update={"by_quintile": sloped(value.by_quintile, 0.0)})
            words = f"the difference between quintiles in whether {self._whose(graded.path, graded.description)}"
            how = f"{parameter} the same in all quintiles"
            return parameter, Null(words, how, "C", graded.evidence, {graded.path: flat})
        if graded.path[-1] == "odds":
            gate = ".".join(parameter.split(".")[:-3])
            words = self._whose(graded.path, f"effects of circumstances on {gate} alone")
            how = f"{gate}: odds ratios of its own effects at 1"
            return f"{gate}.{EFFECTS}", Null(words, how, "C", graded.evidence, {graded.path: 1.0})
        null = _declared(self._scenario, graded.path)
        if null is None or isinstance(null, NoNull):
            return parameter, null or NoNull("none is declared")
        how = f"{parameter} at {null:g}" if not isinstance(null, bool) else f"{parameter}: {str(null).lower()}"
        at_null = {graded.path: _each(value, null)}
        return parameter, Null(graded.description, how, "C", graded.evidence, at_null)

    def _whose(self, path: KeyPath, words: str) -> str:
        """Words on a gate, with the pathway that it belongs to."""
        started = f"{words[:1].lower()}{words[1:]}"
        return f"{started} ({self._scenario.title_of(str(path[1]))})" if path[0] == "pathways" else started


def _declared(scenario: Scenario, path: KeyPath) -> float | bool | NoNull | None:
    """The null that the section of an input declares."""
    section: Any = scenario
    for part in path[:-1]:
        section = getattr(section, str(part)) if isinstance(section, Section) else _entry(section, part)
    return null_of(type(section).model_fields[str(path[-1])])


def _entry(holder: Any, key: str | int) -> Any:
    if isinstance(holder, Mapping):
        return next(entry for name, entry in holder.items() if getattr(name, "word", name) == key)
    return holder[key]


def _each(value: object, null: float | bool) -> object:
    """A null in the form of a value: for each entry of a map or of several values, and whole where these are."""
    if isinstance(value, Mapping):
        return {key: _each(entry, null) for key, entry in value.items()}
    if isinstance(value, tuple):
        return tuple(_each(entry, null) for entry in value)
    return null if isinstance(value, bool) or not isinstance(value, int) else int(null)
