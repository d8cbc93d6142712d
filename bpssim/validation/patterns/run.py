"""One run of a variant: the mothers of the recruitment window, and what happened to them."""

from typing import Any, NamedTuple

import numpy as np

from bpssim.model.state import NEVER
from bpssim.outcomes.decisions import Decided
from bpssim.scenario.words import Feeding, Gate, Item, Outcome, Reason, Trait
from bpssim.studies.calibration.cohort import breastfeeding_at


class Run(NamedTuple):
    """Mothers of the recruitment window for one seed, and what happened to them; arrays are over these mothers."""

    pathways: tuple[str, ...]
    mothers: Any  # records of `MOTHER`
    progress: Any  # records of `PROGRESS` (mothers, pathways)
    views: Any  # (mothers, items): the service's records at the end; -1 is unknown
    contacts: Any  # records of `CONTACT`, attempts at these mothers; `mother` is a row of `mothers`
    kinds: tuple[str, ...]  # of supporters
    team: Any  # records of `SUPPORTER` at the end, over supporters
    neighbourhoods: Any  # records of `NEIGHBOURHOOD` at the end, over neighbourhoods
    decisions: tuple[Decided, ...]
    start: int  # first day of the recruitment window, as a day of the run
    stop: int  # one past its last day

    def of(self, pathway: str) -> Any:
        """Progress of each mother in one pathway."""
        return self.progress[:, self.pathways.index(pathway)]

    def passed(self, pathway: str, gate: Gate) -> Any:
        """Whether each mother passed a gate of a pathway."""
        return self.of(pathway).gate >= gate

    def declined(self, pathway: str) -> Any:
        """Whether each mother declined a pathway."""
        return self.of(pathway).reason == Reason.DECLINED

    def attempts_in(self, *pathways: str) -> Any:
        """Attempts made in some pathways, in the order of days."""
        return self.contacts[np.isin(self.contacts.pathway, [self.pathways.index(name) for name in pathways])]

    def supported_in(self, *pathways: str) -> Any:
        """Whether each mother had support in any of some pathways."""
        attempts = self.attempts_in(*pathways)
        return np.isin(np.arange(len(self.mothers)), attempts.mother[attempts.outcome == Outcome.SUPPORTED])

    def has(self, trait: Trait) -> Any:
        """Whether each mother has a trait."""
        return (self.mothers.traits >> trait) & 1 == 1

    def supported(self) -> Any:
        """Whether each mother had support after the birth."""
        return self.mothers.first_contact_age < NEVER

    def started(self) -> Any:
        """Whether each mother ever breastfed."""
        return self.mothers.feeding != Feeding.NOT_STARTED

    def feeds_at(self, age: int) -> Any:
        """Whether each baby gets any breast milk at an age in days."""
        return breastfeeding_at(self.mothers, age)

    def reached_by(self, age: int) -> Any:
        """Whether each mother had a two-way contact after the birth, not declined, by an age of the baby in days."""
        return self.mothers.reached_age <= age

    def first_met_age(self) -> Any:
        """Baby age at the first two-way contact with each mother, whenever it was and whatever came of it, in days."""
        met = self.contacts[self.contacts.outcome != Outcome.NO_ANSWER]
        ages = np.full(len(self.mothers), NEVER)
        np.minimum.at(ages, met.mother, met.baby_age)
        return ages

    def born_day(self) -> Any:
        """Day of the window on which each mother gave birth."""
        return self.mothers.birth_day - self.start

    def aware(self, age: int = 42) -> Any:
        """Whether each mother knows of the service by an age of the baby in days."""
        return self.mothers.aware_age <= age

    def on_list(self) -> Any:
        """Whether the service holds the name or number of each mother."""
        return (self.views[:, Item.NAME] >= 0) | (self.views[:, Item.PHONE] >= 0)

    def knowledge(self, kind: str = "paid") -> float:
        """Mean context knowledge of one kind of supporters at the end, 0 to 1."""
        return float(self.team.knowledge[self.team.kind == self.kinds.index(kind)].mean())

    def days_running(self, pathway: str) -> int:
        """Days of the window on which a pathway that a review opens was running."""
        days, since = 0, None
        end = self.stop - self.start
        for event in self.decisions:
            for change in event.what.split("; "):
                if change == f"opened {pathway}":
                    since = event.day
                if change == f"closed {pathway}" and since is not None:
                    days, since = days + event.day - since, None
        return days + (end - since if since is not None else 0)

    def by_quintile(self, values: Any, among: Any = True) -> Any:
        """Mean over the mothers of each quintile, restricted to some."""
        quintile = np.where(among, self.mothers.quintile, 0)
        return np.bincount(quintile, values, 6)[1:] / np.bincount(quintile, minlength=6)[1:]
