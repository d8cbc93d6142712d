"""All rules that a run calls, as one WebAssembly module, for a page that runs the model without Python.

A run is: `wane`, once for a scenario; `list_mothers`, `draw_birth_days`, `order_by_birth`, `arrange`, `draw_mothers`,
and where the community is active `order_by_neighbourhood` and `tie_mothers`; then `set_days`, `apply_scenario`, and
`run_days` as often as it takes, with `keep_calendar` before each day on which a decision falls due; then
`add_to_tally`, and `settle` for what became of each mother.

Numba's settings are read when it is imported, so the module is made in a process of its own, within half a minute.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bpssim.model.engine.webassembly import SETTINGS

_KEPT_AS = "model.wasm"


def module() -> bytes:
    """The module; kept with the compiled rules, and made if they have none.

    Raises
    ------
    RuntimeError
        If it cannot be made; the message is the error output of the process.
    """
    from bpssim.model.engine.compiled import rule_folder

    try:
        kept: bytes | None = rule_folder().read(_KEPT_AS)
    except Exception as error:  # whatever it is: the module can be made
        rule_folder().renew(error)
        kept = None
    if kept is None:
        kept = make()
        rule_folder().write(_KEPT_AS, kept)
    return kept


def is_kept() -> bool:
    """Whether the module is there already."""
    from bpssim.model.engine.compiled import rule_folder

    folder = rule_folder().place
    return folder is not None and (folder / _KEPT_AS).exists()


def make() -> bytes:
    """Make the module in a process with Numba's settings for it; the same rules give the same bytes."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / _KEPT_AS
        search = os.pathsep.join(folder for folder in sys.path if folder)
        own = {
            **SETTINGS,
            "BPSSIM_CACHE": folder,
            "PYTHONPATH": search,
        }  # rules in the usual cache have no code for LLVM
        command = [sys.executable, "-P", "-m", __name__, str(made)]
        done = subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return made.read_bytes()


def entries() -> dict[str, tuple[Any, tuple[Any, ...]]]:
    """Rules that Python calls in a run, by name, with examples of their arguments."""
    from bpssim.model.decisions.calendar import keep_calendar
    from bpssim.model.initial_state import apply_scenario, set_days
    from bpssim.model.parameters.waning import wane
    from bpssim.model.rules import orders, population
    from bpssim.model.rules.community import tie_mothers
    from bpssim.model.rules.day import run_days
    from bpssim.model.rules.tally import OUTCOME, add_to_tally, empty_tally, settle
    from bpssim.model.simulation import Simulation
    from bpssim.model.state import empty
    from bpssim.scenario.scenario import Scenario

    run = Simulation(Scenario(name="types"), 1)
    s, p, mothers = run.state, run.parameters, run.state.mothers
    rows, shares = np.empty(0, np.int64), np.empty(0)
    table, outcomes = population.draws_of(run.scenario.population, 1), empty(OUTCOME, 1)
    return {
        "wane": (wane, (p.derived, p.feeding)),
        "list_mothers": (population.list_mothers, (mothers, 0)),
        "draw_birth_days": (population.draw_birth_days, (mothers, 0, 0)),
        "order_by_birth": (orders.order_by_birth, (rows, rows, mothers)),
        "arrange": (orders.arrange, (mothers, mothers, rows)),
        "draw_mothers": (population.draw_mothers, (mothers, rows, s.neighbourhoods, table, shares)),
        "order_by_neighbourhood": (orders.order_by_neighbourhood, (rows, rows, mothers, rows)),
        "tie_mothers": (tie_mothers, (s.ties, mothers, rows, 0, 0)),
        "set_days": (set_days, (s, p, rows)),
        "apply_scenario": (apply_scenario, (s, p)),
        "run_days": (run_days, (s, p, 0, 0)),
        "keep_calendar": (keep_calendar, (s, p, 0)),
        "settle": (settle, (s, p, outcomes)),
        "add_to_tally": (add_to_tally, (s, p, outcomes, empty_tally(0))),
    }


def _main(path: str) -> None:
    import numba

    from bpssim.model.engine.webassembly import webassembly_of

    typed = {name: (rule, tuple(map(numba.typeof, given))) for name, (rule, given) in entries().items()}
    Path(path).write_bytes(webassembly_of(typed))


if __name__ == "__main__":
    _main(sys.argv[1])
