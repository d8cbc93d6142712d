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
    """Files whose content decides what the compiled rules do.

    The sections of a scenario decide the types of parameters, by which compiled rules are told apart anyway.
    """
    return [*sorted((_PACKAGE / "model").rglob("*.py")), _PACKAGE / "scenario" / "words.py"]


def digest_of_sources() -> str:
    """Digest of everything that compiled rules are made from: their sources, what compiles them, and how."""
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
    """Where what is made of these rules is kept."""
    return RuleFolder(digest_of_sources())


class _Notice(event.Listener):  # type: ignore[misc]  # numba has no types
    """Says once that rules are being compiled, because whoever waits would wonder why.

    Nothing is said where compiled rules are found in the cache, or when functions of others are compiled.
    """

    said = False

    def on_start(self, started: Any) -> None:
        """A function begins to be compiled."""
        function = getattr(started.data.get("dispatcher"), "py_func", None)
        ours = str(getattr(function, "__module__", "")).startswith("bpssim.")
        if ours and not self.said and sys.__stderr__ is not None:
            self.said = True
            print("Compiling the rules, once, about 20 s ...", file=sys.__stderr__, flush=True)

    def on_end(self, ended: Any) -> None:
        """A function has been compiled: nothing to say."""


event.register("numba:compile", _Notice())

# Rules allocate no arrays. So reference counts can be left out, which otherwise cost more than the rules do.
_OPTIONS = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}


def rule(function: Rule) -> Rule:
    """Compile a scalar rule that other rules call; with NUMBA_DISABLE_JIT=1 it stays plain Python."""
    # Kept on disk as part of the entries that use it, not by itself: that would double the time to compile.
    return _compiled(function, pipeline_class=RuleCompiler, no_cpython_wrapper=True)


def entry(function: Rule) -> Rule:
    """Compile a rule that Python calls, with all that it calls, and keep it on disk."""
    result = _compiled(function, pipeline_class=EntryCompiler)
    if IS_COMPILED:
        result._cache = KeptRule(rule_folder(), function)  # type: ignore[attr-defined]  # what Numba looks compiled code up in
    return result


def _compiled(function: Rule, **options: Any) -> Rule:
    """Compile a rule once for whole numbers of any width, where Numba would compile it for each anew."""
    result: Any = numba.njit(**_OPTIONS, **options)(function)
    if IS_COMPILED:
        for_types = result.get_call_template  # what Numba asks for when a rule calls another
        result.get_call_template = lambda types, named: for_types([_widened(each) for each in types], named)
    return cast(Rule, result)


def _widened(kind: Any) -> Any:
    """The type in which rules compute: whole numbers in 64 bits whatever they are stored in, constants as any other."""
    types = numba.types
    if isinstance(kind, types.IntEnumMember) or (isinstance(kind, types.Integer) and kind.signed):
        return types.int64
    return types.unliteral(kind)
