"""The folder of a study of barriers: replicates as they come, and tables over all of them."""

import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bpssim.scenario.external_files import named_files
from bpssim.scenario.influences.influence import Catalogue
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.writing import dump, to_yaml
from bpssim.scenario.words import Level
from bpssim.studies.barriers.contexts import ContextRow, context_rows
from bpssim.studies.barriers.estimates import MOST_IN_PAIRS, Barriers
from bpssim.studies.barriers.largest import MOST, SUPERVISION, largest
from bpssim.studies.barriers.measures import Counted
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.barriers.records import CountRow, CoverageRow, DisclosureRow, Records, Seen
from bpssim.studies.barriers.replicate import BarrierReplicate
from bpssim.studies.barriers.rows import BarrierRow, InfluencePairRow, MissedRow, RemainingRow, TotalRow
from bpssim.studies.barriers.stories import MissedStory, as_text, stories_of
from bpssim.studies.results_folder.growing_folder import RUNS, SCENARIOS, GrowingFolder
from bpssim.studies.results_folder.manifest import (
    AboutBarriers,
    counted_grades,
    digest_of,
    manifest_of,
    write_manifest,
)
from bpssim.studies.results_folder.version import versions

INFLUENCES = "influences.yaml"
STORIES = "stories.json"
_EFFECTS = ("alone", "last", "share", "levels")
"""Arrays of a replicate beside what is counted."""
_FILE = re.compile(r"([0-9a-f]{16})_(\d+)\.npz")


def default_folder(plan: BarriersPlan) -> Path:
    """Folder of a study that names none: the one that has begun it, so that the same command goes on, or the next free.

    Folders of other questions about a scenario of the same name, such as of another place, stay as they are.
    """
    among = "".join(character if character.isalnum() else "_" for character in plan.among)
    name = "-".join(part for part in (plan.scenario.name, "barriers", among) if part)
    for number in count(1):
        folder = Path("results", name if number == 1 else f"{name}-{number}")
        manifest = manifest_of(folder)
        is_own = isinstance(manifest, AboutBarriers) and manifest.key == BarriersFolder(folder, plan).key
        if is_own or not folder.exists():
            return folder
    raise AssertionError  # numbers do not end


class BarriersFolder(GrowingFolder):
    """Folder of a study of barriers.

    Parameters
    ----------
    place
        Where it is, or will be.
    plan
        What is run.

    Attributes
    ----------
    key : str
        Identity of what a replicate depends on.
    """

    def __init__(self, place: Path, plan: BarriersPlan) -> None:
        super().__init__(place)
        self._plan = plan
        self._text = dump(plan.scenario.model_dump(mode="json", round_trip=True))
        self._catalogue = to_yaml(Catalogue(influences=plan.influences))
        files = sorted(digest_of(Path(path)) for _, path in named_files(plan.scenario))
        self.key = _key(self._text, *files, self._catalogue, plan.among, *sorted(map("=".join, versions().items())))

    def begin(self, command: str, replicates: int) -> None:
        """Write what is run, before anything is.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If barriers of another scenario of the same name, or of other mothers, are there.
        """
        there = manifest_of(self.place)
        if isinstance(there, AboutBarriers) and there.key != self.key:
            text = "holds barriers of another scenario, catalogue, group of mothers or version; give a new folder"
            raise BadInput(Mistake(Origin(f"--out {self.place}"), text, found=f"made by {there.command}"))
        self.add_scenarios([self._plan.scenario])
        self.text(INFLUENCES, self._catalogue)
        write_manifest(self.place, self._about(command, replicates, is_complete=False))

    def there(self, replicates: int) -> dict[int, BarrierReplicate]:
        """Replicates that are finished, by number; one whose file is damaged is not."""
        found = {}
        for path in (self.place / RUNS).glob("*.npz"):
            match = _FILE.fullmatch(path.name)
            if match and match[1] == self.key and int(match[2]) < replicates:
                with suppress(OSError, ValueError, KeyError, EOFError, BadZipFile):
                    found[int(match[2])] = _read(path, int(match[2]), len(self._plan.active))
        return found

    def add(self, replicate: BarrierReplicate) -> None:
        """Keep a replicate."""
        self.write(f"{RUNS}/{self.key}_{replicate.number}.npz", lambda path: _save(path, replicate))

    def show(self, records: Records, seen: Sequence[Seen]) -> None:
        """Write what can be seen of the service."""
        coverage, counts, disclosure = records.tables(seen)
        self.table("coverage.csv", CoverageRow._fields, coverage)
        self.table("counts.csv", CountRow._fields, counts)
        self.table("disclosure.csv", DisclosureRow._fields, disclosure)

    def check(self, contexts: Sequence[ContextRow]) -> None:
        """Write whom pathways assume."""
        self.table("contexts.csv", ContextRow._fields, contexts)

    def tell(self, stories: Sequence[MissedStory]) -> None:
        """Write the stories."""
        self.text(STORIES, as_text(stories))

    def finish(self, estimates: Barriers, command: str) -> None:
        """Write the tables."""
        self.table("totals.csv", TotalRow._fields, Barriers.totals.rows(estimates))
        self.table("barriers.csv", BarrierRow._fields, Barriers.barriers.rows(estimates))
        self.table("missed.csv", MissedRow._fields, Barriers.missed.rows(estimates))
        self.table("pairs.csv", InfluencePairRow._fields, Barriers.pairs.rows(estimates))
        self.table("reasons.csv", RemainingRow._fields, Barriers.reasons.rows(estimates))
        self.end(self._about(command, estimates.replicates, is_complete=True))

    def _about(self, command: str, replicates: int, is_complete: bool) -> AboutBarriers:
        plan = self._plan
        return AboutBarriers(
            command=command,
            scenario=plan.scenario.name,
            scenario_sha256=hashlib.sha256(
                (self.place / SCENARIOS / f"{plan.scenario.name}.yaml").read_bytes()
            ).hexdigest(),
            key=self.key,
            among=plan.among,
            seed=plan.scenario.run.seed,
            replicates=replicates,
            mothers=whose_births(plan.scenario),
            active=plan.active,
            inactive=plan.taken.nothing,
            complete=is_complete,
            input_grades=counted_grades(plan.scenario),
        )


def study_in(folder: BarriersFolder, plan: BarriersPlan, replicates: int, workers: int, command: str) -> Iterator[int]:
    """Run what is missing, and write what was found; the caller holds the folder.

    Yields
    ------
    int
        Runs that have been finished, or were there, since the last time.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If none of the mothers whom it is about is in the first replicate.
    """
    plan.check_somebody(workers)
    folder.begin(command, replicates)
    done = folder.there(replicates)
    yield len(done) * plan.runs_of_replicate
    missing = [number for number in range(replicates) if number not in done]
    for replicate in plan.replicates(missing, workers) if missing else ():
        folder.add(replicate)
        done[replicate.number] = replicate
        yield plan.runs_of_replicate
    ordered = [done[number] for number in range(replicates)]
    pairs = Barriers(plan, ordered).candidates()
    beyond = []
    for each in plan.pairs(ordered, pairs, workers) if pairs else ():
        beyond.append(each)
        yield len(pairs) + 1
    estimates = Barriers(plan, ordered, pairs, beyond)
    records = Records(plan.scenario, replicates)
    seen = []
    for of_replicate in records.runs(workers):
        seen.append(of_replicate)
        yield 1
    folder.show(records, seen)
    stories = []
    for story in stories_of(plan, named_in_supervision(estimates)):
        stories.append(story)
        yield 1
    folder.tell(stories)
    folder.check(context_rows(plan.scenario, plan.pathway, workers))
    folder.finish(estimates, command)


def named_in_supervision(estimates: Barriers) -> list[str]:
    """Influences of which stories are told; none if mothers come from a table, who may be real."""
    plan = estimates.plan
    if plan.scenario.population.mothers:
        return []
    return [row.influence for row in largest(Barriers.barriers.rows(estimates), plan.influences, SUPERVISION)]


def most_runs(plan: BarriersPlan, replicates: int) -> int:
    """Runs of a whole study."""
    pairs = math.comb(min(len(plan.active), MOST_IN_PAIRS), 2)
    versions = len(Records(plan.scenario, replicates).versions)
    stories = 0 if plan.scenario.population.mothers else MOST
    return replicates * (plan.runs_of_replicate + (pairs + 1 if pairs else 0) + versions) + stories


def _key(*parts: str) -> str:
    """Identity of what a replicate depends on."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _save(path: Path, replicate: BarrierReplicate) -> None:
    counted = {
        f"{name}_{part}": values
        for name in ("now", "without_any")
        for part, values in getattr(replicate, name)._asdict().items()
    }
    with path.open("wb") as file:
        np.savez_compressed(file, **{name: getattr(replicate, name) for name in _EFFECTS}, **counted)


def _read(path: Path, number: int, causes: int) -> BarrierReplicate:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        now, without_any = (
            Counted(*(kept[f"{name}_{part}"] for part in Counted._fields)) for name in ("now", "without_any")
        )
        effects = [kept[name] for name in _EFFECTS]
        shapes = [(*each.shape[:1], *now.measures.shape) for each in effects]
        if [each.shape for each in effects] != shapes or [len(each) for each in effects] != [causes] * 3 + [len(Level)]:
            raise ValueError("not the effects of these influences")
        return BarrierReplicate(number, now, without_any, *effects)
