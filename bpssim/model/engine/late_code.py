"""Machine code made once for an entry, and not again for each of the rules that it calls.

Numba makes every function ready to be called by Python: it takes in the code of all functions that it calls, optimises
the whole, and turns it into machine code. A rule is never called by Python, and what calls it takes its code in and
optimises it anew, so all of that is lost. Here a rule hands on its code as it is, and only entries are optimised. That
more than halves the time of the first compilation.
"""

from collections.abc import Iterator
from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler


class RuleCode(JITCodeLibrary):  # type: ignore[misc]  # numba has no types
    """Code of a rule, for those that call it."""

    def finalize(self) -> None:
        """From now on the code is complete; what it calls is left to whoever takes it in."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, _: str) -> int:
        """There is no machine code that Python could call."""
        return 0

    @property
    def codegen(self) -> Any:
        """What makes code, as it is for Numba; there is no place for an environment, which only Python's calls need."""
        return _WithoutEnvironment(self._codegen)


class _WithoutEnvironment:
    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, *_: Any) -> None:
        """Nothing to set."""


class EntryCode(JITCodeLibrary):  # type: ignore[misc]
    """Code of an entry with all rules that it comes to call."""

    def finalize(self) -> None:
        """Take in the code of all rules, optimise it, and make machine code of it."""
        self._linking_libraries: list[Any] = list(_all_of(self._linking_libraries))
        super().finalize()


def _all_of(libraries: list[Any]) -> Iterator[Any]:
    """Code that is called directly or by what is called."""
    waiting, seen = list(libraries), set()
    while waiting:
        library = waiting.pop(0)
        if library not in seen:
            seen.add(library)
            yield library
            if isinstance(library, RuleCode):
                waiting += library._linking_libraries


class RuleCompiler(Compiler):  # type: ignore[misc]
    """Numba's compiler for rules."""

    code: type[JITCodeLibrary] = RuleCode

    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        if library is None:
            library = self.code(target.codegen(), type(self).__name__)
            library.enable_object_caching()
        super().__init__(typing, target, library, *rest)


class EntryCompiler(RuleCompiler):
    """The same for entries."""

    code = EntryCode
