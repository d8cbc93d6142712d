"""The one way in which rules are compiled, and where the compiled code is kept.

Numba's disk cache looks at the file of one function only: after an edit in another file it would hand out old
code. All rules therefore share a cache folder whose name is a digest of *every* source they are made from, so an
edit anywhere starts a new folder.
"""

import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import llvmlite
import numba
import numpy as np
import platformdirs
from numba.core import event

Rule = TypeVar("Rule", bound=Callable[..., object])

_PACKAGE = Path(__file__).parents[1]


def rule_sources() -> list[Path]:
    """Files whose content decides what the compiled rules do."""
    return [*sorted((_PACKAGE / "model").glob("*.py")), _PACKAGE / "scenario" / "words.py"]


def digest_of_sources() -> str:
    """Digest of all rule sources and of the versions that compile them."""
    content = hashlib.sha256()
    for path in rule_sources():
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for version in (platform.python_version(), numba.__version__, llvmlite.__version__, np.__version__):
        content.update(version.encode() + b"\0")
    return content.hexdigest()[:20]


@cache
def cache_folder() -> Path:
    """Folder of the compiled rules: the user's cache, or a temporary folder where that cannot be written."""
    home = Path(os.environ.get("BPSSIM_CACHE") or platformdirs.user_cache_path("bpssim"))
    for root in (home, Path(tempfile.gettempdir()) / f"bpssim-{os.getuid() if hasattr(os, 'getuid') else 'user'}"):
        folder = root / "rules" / digest_of_sources()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise OSError(f"no folder can be written for compiled rules; set BPSSIM_CACHE (tried {home})")


def _kept_on_disk(function: Rule, *signature: str, **options: bool) -> Rule:
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder())  # read once, when the function's cache is set up
    try:
        result: Rule = numba.njit(*signature, cache=True, **_OPTIONS, **options)(function)
    finally:
        numba.config.CACHE_DIR = before
    return result


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
    result: Rule = numba.njit(no_cpython_wrapper=True, **_OPTIONS)(function)
    return result


def inlined(function: Rule) -> Rule:
    """Compile a rule into each rule that calls it, which saves handing the whole world over."""
    result: Rule = numba.njit(no_cpython_wrapper=True, forceinline=True, **_OPTIONS)(function)
    return result


def part(function: Rule) -> Rule:
    """Compile a rule as text of its one caller: quicker to compile than `inlined`, a little slower to run."""
    result: Rule = numba.njit(inline="always", **_OPTIONS)(function)
    return result


def entry(function: Rule) -> Rule:
    """Compile a rule that Python calls, with all that it calls, and keep it on disk."""
    return _kept_on_disk(function)


def draw(signature: str) -> Callable[[Rule], Rule]:
    """Compile a random draw for one signature only, so that each place of use shares the same code."""
    return lambda function: _kept_on_disk(function, signature)
