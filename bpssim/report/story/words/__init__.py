"""Each moment of a story in plain words."""

from bpssim.report.story.words import her, knowledge, service
from bpssim.studies.story import moments as m


def tell(moment: m.Moment) -> str:
    """A moment in a few plain sentences."""
    if isinstance(moment, m.OfKnowledge):
        return knowledge.tell(moment)
    return service.tell(moment) if isinstance(moment, m.OfService) else her.tell(moment)
