"""Version of bpssim, and its commit if it comes from a repository."""

import json
import os
import subprocess
from importlib.metadata import distribution, version
from pathlib import Path

PACKAGES = ("bpssim", "numba", "numpy", "pyarrow", "pydantic", "scipy")
_PACKAGE = Path(__file__).parents[2]
_PATIENCE = 5.0  # seconds


def versions() -> dict[str, str]:
    """Versions of the packages that results depend on."""
    return {package: version(package) for package in PACKAGES}


def commit() -> str:
    """Commit of this package, followed by ``-dirty`` if files differ from it; empty if unknown.

    It is that of the checkout that contains the package, or of the repository from which it was installed.
    """
    if _git("ls-files", "--error-unmatch", "__init__.py"):  # so this is not the checkout of another project
        return _git("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
    installed_from = json.loads(distribution("bpssim").read_text("direct_url.json") or "{}")
    return str(installed_from.get("vcs_info", {}).get("commit_id", ""))


def _git(*arguments: str) -> str:
    """Output of git about the package; empty without git, a checkout, or an answer."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(_PACKAGE), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_PATIENCE, env=own)
    except (OSError, subprocess.SubprocessError, ValueError):
        return ""
    return done.stdout.strip()
