"""Machine code generated once per entry, and not again for every rule that it calls.

Numba prepares every function to be called from Python: it links the code of all callees, optimises the result and
generates machine code. Python never calls a rule, and the callers of a rule link and optimise its code again, so that
work is wasted. Here a rule passes on its code as it is, and only entries are linked, optimised and compiled. This
roughly halves the time of the first compilation.
"""

from collections.abc import Iterator
from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler


class RuleCode(JITCodeLibrary):  # type: ignore[misc]  # numba has no types
    """Code of a rule, for its callers."""

    def finalize(self) -> None:
        """Declare the code complete; its callees are linked by the entry."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, _: str) -> int:
        """Return 0: there is no machine code to call."""
        return 0

    @property
    def codegen(self) -> Any:
        """Numba's code generator, without environments, which only calls from Python need."""
        return _WithoutEnvironment(self._codegen)


class _WithoutEnvironment:
    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, *_: Any) -> None:
        """Nothing to set."""


class EntryCode(JITCodeLibrary):  # type: ignore[misc]
    """Code of an entry with all rules that it calls, directly or not."""

    def finalize(self) -> None:
        """Link the code of all rules, optimise it, and generate machine code."""
        self._linking_libraries: list[Any] = list(_all_of(self._linking_libraries))
        super().finalize()


def _all_of(libraries: list[Any]) -> Iterator[Any]:
    """Libraries of direct and indirect callees."""
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
