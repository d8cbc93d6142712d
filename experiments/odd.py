"""Fill the tables of the model description from the code: `python experiments/odd.py`.

The text of `bpssim/docs/model/odd.md` is written by hand. What stands between `<!-- name -->` and `<!-- end -->` is
made from the declarations of the state, the inputs and the rules, so that it cannot go out of date unseen.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import marked
from odd_tables import fitted, inputs, outcomes, patterns, rules, sites, state, vocabulary

from bpssim.scenario.baseline import Baseline

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "model" / "odd.md"

TABLES: Mapping[str, Callable[[], str]] = {
    "patterns": patterns.patterns,
    "state": state.state,
    "state of the program": state.state_of_the_program,
    "derived": state.derived,
    "order": rules.order,
    "calendar": rules.calendar,
    "inputs": inputs.tables,
    "feeding": fitted.feeding,
    "reproduced": fitted.reproduced,
    "baseline": lambda: inputs.of(Baseline),
    "other baselines": fitted.other_baselines,
    "gates": fitted.gates,
    "words": vocabulary.enumerations,
    "triggers": vocabulary.triggers,
    "first contact": vocabulary.first_contact,
    "channels": vocabulary.channels,
    "events": vocabulary.events,
    "presets": vocabulary.presets,
    "influences": vocabulary.influences,
    "window": outcomes.window,
    "metrics": outcomes.metrics,
    "sites": sites.sites,
    "functions": rules.functions,
}
"""What is written at each marked place, by its name."""


def filled(text: str) -> str:
    """The text with all its tables as they are now."""
    return marked.filled(text, {name: f"\n{table()}\n" for name, table in TABLES.items()})


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
