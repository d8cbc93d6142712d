"""The sections of a scenario, side by side."""

from pydantic import Field

from bpssim.scenario.access import Access
from bpssim.scenario.community import Community
from bpssim.scenario.data_sharing import AGREED_FEED, DataSharing, Feed
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.fields import Section
from bpssim.scenario.learning import Learning
from bpssim.scenario.names import Name, Named
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.population import Population
from bpssim.scenario.reading.messages import printable
from bpssim.scenario.review import Review
from bpssim.scenario.service import Costs, Objectives, Professionals
from bpssim.scenario.settings import RunSettings
from bpssim.scenario.support import SupportInputs
from bpssim.scenario.team import Team


class Sections(Section):
    """Sections of a scenario, each valid by itself; `Scenario` checks that they fit together."""

    name: Name = Field(description="Short name, used for the results folder")
    question: str = Field("", max_length=400, description="The question that this scenario answers, in plain words")
    run: RunSettings = Field(RunSettings(), description="Periods, seed and replicates")
    population: Population = Field(Population(), description="The mothers")
    feeding: FeedingInputs = Field(FeedingInputs(), description="Feeding without peer support")
    data_sharing: DataSharing = Field(DataSharing(), description="What the service is told")
    access: Access = Field(Access(), description="Settings of all access gates")
    pathways: Named[Pathway] = Field({}, description="Ways to come into contact, by name")
    team: Team = Field(Team(), description="Supporters and their duties")
    learning: Learning = Field(Learning(), description="Supporters' knowledge of circumstances")
    support: SupportInputs = Field(SupportInputs(), description="What contacts do for feeding")
    professionals: Professionals = Field(Professionals(), description="Awareness among health professionals")
    community: Community = Field(Community(), description="News and norms among mothers")
    review: Review = Field(Review(), description="Changes decided by the service and others")
    objectives: Objectives = Field(Objectives(), description="Target group, which is to get more")
    costs: Costs = Field(Costs(), description="Unit costs")

    def active_pathways(self) -> dict[str, Pathway]:
        """Pathways that run or may start during a run, by name."""
        later = self.review.may_open()
        return {name: pathway for name, pathway in self.pathways.items() if pathway.active or name in later}

    def title_of(self, pathway: str) -> str:
        """Title of a pathway, with control characters made visible, or its name in words."""
        title = self.pathways[pathway].title if pathway in self.pathways else ""
        return printable(title) or pathway.replace("_", " ")

    def titles(self) -> dict[str, str]:
        """Titles of pathways by name."""
        return {name: self.title_of(name) for name in self.pathways}

    def named(self, pathway: str) -> str:
        """Title of a pathway followed by its name; the name alone if it has no title."""
        return f"{self.title_of(pathway)} ({pathway})" if self.pathways[pathway].title else pathway

    def all_feeds(self) -> dict[str, Feed]:
        """Feeds that run or may start during a run, by name."""
        agreement = self.review.agreement if self.review.active else None
        agreed = {AGREED_FEED: agreement.feed} if agreement and agreement.feed else {}
        return {**self.data_sharing.all_feeds(), **agreed}
