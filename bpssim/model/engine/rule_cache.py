"""The disk cache of compiled rules.

Numba's own cache loads whatever is in its folder, and checks the source file of one function only: after an edit in
another file it would return outdated code. Here all rules share a folder named by a digest of everything that
determines them. It belongs to the user alone, because its content is executed. If anything is wrong with it, rules are
compiled as if it did not exist.
"""

import os
import pickle
import shutil
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import platformdirs
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from bpssim.model.engine.private_folder import private_folder
from bpssim.scenario.reading.plain_file import check_plain_file

KEPT = 4
"""Folders of other versions to keep, the most recently used."""

_DIGEST_SIZE = sha256().digest_size


class RuleFolder:
    """The folder of all compiled rules of one version of the program.

    Parameters
    ----------
    version
        Digest of everything that determines the rules.

    Attributes
    ----------
    place : Path or None
        Its path; ``None`` if rules are not kept.
    """

    def __init__(self, version: str) -> None:
        self.place: Path | None = None
        self._can_write = True
        home = Path("~", ".cache", "bpssim")
        try:
            home = _home()
            wanted = home / "rules" / version
            is_new = not wanted.exists()
            self.place = private_folder(wanted)
        except OSError as error:
            _say_not_kept(home, error)
            return
        with suppress(OSError):  # where it can be read only
            os.utime(self.place)
            if is_new:
                _remove_old(self.place)

    def read(self, name: str) -> Any:
        """The object kept under a name; ``None`` if there is none.

        Raises
        ------
        OSError, ValueError, bpssim.scenario.reading.messages.BadInput
            If it cannot be read or is damaged.
        """
        if self.place is None or not os.path.lexists(self.place / name):
            return None
        check_plain_file(self.place / name, follow=False)
        content = (self.place / name).read_bytes()
        digest, data = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
        if sha256(data).digest() != digest:
            raise ValueError("damaged")
        return pickle.loads(data)

    def write(self, name: str, kept: Any) -> None:
        """Keep an object, completely or not at all; if that is impossible, print so once and continue."""
        if self.place is None or not self._can_write:
            return
        data = dumps(kept)
        building = self.place / f".{uuid4().hex}"
        try:
            building.write_bytes(sha256(data).digest() + data)
            building.replace(self.place / name)
        except OSError as error:
            building.unlink(missing_ok=True)
            self._can_write = False
            _say_not_kept(self.place, error)

    def renew(self, error: Exception) -> None:
        """Replace an unusable folder by an empty one."""
        if self.place is None:
            return
        place, self.place = self.place, None
        _say(
            f"Compiled rules in {place} cannot be used ({str(error) or type(error).__name__}); they are compiled again."
        )
        try:
            away = place.with_name(f"{uuid4().hex}.away")
            place.rename(away)
            shutil.rmtree(away, ignore_errors=True)
            self.place = private_folder(place)
        except OSError as failure:
            _say_not_kept(place, failure)


class KeptRule:
    """The cache of one rule for all its signatures, as Numba's dispatcher uses it.

    Parameters
    ----------
    folder
        Folder of all rules.
    function
        The rule.
    """

    def __init__(self, folder: RuleFolder, function: Any) -> None:
        self._folder = folder
        self._name = f"{function.__module__}.{function.__qualname__}"

    @property
    def cache_path(self) -> str | None:
        """Path of the cache, for Numba's statistics."""
        return str(self._folder.place) if self._folder.place else None

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The compiled rule for a signature and this processor; ``None`` if it has to be compiled."""
        try:
            kept = self._folder.read(self._file(signature, target.codegen()))
            return None if kept is None else CompileResult._rebuild(target, *kept)
        except Exception as error:  # whatever it is: the rule can be compiled
            self._folder.renew(error)
            return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep a compiled rule."""
        self._folder.write(self._file(signature, compiled.codegen), compiled._reduce())

    def _file(self, signature: Any, codegen: Any) -> str:
        return f"{self._name}-{sha256(repr((signature, codegen.magic_tuple())).encode()).hexdigest()[:20]}"


def _home() -> Path:
    """The folder of all caches."""
    named = os.environ.get("BPSSIM_CACHE")
    try:
        home = Path(named) if named else platformdirs.user_cache_path("bpssim")
    except RuntimeError:
        home = Path("~")
    if home.parts[:1] == ("~",):  # older releases of platformdirs return this if there is no home
        raise FileNotFoundError("this user has no home folder")
    return home


def _remove_old(place: Path) -> None:
    """Remove old folders of other versions; a running program of such a version recompiles what it misses."""
    others = sorted(
        (other for other in place.parent.iterdir() if other != place), key=lambda other: -other.stat().st_mtime
    )
    for other in others[KEPT:]:
        shutil.rmtree(other, ignore_errors=True)


def _say_not_kept(place: Path, error: OSError) -> None:
    reason = error.strerror or str(error)
    advice = "set BPSSIM_CACHE to a folder that only you can write"
    _say(f"Compiled rules cannot be kept in {place} ({reason}), so every start compiles them again; {advice}.")


def _say(text: str) -> None:
    if sys.__stderr__ is not None:
        print(text, file=sys.__stderr__, flush=True)
