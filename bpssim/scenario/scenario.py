"""The whole of what a planner writes."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, overload

from pydantic import Field, model_validator

from bpssim.scenario.access import Access
from bpssim.scenario.community import Community
from bpssim.scenario.data_sharing import AGREED_FEED, DataSharing, Feed
from bpssim.scenario.external_files import OUTSIDE
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.fields import Section
from bpssim.scenario.learning import Learning
from bpssim.scenario.names import Name, Named
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.population import Population
from bpssim.scenario.reading.loader import changed, read
from bpssim.scenario.reading.messages import refuse
from bpssim.scenario.references import broken_references
from bpssim.scenario.review import Review
from bpssim.scenario.service import Costs, Objectives, Professionals
from bpssim.scenario.settings import RunSettings
from bpssim.scenario.support import SupportInputs
from bpssim.scenario.team import Team


class Scenario(Section):
    """A population, a service and the rules about what the service may know."""

    name: Name = Field(description="Short name, used for the results folder")
    question: str = Field("", max_length=400, description="The question that this scenario answers, in plain words")
    run: RunSettings = Field(RunSettings(), description="Periods, seed and replicates")
    population: Population = Field(Population(), description="The mothers")
    feeding: FeedingInputs = Field(FeedingInputs(), description="Feeding without peer support")
    data_sharing: DataSharing = Field(DataSharing(), description="What the service is told")
    access: Access = Field(Access(), description="What holds for all access gates")
    pathways: Named[Pathway] = Field({}, description="Ways to come into contact, by name")
    team: Team = Field(Team(), description="Supporters and their duties")
    learning: Learning = Field(Learning(), description="What supporters know of circumstances")
    support: SupportInputs = Field(SupportInputs(), description="What contacts do for feeding")
    professionals: Professionals = Field(Professionals(), description="Awareness among health professionals")
    community: Community = Field(Community(), description="News and norms among mothers")
    review: Review = Field(Review(), description="What changes by decisions of the service and others")
    objectives: Objectives = Field(Objectives(), description="Whom the service is meant to give more")
    costs: Costs = Field(Costs(), description="Unit costs")

    def active_pathways(self) -> dict[str, Pathway]:
        """Pathways that the service runs or may come to run, by name."""
        later = self.review.may_open()
        return {name: pathway for name, pathway in self.pathways.items() if pathway.active or name in later}

    def all_feeds(self) -> dict[str, Feed]:
        """Feeds that run or may come to run, by name."""
        agreement = self.review.agreement if self.review.active else None
        agreed = {AGREED_FEED: agreement.feed} if agreement and agreement.feed else {}
        return {**self.data_sharing.all_feeds(), **agreed}

    @overload
    def with_(self, path: str, value: Any) -> "Scenario": ...

    @overload
    def with_(self, path: Mapping[str, Any]) -> "Scenario": ...

    def with_(self, path: str | Mapping[str, Any], value: Any = None) -> "Scenario":
        """Return a copy in which one input is changed, or several at once.

        Parameters
        ----------
        path
            Place of the input, such as ``data_sharing.preset``; or a mapping of places to new values, which are checked
            together, so that what belongs together can change together.
        value
            New value of one input, spelled as in a scenario file.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If there is no such input or a value is not allowed, with everything that is wrong.
        """
        return changed(self, path if isinstance(path, Mapping) else {path: value}, OUTSIDE)

    @model_validator(mode="after")
    def _names_refer_to_something(self) -> "Scenario":
        refuse(broken_references(self))
        return self


def load(source: str | Path, overrides: Iterable[str] = ()) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    source
        A path, or the name of a ready scenario such as ``site1``.
    overrides
        Texts such as ``data_sharing.preset=full``; later ones win.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that was found wrong.
    """
    return read(source, Scenario, overrides, outside=OUTSIDE)


def as_scenario(source: Scenario | str | Path) -> Scenario:
    """The scenario itself, or the one that a path or the name of a ready scenario stands for.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `load`.
    """
    return source if isinstance(source, Scenario) else load(source)
