"""The one way in which rules are compiled; see `bpssim.model.engine.rule_cache` for where they are kept."""

import hashlib
import os
import platform
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite
import numba
import numpy as np
from numba.core import event

from bpssim.model.engine.late_code import EntryCompiler, RuleCompiler
from bpssim.model.engine.rule_cache import KeptRule, RuleFolder

Rule = TypeVar("Rule", bound=Callable[..., object])

IS_COMPILED = not numba.config.DISABLE_JIT
"""With NUMBA_DISABLE_JIT=1 all rules stay Python."""

_PACKAGE = Path(__file__).parents[2]


def rule_sources() -> list[Path]:
    """Source files of the compiled rules.

    Sections of a scenario are not among them: they determine types of parameters, and Numba distinguishes those itself.
    """
    return [*sorted((_PACKAGE / "model").rglob("*.py")), _PACKAGE / "scenario" / "words.py"]


def digest_of_sources() -> str:
    """Digest of everything that determines compiled rules: sources, compiler and settings."""
    content = hashlib.sha256()
    for path in rule_sources():
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    made_by = (sys.version, platform.machine(), numba.__version__, llvmlite.__version__, np.__version__)
    settings = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_"))
    for part in (*made_by, *settings):
        content.update(part.encode() + b"\0")
    return content.hexdigest()[:20]


@cache
def rule_folder() -> RuleFolder:
    """The cache folder of these rules."""
    return RuleFolder(digest_of_sources())


class _Notice(event.Listener):  # type: ignore[misc]  # numba has no types
    """Prints once that rules are being compiled, to explain the wait.

    It prints nothing if compiled rules are in the cache, or for functions of other packages.
    """

    has_printed = False

    def on_start(self, started: Any) -> None:
        """A compilation starts."""
        function = getattr(started.data.get("dispatcher"), "py_func", None)
        ours = str(getattr(function, "__module__", "")).startswith("bpssim.")
        if ours and not self.has_printed and sys.__stderr__ is not None:
            self.has_printed = True
            print("Compiling the rules, once, about 20 s ...", file=sys.__stderr__, flush=True)

    def on_end(self, ended: Any) -> None:
        """A compilation has ended: nothing to print."""


event.register("numba:compile", _Notice())

# Rules allocate no arrays, so they need no reference counts, which would cost more than the rules themselves.
_OPTIONS = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}


def rule(function: Rule) -> Rule:
    """Compile a scalar rule that other rules call; with NUMBA_DISABLE_JIT=1 it stays plain Python."""
    # Kept on disk within the entries that use it; keeping it separately would double the time to compile.
    return _compiled(function, pipeline_class=RuleCompiler, no_cpython_wrapper=True)


def inlined(function: Rule) -> Rule:
    """Compile a rule into each rule that calls it, where calls would cost as much as the rule itself."""
    return _compiled(function, pipeline_class=RuleCompiler, no_cpython_wrapper=True, forceinline=True)


def entry(function: Rule) -> Rule:
    """Compile a rule that Python calls, with all that it calls, and keep it on disk."""
    result = _compiled(function, pipeline_class=EntryCompiler)
    if IS_COMPILED:
        result._cache = KeptRule(rule_folder(), function)  # type: ignore[attr-defined]  # where Numba looks for compiled code
    return result


def _compiled(function: Rule, **options: Any) -> Rule:
    """Compile a rule once for integers of all widths; Numba would compile it separately for each."""
    result: Any = numba.njit(**_OPTIONS, **options)(function)
    if IS_COMPILED:
        for_types = result.get_call_template  # called by Numba when a rule calls another
        result.get_call_template = lambda types, named: for_types([_widened(kind) for kind in types], named)
    return cast(Rule, result)


def _widened(kind: Any) -> Any:
    """The type in which rules compute: integers in 64 bits whatever the field, and constants like variables."""
    types = numba.types
    if isinstance(kind, types.IntEnumMember) or (isinstance(kind, types.Integer) and kind.signed):
        return types.int64
    return types.unliteral(kind)
