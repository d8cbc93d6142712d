"""Kill commands at random moments, and count what stands where their results go: `python experiments/killed.py [N]`.

Each of `run`, `compare` and `report` is started N times (30) in place of older results and killed with SIGKILL after a
random time, every other time near its end. Then the folder must hold the old results byte for byte, or the new
ones whole; if it holds neither, what the next command finds is counted too, and so are hidden files left behind.
"""

import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bpssim.studies.results_folder.manifest import files_in, is_whole, read_manifest, write_manifest

SMALL = ["--set", "population.births_per_year=300", "--replicates", "4"]
ANY_TIME, NEAR_THE_END = (0.0, 1.0), (0.85, 1.1)
"""Shares of the time that a command takes when it is left alone."""
PAGE = ("report.html", "figures/")
Contents = dict[str, str]


def bpssim(*arguments: str) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", "bpssim", *arguments], stdout=quiet, stderr=quiet)


def contents(folder: Path) -> Contents:
    """Digest of every file."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files_in(folder)}


def with_another_page(folder: Path) -> None:
    """Give results a page as another version may have made it, so that a new one can be told from it."""
    manifest = read_manifest(folder)
    for name in manifest.files:
        if name.startswith(PAGE):
            (folder / name).write_bytes(b"older\n")
    older = hashlib.sha256(b"older\n").hexdigest()
    files = {name: older if name.startswith(PAGE) else digest for name, digest in manifest.files.items()}
    write_manifest(folder, manifest.model_copy(update={"files": files}))


def state(folder: Path, old: Contents) -> str:
    """What a folder holds."""
    if not folder.exists():
        return "nothing"
    found = contents(folder)
    if found == old:
        return "old, byte for byte"
    data = {name: digest for name, digest in found.items() if not name.startswith((*PAGE, "manifest.json", ".bpssim-"))}
    return "new, whole" if is_whole(folder) else f"a mixture of pages over data that are {data.items() <= old.items()}"


def killed(command: str, times: int, workplace: Path, luck: random.Random) -> None:
    """Kill one command many times, and print the counts."""
    out = workplace / command
    scenarios = ["site1", "site1_quintile_flag"] if command == "compare" else ["site1"]
    typed = ["compare" if command == "compare" else "run", *scenarios, *SMALL, "--out", str(out)]
    before, after, left, longest = Counter[str](), Counter[str](), 0, 0.0
    for number in range(times + 1):
        if number == 0:
            bpssim(*typed, "--seed", "1").wait()
        if command == "report":
            with_another_page(out)
        old = contents(out)
        started = time.monotonic()
        process = bpssim("report", str(out)) if command == "report" else bpssim(*typed, "--seed", str(2 + number))
        if number == 0:  # not killed, to see how long it takes
            process.wait()
            longest = time.monotonic() - started
            continue
        time.sleep(longest * luck.uniform(*(NEAR_THE_END if number % 2 else ANY_TIME)))
        process.kill()
        process.wait()
        before[state(out, old)] += 1
        left += any(workplace.glob(".bpssim-*")) or any(out.glob(".bpssim-*"))
        if state(out, old) not in ("old, byte for byte", "new, whole"):
            bpssim("report", str(out)).wait()
            after[state(out, old)] += 1
    bpssim("run", "site1", *SMALL, "--out", str(workplace / "last")).wait()  # finds what is left
    hidden = [path.name for path in workplace.rglob(".bpssim-*")]
    print(json.dumps({"command": command, "longest": round(longest, 1), "after the kill": before}))
    print(json.dumps({"after the next command": after, "times that something was left": left, "still there": hidden}))


def main(times: str = "30", seed: str = "1") -> None:
    luck = random.Random(int(seed))
    with tempfile.TemporaryDirectory() as folder:
        for command in ("run", "compare", "report"):
            workplace = Path(folder) / f"of_{command}"
            workplace.mkdir()
            killed(command, int(times), workplace, luck)


if __name__ == "__main__":
    main(*sys.argv[1:])
