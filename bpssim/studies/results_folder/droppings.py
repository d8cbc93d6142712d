"""Files that nobody misses: what systems and office programs leave in folders, and what killed processes leave."""

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from bpssim.studies.results_folder.sole_writer import PREFIX

_OF_SYSTEMS = (
    ".ds_store", "._*", ".directory", ".nfs*", ".fuse_hidden*", "thumbs.db", "ehthumbs.db", "desktop.ini",
    ".~lock.*#", "~$*",
)  # fmt: skip
"""Names in small letters."""


def is_dropping(name: str) -> bool:
    """Whether a file is one of these, by its path within a folder."""
    base = PurePosixPath(name).name
    return base.startswith(PREFIX) or any(fnmatchcase(base.lower(), pattern) for pattern in _OF_SYSTEMS)
