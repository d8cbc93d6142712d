"""Recovery from killed processes: finished results are rescued, and other leftovers removed.

Results are built in a hidden folder, and old ones move to another for the moment in which the new ones take their
place. So whenever a process is killed, either the old results or the complete new ones exist.
"""

import shutil
from contextlib import suppress
from pathlib import Path

from bpssim.studies.results_folder.manifest import MANIFEST, files_in, is_whole, manifest_of
from bpssim.studies.results_folder.place import next_free
from bpssim.studies.results_folder.sole_writer import LOCK, PREFIX, Busy, sole_writer

PART, OLD = ".part", ".old"


def building_of(place: Path) -> Path:
    """Hidden folder in which the results of a place are built."""
    return place.with_name(f"{PREFIX}{place.name}{PART}")


def old_of(place: Path) -> Path:
    """Hidden folder of the old results of a place while new ones replace them."""
    return place.with_name(f"{PREFIX}{place.name}{OLD}")


def tidy(place: Path) -> list[Path]:
    """Recover from a killed process that wrote to a place; the caller must be the only one to write there.

    Returns
    -------
    list of Path
        Locations of rescued complete results: their place, or the next free name if it is taken.
    """
    building, old = building_of(place), old_of(place)
    rescued = []
    if _is_folder(building):
        if is_whole(building):
            _without_unfinished(building)
            rescued.append(next_free(place.parent, place.name, 2) if place.exists() else place)
            building.rename(rescued[0])
        else:
            shutil.rmtree(building, ignore_errors=True)
    if _is_folder(old):
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(place)
    return rescued


def tidy_beside(place: Path) -> list[Path]:
    """Do the same for all other places in the folder that no process is writing to."""
    names = {
        path.name.removeprefix(PREFIX).removesuffix(ending)
        for ending in (PART, OLD, LOCK)
        for path in place.parent.glob(f"{PREFIX}*{ending}")
    }
    rescued = []
    for name in sorted(names - {place.name}):
        other = place.parent / name
        with suppress(Busy, OSError), sole_writer(other) as is_sure:
            rescued += tidy(other) if is_sure else []
    return rescued


def _without_unfinished(folder: Path) -> None:
    """Remove files that are not in the manifest, which belong to an unfinished page."""
    manifest = manifest_of(folder)
    for name in set(files_in(folder)) - {MANIFEST, *(manifest.files if manifest else ())}:
        (folder / name).unlink()


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
