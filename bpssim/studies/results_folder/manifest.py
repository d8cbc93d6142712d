"""Where results come from: what ran, when, with which versions, and how to repeat it."""

import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bpssim.studies.results_folder.whole_folder import MANIFEST, PROGRAM

_PACKAGES = ("bpssim", "numba", "numpy", "pyarrow", "pydantic", "scipy")


def write_manifest(folder: Path, kind: str, about: Mapping[str, Any], command: str) -> None:
    """Write the manifest of a results folder; it is written last, for without it the folder is not one.

    Parameters
    ----------
    folder
        An existing folder.
    kind
        What the results are: ``run`` or ``comparison``.
    about
        What is particular to this kind.
    command
        What was typed to make them.
    """
    manifest = {
        "program": PROGRAM,
        "kind": kind,
        **about,
        "command": command,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "packages": {package: version(package) for package in _PACKAGES},
    }
    (folder / MANIFEST).write_text(f"{json.dumps(manifest, indent=2)}\n", encoding="utf-8")
