"""Completion of names of places in the shell."""

import re

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class

_PLACE = "population.place="


def place_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of places that begin so."""
    from bpssim.scenario.places.searching import completions  # imported late, so that --help stays fast

    return [CompletionItem(name) for name in completions(incomplete)]


def values_of_inputs(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What an input can be set to: a place by name."""
    if not incomplete.startswith(_PLACE):
        return []
    names = place_names(context, parameter, incomplete.removeprefix(_PLACE))
    return [CompletionItem(f"{_PLACE}{item.value}") for item in names]


@add_completion_class
class Bash(BashComplete):
    """Completion in bash, which takes the sign ``=`` and what stands on each side of it for three words."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Words before the one that is completed, and that one."""
        words, last = super().get_completion_args()
        self._before = ""
        if last == "=" and words:
            words, last = words[:-1], f"{words[-1]}="
        elif len(words) > 1 and words[-1] == "=":
            words, last = words[:-2], f"{words[-2]}={last}"
        if "=" in last:
            self._before = last.partition("=")[0] + "="
        return words, last

    def format_completion(self, item: CompletionItem) -> str:
        """One completion, in which the shell keeps spaces and signs."""
        if item.type != "plain":
            return super().format_completion(item)
        # Twice, because the script that bash runs takes one away.
        escaped = re.sub(r"([^\w,./=-])", r"\\\\\1", item.value.removeprefix(self._before))
        return f"{item.type},{escaped}"
