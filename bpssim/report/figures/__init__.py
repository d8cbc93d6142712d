"""Figures, readable in black and white, by colour-blind readers and with a screen reader.

They are drawn without a backend and in the house style alone.

Matplotlib reads settings when imported; some that were made for another program would make the import fail.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from importlib.util import find_spec
from pathlib import Path


@contextmanager
def _without_settings() -> Iterator[None]:
    """Make Matplotlib find its default settings in the current folder, where it looks first."""
    spec = find_spec("matplotlib")
    own = Path(str(spec and spec.origin)).with_name("mpl-data")
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        with chdir(own):
            yield
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend


def _import_matplotlib() -> None:
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)  # it would warn of settings that are not used here
    try:
        import matplotlib
    except Exception:
        for name in [name for name in sys.modules if name.startswith("matplotlib.")]:
            del sys.modules[name]  # half of them are there
        with _without_settings():
            import matplotlib  # noqa: F401
    finally:
        log.setLevel(level)


_import_matplotlib()
